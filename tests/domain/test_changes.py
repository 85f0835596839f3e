"""What one edit did to the rows, and what takes it back."""

from __future__ import annotations

from kyodo_desktop.domain.changes import ChangeSet, RowChange, coalesce

OLD = {"id": 1, "title": "旧", "action_id": 7}
NEW = {"id": 1, "title": "新", "action_id": 7}


def test_a_change_names_the_columns_that_differ():
    assert RowChange("action", 1, OLD, NEW).touched == {"title"}
    assert RowChange("action", 1, None, NEW).touched == set(NEW)
    assert RowChange("action", 1, OLD, None).touched == set(OLD)


def test_a_change_tells_the_newest_value_of_a_column():
    assert RowChange("action", 1, OLD, NEW).value("title") == "新"
    assert RowChange("action", 1, OLD, None).value("title") == "旧"
    assert RowChange("action", 1, OLD, NEW).value("colour") is None


def test_the_inverse_goes_back_in_the_opposite_order():
    added, changed = RowChange("term", 2, None, NEW), RowChange("action", 1, OLD, NEW)
    inverse = ChangeSet("編集", (added, changed), 5).inverted()
    assert inverse == ChangeSet(
        "編集", (RowChange("action", 1, NEW, OLD), RowChange("term", 2, NEW, None)), 5
    )
    assert inverse.inverted() == ChangeSet("編集", (added, changed), 5)


def test_several_changes_of_a_row_become_one():
    newest = {**NEW, "title": "最新"}
    assert coalesce(
        [
            RowChange("action", 1, OLD, NEW),
            RowChange("heading", 1, OLD, None),
            RowChange("action", 1, NEW, newest),
        ]
    ) == (RowChange("action", 1, OLD, newest), RowChange("heading", 1, OLD, None))


def test_what_came_to_nothing_drops_out():
    assert coalesce([RowChange("action", 1, OLD, NEW), RowChange("action", 1, NEW, OLD)]) == ()
    assert coalesce([RowChange("action", 1, None, NEW), RowChange("action", 1, NEW, None)]) == ()
