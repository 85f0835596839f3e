"""The widths of the columns of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QTreeWidget

_TITLE_LENGTH = 18  # in widths of a character: an indented number and twelve of the name
_PADDING = 16


def set_widths(tree: QTreeWidget, title: int, widest: Mapping[int, str]) -> None:
    """Give the title what the longest texts of the other columns leave, and never too little."""
    header, measured = tree.header(), tree.fontMetrics().horizontalAdvance
    header.setStretchLastSection(False)
    header.setSectionResizeMode(title, QHeaderView.ResizeMode.Stretch)
    for column, text in widest.items():
        header.resizeSection(column, measured(text) + _PADDING)
    others = sum(map(header.sectionSize, widest))
    bar = tree.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
    frame = 2 * tree.frameWidth()
    tree.setMinimumWidth(measured("あ") * _TITLE_LENGTH + others + bar + frame)
