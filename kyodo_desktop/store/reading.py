"""Reads the whole plan from its file, as it is shown: what nobody sees comes as a sign."""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.assembly import Tables, assembled, grouped
from kyodo_desktop.domain.field_types import Storage
from kyodo_desktop.domain.outline import Outline, Record
from kyodo_desktop.domain.tables import OF_PLAN, TABLES, table_of
from kyodo_desktop.domain.texts import CONTROLS, row_with_signs

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence


Value = TypeVar("Value", bound=tuple[Any, ...])


def read_outline(connection: sqlite3.Connection, round_name: str | None = None) -> Outline:
    """Return the plan as of the named round, else of the newest one.

    An unknown name gives an outline without a round.
    """
    outline = assembled(read_tables(connection))
    shown = [each.id for each in outline.rounds.values() if round_name in (None, each.name)]
    return load_round(connection, outline, shown[-1] if shown else None)


def load_round(connection: sqlite3.Connection, outline: Outline, round_id: int | None) -> Outline:
    """Return the plan as of one of its rounds, or of none."""
    if round_id is None:
        return outline.as_of(None)
    order = list(outline.rounds)
    place = order.index(round_id)
    previous = read_record(connection, outline, order[place - 1]) if place else None
    record = read_record(connection, outline, round_id)
    confirmations = read_all(connection, plan.Confirmation, f"WHERE round_id = {round_id}")
    return outline.as_of(
        record, previous, {(each.rule, each.subject): each for each in confirmations}
    )


def read_record(connection: sqlite3.Connection, outline: Outline, round_id: int) -> Record:
    """Return what one round says."""
    shown = f"WHERE round_id = {round_id}"
    lines = read_all(connection, plan.Progress, f"{shown} ORDER BY position, id")
    return Record(
        outline.rounds[round_id],
        lines=grouped(lines, lambda row: row.action_id),
        outlooks={row.action_id: row for row in read_all(connection, plan.Outlook, shown)},
        opinions={row.heading_id: row for row in read_all(connection, plan.Opinion, shown)},
    )


def read_tables(connection: sqlite3.Connection) -> Tables:
    """Return the rows of all tables that do not belong to a round, in printed order."""
    return {
        table.kind: list(read_all(connection, table.kind, f"ORDER BY {', '.join(table.order)}"))
        for table in OF_PLAN.values()
    }


def read_of_actions(
    connection: sqlite3.Connection, kind: type[Value], action_ids: Iterable[int]
) -> Iterator[Value]:
    """Yield the rows that belong to the actions, whatever their round."""
    wanted = ", ".join(map(str, sorted(action_ids)))
    return read_all(connection, kind, f"WHERE action_id IN ({wanted}) ORDER BY id")


def read_all(
    connection: sqlite3.Connection, kind: type[Value], clause: str = ""
) -> Iterator[Value]:
    """Yield the table's rows as values, whose fields have the names of the columns."""
    named: Any = kind
    query = f'SELECT {", ".join(named._fields)} FROM "{table_of(kind)}" {clause}'
    rows: Sequence[tuple[Any, ...]] = connection.execute(query).fetchall()
    if _has_controls(rows, _text_columns(kind)):
        return map(named._make, map(row_with_signs, rows))
    return map(named._make, rows)


def _has_controls(rows: Sequence[tuple[Any, ...]], columns: Iterable[int]) -> bool:
    """Look at all texts of a column as one: asking for each would be felt in large plans."""
    return any(
        CONTROLS.search("\t".join(map(str, map(itemgetter(column), rows)))) for column in columns
    )


@cache
def _text_columns(kind: Any) -> tuple[int, ...]:
    numbers = {
        column.name
        for column in TABLES[table_of(kind)].columns
        if column.type.storage is Storage.NUMBER
    }
    return tuple(place for place, name in enumerate(kind._fields) if name not in {"id", *numbers})
