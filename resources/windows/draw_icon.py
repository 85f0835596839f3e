"""Makes the pictures of Windows from resources/icons/app.svg; run it after changing the drawing.

They are kyodo_desktop.ico and setup_panel.bmp, the left side of Setup's last page.
"""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent
DRAWING = FOLDER.parent / "icons" / "app.svg"
ICON = FOLDER / "kyodo_desktop.ico"
PANEL = FOLDER / "setup_panel.bmp"
PANEL_SIZE, PANEL_DRAWING = (164, 314), QRectF(34, 48, 96, 96)  # the size is that of NSIS
PANEL_GROUND = QColor("#e3eeec")
# Title bar, list, taskbar, desktop: each at 100 to 250 %.
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def main() -> None:
    """Write both."""
    ICON.write_bytes(packed({size: encoded(drawn(size), b"png") for size in SIZES}))
    PANEL.write_bytes(encoded(panel(), b"bmp"))


def drawn(size: int) -> QImage:
    """Return the drawing, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def panel() -> QImage:
    """Return the drawing on a quiet ground."""
    image = QImage(*PANEL_SIZE, QImage.Format.Format_RGB888)
    image.fill(PANEL_GROUND)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, PANEL_DRAWING)
    painter.end()
    return image


def encoded(image: QImage, form: bytes) -> bytes:
    """Return the image as a file; PNG is what Windows and NSIS read from an icon at any size."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, form).write(image)
    return bytes(buffer.data().data())


def packed(images: dict[int, bytes]) -> bytes:
    """Return an ICO file: a header, an entry for each size, and the images one after another."""
    head = struct.pack("<3H", 0, 1, len(images))
    offset = len(head) + 16 * len(images)
    for size, image in images.items():
        # A byte holds no 256, so 0 stands for it; no palette, one plane, 32 bits a pixel.
        head += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return head + b"".join(images.values())


if __name__ == "__main__":
    main()
