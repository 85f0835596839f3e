"""前回からの変更 and 要確認: what is new, and what is to be looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import TextBlock

from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.plan import Round
from kyodo_desktop.domain.reporting import CheckedFinding, Extras
from kyodo_desktop.excel.options import ReportOptions
from kyodo_desktop.excel.report import write_report
from tests.excel.conftest import FONT
from tests.outlines import DONE, NEAR, ONGOING, outline_of_rows

pytestmark = pytest.mark.same_everywhere("test_report.py lets Windows write such sheets")

SHEET = "前回からの変更"
BEFORE = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "平成28年3月開設予定")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討中")]),
    ("環境", "拠点", "基金", [(ONGOING, "検討中")]),
)
AFTER = replace(
    outline_of_rows(
        ("環境", "拠点", "ブース", [(DONE, "平成28年2月開設")]),
        ("環境", "拠点", "補助金", [(NEAR, "検討中")]),
        ("環境", "拠点", "基金", [(ONGOING, "検討中")]),
        ("環境", "拠点", "若者の場", []),
    ),
    round=Round(2, "平成28年度", 2016, "2016-10-31", None),
)

STATUSES = ("✓ 完了", "◇ 完了の目途", "・継続中", "－中止")


def texts(sheet):
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_the_matrix_adds_up_and_losses_have_a_triangle(written):
    sheet = written(AFTER, extras=Extras(comparison=compare(BEFORE, AFTER)))[SHEET]
    found = texts(sheet)
    start = next(i for i, row in enumerate(found) if row and row[0] == "前回＼今回")
    assert found[start : start + 8] == [
        [
            "前回＼今回",
            "✓ 完了",
            "◇ 完了の目途",
            "・継続中",
            "－中止",
            "未記入",
            "削除・統合",
            "計",
        ],
        ["✓ 完了"],
        ["◇ 完了の目途", 1, 1],
        ["・継続中", 1, 1, 2],
        ["－中止"],
        ["未記入"],
        ["新規", 1, 1],
        ["計", 1, 1, 1, 0, 1, 0, 4],
    ]
    assert found[start + 8] == ["増減", 1, 0, -1, 0, 1, 1]
    row = sheet[start + 9]
    assert {cell.number_format for cell in row if isinstance(cell.value, int)} == {"0;▲0;0"}


def test_the_list_shows_old_and_new_with_the_changed_part_marked(tmp_path):
    path = tmp_path / "a.xlsx"
    options = ReportOptions(sheets=(SHEET,), font=FONT)
    extras = Extras(comparison=compare(BEFORE, AFTER))
    write_report(AFTER, path, options, extras=extras, printed_on="2016-11-02")
    found = texts(load_workbook(path, rich_text=True)[SHEET])
    start = next(i for i, row in enumerate(found) if row and row[0] == "番号")
    assert found[start] == ["番号", "実行計画", "変更", "前回", "今回"]
    assert [*map(str, found[start + 1])] == ["①", "ブース", "状態", "◇ 完了の目途", "✓ 完了"]
    marks = [[run.text for run in each] for each in found[start + 1][3:]]
    assert marks == [["◇ 完了の目途"], ["✓ 完了"]]
    what, old, new = found[start + 2]
    assert (what, str(old), str(new)) == ("進捗", "平成28年3月開設予定", "平成28年2月開設")
    marks = [[run.text for run in each if isinstance(run, TextBlock)] for each in (old, new)]
    assert marks == [["3", "予定"], ["2"]]
    assert found[-1][:3] == ["④", "若者の場", "新規"]


def test_without_a_round_before_it_says_so(written):
    sheet = written(AFTER, sheets=(SHEET,))[SHEET]
    assert texts(sheet)[-1] == ["前回の調査がないため、比べるものがありません。"]


def test_open_findings_come_first_and_have_room_for_an_answer(written):
    first = CheckedFinding("未記入", "1 環境", "状態がありません。", "", "確認した", notice=False)
    second = CheckedFinding("文字", "1 環境", "古い文字です。", "①→(1)", None, notice=True)
    sheet = written(AFTER, extras=Extras(findings=(first, second)))["要確認"]
    assert texts(sheet)[2:] == [
        ["点検", "場所", "要確認の内容", "提案", "対応"],
        ["未確認（1件）"],
        ["文字（お知らせ）", "1 環境", "古い文字です。", "①→(1)"],
        ["確認済み（1件）"],
        ["未記入", "1 環境", "状態がありません。", "確認した"],
    ]
