"""Whatever is done to the sheets: a row is never taken for another, and nothing crashes."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.domain.importing.grid import Area, Book, CellPlace, Unread
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.excel.reply_form.reading import answer_in
from kyodo_desktop.excel.reply_form.sheets import FORM_SHEET
from tests.effort import examples
from tests.excel.reply_form.forms import BOOTH, FIRST_ROW, FORM, ROWS, form_of, row, written

pytestmark = pytest.mark.same_everywhere("test_cycle.py lets Windows write and read such files")

MANY = form_of(*ROWS, *(row(i, f"取組{i}", "・", f"状況{i}") for i in range(4, 9)))
SENT = {(each.action_id, each.line_id): each for each in MANY.rows}
WIDTH = 12


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    return read_table(written(tmp_path_factory.mktemp("forms"), MANY))


def with_form(book: Book, change) -> Book:
    """Return the book with other rows in the sheet of the form."""
    return book._replace(
        grids=tuple(change(grid) if grid.sheet == FORM_SHEET else grid for grid in book.grids)
    )


@given(
    order=st.permutations(range(len(MANY.rows))),
    gone=st.sets(st.integers(0, len(MANY.rows) - 1)),
    keyless=st.sets(st.integers(0, len(MANY.rows) - 1)),
    blanks=st.sets(st.integers(0, 12)),
    columns=st.permutations(range(WIDTH)),
)
def test_rows_and_columns_in_any_order(book, order, gone, keyless, blanks, columns):
    def change(grid):
        top, table = grid.rows[: FIRST_ROW - 1], grid.rows[FIRST_ROW - 1 :]
        rows = [
            (table[i][0], "", *table[i][2:]) if i in keyless else table[i]
            for i in order
            if i not in gone
        ]
        for place in sorted(blanks):
            rows.insert(place, ())
        full = [each + ("",) * (WIDTH - len(each)) for each in (*top, *rows)]
        moved = tuple(tuple(each[column] for column in columns) for each in full)
        return grid._replace(rows=moved, merges=())

    if len(gone) == len(MANY.rows):
        return
    answer = answer_in(with_form(book, change), "")
    left = [MANY.rows[i] for i in order if i not in gone]
    assert [each.action_id for each in answer.rows] == [each.action_id for each in left]
    for found, expected in zip(answer.rows, left, strict=True):
        if expected.action_id != BOOTH.action_id:
            assert found.line_id == expected.line_id
        if SENT[found.action_id, found.line_id] == expected:
            assert found.cells == expected.values


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ("番号", "状態", "進捗状況", "鍵", "今後の方向性", "1#10", "1#999", "①", BOOTH.title, "#")
    ),
)
PLACES = st.tuples(st.integers(1, 14), st.integers(1, 14))
AREAS = st.builds(Area, *[st.integers(1, 1_048_576)] * 4)


@examples(quick=20, deep=1_500)
@given(
    typed=st.lists(st.tuples(st.integers(0, 3), PLACES, CELLS), max_size=60),
    merges=st.lists(AREAS, max_size=5),
    unread=st.lists(st.tuples(PLACES, CELLS), max_size=5),
)
def test_anything_may_be_typed_anywhere(book, typed, merges, unread):
    grids = [[list(each) for each in grid.rows] for grid in book.grids]
    for sheet, (line, column), text in typed:
        rows = grids[sheet]
        rows.extend([] for _ in range(line - len(rows)))
        rows[line - 1].extend("" for _ in range(column - len(rows[line - 1])))
        rows[line - 1][column - 1] = text
    changed = tuple(
        grid._replace(
            rows=tuple(map(tuple, rows)),
            merges=tuple(merges),
            unread=tuple(
                Unread(CellPlace(grid.sheet, *place), text, "理由。") for place, text in unread
            ),
        )
        for grid, rows in zip(book.grids, grids, strict=True)
    )
    with suppress(ReadingError):
        answer = answer_in(book._replace(grids=changed), "")
        assert answer.sent
        assert len({each.row for each in answer.rows}) == len(answer.rows)


def test_a_great_sheet_with_one_cell_below_is_read_in_no_time(book):
    far = with_form(
        book,
        lambda grid: grid._replace(
            rows=(*grid.rows, *[()] * 1_000_000, ("", "", "", "下の方")),
            merges=(Area(1, 1, 1_048_576, 16_384),) * 1_000,
        ),
    )
    assert answer_in(far, "").key == FORM.key
