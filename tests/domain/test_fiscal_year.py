"""年度 and 和暦: how they are written, and every form in which a month is typed."""

from __future__ import annotations

import pytest
from hypothesis import given

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import (
    Near,
    day_label,
    fiscal_year_label,
    fiscal_year_of,
    moment_label,
    month_label,
    nearest_year,
    parse_day,
    parse_month,
    parse_year,
    period_label,
    short_year_label,
)
from kyodo_desktop.domain.importing.months import NO_SUCH_DAY, read_months
from tests.printed_months import bare_forms, full_forms, plans_and_months

HEISEI = 2011
WIDE = {0x21 + each: 0xFF01 + each for each in range(94)}

MARCH_2016 = """
H28.3 h28.3 H28.03 H28/3 H28-3 H.28.3 Ｈ２８．３ Ｈ２８。３ H28.3.31 H28年3月 H28.3月
平成28年3月 平成28年３月 平成２８年３月 平成28年3月末 平成28年3月31日 平28年3月 平28.3
平成二十八年三月 平成二八年三月 二〇一六年三月 ㍻28年3月 平成28年3月上旬 平成28年3月頃 28年3月 28.3
平成27年度 平成27年度末 H27年度 27年度 2015年度 平成二十七年度
2016-03 2016-3 2016/3 2016.3 2016年3月 ２０１６年３月 2016-03-31 2016/3/1 201603 2016ー03 2016－3
平成28年3
"""


NO_MONTH = """
未定 3月 H28 平成 2016 H28.13 H28.0 2016-00 2016-13 0.3 H0.3 H00.3 2201-01 1867-12 12345.1 201613
H28.3予定 28年 X28.3 令和平成2年3月 2016-3-3-3 元 年3月 H28..3 2200年度
"""


@pytest.mark.parametrize("typed", MARCH_2016.split())
def test_every_form_of_a_month_is_read(typed):
    assert parse_month(typed, near=HEISEI) == "2016-03"


@pytest.mark.parametrize(
    "typed",
    ["平成29年2月30日", "H29.2.29", "2017/4/31", "29年2月30日", "H29.2.0", "H29.2.99"],
)
def test_a_day_that_its_month_has_not_is_refused(typed):
    with pytest.raises(InvalidInputError, match="暦にない日付です"):
        parse_month(typed, near=HEISEI)
    with pytest.raises(InvalidInputError, match="暦にない日付です"):
        parse_day(typed, near=HEISEI, field="基準日")
    assert read_months(f"{typed}まで", HEISEI) == (None, None, NO_SUCH_DAY)


def test_the_day_of_a_leap_year_is_one():
    assert parse_month("H28.2.29", near=HEISEI) == "2016-02"


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("R2/3", "2020-03"),
        ("令和元年5月", "2019-05"),
        ("R元.5", "2019-05"),
        ("平成31年4月", "2019-04"),
        ("平成32年3月", "2020-03"),
        ("平成32年度", "2021-03"),
        ("S63.12", "1988-12"),
        ("昭和十年十月", "1935-10"),
        ("T2.1", "1913-01"),
        ("M33.6", "1900-06"),
        (" 平成 28 年 3 月 ", "2016-03"),
        ("平成27年\n12月", "2015-12"),
    ],
)
def test_months_of_other_years_and_eras_are_read(typed, month):
    assert parse_month(typed, near=HEISEI) == month


ACROSS = Near(2016, 2025, 2024)  # 平成28～令和7年度, in the round of 令和6年度


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("7年3月", "2025-03"),
        ("7.12", "2025-12"),
        ("7年度末", "2026-03"),
        ("8/3", "2026-03"),
        ("28年4月", "2016-04"),
        ("30年度", "2019-03"),
        ("31.3", "2019-03"),
        ("元年5月", "2019-05"),
        ("19年度", "2008-03"),
        ("2年3月31日", "2020-03"),
    ],
)
def test_a_year_without_an_era_is_the_nearest_to_the_plan(typed, month):
    assert parse_month(typed, near=ACROSS) == month


@pytest.mark.parametrize("typed", ["25/3", "21年3月", "63年3月", "99.3", "60年度"])
def test_a_year_that_is_near_to_no_plan_or_may_be_two_is_asked_for(typed):
    with pytest.raises(InvalidInputError, match="元号か西暦4桁を付けてください。例: H28"):
        parse_month(typed, near=ACROSS)


def test_of_two_years_as_near_none_is_guessed():
    years = Near(2017, 2020, 2018)  # 平成20年度 ends nine years before it, 令和20年度 … after
    assert nearest_year(11, years) == 2029
    assert nearest_year(15, Near(2016, 2020, 2018)) is None


