"""計画の概要, 委員会意見 and 変更の履歴: wrapped texts in rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.nodes import heading_node, term_node
from kyodo_desktop.domain.plan import Opinion, Principle
from kyodo_desktop.domain.reporting import Extras, HistoryLine
from kyodo_desktop.excel.layout import TALLEST_ROW
from tests.outlines import DONE, ONGOING, outline_of_rows

pytestmark = pytest.mark.same_everywhere("test_report.py lets Windows write such sheets")

PLAN = outline_of_rows(
    ("環境", "拠点", "ブース", [(DONE, "実施")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討")]),
    ("参画", "事業", "ブース", []),
)


def texts(sheet):
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def opinion(heading_id, text):
    return Opinion(heading_id or 9, 1, heading_id, text)


def test_the_overview_tells_the_plan_and_counts_each_action_once(written):
    principles = {1: Principle(1, 0, "①", "目的意識の共有"), 2: Principle(2, 1, "②", "協力")}
    found = texts(written(replace(PLAN, principles=principles))["計画の概要"])
    assert ["計画期間", "平成23～32年度"] in found
    assert ["基本原則", "① 目的意識の共有"] in found
    assert ["② 協力"] in found
    assert ["実行計画", "① ② ③ …", "2件"] in found
    assert ["状態の区分", "✓ 完了", "完了", "1件"] in found
    assert ["－中止", "中止（集計に含めない）", "0件"] in found
    assert ["主体"] not in [row[:1] for row in found]


def test_opinions_begin_with_the_overall_one_and_go_on_in_printed_order(written):
    opinions = {each: opinion(each, f"意見{each}") for each in (3, None, 1)}
    sheet = written(replace(PLAN, opinions=opinions))["委員会意見"]
    assert texts(sheet)[2:] == [
        ["推進項目", "委員会意見"],
        ["総括", "意見None"],
        ["1 環境", "意見1"],
        ["2 参画", "意見3"],
    ]
    assert sheet.print_title_rows == "$3:$3"


def test_opinions_on_two_terms_stand_below_the_name_of_theirs(written):
    headings = {
        **PLAN.headings,
        3: PLAN.headings[3]._replace(term_id=2, title="環境", position=0),
    }
    children = {
        **PLAN.children,
        term_node(1): (heading_node(1),),
        term_node(2): (heading_node(3),),
    }
    opinions = {each: opinion(each, f"意見{each}") for each in (3, None, 1)}
    plan = replace(PLAN, headings=headings, children=children, opinions=opinions)
    assert texts(written(plan)["委員会意見"])[3:] == [
        ["総括", "意見None"],
        ["前期（平成23～27年度）"],
        ["1 環境", "意見1"],
        ["後期（平成28～32年度）"],
        ["1 環境", "意見3"],
    ]


def test_a_text_taller_than_a_row_goes_on_below_and_loses_nothing(written):
    long = "市民の声を聴いてほしい。\n" * 200
    sheet = written(replace(PLAN, opinions={None: opinion(None, long)}))["委員会意見"]
    parts = [row[1].value for row in sheet.iter_rows(min_row=4)]
    assert len(parts) > 5
    assert "\n".join(parts) == long.rstrip("\n")
    assert max(each.height for each in sheet.row_dimensions.values()) <= TALLEST_ROW


def test_the_history_is_one_field_a_row_with_a_filter(written):
    line = HistoryLine("2026-11-23T18:05:00+09:00", "市民 花子", "完了予定を変更")
    full = line._replace(action="ブース", item="実行計画", field="完了予定", old="", new="=1+1")
    extras = Extras(history=(full, line))
    sheet = written(PLAN, extras=extras, sheets=("変更の履歴",))["変更の履歴"]
    first, second = texts(sheet)[3:]
    assert first == [
        *("令和8年11月23日\n18:05", "市民 花子", "完了予定を変更"),
        *("ブース", "実行計画", "完了予定", "=1+1"),
    ]
    assert second == first[:3]
    assert sheet.auto_filter.ref == "A3:H5"
    assert sheet.freeze_panes == "A4"
