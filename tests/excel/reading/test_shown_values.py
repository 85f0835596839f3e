"""A number or a date comes as the sheet shows it, and as the program can read it again."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.fiscal_year import parse_month
from kyodo_desktop.excel.reading.cell_styles import format_shower, format_style


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("", "1", "1"),
        ("General", "1.0", "1"),
        ("G/標準", "0.30000000000000004", "0.3"),
        ("General", "-12.50", "-12.5"),
        ("General", "1E+20", "1e+20"),
        ("General", "12345678901234", "12345678901234"),
        ('General"件"', "3", "3件"),
        ("@", "7", "7"),
        ("0", "2.5", "3"),
        ("0.00", "1", "1.00"),
        ("0.##", "1.5", "1.5"),
        ("00", "3", "03"),
        ("0%", "0.5", "50%"),
        ("0.0%", "0.1234", "12.3%"),
        ("#,##0", "1234567.4", "1,234,567"),
        ("#,##0", "0", "0"),
        ("#,##0", "-999", "-999"),
        ('#,##0"千円"', "12345", "12,345千円"),
        ('#,##0,"千円"', "12345000", "12,345千円"),
        ("#,##0_);(#,##0)", "-1234", "(1,234)"),
        ("#,##0;▲#,##0", "-1234", "▲1,234"),
        ('0;-0;"-"', "0", "-"),
        (";;;", "5", ""),
        ("(0)", "4", "(4)"),
        ('"第"0"号"', "12", "第12号"),
        ("000-0000", "2860001", "286-0001"),
        ("[赤]0", "8", "8"),
        ("[DBNum3]0", "12", "１２"),
        ("[$¥-411]#,##0", "1000", "¥1,000"),
        ("[>=100]0;0.0", "5", "5"),
        ("# ?/?", "0.5", "0.5"),
        ("0.00E+00", "12345", "12345"),
        ("0", "nonsense", "nonsense"),
        ("0", "1e400", "inf"),
    ],
)
def test_a_number_is_shown_in_its_format(code, number, shown):
    assert format_shower(code)(number) == shown


@pytest.mark.parametrize(
    ("code", "serial", "shown"),
    [
        ("yyyy/m/d", "42460", "2016-03-31"),
        ('[$-411]ggge"年"m"月"d"日"', "42460", "2016-03-31"),
        ("[$-411]ge.m.d;@", "42460", "2016-03-31"),
        ('m"月"d"日"', "42460", "2016-03-31"),
        ('yyyy"年"m"月"', "42460", "2016-03"),
        ("mmm-yy", "42460", "2016-03"),
        ('ggge"年"m"月"', "42460", "2016-03"),
        ('ggge"年度"', "42460", "平成28年度"),
        ('yyyy"年度"', "42460", "2016年度"),
        ("ge", "43586", "R1"),
        ('m"月"', "42460", "3月"),
        ("yyyy/m/d h:mm", "42460.5", "2016-03-31 12:00"),
        ("yyyy/m/d h:mm", "42460", "2016-03-31"),
        ("h:mm", "0.5", "12:00"),
        ("[h]:mm", "1.5", "36:00"),
        ("mm:ss", "0.0007", "0:01"),
        ("yyyy/m/d", "1", "1900-01-01"),
        ("yyyy/m/d", "59", "1900-02-28"),
        ("yyyy/m/d", "61", "1900-03-01"),
        ("yyyy/m/d", "0", None),
        ("yyyy/m/d", "-1", None),
        ("yyyy/m/d", "2958466", None),
        ("yyyy/m/d", "nan", None),
        ("yyyy/m/d", "2958465.9999999", None),
    ],
)
def test_a_date_is_shown_as_a_day_a_month_or_a_year(code, serial, shown):
    assert format_shower(code)(serial) == shown


def test_a_workbook_of_an_old_mac_counts_from_1904():
    assert format_shower("yyyy/m/d", from_1904=True)("0") == "1904-01-01"


@pytest.mark.parametrize("code", ['yyyy"年"m"月"', 'ggge"年度"', 'ggge"年"m"月"', "mmm-yy"])
def test_a_month_or_a_year_is_read_as_one(code):
    shown = format_shower(code)("42460")
    assert parse_month(shown, near=2011) in {"2016-03", "2017-03"}


@pytest.mark.parametrize(
    ("code", "serial", "shown"),
    [
        ("yyyy/m/d", "42460", "2016/3/31"),
        ('m"月"d"日"', "46023", "1月1日"),
        ("d-mmm", "46023", "1-Jan"),
        ("mmm-yy", "11689", "Jan-32"),
        ('ggge"年"m"月"', "42460", "平成28年3月"),
        ("ge.mm.dd", "42460", "H28.03.31"),
        ('m"月"d"日("aaa")"', "42460", "3月31日(木)"),
        ("dddd, mmmm d", "42460", "Thursday, March 31"),
        ("yyyy/mm/dd hh:mm", "42460.5625", "2016/03/31 13:30"),
        ("h:mm", "0.5", "12:00"),
    ],
)
def test_a_date_is_also_known_as_the_sheet_shows_it(code, serial, shown):
    style = format_style(code)
    assert style.dated(style.shown(serial)) == shown