@given(plans_and_months())
def test_a_month_of_the_plan_comes_back_in_whatever_form_it_is_printed(found):
    near, month = found
    for form in [*bare_forms(month), *full_forms(month)]:
        wide = form.translate(WIDE)
        assert {parse_month(each, near=near) for each in (form, wide)} == {month}, form


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\n"])
def test_nothing_typed_is_no_month(typed):
    assert parse_month(typed, near=HEISEI) is None


@pytest.mark.parametrize(
    "typed",
    NO_MONTH.split(),
)
def test_what_is_no_month_is_refused_with_an_example(typed):
    with pytest.raises(InvalidInputError, match=r"「完了予定」の「.*例: H28\.3") as refused:
        parse_month(typed, near=HEISEI)
    assert typed in str(refused.value)


def test_every_month_is_read_back_from_its_label():
    months = [f"{year}-{month:02}" for year in range(1869, 2101) for month in range(1, 13)]
    assert [parse_month(month_label(month), near=HEISEI) for month in months] == months


@pytest.mark.parametrize(
    ("month", "label"),
    [
        ("1988-12", "昭和63年12月"),
        ("1989-01", "平成元年1月"),
        ("2016-03", "平成28年3月"),
        ("2019-04", "平成31年4月"),
        ("2019-05", "令和元年5月"),
        (None, ""),
    ],
)
def test_a_month_is_shown_in_the_era_of_its_days(month, label):
    assert month_label(month) == label


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2015-10-31", "平成27年10月31日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1989-01-08", "平成元年1月8日"),
        ("2019-05-01", "令和元年5月1日"),
    ],
)
def test_a_day_is_shown_in_its_era(day, label):
    assert day_label(day) == label


def test_a_fiscal_year_begins_in_april_and_carries_the_name_of_a_new_era():
    assert [fiscal_year_of(day) for day in ("2016-03-31", "2016-04-01", "2016-04")] == [
        2015,
        2016,
        2016,
    ]
    assert fiscal_year_label(2015) == "平成27年度"
    assert fiscal_year_label(2019) == "令和元年度"
    assert [*map(short_year_label, (2015, 2018, 2019))] == ["H27", "H30", "R1"]


def test_a_period_stays_in_the_era_in_which_it_began():
    assert period_label(2011, 2020) == "平成23～32年度"
    assert period_label(2019, 2028) == "令和元～10年度"


def test_a_period_of_one_year_is_that_year():
    assert period_label(2015, 2015) == "平成27年度"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("H27.10.31", "2015-10-31"),
        ("平成27年10月1日", "2015-10-01"),
        ("令和元年5月2日", "2019-05-02"),
        ("H27.10", "2015-10-31"),
        ("H28.2", "2016-02-29"),
        ("2015-2-28", "2015-02-28"),
    ],
)
def test_a_day_is_read_and_a_month_stands_for_its_last_day(typed, day):
    assert parse_day(typed, near=HEISEI, field="基準日") == day


@pytest.mark.parametrize("typed", ["", "H27.2.29", "H27.10.0", "H27.10.32", "きのう"])
def test_a_day_that_is_none_is_refused(typed):
    with pytest.raises(InvalidInputError, match=r"^「基準日」"):
        parse_day(typed, near=HEISEI, field="基準日")


def test_a_moment_is_a_day_and_a_time():
    assert moment_label("2015-10-31T09:05:59+09:00") == "平成27年10月31日 9:05"
    assert moment_label("2015-10-31") == "平成27年10月31日"


YEAR_2025 = """
2025 R7 r7 R7年度 令和7 令和7年 令和７年度 ７年度 7 '25 '25年度 令和7（2025）年度 R7.4 令和8年3月
"""


@pytest.mark.parametrize("typed", YEAR_2025.split())
def test_every_form_of_a_fiscal_year_is_read(typed):
    assert parse_year(typed, near=ACROSS, field="開始年度") == 2025


@pytest.mark.parametrize("typed", ["63", "0", "令和", "来年", "25年5月"])
def test_a_year_that_cannot_be_decided_is_refused_with_examples(typed):
    with pytest.raises(InvalidInputError, match=r"^「開始年度」の.*例: "):
        parse_year(typed, near=ACROSS, field="開始年度")


def test_a_period_may_begin_with_a_year_in_kanji():
    day = parse_day("平成二十七年度", near=HEISEI, field="期間", from_first=True)
    assert day == "2015-04-01"
