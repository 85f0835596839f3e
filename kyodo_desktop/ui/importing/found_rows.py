"""What was found, row by row in printed order, and the way from a row to its cell and back."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.found_plan import (
    FoundAction,
    FoundHeading,
    FoundLine,
    FoundOutlook,
    FoundPlacement,
    ValueOrigin,
)
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.plan import KIND_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.vocabulary import StatusEntry

Path = tuple[tuple[str, str], ...]
_OF_LINES = (ColumnRole.STATUS, ColumnRole.PROGRESS, ColumnRole.ISSUE)
_OF_OUTLOOKS = (ColumnRole.DIRECTION, ColumnRole.OUTLOOK)
Item = FoundHeading | FoundAction | FoundLine | FoundOutlook | FoundPlacement


class FoundKind(IntEnum):
    """What a row of the result is."""

    HEADING = 0
    ACTION = 1
    RELISTED = 2
    LINE = 3
    OUTLOOK = 4


class FoundRow(NamedTuple):
    """One row of the result; `title` is that of the action for a 再掲, which has none.

    `origins` tell where all of it stands in the file.
    """

    kind: FoundKind
    depth: int
    item: Item
    title: str = ""
    origins: tuple[ValueOrigin, ...] = ()


class FoundRows:
    """All rows of a plan that was found. Made once, in a job; it never changes."""

    def __init__(self, found: FoundPlan, sheets: Iterable[str]) -> None:
        self.found = found
        self.statuses = {each.mark: each for each in found.statuses}
        self.rows = tuple(_in_order(found, {name: nth for nth, name in enumerate(sheets)}))
        self.depths = bytes(each.depth for each in self.rows)
        self.filled: dict[str, set[int]] = {}  # the rows of each sheet that values stand in
        self._origins: dict[CellPlace, int] = {}
        self._of_parts: dict[CellPlace, int] = {}  # of lines and outlooks, which say more
        self._cells: dict[str, dict[int, list[tuple[int, int]]]] = {}
        for number, row in enumerate(self.rows):
            place = row.item.place
            cells = self._cells.setdefault(place.sheet, {})
            cells.setdefault(place.row, []).append((place.column, number))
            known = self._origins if row.kind is FoundKind.ACTION else self._of_parts
            for origin in row.origins:
                self.filled.setdefault(origin.place.sheet, set()).add(origin.place.row)
                known.setdefault(origin.place, number)
        self._in_rows = {sheet: sorted(cells) for sheet, cells in self._cells.items()}

    def row_at(self, sheet: str, row: int, column: int) -> int | None:
        """Return the row of the result that was read from a cell, or from the ones before it.

        Of several that stand in one cell it is the first one.
        """
        at = CellPlace(sheet, row, column)
        origin = self._of_parts.get(at, self._origins.get(at))
        if origin is not None:
            return origin
        if sheet not in self._cells:
            return None
        cells = sorted(self._cells[sheet].get(row, ()))
        if cells:
            return max((each for each in cells if each[0] <= column), default=cells[0])[1]
        above = bisect_right(self._in_rows[sheet], row)
        return max(self._cells[sheet][self._in_rows[sheet][above - 1]])[1] if above else None

    def status_of(self, number: int) -> StatusEntry | None:
        """Return the status of a line, or the least advanced one of an action's last round."""
        item = self.rows[number].item
        if isinstance(item, FoundLine):
            return self.statuses.get(item.status)
        if not isinstance(item, FoundAction) or not item.lines:
            return None
        names = [each.name for each in self.found.rounds]
        last = max(
            (names.index(line.round) for line in item.lines if line.round in names), default=-1
        )
        marked = [
            self.statuses[line.status]
            for line in item.lines
            if line.status in self.statuses and (last < 0 or line.round == names[last])
        ]
        return min(marked, key=lambda status: KIND_ORDER[status.kind], default=None)


def word(status: StatusEntry) -> str:
    """Return mark and name of a status; a word that is its own name stands once."""
    return status.label if status.mark == status.label else status.word


def counts(found: FoundPlan) -> str:
    """Return how much of everything was found: 見出し 5・実行計画 34・進捗状況 35."""
    relisted = sum(len(each.relisted) for each in found.actions)
    lines = sum(len(each.lines) for each in found.actions)
    outlooks = sum(len(each.outlooks) for each in found.actions)
    action = found.levels[-1][0] if found.levels else "実行計画"
    parts = [
        ("見出し", len(found.headings)),
        (action, len(found.actions)),
        ("再掲", relisted),
        ("進捗状況", lines),
        ("今後の方向性", outlooks),
    ]
    return "・".join(
        f"{word} {count:,}" for word, count in parts if count or word in ("見出し", action)
    )


def status_counts(found: FoundPlan) -> str:
    """Return how many lines have each status: ✓ 完了 6　◇ 完了の目途 7　印なし 2."""
    lines = Counter(line.status for action in found.actions for line in action.lines)
    parts = [
        f"{word(each)} {lines.pop(each.mark):,}" for each in found.statuses if lines[each.mark]
    ]
    rest = sum(lines.values())
    return "　".join([*parts, *([f"印なし {rest:,}"] if rest else [])])


def _in_order(found: FoundPlan, sheets: dict[str, int]) -> Iterator[FoundRow]:
    below: dict[Path, list[tuple[tuple[int, int, int], int, FoundRow]]] = {}

    def put(path: Path, place: CellPlace, row: FoundRow) -> None:
        standing = below.setdefault(path, [])
        at = (sheets.get(place.sheet, len(sheets)), place.row, place.column)
        standing.append((at, len(standing), row))

    for heading in found.headings:
        put(
            heading.path,
            heading.place,
            FoundRow(FoundKind.HEADING, len(heading.path), heading),
        )
    for action in found.actions:
        row = FoundRow(
            FoundKind.ACTION, len(action.path), action, action.title, _with_title(action)
        )
        put(action.path, action.place, row)
        for other in action.relisted:
            row = FoundRow(FoundKind.RELISTED, len(other.path), other, action.title)
            put(other.path, other.place, row)
    for standing in below.values():
        standing.sort()
    return _below((), below)


def _below(
    path: Path, below: dict[Path, list[tuple[tuple[int, int, int], int, FoundRow]]]
) -> Iterator[FoundRow]:
    for _, _, row in below.pop(path, ()):
        yield row
        if isinstance(row.item, FoundHeading):
            yield from _below(row.item.own_path, below)
        elif isinstance(row.item, FoundAction):
            yield from _of_action(row)


def _with_title(action: FoundAction) -> tuple[ValueOrigin, ...]:
    """Return where the values stand, and the title where nobody says so."""
    if any(each.place == action.place for each in action.origins):
        return action.origins
    return (ValueOrigin(ColumnRole.ACTION, "", 0, action.place), *action.origins)


def _of_action(row: FoundRow) -> Iterator[FoundRow]:
    action = row.item
    assert isinstance(action, FoundAction)
    for nth, line in enumerate(action.lines):
        mine = tuple(
            each for each in action.origins if each.field in _OF_LINES and each.line == nth
        )
        yield FoundRow(FoundKind.LINE, row.depth + 1, line, origins=mine)
    for outlook in action.outlooks:
        mine = tuple(
            each
            for each in action.origins
            if each.field in _OF_OUTLOOKS and each.round == outlook.round
        )
        yield FoundRow(FoundKind.OUTLOOK, row.depth + 1, outlook, origins=mine)
