"""The icons: line drawings in the colour of the text around them, in any palette."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QImageReader, QPalette, QPixmap

from kyodo_desktop.parts import MissingPartError
from kyodo_desktop.paths import bundled

_SIZES = (16, 24, 32, 48)  # menus and toolbars, at 100 and 200 %


def icon(name: str) -> QIcon:
    """Return the drawing `resources/icons/<name>.svg` in the text colour of the palette.

    It is drawn now, in pixels: when the palette changes, ask again.
    """
    ink = QGuiApplication.palette().color(QPalette.ColorRole.WindowText).name().encode()
    drawn = QIcon()
    for size in _SIZES:
        drawn.addPixmap(QPixmap.fromImage(_rendered(name, ink, size)))
    return drawn


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
