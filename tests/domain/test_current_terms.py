"""A term is over when its years are and a later one has taken its place."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain.terms import (
    is_over,
    outside_the_round,
    overdue_cutoff,
    reported_terms,
    terms_over,
)
from tests.outlines import noted

FIRST = "前期\n  環境\n    ブース: ✓\n後期\n"
BOTH = noted(f"{FIRST}  環境\n    窓口: ・\n")


def in_year(outline, year):
    return replace(outline, round=outline.round._replace(fiscal_year=year))


def test_a_term_is_over_after_its_last_year_if_a_later_one_has_actions():
    assert [terms_over(in_year(BOTH, year)) for year in (2015, 2016)] == [set(), {1}]
    assert is_over(BOTH, 1, 2016)
    assert not is_over(in_year(noted(FIRST), 2016), 1)


def test_a_term_that_was_drawn_up_after_the_round_does_not_end_the_one_before_in_it():
    late = in_year(noted(f"{FIRST}  環境\n    窓口:\n"), 2016)
    assert terms_over(late) == set()
    assert terms_over(replace(late, lines={})) == {1}
    assert terms_over(late, 2016) == {1}


def test_it_is_told_why_a_round_does_not_ask_for_a_term():
    after = in_year(BOTH, 2016)
    assert outside_the_round(after, 1) == "前期は平成27年度まで（この調査の対象外）"
    assert outside_the_round(after, 2) == ""
    assert outside_the_round(in_year(noted(FIRST), 2016), 1) == ""


def test_a_term_that_has_been_drawn_up_ahead_has_not_begun_yet():
    second = BOTH.terms[2]._replace(first_fiscal_year=2016, last_fiscal_year=2020)
    ahead = replace(in_year(BOTH, 2015), terms={**BOTH.terms, 2: second})
    assert outside_the_round(ahead, 1) == ""
    assert outside_the_round(ahead, 2).startswith("後期は平成28年度から（")
    alone = noted("前期\n後期\n  環境\n    窓口: ・\n")
    alone = replace(in_year(alone, 2015), terms={**alone.terms, 2: second})
    assert outside_the_round(alone, 2) == ""


def test_a_report_is_about_the_terms_that_its_round_asks_about():
    """A just drawn-up term does not fill the report of a round of the one before."""
    second = BOTH.terms[2]._replace(first_fiscal_year=2016, last_fiscal_year=2020)
    drawn_up = noted(f"{FIRST}  環境\n    窓口:\n")
    drawn_up = replace(drawn_up, terms={**drawn_up.terms, 2: second})
    assert reported_terms(in_year(drawn_up, 2015)) == [1]
    assert reported_terms(in_year(drawn_up, 2016)) == [1]  # of which alone the round speaks
    answered = replace(BOTH, terms=drawn_up.terms)
    assert reported_terms(in_year(answered, 2016)) == [2]
    side_by_side = noted(f"{FIRST}  環境\n    窓口:\n")
    assert reported_terms(side_by_side) == [1, 2]


def test_where_nothing_else_is_left_a_report_shows_the_terms_there_are():
    assert reported_terms(replace(BOTH, round=None)) == [1, 2]
    assert reported_terms(noted("前期\n後期\n")) == []
    second = BOTH.terms[2]._replace(first_fiscal_year=2016, last_fiscal_year=2020)
    alone = noted("前期\n後期\n  環境\n    窓口:\n")
    assert reported_terms(replace(in_year(alone, 2009), terms={**BOTH.terms, 2: second})) == [2]
    ahead = replace(in_year(BOTH, 2015), terms={**BOTH.terms, 2: second})
    assert reported_terms(replace(ahead, chosen_terms=(1, 2))) == [1, 2]


def test_without_a_round_no_term_is_over():
    assert terms_over(replace(BOTH, round=None)) == frozenset()


def test_late_is_late_by_the_present_month_while_a_round_is_under_way():
    assert overdue_cutoff(BOTH, "2017-03") == "2017-03"
    assert overdue_cutoff(replace(BOTH, round=None), "2026-11") == "2026-11"


def test_what_a_round_of_the_past_calls_late_stays_so():
    assert overdue_cutoff(BOTH, "2017-04") == "2015-10"
    closed = replace(BOTH, round=BOTH.round._replace(closed_at="2016-02-01T09:00:00+09:00"))
    assert overdue_cutoff(closed, "2016-03") == "2015-10"
