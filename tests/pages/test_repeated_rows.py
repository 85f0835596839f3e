"""What a page goes on with stands under its headings again, and under no others."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, Report, RowRole
from kyodo_desktop.pages.layout import lay_out
from kyodo_desktop.pages.options import Edition, Paper

pytestmark = pytest.mark.same_everywhere("values")

LOW = 60.0  # points


def row(text, kind=RowRole.BODY, **fields):
    """Return a row; headings repeat."""
    is_heading = kind in (RowRole.CAPTION, RowRole.HEADER, RowRole.BAND)
    fields = {"joined": is_heading, "repeats": is_heading, **fields}
    return PageRow((Cell(text),), kind, **fields)


def body(count):
    return [row(f"行{n}", height=LOW) for n in range(count)]


def pages(*rows):
    """Return of each page the texts of its first rows down to the first that is no heading."""
    part = Part("部", "部", (WidthRange(10, 10),), rows)
    report = Report("題", "", "", Edition.INTERNAL, (part,), looks.LOOKS, "2026-11-23")
    found = []
    for page in lay_out(report, Paper.A4_LANDSCAPE, "ＭＳ ゴシック").parts[0].pages:
        texts = [each.cells[0].value for each in page.rows if each.cells]
        stop = next(place for place, each in enumerate(page.rows) if each.kind is RowRole.BODY)
        found.append([*texts[:stop], texts[stop]])
        assert sum(each.height for each in page.rows) <= 520
    return found


def test_headings_stand_again_with_what_says_that_they_go_on():
    found = pages(
        row("表", RowRole.CAPTION),
        row("上段", RowRole.HEADER),
        row("下段", RowRole.HEADER),
        row("大", RowRole.BAND, level=1),
        row("中", RowRole.BAND, level=2),
        *body(12),
    )
    again = ["表（続き）", "上段", "下段", "大（続き）", "中（続き）"]
    assert [each[:-1] for each in found] == [["表", "上段", "下段", "大", "中"], again]


def test_a_heading_is_over_with_the_next_of_its_depth_and_with_its_table():
    found = pages(
        row("表", RowRole.CAPTION),
        row("列", RowRole.HEADER),
        row("大1", RowRole.BAND, level=1),
        row("中1", RowRole.BAND, level=2),
        *body(2),
        row("大2", RowRole.BAND, level=1),
        *body(7),
        row("", RowRole.SPACE, height=LOW),
        row("次の表", RowRole.CAPTION),
        *body(9),
        row("新しい頁", RowRole.CAPTION, begins_page=True),
        *body(1),
    )
    assert found[1:] == [
        ["表（続き）", "列", "大2（続き）", found[1][-1]],
        ["次の表（続き）", found[2][-1]],
        ["新しい頁", "行0"],
    ]


def test_a_page_that_begins_with_a_heading_has_only_those_above_it_again():
    found = pages(
        row("表", RowRole.CAPTION),
        row("大", RowRole.BAND, level=1),
        row("中1", RowRole.BAND, level=2),
        *body(7),
        row("中2", RowRole.BAND, level=2),
        *body(2),
    )
    assert found[1] == ["表（続き）", "大（続き）", "中2", "行0"]


def test_a_row_that_is_cut_goes_on_below_them():
    long = PageRow((Cell("長い文。\n" * 60),))
    for page in pages(row("表", RowRole.CAPTION), row("列", RowRole.HEADER), long)[1:]:
        assert page[:2] == ["表（続き）", "列"]


def test_what_begins_a_page_stands_under_no_headings_where_it_goes_on():
    long = row("長い文\n" * 50, begins_page=True)
    found = pages(row("表", RowRole.CAPTION), *body(1), long)
    assert [len(each) for each in found] == [2, 1, 1]


def test_a_heading_that_would_take_much_of_a_page_stands_once():
    high = row("見出し\n" * 12, RowRole.BAND, level=1)
    found = pages(row("大", RowRole.BAND), high, *body(12))
    assert [each[:-1] for each in found] == [["大", high.cells[0].value], ["大（続き）"]]
