"""Plans of every shape, drawn from a seed, and their totals counted row by row.

`test_outputs_agree.py` compares with them what every output prints.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING

from kyodo_desktop.domain.narrowing import Narrowing, words_of
from kyodo_desktop.domain.outline import Record
from kyodo_desktop.domain.plan import (
    KIND_ORDER,
    Assignment,
    Direction,
    Heading,
    Level,
    Opinion,
    Placement,
    Plan,
    Role,
    Round,
    Section,
    Status,
    StatusKind,
    Term,
)
from kyodo_desktop.domain.terms import is_over, reported_terms
from tests.outlines import action, by_id, line, outline_of, outlook

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline

UNFILLED = "未記入"
NUMBERINGS = ("1", "(1)", "①", "ア", "")
TITLES = (
    "拠点の整備",
    "広報",
    "=1+1",
    "集計",
    "講座\nの開催",
    "1-2",
    "以上で終わりです。",
    "研修",
)
TEXTS = ("", "実施中", "=SUM(A1)", "一行目\r\n二行目\n", "'@引用", "\t字下げ", "実行計画の数：9件")
TERMS = (
    Term(1, 0, "前期", 2011, 2015, None),
    Term(2, 1, "後期", 2016, 2020, 1),
    Term(3, 2, "重点", 2011, 2020, None),
)
BEFORE = Round(1, "前回", 2014, "2014-10-31", None)


def generated_plan(seed: int) -> Outline:
    """Return a plan as of a round, else without one; mostly with a round before."""
    random = Random(seed)
    drawn = _Drawn(random)
    outline = drawn.outline()
    rows = {each: drawn.lines(each) for each in outline.actions}
    if random.random() < 0.1:
        return replace(outline, round=None, rounds={}, lines={}, opinions={})
    year = random.choice((2013, 2015, 2016, 2018))
    shown = Round(2, "今回", year, f"{year}-10-31", None)
    before = Record(BEFORE, {each: drawn.lines(each) for each in outline.actions}, {})
    return replace(
        outline,
        round=shown,
        rounds=by_id(BEFORE, shown),
        lines={each: found for each, found in rows.items() if found},
        outlooks={
            each: outlook(each, direction_id=1, text=random.choice(TEXTS))
            for each in outline.actions
            if random.random() < 0.3
        },
        previous=before if random.random() < 0.8 else None,
    )


def plan_before(outline: Outline, seed: int) -> Outline:
    """Return what the round before saw of a plan: some actions elsewhere, others not yet gone."""
    random = Random(seed)
    headings = {term: [] for term in outline.terms}
    for row in outline.headings.values():
        headings[row.term_id].append(row.id)
    placements = {}
    actions = {**outline.actions}
    for row in outline.placements.values():
        draw = random.random()
        if draw < 0.7:
            placements[row.id] = row
        elif draw < 0.8:  # it stood elsewhere
            places = headings[outline.actions[row.action_id].term_id]
            taken = {
                each.heading_id
                for each in outline.placements.values()
                if each.action_id == row.action_id
            }
            free = [each for each in places if each not in taken]
            placements[row.id] = row._replace(heading_id=random.choice(free or [row.heading_id]))
        elif draw < 0.9:  # it was another action, which has gone
            number = 100 + row.id
            actions[number] = outline.actions[row.action_id]._replace(id=number)
            placements[row.id] = row._replace(action_id=number)
    drawn = _Drawn(random, outline)
    record = outline.previous
    return replace(
        outline_of(outline.headings.values(), actions.values(), placements.values(), []),
        **{name: getattr(outline, name) for name in _SAME},
        assignments={
            each: drawn.assigned(each) if random.random() < 0.3 else rows
            for each, rows in outline.assignments.items()
        },
        round=BEFORE,
        lines={each: drawn.lines(each) for each in actions}
        if record is None
        else record.lines | {each: drawn.lines(each) for each in actions if each > 100},
    )


_SAME = ("plan", "levels", "statuses", "directions", "sections", "rounds", "terms")


def narrowing_somehow(outline: Outline, seed: int) -> Narrowing:
    """Return a choice that somebody could make of a plan."""
    random, known = Random(seed), words_of(outline)

    def some(words):
        return tuple(random.sample(words, random.randint(0, min(2, len(words)))))

    terms = some(known.terms)
    tops = words_of(outline, terms).headings
    return Narrowing(
        terms,
        some(tops),
        some(known.sections),
        some(known.statuses),
        known.changed_only and random.random() < 0.2,
    )


class _Drawn:
    def __init__(self, random: Random, outline: Outline | None = None) -> None:
        self.random = random
        self.line_ids = 0
        if outline is not None:
            self.statuses = [*outline.statuses.values()]
            self.sections = [*outline.sections.values()]
            self.line_ids = 10_000
            return
        self.levels = tuple(
            Level(place + 1, place, name, random.choice(NUMBERINGS))
            for place, name in enumerate(("柱", "施策", "小施策", "取組")[-random.randint(2, 4) :])
        )
        self.statuses = [
            Status(
                n, n, f"印{n}", f"状態{n}", "", random.choice([*StatusKind]), "#777777", counted
            )
            for n in range(1, random.randint(2, 8))
            for counted in [int(random.random() < 0.8)]
        ]
        self.sections = [Section(n, n, f"第{n}課") for n in range(1, random.randint(1, 5))]

    def outline(self) -> Outline:
        random = self.random
        terms = random.sample(TERMS, random.randint(1, 3))
        terms = [each for each in TERMS if each in terms]
        headings: list[Heading] = []
        actions, placements = [], []
        for term in terms:
            self._headings(headings, term.id, None, 0)
            places = [each.id for each in headings if each.term_id == term.id]
            for _ in range(random.randint(0, 8) if places else 0):
                due = random.choice((None, "2013-03", "2016-03", "2018-11"))
                number = len(actions) + 1
                actions.append(action(number, term.id, random.choice(TITLES), due=due))
                for place in random.sample(places, min(len(places), random.choice((1, 1, 2, 3)))):
                    placements.append(
                        Placement(len(placements) + 1, place, len(placements), number, "")
                    )
        return outline_of(
            headings,
            actions,
            placements,
            [],
            plan=Plan(1, random.choice(TITLES), "", "", "", 2011, 2020),
            levels=self.levels,
            statuses=by_id(*self.statuses),
            directions={1: Direction(1, 0, "継続")},
            sections=by_id(*self.sections),
            assignments={each.id: self.assigned(each.id) for each in actions},
            terms=by_id(*terms),
            opinions={
                key: Opinion(place, 2, key, random.choice(TEXTS))
                for place, key in enumerate((None, *(each.id for each in headings)))
                if random.random() < 0.3
            },
        )

    def _headings(self, found: list[Heading], term: int, above: int | None, depth: int) -> None:
        for _ in range(self.random.randint(0 if depth else 1, 3) if depth < 3 else 0):
            if depth < len(self.levels) - 1:
                number = self.random.choice(("", "", "", "特"))
                title = self.random.choice(TITLES)
                heading = Heading(len(found) + 1, term, above, len(found), title, number)
                found.append(heading)
                self._headings(found, term, heading.id, depth + 1)

    def assigned(self, action_id: int) -> tuple[Assignment, ...]:
        chosen = self.random.sample(
            self.sections, min(len(self.sections), self.random.randint(0, 3))
        )
        return tuple(
            Assignment(action_id * 10 + each.id, action_id, each.id, self.random.choice([*Role]))
            for each in chosen
        )

    def lines(self, action_id: int) -> tuple:
        found = []
        for place in range(self.random.choice((0, 1, 1, 1, 2))):
            self.line_ids += 1
            status_id = self.random.choice((None, *(each.id for each in self.statuses)))
            text = self.random.choice(TEXTS)
            found.append(line(self.line_ids, action_id, place, status_id=status_id, text=text))
        return tuple(found)


@dataclass
class CountedTerm:
    """What stands in a term: status ids (None is 未記入) of placements and of actions.

    `by_top` has the actions by the id of the topmost heading, `by_section` by the lead's name;
    `actions` are their ids.
    """

    gross: Counter = field(default_factory=Counter)
    net: Counter = field(default_factory=Counter)
    actions: set[int] = field(default_factory=set)
    by_top: dict[int, Counter] = field(default_factory=dict)
    by_section: dict[str, Counter] = field(default_factory=dict)


def counted_by_hand(outline: Outline) -> dict[int, CountedTerm]:
    """Return what is in each reported term, by its id."""
    found = {each: CountedTerm() for each in reported_terms(outline)}
    for row in outline.headings.values():
        if row.parent_id is None and row.term_id in found:
            found[row.term_id].by_top[row.id] = Counter()
    seen = set()
    for row in outline.placements.values():
        heading = outline.headings[row.heading_id]
        if heading.term_id not in found:
            continue
        counted, status = found[heading.term_id], least_advanced(outline, row.action_id)
        while heading.parent_id is not None:
            heading = outline.headings[heading.parent_id]
        counted.gross[status] += 1
        if (row.action_id, heading.id) not in seen:
            counted.by_top[heading.id][status] += 1
        if row.action_id not in seen:
            counted.net[status] += 1
            counted.actions.add(row.action_id)
            assigned = outline.assignments.get(row.action_id, ())
            leads = [
                outline.sections[each.section_id].name
                for each in assigned
                if each.role == Role.LEAD
            ]
            for key in leads or ["担当課なし"]:
                counted.by_section.setdefault(key, Counter())[status] += 1
        seen |= {row.action_id, (row.action_id, heading.id)}
    return found


def late_by_hand(outline: Outline, counted: CountedTerm, month: str) -> int:
    """Return how many should have been done before a month (YYYY-MM)."""
    return sum(is_late(outline, each, month) for each in counted.actions)


def is_late(outline: Outline, action_id: int, month: str) -> bool:
    """Tell what should have been done; of a term that is over only what the round speaks of."""
    found, status = outline.actions[action_id], least_advanced(outline, action_id)
    if action_id not in outline.lines and is_over(outline, found.term_id):
        return False
    ended = status and outline.statuses[status].kind in (StatusKind.DONE, StatusKind.STOPPED)
    return found.due is not None and found.due < month and not ended


def labelled(outline: Outline, counts: Counter) -> Counter:
    """Return counts by what statuses are called."""
    names = {each.id: each.label for each in outline.statuses.values()} | {None: UNFILLED}
    return Counter({names[key]: count for key, count in counts.items()})


def least_advanced(outline: Outline, action_id: int) -> int | None:
    known = [
        outline.statuses[each.status_id]
        for each in outline.lines.get(action_id, ())
        if each.status_id is not None
    ]
    known.sort(key=lambda each: (KIND_ORDER[StatusKind(each.kind)], -each.position))
    return known[0].id if known else None
