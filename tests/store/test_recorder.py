"""The recorder sees every row that a session adds, changes or deletes."""

from __future__ import annotations

from kyodo_desktop.store.recorder import record_changes
from kyodo_desktop.store.tables import OperationRow, SectionRow


def names(change):
    return change.before and change.before["name"], change.after and change.after["name"]


def test_what_was_added_changed_and_deleted_is_recorded_in_order(session):
    recorded = record_changes(session)
    row = SectionRow(position=1, name="総務課")
    session.add(row)
    session.flush()
    row.name = "総務部"
    session.flush()
    session.delete(row)
    session.flush()
    assert [names(change) for change in recorded] == [
        (None, "総務課"),
        ("総務課", "総務部"),
        ("総務部", None),
    ]
    assert {(change.table, change.id) for change in recorded} == {("section", 2)}


def test_a_change_holds_whole_rows(session):
    recorded = record_changes(session)
    session.get_one(SectionRow, 1).name = "新しい課"
    session.flush()
    (change,) = recorded
    assert change.before == {"id": 1, "position": 0, "name": "市民活動推進課"}
    assert change.after == {"id": 1, "position": 0, "name": "新しい課"}


def test_a_value_set_to_what_it_was_is_no_change(session):
    recorded = record_changes(session)
    row = session.get_one(SectionRow, 1)
    row.name = "x"
    row.name = "市民活動推進課"
    session.flush()
    assert recorded == []


def test_the_history_itself_is_not_recorded(session):
    recorded = record_changes(session)
    session.add(OperationRow(at="2026-01-01T00:00:00", author="", label="変更"))
    session.flush()
    assert recorded == []
