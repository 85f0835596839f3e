"""A field that cannot be edited does not look as if it could."""

from __future__ import annotations

import pytest

from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.inputs import GrowingText, LineField


def ground(field):
    """Return the colour that is painted where no letter stands."""
    image = field.grab().toImage()
    return image.pixelColor(image.width() - 8, image.height() // 2)


@pytest.mark.parametrize("kind", [LineField, GrowingText])
def test_a_field_that_is_read_only_has_the_ground_of_its_page_and_full_ink(qtbot, qapp, kind):
    field = kind()
    qtbot.addWidget(field)
    field.put("市民活動")
    writable, ink = ground(field), field.palette().text().color()
    assert writable == qapp.palette().base().color()
    field.setReadOnly(True)
    assert ground(field) == qapp.palette().window().color() != writable
    assert field.palette().text().color() == ink
    field.setReadOnly(False)
    assert ground(field) == writable


@pytest.mark.parametrize("kind", [LineField, GrowingText])
def test_its_ground_follows_the_system(qtbot, kind):
    field = kind()
    qtbot.addWidget(field)
    field.setReadOnly(True)
    light, dark = (theme.of_scheme(is_dark=is_dark) for is_dark in (False, True))
    try:
        theme.dress(dark, theme.palette_of(dark))
        assert ground(field) == dark.window
    finally:
        theme.dress(light, theme.palette_of(light))
        assert ground(field) == light.window
