"""Colours that can be read, and the icons."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QIcon,
    QImage,
    QImageReader,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication

from kyodo_desktop.parts import MissingPartError
from kyodo_desktop.paths import bundled
from kyodo_desktop.ui.widgets import theme

TEXT, SIGN = 4.5, 3.0  # the least contrast of words, and of what is only seen
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # how bright red, green and blue are to the eye
_LINEAR, _SLOPE, _OFFSET, _GAMMA = 0.03928, 12.92, 0.055, 2.4
_FLARE = 0.05
_STEPS = 50


def brightness(colour: QColor) -> float:
    """Return how bright a colour is to the eye, from 0 to 1."""
    linear = (
        part / _SLOPE if part <= _LINEAR else ((part + _OFFSET) / (1 + _OFFSET)) ** _GAMMA
        for part in _parts(colour)
    )
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours without transparency, from 1 to 21."""
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + _FLARE) / (dark + _FLARE)


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """Return what is seen of a colour that covers the ground by a share from 0 to 1."""
    parts = zip(_parts(colour), _parts(ground), strict=True)
    return QColor.fromRgbF(*(above * share + below * (1 - share) for above, below in parts))


def legible(colour: QColor | str, ground: QColor, least: float = TEXT) -> QColor:
    """Return the colour, moved as far towards black or white as the ground asks for."""
    return QColor(_legible(QColor(colour).rgb(), ground.rgb(), least))


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


@lru_cache(maxsize=512)
def _legible(colour: int, ground: int, least: float) -> QColor:
    wanted, behind = QColor(colour), QColor(ground)
    ends = (QColor("black"), QColor("white"))
    end = max(ends, key=lambda each: contrast(each, behind))
    steps = (mixed(end, wanted, step / _STEPS) for step in range(_STEPS + 1))
    return next((each for each in steps if contrast(each, behind) >= least), end)


_DRAWING = "drawing"  # the property with the name of it
_SIZES = (16, 24, 32, 48)  # menus and toolbars, at 100 and 200 %


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Return the drawing `resources/icons/<name>.svg`, in the text colour unless in another.

    It is drawn now, in pixels: what shall follow the theme is given its icon by `give_icon`.
    """
    colour = colour or QGuiApplication.palette().color(QPalette.ColorRole.WindowText)
    ink = colour.name().encode()
    drawn = QIcon()
    for size in _SIZES:
        drawn.addPixmap(QPixmap.fromImage(_rendered(name, ink, size)))
    return drawn


def give_icon(target: QAction | QAbstractButton, name: str) -> None:
    """Let a button or a command have a drawing, and another one in another theme."""
    _redraw_with_theme()
    target.setProperty(_DRAWING, name)
    target.setIcon(icon(name))


@cache
def _redraw_with_theme() -> None:
    theme.notifier().changed.connect(_redraw)


def _redraw() -> None:
    for widget in QApplication.allWidgets():
        for each in (widget, *widget.actions()):
            name = each.property(_DRAWING)
            if name and isinstance(each, QAction | QAbstractButton):
                each.setIcon(icon(name))


def app_icon() -> QIcon:
    """Return the program's own icon, which has its own colours."""
    return QIcon(str(bundled("resources", "icons", "app.svg")))


@cache
def _rendered(name: str, ink: bytes, size: int) -> QImage:
    file = bundled("resources", "icons", f"{name}.svg")
    buffer = QBuffer()
    buffer.setData(file.read_bytes().replace(b"currentColor", ink))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"svg")
    reader.setScaledSize(QSize(size, size))
    image = reader.read()
    if image.isNull():  # Qt's part for SVG may be what is missing
        raise MissingPartError(f"{file}（{reader.errorString()}）")
    return image
