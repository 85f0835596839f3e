"""The workbook as a whole: its sheets, its way to the disk, its faithfulness."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from kyodo_desktop.domain.errors import CancelledError, ExportError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.nodes import heading_node, term_node
from kyodo_desktop.excel.options import SHEETS, ReportOptions
from kyodo_desktop.excel.report import write_report
from kyodo_desktop.excel.report_columns import REPORT_COLUMNS
from tests.excel.conftest import FONT
from tests.outlines import DONE, ONGOING, large_outline, outline_of_rows

DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "#REF!",
    "#N/A",
    "TRUE",
    "001",
    "1E5",
    "2015-10-31",
    "'x",
    "<&>",
)
PLAN = outline_of_rows(("環境", "拠点", "ブース", [(DONE, "実施")]))


def test_the_sheets_come_in_their_own_order_whatever_the_choice(written):
    chosen = ("データ", "集計", "進捗状況一覧", "計画の概要")
    assert written(PLAN, sheets=chosen).sheetnames == [*reversed(chosen), "計画の定義"]
    assert written(PLAN, sheets=("集計",)).sheetnames == ["集計"]


def test_a_sheet_with_nothing_to_say_is_left_out_unless_it_stands_alone(written):
    assert written(PLAN, sheets=SHEETS).sheetnames == [
        *("計画の概要", "進捗状況一覧", "集計", "データ", "計画の定義")
    ]
    for sheet in SHEETS:
        workbook = written(PLAN, sheets=(sheet,))
        assert workbook.sheetnames[0] == sheet
        assert workbook[sheet].max_row > 1


def test_the_workbook_opens_at_the_published_table(written):
    workbook = written(PLAN)
    assert workbook.active.title == "進捗状況一覧"
    selected = [each.title for each in workbook if each.sheet_view.tabSelected]
    assert selected == ["進捗状況一覧"]


def test_the_rest_of_the_plan_is_on_a_hidden_sheet(written):
    sheet = written(PLAN)["計画の定義"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert sheet.sheet_state == "hidden"
    assert ("plan", 1, "policy", "方針") in rows
    assert ("status", 1, "mark", "✓") in rows
    assert ("level", 3, "numbering", "①") in rows


@pytest.mark.parametrize("first", range(0, len(DANGEROUS), 4))
def test_text_stays_text(written, first):
    texts = DANGEROUS[first : first + 4]
    outline = outline_of_rows(*((text, text, text, [(None, text)]) for text in texts))
    of_the_plan = dict(zip(("title", "ordinance", "definition", "policy"), texts, strict=True))
    outline = replace(outline, plan=outline.plan._replace(**of_the_plan))
    workbook = written(outline, columns=tuple(REPORT_COLUMNS))
    for sheet in workbook:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert {cell.number_format for cell in cells if cell.data_type == "s"} <= {"@", "0"}
    assert [workbook["データ"].cell(2 + row, 9).value for row in range(4)] == list(texts)


def test_what_cannot_be_shown_is_reported_with_sheet_and_cell(tmp_path):
    outline = outline_of_rows(("環境", "拠点", "ブ\x01ース", [(DONE, "実施\ufffe")]))
    path = tmp_path / "報告書.xlsx"
    result = write_report(outline, path, ReportOptions(font=FONT), printed_on="2015-11-02")
    assert {(each.sheet, each.cell, each.place, each.shown) for each in result.replaced} == {
        ("進捗状況一覧", "D4", 2, "〔U+0001〕"),
        ("進捗状況一覧", "E4", 5, "〔U+FFFE〕"),
        ("データ", "I2", 2, "〔U+0001〕"),
        ("データ", "Z2", 3, "〔U+FFFE〕"),
    }
    workbook = load_workbook(path)
    assert workbook["進捗状況一覧"]["D4"].value == "ブ〔U+0001〕ース"
    assert workbook["データ"]["Z2"].value == "実施〔U+FFFE〕"


def test_the_same_plan_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_report(large_outline(300), tmp_path / name, printed_on="2015-11-02T10:20:30")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_properties_tell_who_made_it_and_the_day_passed_in(written):
    properties = written(PLAN).properties
    assert properties.creator == "協働プラン進捗管理"
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2015-11-02"


def test_the_standard_font_is_one_whose_digits_have_a_known_width(tmp_path):
    path = tmp_path / "報告書.xlsx"
    write_report(PLAN, path, ReportOptions(font=FONT), printed_on="2015-11-02")
    with zipfile.ZipFile(path) as package:
        styles = package.read("xl/styles.xml").decode()
    assert "Calibri" not in styles


def test_progress_rises_to_the_end(tmp_path):
    heard = []
    write_report(
        large_outline(600),
        tmp_path / "報告書.xlsx",
        printed_on="2015-11-02",
        control=JobControl(lambda done, total: heard.append((done, total))),
    )
    assert heard == sorted(heard)
    assert len(heard) > 5
    assert heard[-1] == (1800, 1800)


def test_cancelling_leaves_nothing_new(tmp_path):
    path = tmp_path / "報告書.xlsx"
    path.write_bytes(b"old")
    control = JobControl()
    control.cancel()
    with pytest.raises(CancelledError, match="取りやめました"):
        write_report(large_outline(600), path, printed_on="2015-11-02", control=control)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("outline", "sheets", "message"),
    [
        (outline_of_rows(), SHEETS, "実行計画がまだ1件もない"),
        (PLAN, (), "シートを1つ以上"),
    ],
)
def test_an_empty_report_is_refused(tmp_path, outline, sheets, message):
    with pytest.raises(ExportError, match=message):
        write_report(outline, tmp_path / "x.xlsx", ReportOptions(sheets), printed_on="2015-11-02")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_round_is_left_out(written):
    outline = replace(PLAN, round=None, rounds={}, lines={})
    sheet = written(outline)["進捗状況一覧"]
    assert sheet["A1"].value == "協働のまちづくり推進計画　進捗状況一覧"
    assert "現在" not in str([cell.value for cell in sheet[2]])


def test_actions_of_both_terms_are_told_apart(written):
    outline = outline_of_rows(
        ("環境", "拠点", "ブース", [(DONE, "実施")]),
        ("担い手", "育成", "講座", [(ONGOING, "実施")]),
    )
    later = {key: each._replace(term_id=2) for key, each in outline.headings.items() if key > 2}
    children = {
        **outline.children,
        term_node(1): (heading_node(1),),
        term_node(2): (heading_node(3),),
    }
    outline = replace(outline, headings={**outline.headings, **later}, children=children)
    workbook = written(outline)
    column = [cell.value for cell in workbook["進捗状況一覧"]["A"]]
    assert "前期（平成23～27年度）" in column
    assert "後期（平成28～32年度）" in column
    assert [each.id for each in workbook["進捗状況一覧"].row_breaks.brk] == [5]
    assert len(workbook["集計"]._charts) == 2
