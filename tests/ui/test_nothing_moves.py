"""Whatever the window says or is asked for, no control moves: only the toast comes and goes."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from kyodo_desktop.services import rounds
from kyodo_desktop.ui.strip import strip
from tests.builders import opened
from tests.ui.driving import outline, select, tree

BOOTH = "市民活動ブースの設置"
LONG = "長い知らせです。" * 60


def places(window):
    """Return where every control is that is to be seen, by the control, once all have settled."""
    found = None
    while found != (found := _places(window)):
        QApplication.processEvents()
    return found


def _places(window):
    return {
        each: QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        for each in window.findChildren(QWidget)
        if each.isVisible()
        and not each.isWindow()
        and each is not window.toast
        and not window.toast.isAncestorOf(each)
    }


def moved(before, after):
    return [
        f"{each.parent().objectName()} {type(each).__name__} {each.objectName()}: "
        f"{place.getRect()} → {after[each].getRect()}"
        for each, place in before.items()
        if each in after and after[each] != place
    ]


def frame(window):
    """Return the controls of which none may come or go either."""
    inside = (window.toolbar, window.strip.search, *window.strip.figures.values(), window.foot)
    return {each for each in (*inside, window.tree, window.strip.state) if each.isVisible()}


@pytest.fixture
def still(window):
    """A function that does something to the window, in which nothing moves."""
    select(window, BOOTH)
    window.editor.findChild(QWidget, "details").unfold(False)
    QApplication.processEvents()

    def still(act, *arguments):
        before, framed = places(window), frame(window)
        act(*arguments)
        after = places(window)
        assert moved(before, after) == []
        assert frame(window) == framed

    return still


def test_while_something_is_told(window, still, tmp_path):
    bar = window.toast
    for show, *arguments in (
        (bar.show_info, "保存しました。"),
        (bar.show_error, LONG, print),
        (bar.show_error, "書き込めませんでした。"),
        (bar.show_file_info, "作りました。", tmp_path),
        (bar.show_rich_info, '「甲」<br><a href="1">乙</a>'),
        (bar.clear,),
    ):
        still(show, *arguments)
    assert not bar.isVisible()


def test_while_the_list_is_limited_and_shown_whole_again(window, still):
    for kind in strip.KINDS:
        still(window.strip.choose, kind)
    still(window.strip.search.setText, "センター")
    still(window.strip.search.setText, "どこにもない言葉")
    still(window.tree.limit_requested.emit, None, [1])
    still(window.strip.clear)


def test_while_a_round_is_closed_and_opened_again(window, still):
    workspace, shown = window.plan.workspace, outline(window).round.id
    still(rounds.close_round, workspace, shown)
    assert window.strip.findChild(QPushButton, "state_button").isVisible()
    still(rounds.reopen_round, workspace, shown, "訂正のため")


def test_while_figures_change(window, still):
    still(window.features.edits.set_status, [1, 2, 3], 1)
    still(window.actions_by_name["undo"].trigger)


def test_while_the_focus_goes_round(window, still):
    due = window.editor.findChild(QLineEdit, "due")
    for each in (due, window.strip.search, window.strip.figures[strip.CONFIRMED], tree(window)):
        still(each.setFocus, Qt.FocusReason.TabFocusReason)


@pytest.fixture
def quick(window):
    """The window looks at the file as often as it can."""
    window.features.file_state._timer.setInterval(0)
    yield window
    window.features.file_state._timer.setInterval(500)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move a file that is open")
def test_while_the_file_is_away(quick, still, qtbot, sample_file):
    def wait_for(text):
        def stands():
            quick.plan.look_now()
            return text in quick.strip.state.text

        qtbot.waitUntil(stands)

    elsewhere = sample_file.with_name("よそ.kyodo")
    sample_file.rename(elsewhere)
    still(wait_for, "接続できません")
    elsewhere.rename(sample_file)
    still(wait_for, "編集中")


def test_while_somebody_else_edits(quick, still, qtbot, sample_file, clock):
    def wait_for(text):
        def stands():
            quick.plan.look_now()
            return text in quick.strip.state.text

        qtbot.waitUntil(stands)

    quick.plan._lock._unlock()
    quick.plan._watch._next_beat = 0.0  # only then does it see whose note lies there
    other = opened(sample_file, clock, author="別の 太郎")
    still(wait_for, "読み取り専用")
    other.close()
    still(wait_for, "編集する人なし")


@pytest.mark.parametrize("width", [1366, 1024, 800, 683])
def test_at_every_width(window, still, width):
    window.resize(width, 700)
    still(window.toast.show_error, LONG)
    for kind in strip.KINDS:
        still(window.strip.choose, kind)
    still(window.tree.limit_requested.emit, 1, [1, 2])
    window.resize(1366, 728)
