"""The window with a plan whose actions have sections, and their forms in a folder."""

from __future__ import annotations

import pytest

from tests.ui.driving import dialog, run
from tests.ui.inquiries.hands import sent, share_out


@pytest.fixture
def shared_out(window):
    """The workspace of a plan in which three sections lead."""
    share_out(window.plan.workspace)
    return window.plan.workspace


@pytest.fixture
def forms(shared_out, tmp_path):
    """The files that were sent, by section."""
    return sent(shared_out, tmp_path / "回答")


@pytest.fixture
def look_at(window, qtbot):
    """Let the window read files and return the review."""

    def look_at(*paths):
        with qtbot.waitSignal(window.answers.read, timeout=30_000):
            window.answers.take_dropped(paths)
        return dialog(window)

    return look_at


@pytest.fixture
def take(window, qtbot):
    """Press a button that takes answers in, and wait until all is looked at anew."""

    def take(name):
        with (
            qtbot.waitSignal(window.answers.taken, timeout=30_000),
            qtbot.waitSignal(window.answers.read, timeout=30_000),
        ):
            getattr(dialog(window), f"_{name}").click()

    return take


@pytest.fixture
def inquiry(window, shared_out):
    """The dialog that asks whom to ask."""
    run(window, "inquiry")
    return dialog(window)
