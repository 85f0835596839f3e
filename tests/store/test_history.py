"""The permanent history is written beside its changes and read back by pages."""

from __future__ import annotations

import json

import pytest

from kyodo_desktop.domain.changes import RowChange
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.field_types import LARGEST, Number
from kyodo_desktop.store import history
from kyodo_desktop.store.history import (
    HistoryFilter,
    UnfitStateError,
    plan_key,
    read_entries,
    read_entry,
    read_state,
    rewrite_operation,
    write_changes,
    write_operation,
)
from tests.outlines import action

AT = "2026-11-23T18:00:00+09:00"
OLD = {"id": 3, "title": "旧", "note": ""}
NEW = {"id": 3, "title": "新", "note": ""}
WHOLE = action(3, 1, "旧")._asdict()
LINE = {"round_id": 1, "position": 0, "status_id": None, "section_id": None, "carried": 0}
CHANGE = RowChange("action", 3, OLD, NEW)


def write(connection, label, *rows, reverses_id=None):
    step = write_operation(connection, AT, "花子", label, reverses_id=reverses_id)
    if rows:
        write_changes(connection, step, rows)
    return step


def labels(connection, *, action_id=None, before=None, limit=50):
    wanted = HistoryFilter(action_ids=action_id and [action_id])
    found = read_entries(connection, wanted=wanted, before=before, limit=limit)
    return [entry.label for entry in found]


def test_a_step_tells_who_when_and_what_and_only_what_differs(connection):
    first = write(connection, "変更", CHANGE)
    step = write(connection, "戻す", CHANGE.inverted(), reverses_id=first)
    entry = read_entry(connection, step)
    assert entry[:5] == (step, AT, "花子", "戻す", first)
    assert entry.rows == (RowChange("action", 3, {"title": "新"}, {"title": "旧"}),)


def test_a_row_that_came_or_went_is_kept_whole(connection):
    rows = (
        RowChange("action", 3, None, {**WHOLE, **NEW}),
        RowChange("action", 4, {**WHOLE, **OLD, "id": 4}, None),
    )
    assert read_entry(connection, write(connection, "変更", *rows)).rows == rows


def test_the_newest_steps_come_first_and_older_ones_by_pages(connection):
    steps = [write(connection, f"変更{number}", CHANGE) for number in range(5)]
    assert labels(connection, limit=2) == ["変更4", "変更3"]
    assert labels(connection, before=steps[3], limit=2) == ["変更2", "変更1"]
    assert labels(connection)[-1] == "計画「協働のまちづくり推進計画」を作成"


def test_of_one_action_only_its_own_rows_are_told(connection):
    line = {**LINE, "id": 8, "action_id": 3, "text": "文"}
    other = RowChange("progress", 9, None, {**line, "id": 9, "action_id": 4}, 4)
    write(connection, "変更", RowChange("progress", 8, None, line, 3), other)
    write(connection, "他の変更", other)
    (entry,) = read_entries(
        connection, wanted=HistoryFilter(action_ids=[3]), before=None, limit=50
    )
    assert (entry.label, [row.id for row in entry.rows]) == ("変更", [8])


def test_a_step_that_is_not_there_is_none(connection):
    step = write(connection, "変更", CHANGE)
    assert read_entry(connection, step + 1) is None


def test_a_step_can_be_written_anew(connection):
    step = write(connection, "変更", CHANGE)
    newest = {**NEW, "title": "最新"}
    rewrite_operation(connection, step, 7, [RowChange("action", 3, OLD, newest)])
    entry = read_entry(connection, step)
    assert [row.after for row in entry.rows] == [{"title": "最新"}]


def test_a_step_that_came_to_nothing_is_not_shown_and_keeps_its_place(connection):
    step = write(connection, "変更", CHANGE)
    rewrite_operation(connection, step, 7, [])
    assert read_entry(connection, step) is None
    assert labels(connection) == labels(connection, before=step)
    assert labels(connection, action_id=3) == []
    assert write(connection, "次の変更", CHANGE) == step + 1


def test_of_a_step_written_anew_a_row_that_came_to_nothing_can_still_be_told(connection):
    other = RowChange("action", 4, {**OLD, "id": 4}, {**NEW, "id": 4})
    step = write(connection, "変更", CHANGE)
    rewrite_operation(connection, step, 7, [other])
    rewrite_operation(connection, step, 8, [])
    touched = connection.execute(
        "SELECT row_id FROM change JOIN operation ON operation.id = operation_id"
        " WHERE commit_number = 8 ORDER BY row_id"
    )
    assert [row_id for (row_id,) in touched] == [3, 4]


def test_each_step_has_a_key_and_that_of_the_first_is_the_plans_own(connection):
    before = plan_key(connection)
    write(connection, "変更", CHANGE)
    keys = [key for (key,) in connection.execute("SELECT key FROM operation ORDER BY id")]
    assert (keys[0], plan_key(connection)) == (before, before)
    assert len({*keys, ""}) == len(keys) + 1


def test_it_reads_back_the_numbers_that_a_field_takes_and_no_larger_ones():
    def read(number):
        return read_state("action", 1, json.dumps({"start_fiscal_year": number}), is_whole=False)

    assert read(Number().check(LARGEST, "欄")) == {"start_fiscal_year": LARGEST}
    with pytest.raises(UnfitStateError):
        read(LARGEST + 1)
    with pytest.raises(InvalidInputError):
        Number().check(LARGEST + 1, "欄")


def test_it_reads_back_a_choice_that_was_not_made_and_none_that_there_is_not(monkeypatch):
    monkeypatch.setattr(history, "_kinds", lambda _: {"rating": (str, type(None))})
    monkeypatch.setattr(history, "_codes", lambda _: {"rating": {"good": "順調"}})
    for code in ("good", None):
        state = {"rating": code}
        assert read_state("outlook", 1, json.dumps(state), is_whole=False) == state
    with pytest.raises(UnfitStateError):
        read_state("outlook", 1, '{"rating": "zz"}', is_whole=False)
