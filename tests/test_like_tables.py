"""A table filled in with other values says these when it is read again, and keeps all else."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from kyodo_desktop.domain.importing.fitting import fitted
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.like.cell_edits import CellEdits
from kyodo_desktop.excel.like.filled_copy import write_filled_copy
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.services.importing.new_file import create_plan_from
from kyodo_desktop.services.like import TableToFill, filling_of
from tests.builders import Clock, opened
from tests.effort import cases

HERE = Path(__file__).parent
FOLDERS = (HERE.parents[1] / "shared" / "data" / "tables", HERE / "tables")
STEP = cases(quick=4, deep=1)  # each fourth table is filled in by `make test`, all by test-deep
OF_FOLDERS = [sorted(folder.glob("**/*.xls[xm]"))[::STEP] for folder in FOLDERS]
TABLES = [each for tables in OF_FOLDERS for each in tables]
GUESSED_ANEW = [each for tables in OF_FOLDERS for each in tables[:: cases(quick=2, deep=1)]]
MOST_NOTICES = 0.25  # of the rows
NOW = datetime(2026, 11, 30, 9).astimezone()

pytestmark = [
    pytest.mark.skipif(not TABLES, reason="no tables beside the project"),
    pytest.mark.same_everywhere("test_cli_like.py lets Windows fill in such a copy"),
]


def newest(found):
    return max(found.rounds, key=lambda each: each[1:]).name


def next_of(values, value):
    """Return the value after this one, round and round."""
    return values[(values.index(value) + 1) % len(values)] if value in values else value


def with_other_values(book, found):
    """Return a plan with another status, text, date, section and direction in most places."""
    marks, name = [each.mark for each in found.statuses], newest(found)
    sections = sorted({each for row in found.actions for each in row.sections})
    shared = of_no_own_cell(book, found)
    return found._replace(
        actions=tuple(
            changed_action(found, action, nth, (marks, () if nth in shared else sections, name))
            for nth, action in enumerate(found.actions)
        )
    )


def of_no_own_cell(book, found):
    """Return the actions whose section stands in a cell for several of them, or in none."""
    edits, by_cell = CellEdits(book), defaultdict(set)
    for nth, action in enumerate(found.actions):
        origins = [each for each in action.origins if each.field is ColumnRole.SECTION]
        for each in origins:
            by_cell[edits.first_cell(each.place), each.start].add(nth)
        if not origins:
            by_cell[None] |= {nth, -1}
    return set().union(*(each for each in by_cell.values() if len(each) > 1))


def new_text(text, nth, line):
    if not text:
        return text
    return (
        f"新しい{nth}番目の文{line}です。\n続きの行です。" if nth % 2 else f"{text}続ける{line}。"
    )


def changed_action(found, action, nth, known):
    marks, sections, name = known
    lines = tuple(
        line._replace(
            status=next_of(marks, line.status),
            text=new_text(line.text, nth, at),
        )
        if line.round == name
        else line
        for at, line in enumerate(action.lines)
    )
    outlooks = tuple(
        each._replace(
            direction=next_of(list(found.directions), each.direction),
            text=each.text and f"{each.text}見直す。",
        )
        if each.round == name
        else each
        for each in action.outlooks
    )
    due, start = action.due, action.start_fiscal_year
    if due and "完了予定" not in action.note:
        due = f"{int(due[:4]) + 1}{due[4:]}"
        start = start and start + (start >= int(action.due[:4]) - 1)
    alone = len(action.sections) == 1 and nth % 2 and not any(each.section for each in lines)
    alone = alone and sections
    return action._replace(
        lines=lines,
        outlooks=outlooks,
        due=due,
        start_fiscal_year=start,
        sections=(next_of(sections, action.sections[0]),) if alone else action.sections,
    )


def values(found, name, rows):
    """Return what is said of each action, but for those of some rows."""
    return [
        (
            action.path,
            action.title,
            action.description,
            action.due,
            action.note,
            action.sections,
            action.related_sections,
            [
                (each.section, each.status, each.text)
                for each in action.lines
                if each.round == name
            ],
            [(each.direction, each.text) for each in action.outlooks if each.round == name],
        )
        for action in found.actions
        if action.place[:2] not in rows
    ]


@pytest.mark.deep
@pytest.mark.parametrize("table", TABLES, ids=lambda each: each.stem)
def test_what_goes_out_into_a_table_comes_back_or_a_notice_says_of_it(table, tmp_path):
    book = read_table(table)
    mapping = guess_mapping(book, NOW.date())
    found = read_plan(book, mapping)
    if not found.actions:
        pytest.skip("a table that is not read yet")
    wanted, path, out = (
        with_other_values(book, found),
        tmp_path / "計画.kyodo",
        tmp_path / table.name,
    )
    create_plan_from(path, wanted, author="市民 花子", now=NOW)
    plan = opened(path, Clock(), read_only=True)
    try:
        read = TableToFill(book, mapping, found)
        filling = filling_of(plan.workspace, read, None, JobControl())
    finally:
        plan.close()
    copy = write_filled_copy(table, out, filling)
    again = read_table(out)
    if table in GUESSED_ANEW:
        mapping = fitted(mapping, again)  # as an update of the plan reads it: as slow as a guess
    read_again = read_plan(again, mapping)
    assert not filling.missing
    rows, name = {each.place[:2] for each in filling.notices}, newest(found)
    assert values(read_again, name, rows) == values(wanted, name, rows)
    assert len(rows) <= max(len(found.actions) * MOST_NOTICES, 1)
    assert copy.written == len(filling.writes)
    sheets = {each.place.sheet for each in filling.writes}
    assert untouched_parts(table, out, len(sheets))
    assert other_cells(book, filling) == other_cells(again, filling)


def untouched_parts(table, out, most):
    """Tell whether no more parts differ than there are sheets that were written to."""
    with zipfile.ZipFile(table) as before, zipfile.ZipFile(out) as after:
        changed = [
            old.filename
            for old, new in zip(before.infolist(), after.infolist(), strict=True)
            if (old.filename, before.read(old)) != (new.filename, after.read(new))
        ]
    return len(changed) <= most and all("worksheets/" in each for each in changed)


def other_cells(book, filling):
    written = {each.place for each in filling.writes}
    return {
        (grid.sheet, row, column): text
        for grid in book.grids
        for row, cells in enumerate(grid.rows, start=1)
        for column, text in enumerate(cells, start=1)
        if text and (grid.sheet, row, column) not in written
    }
