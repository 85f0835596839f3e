"""Finds the headings that the rows of データ name by number and title, and makes new ones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.numbering import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.interchange.whole_plan import Row, Value

Step = tuple[str, str]
"""A heading's printed number and its title."""


class HeadingFinder:
    """Keeps the ids that 計画の定義 knows; a heading that it does not know is a new one.

    `styles` are those of the levels from the top. `rows` grow in the order of the sheet, which
    is that of print.
    """

    def __init__(self, known: Sequence[Row], styles: Sequence[str]) -> None:
        self.rows: list[Row] = []
        self._known = list(known)
        self._styles = styles
        self._found: dict[tuple[Value, tuple[Step, ...]], Value] = {}
        self._count: Counter[tuple[Value, Value]] = Counter()
        self._newest = max((_integer(row["id"]) for row in known), default=0)

    def found(self, term_id: Value, path: tuple[Step, ...]) -> Value:
        """Return the id of the heading at the end of the path."""
        key = (term_id, path)
        if key not in self._found:
            parent_id = self.found(term_id, path[:-1]) if path[1:] else None
            self._found[key] = self._made(term_id, parent_id, path)
        return self._found[key]

    def _made(self, term_id: Value, parent_id: Value, path: tuple[Step, ...]) -> Value:
        printed, title = path[-1]
        place = self._count[term_id, parent_id]
        self._count[term_id, parent_id] += 1
        usual = number(self._styles[min(len(path), len(self._styles) - 1) - 1], place + 1)
        self.rows.append(
            {
                "id": self._id(term_id, parent_id, title),
                "term_id": term_id,
                "parent_id": parent_id,
                "position": place,
                "title": title,
                "number": "" if printed == usual else printed,
            }
        )
        return self.rows[-1]["id"]

    def _id(self, term_id: Value, parent_id: Value, title: str) -> Value:
        """Return the id of the known heading, each once; else one that none has."""
        wanted = (term_id, parent_id, title)
        for place, row in enumerate(self._known):
            if (row["term_id"], row["parent_id"], row["title"]) == wanted:
                return self._known.pop(place)["id"]
        self._newest += 1
        return self._newest


def _integer(value: Value) -> int:
    return value if isinstance(value, int) else 0
