"""新旧対照表: new, old and why, under the headings; a reason stands once for all its rows."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.comparing.before_after import Reasons, before_after_table
from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.domain.narrowing import Narrowing
from kyodo_desktop.domain.reporting import BeforeAfterTable, Extras
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import BEFORE_AFTER
from tests.outlines import outline_of_rows
from tests.pages.parts.making import laid_out, lines, part_of, texts

pytestmark = pytest.mark.same_everywhere("values")

WHAT = "見直し「中間見直し」（令和8年11月20日決定）"
BEFORE = outline_of_rows(
    ("環境", "拠点", "ブース", []),
    ("環境", "拠点", "補助金", []),
    ("環境", "拠点", "基金", []),
    ("参画", "事業", "講座", []),
)
AFTER = outline_of_rows(
    ("環境", "拠点", "新しいブース", []),
    ("環境", "拠点", "新しい補助金", []),
    ("環境", "拠点", "新しい基金", []),
    ("参画", "事業", "新しい講座", []),
)


def told(general, own=None):
    groups = before_after_table(compare(BEFORE, AFTER), Reasons(general, own or {}))
    table = BeforeAfterTable(WHAT, tuple(groups), "計画の決定", "2026-11-20")
    return Extras(before_after=table)


def test_of_whatever_else_the_report_tells_this_is_the_whole_plan_and_says_so():
    part = part_of(AFTER, BEFORE_AFTER, extras=told(""), narrowing=Narrowing(headings=("環境",)))
    assert "対象：計画全体" in texts(part)[1]
    assert "対象" not in "".join(texts(part_of(AFTER, BEFORE_AFTER, extras=told(""))))


def test_rows_with_the_same_reason_have_it_once_beside_them():
    extras = told("社会情勢の変化", {("action", 3): "統合のため"})
    part = part_of(AFTER, BEFORE_AFTER, extras=extras)
    assert f"{WHAT}　　旧：計画の決定" in texts(part)
    assert lines(part) == [
        ["新", "旧", "理由"],
        ["1 環境 ＞ (1) 拠点"],
        ["1-(1)-① 新しいブース", "1-(1)-① ブース", "社会情勢の変化"],
        ["1-(1)-② 新しい補助金", "1-(1)-② 補助金", "社会情勢の変化"],
        ["1-(1)-③ 新しい基金", "1-(1)-③ 基金", "統合のため"],
        ["2 参画 ＞ (1) 事業"],
        ["2-(1)-① 新しい講座", "2-(1)-① 講座", "社会情勢の変化"],
    ]
    bands = [row for row in part.rows if row.kind is RowRole.BAND]
    assert all(row.joined and row.repeats for row in bands)
    (laid,) = laid_out(AFTER, BEFORE_AFTER, extras=extras).parts
    reasons = [cell for row in laid.pages[0].rows for cell in row.cells if cell.column == 2][1:]
    assert [(cell.value, cell.rows) for cell in reasons] == [
        ("社会情勢の変化", 2),
        ("統合のため", 1),
        ("社会情勢の変化", 1),
    ]


def test_a_long_reason_is_told_once_and_referred_to_and_runs_over_pages():
    long = "社会情勢の変化を踏まえた。\n" * 100
    extras = told(long)
    assert [row[-1] for row in lines(part_of(AFTER, BEFORE_AFTER, extras=extras))[2:5]] == [
        *(long, "（同上）", "（同上）")
    ]
    (laid,) = laid_out(AFTER, BEFORE_AFTER, extras=extras).parts
    assert len(laid.pages) > 2
    assert laid.pages[1].rows[0].cells[0].value == "1 環境 ＞ (1) 拠点（続き）"


def test_it_says_that_nothing_changed_and_is_left_out_where_nothing_was_revised():
    same = Extras(before_after=BeforeAfterTable(WHAT, ()))
    assert lines(part_of(AFTER, BEFORE_AFTER, extras=same)) == [
        ["この間に計画の変更はありません（進捗状況の変更は含みません）。"]
    ]
    with pytest.raises(ExportError, match="出力するものがありません"):
        part_of(AFTER, BEFORE_AFTER)
