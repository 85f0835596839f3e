"""The plan of any earlier moment is made again from today's plan and the history."""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services import moving, progress, removing, rounds, structure
from kyodo_desktop.services.history import entries
from kyodo_desktop.services.history_rewind import (
    as_of_round,
    newest_step,
    operation_at,
    outline_at,
)
from kyodo_desktop.store.tables import RoundRow
from tests import edits
from tests.builders import node_of, opened
from tests.effort import examples
from tests.services.random_edits import edit_at_random


def add_round(workspace, year):
    """Add a round that says nothing yet, and return its id."""
    with workspace.transact("調査を追加") as session:
        row = RoundRow(name=f"{year}", fiscal_year=year, as_of=f"{year}-10-31")
        session.add(row)
        session.flush()
        return row.id


def close_round(workspace, round_id):
    with workspace.transact("確定") as session:
        session.get(RoundRow, round_id).closed_at = "2016-03-31T09:00:00+09:00"


def expect_same(found, remembered):
    """What the moment was, apart from the round before and what was confirmed in it."""
    remembered = replace(remembered, previous=None, confirmations={})
    for field in fields(found):
        assert getattr(found, field.name) == getattr(remembered, field.name), field.name


@examples(
    quick=2,
    deep=100,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_moment_comes_back_as_it_was(sample_master, tmp_path, clock, data):
    file = shutil.copy(sample_master, tmp_path / "計画.kyodo")
    with closing(opened(file, clock)) as plan:
        workspace = plan.workspace
        seen = {newest_step(workspace): workspace.outline}
        for _ in range(data.draw(st.integers(6, 14))):
            with suppress(PlanError):
                if data.draw(st.integers(0, 60)) == 0:
                    workspace.undo()
                else:
                    edit_at_random(data, workspace)
                seen[newest_step(workspace)] = workspace.outline
        for step, remembered in seen.items():
            round_id = remembered.round and remembered.round.id
            expect_same(outline_at(workspace, step, round_id), remembered)


def test_what_was_deleted_moved_and_renamed_stands_where_it_stood(workspace):
    step, before = newest_step(workspace), workspace.outline
    removing.delete(workspace, [node_of(before, "職員研修の実施")])
    structure.rename(workspace, node_of(workspace.outline, "環境づくり"), "環境")
    booth = node_of(workspace.outline, "市民活動ブースの設置")
    moving.move(workspace, [booth], node_of(workspace.outline, "担い手支援の充実"))
    workspace.undo()
    workspace.redo()
    expect_same(outline_at(workspace, step), before)


def test_a_closed_round_saw_the_plan_as_it_was_when_it_was_closed(workspace):
    (first,) = workspace.outline.rounds
    close_round(workspace, first)
    closed = workspace.outline
    structure.rename(workspace, node_of(closed, "環境づくり"), "環境")
    add_round(workspace, 2016)
    progress.set_status(workspace, [1], 1)
    expect_same(as_of_round(workspace, first), closed)


def test_a_round_that_was_opened_again_saw_the_plan_of_its_last_closing(workspace):
    (first,) = workspace.outline.rounds
    rounds.close_round(workspace, first)
    rounds.reopen_round(workspace, first, "誤りがあったため")
    progress.set_status(workspace, [1], 1)
    rounds.close_round(workspace, first)
    closed = workspace.outline
    edits.set_due(workspace, 1, "H29.3")
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    expect_same(as_of_round(workspace, first), closed)


def test_an_open_round_saw_the_plan_until_the_next_one_was_opened(workspace):
    (first,) = workspace.outline.rounds
    edits.set_due(workspace, 1, "H28.3")
    seen = workspace.outline
    second = add_round(workspace, 2016)
    edits.set_due(workspace, 1, "H29.3")
    expect_same(as_of_round(workspace, first), seen)
    expect_same(as_of_round(workspace, second), workspace.outline)


def test_before_a_round_was_opened_there_is_nothing_that_it_said(workspace):
    step = newest_step(workspace)
    second = add_round(workspace, 2016)
    then = outline_at(workspace, step, second)
    assert (then.round, then.lines) == (None, {})


@pytest.mark.parametrize(
    ("day", "place"), [("2026-11-23", 1), ("2026-11-24", 0), ("2026-11-22", None)]
)
def test_the_last_step_of_a_day_is_found(workspace, clock, day, place):
    edits.set_note(workspace, 1, "その日")
    clock.time += timedelta(days=1)
    edits.set_note(workspace, 2, "次の日")
    steps = [each.id for each in entries(workspace)]
    assert operation_at(workspace, day) == (None if place is None else steps[place])


def test_every_moment_of_a_plan_with_everything_in_it_can_be_made(full_master, clock):
    with closing(opened(full_master, clock, read_only=True)) as plan:
        for step in range(1, newest_step(plan.workspace) + 1):
            assert outline_at(plan.workspace, step).plan
            for round_id in plan.workspace.outline.rounds:
                assert outline_at(plan.workspace, step, round_id).plan
