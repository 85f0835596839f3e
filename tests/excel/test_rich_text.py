"""Texts with marked parts, as they stand in a cell."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import TextBlock

from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.excel.cell_text import CELL_LIMIT, CUT_MARK, RichText
from kyodo_desktop.excel.workbook import SheetWriter, save
from kyodo_desktop.pages.content import sliced

pytestmark = pytest.mark.same_everywhere("test_report.py lets Windows write such sheets")


def written(tmp_path, *runs):
    """Return the cell that the runs become, and what was replaced in it."""
    workbook = Workbook()
    writer = SheetWriter(workbook.active, JobControl())
    writer.row([RichText(runs, "ＭＳ ゴシック", 9.5)], ("Normal",))
    save(workbook, [writer], tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx", rich_text=True).active
    return sheet["A1"].value, writer.replacements


def test_a_marked_part_is_underlined_in_the_font_of_its_cell(tmp_path):
    value, replaced = written(
        tmp_path, Segment("平成", False), Segment("28年<2月>", True), Segment("に開設 ", False)
    )
    assert str(value) == "平成28年<2月>に開設 "
    (block,) = [each for each in value if isinstance(each, TextBlock)]
    assert (block.text, block.font.u, block.font.rFont) == ("28年<2月>", "single", "ＭＳ ゴシック")
    assert (block.font.sz, replaced) == (9.5, [])


def test_what_a_cell_cannot_hold_is_told_by_its_place_in_the_whole_text(tmp_path):
    value, (replaced,) = written(tmp_path, Segment("ブ", False), Segment("ー\x01", True))
    assert str(value) == "ブー〔U+0001〕"
    assert (replaced.cell, replaced.place) == ("A1", 3)


def test_a_text_beyond_the_limit_is_cut_as_a_whole(tmp_path):
    half = "あ" * (CELL_LIMIT // 2 + 5)
    value, _ = written(tmp_path, Segment(half, False), Segment(half, True))
    assert len(str(value)) == CELL_LIMIT
    assert str(value).endswith(CUT_MARK)


def test_a_slice_keeps_the_marks_of_its_part():
    runs = (Segment("あい", False), Segment("うえ", True), Segment("お", False))
    assert sliced(runs, 1, 3) == (Segment("い", False), Segment("う", True))
    assert sliced(runs, 4, 9) == (Segment("お", False),)
