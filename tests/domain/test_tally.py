"""The counts of every heading, kept from one outline to the next."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain.assembly import children_of
from kyodo_desktop.domain.counting import Tally
from tests.builders import node_of
from tests.outlines import noted

PLAN = noted("""
前期
  環境
    拠点
      ブース: ✓
      補助金: ・
  体制
    補助金:
""")
DONE, ONGOING = 1, 3


def under(tally, plan, *titles):
    return [dict(tally.under(node_of(plan, title))) for title in titles]


def test_a_node_counts_all_placements_below_it():
    assert under(Tally(PLAN), PLAN, "前期", "環境", "体制") == [
        {DONE: 1, ONGOING: 2},
        {DONE: 1, ONGOING: 1},
        {ONGOING: 1},
    ]


def test_a_changed_status_is_counted_wherever_its_action_stands():
    tally = Tally(PLAN)
    under(tally, PLAN, "前期", "環境", "体制")
    line = PLAN.lines[2][0]._replace(status_id=DONE)
    newer = replace(PLAN, lines={**PLAN.lines, 2: (line,)})
    tally.move_on(newer, [2], [])
    assert under(tally, newer, "前期", "拠点", "体制") == [{DONE: 3}, {DONE: 2}, {DONE: 1}]


def test_a_heading_that_moved_is_counted_where_it_stands_now():
    tally = Tally(PLAN)
    under(tally, PLAN, "前期", "環境", "拠点", "体制")
    moved = PLAN.headings[2]._replace(parent_id=3)
    headings = {**PLAN.headings, 2: moved}
    newer = replace(
        PLAN,
        headings=headings,
        children=children_of(headings.values(), PLAN.placements.values()),
    )
    tally.move_on(newer, [], [node_of(newer, "拠点")])
    assert under(tally, newer, "前期", "環境", "体制") == [
        {DONE: 1, ONGOING: 2},
        {},
        {DONE: 1, ONGOING: 2},
    ]
