"""Months and years in the form of the table, which then reads them as they are in the plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.fiscal_year import Near
from kyodo_desktop.domain.importing.months import read_months, read_start
from kyodo_desktop.domain.like.date_forms import month_in_form, year_in_form
from tests.printed_months import bare_forms, full_forms, plans_and_months

ACROSS = Near(2016, 2025, 2024)


@pytest.mark.parametrize(
    ("old", "month", "written"),
    [("7年3月", "2026-03", "8年3月"), ("7.12", "2026-03", "8.3"), ("31.3", "2020-03", "2.3")],
)
def test_a_month_without_an_era_stays_so_across_a_change_of_era(old, month, written):
    assert month_in_form(month, old, ACROSS) == written


@pytest.mark.parametrize(
    ("old", "year", "written"),
    [
        ("28年度", 2018, "30年度"),
        ("平成29年4月", 2020, "令和2年4月"),
        ("H29～", 2020, "令和2年度"),
    ],
)
def test_a_beginning_is_written_as_one(old, year, written):
    assert year_in_form(year, old, ACROSS) == written


@given(plans_and_months(), st.data())
def test_what_is_written_reads_back_whatever_the_form_was(found, data):
    near, old = found
    month = f"{near.first + data.draw(st.integers(1, near.last - near.first + 1))}-03"
    for form in [*bare_forms(old), *full_forms(old)]:
        assert read_months(month_in_form(month, form, near), near).due == month
        year = int(month[:4]) - 1
        assert read_start(year_in_form(year, form, near), near).start == year


@pytest.mark.parametrize(
    ("old", "march", "december"),
    [
        ("R7.3", "R9.3", "R8.12"),
        ("平成28年3月末", "令和9年3月末", "令和8年12月末"),
        ("平成２８年３月", "令和９年３月", "令和８年１２月"),
        ("2016/3", "2027/3", "2026/12"),
        ("令和7年度末", "令和8年度末", "令和8年12月"),
        ("平成29年3月31日", "令和9年3月31日", "令和8年12月31日"),
        ("2016-03-31", "2027-03-31", "2026-12-31"),
        ("2016-02-10", "2027-03-10", "2026-12-10"),
        ("未定", "令和9年3月", "令和8年12月"),
    ],
)
def test_a_month_takes_the_form_that_stands_there(old, march, december):
    assert month_in_form("2027-03", old, Near(2016, 2035, 2026)) == march
    assert month_in_form("2026-12", old, Near(2016, 2035, 2026)) == december
