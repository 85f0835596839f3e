"""What one edit did: the common currency of undo, history and the refresh of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

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
