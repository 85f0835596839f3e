"""The plan in memory: walking it, its numbers, its 再掲 and the status of an action."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.nodes import heading_node, placement_node, term_node
from kyodo_desktop.domain.plan import Assignment, Role
from tests.builders import action_of, node_of
from tests.outlines import noted

PLAN = noted("""
前期
  環境
    拠点
      ブース: ✓
      補助金: ・✓
    支援
      基金:
  体制
    補助金:
後期
""")


def titles(nodes):
    return [PLAN.title(node) for node in nodes]


def test_the_plan_is_walked_in_printed_order():
    assert titles(PLAN.roots) == ["前期", "後期"]
    assert titles(PLAN.below(PLAN.roots[0])) == [
        "環境",
        "拠点",
        "ブース",
        "補助金",
        "支援",
        "基金",
        "体制",
        "補助金",
    ]


def test_every_node_but_a_term_knows_what_stands_above_it():
    booth = node_of(PLAN, "ブース")
    assert titles(PLAN.ancestors(booth)) == ["拠点", "環境", "前期"]
    assert titles([PLAN.parent(booth)]) == ["拠点"]
    assert PLAN.parent(term_node(1)) is None
    assert [PLAN.depth(node_of(PLAN, each)) for each in ("環境", "拠点", "ブース")] == [0, 1, 2]


def test_a_node_is_there_or_not():
    assert all(PLAN.exists(make(1)) for make in (term_node, heading_node, placement_node))
    assert not any(PLAN.exists(make(99)) for make in (term_node, heading_node, placement_node))


def test_numbers_follow_from_the_place_and_the_style_of_the_level():
    assert PLAN.label(node_of(PLAN, "環境")) == "1 環境"
    assert PLAN.label(node_of(PLAN, "支援")) == "(2) 支援"
    assert PLAN.label(node_of(PLAN, "補助金")) == "② 補助金"
    assert PLAN.label(node_of(PLAN, "補助金", nth=1)) == "① 補助金"
    assert PLAN.label(term_node(1)) == "前期"


def test_a_number_that_was_typed_is_printed_and_the_others_count_on():
    headings = {**PLAN.headings, 1: PLAN.headings[1]._replace(number="Ａ")}
    placements = {**PLAN.placements, 1: PLAN.placements[1]._replace(number="イ")}
    plan = replace(PLAN, headings=headings, placements=placements)
    assert plan.label(node_of(plan, "環境")) == "Ａ 環境"
    assert plan.label(node_of(plan, "体制")) == "2 体制"
    assert plan.label(node_of(plan, "ブース")) == "イ ブース"
    assert plan.label(node_of(plan, "補助金")) == "② 補助金"


def test_an_action_beside_sub_headings_does_not_count_as_one():
    plan = noted("""
前期
  環境
    見回り: ・
    拠点
""")
    assert plan.label(node_of(plan, "拠点")) == "(1) 拠点"
    assert plan.label(node_of(plan, "見回り")) == "① 見回り"


def test_the_levels_are_named_from_the_top_to_the_action():
    names = [PLAN.level_of(node_of(PLAN, each)).name for each in ("環境", "拠点", "ブース")]
    assert names == ["推進項目", "施策", "実行計画"]


def test_the_first_placement_is_the_home_and_the_others_are_relisted():
    home, again = node_of(PLAN, "補助金"), node_of(PLAN, "補助金", nth=1)
    assert [PLAN.is_relisted(node) for node in (home, again)] == [False, True]
    assert PLAN.action_at(home) is PLAN.action_at(again)
    assert not PLAN.is_relisted(node_of(PLAN, "環境"))
    assert PLAN.action_at(node_of(PLAN, "環境")) is None


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        ("", None),
        ("?", None),
        ("✓", "✓"),
        ("✓✓", "✓"),
        ("✓◇", "◇"),
        ("◇・✓", "・"),
        ("✓－", "－"),
        ("・－", "－"),
        ("?✓", "✓"),
        ("×", "×"),
        ("××", "×"),
        ("×✓", "✓"),
        ("・×", "・"),
    ],
)
def test_the_status_of_an_action_is_the_least_advanced_of_its_lines(lines, mark):
    plan = noted(f"前期\n  環境\n    ブース: {lines}")
    status = plan.status(1)
    assert (status and status.mark) == mark


def test_of_two_marks_with_one_meaning_the_later_one_in_the_legend_is_less_advanced():
    plan = noted("前期\n  環境\n    ブース: ✓◇")
    statuses = {number: each._replace(kind="ongoing") for number, each in plan.statuses.items()}
    status = replace(plan, statuses=statuses).status(1)
    assert status is not None
    assert status.mark == "◇"


@pytest.mark.parametrize(("mark", "late"), [("・", True), ("", True), ("✓", False), ("×", False)])
def test_an_action_is_overdue_while_it_has_not_ended(mark, late):
    plan = noted(f"前期\n  環境\n    ブース: {mark}")
    plan.actions[1] = plan.actions[1]._replace(due="2016-03")
    assert plan.is_overdue(1, "2016-04") is late
    assert not plan.is_overdue(1, "2016-03")


def test_an_action_without_a_due_month_is_never_overdue():
    assert not PLAN.is_overdue(action_of(PLAN, "基金"), "2200-12")


def test_the_sections_are_told_by_their_part():
    plan = replace(
        PLAN, assignments={1: (Assignment(1, 1, 2, "lead"), Assignment(2, 1, 1, "related"))}
    )
    assert plan.lead(1) == "総務課"
    assert plan.section_names(1, Role.RELATED) == ["市民活動推進課"]
    assert plan.lead(2) == ""


def test_what_has_no_number_does_not_take_that_of_its_heading():
    """All actions of a heading would have the same one."""
    plan = noted("""
前期
  環境
    取組: ・
    催し: ・
""")
    levels = tuple(
        each._replace(numbering=style)
        for each, style in zip(plan.levels, ("1", "", ""), strict=True)
    )
    free = replace(plan, levels=levels)
    places = [placement_node(each) for each in free.placements]
    assert [free.path_number(each) for each in places] == ["", ""]
    assert [free.place_label(each) for each in places] == ["1 取組", "1 催し"]


def test_a_number_that_says_what_it_stands_under_is_not_said_twice():
    plan = noted("""
前期
  基本目標
    基本施策
      取組: ・
""")
    heading, below = plan.headings.values()
    numbers = {1: heading._replace(number="3"), 2: below._replace(number="3-2")}
    place = next(iter(plan.placements.values()))
    for number, path in (
        *(("3-2-1", "3-2-1"), ("①", "3-2-①"), ("3-21", "3-2-3-21")),
        *(("3-2", "3-2"), ("3", "3-2-3")),
    ):
        placements = {place.id: place._replace(number=number)}
        told = replace(plan, headings=numbers, placements=placements)
        assert told.path_number(placement_node(place.id)) == path
    assert plan.path_number(placement_node(place.id)) == "1-(1)-①"
    plain = tuple(each._replace(numbering="1") for each in plan.levels)
    assert replace(plan, levels=plain).place_label(placement_node(place.id)) == "1-1-1 取組"
