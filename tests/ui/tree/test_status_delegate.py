"""Pills of dialogs can be read, whatever colour a plan chooses."""

from __future__ import annotations

import pytest

from kyodo_desktop.services.new_plan import DEFAULT_STATUSES
from kyodo_desktop.ui.tree.columns import TreeColumn
from kyodo_desktop.ui.tree.delegates import shades
from kyodo_desktop.ui.widgets.appearance import contrast

COLOURS = [
    *(status.colour for status in DEFAULT_STATUSES),
    *("#ffff00", "#ff0000", "#00ffff", "#808080", "#000000", "#ffffff"),
]


@pytest.mark.parametrize("colour", COLOURS)
def test_the_word_stands_out_from_its_ground(colour):
    found = shades(colour)
    assert contrast(found.ink, found.ground) >= 4.5


def test_each_badge_is_drawn(hands):
    bare = hands.view.grab().toImage()
    hands.view.setColumnHidden(TreeColumn.STATUS, True)
    assert hands.view.grab().toImage() != bare
