"""Tells which row that was sent a row of the sheet is: by its key, else by what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.excel.reply_form.columns import KEY, NUMBER, PATH, TITLE
from kyodo_desktop.excel.reply_form.found_table import plain
from kyodo_desktop.excel.reply_form.shown import path_text, title_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.replies.form import FormRow
    from kyodo_desktop.excel.reply_form.found_table import FoundTable

Key = tuple[int, int]
_KEY = re.compile(r"([0-9]{1,18})#([0-9]{1,18})")


class Recognition:
    """The rows that were sent, by their keys and by their names."""

    def __init__(self, sent: Iterable[FormRow]) -> None:
        self.sent = {(row.action_id, row.line_id): row for row in sent}
        self._named: dict[tuple[str, ...], dict[int, None]] = {}
        self._titles: dict[str, str] = {}
        for row in self.sent.values():
            self._titles[plain(title_text(row))] = row.title
            for name in _names(row.number, title_text(row), path_text(row)):
                self._named.setdefault(name, {})[row.action_id] = None

    def title(self, shown: str) -> str:
        """Return the title in a cell, which has the description of the action below it."""
        return self._titles.get(plain(shown), shown)

    def keys(self, table: FoundTable, rows: Iterable[int]) -> dict[int, Key]:
        """Return the key of each row; (0, 0) where it cannot be told.

        A key that was not sent stays what it is: the row comes from another form.
        """
        numbers = list(rows)
        found = {row: self._key(table, row) for row in numbers}
        claimed = set(found.values())
        free: dict[int, Iterator[Key]] = {}
        for row in numbers:
            if found[row] in self.sent:
                continue
            action_id = self._action(table, row)
            if not action_id:
                continue
            lines = free.setdefault(
                action_id,
                iter([key for key in self.sent if key[0] == action_id and key not in claimed]),
            )
            found[row] = next(lines, (0, 0))
        return found

    def score(self, table: FoundTable) -> int:
        """Return how many rows of a table are known."""
        return sum(
            self._key(table, row) in self.sent or bool(self._action(table, row))
            for row in table.rows
        )

    def has_key(self, table: FoundTable, row: int) -> bool:
        """Tell whether the row still carries a key that was sent."""
        return self._key(table, row) in self.sent

    def _key(self, table: FoundTable, row: int) -> Key:
        """Return the key of a row, unless what stands in the row is another action's name."""
        text = table.text(row, KEY)
        match = _KEY.fullmatch(plain(text)) if text else None
        if match is None:
            return 0, 0
        key = int(match[1]), int(match[2])
        named = self._action(table, row)
        return (0, 0) if named and named != key[0] else key

    def _action(self, table: FoundTable, row: int) -> int:
        """Return the only action with the names in the row, or 0."""
        title = table.text(row, TITLE)
        if not title:
            return 0
        for name in _names(table.text(row, NUMBER), title, table.text(row, PATH)):
            actions = self._named.get(name, {})
            if len(actions) == 1:
                return next(iter(actions))
        return 0


def _names(number: str, title: str, path: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of a row, the fullest first."""
    number, title, path = plain(number), plain(title), plain(path)
    return (path, number, title), (number, title)
