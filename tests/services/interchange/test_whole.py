"""What leaves the program comes back: an equal plan with an equal history."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlmodel import SQLModel

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.domain.tables import TABLES
from kyodo_desktop.services import history, progress, structure
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.interchange import whole_plan
from tests.builders import opened
from tests.services.interchange.full_plan import created


@pytest.fixture
def whole(full_master):
    return whole_plan(full_master)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "戻した計画.kyodo"


def changed(whole, table, index, **values):
    rows = [{**row} for row in whole.tables[table]]
    rows[index] = {**rows[index], **values}
    return whole._replace(tables={**whole.tables, table: rows})


OF_THE_FILE = {"session": {"holder", "commits"}, "operation": {"commit_number", "key"}}
"""What tells who wrote to a file and when; it means nothing outside."""


def test_every_column_of_every_table_is_known():
    tables = SQLModel.metadata.tables
    assert {
        name: {"id", *(column.name for column in table.columns)} for name, table in TABLES.items()
    } == {
        name: set(table.columns.keys()) - OF_THE_FILE.get(name, set())
        for name, table in tables.items()
        if name != "session"
    }
    for name, table in TABLES.items():
        for field in table.columns:
            column = tables[name].columns[field.name]
            assert field.optional == column.nullable, (name, field.name)
            refers = {key.column.table.name for key in column.foreign_keys} - {"heading"}
            assert refers <= {field.refers}, (name, field.name)


def test_the_full_plan_has_rows_in_every_table(whole):
    assert [name for name, rows in whole.tables.items() if not rows] == []


def test_a_plan_comes_back_equal_with_its_history(full_master, whole, target, clock):
    created(whole, target)
    assert whole_plan(target).tables == whole.tables
    with closing(opened(full_master, clock, read_only=True)) as old:
        before, steps = dump(old.workspace), history.entries(old.workspace, limit=1000)
    with closing(opened(target, clock)) as new:
        assert dump(new.workspace) == before
        assert history.entries(new.workspace, limit=1000) == steps


def test_what_came_back_can_be_edited_and_taken_back(whole, target, clock):
    created(whole, target)
    with closing(opened(target, clock)) as plan:
        workspace = plan.workspace
        before = dump(workspace)
        progress.add_line(workspace, workspace.outline.actions[1].id, "新しい行")
        history.revert_operation(workspace, history.entries(workspace)[0].id)
        assert dump(workspace) == before


def test_no_id_is_used_again_that_the_history_knows(whole, target, clock):
    created(whole, target)
    used = {row["row_id"] for row in whole.tables["change"] if row["table_name"] == "heading"}
    with closing(opened(target, clock)) as plan:
        outline = plan.workspace.outline
        added = structure.add_heading(plan.workspace, outline.roots[0], "新しい見出し")
        assert row_id(added) not in used


def test_a_closed_round_stays_closed(whole, target):
    created(whole, target)
    with closing(sqlite3.connect(target)) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("UPDATE progress SET text = '別の文' WHERE round_id = 1")


MISFITS = {
    "a reference into nothing": ("progress", {"action_id": 999}, "「実行計画キー」が指す行が"),
    "a name that another has": ("section", {"name": "市民活動推進課"}, "「担当課」と同じものが"),
    "a value that is not allowed": ("status", {"kind": "fast"}, "「区分」の値は使えません"),
    "a month that is none": ("action", {"due": "2016-13"}, "「完了予定」の値は使えません"),
    "a title without letters": ("action", {"title": " "}, "「実行計画」の値は使えません"),
    "a missing value": ("heading", {"title": None}, "「名前」の値がありません"),
    "a text for a number": ("placement", {"position": "1"}, "「順番」は整数に"),
    "a fraction": ("placement", {"position": 0.5}, "「順番」は整数に"),
    "a truth for a number": ("progress", {"carried": True}, "「前回のまま」は整数に"),
    "a number for a text": ("progress", {"text": 5}, "「文」は文字に"),
    "half a character": ("progress", {"text": "\ud800"}, "「文」に、文字として"),
    "a circle of headings": ("heading", {"parent_id": 2}, "「上の見出しキー」"),
    "an unknown column": ("action", {"unknown": 5}, "「unknown」という項目は"),
    "a broken history": ("change", {"after": "{"}, "「変更後」の内容を"),
    "a second plan": ("plan", {"id": 2}, "「計画」"),
    "a closing time that is none": ("round", {"closed_at": "きのう"}, "「確定日時」の値は"),
}


@pytest.mark.parametrize("case", MISFITS)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_written(whole, target, case):
    table, values, words = MISFITS[case]
    index = 0 if len(whole.tables[table]) == 1 else 1
    whole = changed(whole, table, index, **values)
    with pytest.raises(RefusedError) as refused:
        created(whole, target)
    assert words in refused.value.message
    assert TABLES[table].word in refused.value.message
    assert "作成していません" in refused.value.message
    assert list(target.parent.glob("*.kyodo")) == []


@pytest.mark.parametrize("table", ["plan", "level", "term"])
def test_a_plan_that_lacks_what_every_plan_has_is_refused(whole, target, table):
    with pytest.raises(RefusedError, match=TABLES[table].word):
        created(whole._replace(tables={**whole.tables, table: []}), target)


def test_a_plan_without_a_history_begins_one(whole, target, clock):
    without = ("operation", "change", "revision", "revision_reason")
    created(whole._replace(tables={**whole.tables, **{name: [] for name in without}}), target)
    with closing(opened(target, clock)) as plan:
        (step,) = history.entries(plan.workspace)
    assert (step.author, step.label) == ("市民 花子", "計画「協働のまちづくり推進計画」を作成")


def test_a_new_row_gets_an_id_that_no_row_had(whole, target, clock):
    line = {**whole.tables["progress"][0], "id": None, "round_id": 2, "text": "書き足した行"}
    used = {row["row_id"] for row in whole.tables["change"] if row["table_name"] == "progress"}
    rows = [*whole.tables["progress"], line]
    created(whole._replace(tables={**whole.tables, "progress": rows}), target)
    added = next(e for e in whole_plan(target).tables["progress"] if e["text"] == "書き足した行")
    assert added["id"] not in used
