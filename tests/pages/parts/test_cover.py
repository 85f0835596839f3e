"""表紙: whose plan it is, and who signs; calm on every paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.narrowing import Narrowing
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import COVER, LISTING, Edition, Paper, ReportOptions
from kyodo_desktop.pages.report import make_report
from tests.outlines import NEAR, ROUND, outline_of_rows
from tests.pages.parts.making import MADE_ON, NO_EXTRAS, laid_out, part_of, texts

pytestmark = pytest.mark.same_everywhere("values")

PLAN = outline_of_rows(("環境", "拠点", "ブース", [(NEAR, "予定")]))
CITY = replace(PLAN, plan=PLAN.plan._replace(municipality="富里市"))
CLOSED = replace(CITY, round=ROUND._replace(closed_at="2015-11-30T09:00:00+09:00"))
LONG = "協働のまちづくりを支える市民活動と行政のしくみに関する" * 3


def test_it_names_the_city_the_plan_the_round_and_the_month():
    assert texts(part_of(CITY, COVER)) == [
        *("富里市", "協働のまちづくり推進計画", "進捗状況報告書"),
        *("平成27年度", "平成27年10月31日現在", "前期（平成23～27年度）", "確定前"),
        *("決裁", "市長", "副市長", "部長", "次長", "課長", "係長", "担当者", "決裁"),
        "平成27年11月作成",
    ]


def test_a_public_one_of_a_closed_round_has_nobody_sign_and_says_what_is_told():
    chosen = {"edition": Edition.PUBLIC, "narrowing": Narrowing(headings=("1",))}
    assert texts(part_of(CLOSED, COVER, **chosen)) == [
        *("富里市", "協働のまちづくり推進計画", "進捗状況報告書"),
        *("平成27年度", "平成27年10月31日現在", "前期（平成23～27年度）", "対象：1"),
        "平成27年11月作成",
    ]


@pytest.mark.parametrize(
    ("municipality", "head"),
    [("神石高原町", "町長"), ("港区", "区長"), ("", "部長"), ("千葉県", "知事")],
)
def test_the_head_of_any_city_signs_by_its_own_name(municipality, head):
    outline = replace(PLAN, plan=PLAN.plan._replace(municipality=municipality))
    found = texts(part_of(outline, COVER))
    assert found[found.index("決裁") + 1] == head


def test_the_city_is_the_author_of_the_report():
    report = make_report(CITY, ReportOptions(parts=(LISTING,)), extras=NO_EXTRAS, made_on=MADE_ON)
    assert report.author == "富里市"


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("title", ["協働計画", LONG])
def test_it_fills_one_page_of_every_paper(paper, title):
    outline = replace(CITY, plan=CITY.plan._replace(title=title[:62]))
    laid = laid_out(outline, COVER, paper=paper)
    (part,) = laid.parts
    (page,) = part.pages
    height = sum(row.height for row in page.rows)
    assert laid.paper.height * 0.97 <= height <= laid.paper.height
    assert part.size == laid.paper.text
    assert [row.kind for row in page.rows].count(RowRole.TITLE) == 1
