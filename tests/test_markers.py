"""The marked plan has a marker in each column, so that no column is forgotten in a search."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlalchemy import Integer

from kyodo_desktop.domain import field_types, fiscal_year
from kyodo_desktop.domain.tables import TABLES
from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.excel.data_book import write_export
from kyodo_desktop.services.interchange import whole_plan
from kyodo_desktop.store.tables import SQLModel
from tests.builders import Clock, opened

PUBLIC = (field_types.Text,)
INTERNAL = (
    *PUBLIC,
    *(field_types.Json, field_types.Moment, field_types.Day, field_types.FiscalYear),
)
NOT_WRITTEN_BY_PEOPLE = {("level", "numbering"), ("status", "colour")}
NEVER_SHOWN = {("operation", "key"), ("session", "holder")}
WANTED = {
    (name, column.name): column.is_public
    for name, table in TABLES.items()
    for column in table.columns
    if isinstance(column.type, PUBLIC if column.is_public else INTERNAL)
    and (name, column.name) not in NOT_WRITTEN_BY_PEOPLE
} | dict.fromkeys(NEVER_SHOWN, False)
HIDDEN = {".".join(each) for each in NEVER_SHOWN}


def test_each_column_with_texts_has_its_marker_in_the_file(marked):
    path, markers = marked
    with closing(sqlite3.connect(path)) as connection:
        for (table, column), is_public in WANTED.items():
            known = markers.public if is_public else markers.internal
            own = [each for each, where in known.items() if where == f"{table}.{column}"]
            values = [str(row[0]) for row in connection.execute(f"SELECT {column} FROM {table}")]
            values += [
                fiscal_year.fiscal_year_label(int(each)) for each in values if each.isdecimal()
            ]
            assert any(each in value for each in own for value in values), (table, column)


def test_what_the_program_keeps_besides_is_nothing_that_people_wrote():
    own = {name: {"id", *(each.name for each in table.columns)} for name, table in TABLES.items()}
    texts = {
        (name, column.name)
        for name, table in SQLModel.metadata.tables.items()
        for column in table.columns
        if column.name not in own.get(name, {"id"}) and not isinstance(column.type, Integer)
    }
    assert texts == NEVER_SHOWN


def test_all_that_people_wrote_is_found_in_the_data_and_nothing_internal_in_the_text_version(
    marked, tmp_path
):
    path, markers = marked
    data = tmp_path / "データ.json"
    write_export(whole_plan(path), data)
    text = data.read_text(encoding="utf-8")
    spelled = {each for each in markers.internal if not each.startswith(("内部", "19"))}
    hidden = {each for each, where in markers.internal.items() if where in HIDDEN}
    missing = {each for each in markers.internal if each not in text}
    assert missing <= spelled | hidden
    assert markers.public_missing_in(text) == []
    with closing(opened(path, Clock())) as plan:
        text = "\n".join(text_version(plan.workspace.outline))
    assert markers.internal_in(text) == []
    assert markers.public_missing_in(text, "opinion", "plan", "heading", "section") == []
