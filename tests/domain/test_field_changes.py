"""The history in words: which field of which item went from what to what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain import action_fields, changes, field_types, plan
from kyodo_desktop.domain.changes import FieldChange, RowChange, field_changes
from kyodo_desktop.domain.tables import TABLES, table_of
from tests.outlines import noted

PLAN = noted("前期\n  環境\n    ブース: ・\n  体制")
ACTION = PLAN.actions[1]._asdict()
LINE = PLAN.lines[1][0]._asdict()


def told(table, before, after, action_id=None):
    return list(field_changes(PLAN, (RowChange(table, 1, before, after, action_id),)))


@pytest.mark.parametrize(
    ("table", "column", "old", "new", "expected"),
    [
        ("action", "title", "旧", "新", ("実行計画", "名称", "旧", "新")),
        ("action", "due", None, "2016-03", ("実行計画", "完了予定", "", "平成28年3月")),
        ("action", "start_fiscal_year", 2015, None, ("実行計画", "開始年度", "平成27年度", "")),
        ("progress", "status_id", None, 1, ("進捗状況", "状態", "", "✓ 完了")),
        ("progress", "status_id", 99, 3, ("進捗状況", "状態", "（削除済み）", "・ 継続中")),
        ("progress", "position", 0, 1, ("進捗状況", "並び順", "1番目", "2番目")),
        ("progress", "section_id", 1, 2, ("進捗状況", "担当課", "市民活動推進課", "総務課")),
        ("outlook", "direction_id", None, 1, ("今後の方向性", "方向性", "", "継続")),
        ("placement", "heading_id", 1, 2, ("掲載", "掲載先", "環境", "体制")),
        ("heading", "parent_id", None, 2, ("見出し", "上の見出し", "", "体制")),
        ("assignment", "role", "lead", "related", ("担当", "役割", "主担当", "関係課")),
        ("plan", "last_fiscal_year", 2018, 2019, ("計画", "終了年度", "平成30年度", "令和元年度")),
    ],
)
def test_a_changed_field_is_told_from_what_to_what(table, column, old, new, expected):
    assert told(table, {column: old}, {column: new}) == [FieldChange("", *expected)]


def test_a_heading_that_two_terms_have_is_told_with_its_term():
    both = noted("前期\n  環境\n  体制\n後期\n  環境")
    row = {"id": 1, "round_id": 1, "heading_id": 3, "text": "早く"}
    (told,) = field_changes(both, (RowChange("opinion", 1, None, row, None),))
    assert told.new == "環境（後期） 早く"
    (told,) = field_changes(both, (RowChange("opinion", 1, None, {**row, "heading_id": 2}, None),))
    assert told.new == "体制 早く"


def test_a_field_that_stayed_and_an_id_are_not_told():
    assert told("action", ACTION, {**ACTION, "title": "新", "term_id": 2}) == [
        FieldChange("", "実行計画", "名称", "ブース", "新")
    ]


@pytest.mark.parametrize(("action_id", "title"), [(1, "ブース"), (99, ""), (None, "")])
def test_the_action_is_named_while_there_is_one(action_id, title):
    (line,) = told("progress", {"text": "旧"}, {"text": "新"}, action_id)
    assert line == FieldChange(title, "進捗状況", "文", "旧", "新")


def test_an_added_or_deleted_row_is_told_in_short():
    assert told("progress", None, {**LINE, "text": "開設予定"}) == [
        FieldChange("", "進捗状況", "追加", "", "・ 継続中 開設予定")
    ]
    assert told("placement", PLAN.placements[1]._asdict(), None) == [
        FieldChange("", "掲載", "削除", "ブース", "")
    ]


@pytest.mark.parametrize(
    ("type_", "value", "shown"),
    [
        (field_types.Code({"good": "順調"}), "good", "順調"),
        (field_types.Number(), 0, "0"),
        (field_types.Text(), "市長も出席", "市長も出席"),
    ],
)
@pytest.mark.parametrize("scope", [action_fields.Scope.ROUND, action_fields.Scope.LINE])
def test_a_further_field_of_a_round_is_told_with_its_first_value(
    monkeypatch, scope, type_, value, shown
):
    column = field_types.Column("rating", "評価", type_, field_types.PUBLIC, "評価", optional=True)
    field = replace(action_fields.DIRECTION, name="rating", scope=scope, type=type_, column=column)
    columns = {**changes._COLUMNS[scope.value], "rating": column}
    monkeypatch.setattr(action_fields, "FIELDS", (*action_fields.FIELDS, field))
    monkeypatch.setitem(changes._COLUMNS, scope.value, columns)
    (line,) = told(scope.value, None, {"id": 1, "rating": value, "text": ""})
    assert (line.field, line.new) == ("追加", shown)


def test_every_table_with_values_has_a_word():
    values = [each for each in vars(plan).values() if hasattr(each, "_fields")]
    assert all(TABLES[table_of(each)].label for each in values)
