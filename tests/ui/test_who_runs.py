"""Who runs when a status is clicked, from the click until the window is painted again."""

from __future__ import annotations

import sys
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.imports import ROOT
from tests.ui.driving import outline, select

ACTION = "市民活動ブースの設置"
MOST = 80  # modules; the way to the disk and back, and whatever the window is painted by
# Whose part of the plan it is, or who says what was saved and keeps what is typed; the button
# of the rounds is painted with the rest of the window. 紙面 and the tabs of the side look whether
# they are in sight, 集計 keeps its counts.
CONCERNED = {"tree", "editor", "widgets", "files", "typed", "rounds", "strip", "overview"}
CONCERNED |= {"paper", "checks", "comparing", "history"}
UNCONCERNED = ("domain.next_term.", "domain.checks.rules", "services.checking")


@contextmanager
def entered():
    """Collect the modules of ours whose functions are called."""
    package = str(ROOT / "kyodo_desktop")
    found = set()

    def note(frame, event, _argument):
        if event == "call" and frame.f_code.co_filename.startswith(package):
            found.add(frame.f_globals["__name__"].removeprefix("kyodo_desktop."))

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


@pytest.fixture
def ran(window, qtbot):
    """The modules that a click on another status enters, when one was clicked before."""
    select(window, ACTION)
    for name in ("status_1", "status_2"):
        qtbot.mouseClick(window.editor.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
        QApplication.processEvents()
    with entered() as found:
        button = window.editor.findChild(QPushButton, "status_3")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
    (action,) = (each for each in outline(window).actions.values() if each.title == ACTION)
    assert outline(window).status(action.id) == list(outline(window).statuses.values())[2]
    return found


def test_a_click_on_a_status_enters_only_what_it_concerns(ran):
    rooms = {name.split(".")[1] for name in ran if name.startswith("ui.") and name.count(".") > 1}
    assert rooms <= CONCERNED
    assert not [name for name in ran if name.startswith(UNCONCERNED)]
    assert len(ran) <= MOST, "\n".join(sorted(ran))
