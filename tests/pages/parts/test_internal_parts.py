"""要確認 by rule and 変更の履歴 field by field, which only the house sees."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import reporting
from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.domain.narrowing import Narrowing
from kyodo_desktop.domain.nodes import heading_node, placement_node, term_node
from kyodo_desktop.domain.reporting import CheckedFinding, Extras, HistoryLine
from kyodo_desktop.pages.options import FINDINGS, HISTORY, Edition
from tests.outlines import DONE, ONGOING, outline_of_rows
from tests.pages.parts.making import laid_out, lines, part_of, texts

pytestmark = pytest.mark.same_everywhere("values")

PLAN = outline_of_rows(
    ("環境", "拠点", "ブース", [(DONE, "実施")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討")]),
)


def finding(rule, node, message, note=None, *, notice=False):
    return CheckedFinding(rule, node, message, "①→(1)", note, notice=notice)


def test_findings_stand_by_rule_with_counts_the_open_ones_first():
    found = (
        finding("未記入", placement_node(1), "状態がありません。", "確認した"),
        finding("機種に依存する文字", term_node(1), "古い文字です。", notice=True),
        finding("未記入", placement_node(2), "進捗状況がありません。"),
        finding("未記入", heading_node(2), "何もありません。", ""),
        finding("未記入", placement_node(99), "この計画の外です。"),
    )
    told = lines(part_of(PLAN, FINDINGS, extras=Extras(findings=found)))
    assert told == [
        ["場所", "要確認の内容", "提案", "対応"],
        ["未記入　3件（未確認 1件、確認済み 2件）　進捗状況の行、状態、文のいずれかがないもの"],
        ["1-(1)-② 補助金", "進捗状況がありません。", "①→(1)"],
        ["1-(1)-① ブース", "状態がありません。", "①→(1)", "確認した"],
        ["1-(1) 拠点", "何もありません。", "①→(1)", "確認済み"],
        [
            "機種に依存する文字　1件（未確認 1件、確認済み 0件）　"
            "古いシステムで表示できないことがある文字（お知らせ）"
        ],
        ["前期", "古い文字です。（お知らせ）", "①→(1)"],
    ]


def test_the_history_is_one_field_a_row_and_a_day_takes_one_line():
    line = HistoryLine("2026-11-23T18:05:00+09:00", "市民 花子", "完了予定を変更")
    full = line._replace(action="ブース", item="実行計画", field="完了予定", old="", new="=1+1")
    extras = Extras(history=(full, line))
    part, when = part_of(PLAN, HISTORY, extras=extras), "R8.11.23 18:05"
    assert lines(part)[1:] == [
        [
            when,
            "市民 花子",
            "完了予定を変更",
            "ブース",
            "実行計画",
            "完了予定",
            "=1+1",
        ],
        [when, "市民 花子", "完了予定を変更"],
    ]
    (laid,) = laid_out(PLAN, HISTORY, extras=extras).parts
    assert laid.has_filter
    assert laid.pages[0].rows[-1].cells[0].lines == (when,)


def test_a_history_that_is_cut_says_where_the_rest_is():
    line = HistoryLine("2026-11-23T18:05:00+09:00", "花子", "変更")
    told = texts(part_of(PLAN, HISTORY, extras=Extras(history=(line,))))
    assert not [each for each in told if "データ一式" in each]
    many = (line,) * reporting.MOST_HISTORY_LINES
    told = texts(part_of(PLAN, HISTORY, extras=Extras(history=many)))
    assert told[2] == (
        "新しいものから10,000行を載せています。"
        "全ての履歴は、「ファイル」→「データの書き出し」で作る「データ一式」にあります。"
    )


def test_the_history_is_of_the_whole_plan_and_says_so():
    extras = Extras(history=(HistoryLine("2026-11-23T18:05:00+09:00", "市民 花子", "追加"),))
    few = part_of(PLAN, HISTORY, extras=extras, narrowing=Narrowing(headings=("環境",)))
    assert "対象：計画全体" in texts(few)[1]


def test_neither_is_told_to_the_public_nor_where_there_is_nothing():
    line = HistoryLine("2026-11-23T18:05:00+09:00", "花子", "変更")
    full = Extras(findings=(finding("未記入", placement_node(1), "ない"),), history=(line,))
    for name in (FINDINGS, HISTORY):
        with pytest.raises(ExportError):
            part_of(PLAN, name, extras=full, edition=Edition.PUBLIC)
        with pytest.raises(ExportError):
            part_of(PLAN, name)
