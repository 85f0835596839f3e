"""延べ and 実質, and percentages that add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.counting import gross, net, percentages, placements_under
from tests.builders import node_of
from tests.effort import examples
from tests.outlines import noted

PLAN = noted("""
前期
  環境
    ブース: ✓
    補助金: ・
    拠点
      基金:
  体制
    補助金:
""")


def test_the_placements_below_a_node_come_in_printed_order():
    found = placements_under(PLAN, node_of(PLAN, "環境"))
    assert [PLAN.title(node) for node in found] == ["ブース", "補助金", "基金"]
    booth = node_of(PLAN, "ブース")
    assert placements_under(PLAN, booth) == [booth]


def test_gross_counts_places_and_net_counts_actions():
    all_of_them = placements_under(PLAN, PLAN.roots[0])
    assert gross(PLAN, all_of_them) == {1: 1, 3: 2, None: 1}
    assert net(PLAN, all_of_them) == {1: 1, 3: 1, None: 1}


def test_the_sample_counts_as_it_was_published(workspace):
    plan = workspace.outline
    marks = {each.mark: each.id for each in plan.statuses.values()}
    everything = placements_under(plan, plan.roots[0])
    assert gross(plan, everything) == {marks["✓"]: 6, marks["◇"]: 7, marks["・"]: 21}
    assert net(plan, everything) == {marks["✓"]: 5, marks["◇"]: 7, marks["・"]: 20}


@examples(quick=50, deep=3_000)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=8).filter(any))
def test_percentages_add_up_to_100_and_lie_next_to_the_true_share(counts):
    shares = percentages(counts)
    tenths = [round(share * 10) for share in shares]
    assert sum(tenths) == 1000
    assert [each / 10 for each in tenths] == shares
    for count, tenth in zip(counts, tenths, strict=True):
        assert abs(tenth - count * 1000 / sum(counts)) < 1


@given(st.lists(st.integers(0, 50), min_size=2, max_size=6).filter(any))
def test_more_never_gets_a_smaller_share(counts):
    shares = dict(zip(counts, percentages(counts), strict=True))
    ordered = [shares[count] for count in sorted(shares)]
    assert ordered == sorted(ordered)


def test_what_is_left_goes_to_those_that_lost_most_the_earlier_first():
    assert percentages([1, 1, 1]) == [33.4, 33.3, 33.3]
    assert percentages([6, 7, 21]) == [17.6, 20.6, 61.8]
    assert percentages([5, 7, 20]) == [15.6, 21.9, 62.5]
    assert percentages([1, 5]) == [16.7, 83.3]


def test_nothing_to_share_is_zero_per_cent_of_each():
    assert percentages([0, 0]) == [0.0, 0.0]
    assert percentages([]) == []
