"""What one edit did: for undo, for the refresh of the screen, and in words for the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, field_types
from kyodo_desktop.domain.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.field_types import Column
    from kyodo_desktop.domain.outline import Outline


Row = Mapping[str, Any]
"""A row by its columns; the values are what JSON and SQLite share: text, integers, None."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; no `before` means it was added, no `after` deleted.

    `action_id` is the action that it belongs to, if it belongs to one.
    """

    table: str
    id: int
    before: Row | None
    after: Row | None
    action_id: int | None = None

    def inverted(self) -> RowChange:
        """Return the change that takes this one back."""
        return replace(self, before=self.after, after=self.before)

    @property
    def touched(self) -> frozenset[str]:
        """The columns whose values differ; every column of an added or deleted row."""
        if self.before is None or self.after is None:
            return frozenset(self.after or self.before or ())
        return frozenset(name for name, value in self.after.items() if self.before[name] != value)

    def value(self, column: str) -> Any:
        """Return a column's newest value, or None where the table has no such column."""
        return (self.after or self.before or {}).get(column)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One step: what the user did, and each row that it touched, in order.

    `operation_id` is its place in the permanent history. After a change that is `whole` the
    outline may differ anywhere, because another round is shown; one that is a reversal was
    an undo or a redo.
    """

    label: str
    rows: tuple[RowChange, ...]
    operation_id: int = 0
    whole: bool = False
    is_reversal: bool = False

    def inverted(self) -> ChangeSet:
        """Return the changes that take these back, the last one first."""
        return replace(self, rows=tuple(row.inverted() for row in reversed(self.rows)))


def coalesce(rows: list[RowChange]) -> tuple[RowChange, ...]:
    """Return the rows with several changes of the same row made one; no-ops drop out."""
    found: dict[tuple[str, int], RowChange] = {}
    for row in rows:
        key = (row.table, row.id)
        earlier = found.get(key)
        found[key] = row if earlier is None else replace(earlier, after=row.after)
    return tuple(row for row in found.values() if row.before != row.after)


class FieldChange(NamedTuple):
    """One line of the history as it is shown; an empty text is nothing.

    `action` is the title of the action that it belongs to, while there is such an action.
    """

    action: str
    item: str
    field: str
    old: str
    new: str


_COLUMNS = {
    name: {column.name: column for column in table.columns} for name, table in TABLES.items()
}


def field_changes(outline: Outline, rows: tuple[RowChange, ...]) -> Iterator[FieldChange]:
    """Yield what the changes did, field by field, named as the plan names things now."""
    for row in rows:
        item, columns = TABLES[row.table].label, _COLUMNS[row.table]
        action = outline.actions.get(row.action_id or 0)
        title = action.title if action else ""
        states = row.before, row.after
        if row.before is None or row.after is None:
            old, new = (_summary(outline, row.table, state) for state in states)
            yield FieldChange(title, item, "追加" if row.before is None else "削除", old, new)
            continue
        for name in row.after:
            if name in row.touched and name in columns and columns[name].label:
                column = columns[name]
                old = _shown(outline, column, row.before[name])
                new = _shown(outline, column, row.after[name])
                yield FieldChange(title, item, column.label, old, new)


def field_names(change: RowChange) -> Iterator[str]:
    """Yield what differs between two states of a row, as the history calls it: 見出しの名称."""
    columns = _COLUMNS[change.table]
    for name in sorted(change.touched):
        if name in columns and columns[name].label:
            yield f"{TABLES[change.table].label}の{columns[name].label}"


_NUMBERS = ("number", "mark")
_NAMES = ("title", "name", "label")


def _telling(table: str) -> list[Column]:
    """Return the columns by which a row is known, as its summary has them.

    It is known by its mark or number and its name; without a name by all that a round says
    there, or by what was chosen and its text. Texts and titles stand last.
    """
    columns = {name: column for name, column in _COLUMNS[table].items() if column.label}
    known = [columns[name] for name in _NAMES if name in columns]
    if not known:
        of_round = {
            each.name
            for scope in action_fields.Scope
            if scope.value == table
            for each in action_fields.columns(scope)
        }
        known = [
            column
            for name, column in columns.items()
            if name in of_round
            or name == "text"
            or (column.type.is_chosen and column.refers != "heading")
        ]
        known.sort(key=lambda column: isinstance(column.type, field_types.Key | field_types.Text))
    return [*(columns[name] for name in _NUMBERS if name in columns), *known]


def _summary(outline: Outline, table: str, row: Row | None) -> str:
    """Return a whole row in short."""
    if row is None:
        return ""
    parts = [
        _shown(outline, column, row[column.name])
        for column in _telling(table)
        if row.get(column.name) not in (None, "")
    ]
    if "heading_id" in row and "action_id" not in row:
        column = _COLUMNS[table]["heading_id"]
        parts.insert(0, _shown(outline, column, row["heading_id"]) or "総括")
    elif "heading_id" in row and row["action_id"] in outline.actions:
        parts.append(outline.actions[row["action_id"]].title)
    return " ".join(parts)


def _shown(outline: Outline, column: Column, value: Any) -> str:
    return "" if value is None else column.type.format(value, outline)
