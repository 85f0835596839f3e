"""What the overview counts, and the sentences where there is nothing to count."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kyodo_desktop.domain import overview
from kyodo_desktop.domain.changes import ChangeSet, RowChange
from kyodo_desktop.domain.nodes import term_node
from kyodo_desktop.domain.outline import Record
from kyodo_desktop.domain.plan import StatusKind
from tests.builders import action_of, node_of
from tests.outlines import DONE, NEAR, ONGOING, ROUND, STOPPED, by_id, line, noted

PLAN = """
前期
  環境
    ブース: ✓
    窓口: ◇
    基金:
  担い手
    講座: ・
    ブース: ✓
後期
"""


@pytest.fixture
def outline():
    return noted(PLAN)


def with_due(outline, **dues):
    actions = {
        key: each._replace(due=dues.get(each.title)) for key, each in outline.actions.items()
    }
    return replace(outline, actions=actions)


def actions_below(outline, node):
    return overview.actions_at(outline, overview.placements_below(outline, node))


def labels(outline):
    return [each.label for each in overview.groups(outline)]


class TestGroups:
    def test_a_few_statuses_are_counted_apart_the_most_advanced_first(self, outline):
        shuffled = replace(outline, statuses=by_id(ONGOING, NEAR, DONE))
        assert labels(shuffled) == ["完了", "完了の目途", "継続中", "未記入"]

    def test_of_many_those_of_a_kind_are_one(self, outline):
        many = [
            DONE._replace(id=10 + n, label=f"評価{n}", kind="done" if n < 9 else "ongoing")
            for n in range(30)
        ]
        shown = overview.groups(replace(outline, statuses=by_id(*many, NEAR)))
        assert [(each.label, len(each.status_ids)) for each in shown] == [
            ("完了", 9),
            ("完了の目途", 1),
            ("継続中", 21),
            ("未記入", 1),
        ]
        assert shown[1].status == NEAR
        assert shown[1].kind is StatusKind.NEAR

    def test_what_does_not_count_in_totals_is_in_none(self, outline):
        assert "中止" not in labels(replace(outline, statuses=by_id(DONE, STOPPED)))

    def test_placements_are_counted_and_the_done_told(self, outline):
        shown, counts = overview.groups(outline), Counter({1: 2, 3: 1, None: 1})
        assert (overview.done(shown, counts), overview.total(shown, counts)) == (2, 4)


@pytest.mark.parametrize(
    ("now", "before", "text"), [(3, 2, "＋1"), (21, 24, "－3"), (5, 5, ""), (1234, 0, "＋1,234")]
)
def test_a_change_has_a_sign_that_offices_read_as_it_is_meant(now, before, text):
    assert overview.change(now, before) == text


class TestRows:
    def test_of_nothing_chosen_the_headings_of_the_only_term_under_way(self, outline):
        top = [node_of(outline, "環境"), node_of(outline, "担い手")]
        assert overview.rows_below(outline, None) == top
        assert overview.rows_below(outline, term_node(1)) == top

    def test_of_two_terms_under_way_each_has_a_row(self):
        outline = noted("前期\n  環境\n    a: ✓\n後期\n  環境\n    b: ・\n")
        assert overview.rows_below(outline, None) == [term_node(1), term_node(2)]

    def test_the_lowest_heading_has_none(self, outline):
        assert overview.rows_below(outline, node_of(outline, "環境")) == []

    def test_an_action_that_stands_twice_is_one_action(self, outline):
        below = actions_below(outline, None)
        assert len(below) == len(outline.actions)
        assert below[action_of(outline, "ブース")] == node_of(outline, "ブース")


class TestCounts:
    @pytest.fixture
    def standing(self, outline):
        said = {action_of(outline, "窓口"): (line(90, 2, status_id=ONGOING.id),)}
        earlier = Record(ROUND._replace(id=2, name="平成26年度"), lines=said, outlooks={})
        return overview.OverviewCounts(replace(outline, previous=earlier))

    def test_this_round_and_the_one_before_are_counted(self, standing):
        node = node_of(standing.outline, "環境")
        assert standing.counts(node) == Counter({1: 1, 2: 1, None: 1})
        assert standing.counts_before(node) == Counter({3: 1, None: 2})
        assert standing.counts(None).total() == 5

    def test_without_a_round_before_there_is_nothing_to_compare_with(self, outline):
        assert overview.OverviewCounts(outline).counts_before(None) is None

    def test_it_counts_what_an_edit_made_of_the_plan(self, standing):
        outline = standing.outline
        fund = action_of(outline, "基金")
        newer = replace(outline, lines={**outline.lines, fund: (line(91, fund, status_id=1),)})
        standing.counts(None)
        row = RowChange("progress", 91, None, {"id": 91, "action_id": fund}, fund)
        standing.move_on(newer, ChangeSet("", (row,)))
        assert standing.counts(node_of(newer, "環境"))[None] == 0

    def test_it_begins_again_where_other_headings_stand(self, standing, outline):
        standing.counts(None)
        standing.move_on(noted("前期\n  環境\n    ブース: ✓\n"), ChangeSet("", (), whole=True))
        assert standing.counts(None) == Counter({1: 1})


class TestDates:
    @pytest.fixture
    def dated(self, outline):
        return with_due(outline, ブース="2014-03", 窓口="2015-03", 基金="2014-03", 講座="2015-12")

    def test_the_longest_overdue_comes_first_and_the_done_never(self, dated):
        late = overview.overdue(dated, actions_below(dated, None), "2015-10")
        assert [(dated.title(each.node), each.months) for each in late] == [
            ("基金", 19),
            ("窓口", 7),
        ]

    def test_three_months_begin_with_the_present_one(self, dated):
        below = actions_below(dated, None)
        for month, titles in (("2015-09", []), ("2015-10", ["講座"]), ("2015-12", ["講座"])):
            soon = overview.due_soon(dated, below, month)
            assert [dated.title(each.node) for each in soon] == titles

    def test_nobody_knows_of_a_term_that_is_over_unless_the_round_speaks_of_it(self):
        titles = "a: ・\n    b:\n    c: ・\n    d:\n"
        halves = noted(f"前期\n  環境\n    {titles}後期\n  環境\n    e: ・\n")
        later = replace(halves, round=ROUND._replace(fiscal_year=2016))
        plan = with_due(later, a="2016-01", b="2016-01", c="2016-05", d="2016-05")
        below = actions_below(plan, term_node(1))
        late, soon = (
            overview.overdue(plan, below, "2016-04"),
            overview.due_soon(plan, below, "2016-04"),
        )
        assert [[plan.title(each.node) for each in found] for found in (late, soon)] == [
            ["a"],
            ["c"],
        ]

    @pytest.mark.parametrize(
        ("months", "text"), [(19, "1年7か月"), (7, "7か月"), (24, "2年"), (0, "0か月")]
    )
    def test_how_long_is_told_in_years_and_months(self, months, text):
        assert overview.months_label(months) == text


class TestSentences:
    def test_there_is_something_to_show(self, outline):
        assert overview.why_nothing(outline, None) == ""

    def test_a_heading_without_actions_says_so(self, outline):
        assert "実行計画がまだありません" in overview.why_nothing(outline, term_node(2))

    def test_without_a_round_nothing_is_known(self, outline):
        assert "調査がまだありません" in overview.why_nothing(replace(outline, round=None), None)

    def test_a_term_that_is_over_is_no_matter_of_the_round(self):
        outline = noted("前期\n  環境\n    a: ✓\n後期\n  環境\n    b: ・\n")
        later = replace(outline, round=ROUND._replace(fiscal_year=2016))
        assert "対象外" in overview.why_nothing(later, term_node(1))
        assert overview.why_nothing(later, None) == ""
