"""The history in the user's words: which field of which item went from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.changes import Row, RowChange
    from kyodo_desktop.domain.field_types import Column
    from kyodo_desktop.domain.outline import Outline


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
            old, new = (_summary(outline, row.table, said) for said in states)
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


_SUMMARY_COLUMNS = (
    *("number", "status_id", "direction_id", "mark", "section_id", "role"),
    *("required_id", "actor_id", "principle_id", "into_id", "choice", "successor_id"),
)
_NAME_COLUMNS = ("title", "name", "label", "text")


def _summary(outline: Outline, table: str, row: Row | None) -> str:
    """Return a whole row in short: its mark or number, then its name or text."""
    if row is None:
        return ""
    columns = [
        _COLUMNS[table][name]
        for name in (*_SUMMARY_COLUMNS, *_NAME_COLUMNS)
        if row.get(name) and name in _COLUMNS[table]
    ]
    parts = [_shown(outline, column, row[column.name]) for column in columns]
    if "heading_id" in row and "action_id" not in row:
        column = _COLUMNS[table]["heading_id"]
        parts.insert(0, _shown(outline, column, row["heading_id"]) or "総括")
    elif "heading_id" in row and row["action_id"] in outline.actions:
        parts.append(outline.actions[row["action_id"]].title)
    return " ".join(parts)


def _shown(outline: Outline, column: Column, value: Any) -> str:
    return "" if value is None else column.type.format(value, outline)
