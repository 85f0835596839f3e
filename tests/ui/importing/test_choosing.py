"""What the choices of the page make of a mapping."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.importing.mapping import ColumnRole, RoundChoice
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.choosing import Meaning
from tests.ui.importing.tables import BOOK, GRID, MAPPING, OTHER

[CHOICE] = MAPPING.sheets
TWO_YEARS = MAPPING._replace(
    rounds=(RoundChoice("令和6年度", 2024, "2025-03-31"), *MAPPING.rounds)
)


@pytest.mark.parametrize(
    ("mapping", "meaning", "expected"),
    [
        (MAPPING, Meaning(ColumnRole.HEADING, 0), "見出し：基本目標"),
        (MAPPING, Meaning(ColumnRole.NUMBER, 1), "番号：取組"),
        (MAPPING, Meaning(ColumnRole.ACTION), "取組"),
        (MAPPING, Meaning(ColumnRole.STATUS), "状態"),
        (TWO_YEARS, Meaning(ColumnRole.STATUS, 0, "令和6年度"), "状態：令和6年度"),
        (TWO_YEARS, Meaning(ColumnRole.STATUS), "状態：令和7年度"),
        (MAPPING, Meaning(ColumnRole.IGNORED), "取り込まない"),
    ],
)
def test_a_meaning_is_told_in_the_words_of_the_plan(mapping, meaning, expected):
    assert choosing.label(mapping, meaning) == expected


def test_a_column_may_be_about_any_year_of_the_table():
    offered = choosing.meanings(TWO_YEARS, ColumnRole.PROGRESS)
    assert [each.round for each in offered] == ["令和6年度", "令和7年度"]


def test_a_column_is_given_another_meaning_and_the_others_keep_theirs():
    changed = choosing.with_column(CHOICE, GRID, 5, Meaning(ColumnRole.NOTE))
    assert [each.role for each in changed.columns] == [
        *(
            ColumnRole.NUMBER,
            ColumnRole.ACTION,
            ColumnRole.SECTION,
            ColumnRole.STATUS,
            ColumnRole.NOTE,
        )
    ]
    assert changed.columns[4].words == "実績"


def test_a_column_that_nobody_spoke_of_is_known_by_its_words():
    bare = CHOICE._replace(columns=())
    [column] = choosing.with_column(bare, GRID, 3, Meaning(ColumnRole.SECTION)).columns
    assert (column.column, column.words, column.role) == (3, "担当課", ColumnRole.SECTION)


def test_heading_rows_and_end_keep_their_order_and_stay_in_the_sheet():
    moved = choosing.with_rows(CHOICE, GRID, 4, 2, 99)
    assert moved[1:4] == (4, 4, 10)
    assert choosing.with_rows(CHOICE, GRID, 0, 0, 0)[1:4] == (1, 1, 1)


def test_sheets_come_and_go_in_the_order_of_the_file():
    without = choosing.without_sheet(MAPPING, GRID.sheet)
    assert without.sheets == ()
    both = choosing.with_sheet(MAPPING, choosing.blank_sheet(OTHER), BOOK)
    assert [each.sheet for each in both.sheets] == [GRID.sheet, OTHER.sheet]


def test_the_number_of_the_actions_stays_theirs_when_levels_come_and_go():
    levels = (MAPPING.levels[0], ("施策", "(1)"), MAPPING.levels[1])
    deeper = choosing.with_levels(MAPPING, levels)
    assert deeper.sheets[0].columns[0].level == 2
    assert choosing.with_levels(deeper, MAPPING.levels) == MAPPING


def test_the_columns_of_a_round_follow_its_new_name():
    named = MAPPING._replace(
        sheets=(choosing.with_column(CHOICE, GRID, 4, Meaning(ColumnRole.STATUS, 0, "令和7年度")),)
    )
    renamed = choosing.renamed_round(named, "令和7年度", "R7")
    assert renamed.sheets[0].columns[3].round == "R7"
