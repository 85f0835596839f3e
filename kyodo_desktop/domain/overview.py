"""Where a plan stands below a term or heading: counted for bars, figures and short lists."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import nodes, refresh, terms
from kyodo_desktop.domain.counting import Tally
from kyodo_desktop.domain.plan import KIND_ORDER, Status, StatusKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.counting import Counts
    from kyodo_desktop.domain.outline import Outline

MOST_SHOWN_APART = 5
NOT_FILLED_IN = "未記入"
_SHOWN_FIRST = (
    *(StatusKind.DONE, StatusKind.NEAR, StatusKind.ONGOING),
    *(StatusKind.NOT_STARTED, StatusKind.STOPPED),
)
_MONTHS = 12
_SOON = 3  # months, the present one included


class Group(NamedTuple):
    """Statuses that are counted as one: of few each its own, of many those of a kind.

    `kind` is None for 未記入, whose only status id is None. `status` stands for all of them: it
    has their kind, and its own mark and colour where it is the only one.
    """

    label: str
    kind: StatusKind | None
    status_ids: frozenset[int | None]
    status: Status | None

    def count(self, counts: Counts) -> int:
        """Return how many of these statuses there are."""
        return sum([counts.get(each, 0) for each in self.status_ids])


UNFILLED = Group(NOT_FILLED_IN, None, frozenset((None,)), None)


def groups(outline: Outline) -> list[Group]:
    """Return what is counted apart, the most advanced first, 未記入 last.

    Statuses that do not count in totals are in none of them.
    """
    return [*groups_of(each for each in outline.statuses.values() if each.counted), UNFILLED]


def groups_of(statuses: Iterable[Status]) -> list[Group]:
    """Return what is counted apart of these statuses, the most advanced first."""
    counted = sorted(
        statuses, key=lambda each: (_SHOWN_FIRST.index(StatusKind(each.kind)), each.position)
    )
    if len(counted) <= MOST_SHOWN_APART:
        return list(map(group_of, counted))
    found = []
    for kind in _SHOWN_FIRST:
        of_kind = [each for each in counted if each.kind == kind]
        if len(of_kind) == 1:
            found.append(group_of(of_kind[0]))
        elif of_kind:
            found.append(as_one(kind, of_kind))
    return found


def group_of(status: Status | None) -> Group:
    """Return a status by itself; nothing is 未記入."""
    if status is None:
        return UNFILLED
    return Group(status.label, StatusKind(status.kind), frozenset((status.id,)), status)


def as_one(kind: StatusKind, statuses: Iterable[Status]) -> Group:
    """Return the group of statuses of one kind."""
    stands_for = Status(
        id=0, position=0, mark="", label=kind.label, definition="", kind=kind, colour="", counted=1
    )
    return Group(kind.label, kind, frozenset(each.id for each in statuses), stands_for)


def total(shown: Iterable[Group], counts: Counts) -> int:
    """Return how many count at all."""
    return sum(each.count(counts) for each in shown)


def done(shown: Iterable[Group], counts: Counts) -> int:
    """Return how many are done."""
    return sum(each.count(counts) for each in shown if each.kind is StatusKind.DONE)


def change(now: int, before: int) -> str:
    """＋1, －3, or nothing: ▲ before a figure would read as minus in public offices."""
    if now == before:
        return ""
    return f"{'＋' if now > before else '－'}{abs(now - before):,}"


class OverviewCounts:
    """Counts the round that is shown and the one before it, each node once until it changes."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._now, self._before = _tallies(outline)
        self._places: dict[int | None, list[int]] = {}
        self._actions: dict[int | None, dict[int, int]] = {}

    def counts(self, node: int | None) -> Counts:
        """Return how many placements of each status stand below."""
        return _summed(self._now, self.outline, node)

    def counts_before(self, node: int | None) -> Counts | None:
        """Return what the round before statuses; nothing where there was none."""
        if self._before is None:
            return None
        return _summed(self._before, self.outline, node)

    def places(self, node: int | None) -> list[int]:
        """Return all places below in printed order."""
        if node not in self._places:
            self._places[node] = placements_below(self.outline, node)
        return self._places[node]

    def actions(self, node: int | None) -> dict[int, int]:
        """Return the actions below, each with the first place where it stands there."""
        if node not in self._actions:
            self._actions[node] = actions_at(self.outline, self.places(node))
        return self._actions[node]

    def has_rows_of(self, outline: Outline) -> bool:
        """Tell whether it counts what stands in this outline, and where; not how it stands."""
        older = self.outline
        return (
            outline.statuses is older.statuses
            and outline.children is older.children
            and _lines(outline) is _lines(older)
        )

    def move_on(self, outline: Outline, changes: ChangeSet) -> None:
        """Count for the outline after some changes."""
        is_other = changes.whole or not self.has_rows_of(outline)
        self.outline = outline
        if is_other:
            self._now, self._before = _tallies(outline)
            self._places.clear()
            self._actions.clear()
        else:
            self._now.move_on(outline, refresh.actions_touched(changes), ())


