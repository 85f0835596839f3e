"""Dates in texts: which are a plan for the future, and which month they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.checks.context import CheckContext
from kyodo_desktop.domain.checks.texts import due_in_text, overdue
from tests.outlines import noted, with_texts


def told(text, mark="・", *, first_year=2011, due=None):
    """Return a plan of one action, read in the round of 平成27年度 (as of October 2015)."""
    outline = with_texts(noted(f"前期\n 施策\n  整備: {mark}"), 整備=text)
    return replace(
        outline,
        plan=outline.plan._replace(first_fiscal_year=first_year),
        actions={1: outline.actions[1]._replace(due=due)},
    )


def suggested(outline):
    return [finding.remedy.value for finding in due_in_text(CheckContext(outline, "2015-10"))]


PLANNED = {
    "28年3月予定": "2016-03",
    "センター開設すれば完了（28年3月予定）": "2016-03",
    "平成28年2月開設予定": "2016-02",
    "平成27年度運用予定": "2016-03",
    "平成２７年度に実施予定": "2016-03",
    "H28.3予定": "2016-03",
    "Ｈ２８．３完成予定": "2016-03",
    "平成二十八年三月開設予定": "2016-03",
    "平成 28 年 3 月 開設 予定": "2016-03",
    "2016/3完了予定": "2016-03",
    "2016-03-31 完了予定": "2016-03",
    "2021年4月供用開始": "2021-04",
    "令和3年度末までに全校へ整備する": "2022-03",
    "令和3年度から5年度まで整備を予定": "2024-03",
    "平成27～28年度に整備予定": "2017-03",
    "平成28年1月～3月に実施予定": "2016-03",
    "令和元年度に調査、2年度に設計、3年度完成予定": "2022-03",
    "平成26年度設計、平成27年度工事、平成28年3月完成予定": "2016-03",
    "平成27年10月に設計予定、平成28年3月に完成予定": "2016-03",
    "平成26年度に実施予定であったが、平成29年3月に延期": "2017-03",
    "完成予定：令和4年3月": "2022-03",
    "整備予定（令和4年度）": "2023-03",
    "完了時期は平成29年度": "2018-03",
    "令和5年度を目標に整備を進める": "2024-03",
    "令和5年度、供用開始予定": "2024-03",
    "令和4年4月（予定）": "2022-04",
    "令和4年4月から供用開始予定": "2022-04",
    "平成31年4月から新料金を適用予定": "2019-04",
    "平成30年10月から委託開始": "2018-10",
    "令和7年度末の完成を目指して工事中": "2026-03",
    "平成28年度の開館に向け準備中": "2017-03",
    "平成28年度完了を目途に、測量を実施": "2017-03",
    "平成28年度中に結論を得る見込み": "2017-03",
    "28年度内に策定する": "2017-03",
    "平成28年度上半期に開始予定": "2016-09",
    "平成28年度当初に開始予定": "2016-04",
    "平成28年秋オープン予定": "2016-11",
    "来年度実施予定": "2017-03",
    "今年度中に策定予定": "2016-03",
    "年度内に10台設置予定": "2016-03",
    "平成32年度までに50%を目標": "2021-03",
}
NOT_PLANNED = [
    "平成23年度から実施中",
    "平成25年度に導入済み",
    "平成23年度市民活動推進課新設し完了",
    "平成23年度に市民活動支援補助金創設（3年毎見直し運用）",
    "平成23年度試行、平成24年度から実施",
    "平成23年度から実施中（今後開催予定：七栄、浩養、洗心）",
    "平成26年度活動事例集発行",
    "平成27年4月に開館した",
    "平成25年度までに5校整備",
    "平成24年度から毎年開催",
    "予定どおり平成26年度に完了した",
    "平成28年3月開設予定でしたが未定",
    "平成23年度に設置し今後は拡充する予定",
    "平成27年度も開催予定",
    "平成28年度以降も継続予定",
    "平成27年度は3回開催予定",
    "年3回開催予定",
    "進捗率80%、1.5km整備予定",
    "平成28年度予算に計上予定",
    "平成29年度に着工予定",
    "令和4年度は開催予定",
    "令和5年度までの5年間実施",
    "昭和56年以前の建物の耐震診断を実施予定",
    "2020年東京オリンピックに向けて機運を高める",
    "第3次計画（令和3～7年度）に基づき実施",
    "平成27年度に策定した総合計画に基づき実施予定",
    "平成26年度末時点で3か所、目標は10か所",
    "工期：平成27年6月～平成28年3月",
]


@pytest.mark.parametrize("text", PLANNED)
def test_what_a_text_plans_is_offered_as_the_due_month(text):
    assert suggested(told(text)) == [PLANNED[text]]


@pytest.mark.parametrize("text", NOT_PLANNED)
def test_what_has_been_or_goes_on_is_no_due_month(text):
    assert suggested(told(text)) == []


@pytest.mark.parametrize(("text", "month"), [("R3年度", "2022-03"), ("2021年4月", "2021-04")])
def test_a_date_alone_is_a_due_month_only_where_the_end_is_near(text, month):
    assert suggested(told(text, "◇")) == [month]
    assert suggested(told(text, "・")) == []


@pytest.mark.parametrize("mark", "✓×")
def test_what_is_over_has_no_due_month_any_more(mark):
    assert suggested(told("28年3月予定", mark)) == []


@pytest.mark.parametrize(
    ("text", "first_year", "month"),
    [
        ("28年3月予定", 2011, "2016-03"),
        ("33年3月完成予定", 2016, "2021-03"),
        ("5年3月予定", 2018, "2023-03"),
        ("5年度完了予定", 2021, "2024-03"),
    ],
)
def test_an_era_left_out_is_that_of_the_plan(text, first_year, month):
    assert suggested(told(text, first_year=first_year)) == [month]


def test_a_month_that_the_text_allows_is_left_alone_and_another_one_is_not():
    assert suggested(told("平成27年度運用予定", due="2015-12")) == []
    assert suggested(told("平成27年度運用予定", due="2016-12")) == ["2016-03"]
    finding = next(due_in_text(CheckContext(told("28年3月予定", due="2016-12"), "2015-10")))
    assert finding.message == "文に「28年3月予定」とありますが、完了予定は平成28年12月です。"


def test_next_year_of_a_line_carried_forward_was_said_a_year_ago():
    outline = told("来年度実施予定")
    line = outline.lines[1][0]._replace(carried=1)
    assert suggested(replace(outline, lines={1: (line,)})) == []


def test_an_open_action_is_overdue_once_its_month_has_passed():
    outline = told("工事中", due="2016-03")
    assert list(overdue(CheckContext(outline, "2016-03"))) == []
    (finding,) = overdue(CheckContext(outline, "2016-04"))
    assert "平成28年3月" in finding.message
    assert list(overdue(CheckContext(told("完成", "✓", due="2016-03"), "2016-04"))) == []
