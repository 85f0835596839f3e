"""Rows on pages."""

from __future__ import annotations

import pytest

from kyodo_desktop.excel.progress_sheet import Paginator, TableRow

pytestmark = pytest.mark.same_everywhere("counts letters, and no font of the system")


def rows(*paths: tuple[int, ...], height: float = 30.0) -> list[TableRow]:
    return [TableRow(path, 1, (), None, height) for path in paths]


def pages(table: list[TableRow], room: float, need: float = 0.0) -> list[list[float]]:
    paginator = Paginator(table, 2, lambda node, level, goes_on: need)
    return [[row.height for row in page] for page in paginator.pages(room, room)]


def test_a_page_holds_what_fits_and_no_row_is_cut():
    table = rows(*[(1, 2)] * 7)
    assert [len(page) for page in pages(table, 100)] == [3, 3, 1]


def test_a_page_that_is_full_enough_ends_before_a_new_heading():
    table = rows(*[(1, 2)] * 9, *[(3, 4)] * 9)
    assert [len(page) for page in pages(table, 310)] == [9, 9]


def test_a_page_which_that_would_leave_half_empty_goes_on():
    table = rows(*[(1, 2)] * 5, *[(3, 4)] * 9)
    assert [len(page) for page in pages(table, 310)] == [10, 4]


def test_rows_are_raised_where_the_heading_beside_them_is_taller():
    assert pages(rows((1, 2), (1, 2)), 300, need=90.0) == [[45.0, 45.0]]


def test_raised_rows_still_fit_their_page():
    table = rows(*[(1, place) for place in range(10)])
    found = pages(table, 200, need=60.0)
    assert [len(page) for page in found] == [3, 3, 3, 1]
    assert all(sum(page) <= 200 for page in found)


def test_a_page_is_filled_where_a_program_without_our_breaks_would_pull_up_a_row():
    first, second = pages(rows(*[(1, 2)] * 5, *[(3, 4)] * 3, height=33.0), 194)
    assert len(first) == 5
    assert 185 < sum(first) <= 194
    assert second == [33.0, 33.0, 33.0]


def test_a_row_taller_than_a_page_has_a_page_of_its_own():
    assert pages(rows((1, 2), (1, 2), height=400.0), 300) == [[400.0], [400.0]]
