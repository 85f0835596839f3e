"""The first steps of a plan, in the words of its levels."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain import guide
from tests.outlines import noted

EMPTY = noted("前期\n後期\n")
BEGUN = noted("前期\n  環境\n    ブース: ✓\n    窓口:\n後期\n")


def test_the_steps_have_the_names_of_the_levels():
    assert [each.title for each in guide.steps(EMPTY)] == [
        "推進項目を作る",
        "施策を作る",
        "実行計画を入れる",
        "担当課と完了予定を入れる",
        "進捗を記入する",
    ]


def test_a_round_that_is_there_from_the_beginning_is_no_step_that_was_done():
    assert EMPTY.round is not None
    assert not guide.steps(EMPTY)[-1].is_done
    assert guide.steps(replace(EMPTY, round=None))[-1].title == "調査を始める"


def test_a_plan_of_two_levels_has_a_step_less():
    levels = (EMPTY.levels[0], EMPTY.levels[-1])
    assert len(guide.steps(replace(EMPTY, levels=levels))) == 4


def test_the_next_step_is_the_first_that_is_not_done():
    assert guide.next_step(guide.steps(EMPTY)) == 0
    found = guide.steps(BEGUN)
    assert guide.next_step(found) == 2
    assert found[2].so_far == "2 / 10"
    assert found[-1].is_done


def test_steps_are_of_use_until_ten_actions_stand():
    lines = "".join(f"    {number}:\n" for number in range(10))
    assert guide.is_wanted(EMPTY)
    assert guide.is_wanted(BEGUN)
    assert not guide.is_wanted(noted(f"前期\n  環境\n{lines}"))


def test_a_plan_is_empty_without_a_heading():
    assert guide.is_empty(EMPTY)
    assert not guide.is_empty(noted("前期\n  環境\n"))
