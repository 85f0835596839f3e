"""Where Japanese text breaks into lines."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.pages.text_metrics import NEVER_FIRST, lines_of

pytestmark = pytest.mark.same_everywhere("counts letters, and no font of the system")

ONE_EACH = defaultdict(lambda: 1.0, {"\n": 0.0})


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("市民活動", ["市民活動"]),
        ("市民活動支援補助金", ["市民活動支", "援補助金"]),
        ("市民活動支。補助金", ["市民活動", "支。補助金"]),
        ("市民活動（補助金", ["市民活動", "（補助金"]),
        ("市民と NPO の会", ["市民と ", "NPO の", "会"]),
        ("PRの調べーる", ["PRの調", "べーる"]),
        ("市民Webサイト", ["市民Web", "サイト"]),
        ("abcdefgh", ["abcde", "fgh"]),
        ("一行目\n二行目は長い", ["一行目\n", "二行目は長", "い"]),
        ("市民活動支 援", ["市民活動支 ", "援"]),
    ],
)
def test_a_text_breaks_by_the_rules_of_japanese_print(text, lines):
    assert lines_of(text, ONE_EACH, 5.0) == lines


@given(st.text(alphabet="市ー。（）ab \n①", max_size=60), st.integers(1, 12))
def test_nothing_of_a_text_is_lost_and_no_line_is_too_long(text, width):
    lines = lines_of(text, ONE_EACH, float(width))
    assert "".join(lines) == text
    assert all(len(line.rstrip(" \n")) <= width for line in lines)


@given(st.text(alphabet="市民ー。、）", min_size=1, max_size=40))
def test_no_line_begins_with_a_mark_that_may_not_where_a_letter_stands_before(text):
    lines = lines_of(text, ONE_EACH, 20.0)
    for above, below in pairwise(lines):
        if any(letter not in NEVER_FIRST for letter in above[1:]):
            assert below[0] not in NEVER_FIRST
