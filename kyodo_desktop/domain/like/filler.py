"""Decides what is written into which cell of a table, so that it says what the plan says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.grid import Unread
from kyodo_desktop.domain.like.cell_edits import CellEdits
from kyodo_desktop.domain.like.fields import FieldWriter
from kyodo_desktop.domain.like.filling import CellWrite, TableFilling
from kyodo_desktop.domain.like.headings import write_headings
from kyodo_desktop.domain.like.new_actions import NewActions
from kyodo_desktop.domain.like.round_values import RoundWriter
from kyodo_desktop.domain.like.sites import Sites
from kyodo_desktop.domain.like.table_columns import TableColumns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.like.table_match import TableMatch

GONE = "元の表にはありますが、計画にはありません。表の行はそのまま残しました。"


def filled_in(
    book: Book, mapping: Mapping, match: TableMatch, control: JobControl
) -> TableFilling:
    """Return the writes that let the table say what the plan says in the round."""
    edits = CellEdits(book)
    columns = TableColumns(mapping, book)
    sites = Sites(match.raw, columns, edits)
    fields = FieldWriter(match, sites, edits)
    rounds = RoundWriter(match, columns, sites, edits, fields)
    control.begin(len(match.raw.actions))
    for at in range(len(match.raw.actions)):
        control.advance()
        action_id = match.actions.get(at)
        if action_id is not None:
            fields.write(at, match.outline.actions[action_id])
            rounds.write(at, action_id)
    named = list(write_headings(match, columns, edits))
    new = NewActions(match, book, columns, sites)
    missing = new.write(edits, rounds)
    writes, notices = edits.results()
    writes += _relisted(match, edits, writes)
    notices += (*fields.notices(), *named, *new.notices)
    notices.sort(key=lambda each: each.place)
    return TableFilling(tuple(writes), tuple(missing), tuple(notices), tuple(_gone(match)))


def _relisted(match: TableMatch, edits: CellEdits, writes: list[CellWrite]) -> Iterator[CellWrite]:
    """Yield the same writes for the other rows of an action (再掲) that said the same."""
    written = {each.place: each for each in writes}
    by_row: dict[tuple[str, int], list[CellWrite]] = {}
    for each in writes:
        by_row.setdefault((each.place.sheet, each.place.row), []).append(each)
    for action in match.raw.actions:
        for again in action.relisted:
            for write in by_row.get((action.place.sheet, action.place.row), ()):
                place = write.place._replace(sheet=again.place.sheet, row=again.place.row)
                before = edits.cell(write.place)
                is_free = place not in written and edits.first_cell(place) == place
                if before and is_free and edits.cell(place) == before:
                    yield write._replace(place=place)


def _gone(match: TableMatch) -> Iterator[Unread]:
    for at, action in enumerate(match.found.actions):
        if at not in match.actions:
            yield Unread(action.place, f"{action.number} {action.title}".strip(), GONE)


def with_writes(book: Book, filling: TableFilling) -> Book:
    """Return the book as the copy will read."""
    by_sheet: dict[str, list[CellWrite]] = {}
    for each in filling.writes:
        by_sheet.setdefault(each.place.sheet, []).append(each)
    return book._replace(
        grids=tuple(
            grid._replace(rows=_with_texts(grid.rows, by_sheet[grid.sheet]))
            if grid.sheet in by_sheet
            else grid
            for grid in book.grids
        )
    )


def _with_texts(
    rows: tuple[tuple[str, ...], ...], writes: list[CellWrite]
) -> tuple[tuple[str, ...], ...]:
    changed = [list(row) for row in rows]
    for (_, row, column), text in writes:
        while len(changed) < row:
            changed.append([])
        cells = changed[row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = text
    return tuple(map(tuple, changed))
