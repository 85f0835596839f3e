"""What is copied comes back, and what Excel copies is read as its cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain import action_fields, pasting
from kyodo_desktop.domain.pasting import as_html, as_text, from_text
from kyodo_desktop.domain.texts import squeezed

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=8)
TRICKY = st.text(st.sampled_from("\t\n\"'=+-@a "), max_size=6)


def filled(rows):
    """Tell rows that are a table: all of one length, and the last one is not empty."""
    return len({len(row) for row in rows}) == 1 and any(map(str.strip, rows[-1]))


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(CELL | TRICKY, min_size=width, max_size=width), min_size=1, max_size=4
        )
    )
)
def test_a_table_comes_back(rows):
    if filled(rows):
        assert from_text(as_text(rows)) == rows


COPIED = {
    "rows": ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
    "lines in a cell": ('"一\n二"\tb\r\n', [["一\n二", "b"]]),
    "quotes in quotes": ('"彼は""よい""と\n言った"\tb', [['彼は"よい"と\n言った', "b"]]),
    "quotes that are none": ('"仮"の名\tb', [['"仮"の名', "b"]]),
    "empty cells": ("\t\tc\r\na\t\t\r\n", [["", "", "c"], ["a", "", ""]]),
    "short rows": ("a\tb\n\nc", [["a", "b"], ["", ""], ["c", ""]]),
    "empty rows at the end": ("a\r\n\r\n\r\n", [["a"]]),
    "nothing": ("", []),
    "one cell": ("a", [["a"]]),
}


@pytest.mark.parametrize("case", COPIED)
def test_what_excel_copies_is_read(case):
    text, rows = COPIED[case]
    assert from_text(text) == rows


def test_nothing_that_is_copied_is_a_formula():
    assert as_text([["=1+1", "+1", "-1", "@x", "a=1"]]) == "'=1+1\t'+1\t'-1\t'@x\ta=1\r\n"


def test_the_html_is_a_table_of_texts():
    html = as_html([["(1) <b>", "一\n二"]])
    assert ">(1) &lt;b&gt;</td>" in html
    assert '>一<br style="mso-data-placement:same-cell">二</td>' in html
    assert "mso-number-format:'\\@'" in html


def words_of_several(columns):
    """Return the headings by which more than one of the columns is known."""
    found = Counter(
        word
        for column in columns
        for word in {squeezed(each) for each in (column.heading, *column.words)}
    )
    return [word for word, count in found.items() if count > 1]


def test_no_heading_stands_for_two_columns():
    assert words_of_several(pasting.COPIED) == []


def test_a_field_that_is_called_like_a_word_of_another_would_be_told():
    rating = replace(action_fields.DIRECTION, label="評価", heading="評価")
    assert words_of_several((*pasting.COPIED, pasting.column_of(rating))) == ["評価"]
