"""Which term follows: the empty one that is there, or one that must be made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.next_term.terms import next_term, plan_name, present_term, refusal
from tests.outlines import noted

FILLED = """
前期
  環境
    ブース: ✓
"""
BOTH = noted(f"{FILLED}後期\n  環境\n    窓口:\n")


def in_year(outline, year):
    return replace(outline, round=outline.round._replace(fiscal_year=year))


def with_years(outline, term_id, *years, **fields):
    term = outline.terms[term_id]._replace(
        first_fiscal_year=years[0], last_fiscal_year=years[1], **fields
    )
    return replace(outline, terms={**outline.terms, term_id: term})


def test_an_empty_term_that_follows_is_the_next_one():
    outline = with_years(noted(f"{FILLED}後期"), 2, 2016, 2020)
    assert present_term(outline) == 1
    assert next_term(outline, 1) == (2, "後期", 2016, 2020)
    assert refusal(outline) == ""


def test_without_one_it_takes_the_rest_of_the_plan():
    assert next_term(noted(FILLED), 1) == (None, "後期", 2016, 2020)


def test_beyond_the_plan_it_is_as_long_as_the_one_before():
    outline = with_years(BOTH, 2, 2016, 2020)
    assert present_term(in_year(outline, 2018)) == 2
    assert next_term(outline, 2) == (None, "次期", 2021, 2025)


@pytest.mark.parametrize(
    ("name", "following"),
    [("前期", "後期"), ("前期計画", "後期計画"), ("第1期", "第2期"), ("全期間", "次期")],
)
def test_names_are_counted_on(name, following):
    outline = with_years(noted(FILLED), 1, 2011, 2015, name=name)
    assert next_term(outline, 1).name == following
    assert plan_name("後期") == plan_name("後期計画") == "後期計画"


def test_a_plan_without_an_action_has_no_next_term():
    assert "実行計画がまだ1件もない" in refusal(noted("前期\n  環境"))


def test_a_term_that_was_begun_is_not_drawn_up_again():
    outline = with_years(BOTH, 2, 2016, 2020)
    reason = refusal(outline)
    assert "「後期」には見出しが既にあるため" in reason
    assert "「後期」の見出しをすべて削除してください" in reason
    assert refusal(in_year(outline, 2016)) == ""
