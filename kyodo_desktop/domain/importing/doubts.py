"""What to look at after a table was read: left out, kept but perhaps wrong, or unsure."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.reading import WHOLE_COLUMN
from kyodo_desktop.domain.importing.scoring import weak_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundPlan

_LEFT_OUT = re.compile(
    "ません|取り込まない|残りだけ|初めの部分だけ|の方(?:（.*）)?を取り込みました|空です"
    "|エラー|失われ|表せない|一覧にない|読み取れないセル"
)
_KEPT = re.compile("備考(?:（[^）]*）)?(?:に|にも)入れました")
_OF_COLUMN = re.compile(f"{WHOLE_COLUMN}|「.*」の列は")
_TO_EXPLAIN = (
    "取込の画面の「状態」か、取り込んだ後の「設定」→「状態の区分」で意味を付けてください。"
)
_VARIES = re.compile(r"「[^」]*」|[0-9][0-9,]*")
_ASIDE = re.compile(r"（[^）]*）")


class DoubtKind(IntEnum):
    """What became of a cell."""

    LEFT_OUT = 0
    KEPT = 1
    UNSURE = 2

    @property
    def label(self) -> str:
        """What people read."""
        return ("取り込んでいないところ", "取り込んだが確かめるところ", "自信のないところ")[self]


class DoubtGroup(NamedTuple):
    """Cells of one kind with like reasons; `reason` is what they have in common."""

    kind: DoubtKind
    reason: str
    cells: tuple[Unread, ...]


def doubts_of(plan: FoundPlan, unread: Iterable[Unread]) -> tuple[DoubtGroup, ...]:
    """Group what was told of a book, and the weak points of the plan read out of it."""
    groups: dict[tuple[DoubtKind, str], list[Unread]] = {}
    for each in _each_column_once(unread):
        groups.setdefault((kind_of(each.reason), _alike(each.reason)), []).append(each)
    for marks in _unexplained(plan):
        groups[DoubtKind.UNSURE, marks.reason] = [marks]
    for action, reason in weak_points(plan):
        text = f"{action.number} {action.title}".strip()
        weak = Unread(action.place, text, reason)
        groups.setdefault((DoubtKind.UNSURE, _alike(reason)), []).append(weak)
    return tuple(
        DoubtGroup(kind, _common(cells, alike), tuple(cells))
        for (kind, alike), cells in sorted(groups.items(), key=lambda each: each[0][0])
    )


def kind_of(reason: str) -> DoubtKind:
    """Tell by the reason whether the cell was left out, or kept in some way."""
    if _LEFT_OUT.search(reason) and not _KEPT.search(reason):
        return DoubtKind.LEFT_OUT
    return DoubtKind.KEPT


def doubts_counted(groups: Iterable[DoubtGroup]) -> str:
    """Return how many there are of each kind: 取り込んでいないところが3件、…; "" for none."""
    counts = dict.fromkeys(DoubtKind, 0)
    for group in groups:
        counts[group.kind] += len(group.cells)
    return "、".join(f"{kind.label}が{count:,}件" for kind, count in counts.items() if count)


def _unexplained(plan: FoundPlan) -> Iterator[Unread]:
    """Yield the marks of which nobody says what they mean, and what they are taken for."""
    kinds: dict[str, list[str]] = {}
    places: list[CellPlace] = []
    for status in plan.statuses:
        met = _first_place(plan, status.mark) if status.mark in plan.untold else None
        if met is not None:
            kinds.setdefault(status.kind.label, []).append(status.mark)
            places.append(met)
    if not kinds:
        return
    taken = "、".join(f"{_quoted(marks)}は{label}" for label, marks in kinds.items())
    marks = [mark for found in kinds.values() for mark in found]
    reason = f"{_quoted(marks)}の意味が表にないため、仮に{taken}として数えます。{_TO_EXPLAIN}"
    yield Unread(places[0], "、".join(marks), reason)


def _first_place(plan: FoundPlan, mark: str) -> CellPlace | None:
    for action in plan.actions:
        marked = [at for at, line in enumerate(action.lines) if line.status == mark]
        for each in action.origins:
            if each.field is ColumnRole.STATUS and each.line in marked:
                return each.place
        if marked:
            return action.lines[marked[0]].place
    return None


def _quoted(marks: Iterable[str]) -> str:
    return "".join(f"「{each}」" for each in marks)


def _each_column_once(unread: Iterable[Unread]) -> Iterable[Unread]:
    """Yield what is told of a whole column once, in however many sheets it stands."""
    known: set[tuple[str, str]] = set()
    for each in unread:
        if _OF_COLUMN.match(each.reason):
            if (each.text, each.reason) in known:
                continue
            known.add((each.text, each.reason))
        yield each


def _alike(reason: str) -> str:
    """Return a key that reasons share which differ in a name, a place or a number alone."""
    return _VARIES.sub("…", _ASIDE.sub("", reason))


def _common(cells: list[Unread], alike: str) -> str:
    return cells[0].reason if len({each.reason for each in cells}) == 1 else alike
