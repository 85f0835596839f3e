"""The totals that every output prints, each term by itself: by status, heading and section.

Terms are never added up: what one carried over from another would count twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import nodes
from kyodo_desktop.domain.comparing.comparison import Side, paired_headings
from kyodo_desktop.domain.counting import Counts, gross, net, percentages, placements_under
from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.overview import UNFILLED, Group, groups_of
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.terms import reported_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyodo_desktop.domain.plan import Status

OVERLAP, TOTAL, NO_SECTION = "再掲の重複", "計", "担当課なし"
SHARED, NOT_COUNTED = "複数の課の重複", "集計外"

_Rule = Callable[[Outline, Iterable[int]], Counts]
_Places = dict[int | None, list[int]]


class StatusColumns(NamedTuple):
    """The statuses that count in totals (None is 未記入, where it occurs).

    `apart` are those that do not count and occur.
    """

    counted: tuple[Status | None, ...]
    apart: tuple[Status, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """What is counted together of those that count; 未記入 where it occurs."""
        unfilled = (UNFILLED,) if None in self.counted else ()
        return (*groups_of(each for each in self.counted if each is not None), *unfilled)

    @property
    def whole(self) -> Group:
        """All that counts, as one."""
        return Group(TOTAL, None, frozenset(map(_id_of, self.counted)), None)

    @property
    def outside(self) -> Group:
        """All that does not count, as one."""
        return Group(NOT_COUNTED, None, frozenset(map(_id_of, self.apart)), None)

    def counts(self, found: Counts) -> tuple[int, ...]:
        """Return how many there are of each status that counts."""
        return tuple(found[_id_of(each)] for each in self.counted)

    def shares(self, found: Counts) -> list[float]:
        """Return the shares of those that count, in per cent, see `percentages`."""
        return percentages(self.counts(found))

    def share(self, group: Group, found: Counts) -> float:
        """Return the share of a group among what counts: those of its statuses together."""
        shares = zip(self.counted, self.shares(found), strict=True)
        return round(sum(share for each, share in shares if _id_of(each) in group.status_ids), 1)


def _id_of(status: Status | None) -> int | None:
    return None if status is None else status.id


class Totals(NamedTuple):
    """How many of each status stand somewhere (`now`), and stood there in the round before.

    `before` is nothing where there is none, `node` the heading where it is one.
    """

    name: str
    now: Counts
    before: Counts | None = None
    node: int | None = None

    def change(self, group: Group) -> int:
        """Return how many more there are than in the round before, where it was empty or not."""
        return group.count(self.now) - group.count(self.before or Counter())


class TotalsTable(NamedTuple):
    """`overlap` is what the total has less than the rows: what stands in several of them.

    `gone` is what stood, in the round before, at headings that are no longer there; so rows,
    `gone` and `overlap` add up to the total in either round.
    """

    rows: tuple[Totals, ...]
    gone: Totals | None
    overlap: Totals
    total: Totals


class TermTotals(NamedTuple):
    """What a term's node counts: 掲載数 (`gross`) and 実行計画数 (`net`) by topmost heading.

    `sections` are the 実行計画数 by leading section, in the order of the plan.
    """

    term: int
    columns: StatusColumns
    gross: TotalsTable
    net: TotalsTable
    sections: TotalsTable

    @property
    def actions(self) -> int:
        """実行計画数, also of what does not count in totals."""
        return self.net.total.now.total()

    @property
    def placements(self) -> int:
        """掲載数（再掲を含む）, also of what does not count in totals."""
        return self.gross.total.now.total()


def term_totals(outline: Outline, before: Outline | None = None) -> tuple[TermTotals, ...]:
    """Count each of the reported terms.

    `before` is the plan as the round before saw it (`Comparison.before`), which gives the
    figures that its own report had; a term is compared with itself, else with the one that it
    continues.
    """
    return tuple(_of_term(outline, before, each) for each in reported_terms(outline))


def _of_term(outline: Outline, before: Outline | None, term_id: int) -> TermTotals:
    earlier = None if before is None else term_before(outline, before, term_id)
    old = None if before is None or earlier is None else Side(before, frozenset({earlier}))
    now = _Sum(outline, nodes.term_node(term_id))
    then = None if old is None or earlier is None else _Sum(old.outline, nodes.term_node(earlier))
    pairs = {} if old is None else _old_headings(old, Side(outline, frozenset({term_id})))
    columns = _columns(outline, now, then)
    return TermTotals(
        nodes.term_node(term_id),
        columns,
        _by_heading(now, then, pairs, gross),
        _by_heading(now, then, pairs, net),
        _by_section(now, then),
    )


class _Sum:
    """What stands below a term, in one state of a plan."""

    def __init__(self, outline: Outline, term: int) -> None:
        self.outline = outline
        self.tops = {
            node: placements_under(outline, node) for node in outline.children.get(term, ())
        }
        self.all = list(chain.from_iterable(self.tops.values()))

    def sections(self) -> _Places:
        """Return where the actions of each leading section stand."""
        found: _Places = {}
        for node in self.all:
            assigned = self.outline.assignments.get(self.outline.action_id_at(node), ())
            leads = [each.section_id for each in assigned if each.role == Role.LEAD]
            for section_id in leads or (None,):
                found.setdefault(section_id, []).append(node)
        return found


def term_before(outline: Outline, before: Outline, term_id: int) -> int | None:
    """Return the term of the round before beside which a term stands; nothing for none.

    It is the term itself, else the one that it continues, if that does not stand for itself.
    """
    now, then = reported_terms(outline), reported_terms(before)
    continued = outline.terms[term_id].continues_id
    candidates = (term_id, None if continued in now else continued)
    return next((each for each in candidates if each in then), None)


def _old_headings(old: Side, new: Side) -> dict[int, int]:
    """Return the node of each heading before by its node now."""
    pairs = paired_headings(old, new).items()
    return {nodes.heading_node(now): nodes.heading_node(then) for then, now in pairs}


def _columns(outline: Outline, now: _Sum, then: _Sum | None) -> StatusColumns:
    found = {*gross(outline, now.all)}
    known = dict(outline.statuses)
    if then is not None:
        earlier = gross(then.outline, then.all)
        found |= {*earlier}
        deleted = (each for each in then.outline.statuses if each in earlier)
        known |= {each: then.outline.statuses[each] for each in deleted if each not in known}
    counted: list[Status | None] = [each for each in known.values() if each.counted]
    if None in found:
        counted.append(None)
    apart = [each for each in known.values() if not each.counted and each.id in found]
    return StatusColumns(tuple(counted), tuple(apart))


def _by_heading(
    now: _Sum, then: _Sum | None, pairs: Mapping[int, int], rule: _Rule
) -> TotalsTable:
    outline = now.outline
    rows = []
    for node, places in now.tops.items():
        before = None
        if then is not None and pairs.get(node) in then.tops:
            before = rule(then.outline, then.tops[pairs[node]])
        rows.append(Totals(outline.label(node), rule(outline, places), before, node))
    gone = None
    if then is not None:
        stayed = {pairs.get(node) for node in now.tops}
        left = chain.from_iterable(
            places for node, places in then.tops.items() if node not in stayed
        )
        gone_counts = rule(then.outline, left)
        if gone_counts:
            name = f"今回はない{outline.levels[0].name}"
            gone = Totals(name, Counter(), gone_counts)
    return _table(tuple(rows), gone, OVERLAP, _total(now, then, rule))


def _by_section(now: _Sum, then: _Sum | None) -> TotalsTable:
    places = now.sections()
    earlier = {} if then is None else then.sections()
    names: dict[int | None, str] = {each.id: each.name for each in now.outline.sections.values()}
    for each in () if then is None else then.outline.sections.values():
        names.setdefault(each.id, each.name)
    names[None] = NO_SECTION
    rows = tuple(
        Totals(
            name,
            net(now.outline, places.get(key, ())),
            None if then is None else net(then.outline, earlier.get(key, ())),
        )
        for key, name in names.items()
        if key in places or key in earlier
    )
    return _table(rows, None, SHARED, _total(now, then, net))


def _total(now: _Sum, then: _Sum | None, rule: _Rule) -> Totals:
    before = None if then is None else rule(then.outline, then.all)
    return Totals(TOTAL, rule(now.outline, now.all), before)


def _table(
    rows: tuple[Totals, ...], gone: Totals | None, overlap: str, total: Totals
) -> TotalsTable:
    parts = (*rows, gone) if gone else rows
    before = None
    if total.before is not None:
        before = _left(total.before, (each.before for each in parts if each.before))
    return TotalsTable(
        rows, gone, Totals(overlap, _left(total.now, (each.now for each in parts)), before), total
    )


def _left(total: Counts, parts: Iterable[Counts]) -> Counts:
    """Return what a total has more than its parts; less is below zero."""
    found = Counter(total)
    for each in parts:
        found.subtract(each)
    return Counter({key: count for key, count in found.items() if count})
