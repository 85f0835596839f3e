"""The clipboard, which other programs share with us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from kyodo_desktop.domain.clipboard_table import as_html, as_text, from_text
from kyodo_desktop.domain.control_characters import with_signs
from kyodo_desktop.domain.pasting import copied_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.clipboard_table import Cells
    from kyodo_desktop.domain.outline import Outline


def copy_actions(outline: Outline, nodes: Sequence[int]) -> int:
    """Put the actions at and below the nodes into the clipboard, and return how many they are.

    Where there are none, the clipboard stays as it is. Excel takes the HTML, whose cells are
    texts; other programs take the plain text.
    """
    rows = copied_rows(outline, nodes)
    if not rows[1:]:
        return 0
    data = QMimeData()
    data.setText(as_text(rows))
    data.setHtml(as_html(rows))
    QGuiApplication.clipboard().setMimeData(data)
    return len(rows) - 1


def copied_table() -> Cells:
    """Return the cells in the clipboard; none where there is no text."""
    return from_text(with_signs(QGuiApplication.clipboard().text()))
