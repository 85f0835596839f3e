"""Badges can be read, whatever colour a plan chooses."""

from __future__ import annotations

import pytest

from kyodo_desktop.services.new_plan import DEFAULT_STATUSES
from kyodo_desktop.ui.tree.cells import TreeColumn
from kyodo_desktop.ui.tree.delegates import BADGE_FRAME, shades
from kyodo_desktop.ui.tree.pane import TreePane
from kyodo_desktop.ui.tree.view import PlanTreeView

COLOURS = [
    *(status.colour for status in DEFAULT_STATUSES),
    *("#ffff00", "#ff0000", "#00ffff", "#808080", "#000000", "#ffffff"),
]


def contrast(one, other):
    """Return the contrast of two colours by the rule of WCAG."""
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def brightness(colour):
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("colour", COLOURS)
def test_the_word_stands_out_from_its_ground(colour):
    found = shades(colour)
    assert contrast(found.ink, found.ground) >= 4.5


@pytest.fixture(params=[6, 9, 10, 20], ids="{} pt".format)
def view(qapp, qtbot, request):
    """A tree that was made with a font of that size."""
    before = qapp.font()
    font = qapp.font()
    font.setPointSize(request.param)
    qapp.setFont(font)
    pane = TreePane()
    qtbot.addWidget(pane)
    yield pane.findChild(PlanTreeView)
    qapp.setFont(before)


def test_a_badge_has_room_to_spare_for_the_usual_words(view):
    # Half a character is what the same words may be wider on a screen of another resolution.
    metrics = view.fontMetrics()
    room = view.columnWidth(TreeColumn.STATUS) - BADGE_FRAME - metrics.horizontalAdvance("あ") // 2
    words = [f"{status.mark} {status.label}" for status in DEFAULT_STATUSES]
    assert max(map(metrics.horizontalAdvance, words)) <= room


def test_each_badge_and_bar_is_drawn(hands):
    bare = hands.view.grab().toImage()
    hands.view.setColumnHidden(TreeColumn.STATUS, True)
    assert hands.view.grab().toImage() != bare
