"""Printed numbers, up to where a series of characters ends."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.numbering import STYLES, number


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("1", {1: "1", 10: "10", 100: "100"}),
        ("(1)", {1: "(1)", 21: "(21)"}),
        ("①", {1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿"}),
        ("ア", {1: "ア", 5: "オ", 6: "カ", 45: "ヲ", 46: "ン"}),
        ("(ア)", {1: "(ア)", 46: "(ン)"}),
        ("Ⅰ", {1: "Ⅰ", 4: "Ⅳ", 12: "Ⅻ"}),
        ("", {1: "", 99: ""}),
    ],
)
def test_each_style_counts_in_its_own_characters(style, numbers):
    assert {place: number(style, place) for place in numbers} == numbers


@pytest.mark.parametrize(
    ("style", "place", "printed"),
    [("①", 51, "(51)"), ("ア", 47, "47"), ("(ア)", 47, "(47)"), ("Ⅰ", 13, "13")],
)
def test_plain_numbers_go_on_where_the_characters_end(style, place, printed):
    assert number(style, place) == printed


@pytest.mark.parametrize("style", [style for style in STYLES if style])
def test_no_two_places_have_the_same_number(style):
    printed = [number(style, place) for place in range(1, 200)]
    assert len(set(printed)) == len(printed)


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_called_by_its_own_first_number(style):
    assert number(style, 1) == style


def test_a_style_that_nobody_knows_prints_no_number():
    assert number("甲", 1) == ""
