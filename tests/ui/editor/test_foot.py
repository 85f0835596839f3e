"""The foot of the editor: what confirms an action is always in one place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from kyodo_desktop.services import progress, rounds
from tests import edits
from tests.builders import action_of

FUND, GRANT = "市民活動支援基金の創設", "市民活動支援補助金の創設"


@pytest.fixture(autouse=True)
def next_round(workspace):
    """A round that has begun with what the last one said."""
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")


def places(pane, find):
    QApplication.processEvents()
    found = [find(name) for name in ("confirm_and_next", "accept")]
    return [(each.mapTo(pane, each.rect().topLeft()), each.size()) for each in found]


def test_the_buttons_stay_where_they_are_for_every_action(pane, choose, find, workspace):
    line = workspace.outline.lines[action_of(workspace.outline, GRANT)][0]
    progress.set_line_text(workspace, line.id, "とても長い文です。" * 80)
    choose(FUND)
    before = places(pane, find)
    choose(GRANT)
    assert places(pane, find) == before
    find("action_form").verticalScrollBar().setValue(400)
    assert places(pane, find) == before


def test_what_a_closed_round_allows_is_read_as_a_whole(pane, choose, find, workspace):
    rounds.close_round(workspace, workspace.outline.round.id)
    choose(FUND)
    pane.resize(340, 600)
    QApplication.processEvents()
    sentence = find("read_only_sentence")
    needed = sentence.fontMetrics().boundingRect(
        sentence.contentsRect(), Qt.TextFlag.TextWordWrap, sentence.text()
    )
    assert sentence.wordWrap()
    assert sentence.contentsRect().height() >= needed.height()
    assert sentence.contentsRect().width() >= needed.width()


def test_what_is_refused_moves_no_button(pane, choose, find):
    choose(FUND)
    before = places(pane, find)
    find("due").setText("平成29年2月30日")
    assert not pane.commit()
    errors = [each.text() for each in pane.findChildren(QLabel, "error") if each.isVisible()]
    assert "暦にない日付です" in "".join(errors)
    assert places(pane, find) == before


@pytest.mark.parametrize(("height", "foot"), [(600, 49), (240, 49), (150, 0)])
def test_a_low_pane_gives_its_room_to_the_fields(pane, choose, find, height, foot):
    choose(FUND)
    pane.resize(501, height)
    QApplication.processEvents()
    assert find("action_form").height() == height - foot


def test_back_from_a_low_pane_the_buttons_are_where_they_were(pane, choose, find):
    choose(FUND)
    before = places(pane, find)
    size = pane.size()
    find("confirm_and_next").setFocus()
    pane.resize(501, 150)
    QApplication.processEvents()
    assert find("confirm_and_next").hasFocus()
    pane.resize(size)
    assert places(pane, find) == before
    assert find("confirm_and_next").hasFocus()


def test_in_a_narrow_pane_both_buttons_are_whole(pane, choose, find):
    choose(FUND)
    pane.resize(360, 600)
    QApplication.processEvents()
    for name in ("confirm_and_next", "accept"):
        button = find(name)
        assert button.width() >= button.minimumSizeHint().width()
        assert button.mapTo(pane, button.rect().topRight()).x() < 360


def test_the_state_names_what_alone_is_not_confirmed(choose, find, workspace):
    action = action_of(workspace.outline, FUND)
    edits.set_outlook_text(workspace, action, "前からの見通し")
    round_ = workspace.outline.round
    rounds.close_round(workspace, round_.id)
    rounds.open_round(workspace, "平成29年度", 2017, "2017-10-31")
    choose(FUND)
    assert find("round_state").text() == "未確認　前回のまま"
    progress.set_line_text(workspace, workspace.outline.lines[action][0].id, "直した文")
    assert find("round_state").text() == "未確認（今後の方向性）"
    assert "今後の方向性は、前回のまま" in find("round_state").toolTip()
    edits.set_outlook_text(workspace, action, "直した見通し")
    assert find("round_state").text() == "確認済　変更あり"
