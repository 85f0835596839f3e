"""委員会意見 beside 市の対応: 総括 first, then by heading as they are printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.nodes import heading_node, term_node
from kyodo_desktop.domain.plan import Opinion
from kyodo_desktop.pages.options import OPINIONS
from tests.outlines import DONE, outline_of_rows
from tests.pages.parts.making import laid_out, lines, part_of

pytestmark = pytest.mark.same_everywhere("values")

PLAN = outline_of_rows(
    ("環境", "拠点", "ブース", [(DONE, "実施")]),
    ("参画", "事業", "研修", []),
)


def said(**opinions):
    """Return the plan with what was said of headings, by h and their id; `whole` is 総括."""
    found = {}
    for place, (name, (text, response)) in enumerate(opinions.items()):
        key = None if name == "whole" else int(name[1:])
        found[key] = Opinion(place, 1, key, text, response)
    return replace(PLAN, opinions=found)


def test_what_the_city_does_stands_beside_what_was_said():
    plan = said(
        h3=("意見3", ""), whole=("総評", "改める"), h2=("意見2", "続ける"), h1=("", "対応1")
    )
    part = part_of(plan, OPINIONS)
    assert lines(part) == [
        ["対象", "委員会意見", "市の対応"],
        ["総括", "総評", "改める"],
        ["1 環境", "対応1"],
        ["1-(1) 拠点", "意見2", "続ける"],
        ["2 参画", "意見3"],
    ]
    unanswered = part_of(said(h1=("意見1", "")), OPINIONS)
    assert lines(unanswered) == [["対象", "委員会意見"], ["1 環境", "意見1"]]


def test_opinions_on_two_terms_stand_below_the_name_of_theirs():
    plan = said(whole=("総評", ""), h1=("意見1", ""), h3=("意見3", ""))
    headings = {**plan.headings, 3: plan.headings[3]._replace(term_id=2, position=0)}
    headings[4] = headings[4]._replace(term_id=2)
    children = {
        **plan.children,
        term_node(1): (heading_node(1),),
        term_node(2): (heading_node(3),),
    }
    both = replace(plan, headings=headings, children=children, chosen_terms=(1, 2))
    assert lines(part_of(both, OPINIONS))[1:] == [
        ["総括", "総評"],
        ["前期（平成23～27年度）"],
        ["1 環境", "意見1"],
        ["後期（平成28～32年度）"],
        ["1 参画", "意見3"],
    ]


def test_a_text_longer_than_a_page_loses_nothing_and_says_whose_it_is():
    long = "市民の声を聴いてほしい。\n" * 150
    (part,) = laid_out(said(whole=(long, "")), OPINIONS).parts
    assert len(part.pages) > 1
    cells = [row.cells for page in part.pages for row in page.rows]
    told = [cell.value for row in cells for cell in row if cell.column == 1][1:]
    assert "\n".join(told) == long.removesuffix("\n")
    assert part.pages[-1].rows[0].cells[0].value == "総括（続き）"
