"""Rounds, terms, days and revisions of a real plan are compared with one another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kyodo_desktop.domain.comparing.before_after import before_after_table
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.services import next_term, progress, removing, structure
from kyodo_desktop.services.comparing import compare_days, compare_rounds, compare_terms
from kyodo_desktop.store.tables import ActionRow, PlacementRow
from tests.builders import node_of
from tests.services.test_history_rewind import add_round, close_round


def told(comparison):
    return [
        (each.labels, [(f.label, f.old, f.new) for f in each.fields])
        for each in comparison.changes
    ]


def test_two_rounds_are_compared_as_each_saw_the_plan(workspace):
    (first,) = workspace.outline.rounds
    close_round(workspace, first)
    second = add_round(workspace, 2016)
    structure.rename(workspace, node_of(workspace.outline, "環境づくり"), "環境")
    comparison = compare_rounds(workspace, first, second)
    assert (["文言変更"], [("名称", "環境づくり", "環境")]) in told(comparison)
    assert sum(comparison.transitions.values()) == 32
    assert {after for _, after in comparison.transitions} == {None}


def test_two_days_are_compared_with_what_was_deleted_between(workspace, clock):
    progress.set_status(workspace, [1], 1)
    clock.time += timedelta(days=1)
    removing.delete(workspace, [node_of(workspace.outline, "職員研修の実施")])
    (change,) = compare_days(workspace, "2026-11-23", "2026-11-24").changes
    assert change.labels == ["削除"]


@pytest.mark.parametrize("days", [("2026-11-22", "2026-11-23"), ("2026-11-24", "2026-11-23")])
def test_days_that_cannot_be_compared_are_refused(workspace, days):
    with pytest.raises(InvalidInputError, match="日付"):
        compare_days(workspace, *days)


def test_a_term_that_was_drawn_up_tells_what_became_of_each_action(workspace):
    first, second = workspace.outline.terms
    draft = next_term.proposed(workspace)
    next_term.draw_up(workspace, draft)
    kept = draft.kept_actions()
    comparison = compare_terms(workspace, first, second)
    dropped = [each for each in comparison.changes if each.labels == ["削除"]]
    assert len(dropped) + comparison.transitions.total() == 32
    rows = [row for group in before_after_table(comparison) for row in group.rows]
    gone = [row.reason for row in rows if row.new[0].text == "（削除）"]
    assert len(gone) == 32 - len(kept)
    assert all(reason.startswith("引き継がない（完了・廃止） ✓ 完了") for reason in gone)


def test_terms_are_compared_by_what_continues_what(workspace):
    first, second = workspace.outline.terms
    structure.add_heading(workspace, workspace.outline.roots[1], "新しい項目")
    heading = node_of(workspace.outline, "新しい項目")
    with workspace.transact("引継ぎ") as session:
        old = workspace.outline.actions[1]
        new = ActionRow(term_id=second, title=old.title + "の拡充", continues_id=1)
        session.add(new)
        session.flush()
        session.add(PlacementRow(heading_id=row_id(heading), position=0, action_id=new.id))
    comparison = compare_terms(workspace, first, second)
    assert comparison.transitions.total() == 1
    assert [each.labels[-1] for each in comparison.changes].count("削除") > 30
