"""A field that cannot be edited does not look as if it could."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette

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
def test_its_ground_follows_the_system(qtbot, qapp, kind):
    field = kind()
    qtbot.addWidget(field)
    field.setReadOnly(True)
    before, dark = qapp.palette(), QPalette("#202020")
    try:
        qapp.setPalette(dark)
        qapp.sendEvent(field, QEvent(QEvent.Type.PaletteChange))  # Qt does, once it runs
        assert ground(field) == dark.window().color()
    finally:
        qapp.setPalette(before)
