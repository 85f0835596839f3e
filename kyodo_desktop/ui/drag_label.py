"""Drags rows of a view under a small label, so that the place to drop them at can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QDrag, QPainter, QPalette, QPixmap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QAbstractItemView, QWidget

_AWAY = QPoint(14, 18)  # from the pointer, to its lower right
_PADDING = QSize(16, 8)
_LONGEST = 20  # characters
_OPACITY = 0.85


def labelled_drag(view: QAbstractItemView, dragged: Sequence[QModelIndex]) -> QDrag:
    """Return the drag of some cells, for `exec`; its label is the title or how many rows it is.

    Qt would show the rows themselves, as wide as the view and over the rows that are aimed at.
    """
    rows = [index for index in dragged if index.column() == 0]
    drag = QDrag(view)
    drag.setMimeData(view.model().mimeData(list(dragged)))
    drag.setPixmap(_label(view, str(rows[0].data()) if len(rows) == 1 else f"{len(rows)}件"))
    drag.setHotSpot(-_AWAY)
    return drag


def _label(view: QWidget, text: str) -> QPixmap:
    metrics, palette = view.fontMetrics(), view.palette()
    longest = _LONGEST * metrics.horizontalAdvance("あ")
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, longest)
    size = QSize(metrics.horizontalAdvance(shown), metrics.height()) + _PADDING
    ratio = view.devicePixelRatioF()
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(_OPACITY)
    painter.setFont(view.font())
    painter.setBrush(palette.color(QPalette.ColorRole.ToolTipBase))
    painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
    painter.drawRect(QRect(QPoint(), size - QSize(1, 1)))
    painter.drawText(QRect(QPoint(), size), Qt.AlignmentFlag.AlignCenter, shown)
    painter.end()
    return picture
