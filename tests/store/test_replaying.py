"""Recorded changes are written to their rows again, in an order that always fits."""

from __future__ import annotations

import pytest
from sqlmodel import select

from kyodo_desktop.domain.changes import RowChange
from kyodo_desktop.domain.errors import ConflictError
from kyodo_desktop.store.replaying import replay, rows_of
from kyodo_desktop.store.tables import SectionRow

FIRST = {"id": 1, "position": 0, "name": "市民活動推進課"}


def sections(session):
    return {row.id: row.name for row in session.exec(select(SectionRow))}


def section(number, name):
    return {"id": number, "position": number, "name": name}


def test_a_deleted_row_comes_back_with_its_id(session):
    replay(session, [RowChange("section", 70, None, section(70, "総務課"))])
    assert sections(session) == {1: "市民活動推進課", 70: "総務課"}


def test_only_the_columns_that_differ_are_written(session):
    session.get_one(SectionRow, 1).position = 5
    replay(session, [RowChange("section", 1, FIRST, {**FIRST, "name": "新しい課"})])
    assert session.get_one(SectionRow, 1).position == 5
    assert sections(session) == {1: "新しい課"}


def test_a_name_is_free_before_it_is_taken(session):
    replay(
        session,
        [
            RowChange("section", 70, None, section(70, "市民活動推進課")),
            RowChange("section", 1, FIRST, None),
        ],
    )
    assert sections(session) == {70: "市民活動推進課"}


def test_a_deleted_row_leaves_its_name_to_one_that_stays(session):
    session.add(SectionRow(**section(70, "総務課")))
    renamed = RowChange("section", 70, section(70, "総務課"), section(70, "市民活動推進課"))
    replay(session, [renamed, RowChange("section", 1, FIRST, None)])
    assert sections(session) == {70: "市民活動推進課"}


@pytest.mark.parametrize("after", [None, section(70, "新")])
def test_a_row_that_is_gone_cannot_be_changed(session, after):
    with pytest.raises(ConflictError, match="対象の項目が削除されています"):
        replay(session, [RowChange("section", 70, section(70, "旧"), after)])


@pytest.mark.parametrize("after", [None, section(1, "新しい課")])
def test_a_row_that_somebody_changed_since_is_named_and_kept(session, after):
    with pytest.raises(ConflictError, match="担当課の名称がさらに変更されています"):
        replay(session, [RowChange("section", 1, {**FIRST, "name": "前の課"}, after)])
    assert sections(session) == {1: "市民活動推進課"}


def test_a_row_that_is_there_again_is_not_added_twice(session):
    with pytest.raises(ConflictError, match="既に元に戻されています"):
        replay(session, [RowChange("section", 1, None, FIRST)])


def test_more_rows_are_fetched_than_sqlite_takes_parameters(session):
    rows = [section(number, f"{number}課") for number in range(2, 1300)]
    replay(session, [RowChange("section", row["id"], None, row) for row in rows])
    session.expunge_all()
    assert (
        len(rows_of(session, [RowChange("section", i, None, FIRST) for i in range(1300)])) == 1299
    )
