"""The result in printed order, and the way between a row and its cell."""

from __future__ import annotations

import pytest

from kyodo_desktop.ui.importing.found_rows import FoundKind, FoundRows, counts, status_counts
from kyodo_desktop.ui.importing.row_kinds import ShownRowKind, row_kinds
from tests.ui.importing.tables import FOUND, GRID, MAPPING, OTHER, SHEET


@pytest.fixture(scope="module")
def rows():
    return FoundRows(FOUND, [SHEET])


def test_lines_follow_their_action_and_actions_their_heading(rows):
    assert [(each.kind.name, each.depth) for each in rows.rows] == [
        ("HEADING", 0),
        *(("ACTION", 1), ("LINE", 2), ("LINE", 2), ("OUTLOOK", 2)),
        *(("ACTION", 1), ("LINE", 2)),
        ("HEADING", 0),
        ("RELISTED", 1),
    ]


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (3, 1, FoundKind.HEADING),
        (4, 2, FoundKind.ACTION),
        (4, 1, FoundKind.ACTION),
        (5, 5, FoundKind.LINE),
        (9, 3, FoundKind.RELISTED),
    ],
)
def test_a_cell_leads_to_what_was_read_from_it_or_beside_it(rows, row, column, expected):
    number = rows.row_at(SHEET, row, column)
    assert rows.rows[number].kind is expected
    assert rows.rows[number].item.place.row == row


def test_a_cell_before_the_table_and_one_of_another_sheet_lead_nowhere(rows):
    assert rows.row_at(SHEET, 1, 1) is None
    assert rows.row_at("集計", 4, 1) is None


def test_an_action_shows_the_least_advanced_of_its_lines(rows):
    assert rows.status_of(1).label == "一部"
    assert rows.status_of(2).label == "実施"
    assert rows.status_of(5) is None


def test_all_is_counted():
    assert counts(FOUND) == "見出し 2・取組 2・再掲 1・進捗状況 3・今後の方向性 1"
    assert status_counts(FOUND) == "○ 実施 1　△ 一部 1　印なし 1"


def test_each_row_of_the_sheet_is_told_what_became_of_it(rows):
    kinds = row_kinds(GRID, MAPPING, rows)
    assert [ShownRowKind(each).label for each in kinds] == [
        *("表の外", "見出し行", "見出し", "取り込む", "続き", "確かめる"),
        *("取り込まない", "見出し", "取り込む", "表の外"),
    ]


def test_a_sheet_that_is_left_out_lies_outside_of_the_table(rows):
    assert set(row_kinds(OTHER, MAPPING, rows)) == {ShownRowKind.OUTSIDE}
