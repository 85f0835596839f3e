"""How much of a plan is open at first."""

from __future__ import annotations

from kyodo_desktop.domain.plan import Heading
from kyodo_desktop.ui.tree.opening import MANY, levels_to_open
from tests.outlines import large_outline, outline_of


def rows(outline):
    opened = levels_to_open(outline)
    return len(outline.roots) + sum(len(outline.children.get(node, ())) for node in opened)


def test_a_small_plan_is_open_throughout():
    outline = large_outline(300)
    assert rows(outline) == 1 + len(outline.headings) + 300


def test_of_a_larger_plan_as_many_levels_are_open_as_are_not_too_many_rows():
    outline = large_outline(2_000)
    assert rows(outline) == 1 + len(outline.headings) <= MANY


def test_the_terms_are_open_in_any_case():
    headings = [Heading(place, 1, None, place, "推進項目", "") for place in range(1, MANY + 2)]
    outline = outline_of(headings, [], [], [])
    assert levels_to_open(outline) == set(outline.roots)
