"""The rows of 確かめるところ: kinds, below them reasons, below them cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.importing.doubts import DoubtGroup
    from kyodo_desktop.domain.importing.grid import Unread

KIND, REASON, CELL = range(3)
_WHOLE_FILE = "ファイル全体"
_ASIDE = re.compile("（[^）]*）")
_LONG = 200  # characters of a text that may be seen in one line


class DoubtRow(NamedTuple):
    """A row of the list: a kind, a reason or, where there is one, a cell."""

    title: str
    text: str = ""
    name: str = ""  # of a kind or a reason, without how many there are
    cell: Unread | None = None


class DoubtRows:
    """All rows of the list. Made once, in a job; they never change."""

    def __init__(self, groups: Sequence[DoubtGroup] = ()) -> None:
        self.groups = groups
        placed = list(_in_order(groups))
        self.rows = [row for _, row in placed]
        self.depths = bytes(depth for depth, _ in placed)
        self.reasons = {row.name: nth for nth, (depth, row) in enumerate(placed) if depth < CELL}
        self.count = sum(len(group.cells) for group in groups)


def _in_order(groups: Sequence[DoubtGroup]) -> Iterator[tuple[int, DoubtRow]]:
    """Yield each row with its depth."""
    kind = None
    for group in groups:
        if group.kind is not kind:
            kind = group.kind
            count = sum(len(each.cells) for each in groups if each.kind is kind)
            yield KIND, DoubtRow(f"{kind.label}　{count:,}件", name=kind.label)
        yield REASON, DoubtRow(f"{group.reason}　{len(group.cells):,}件", name=group.reason)
        for each in group.cells:
            text = each.text[:_LONG].replace("\n", " ")
            if each.reason != group.reason:
                aside = _ASIDE.search(each.reason)
                text = f"{text}　{aside[0] if aside else each.reason}".strip()
            place = each.place.label if each.place.row else _WHOLE_FILE
            yield CELL, DoubtRow(place, text, cell=each)
