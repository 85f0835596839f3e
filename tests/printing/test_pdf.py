"""A report as a PDF: every character is found as itself, and nothing stands beside its cell."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import groupby
from threading import Thread

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QColor, QImage, QPainter

from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.domain.errors import CancelledError, ExportError
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.pages import charts, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, Report, RowRole, Series
from kyodo_desktop.pages.laid import MILLIMETRE, TOP
from kyodo_desktop.pages.layout import lay_out
from kyodo_desktop.pages.options import (
    CONTENTS,
    COVER,
    DUE,
    FONTS,
    LISTING,
    PLAN,
    Edition,
    Paper,
    ReportOptions,
)
from kyodo_desktop.pages.report import laid_report
from kyodo_desktop.pages.text_metrics import is_installed
from kyodo_desktop.printing.drawing import PageDrawer
from kyodo_desktop.printing.pdf import write_pdf
from tests.outlines import large_outline

pytestmark = pytest.mark.same_everywhere("proof_programs.py prints with a font that Windows has")

MADE_ON = "2015-11-02T09:30:00+09:00"
TABLE = [
    "".join(
        bytes((row + 0xA0, column + 0xA0)).decode("euc_jp", "ignore") for column in range(1, 95)
    )
    for row in range(1, 85)
]
"""JIS X 0208, a row of the table a text."""
DOTS = 144


def laid(rows, *, columns=1, font=FONTS[0], paper=Paper.A4_PORTRAIT, notices=()):
    """Lay out rows of cells, or of bare texts."""
    part = Part(
        name="表",
        title="表",
        widths=(WidthRange(10, 40),) * columns,
        header=(PageRow(tuple(Cell(f"列{n}", looks.HEADER) for n in range(columns))),),
        rows=tuple(row if isinstance(row, PageRow) else PageRow((Cell(row),)) for row in rows),
    )
    report = Report(
        title="平成28年3月の報告書",
        subject="",
        author="富里市",
        edition=Edition.PUBLIC,
        parts=(part,),
        looks=looks.LOOKS,
        made_on=MADE_ON,
        notices=notices,
    )
    return lay_out(report, paper, font)


def texts(path):
    return [page.extract_text() for page in PdfReader(path).pages]


def picture(pages, place=0, dots=DOTS):
    """Draw a page on white."""
    across, down = (round(each / 25.4 * dots) for each in (pages.paper.across, pages.paper.down))
    image = QImage(across, down, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    PageDrawer(pages).draw(painter, place, dots)
    painter.end()
    return image


def ink(image, left, right, top=0.0, bottom=1.0):
    """Return the colours in a part of a picture, given in shares of its sides."""
    across, down = image.width(), image.height()
    start, end = round(left * across), round(right * across)
    first, last = round(top * down), round(bottom * down)
    part = image.copy(start, first, end - start, last - first)
    return {f"#{each & 0xFFFFFF:06x}" for each in set(memoryview(part.constBits()).cast("I"))}


@pytest.mark.parametrize("font", [each for each in FONTS if is_installed(each)])
def test_every_character_of_jis_x_0208_is_found_as_itself(font, tmp_path, qapp):
    pages = laid(filter(None, TABLE), font=font)
    write_pdf(pages, tmp_path / "表.pdf")
    found = "".join(texts(tmp_path / "表.pdf"))
    assert "".join(TABLE).count("") == 6880
    assert [each for each in "".join(TABLE) if each.strip() and each not in found] == []
    embedded = {
        descendant.get_object()["/FontDescriptor"].keys() >= {"/FontFile2"}
        for page in PdfReader(tmp_path / "表.pdf").pages
        for each in page["/Resources"]["/Font"].values()
        for descendant in each.get_object()["/DescendantFonts"]
    }
    assert embedded == {True}


def test_of_two_characters_of_one_shape_the_one_that_is_written_is_found(tmp_path, qapp):
    for text in ("大会〜前期 ⼀覧", "大会～前期 一覧"):
        write_pdf(laid([text]), tmp_path / "表.pdf")
        assert text in texts(tmp_path / "表.pdf")[0]


def test_characters_beyond_16_bits_are_found_and_the_language_is_told(tmp_path, qapp):
    text = "𠮟咤、𠮷野家、外字\uf8ff\uf8fd"
    write_pdf(laid([text, PageRow((Cell(text, looks.TITLE),))]), tmp_path / "表.pdf")
    assert texts(tmp_path / "表.pdf")[0].count("𠮟咤、𠮷野家、外字") == 2
    assert PdfReader(tmp_path / "表.pdf").root_object["/Lang"] == "ja-JP"


def test_a_pdf_has_all_the_pages_in_reading_order_and_says_what_it_is(tmp_path, qapp):
    outline = large_outline(60)
    options = ReportOptions(parts=(LISTING,), paper=Paper.A3_LANDSCAPE)
    pages = laid_report(outline, options, extras=Extras(), made_on=MADE_ON)
    path, done = tmp_path / "報告書.pdf", []
    write_pdf(pages, path, JobControl(lambda *each: done.append(each)))
    reader = PdfReader(path)
    assert len(reader.pages) == pages.page_count > 1
    assert done[-1] == (pages.page_count, pages.page_count)
    assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {(1191, 842)}
    sheets = [page for part in pages.parts for page in part.pages]
    for page, text in zip(sheets, texts(path), strict=True):
        cells = [cell for row in (*page.header, *page.rows) for cell in row.cells]
        place = 0
        for line in (line.strip() for cell in cells for line in cell.lines):
            place = text.index(line, place) + len(line)
        assert f"{page.number} / {pages.page_count}" in text
    assert reader.metadata.title == pages.report.title
    assert reader.metadata.subject == "進捗状況の報告書"
    assert reader.metadata.author == ""
    assert reader.metadata.creation_date.isoformat() == "2015-11-02T00:30:00+00:00"


def test_bookmarks_lead_to_the_parts_of_a_report(tmp_path, qapp):
    options = ReportOptions(parts=(COVER, CONTENTS, LISTING, DUE, PLAN))
    pages = laid_report(large_outline(60), options, extras=Extras(), made_on=MADE_ON)
    write_pdf(pages, tmp_path / "報告書.pdf")
    reader = PdfReader(tmp_path / "報告書.pdf", strict=True)
    found = [(each.title, reader.get_destination_page_number(each)) for each in reader.outline]
    assert found == [(part.title, part.pages[0].number - 1) for part in pages.parts]
    assert found[0] == ("表紙", 0)
    assert len(found) > 2
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_nothing_is_left_of_a_pdf_that_is_given_up_or_cannot_be_written(tmp_path, qapp):
    control = JobControl(lambda *_: control.cancel())
    with pytest.raises(CancelledError):
        write_pdf(laid(["一"]), tmp_path / "表.pdf", control)
    with pytest.raises(ExportError, match="フォルダー"):
        write_pdf(laid(["一"]), tmp_path / "nowhere" / "表.pdf")
    with pytest.raises(ExportError, match="終わらせて"):
        write_pdf(laid(["一"]), tmp_path / "表.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_thread_beside_the_window_writes_the_same(tmp_path, qapp):
    pages = laid(TABLE[:20])
    write_pdf(pages, tmp_path / "a.pdf")
    thread = Thread(target=write_pdf, args=(pages, tmp_path / "b.pdf"))
    thread.start()
    thread.join()
    assert texts(tmp_path / "a.pdf") == texts(tmp_path / "b.pdf")


def test_the_command_line_needs_no_window(sample_file, tmp_path):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    }
    command = [sys.executable, "-m", "kyodo_desktop", "export", sample_file, tmp_path / "a.pdf"]
    run = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert run.stderr == b""
    assert "市民活動サポートセンター" in "".join(texts(tmp_path / "a.pdf"))


def test_a_line_is_never_wider_than_its_cell(qapp):
    hidden = "\u202e" * 40  # each is shown as nine letters
    pages = laid([PageRow((Cell(hidden), Cell("")))], columns=2)
    header, row = (each.height for each in pages.parts[0].pages[0].rows)
    top = (TOP * MILLIMETRE + header + 1) / (pages.paper.down * MILLIMETRE)
    bottom = top + (row - 2) / (pages.paper.down * MILLIMETRE)
    image = picture(pages)
    assert len(ink(image, 0.05, 0.49, top, bottom)) > 2
    assert ink(image, 0.51, 0.9, top, bottom) == {"#ffffff"}


def test_what_changed_is_underlined_in_its_own_ink(qapp):
    runs = (Segment("前は", False), Segment("今は", True))
    image = picture(laid([PageRow((Cell(runs),))]))
    assert any(QColor(each).red() > 2 * QColor(each).blue() for each in ink(image, 0, 0.3))
    plain = picture(laid(["前は今は"]))
    assert all(QColor(each).red() < 2 * QColor(each).blue() for each in ink(plain, 0, 0.3, 0, 0.2))


@pytest.mark.parametrize("dots", [72, 144])
def test_the_line_below_what_changed_is_below_it_however_large_the_page_is_drawn(qapp, dots):
    words = "変わったところ"
    rows = [PageRow((Cell((Segment(each, True),)),)) for each in (words, "\U0001f600" + words)]
    pages = laid(rows)
    image = picture(pages, dots=dots)
    margin = TOP * MILLIMETRE / (pages.paper.down * MILLIMETRE)
    assert ink(image, 0, 1, 0, margin * 0.95) == {"#ffffff"}
    em = pages.parts[0].size * dots / 72
    lines = {
        y
        for y in range(image.height() // 6)
        if longest(QColor(image.pixel(x, y)) for x in range(image.width())) >= 6.9 * em
    }
    assert len({y for y in lines if y - 1 not in lines}) == len(rows)


def longest(colours):
    """Return how many pixels of one line are reddish without a gap."""
    stretches = groupby(colours, lambda each: each.red() > each.blue() + 20)
    return max((len([*group]) for is_red, group in stretches if is_red), default=0)


def test_a_figure_stands_in_its_row_and_its_bars_differ_without_colours(qapp):
    series = tuple(Series(f"状態{n}", "2E7D32", n, (6, 3)) for n in range(charts.BLANK + 1))
    (chart,) = charts.charts_of("図", ("環境づくり", "担い手づくり"), series, (0, 0, ()))
    row = PageRow((), RowRole.CHART, height=chart.height, chart=chart)
    image = picture(laid([row]))
    found = ink(image, 0.1, 0.95, 0.05, 0.35)
    assert {f"#{charts.fill('2E7D32', tone).ground.lower()}" for tone in range(3)} <= found
