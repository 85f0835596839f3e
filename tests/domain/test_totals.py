"""Totals by term, heading and section: they add up, and are those that the rows have."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kyodo_desktop.domain.assembly import is_consistent
from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.comparing.transitions import transitions_of
from kyodo_desktop.domain.narrowing import narrowed, narrowed_comparison
from kyodo_desktop.domain.nodes import heading_node, is_placement, term_node
from kyodo_desktop.domain.plan import Assignment, Role
from kyodo_desktop.domain.totals import term_totals
from tests import effort
from tests.generated_plans import (
    counted_by_hand,
    generated_plan,
    narrowing_somehow,
    plan_before,
)
from tests.outlines import DONE, HALVES, NEAR, ONGOING, STOPPED, by_id, noted, outline_of_rows

BEFORE = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "予定")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討")]),
    ("参画", "事業", "補助金", []),
    ("廃止", "事業", "祭り", [(DONE, "")]),
)
AFTER = outline_of_rows(
    ("環境", "拠点", "ブース", [(DONE, "創設")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討")]),
    ("参画", "事業", "補助金", []),
    ("参画", "事業", "会議", [(STOPPED, "")]),
)


def rows_of(table):
    """Return the name of each row, with what it counts now and before."""
    rows = (*table.rows, *filter(None, (table.gone,)), table.overlap, table.total)
    return [
        (each.name, dict(each.now), None if each.before is None else dict(each.before))
        for each in rows
    ]


def test_the_totals_of_a_term_stand_beside_those_of_the_round_before():
    (found,) = term_totals(AFTER, BEFORE)
    done, near, ongoing, stopped = (each.id for each in (DONE, NEAR, ONGOING, STOPPED))
    assert rows_of(found.net) == [
        ("1 環境", {done: 1, ongoing: 1}, {near: 1, ongoing: 1}),
        ("2 参画", {ongoing: 1, stopped: 1}, {ongoing: 1}),
        ("今回はない推進項目", {}, {done: 1}),
        ("再掲の重複", {ongoing: -1}, {ongoing: -1}),
        ("計", {done: 1, ongoing: 1, stopped: 1}, {done: 1, near: 1, ongoing: 1}),
    ]
    assert rows_of(found.gross)[-2:] == [
        ("再掲の重複", {}, {}),
        ("計", {done: 1, ongoing: 2, stopped: 1}, {done: 1, near: 1, ongoing: 2}),
    ]
    assert (found.actions, found.placements) == (3, 4)
    assert found.columns.counted == (DONE, NEAR, ONGOING)
    assert found.columns.apart == (STOPPED,)
    total = found.net.total.now
    assert (found.columns.whole.count(total), found.columns.counts(total)) == (2, (1, 0, 1))
    assert found.columns.outside.count(total) == 1
    assert found.columns.shares(total) == [50.0, 0.0, 50.0]


def test_sections_count_what_they_lead_and_what_nobody_does():
    assigned = {
        1: (Assignment(1, 1, 1, Role.LEAD), Assignment(2, 1, 2, Role.LEAD)),
        2: (Assignment(3, 2, 2, Role.RELATED),),
    }
    (found,) = term_totals(replace(AFTER, assignments=assigned))
    assert rows_of(found.sections) == [
        ("市民活動推進課", {DONE.id: 1}, None),
        ("企画課", {DONE.id: 1}, None),
        ("担当課なし", {ONGOING.id: 1, STOPPED.id: 1}, None),
        ("複数の課の重複", {DONE.id: -1}, None),
        ("計", {DONE.id: 1, ONGOING.id: 1, STOPPED.id: 1}, None),
    ]


def test_a_term_stands_beside_the_one_that_it_continues_heading_by_heading():
    both = replace(
        noted("前期\n  環境\n    ブース: ✓\n後期\n  新規\n    窓口: ・\n  環境\n    広報: ・\n"),
        terms=by_id(*HALVES),
    )
    before = replace(both, round=both.round._replace(fiscal_year=2015), lines={1: both.lines[1]})
    after = replace(both, round=both.round._replace(fiscal_year=2016))
    (found,) = term_totals(after, before)
    assert (found.term, [row[::2] for row in rows_of(found.net)]) == (
        term_node(2),
        [("1 新規", None), ("2 環境", {1: 1}), ("再掲の重複", {}), ("計", {1: 1})],
    )
    (found,) = term_totals(before, after)
    assert found.net.total.before is None


def test_a_status_that_was_deleted_since_keeps_its_column_while_something_had_it():
    after = replace(AFTER, statuses=by_id(DONE, ONGOING, STOPPED))
    (found,) = term_totals(after, BEFORE)
    assert found.columns.counted == (DONE, ONGOING, NEAR)
    (found,) = term_totals(after)
    assert found.columns.counted == (DONE, ONGOING)


@effort.seeds(quick=300, deep=20_000, each=100)
def test_totals_are_what_the_rows_have(seeds):
    for seed in seeds:
        with effort.note_seed(seed):
            whole = generated_plan(seed)
            compare_totals(whole)
            compare_totals(narrowed(whole, narrowing_somehow(whole, seed)))


@effort.seeds(quick=120, deep=10_000, each=60)
def test_what_is_left_of_a_comparison_is_what_its_totals_count(seeds):
    for seed in seeds:
        with effort.note_seed(seed):
            after = generated_plan(seed)
            before = plan_before(after, seed)
            whole = compare(before, after)
            expect_whole(whole)
            chosen = narrowing_somehow(after, seed)
            part = narrowed_comparison(whole, chosen)
            expect_whole(part)
            assert part.after == narrowed(after, chosen)
            if not chosen.terms:
                assert changed_actions(part) <= changed_actions(whole)


def changed_actions(comparison):
    """Return the actions of changes with the words for them."""
    return {
        (outline.action_id_at(node), side, *sorted(change.kinds))
        for change in comparison.changes
        for outline, node, side in (
            (comparison.before, change.before, "before"),
            (comparison.after, change.after, "after"),
        )
        if node is not None and is_placement(node)
    }


def expect_whole(comparison):
    """Expect that rows and columns of transitions are the totals of the rounds."""
    found = transitions_of(comparison)
    keys = [status and status.id for status in found.statuses]
    sides = (comparison.before, found.before), (comparison.after, found.now)
    for outline, counts in sides:
        assert is_consistent(outline)
        by_hand = Counter()
        for each in counted_by_hand(outline).values():
            by_hand.update(each.net)
        assert Counter(dict(zip(keys, counts, strict=True))) == by_hand
    for change in comparison.changes:
        for outline, node in (
            (comparison.before, change.before),
            (comparison.after, change.after),
        ):
            assert node is None or outline.exists(node)
    before = [each.net.total.before for each in term_totals(comparison.after, comparison.before)]
    if len(before) == len(counted_by_hand(comparison.before)) == 1 and before[0] is not None:
        assert before[0] == Counter(
            {key: count for key, count in zip(keys, found.before, strict=True) if count}
        )


def compare_totals(outline):
    by_hand = counted_by_hand(outline)
    found = term_totals(outline)
    assert [each.term for each in found] == [*map(term_node, by_hand)]
    for each, counted in zip(found, by_hand.values(), strict=True):
        assert (each.gross.total.now, each.net.total.now) == (counted.gross, counted.net)
        assert {row.node: row.now for row in each.net.rows} == {
            heading_node(key): counts for key, counts in counted.by_top.items()
        }
        assert {row.name: row.now for row in each.sections.rows} == counted.by_section
        for table in (each.gross, each.net, each.sections):
            parts = Counter()
            for row in (*table.rows, table.overlap):
                parts.update(row.now)
            assert +parts == table.total.now
        columns, total = each.columns, each.net.total.now
        assert columns.whole.count(total) + columns.outside.count(total) == each.actions
