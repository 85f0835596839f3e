"""From which status to which: rows and columns add up to the totals of either round."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.comparing.transitions import transitions_of
from kyodo_desktop.domain.totals import term_totals
from tests.outlines import DONE, NEAR, ONGOING, STOPPED, by_id, outline_of_rows

BEFORE = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "")]),
    ("環境", "拠点", "補助金", [(ONGOING, "")]),
    ("環境", "拠点", "基金", [(ONGOING, "")]),
    ("環境", "拠点", "祭り", [(STOPPED, "")]),
)
AFTER = outline_of_rows(
    ("環境", "拠点", "ブース", [(DONE, "")]),
    ("環境", "拠点", "補助金", [(ONGOING, "")]),
    ("環境", "拠点", "基金", [(DONE, "")]),
)


def test_what_stayed_came_and_went_adds_up_to_both_rounds():
    third = AFTER.placements[3]
    new = {**AFTER.actions, 9: AFTER.actions[3]._replace(id=9, title="若者の場")}
    after = replace(
        AFTER,
        statuses=by_id(DONE, ONGOING),
        actions=new,
        placements={**AFTER.placements, 3: third._replace(action_id=9)},
        placed={1: (1,), 2: (2,), 9: (3,)},
    )
    found = transitions_of(compare(BEFORE, after))
    assert found.statuses == (DONE, ONGOING, NEAR, STOPPED, None)
    assert found.stayed == (
        (0, 0, 0, 0, 0),
        (0, 1, 0, 0, 0),
        (1, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
    )
    assert (found.added, found.gone) == ((0, 0, 0, 0, 1), (0, 1, 0, 1, 0))
    assert (found.before, found.now) == ((0, 2, 1, 1, 0), (1, 1, 0, 0, 1))
    assert found.differences == (1, -1, -1, -1, 1)
    (totals,) = term_totals(after, BEFORE)
    assert sum(found.now) == totals.actions
    assert sum(found.before) == totals.net.total.before.total()


def test_there_is_a_column_for_what_is_not_filled_in_only_where_there_is_some():
    assert transitions_of(compare(AFTER, AFTER)).statuses == (DONE, NEAR, ONGOING, STOPPED)
