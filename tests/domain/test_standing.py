"""How far a round has come: each figure is the number of actions that its filter shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.assembly import grouped
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.outline import Outline, Record
from kyodo_desktop.domain.plan import Heading, Placement, Round
from kyodo_desktop.domain.search import Query, SearchIndex
from kyodo_desktop.domain.standing import RoundFigures, RoundState, RoundTally
from kyodo_desktop.domain.tree_filter import TreeFilter
from tests.outlines import HALVES, ROUND, action, line, noted, outline_of

MONTH = "2015-11"
LAST = Round(9, "平成26年度", 2014, "2014-10-31", "2015-03-31T00:00:00")
TWO_TERMS = noted("前期\n  環境\n    ブース: ✓\n    倉庫:\n後期\n  環境\n    窓口:\n    受付: ・")

notes = st.fixed_dictionaries(
    {
        "term": st.sampled_from([1, 1, 1, 2]),
        "due": st.sampled_from([None, "2015-03", "2016-03"]),
        "marks": st.lists(st.sampled_from([None, 1, 2, 3]), max_size=2),
        "carried": st.booleans(),
        "text": st.sampled_from(["", "検討中"]),
        "before": st.sampled_from([None, "", "検討中"]),
        "places": st.integers(1, 3),
    }
)
years = st.sampled_from([2010, 2015, 2016, None])


def plan_of(notes: list, year: int | None, *, has_previous: bool) -> Outline:
    headings = [Heading(each.id, each.id, None, 0, "見出し", "") for each in HALVES]
    places = [(key, note) for key, note in enumerate(notes, 1) for _ in range(note["places"])]
    outline = outline_of(
        headings,
        [
            action(key, note["term"], f"事業{key}", due=note["due"])
            for key, note in enumerate(notes, 1)
        ],
        [
            Placement(place, note["term"], place, key, "")
            for place, (key, note) in enumerate(places, 1)
        ],
        lines_of(notes),
    )
    if year is None:
        return outline.as_of(None)
    record = outline.record
    assert record is not None
    shown = replace(record, round=ROUND._replace(fiscal_year=year))
    return outline.as_of(shown, Record(LAST, last_lines(notes), {}) if has_previous else None)


def lines_of(notes):
    return [
        line(
            10 * key + place,
            key,
            place,
            status_id=mark,
            text=note["text"],
            carried=note["carried"],
        )
        for key, note in enumerate(notes, 1)
        for place, mark in enumerate(note["marks"])
    ]


def last_lines(notes):
    lines = [
        line(1000 + key, key, status_id=next(iter(note["marks"]), None), text=note["before"])
        for key, note in enumerate(notes, 1)
        if note["before"] is not None
    ]
    return grouped(lines, lambda each: each.action_id)


def shown(outline, query):
    """Return the placements that a filter leaves, by walking down what it shows."""
    found = TreeFilter(outline, SearchIndex(outline), query)

    def below(nodes):
        for node in nodes:
            yield node
            yield from () if is_placement(node) else below(found.children(node))

    return [node for node in below(found.roots) if is_placement(node)], found


@given(st.lists(notes, max_size=6), years, st.booleans())
def test_a_figure_is_the_number_of_actions_that_its_filter_shows(notes, year, has_previous):
    outline = plan_of(notes, year, has_previous=has_previous)
    figures = RoundTally(outline, MONTH).figures
    for standing in RoundState:
        rows, found = shown(outline, Query(standing=standing, month=MONTH))
        actions = {outline.action_id_at(node) for node in rows}
        assert getattr(figures, standing) == len(actions) == len(found.actions())
        assert (
            sum(found.counts()) == len(rows) == sum(notes[each - 1]["places"] for each in actions)
        )
    assert figures.confirmed + figures.unconfirmed == figures.asked
    assert figures.empty <= figures.unconfirmed


@given(st.lists(notes, min_size=6, max_size=6), st.lists(notes, min_size=6, max_size=6), years)
def test_moving_on_counts_as_counting_anew_does(before, after, year):
    older, newer = (plan_of(each, year, has_previous=True) for each in (before, after))
    tally = RoundTally(older, MONTH)
    tally.move_on(newer, MONTH, range(1, 7))
    assert tally.figures == RoundTally(newer, MONTH).figures


def test_what_is_touched_alone_is_judged_again(monkeypatch):
    outline = plan_of([{**_NOTE, "marks": [1]}] * 5, 2015, has_previous=True)
    tally = RoundTally(outline, MONTH)
    judged = []
    monkeypatch.setattr(
        "kyodo_desktop.domain.standing.Judge.standing",
        lambda _self, each: judged.append(each) or (),
    )
    tally.move_on(outline, MONTH, [3])
    assert judged == [3]


_NOTE = {
    "term": 1,
    "due": None,
    "marks": [],
    "carried": False,
    "text": "",
    "before": None,
    "places": 1,
}


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        ({}, RoundFigures(asked=1, unconfirmed=1, empty=1)),
        ({"marks": [3]}, RoundFigures(asked=1, changed=1)),
        ({"marks": [3], "before": ""}, RoundFigures(asked=1)),
        ({"marks": [3], "before": "", "carried": True}, RoundFigures(asked=1, unconfirmed=1)),
        ({"marks": [3], "before": "", "due": "2015-10"}, RoundFigures(asked=1, overdue=1)),
        ({"marks": [1], "before": "", "due": "2015-10", "places": 3}, RoundFigures(asked=1)),
        ({"marks": [3], "before": "検討中"}, RoundFigures(asked=1, changed=1)),
    ],
)
def test_each_action_is_counted_once_for_what_is_said_of_it(note, figures):
    outline = plan_of([{**_NOTE, **note}], 2015, has_previous=True)
    assert RoundTally(outline, MONTH).figures == figures


def test_a_round_asks_for_the_terms_that_it_is_about():
    assert RoundTally(TWO_TERMS, MONTH).figures.asked == 4
    assert TWO_TERMS.round is not None
    later = replace(TWO_TERMS, round=TWO_TERMS.round._replace(fiscal_year=2016))
    assert RoundTally(later, MONTH).figures == RoundFigures(asked=2, unconfirmed=1, empty=1)


def test_without_a_round_nothing_is_asked():
    assert RoundTally(TWO_TERMS.as_of(None), MONTH).figures == RoundFigures()


def test_headings_can_be_shown_beside_what_is_found():
    outline = plan_of([_NOTE], 2015, has_previous=False)
    heading = outline.children[outline.roots[1]][0]
    rows, found = shown(outline, Query(among=frozenset({1}), besides=frozenset({heading})))
    assert len(rows) == 1
    assert found.shows(heading)
    assert found.roots == outline.roots
