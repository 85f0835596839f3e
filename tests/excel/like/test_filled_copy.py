"""A workbook is copied with texts in its cells; whatever nobody wrote into keeps its bytes."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment

from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.like.filling import MISSING_SHEET, CellWrite, TableFilling
from kyodo_desktop.excel.like.filled_copy import write_filled_copy
from kyodo_desktop.excel.like.sheet_edit import FORMULA, RICH
from kyodo_desktop.excel.reading.tables import read_table

SHEET = "進行管理"
SIGNATURE = "_xmlsignatures/sig1.xml"


@pytest.fixture
def table(tmp_path):
    """A workbook with what offices have: merged and fixed cells, sums, dates, protection."""
    path = tmp_path / "進行管理表.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(["事業名", "状態", "進捗状況", "完了予定", "率"])
    sheet.append(["講座の開催", "○", "年2回行った", date(2016, 3, 31), 0.5])
    sheet.append(
        ["相談の窓口", "△", CellRichText("前", TextBlock(InlineFont(b=True), "太字")), None]
    )
    sheet.append(["合計", '=COUNTIF(B2:B3,"○")'])
    sheet["D2"].number_format = "ge.m.d"
    sheet["E2"].number_format = "0%"
    sheet["C2"].alignment = Alignment(wrap_text=True)
    sheet.column_dimensions["C"].width = 20
    sheet.row_dimensions[2].height = 18
    sheet.merge_cells("A6:C7")
    sheet.protection.sheet = True
    book.create_sheet("別のシート").append(["そのまま", 1.5])
    book.save(path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(zipfile.ZipInfo("xl/vbaProject.bin", (2001, 2, 3, 4, 5, 6)), b"\0macro")
    return path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "写し.xlsx"


def write(row, column, text):
    return CellWrite(CellPlace(SHEET, row, column), text)


def filled(table, out, *writes, missing=()):
    return write_filled_copy(table, out, TableFilling(writes, missing))


def shown(path, row, column, sheet=0):
    return read_table(path).grids[sheet].text(row, column)


def part(path, name="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def test_what_is_not_written_keeps_its_bytes_order_and_dates(table, out):
    copy = filled(table, out, write(2, 2, "✓"), write(9, 4, "新しい行"))
    assert copy.written == 2
    with zipfile.ZipFile(table) as before, zipfile.ZipFile(out) as after:
        assert after.namelist() == before.namelist()
        assert after.testzip() is None
        changed = {
            old.filename
            for old, new in zip(before.infolist(), after.infolist(), strict=True)
            if before.read(old) != after.read(new)
        }
        dates = [info.date_time for info in before.infolist()]
        assert [info.date_time for info in after.infolist()] == dates
        assert after.getinfo("xl/vbaProject.bin").compress_type == zipfile.ZIP_STORED
    assert changed == {"xl/worksheets/sheet1.xml"}
    assert (shown(out, 2, 2), shown(out, 9, 4), shown(out, 2, 1)) == (
        "✓",
        "新しい行",
        "講座の開催",
    )


def test_with_nothing_to_write_the_copy_is_the_file(table, out):
    filled(table, out)
    assert out.read_bytes() == table.read_bytes()


def test_texts_keep_lines_blanks_and_signs_and_the_style_of_their_cell(table, out):
    text = " <二行>\n& _x0041_ "
    filled(table, out, write(2, 3, text), write(3, 5, "追加"))
    assert (shown(out, 2, 3), shown(out, 3, 5)) == (text, "追加")
    styles = [re.search(r'<c r="C2"[^>]* s="(\d+)"', part(each))[1] for each in (table, out)]
    assert styles[0] == styles[1] != "0"


def test_a_number_and_a_date_stay_numbers_in_their_format(table, out):
    filled(table, out, write(2, 4, "2017-03-31"), write(2, 5, "80%"))
    sheet = openpyxl.load_workbook(out)[SHEET]
    assert sheet["D2"].value.date() == date(2017, 3, 31)
    assert sheet["E2"].value == 0.8


def test_a_formula_is_told_and_stays_and_sums_are_made_anew(table, out):
    copy = filled(table, out, write(4, 2, "3"), write(2, 2, "△"))
    assert [(each.place, each.reason) for each in copy.notices if each.reason == FORMULA] == [
        (CellPlace(SHEET, 4, 2), FORMULA)
    ]
    assert "COUNTIF" in openpyxl.load_workbook(out)[SHEET]["B4"].value
    assert 'sheetCalcPr fullCalcOnLoad="1"' in part(out)


def test_parts_with_a_format_of_their_own_and_protection_are_told(table, out):
    copy = filled(table, out, write(3, 3, "新しい文"))
    assert copy.notices[0][::2] == (CellPlace(SHEET, 3, 3), RICH)
    assert "保護されたシート" in copy.notices[1].reason
    assert openpyxl.load_workbook(out)[SHEET].protection.sheet


def test_a_signature_is_told(table, out):
    with zipfile.ZipFile(table, "a") as package:
        package.writestr(SIGNATURE, "<Signature/>")
    copy = filled(table, out, write(2, 2, "✓"))
    assert "電子署名" in copy.notices[-1].reason
    assert part(out, SIGNATURE) == "<Signature/>"


def test_a_write_into_a_merged_area_goes_to_its_first_cell(table, out):
    filled(table, out, write(7, 2, "注記"))
    assert shown(out, 6, 1) == "注記"


def test_a_row_of_fixed_height_grows_with_its_lines_and_never_shrinks(table, out):
    filled(table, out, write(2, 3, "長い文です。" * 20))
    height = openpyxl.load_workbook(out)[SHEET].row_dimensions[2].height
    assert 90 < height < 300
    filled(table, out, write(2, 3, "短"))
    assert openpyxl.load_workbook(out)[SHEET].row_dimensions[2].height == 18


def test_what_has_no_place_stands_on_a_sheet_of_its_own_at_the_end(table, out):
    copy = filled(table, out, missing=(("実行計画", "状態"), ("新しい事業\n二行", "○")))
    assert copy.sheet == MISSING_SHEET
    assert openpyxl.load_workbook(out).sheetnames == [SHEET, "別のシート", MISSING_SHEET]
    assert (shown(out, 2, 1, sheet=2), shown(out, 2, 2, sheet=2)) == ("新しい事業\n二行", "○")
    again = out.with_name("もう一度.xlsx")
    assert filled(out, again, missing=(("実行計画",),)).sheet == f"{MISSING_SHEET}（2）"


@pytest.mark.parametrize(
    ("table_name", "out_name", "words"),
    [
        ("表.xls", "写し.xlsx", "古い形式.*名前を付けて保存"),
        ("表.ods", "写し.xlsx", "OpenDocument.*名前を付けて保存"),
        ("表.csv", "写し.xlsx", "文字だけの表.*名前を付けて保存"),
        ("表.xlsm", "写し.xlsx", r"元の表が\.xlsmなので"),
        ("進行管理表.xlsx", "進行管理表.xlsx", "元の表そのもの.*別の名前"),
    ],
)
def test_a_table_that_cannot_be_filled_in_is_refused(table, table_name, out_name, words):
    before = table.read_bytes()
    with pytest.raises(ExportError, match=words):
        filled(table.with_name(table_name), table.with_name(out_name))
    assert table.read_bytes() == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_sheet_with_a_prefix_and_another_encoding_is_edited(table, out, encoding):
    other = Path(table.with_name("別形式.xlsx"))
    with zipfile.ZipFile(table) as before, zipfile.ZipFile(other, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", content.decode())
                text = text.replace('xmlns="', 'xmlns:x="')
                content = text.encode(encoding)
            after.writestr(info, content)
    filled(other, out, write(2, 2, "✓"), write(3, 6, "末尾"), write(12, 1, "下"))
    assert [shown(out, *each) for each in ((2, 2), (3, 6), (12, 1))] == ["✓", "末尾", "下"]


ODD_ROWS = (
    '<row r="1"><c r="A1" s="0" t="n" /><c r="B1" t="inlineStr"><is><t>乙</t></is></c>'
    '<c r="D1"/><c r="E1"></c></row><row r="2" /><row r="4" spans="1:2"></row><row r="6" ht="x"/>'
)
ODD_CELLS = (
    (1, 1),
    (1, 2),
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 7),
    (2, 2),
    (3, 1),
    (4, 3),
    (6, 1),
    (9, 9),
)


def with_sheet_data(table, data):
    """A copy of the table whose first sheet has these rows."""
    other = table.with_name("別の行.xlsx")
    with zipfile.ZipFile(table) as before, zipfile.ZipFile(other, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                text = re.sub("<mergeCells.*</mergeCells>", "", content.decode())
                content = re.sub("<sheetData>.*</sheetData>", data, text).encode()
            after.writestr(info, content)
    return other


@pytest.mark.parametrize("nth", range(len(ODD_CELLS) + 1))
def test_cells_and_rows_are_written_whatever_their_tags_look_like(table, out, nth):
    """Each alone, and at last all of them."""
    chosen = ODD_CELLS if nth == len(ODD_CELLS) else ODD_CELLS[nth : nth + 1]
    odd = with_sheet_data(table, f"<sheetData>{ODD_ROWS}</sheetData>")
    filled(odd, out, *(write(*each, f"値{each}") for each in chosen))
    for each in ODD_CELLS:
        before = "乙" if each == (1, 2) else ""
        assert shown(out, *each) == (f"値{each}" if each in chosen else before)


def test_a_sheet_without_rows_gets_its_first_ones(table, out):
    empty = with_sheet_data(table, "<sheetData/>")
    filled(empty, out, write(2, 2, "乙"), write(1, 1, "甲"))
    assert (shown(out, 1, 1), shown(out, 2, 2)) == ("甲", "乙")


def test_parts_whose_names_are_spelled_in_another_case_are_found(table, out):
    other = table.with_name("大文字.xlsx")
    with zipfile.ZipFile(table) as before, zipfile.ZipFile(other, "w") as after:
        for info in before.infolist():
            name = info.filename
            spelled = name.replace("xl/", "XL/").replace("workbook.xml", "Workbook.xml")
            after.writestr(spelled, before.read(name))
    copy = filled(other, out, write(2, 2, "✓"), missing=(("実行計画",), ("新しい事業",)))
    assert (copy.written, copy.sheet) == (1, MISSING_SHEET)
    assert shown(out, 2, 2) == "✓"
    assert shown(out, 2, 1, sheet=2) == "新しい事業"
