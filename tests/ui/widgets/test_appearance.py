"""Every drawing can be drawn, in the colour of the text."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QPalette

from kyodo_desktop.parts import MissingPartError
from kyodo_desktop.paths import bundled
from kyodo_desktop.ui.widgets.appearance import app_icon, contrast, icon

ICONS = bundled("resources", "icons")
DRAWINGS = sorted(path.stem for path in ICONS.glob("*.svg") if path.stem != "app")
SAME = 1.05
SOURCES = sorted(Path(__file__).parents[2].joinpath("kyodo_desktop", "ui").rglob("*.py"))


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("size", [16, 24, 48])
def test_a_drawing_has_ink_of_the_text_colour_and_paper_that_lets_through(qapp, name, size):
    image = icon(name).pixmap(size, size).toImage()
    pixels = [image.pixelColor(x, y) for x in range(size) for y in range(size)]
    ink = QGuiApplication.palette().color(QPalette.ColorRole.WindowText)
    assert any(pixel.alpha() == 0 for pixel in pixels)
    drawn = max(pixels, key=lambda pixel: pixel.alpha())
    assert contrast(drawn, ink) < SAME  # at its edges a line lets something through


def test_a_drawing_that_cannot_be_read_is_named(qapp, monkeypatch, tmp_path):
    drawing = tmp_path / "resources" / "icons" / "empty.svg"
    drawing.parent.mkdir(parents=True)
    drawing.touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(MissingPartError, match=r"empty\.svg"):
        icon("empty")


def test_the_drawings_share_one_stroke():
    strokes = {
        re.search(r'stroke-width="([\d.]+)"', (ICONS / f"{name}.svg").read_text())[1]
        for name in DRAWINGS
    }
    assert strokes == {"1.75"}


def test_the_program_has_an_icon(qapp):
    assert not app_icon().pixmap(256, 256).isNull()


def test_every_icon_that_is_asked_for_by_name_is_there():
    asked = {
        name
        for source in SOURCES
        for name in re.findall(
            r'\bicon\((?:\w+, )?"([a-z-]+)"\)', source.read_text(encoding="utf-8")
        )
    }
    assert asked <= set(DRAWINGS)
