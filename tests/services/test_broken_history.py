"""A history that somebody wrote into is listed as far as it can be, and never replayed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress

import pytest

from kyodo_desktop.domain.errors import PlanError, RefusedError
from kyodo_desktop.services import structure
from kyodo_desktop.services.comparing import compare_days
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries, revert_operation
from kyodo_desktop.services.history_rewind import newest_step, outline_at
from kyodo_desktop.services.interchange import whole_plan
from kyodo_desktop.ui.history.entries import what_changed, when_and_who
from tests import edits
from tests.builders import node_of

BROKEN = {
    "no object": ("[]", "[]"),
    "no column of ours": ('{"x": 1}', '{"x": 2}'),
    "a column on one side": ('{"note": ""}', '{"title": ""}'),
    "no text": ('{"note": ""}', '{"note": 1}'),
    "nothing where something is": ('{"title": null}', '{"title": "新"}'),
    "a number that is a truth": ('{"term_id": 1}', '{"term_id": true}'),
    "a number without end": ('{"term_id": 1}', f'{{"term_id": 1{"0" * 30}}}'),
    "half a character": ('{"note": ""}', '{"note": "\\ud800"}'),
    "another row": ('{"id": 1}', '{"id": 2}'),
    "a part of a row that came": (None, '{"id": 1, "title": "新"}'),
    "a part of a row that went": ('{"title": "旧"}', None),
    "depths": ('{"note": ""}', f'{{"note": {"[" * 900}{"]" * 900}}}'),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_change_that_fits_no_row_is_told_and_the_plan_is_as_it_was(workspace, sample_file, kind):
    first = newest_step(workspace)
    edits.set_note(workspace, 1, "メモ")
    before = dump(workspace)
    step = newest_step(workspace)
    with closing(sqlite3.connect(sample_file)) as other, other:
        other.execute(
            "UPDATE change SET before = ?, after = ? WHERE operation_id = ?", (*BROKEN[kind], step)
        )
    entry = entries(workspace, action_id=1)[0]
    assert not entry.is_whole
    assert "読み取れません" in what_changed(workspace.outline, entry, named=True)
    with pytest.raises(RefusedError, match=r"記録の一部を読み取れない.*そのままです"):
        revert_operation(workspace, step)
    with suppress(RefusedError):
        outline_at(workspace, first)
    assert dump(workspace) == before
    assert whole_plan(sample_file).tables["change"]


@pytest.mark.parametrize(
    ("column", "value"), [("table_name", "nothing"), ("table_name", ""), ("row_id", 9999)]
)
def test_a_change_of_a_row_that_is_nowhere_is_told(workspace, sample_file, column, value):
    first = newest_step(workspace)
    edits.set_note(workspace, 1, "メモ")
    step = newest_step(workspace)
    with closing(sqlite3.connect(sample_file)) as other, other:
        other.execute(f"UPDATE change SET {column} = ? WHERE operation_id = ?", (value, step))
    for entry in entries(workspace):
        what_changed(workspace.outline, entry, named=False)
    with pytest.raises(PlanError):
        revert_operation(workspace, step)
    with suppress(RefusedError):
        outline_at(workspace, first)


@pytest.mark.parametrize("at", ["12:00", "2451545", "0000-01-01T00:00"])
def test_a_step_at_a_strange_time_is_listed_as_it_is(workspace, sample_file, at):
    edits.set_note(workspace, 1, "メモ")
    with closing(sqlite3.connect(sample_file)) as other, other:
        other.execute("UPDATE operation SET at = ?", (at,))
    assert "花子" in when_and_who(entries(workspace)[0])
    with pytest.raises(PlanError):
        compare_days(workspace, "2026-11-22", "2020-11-23")


def test_an_earlier_plan_that_would_hang_in_the_air_is_refused(workspace, sample_file):
    first = newest_step(workspace)
    structure.rename(workspace, node_of(workspace.outline, "環境づくり"), "環境")
    with closing(sqlite3.connect(sample_file)) as other, other:
        state = {"parent_id": 999}
        other.execute(
            "UPDATE change SET before = ?, after = ? WHERE operation_id = ?",
            (json.dumps(state), json.dumps(state), newest_step(workspace)),
        )
    with pytest.raises(RefusedError, match="履歴の一部を読み取れない"):
        outline_at(workspace, first)