def _tallies(outline: Outline) -> tuple[Tally, Tally | None]:
    previous = outline.previous
    return Tally(outline), Tally(outline.as_of(previous)) if previous else None


def _lines(outline: Outline) -> object:
    return outline.previous.lines if outline.previous else None


def _summed(tally: Tally, outline: Outline, node: int | None) -> Counts:
    found: Counts = Counter()
    for each in roots_of(outline, node):
        found.update(tally.under(each))
    return found


def rows_below(outline: Outline, node: int | None) -> list[int]:
    """Return the nodes that get a bar: the headings below, of no node those of its term.

    Where several terms are under way at once each of them gets one. The lowest heading has
    none: its actions speak for themselves.
    """
    if node is not None:
        return [each for each in outline.children.get(node, ()) if nodes.is_heading(each)]
    current = terms.reported_terms(outline)
    if len(current) == 1:
        return rows_below(outline, nodes.term_node(current[0]))
    return [nodes.term_node(each) for each in current]


def roots_of(outline: Outline, node: int | None) -> list[int]:
    """Return what is counted together: the node, or without one the terms that are reported."""
    if node is not None:
        return [node]
    return [nodes.term_node(each) for each in terms.reported_terms(outline)]


def placements_below(outline: Outline, node: int | None) -> list[int]:
    """Return all places below in printed order."""
    found: list[int] = []
    waiting = list(reversed(roots_of(outline, node)))
    children = outline.children
    while waiting:
        each = waiting.pop()
        if nodes.is_placement(each):
            found.append(each)
        else:
            waiting.extend(reversed(children.get(each, ())))
    return found


def actions_at(outline: Outline, placements: Iterable[int]) -> dict[int, int]:
    """Return the actions of places, each with the first of them where it stands."""
    found: dict[int, int] = {}
    rows = outline.placements
    for node in placements:
        found.setdefault(rows[nodes.row_id(node)].action_id, node)
    return found


class Dated(NamedTuple):
    """An open action with a date; `months` is how long it is late, 0 and less while it is not."""

    action_id: int
    node: int
    due: str
    months: int


def overdue(outline: Outline, below: Mapping[int, int], month: str) -> list[Dated]:
    """Return what is late by a month (YYYY-MM), the longest first."""
    return [each for each in _awaited(outline, below, month) if each.months > 0]


def due_soon(outline: Outline, below: Mapping[int, int], month: str) -> list[Dated]:
    """Return what is due in a month or the two after it, the first first."""
    return [each for each in _awaited(outline, below, month) if -_SOON < each.months <= 0]


def _awaited(outline: Outline, below: Mapping[int, int], month: str) -> list[Dated]:
    """Return the open actions with a date, the first first.

    Nobody knows what has become of those in a term that is over, of which the round says nothing.
    """
    over = terms.terms_over(outline)
    found = [
        Dated(action_id, node, due, months_between(due, month))
        for action_id, node in below.items()
        if (due := outline.actions[action_id].due)
        and outline.is_open(action_id)
        and not (outline.actions[action_id].term_id in over and action_id not in outline.lines)
    ]
    return sorted(found, key=lambda each: each.due)


def months_between(first: str, last: str) -> int:
    """Return how many months lie between two of them (YYYY-MM)."""
    return (int(last[:4]) - int(first[:4])) * _MONTHS + int(last[5:7]) - int(first[5:7])


def months_label(months: int) -> str:
    """19 → 1年7か月."""
    years, rest = divmod(months, _MONTHS)
    return (f"{years}年" if years else "") + (f"{rest}か月" if rest or not years else "")


def least_advanced(statuses: Collection[Status]) -> Status | None:
    """Return what an action with these lines stands at, as `Outline.status` does."""
    return min(statuses, key=_advance, default=None)


def _advance(status: Status) -> tuple[int, int]:
    return KIND_ORDER[StatusKind(status.kind)], -status.position


def counts_in(
    outline: Outline, placements: Iterable[int], statuses: Mapping[int, int | None]
) -> Counts:
    """Count placements by the statuses that a round gives their actions; others do not count."""
    rows = outline.placements
    return Counter(
        statuses[action_id]
        for node in placements
        if (action_id := rows[nodes.row_id(node)].action_id) in statuses
    )


def why_nothing(outline: Outline, node: int | None) -> str:
    """Return in a sentence what keeps the figures away; empty where nothing does."""
    below = (each for root in roots_of(outline, node) for each in outline.below(root))
    if not any(map(nodes.is_placement, below)):
        return f"ここに{outline.action_word}がまだありません。追加すると、集計が表示されます。"
    if outline.round is None:
        return "調査がまだありません。調査を始めると、状態ごとの件数が表示されます。"
    term_id = None if node is None else terms.term_of(outline, node)
    if term_id is not None and (why := terms.outside_the_round(outline, term_id)):
        return f"{why}。"
    return ""
