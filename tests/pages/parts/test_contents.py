"""目次・凡例: where each part is, and what the marks mean and how often they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.plan import Status, StatusKind
from kyodo_desktop.pages.content import PageOf
from kyodo_desktop.pages.options import CONTENTS, COVER, LISTING, PARTS, Paper
from tests.outlines import DONE, HALVES, NEAR, STOPPED, by_id, noted, outline_of_rows
from tests.pages.parts.making import laid_out, part_of, tables

pytestmark = pytest.mark.same_everywhere("values")

PLAN = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "予定")]),
    ("環境", "拠点", "補助金", [(STOPPED, "")]),
    ("参画", "事業", "ブース", []),
    ("参画", "事業", "研修", []),
)
MANY = {
    n: Status(n, n, f"印{n}", f"第{n}段階", "ここまで進んだもの", kind, "#2e7d4f", 1)
    for n, kind in enumerate([*StatusKind] * 6, start=1)
}


def test_each_part_that_is_in_the_report_stands_with_its_page():
    laid = laid_out(PLAN, COVER, CONTENTS, LISTING, PARTS[-1])
    assert [each.name for each in laid.parts] == [COVER, CONTENTS, LISTING]
    contents = part_of(PLAN, CONTENTS, parts=(COVER, CONTENTS, LISTING, PARTS[-1]))
    assert tables(contents)[0] == [["内容", "ページ"], [LISTING, PageOf(LISTING)]]
    lines = [
        cell.lines for row in laid.parts[1].pages[0].rows for cell in row.cells if cell.value == 3
    ]
    assert ("3",) in lines
    assert laid.parts[2].pages[0].number == 3


def test_each_mark_has_its_meaning_and_its_count_of_actions():
    statuses = by_id(DONE, NEAR._replace(definition="年度内に完了する"), STOPPED)
    (legend,) = tables(part_of(replace(PLAN, statuses=statuses), CONTENTS))
    assert legend == [
        ["印", "状態", "意味", "件数"],
        ["✓", "完了", "", 0],
        ["◇", "完了の目途", "年度内に完了する", 1],
        ["－", "中止", "（集計に含めない）", 1],
        ["", "未記入", "進捗状況がまだ記入されていないもの", 1],
        ["", "計", "", 3],
    ]


def test_several_terms_have_counts_of_their_own_and_no_column_stays_empty():
    both = replace(
        noted("前期\n  環境\n    ブース: ✓\n後期\n  環境\n    窓口: ・\n    冊子: ・\n"),
        terms=by_id(*HALVES),
        chosen_terms=(1, 2),
        statuses=by_id(DONE, NEAR),
        lines={},
    )
    (legend,) = tables(part_of(both, CONTENTS))
    assert legend[0] == ["印", "状態", "意味", "前期", "後期"]
    assert legend[-2:] == [
        ["", "未記入", "進捗状況がまだ記入されていないもの", 1, 2],
        ["", "計", "", 1, 2],
    ]
    plain = replace(noted("前期\n  環境\n    ブース: ✓\n"), statuses=by_id(DONE))
    assert tables(part_of(plain, CONTENTS)) == [
        [["印", "状態", "件数"], ["✓", "完了", 1], ["", "計", 1]]
    ]


@pytest.mark.parametrize("paper", Paper)
def test_thirty_statuses_and_all_parts_take_one_page(paper):
    many = replace(PLAN, statuses=MANY, lines={})
    laid = laid_out(many, *PARTS, paper=paper)
    contents = next(each for each in laid.parts if each.name == CONTENTS)
    assert len(contents.pages) == 1
    assert contents.size >= laid.paper.text * 0.8
