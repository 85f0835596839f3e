"""The real window, and hands on its strip."""

from __future__ import annotations

import pytest

from tests.ui.tree.hands import Hands


class StripHands(Hands):
    """Presses figures, searches, and reads what the foot would say of the list."""

    def __init__(self, window, qtbot):
        super().__init__(window.tree, window.plan.workspace, qtbot)
        self.window, self.strip, self.box = window, window.strip, window.strip.search
        self.counted = ""
        window.features.strip.counted.connect(self.note)

    def note(self, text, _limited):
        self.counted = text

    def figure(self, name):
        (found,) = (each for kind, each in self.strip.figures.items() if kind.name == name)
        return found

    def press_figure(self, name):
        assert self.figure(name).isEnabled(), name
        self.figure(name).click()

    def value(self, name):
        return self.figure(name).value


@pytest.fixture
def hands(window, qtbot):
    hands = StripHands(window, qtbot)
    yield hands
    window.features.strip.counted.disconnect(hands.note)
