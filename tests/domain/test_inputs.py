"""What people type is checked before it reaches a row, and the message names the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.inputs import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    checked_text,
    checked_title,
    checked_years,
)
from tests.effort import examples


def test_a_title_is_one_line_without_space_around_it():
    assert checked_title("\u3000 拠点の\n整備 \n", "施策名") == "拠点の 整備"
    assert checked_title("拠点の\r\n整備", "施策名") == "拠点の 整備"
    assert checked_title("拠点の\r整備", "施策名") == "拠点の 整備"


@pytest.mark.parametrize("empty", ["", " ", "\u3000\n", "\t"])
def test_a_title_may_not_be_empty(empty):
    with pytest.raises(InvalidInputError, match="「施策名」が空です") as refused:
        checked_title(empty, "施策名")
    assert refused.value.field == "施策名"


def test_a_text_keeps_its_lines_and_gets_plain_line_ends():
    assert checked_text("一行目\r\n二行目\r三行目\n", "備考") == "一行目\n二行目\n三行目\n"
    assert checked_text("✓①㈱𠮷\t👨‍👩‍👧", "備考") == "✓①㈱𠮷\t👨‍👩‍👧"


@pytest.mark.parametrize("unseen", ["\u061c", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_what_turns_the_direction_of_copied_text_is_kept_as_a_sign(unseen):
    assert checked_text(f"{unseen}2015/11/02", "備考") == f"〔U+{ord(unseen):04X}〕2015/11/02"


def test_the_ends_of_lines_of_other_programs_are_ends_of_lines():
    assert checked_text("一行目\u2028二行目\u2029三行目", "備考") == "一行目\n二行目\n三行目"
    assert checked_title("拠点の\u2028整備", "施策名") == "拠点の 整備"


@pytest.mark.parametrize("unfit", ["\0", "\x07", "\x0b", "\x1b", "\x7f", "\ud800", "\ufffe"])
def test_a_character_that_no_file_can_hold_is_named_with_its_place(unfit):
    with pytest.raises(InvalidInputError, match=f"「備考」の3文字目.*U\\+{ord(unfit):04X}"):
        checked_text(f"あい{unfit}う", "備考")


@pytest.mark.parametrize(
    ("check", "limit"), [(checked_text, TEXT_LIMIT), (checked_title, TITLE_LIMIT)]
)
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(check, limit):
    assert len(check("あ" * limit, "内容")) == limit
    with pytest.raises(InvalidInputError, match=f"「内容」が長すぎます（{limit + 1:,}文字）"):
        check("あ" * (limit + 1), "内容")


@examples(quick=30, deep=2_000)
@given(st.text())
def test_what_passed_once_passes_unchanged(text):
    try:
        title = checked_title(text, "名称")
    except InvalidInputError:
        return
    assert checked_title(title, "名称") == title
    assert not set("\r\n\0") & set(title)


def test_a_span_of_fiscal_years_runs_forward():
    assert checked_years(2011, 2020, "計画期間") == (2011, 2020)
    assert checked_years(2011, 2011, "計画期間") == (2011, 2011)
    with pytest.raises(InvalidInputError, match="「計画期間」の終了年度が"):
        checked_years(2011, 2010, "計画期間")


@pytest.mark.parametrize("years", [(1867, 2000), (2000, 2201), (23, 32)])
def test_a_fiscal_year_lies_in_the_calendar(years):
    with pytest.raises(InvalidInputError, match="「計画期間」は1868～2200年度"):
        checked_years(*years, "計画期間")
