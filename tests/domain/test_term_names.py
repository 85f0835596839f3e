"""Alike headings of two terms are told apart wherever both are meant."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain.checks.context import CheckContext
from kyodo_desktop.domain.comparing.before_after import Reasons, before_after_table
from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.replies.asking import FormRows
from kyodo_desktop.domain.terms import in_term, term_of
from tests.outlines import noted

ONE = noted("前期\n  環境\n    ブース: ✓\n後期\n")
BOTH = noted("前期\n  環境\n    ブース: ✓\n後期\n  環境\n    窓口: ・\n")
PLACES = [node for root in BOTH.roots for node in BOTH.below(root) if is_placement(node)]


def renamed(outline):
    return replace(
        outline,
        actions={
            key: each._replace(title="新" + each.title) for key, each in outline.actions.items()
        },
    )


def test_a_term_is_named_only_where_several_are_meant():
    first, second = PLACES
    assert [term_of(BOTH, each) for each in (BOTH.roots[1], first, second)] == [2, 1, 2]
    assert in_term(BOTH, second, "1 環境", {1, 2}) == "後期　1 環境"
    assert in_term(BOTH, second, "1 環境", {2}) == "1 環境"


def test_the_places_of_findings_name_the_term_while_two_go_on():
    assert [CheckContext(BOTH, "2015-11").place(each) for each in PLACES] == [
        "前期　1 環境 ①",
        "後期　1 環境 ①",
    ]
    assert CheckContext(ONE, "2015-11").place(PLACES[0]) == "1 環境 ①"


def test_a_before_after_table_of_the_whole_plan_names_the_terms():
    terms = (frozenset({1, 2}), frozenset({1, 2}))
    groups = before_after_table(compare(BOTH, renamed(BOTH), terms=terms), Reasons("", {}))
    assert [each.title for each in groups] == ["前期　1 環境", "後期　1 環境"]
    groups = before_after_table(compare(ONE, renamed(ONE), terms=terms), Reasons("", {}))
    assert [each.title for each in groups] == ["1 環境"]


def test_a_form_names_the_term_of_each_action_while_two_go_on():
    rows = FormRows(BOTH)
    assert [rows._path(each) for each in PLACES] == ["前期　1 環境", "後期　1 環境"]
