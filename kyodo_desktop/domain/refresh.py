"""The outline after an edit, made from the one before it and what the edit changed.

Only what changed is made anew: at 100,000 actions reading the plan again takes seconds,
this takes milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.assembly import Move, above, regrouped
from kyodo_desktop.domain.nodes import NodeKind, heading_node, kind_of, placement_node, row_id
from kyodo_desktop.domain.tables import OF_PLAN, Index, Table
from kyodo_desktop.domain.texts import row_with_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from kyodo_desktop.domain.changes import ChangeSet, Row, RowChange
    from kyodo_desktop.domain.outline import Outline, Record

_Values = dict[int, Any]

_PRINTED = attrgetter("position", "id")
_ID = attrgetter("id")
_ACTION_ID = attrgetter("action_id")


def _kept(*indexes: Index) -> dict[str, Table]:
    """Return the tables of which an outline keeps the rows like that."""
    return {name: table for name, table in OF_PLAN.items() if table.indexed_by in indexes}


_BY_ID = _kept(Index.ID, Index.ID_UNORDERED)
_BY_ACTION, _ONE_AN_ACTION = _kept(Index.ACTION), _kept(Index.ONE_AN_ACTION)


def apply_changes(outline: Outline, changes: ChangeSet) -> Outline:
    """Return the outline as it is after the changes."""
    rows: defaultdict[str, list[RowChange]] = defaultdict(list)
    for row in changes.rows:
        rows[row.table].append(row)
    fields: dict[str, Any] = {
        table.field: _updated(getattr(outline, table.field), table, rows[name])
        for name, table in _BY_ID.items()
        if name in rows
    }
    if "plan" in rows:
        fields["plan"] = _value(plan.Plan, rows["plan"][-1].after or {})
    if "level" in rows:
        levels = {level.id: level for level in outline.levels}
        fields["levels"] = tuple(_updated(levels, OF_PLAN["level"], rows["level"]).values())
    if "round" in rows and outline.round is not None:
        fields["round"] = fields["rounds"].get(outline.round.id)
    return _reindexed(outline, replace(outline, **fields), rows)


def known_rows(
    outline: Outline, wanted: Collection[tuple[str, int]]
) -> dict[tuple[str, int], Row]:
    """Return rows by table and id as the outline has them, as far as it has them."""
    found: dict[tuple[str, int], Row] = {}
    for table in {table for table, _ in wanted}:
        ids = {row_id for name, row_id in wanted if name == table}
        for value in _values_of(outline, table):
            if value.id in ids:
                found[table, value.id] = value._asdict()
    return found


def _values_of(outline: Outline, table: str) -> Iterator[Any]:
    """Yield all values of a table that the outline holds."""
    if table in _BY_ID or table in _ONE_AN_ACTION:
        yield from getattr(outline, OF_PLAN[table].field).values()
    elif table in _BY_ACTION:
        yield from chain.from_iterable(getattr(outline, OF_PLAN[table].field).values())
    elif table == "plan":
        yield outline.plan
    elif table == "level":
        yield from outline.levels
    elif table == "confirmation":
        yield from outline.confirmations.values()
    for record in filter(None, (outline.record, outline.previous)):
        if table == "progress":
            yield from chain.from_iterable(record.lines.values())
        elif table == "outlook":
            yield from record.outlooks.values()
        elif table == "opinion":
            yield from record.opinions.values()


def actions_touched(changes: ChangeSet) -> set[int]:
    """Return the actions which the changes belong to."""
    return {row.action_id for row in changes.rows if row.action_id is not None}


def _value(kind: Any, row: Row) -> Any:
    """Return a row as it is shown, which is how the plan is read from its file."""
    return kind(*row_with_signs(row[name] for name in kind._fields))


def _updated(values: _Values, table: Table, rows: list[RowChange]) -> _Values:
    newer = dict(values)
    for row in rows:
        if row.after is None:
            newer.pop(row.id, None)
        else:
            newer[row.id] = _value(table.kind, row.after)
    if table.indexed_by is Index.ID_UNORDERED:
        return newer
    return {value.id: value for value in sorted(newer.values(), key=attrgetter(*table.order))}


def _reindexed(old: Outline, newer: Outline, rows: dict[str, list[RowChange]]) -> Outline:
    """Return the newer outline with the indexes that the changed rows belong to."""
    fields: dict[str, Any] = {}
    if newer.record is not None:
        fields |= _recorded(newer.record, rows)
        fields["confirmations"] = _keyed(
            old.confirmations,
            _of_round(rows.get("confirmation", []), newer.record.round.id),
            plan.Confirmation,
            attrgetter("rule", "subject"),
        )
    if newer.previous is not None:
        fields["previous"] = replace(newer.previous, **_recorded(newer.previous, rows))
    for name, table in _BY_ACTION.items():
        if name in rows:
            moves = _moves(rows[name], table.kind, _ACTION_ID)
            fields[table.field] = regrouped(getattr(old, table.field), moves, _ID)
    for name, table in _ONE_AN_ACTION.items():
        if name in rows:
            known = getattr(old, table.field)
            fields[table.field] = _keyed(known, rows[name], table.kind, _ACTION_ID)
    if "placement" in rows:
        moves = _moves(rows["placement"], plan.Placement, _ACTION_ID, _ID)
        fields["placed"] = regrouped(old.placed, moves, lambda placement_id: placement_id)
    if "heading" in rows or "placement" in rows:
        fields["children"] = regrouped(old.children, _tree_moves(rows), _printed(newer))
    return replace(newer, **fields) if fields else newer


def _recorded(record: Record, rows: dict[str, list[RowChange]]) -> dict[str, Any]:
    """Return what a round says of the changed rows, by field."""
    fields: dict[str, Any] = {}
    if lines := _of_round(rows.get("progress", []), record.round.id):
        fields["lines"] = regrouped(
            record.lines, _moves(lines, plan.Progress, _ACTION_ID), _PRINTED
        )
    if outlooks := _of_round(rows.get("outlook", []), record.round.id):
        fields["outlooks"] = _keyed(record.outlooks, outlooks, plan.Outlook, _ACTION_ID)
    if opinions := _of_round(rows.get("opinion", []), record.round.id):
        fields["opinions"] = _keyed(
            record.opinions, opinions, plan.Opinion, attrgetter("heading_id")
        )
    return fields


def _of_round(rows: list[RowChange], round_id: int) -> list[RowChange]:
    return [row for row in rows if row.value("round_id") == round_id]


def _keyed(
    old: dict[Any, Any], rows: list[RowChange], kind: Any, key: Callable[[Any], Any]
) -> dict[Any, Any]:
    """Return the values with the changed ones under their new keys."""
    newer = dict(old)
    for row in rows:
        if row.before is not None:
            newer.pop(key(_value(kind, row.before)), None)
    for row in rows:
        if row.after is not None:
            value = _value(kind, row.after)
            newer[key(value)] = value
    return newer


def _moves(
    rows: list[RowChange],
    kind: Any,
    group_of: Callable[[Any], int],
    member: Callable[[Any], Any] = lambda value: value,
) -> Iterator[Move]:
    for row in rows:
        before = None if row.before is None else _value(kind, row.before)
        after = None if row.after is None else _value(kind, row.after)
        yield Move(
            None if before is None else group_of(before),
            None if before is None else member(before),
            None if after is None else group_of(after),
            None if after is None else member(after),
        )


def _tree_moves(rows: dict[str, list[RowChange]]) -> Iterator[Move]:
    yield from _moves(
        rows.get("placement", []), plan.Placement, above, lambda row: placement_node(row.id)
    )
    yield from _moves(
        rows.get("heading", []), plan.Heading, above, lambda row: heading_node(row.id)
    )


def _printed(outline: Outline) -> Callable[[int], tuple[int, int, int]]:
    """Return the sort key of nodes: actions first, then by position."""

    def key(node: int) -> tuple[int, int, int]:
        kind, row = kind_of(node), row_id(node)
        if kind == NodeKind.PLACEMENT:
            return 0, outline.placements[row].position, row
        return 1, outline.headings[row].position, row

    return key
