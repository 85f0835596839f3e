"""The icon of the Windows program: every size that Windows asks for, from the one drawing."""

from __future__ import annotations

import struct

import pytest
from PySide6.QtGui import QColor, QIcon, QImage

from resources.windows.draw_icon import ICON, PANEL, SIZES, drawn, panel

ON_WHOLE_PIXELS = [size for size in SIZES if size % 8 == 0]
BAR = QColor("#ffc145")


def stored() -> dict[int, QImage]:
    """Return the images of the icon file by the sizes that its entries give them."""
    data = ICON.read_bytes()
    reserved, kind, count = struct.unpack_from("<3H", data)
    assert (reserved, kind) == (0, 1)
    entries = [struct.unpack_from("<4B2H2I", data, 6 + 16 * number) for number in range(count)]
    assert all(entry[0] == entry[1] for entry in entries)
    return {
        entry[0] or 256: QImage.fromData(data[offset : offset + length], "PNG")
        for *entry, length, offset in entries
    }


def test_windows_finds_every_size_it_asks_for():
    images = stored()
    assert set(images) == {16, 20, 24, 32, 40, 48, 64, 128, 256}
    assert all((image.width(), image.height()) == (size, size) for size, image in images.items())


@pytest.mark.parametrize("size", SIZES)
def test_the_stored_image_is_the_drawing_as_it_is_now(size):
    assert difference(stored()[size], drawn(size)) < 0.5, "run resources/windows/draw_icon.py"


def test_the_panel_of_setup_is_the_drawing_as_it_is_now():
    assert difference(QImage(str(PANEL)), panel()) < 0.5, "run resources/windows/draw_icon.py"


@pytest.mark.parametrize("size", SIZES)
def test_what_lies_behind_shows_at_the_corners(size):
    image = stored()[size]
    corners = [(x, y) for x in (0, size - 1) for y in (0, size - 1)]
    assert max(image.pixelColor(*corner).alpha() for corner in corners) < 128
    assert image.pixelColor(size // 2, size // 8).alpha() == 255


@pytest.mark.parametrize("size", ON_WHOLE_PIXELS)
def test_the_bar_is_not_blurred(size):
    image = stored()[size]
    column = [image.pixelColor(size // 4, y) for y in range(size)]
    assert [y for y, colour in enumerate(column) if colour == BAR] == list(
        range(size * 6 // 8, size * 7 // 8)
    )


def test_a_program_can_show_it(qapp):
    assert len(QIcon(str(ICON)).availableSizes()) == len(SIZES)


def difference(old: QImage, new: QImage) -> float:
    """Return by how much the channels of two images differ on the average, of 255."""
    pairs = zip(channels(old), channels(new), strict=True)
    differences = [abs(before - after) for before, after in pairs]
    return sum(differences) / len(differences)


def channels(image: QImage) -> bytes:
    converted = image.convertToFormat(QImage.Format.Format_ARGB32)  # it owns what is read below
    return bytes(converted.constBits())
