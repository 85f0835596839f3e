"""The colours of the statuses, made to be read on whatever they are written."""

from __future__ import annotations

from PySide6.QtGui import QColor

_HALF = 128
_LIGHTNESS = 190  # of 255: the least on a dark ground


def ink_on(ground: QColor, colour: str) -> QColor:
    """Return the colour of a status (`#rrggbb`) as an ink: brighter on a dark ground."""
    ink = QColor(colour)
    if ground.lightness() >= _HALF:
        return ink
    hue, lightness = max(ink.hslHue(), 0), max(ink.lightness(), _LIGHTNESS)
    return QColor.fromHsl(hue, ink.hslSaturation(), lightness)
