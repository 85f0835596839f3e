"""Marks and texts that contradict each other, and the many that only seem to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.checks.context import CheckContext
from kyodo_desktop.domain.checks.texts import mark_against_text
from tests.outlines import noted, with_texts

CONTRADICTING = [
    ("✓", "平成28年3月完成予定"),
    ("✓", "ふるさと納税との兼合い検討中"),
    ("✓", "完了予定"),
    ("✓", "未完了"),
    ("✓", "まだ完了していない"),
    ("✓", "設計は完了、工事は平成28年度予定"),
    ("✓", "文化会館：平成29年度導入、体育館：平成31年度導入予定"),
    ("✓", "見直し検討中"),
    ("✓", "関係機関と協議中"),
    ("・", "完了"),
    ("・", "平成26年度に完了した"),
    ("・", "庁舎が完成しました。"),
    ("・", "予定どおり完了"),
    ("・", "整備完了（平成26年度）"),
    ("・", "新設し完了"),
    ("－", "平成26年度に完了済み"),
    ("◇", "平成26年度に完了した"),
    ("◇", "コーディネーターの設置で完了"),
    ("◇", "平成23年度から検討"),
]
AGREEING = [
    ("✓", "平成24年度から実施"),
    ("✓", "平成25年度に導入済み"),
    ("✓", "予定どおり完了"),
    ("✓", "平成23年度に補助金創設（3年毎見直し運用）"),
    ("✓", "設置完了。今後は拡充を予定"),
    ("✓", "策定済み。次回改訂は平成32年度を予定"),
    ("✓", "平成29年4月に実施。今後も必要に応じ見直しを予定"),
    ("✓", "検討の結果、実施した"),
    ("✓", ""),
    ("・", "平成28年3月完了予定"),
    ("・", "未完了"),
    ("・", "まだ完了していない"),
    ("・", "完了に向けて調整中"),
    ("・", "完了を目指す"),
    ("・", "実施設計が完了し、工事に着手"),
    ("・", "第1期工事が完了"),
    ("・", "3校の改修が完了"),
    ("・", "整備完了、引き続き維持管理を行う"),
    ("・", "一部完了"),
    ("・", "センターが開設すれば完了"),
    ("◇", "28年3月予定"),
    ("◇", "年度内に完了見込み"),
    ("◇", "来春に開館"),
    ("×", "検討中であったが中止"),
    ("－", "実施方法を検討中"),
]


def found(mark, text, **fields):
    outline = with_texts(noted(f"前期\n 施策\n  整備: {mark}"), 整備=text)
    return [
        finding.message
        for finding in mark_against_text(CheckContext(replace(outline, **fields), "2015-10"))
    ]


@pytest.mark.parametrize(("mark", "text"), CONTRADICTING)
def test_a_mark_against_its_text_is_found(mark, text):
    assert len(found(mark, text)) == 1


@pytest.mark.parametrize(("mark", "text"), AGREEING)
def test_what_agrees_is_left_alone(mark, text):
    assert found(mark, text) == []


def test_the_meaning_of_a_mark_counts_not_its_look():
    grades = {3: plan.Status(3, 0, "・", "達成", "", "done", "#2e7d4f", 1)}
    assert found("・", "検討中", statuses=grades) == [
        "状態は「・ 達成」ですが、文に「検討中」とあります。"
    ]


def test_an_end_is_near_where_a_due_month_or_a_prerequisite_says_when():
    assert found("◇", "手続き中") != []
    assert found("◇", "手続き中", prerequisites={1: (plan.Prerequisite(1, 1, 2),)}) == []
