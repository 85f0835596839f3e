"""Every text survives the signs, and no text is left that a program would take for more."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.interchange.escaping import (
    escape_formula,
    escaped,
    guard_formula,
    unescaped,
    unguarded,
)

ANY = st.text(st.characters(exclude_categories=["Cs"]))
LOOKALIKES = st.text(st.sampled_from("〔〕U+_x0045F'=-1 "), max_size=20)


@given(ANY | LOOKALIKES)
def test_a_text_comes_back(text):
    assert unescaped(escaped(text)) == text
    assert unguarded(escape_formula(text)) == text
    assert unescaped(unguarded(escape_formula(escaped(text)))) == text


@given(ANY | LOOKALIKES)
def test_nothing_unfit_is_left(text):
    shown = escaped(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", shown)
    assert not re.search("_x[0-9A-Fa-f]{4}_|x005F_", shown)


FORMULAS = ("=1", "+1", "-1", "@a", "\ta", "＝1", "'=1")
VALUES = (
    "(1)",
    "1-2",
    "2016-03",
    "007",
    "H28.3",
    "平成28年3月1日",
    "TRUE",
    "Mar-16",
    "1E5",
    "''(1)",
)


@pytest.mark.parametrize("text", [*FORMULAS, *VALUES])
def test_what_excel_would_turn_into_something_else_is_guarded(text):
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "市民", "1 環境づくり", "①", "'市民", "完了（28年3月予定）", "・", "元年"]
)
def test_what_excel_leaves_alone_is_left_alone(text):
    assert escape_formula(text) == text


RUN = ("=1", "=SUM(A1)", "＝1", "@a", "+a", "-2+3", "-a", "－未定", "\ta", "\ra")
KEPT = ("1-1", "1-(1)-②", "2016-03", "007", "-1", "▲3", "-", "－", "+3.5%", "=", "'=1", "市民")


@pytest.mark.parametrize("text", [*RUN, *KEPT])
def test_what_is_published_is_guarded_only_where_a_spreadsheet_would_run_it(text):
    assert guard_formula(text) == (f"'{text}" if text in RUN else text)
