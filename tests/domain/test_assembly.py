"""The indexes of an outline: built from the rows, and kept from edit to edit."""

from __future__ import annotations

from kyodo_desktop.domain.assembly import Move, children_of, grouped, regrouped
from kyodo_desktop.domain.nodes import heading_node, placement_node, term_node
from kyodo_desktop.domain.plan import Heading, Placement

HEADINGS = [
    Heading(1, 9, None, 0, "環境", ""),
    Heading(2, 9, 1, 0, "拠点", ""),
    Heading(3, 9, None, 1, "体制", ""),
]


def same(member):
    return member


def test_members_are_grouped_in_the_order_in_which_they_come():
    assert grouped("あいう", lambda each: each == "い") == {False: ("あ", "う"), True: ("い",)}


def test_actions_stand_before_sub_headings():
    assert children_of(HEADINGS, [Placement(5, 1, 0, 7, "")]) == {
        term_node(9): (heading_node(1), heading_node(3)),
        heading_node(1): (placement_node(5), heading_node(2)),
    }


def test_a_member_comes_moves_and_goes():
    groups = {1: (10, 20), 2: (30,)}
    assert regrouped(groups, [Move(None, None, 1, 15)], same) == {1: (10, 15, 20), 2: (30,)}
    assert regrouped(groups, [Move(1, 20, 2, 20)], same) == {1: (10,), 2: (20, 30)}
    assert regrouped(groups, [Move(1, 10, None, None)], same) == {1: (20,), 2: (30,)}
    assert groups == {1: (10, 20), 2: (30,)}


def test_a_group_left_empty_is_dropped_and_a_new_one_opens():
    assert regrouped({2: (30,)}, [Move(2, 30, 3, 30)], same) == {3: (30,)}


def test_a_group_that_nothing_touches_is_not_made_anew():
    groups = {1: (20, 10), 2: (30,)}
    assert regrouped(groups, [Move(None, None, 2, 40)], same)[1] is groups[1]
