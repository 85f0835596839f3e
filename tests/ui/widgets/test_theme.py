"""The look follows the system and the size that the user has chosen."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLineEdit, QToolButton

from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.appearance import SIGN, TEXT, contrast, give_icon

LIGHT, DARK = (theme.of_scheme(is_dark=is_dark) for is_dark in (False, True))
GROUNDS = ("base", "window", "header", "band", "sel", "sel_idle", "soft")
ON = {
    "on_accent": "accent",
    "on_done": "done",
    "on_near": "near",
    "on_going": "going",
    "on_toast": "toast",
    "toast_link": "toast",
}


def black():
    palette = QPalette(QColor("black"))
    role = QPalette.ColorRole
    for where, colour in ((role.Base, "black"), (role.Window, "black"), (role.Text, "white")):
        palette.setColor(where, QColor(colour))
    palette.setColor(role.Highlight, QColor("yellow"))
    palette.setColor(role.HighlightedText, QColor("black"))
    return palette


@pytest.fixture
def back(qapp):
    yield
    theme.set_zoom(100)
    theme.dress(LIGHT, theme.palette_of(LIGHT))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"), [*product(("ink", "ink2"), GROUNDS), *ON.items(), ("ink", "hit")]
)
def test_words_stand_out_from_every_ground(colours, ink, ground):
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= TEXT


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["base", "window", "sel"])
def test_the_ring_of_the_focus_stands_out_from_every_ground(colours, ground):
    assert contrast(colours.focus, getattr(colours, ground)) >= SIGN


def test_a_high_contrast_has_no_colour_of_ours(qapp):
    palette = black()
    colours = theme.of_palette(palette)
    system = {
        palette.color(group, role).rgb()
        for group in (QPalette.Active, QPalette.Disabled)
        for role in QPalette.ColorRole
        if role != QPalette.ColorRole.NColorRoles
    }
    ours = {getattr(colours, name).rgb() for name in ("ink", "base", "sel", "done", "line", "hit")}
    assert ours <= system
    assert colours.is_high_contrast
    assert colours.is_dark


def test_everything_can_be_shown_larger_and_says_so(qtbot, qapp, back):
    field = QLineEdit()
    qtbot.addWidget(field)
    before = field.sizeHint().height(), theme.px(32)
    with qtbot.waitSignal(theme.notifier().changed):
        theme.set_zoom(200)
    assert theme.px(32) == 2 * before[1]
    assert field.sizeHint().height() > 1.7 * before[0]
    assert theme.zoom() == 200


def test_a_size_is_the_nearest_of_those_that_there_are(qapp, back):
    theme.set_zoom(172)
    assert theme.zoom() == 175
    theme.set_zoom(5)
    assert theme.zoom() == theme.STEPS[0]


def test_the_rules_leave_no_placeholder(qapp):
    for colours in (LIGHT, DARK):
        rules = theme.style_sheet(colours)
        assert "@" not in rules
        assert "px(" not in rules


def test_a_drawing_follows_the_theme(qtbot, qapp, back):
    button = QToolButton()
    qtbot.addWidget(button)
    give_icon(button, "undo")
    before = button.icon().pixmap(24, 24).toImage()
    theme.dress(DARK, theme.palette_of(DARK))
    after = button.icon().pixmap(24, 24).toImage()
    assert before != after
    inks = (after.pixelColor(x, y) for x in range(24) for y in range(24))
    assert max(ink.lightness() for ink in inks) > DARK.ink2.lightness()
