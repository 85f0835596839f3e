"""The types of fields, each by what people type, what is stored, and what is shown."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import field_types, plan
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.field_types import Code, Flag, Number, OutlineNames
from tests.outlines import noted

PLAN = noted("前期\n  環境\n    ブース: ・\n  体制")
NAMES = OutlineNames(PLAN)
RATING = Code({"good": "順調", "behind": "やや遅れ"})


@pytest.mark.parametrize(
    ("type_", "typed", "value", "shown"),
    [
        (Number(), "1,200", 1200, "1200"),
        (Number(), "１２００", 1200, "1200"),
        (Number(), "0", 0, "0"),
        (Number(), "", None, ""),
        (RATING, " 順調 ", "good", "順調"),
        (RATING, "", None, ""),
        (field_types.SECTION, "総務課", 2, "総務課"),
        (field_types.STATUS, "✓", 1, "✓ 完了"),
        (field_types.Month(), "H28.3", "2016-03", "平成28年3月"),
        (field_types.FiscalYear(), "2015", 2015, "平成27年度"),
        (field_types.Text(), "一\r\n二", "一\n二", "一\n二"),
        (field_types.Title(), " 名前 ", "名前", "名前"),
    ],
)
def test_what_is_typed_is_stored_and_shown(type_, typed, value, shown):
    assert type_.parse(typed, NAMES, "欄") == value
    assert type_.format(value, PLAN) == shown
    assert type_.parse(type_.plain(value, PLAN), NAMES, "欄") == value


@pytest.mark.parametrize(
    ("type_", "typed", "reason"),
    [
        (Number(), "いくらか", "「欄」は0以上の整数にしてください。"),
        (Number(), "-1", "「欄」は0以上の整数にしてください。"),
        (Number(), "9" * 18, "「欄」は9,007,199,254,740,992以下の整数にしてください。"),
        (Number(), "９" * 30, "「欄」は9,007,199,254,740,992以下の整数にしてください。"),
        (field_types.Count(), "0", "「欄」は1以上の整数にしてください。"),
        (field_types.ACTION, "9" * 18, "「欄」は9,007,199,254,740,992以下の整数にしてください。"),
        (RATING, "順", "「欄」の「順」は選択肢にありません。ある値: 順調、やや遅れ。"),
    ],
)
def test_what_is_no_value_is_refused_with_the_way_out(type_, typed, reason):
    with pytest.raises(InvalidInputError) as error:
        type_.parse(typed, NAMES, "欄")
    assert error.value.message == reason


@pytest.mark.parametrize(
    ("type_", "value", "reason"),
    [
        (Number(), -5, "「欄」は0以上の整数にしてください。"),
        (Number(), field_types.LARGEST + 1, "「欄」は9,007,199,254,740,992以下の整数に"),
        (field_types.Count(), 0, "「欄」は1以上の整数にしてください。"),
        (RATING, "zz", "「欄」の「zz」は選択肢にありません。ある値: 順調、やや遅れ。"),
        (RATING, "", "「欄」の「」は選択肢にありません。"),
        (field_types.Month(), "2016-13", "「欄」の「2016-13」は暦にない年月です。"),
        (field_types.Month(), "H28.3", "「欄」の「H28.3」は暦にない年月です。"),
        (field_types.Month(), "", "「欄」の「」は暦にない年月です。"),
    ],
)
def test_what_may_not_be_stored_is_refused_by_the_name_of_its_field(type_, value, reason):
    with pytest.raises(InvalidInputError) as error:
        type_.check(value, "欄")
    assert error.value.message.startswith(reason)


@pytest.mark.parametrize(
    ("type_", "values"),
    [
        (Number(), (None, 0, field_types.LARGEST)),
        (field_types.Count(), (None, 1)),
        (RATING, (None, "good")),
        (field_types.Month(), (None, "2016-03")),
    ],
)
def test_what_may_be_stored_stays_as_it_is(type_, values):
    assert [type_.check(each, "欄") for each in values] == [*values]


@pytest.mark.parametrize(
    ("type_", "value", "shown"),
    [
        (field_types.Day(), "2015-10-31", "平成27年10月31日"),
        (field_types.Moment(), "2015-10-31T09:00:00+09:00", "平成27年10月31日 9:00"),
        (field_types.Place(), 0, "1番目"),
        (Flag("する", "しない"), 1, "する"),
        (Flag("する", "しない"), 0, "しない"),
        (field_types.code_of(plan.Role), "lead", "主担当"),
        (field_types.SECTION, 99, "（削除済み）"),
        (field_types.HEADING, 1, "環境"),
        (field_types.HEADING, 99, "（削除済み）"),
    ],
)
def test_what_the_history_shows(type_, value, shown):
    assert type_.format(value, PLAN) == shown


def test_what_can_be_chosen_is_offered():
    assert RATING.options(PLAN) == [("good", "順調"), ("behind", "やや遅れ")]
    assert field_types.SECTION.options(PLAN)[0] == (1, "市民活動推進課")
