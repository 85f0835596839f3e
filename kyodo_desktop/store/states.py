"""Reads what the history keeps of a row; only what fits its table comes out.

The history is JSON, of which the database knows only that it is JSON. Whoever replays it, or
makes an earlier plan of it, trusts what is read here.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.changes import Row, RowChange
from kyodo_desktop.domain.tables import TABLES as WORDS
from kyodo_desktop.store.schema import recorded_tables, tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST = 2**53
_LONE = "\\ud"  # begins what may be half a character, which no file holds


class UnfitStateError(ValueError):
    """What the history keeps of a row is no row of its table, nor a part of one."""


def read_change(
    table: str, row_id: int, action_id: int | None, before: str | None, after: str | None
) -> RowChange:
    """Return a change as it stands in the history. Raises UnfitStateError."""
    is_whole = before is None or after is None
    change = RowChange(
        table,
        row_id,
        read_state(table, row_id, before, is_whole=is_whole),
        read_state(table, row_id, after, is_whole=is_whole),
        action_id,
    )
    if change.before is None and change.after is None:
        raise UnfitStateError(table)
    if not is_whole and (change.before or {}).keys() != (change.after or {}).keys():
        raise UnfitStateError(table)
    return change


def read_state(table: str, row_id: int, text: str | None, *, is_whole: bool) -> Row | None:
    """Return a row, or only the columns that are kept of it. Raises UnfitStateError.

    A whole row gets what it lacks because the column came later.
    """
    if text is None:
        return None
    state = _object(text)
    if table not in recorded_tables():
        raise UnfitStateError(table)
    kinds = _kinds(table)
    if not all(type(value) in kinds.get(name, ()) for name, value in state.items()):
        raise UnfitStateError(table)
    if not all(state.get(name) in words for name, words in _codes(table).items() if name in state):
        raise UnfitStateError(table)
    if state.get("id", row_id) != row_id:
        raise UnfitStateError(table)
    if is_whole:
        state = {**later_columns(table), **state}
        if state.keys() != kinds.keys():
            raise UnfitStateError(table)
    return state


def _object(text: str) -> dict[str, Any]:
    try:
        state = json.loads(text)
        if _LONE in text.lower():
            json.dumps(state, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:  # UnicodeEncodeError is a ValueError
        raise UnfitStateError from error
    if not isinstance(state, dict) or any(map(_is_too_large, state.values())):
        raise UnfitStateError
    return state


def _is_too_large(value: object) -> bool:
    return isinstance(value, int) and not -1 <= value <= _LARGEST


@cache
def _kinds(table: str) -> dict[str, tuple[type, ...]]:
    """Return the types of the values that each column holds; a bool is no number here."""
    return {
        column.name: (
            int if column.is_number else str,
            *((type(None),) if column.is_nullable else ()),
        )
        for column in tables()[table]
    }


@cache
def _codes(table: str) -> dict[str, Mapping[str, str]]:
    """Return the codes that columns may hold, of those which hold codes."""
    return {column.name: column.words for column in WORDS[table].columns if column.words}


@cache
def later_columns(table: str) -> Row:
    """Return what columns hold that a row had not when it was kept."""
    return {
        column.name: None if column.is_nullable else column.default
        for column in tables()[table]
        if column.is_nullable or (column.default is not None and table in recorded_tables())
    }
