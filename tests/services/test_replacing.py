"""置換 in the plan: one step, in the round that is shown and in no other."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import errors, replacing
from kyodo_desktop.services import progress, rounds
from kyodo_desktop.services.replacing import refusal, replace_texts
from tests.builders import action_of, node_of
from tests.edits import set_outlook_text

FUND = "市民活動支援基金の創設"


def replaced(workspace, find, put, *labels):
    kinds = [kind for kind in replacing.KINDS if kind.label in labels or not labels]
    hits = list(replacing.hits(workspace.outline, replacing.TextReplacement(find, put), kinds))
    replace_texts(workspace, find, put, hits)
    return len(hits)


def test_all_texts_are_replaced_in_one_step_that_can_be_undone(workspace):
    before = workspace.outline
    assert replaced(workspace, "市民活動", "地域活動") > 5
    node_of(workspace.outline, "地域活動支援基金の創設")
    assert workspace.undo_label.startswith("置換：「市民活動」→「地域活動」")
    workspace.undo()
    assert workspace.outline.actions == before.actions
    assert workspace.outline.lines == before.lines


def test_what_nobody_has_read_stands_as_in_the_round_before_when_it_is_replaced(workspace):
    action = action_of(workspace.outline, FUND)
    set_outlook_text(workspace, action, "寄附を募る")
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    replaced(workspace, "ふるさと納税", "寄附", "進捗状況")
    replaced(workspace, "寄附", "寄付", "今後の方向性")
    line = workspace.outline.lines[action][0]
    assert line.text.startswith("寄附")
    assert line.carried
    assert workspace.outline.outlooks[action].carried
    assert workspace.outline.is_carried(action)
    assert workspace.outline.previous.lines[action][0].text.startswith("ふるさと納税")


def test_an_outlook_that_says_nothing_any_more_is_none(workspace):
    action = action_of(workspace.outline, FUND)
    set_outlook_text(workspace, action, "消える文")
    replaced(workspace, "消える文", "")
    assert action not in workspace.outline.outlooks


def test_texts_of_a_closed_round_are_refused_and_names_are_not(workspace):
    rounds.close_round(workspace, workspace.outline.round.id)
    by_label = {kind.label: kind for kind in replacing.KINDS}
    assert "確定済み" in refusal(workspace.outline, by_label["進捗状況"])
    assert refusal(workspace.outline, by_label["名称"]) == ""
    with pytest.raises(errors.RefusedError):
        replaced(workspace, "ふるさと納税", "寄附", "進捗状況")
    assert replaced(workspace, "基金", "資金", "名称")


def test_a_text_that_changed_meanwhile_is_left_alone(workspace):
    kinds = [kind for kind in replacing.KINDS if kind.label == "進捗状況"]
    found = list(
        replacing.hits(workspace.outline, replacing.TextReplacement("ふるさと納税", "寄附"), kinds)
    )
    line = workspace.outline.lines[action_of(workspace.outline, FUND)][0]
    progress.set_line_text(workspace, line.id, "ほかの文")
    with pytest.raises(errors.RefusedError):
        replace_texts(workspace, "ふるさと納税", "寄附", found)
    assert workspace.outline.lines[line.action_id][0].text == "ほかの文"
