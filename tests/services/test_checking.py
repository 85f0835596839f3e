"""点検 of a plan in its file: what the sample has to say, and what people decide about it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from kyodo_desktop.domain.checks.context import RemedyKind
from kyodo_desktop.domain.checks.rules import RULES
from kyodo_desktop.domain.errors import ReadOnlyError, RefusedError
from kyodo_desktop.services import checking, rounds
from kyodo_desktop.services.checking import path_of
from tests.builders import JAPAN, action_of, opened


def found(workspace, rule):
    return [each.finding for each in checking.check(workspace) if each.finding.rule == rule]


def titles(workspace, rule):
    return [workspace.outline.title(each.node) for each in found(workspace, rule)]


def test_the_sample_contradicts_itself_where_its_readers_found_it(workspace):
    center, grant = found(workspace, "relisting")
    assert "市民活動サポートセンターの創設" in center.message
    assert "平成28年3月 と 平成28年2月" in center.message
    assert "市民活動支援補助金の創設" in grant.message
    assert "✓ 完了 と ・ 継続中" in grant.message
    assert titles(workspace, "similar") == ["市政への参画機会の拡充"]
    assert len(found(workspace, "due_in_text")) == 6
    waiting = found(workspace, "prerequisite_candidate")
    assert len(waiting) == 4
    assert {each.suggestion for each in waiting} == {"市民活動サポートセンターの創設"}
    empty = found(workspace, "direction_empty")
    outline = workspace.outline
    actions = {outline.action_id_at(each.node) for each in empty}
    assert (len(empty), len(actions)) == (34, 32)


def test_the_sample_raises_no_other_alarm(workspace):
    counts = Counter(each.finding.rule for each in checking.check(workspace))
    for rule in ("overdue", "prerequisite_done", "not_filled_in", "unchanged", "numbering"):
        assert counts[rule] == 0
    assert counts["mark_against_text"] == 1  # ◇ of アドバイザー, which waits for something


def test_a_finding_is_confirmed_with_a_note_in_its_round(workspace):
    finding = found(workspace, "similar")[0]
    checking.confirm(workspace, finding, " 別の事業 ")
    checked = next(each for each in checking.check(workspace) if each.finding == finding)
    assert checked.note == "別の事業"
    checking.confirm(workspace, finding, "やはり別")
    checking.unconfirm(workspace, finding)
    assert not any(each.is_confirmed for each in checking.check(workspace))
    workspace.undo()
    assert any(each.note == "やはり別" for each in checking.check(workspace))


def test_rules_are_switched_off_for_the_plan(workspace):
    checking.use_rules(workspace, [rule for rule in RULES if rule != "direction_empty"])
    assert found(workspace, "direction_empty") == []
    checking.use_rules(workspace, RULES)
    assert len(found(workspace, "direction_empty")) == 34


def test_all_dates_are_taken_over_in_one_step(workspace, clock):
    clock.time = datetime(2016, 11, 23, tzinfo=JAPAN)
    checking.apply_all_dues(workspace, found(workspace, "due_in_text"))
    assert found(workspace, "due_in_text") == []
    assert len(found(workspace, "overdue")) == 6
    workspace.undo()
    assert len(found(workspace, "due_in_text")) == 6


def test_a_single_remedy_takes_its_finding_away(workspace):
    due = found(workspace, "due_in_text")[0]
    checking.apply(workspace, due.remedy)
    assert len(found(workspace, "due_in_text")) == 5
    waiting = found(workspace, "prerequisite_candidate")[0]
    checking.apply(workspace, waiting.remedy)
    assert len(found(workspace, "prerequisite_candidate")) == 3
    joining = found(workspace, "relisting")[0].remedy
    assert joining.kind is RemedyKind.JOIN
    with pytest.raises(RefusedError):
        checking.apply(workspace, joining)


def test_what_two_rounds_leave_unchanged_is_found_in_the_third(workspace):
    for year in (2016, 2017):
        rounds.open_round(workspace, f"平成{year - 1988}年度", year, f"{year}-10-31")
    assert "ボランティア貯金の研究" in titles(workspace, "unchanged")
    assert "協働スイカ塾の開設" not in titles(workspace, "unchanged")  # done


def test_a_closed_round_stands_as_of_its_day_and_keeps_its_confirmations(workspace):
    checking.apply_all_dues(workspace, found(workspace, "due_in_text"))
    finding = found(workspace, "similar")[0]
    rounds.close_round(workspace, workspace.outline.round.id)
    assert found(workspace, "overdue") == []
    with pytest.raises(RefusedError):
        checking.confirm(workspace, finding)


def test_a_read_only_plan_is_checked_and_not_changed(sample_file, clock):
    plan = opened(sample_file, clock, read_only=True)
    finding = found(plan.workspace, "similar")[0]
    with pytest.raises(ReadOnlyError):
        checking.confirm(plan.workspace, finding)
    plan.close()


def test_a_path_begins_with_the_term(workspace):
    outline = workspace.outline
    action = action_of(outline, "市民活動ブースの設置")
    node = found(workspace, "due_in_text")[0].node
    assert outline.action_id_at(node) == action
    assert path_of(outline, node) == [
        "前期",
        "1 環境づくり",
        "(1) 活動拠点の整備",
        "① 市民活動ブースの設置",
    ]
