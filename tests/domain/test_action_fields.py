"""The one list of an action's fields: it agrees with the values of the plan, and reads back."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields, plan
from kyodo_desktop.domain.action_fields import FIELDS, Scope, Use, is_empty_outlook, taking_part
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.field_types import Links, OutlineNames, Title, split_names
from kyodo_desktop.domain.tables import TABLES
from tests.outlines import noted, outlook

PLAN = noted("前期\n  環境\n    ブース: ・\n  体制")
SAMPLES = {
    action_fields.DUE: "2016-03",
    action_fields.START: 2015,
    action_fields.DIRECTION: 1,
    action_fields.NOTE: "一\n二",
    action_fields.STATUS: 1,
    action_fields.LINE_SECTION: 2,
    action_fields.RELATED: (2, 1),
    action_fields.CONTINUES: 7,
}


@pytest.mark.parametrize(
    ("scope", "values", "others"),
    [
        (Scope.ACTION, plan.Action, {"id", "term_id"}),
        (Scope.ROUND, plan.Outlook, {"id", "round_id", "action_id", "carried"}),
        (Scope.LINE, plan.Progress, {"id", "round_id", "action_id", "position", "carried"}),
    ],
)
def test_the_values_of_the_plan_have_the_columns_of_the_fields(scope, values, others):
    assert {each.name for each in action_fields.columns(scope)} == {*values._fields} - others


def test_a_field_and_its_column_came_at_the_same_time():
    assert all(field.column is None or field.column.earlier is field.earlier for field in FIELDS)


def test_what_is_published_of_a_field_and_of_its_rows_is_the_same():
    for field in FIELDS:
        if field.column:
            assert field.column.is_public == field.is_public, field
        else:
            table = TABLES[field.type.table]
            assert {table.is_public, *(each.is_public for each in table.columns)} == {
                field.is_public
            }, field


def test_no_column_of_a_table_that_stays_inside_is_published():
    for name, table in TABLES.items():
        assert table.is_public == any(each.is_public for each in table.columns), name


def test_no_two_fields_have_one_name():
    names = [field.name for field in FIELDS]
    assert len({*names}) == len(names)
    for use in (Use.DATA, Use.PASTE):
        headings = [field.heading for field in taking_part(use)]
        assert len({*headings}) == len(headings)
    labels = [field.form.label for field in action_fields.form_fields()]
    assert len({*labels}) == len(labels)
    assert all(
        field.form.heading.replace("\n", "") == field.form.label
        for field in action_fields.form_fields()
    )


@pytest.mark.parametrize("field", SAMPLES, ids=lambda field: field.name)
def test_what_is_written_plainly_reads_back(field):
    value, names = SAMPLES[field], OutlineNames(PLAN)
    assert field.type.parse(field.type.plain(value, PLAN), names, field.label) == value


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_an_empty_field_is_an_empty_text(field):
    assert field.type.format(field.type.empty, PLAN) == ""
    assert field.type.plain(field.type.empty, PLAN) == ""
    if not isinstance(field.type, Title):
        assert field.type.parse("", OutlineNames(PLAN), field.label) == field.type.empty


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        (action_fields.TITLE, " ", "「名称」が空です"),
        (action_fields.DUE, "未定", "「完了予定」の「未定」は年月として読み取れません"),
        (action_fields.START, "2300", "「開始年度」は1868～2200年度で入力してください"),
        (action_fields.START, "63", "「開始年度」の「63」は、いつの年度か決められません"),
        (action_fields.START, "未定", "「開始年度」の「未定」は年月として読み取れません"),
        (action_fields.CONTINUES, "0", "「継続元キー」は1以上の整数にしてください"),
        (action_fields.CONTINUES, "七", "「継続元キー」は1以上の整数にしてください"),
        (
            action_fields.DIRECTION,
            "やめる",
            "「今後の方向性」の「やめる」は方向性の一覧にありません",
        ),
    ],
)
def test_what_is_no_value_is_refused(field, typed, reason):
    with pytest.raises(InvalidInputError) as error:
        field.type.parse(typed, OutlineNames(PLAN), field.label)
    assert error.value.message.startswith(reason)


def test_a_field_says_what_an_action_says():
    assert action_fields.TITLE.of(PLAN, 1) == "ブース"
    assert action_fields.OUTLOOK.of(PLAN, 1) == ""
    assert [action_fields.STATUS.of_line(line) for line in PLAN.lines[1]] == [3]
    links = [field for field in FIELDS if isinstance(field.type, Links)]
    assert {field.of(PLAN, 1) for field in links} == {()}


def test_an_outlook_is_empty_outlook_without_any_of_its_fields():
    empty = outlook(carried=1)
    assert is_empty_outlook(empty)
    assert not is_empty_outlook(empty._replace(text="続ける"))
    assert not is_empty_outlook(empty._replace(direction_id=1))


def test_names_may_have_the_sign_between_them_in_themselves():
    known = {"環境、衛生課", "総務課"}
    assert list(split_names("総務課、環境、衛生課、土木課", known)) == [
        "総務課",
        "環境、衛生課",
        "土木課",
    ]
