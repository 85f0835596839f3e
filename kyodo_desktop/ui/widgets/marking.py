"""The ground under what a search has found in a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter

    Metrics = QFontMetrics | QFontMetricsF

_UNDERLINE = 2


def mark_hits(
    painter: QPainter,
    line: QRectF,
    text: str,
    hits: Iterable[tuple[int, int]],
    *,
    metrics: Metrics,
    ink: QColor,
) -> None:
    """Mark parts of a text that begins at the left of a line.

    In high contrast they are underlined with the ink: a ground would need an ink of its own.
    """
    tokens = theme.tokens()
    for start, end in hits:
        if start >= len(text):  # cut off
            break
        left = metrics.horizontalAdvance(text[:start])
        width = max(metrics.horizontalAdvance(text[:end]) - left, _UNDERLINE)
        plate = QRectF(line.left() + left, line.top(), width, line.height())
        if tokens.is_high_contrast:
            plate.setTop(plate.bottom() - _UNDERLINE)
        painter.fillRect(plate, ink if tokens.is_high_contrast else tokens.hit)
