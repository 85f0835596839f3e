"""The workbook shows the pages as they are laid, in cells that hold no more than their texts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from datetime import datetime
from itertools import accumulate

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import TextBlock
from openpyxl.utils import get_column_letter

from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.domain.errors import CancelledError
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.excel.native_chart import ChartPlace, native_chart
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.excel.workbook import MOST_PAGES
from kyodo_desktop.pages import charts, looks
from kyodo_desktop.pages.content import Cell, PageOf, PageRow, Part, Report, RowRole, Series
from kyodo_desktop.pages.layout import lay_out
from kyodo_desktop.pages.options import PARTS, Edition, Paper
from kyodo_desktop.pages.text_metrics import metrics_of
from tests.excel.conftest import FONT

DANGEROUS = (
    *("=1+1", "+1", "-1", "@A1", "#REF!", "#N/A", "TRUE", "001", "1E5", "2015-10-31", "'x"),
    *("<&>", "_x0041_", " 前後 ", "一行目\n二行目", "𠮷野家"),
)
NUMBERS = (3, 0, -2, 12.5)
LONG = "".join(f"{number}番目の文を書く。" for number in range(700))
TOPS = ("1 協働<&>", "2 担い手づくり", "3 市政への参画")
STATUSES = (
    Series("✓ 完了", "2E7D4F", 0, (3, 0, 12)),
    Series("=継続中", "3B6FB6", 2, (1, 40, 5)),
    Series("× 中止", "777777", 3, (0, 1, 9)),
    Series("未記入", "777777", charts.BLANK, (2, 2, 2)),
)


def row(*cells, kind=RowRole.BODY, **fields):
    return PageRow(tuple(cells), kind, **fields)


def figures():
    """A part with a figure above the table whose numbers it shows."""
    (chart,) = charts.charts_of("推進項目別の状況", TOPS, STATUSES, (3, 0, (1, 2, 3, 4)))
    names = [Cell(each, looks.HEADER) for each in ("推進項目", *(s.name for s in STATUSES))]
    counted = [
        row(Cell(name), *(Cell(each.counts[at], looks.COUNT) for each in STATUSES))
        for at, name in enumerate(TOPS)
    ]
    return Part(
        name="集計",
        title="集計",
        widths=(WidthRange(10, 20), *(WidthRange(3, 6),) * 4),
        top=(row(Cell("題 & 名", looks.TITLE, 5), kind=RowRole.TITLE),),
        rows=(
            row(Cell("図", looks.CAPTION, 5), kind=RowRole.CAPTION, joined=True),
            row(Cell(None, columns=5), kind=RowRole.CHART, height=chart.height, chart=chart),
            row(*names, kind=RowRole.HEADER),
            *counted,
        ),
    )


def table():
    """A part over several pages, with texts that do harm, cut rows and cells over several rows."""
    marked = (Segment("平成", False), Segment("28年<2月>", True), Segment("に開設", False))
    return Part(
        name="進捗状況一覧",
        title="進捗状況一覧",
        widths=(WidthRange(8, 12), WidthRange(10, 60), WidthRange(4, 6)),
        top=(row(Cell("表題", looks.TITLE, 3), kind=RowRole.TITLE),),
        header=(
            row(Cell("項目と本文", looks.HEADER, 2), Cell("数", looks.HEADER)),
            row(*(Cell(each, looks.HEADER) for each in ("項目", "本文", "件"))),
        ),
        rows=(
            *(row(Cell("組", run="a"), Cell(each), Cell(1, looks.COUNT)) for each in DANGEROUS),
            *(row(Cell("数値"), Cell("x"), Cell(each, looks.CHANGE)) for each in NUMBERS),
            row(Cell("印"), Cell(marked), Cell(PageOf("集計"), looks.COUNT)),
            row(Cell("空"), Cell(()), Cell("")),
            row(Cell("市\x01民", repeats=True), Cell(LONG + "\ufffe"), Cell(None)),
            row(Cell("帯", looks.BAND, 3), kind=RowRole.BAND, level=1, begins_page=True),
            row(Cell("終わり"), Cell("文"), Cell(9, looks.COUNT)),
        ),
        has_filter=True,
    )


def laid(*parts, paper=Paper.A4_LANDSCAPE, made_on="2015-11-02T06:30:00+09:00"):
    report = Report(
        title="推進計画（平成27年度）",
        subject="進捗状況の報告書",
        author="",
        edition=Edition.PUBLIC,
        parts=parts or (figures(), table()),
        looks=looks.LOOKS,
        made_on=made_on,
        notices=("確定前",),
    )
    return lay_out(report, paper, FONT)


@pytest.fixture(scope="module")
def pages():
    return laid()


@pytest.fixture(scope="module")
def result(pages, tmp_path_factory):
    return write_workbook(pages, tmp_path_factory.mktemp("report") / "報告書.xlsx")


@pytest.fixture(scope="module")
def workbook(result):
    return load_workbook(result.path, rich_text=True)


@pytest.fixture(scope="module")
def package(result):
    """The texts of the package by the names of its parts."""
    with zipfile.ZipFile(result.path) as file:
        return {name: file.read(name).decode().replace(" />", "/>") for name in file.namelist()}


def test_text_stays_text_and_a_number_a_number(workbook):
    sheet = workbook["進捗状況一覧"]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert {cell.number_format for cell in cells if cell.data_type == "s"} == {"@"}
    texts = [cell.value for cell in sheet["B"] if cell.data_type == "s"]
    assert [each for each in texts if each in DANGEROUS] == list(DANGEROUS)
    numbers = [cell for cell in sheet["C"] if cell.number_format == looks.SUBTRACTED]
    assert [cell.value for cell in numbers] == list(NUMBERS)


def test_a_changed_part_is_marked_and_what_cannot_be_shown_is_told_by_its_place(workbook, result):
    sheet = workbook["進捗状況一覧"]
    (marked,) = [cell.value for cell in sheet["B"] if "開設" in str(cell.value)]
    (block,) = [each for each in marked if isinstance(each, TextBlock)]
    assert (block.text, block.font.u, block.font.rFont) == ("28年<2月>", "single", FONT)
    (empty,) = [cell for cell in sheet["B"] if sheet.cell(cell.row, 1).value == "空"]
    assert empty.value is None
    shown = {each.shown: sheet[each.cell].value for each in result.replaced}
    assert set(shown) == {"〔U+0001〕", "〔U+FFFE〕"}
    assert all(sign in text for sign, text in shown.items())


def test_a_cut_text_is_whole_again_when_its_pieces_are_joined(workbook):
    texts = [str(cell.value or "") for cell in workbook["進捗状況一覧"]["B"]]
    pieces = [each for each in texts if "番目の文" in each]
    assert len(pieces) > 2
    assert "".join(pieces) == f"{LONG}〔U+FFFE〕"


@pytest.mark.parametrize("paper", Paper)
def test_each_page_is_a_page_of_the_sheet(tmp_path, paper):
    pages = laid(paper=paper)
    workbook = load_workbook(write_workbook(pages, tmp_path / "a.xlsx").path)
    for part in pages.parts:
        sheet = workbook[part.name]
        rows = [each for page in part.pages for each in page.rows]
        ends = list(accumulate(len(page.rows) for page in part.pages))
        assert [each.id for each in sheet.row_breaks.brk] == ends[:-1]
        assert sheet.max_row == ends[-1]
        heights = [sheet.row_dimensions[at].height for at in range(1, ends[-1] + 1)]
        assert heights == [each.height for each in rows]
        # Widths are kept in digits, and the digit of the standard font has eight pixels.
        columns = [get_column_letter(each + 1) for each in range(len(part.widths))]
        points = [sheet.column_dimensions[each].width * 8 * 0.75 for each in columns]
        assert points == pytest.approx(list(part.widths))
        assert sum(points) <= pages.paper.width
        setup = sheet.page_setup
        assert (setup.scale, setup.fitToWidth, setup.paperSize) == (100, None, pages.paper.code)
        assert not sheet.sheet_properties.pageSetUpPr.fitToPage
        assert setup.orientation == ("landscape" if pages.paper.is_landscape else "portrait")
        assert (setup.firstPageNumber, setup.useFirstPageNumber) == (part.pages[0].number, True)
        assert sheet.oddFooter.center.text == f"&P / {pages.page_count}"
        assert sheet.oddHeader.right.text == "確定前"
        assert sheet.print_area == f"'{part.name}'!$A$1:${columns[-1]}${ends[-1]}"


def test_headings_are_repeated_and_joined_cells_are_one(workbook, pages):
    sheet = workbook["進捗状況一覧"]
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$2:$3", "A4")
    assert sheet.auto_filter.ref == f"A3:C{sheet.max_row}"
    merged = {str(each) for each in sheet.merged_cells.ranges}
    first = len(pages.parts[1].pages[0].rows)
    assert {"A1:C1", "A2:B2", f"A4:A{min(first, 3 + len(DANGEROUS))}"} <= merged
    assert sheet["A4"].value == "組"
    assert workbook["集計"].print_title_rows is None


def test_looks_are_named_styles_and_a_cut_row_is_one_cell_of_each_page(workbook):
    sheet = workbook["進捗状況一覧"]
    cells = (cell for line in sheet.iter_rows() for cell in line)
    used = {cell.style for cell in cells if not isinstance(cell, MergedCell)}
    assert {each.split(" ")[0] for each in used} >= {"計画・表題", "計画・見出し行", "計画・本文"}
    assert "Normal" not in used
    pieces = [cell for cell in sheet["B"] if "番目の文" in str(cell.value)]
    assert all(each.border.top.style and each.border.bottom.style for each in pieces)
    assert {each.alignment.vertical for each in pieces} == {"top"}
    lasts = {each.start_cell.row: each.max_row for each in sheet.merged_cells.ranges}
    ends = {each.id for each in sheet.row_breaks.brk}
    assert len(pieces) > 2
    assert {lasts.get(each.row, each.row) for each in pieces[:-1]} <= ends


def test_a_figure_goes_over_its_row_and_follows_the_cells_of_its_table(workbook, package, pages):
    sheet = workbook["集計"]
    (chart,) = sheet._charts
    (at,) = [
        number
        for number, each in enumerate(pages.parts[0].pages[0].rows, start=1)
        if each.chart is not None
    ]
    begin, end = chart.anchor._from, chart.anchor.to
    assert (begin.col, begin.row, end.col, end.row) == (0, at - 1, 5, at)
    assert {begin.colOff, begin.rowOff, end.colOff, end.rowOff} == {0}
    for series, expected in zip(chart.series, STATUSES, strict=True):
        for source, cache in (
            (series.cat.strRef, series.cat.strRef.strCache),
            (series.val.numRef, series.val.numRef.numCache),
        ):
            place = source.f.rpartition("!")[2].replace("$", "")
            values = [str(cell.value) for (cell,) in sheet[place]]
            assert [str(point.v).removesuffix(".0") for point in cache.pt] == values
        assert series.tx.v == expected.name
    (xml,) = [text for name, text in package.items() if "/charts/" in name]
    assert '<c:roundedCorners val="0"/>' in xml
    fills = re.findall(r'<c:spPr><a:(?:solidFill><a:srgbClr val="\w+|pattFill prst="\w+)', xml)
    assert len(set(fills)) >= len(STATUSES)
    (drawing,) = [text for name, text in package.items() if "/drawings/drawing" in name]
    assert 'descr="推進項目別の状況"' in drawing


@pytest.mark.parametrize("rows", [{}, {0: 4, 1: 6, 2: 7}])
def test_a_figure_without_a_table_in_one_piece_holds_its_numbers(rows):
    table = (0, 0, (1, 2, 3, 4)) if rows else None
    (chart,) = charts.charts_of("推進項目別の状況", TOPS, STATUSES, table)
    place = ChartPlace(
        sheet="概要",
        row=1,
        width=500.0,
        columns=5,
        rows=rows,
        font=FONT,
        advances=metrics_of(FONT).advances,
    )
    xml = native_chart(chart, place)._xml
    assert "<c:f>" not in xml
    assert xml.count("<c:strLit>") == xml.count("<c:numLit>") == len(STATUSES)


def test_the_package_tells_no_more_than_the_report(package, workbook):
    assert [each.sheet_state for each in workbook] == ["visible"] * 2
    names = re.findall('definedName name="([^"]+)"', package["xl/workbook.xml"])
    assert set(names) == {
        *("_xlnm.Print_Titles", "_xlnm.Print_Area"),
        "_xlnm._FilterDatabase",  # Excel's own, the area of the filter
    }
    assert "fullCalcOnLoad" not in package["xl/workbook.xml"]
    properties = workbook.properties
    assert (properties.title, properties.subject) == (
        *("推進計画（平成27年度）", "進捗状況の報告書"),
    )
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.created == properties.modified == datetime(2015, 11, 1, 21, 30)
    assert "penpyxl" not in "".join(package.values())
    targets = re.findall('Target="([^"]+)"', "".join(package.values()))
    assert len(targets) > 5
    assert [each for each in targets if each.startswith("/")] == []


def test_a_part_of_more_pages_than_a_sheet_may_have_goes_on_in_another(tmp_path):
    part = Part(
        name="進行管理シート",
        title="進行管理シート",
        widths=(WidthRange(5, 20),),
        header=(row(Cell("見出し", looks.HEADER), kind=RowRole.HEADER),),
        rows=tuple(row(Cell(f"{n}頁"), begins_page=n > 1) for n in range(1, MOST_PAGES + 3)),
    )
    pages = laid(part)
    result = write_workbook(pages, tmp_path / "a.xlsx")
    workbook = load_workbook(result.path)
    assert result.sheets == len(workbook.sheetnames)
    assert pages.page_count == MOST_PAGES + 2
    first, second = workbook
    assert (first.title, second.title) == ("進行管理シート", "進行管理シート（2）")
    assert len(first.row_breaks.brk) == MOST_PAGES - 1
    assert [cell.value for cell in second["A"]] == ["見出し", "1001頁", "1002頁"]
    assert (second.print_title_rows, second.page_setup.firstPageNumber) == ("$1:$1", 1001)
    assert [each.id for each in second.row_breaks.brk] == [2]


def test_every_part_can_be_a_sheet():
    for name in PARTS:
        assert len(f"{name}（99）") <= 31
        assert not set(name) & set("[]:*?/\\'")


WRITES = """
from pathlib import Path
from kyodo_desktop.excel.report import write_workbook
from tests.excel.test_report import laid
write_workbook(laid(), Path({path!r}))
"""


def test_the_same_pages_give_the_same_bytes_in_any_process(result, tmp_path):
    other = tmp_path / "a.xlsx"
    subprocess.run(
        [sys.executable, "-c", WRITES.format(path=str(other))],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
    )
    assert other.read_bytes() == result.path.read_bytes()


def test_progress_rises_to_the_end_and_cancelling_leaves_what_was_there(tmp_path, pages):
    heard = []
    control = JobControl(lambda done, total: heard.append((done, total)))
    write_workbook(pages, tmp_path / "b.xlsx", control)
    assert heard == sorted(heard)
    assert len(heard) > 5
    assert heard[-1][0] == heard[-1][1]
    path = tmp_path / "報告書.xlsx"
    path.write_bytes(b"old")
    control.cancel()
    with pytest.raises(CancelledError, match="取りやめました"):
        write_workbook(pages, path, control)
    assert path.read_bytes() == b"old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.xlsx", "報告書.xlsx"]
