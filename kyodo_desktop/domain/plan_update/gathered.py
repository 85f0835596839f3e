"""Texts that were gathered from several columns: what a table leaves blank of one stays."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.mapping import ColumnRole

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundPlan

_LABEL = re.compile(r"(?P<label>[^：\n]{1,30})：")
_FIELDS = (ColumnRole.NOTE, ColumnRole.DESCRIPTION)


class _Part(NamedTuple):
    label: str
    lines: tuple[str, ...]


class GatheredTexts:
    """Knows which fields of a table have several columns, and where one could not be read."""

    def __init__(self, found: FoundPlan) -> None:
        self._columns: defaultdict[ColumnRole, set[tuple[str, int]]] = defaultdict(set)
        for each in chain.from_iterable(action.origins for action in found.actions):
            if each.field in _FIELDS:
                self._columns[each.field].add((each.place.sheet, each.place.column))
        self._unread = {each.place[:2] for each in found.unread if each.place.row}

    def wanted(self, action: FoundAction, role: ColumnRole, new: str, old: str) -> str:
        """Return the new text with the parts of the old one whose columns say nothing now."""
        rows = {action.place[:2], *(each.place[:2] for each in action.origins)}
        if not new or (len(self._columns[role]) <= 1 and rows.isdisjoint(self._unread)):
            return new
        parts = _parts_of(new)
        known = {each.label for each in parts}
        at = 0
        for part in _parts_of(old):
            here = next((nth for nth, each in enumerate(parts) if each.label == part.label), None)
            if here is not None:
                at = here + 1
            elif part.label and part.label not in known:
                parts.insert(at, part)
                at += 1
        return "\n".join(line for part in parts for line in part.lines)


def _parts_of(text: str) -> list[_Part]:
    """Return a text in the parts that begin with the heading of a column: 指標：8人."""
    parts: list[_Part] = []
    for line in text.split("\n"):
        label = _LABEL.match(line)
        if label is not None or not parts:
            parts.append(_Part(label["label"] if label is not None else "", (line,)))
        else:
            parts[-1] = parts[-1]._replace(lines=(*parts[-1].lines, line))
    return parts
