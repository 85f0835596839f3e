"""Makes kyodo_desktop.ico from resources/icons/app.svg; run it after changing the drawing."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent
DRAWING = FOLDER.parent / "icons" / "app.svg"
ICON = FOLDER / "kyodo_desktop.ico"
# Title bar, list, taskbar, desktop: each at 100 to 250 %.
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def main() -> None:
    """Write the icon."""
    ICON.write_bytes(packed({size: png(drawn(size)) for size in SIZES}))


def drawn(size: int) -> QImage:
    """Return the drawing, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def png(image: QImage) -> bytes:
    """Return the image as a PNG file, which Windows and NSIS read from an icon at any size."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
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
