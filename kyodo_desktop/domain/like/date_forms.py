"""Writes a month or a year in the form in which a table has its dates."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import (
    ERAS,
    Near,
    fiscal_year_label,
    fiscal_year_of,
    month_label,
    short_label,
)
from kyodo_desktop.domain.importing.months import read_months, read_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundPlan

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_DATE = re.compile(
    r"(?P<era>令和|平成|昭和|[令平昭]|[RHSrhs])?(?P<dot>[.．]?)(?P<year>元|[0-9０-９]{1,4})"
    r"(?:(?P<fiscal>年度)|(?P<after>年|[./\-．／])(?:(?P<month>[0-9０-９]{1,2})"
    r"(?P<rest>月|(?P<between>月|[./\-．／])(?P<day>[0-9０-９]{1,2})(?P<end>日)?)?)?)"
)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_WESTERN_FROM = 1000


def years_of(plan: FoundPlan) -> Near:
    """Return what years without an era were near to when the table was read."""
    return Near(plan.first_fiscal_year, plan.last_fiscal_year, plan.rounds[-1].fiscal_year)


def month_in_form(month: str, old: str, near: Near) -> str:
    """Return a `YYYY-MM` as `old` has its month, as far as it then reads as that month.

    `near` are the years of the plan, for a year without an era. A real date of a cell
    comes and goes as `YYYY-MM-DD`.
    """
    iso = _ISO.fullmatch(old)
    if iso is not None:
        return month if iso[3] is None else f"{month}-{_day(iso, month):02}"
    for candidate in (*_like(old, month), month_label(month)):
        if read_months(candidate, near).due == month:
            return candidate
    return month_label(month)


def year_in_form(year: int, old: str, near: Near) -> str:
    """Return a fiscal year as `old` has its year or month, as far as it then reads as that."""
    for candidate in (*_like(old, f"{year}-04", first=True), fiscal_year_label(year)):
        if read_start(candidate, near).start == year:
            return candidate
    return fiscal_year_label(year)


def _day(old: re.Match[str], month: str) -> int:
    """Return the day of a month: the same as before, the last one as the last one."""
    last = calendar.monthrange(int(month[:4]), int(month[5:7]))[1]
    before = calendar.monthrange(int(old[1]), int(old[2]))[1]
    return last if int(old[3]) == before else min(int(old[3]), last)


def _like(old: str, month: str, *, first: bool = False) -> Iterator[str]:
    """Yield the text with its last date (or its first) changed, the likest form first."""
    found = [
        each for each in _DATE.finditer(old) if each["era"] or each["fiscal"] or each["after"]
    ]
    if not found:
        return
    date = found[0] if first else found[-1]
    before, after = old[: date.start()], old[date.end() :]
    for era in dict.fromkeys((date["era"] or "", _era_like("R", month))):
        yield before + _written(date, month, era) + after
    if date["era"] and len(date["era"]) == 1 and date["era"].isascii():
        yield before + short_label(month) + after


def _written(date: re.Match[str], month: str, era: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    wide = date["year"].translate(_NARROW) != date["year"]
    by_year = date["month"] is None
    if by_year:
        year = fiscal_year_of(month)
    numbers = _year(date, year, month, era)
    if by_year:
        return _digits(numbers + (date["fiscal"] or date["after"] or ""), wide=wide)
    rest = date["rest"] or ""
    if date["day"]:
        last = calendar.monthrange(year, number)[1]
        rest = f"{date['between']}{last}{date['end'] or ''}"
    return _digits(f"{numbers}{date['after']}{number}{rest}", wide=wide)


def _year(date: re.Match[str], year: int, month: str, era: str) -> str:
    """Return the year with its era, or western where the old one was."""
    old = date["year"].translate(_NARROW)
    if old.isdecimal() and int(old) >= _WESTERN_FROM:
        return str(year)
    shown = _era_like(era, month) if era else ""
    count = year - _first_year(month) + 1
    return f"{shown}{date['dot']}{'元' if count == 1 and len(shown) > 1 else count}"


def _era_like(era: str, month: str) -> str:
    """Return the era of a month as long as another is written: 令和, 令, R, r."""
    named = next((each for each in ERAS if f"{month}-31" >= each.first_day), ERAS[-1])
    if era.isascii():
        return named.letter.lower() if era.islower() else named.letter
    return named.name[: len(era)]


def _first_year(month: str) -> int:
    return next((each.first_year for each in ERAS if f"{month}-31" >= each.first_day), 1868)


def _digits(text: str, *, wide: bool) -> str:
    return text.translate(_WIDE) if wide else text
