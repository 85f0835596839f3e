"""Titles are divided between words, into lines of like length, and lose nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.pages.options import COVER, SUMMARY, Paper
from kyodo_desktop.pages.text_metrics import GuessedAdvances, lines_of
from kyodo_desktop.pages.title_lines import title_lines
from tests.outlines import DONE, outline_of_rows
from tests.pages.parts.making import laid_out

pytestmark = pytest.mark.same_everywhere("values")

ADVANCES = GuessedAdvances(0.5)
PLAN = (
    "第2次富里市協働のまちづくり推進計画及び市民活動の促進に関する基本方針に基づく行動計画（後期）"
)
PARTS = "協働のまちづくり推進計画　期限超過・期限が近いもの（平成27年度）"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (PLAN, 60, [PLAN]),
        (
            PLAN,
            30,
            [
                "第2次富里市協働のまちづくり推進計画及び市民活動の",
                "促進に関する基本方針に基づく行動計画（後期）",
            ],
        ),
        (
            PLAN,
            20,
            [
                "第2次富里市協働のまちづくり推進計画",
                "及び市民活動の促進に関する基本方針",
                "に基づく行動計画（後期）",
            ],
        ),
        (PARTS, 30, ["協働のまちづくり推進計画　期限超過・", "期限が近いもの（平成27年度）"]),
        ("環境基本計画　概要（令和6年度）", 11, ["環境基本計画　概要", "（令和6年度）"]),
        ("市民活動のまちづくり", 7, ["市民活動の", "まちづくり"]),
        ("Plan\nbis", 5, ["Plan\n", "bis"]),
    ],
)
def test_a_title_breaks_where_a_reader_would(text, width, lines):
    assert title_lines(text, ADVANCES, width) == lines


TITLES = st.text(st.sampled_from("市計画のづくり（）　 プランab12、ー\n"), max_size=60)


@given(TITLES, st.integers(2, 30))
def test_nothing_is_lost_and_no_line_is_longer_or_more_than_needed(text, width):
    lines, needed = title_lines(text, ADVANCES, width), lines_of(text, ADVANCES, width)
    assert "".join(lines) == text
    assert len(lines) == len(needed)
    if lines != needed:
        assert all(sum(map(ADVANCES.__getitem__, each.rstrip())) <= width for each in lines)


def test_titles_of_pages_are_divided_so():
    outline = outline_of_rows(("環境", "拠点", "ブース", [(DONE, "")]))
    outline = replace(outline, plan=outline.plan._replace(title=PLAN))
    laid = laid_out(outline, COVER, SUMMARY, paper=Paper.A4_PORTRAIT)
    titles = [
        cell.lines
        for part in laid.parts
        for row in part.pages[0].rows
        for cell in row.cells
        if cell.value is not None and PLAN in str(cell.value)
    ]
    for lines in titles:
        assert len(lines) > 1
        assert all(len(line) > len(PLAN) / 5 for line in lines)
        assert not any(line.startswith(("り", "る", "く", "画", "針")) for line in lines)
