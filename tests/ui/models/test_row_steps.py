"""Taking rows away and adding others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.ui.models.row_steps import row_steps

PARTS = st.sets(st.integers(1, 12)).map(lambda nodes: tuple(sorted(nodes)))


@given(before=PARTS, after=PARTS)
def test_the_steps_lead_from_one_part_to_the_other(before, after):
    steps = row_steps(before, after)
    rows = list(before)
    for first, last in steps.away:
        del rows[first : last + 1]
    for first, last in steps.added:
        rows[first:first] = after[first : last + 1]
    assert tuple(rows) == after


def test_nothing_is_done_where_nothing_changes():
    assert row_steps((1, 2), (1, 2)) == ((1, 2), [], [])


def test_rows_that_stand_together_go_together():
    assert row_steps((1, 2, 3, 4, 5), (1, 4)).away == [(4, 4), (1, 2)]


def test_rows_that_change_places_have_no_steps():
    assert row_steps((1, 2, 3), (2, 1, 3)) is None
