"""Rows as they shall be against those that are there, and the changes that this takes."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kyodo_desktop.domain.changes import RowChange
from kyodo_desktop.domain.tables import TABLES, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Value = TypeVar("Value", bound=tuple[Any, ...])


class _State(NamedTuple):
    before: Any
    after: Any


class RowDraft:
    """Adds, changes and deletes values of `domain.plan`, of which nothing is written yet.

    `first_ids` are the first free ids by table; without one they begin with 1.
    """

    def __init__(self, first_ids: Mapping[str, int]) -> None:
        kinds = {name: table.kind for name, table in TABLES.items() if table.kind}
        self._ids = {kind: count(first_ids.get(name, 1)) for name, kind in kinds.items()}
        self._rows: dict[Any, dict[int, _State]] = {kind: {} for kind in kinds.values()}

    def add(self, kind: Callable[..., Value], /, **columns: Any) -> Value:
        """Add a row with the next free id."""
        row_id = next(self._ids[kind])
        value = kind(id=row_id, **columns)
        self._rows[kind][row_id] = _State(None, value)
        return value

    def write(self, value: Any, /, **columns: Any) -> None:
        """Let a row, which is there or was added, hold other values in some columns."""
        before, now = self._rows[type(value)].get(value.id, (value, value))
        self._rows[type(value)][value.id] = _State(before, now._replace(**columns))

    def delete(self, value: Any) -> None:
        """Delete a row that is there."""
        before, _ = self._rows[type(value)].get(value.id, (value, None))
        self._rows[type(value)][value.id] = _State(before, None)

    def now(self, value: Value) -> Value:
        """Return a row, which was not deleted, as it is by now."""
        state = self._rows[type(value)].get(value.id)  # type: ignore[attr-defined]
        return value if state is None else state.after

    def added(self) -> Iterator[Any]:
        """Yield the rows that were added, those that refer to others behind them."""
        for states in self._rows.values():
            yield from (state.after for state in states.values() if state.before is None)

    def changes(self) -> tuple[RowChange, ...]:
        """Return what becomes of the rows that are others by now."""
        return tuple(
            _change(table_of(kind), row_id, state)
            for kind, states in self._rows.items()
            for row_id, state in states.items()
            if state.before != state.after
        )


def _change(table: str, row_id: int, state: _State) -> RowChange:
    value = state.after or state.before
    before, after = (each and each._asdict() for each in state)
    action_id = row_id if table == "action" else getattr(value, "action_id", None)
    return RowChange(table, row_id, before, after, action_id)
