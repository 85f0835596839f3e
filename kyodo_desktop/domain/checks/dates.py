"""Finds the dates that a text names, in all the ways in which city halls write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import ERAS, fiscal_year_of, parse_month

if TYPE_CHECKING:
    from collections.abc import Iterator

# One character for one, so that a place in the narrow text is the same place in the text.
_NARROW = {0xFF01 + each: 0x21 + each for each in range(94)} | {0x3000: " "}
_NUMBER = "(?:元|[0-9]{1,4}|(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]))"
_MONTH_NUMBER = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
_ERA = r"(?:令和|平成|昭和|㋿|㍻|(?<![A-Za-z])[RHSrhs](?=\s*\.?\s*[0-9元]))"
_TO = r"\s*(?:年度?|\.[0-9]{1,2}|年[0-9]{1,2}月)?\s*(?:から|[~〜\-－―ー・、及])\s*び?"
_PART = (
    "第?[1-4一二三四]四半期|当初|初頭|はじめ|初め|早々|[上下]半?期|前半|後半|前期|後期|末|中|内"
)
_YEAR_PART = "末|中|内|始め|初頭|前半|後半|[春夏秋冬]"
_DATE = re.compile(
    rf"""(?<![0-9.,/第全])
    (?:(?P<era>{_ERA})\s*\.?\s*(?:{_NUMBER}{_TO})?)?
    (?:(?P<year>{_NUMBER})\s*
       (?: (?:年\s*度|(?<=[0-9])FY)(?!目|毎|ごと|間|版|別)\s*の?(?P<part>{_PART})?
         | 年\s*(?P<month>{_MONTH_NUMBER})\s*月(?:\s*[~〜\-－―]\s*(?P<until>[0-9]{{1,2}})\s*月)?
         | (?P<dot>[./\-])(?P<month_dot>[0-9]{{1,2}})(?![0-9%])(?:[./\-][0-9]{{1,2}}(?![0-9]))?
         | 年(?!\s*[0-9一二三四五六七八九十]+\s*月|目|毎|ごと|間|以上|後|前|次|ぶり|生|産)
           (?P<alone>{_YEAR_PART}|)
       )
     | (?:(?P<relative>今|本|来|次|再来)\s*年度(?!目|毎|ごと|間)|(?<![0-9一-鿿])年度(?=[内末中]))
       \s*(?P<relative_part>{_PART})?
    )
    (?:\s*(?:末|上旬|中旬|下旬|初旬|頃|ごろ|ころ|[0-9]{{1,2}}日|中))*""",
    re.VERBOSE,
)
_AHEAD = {"今": 0, "本": 0, "来": 1, "次": 1, "再来": 2}
_ERA_NAMES = {"㋿": "令和", "㍻": "平成"}
_FIRST_HALF, _QUARTERS = ("上半期", "上期", "前半", "前期"), "1234"
_BEGINNING = ("当初", "初頭", "はじめ", "初め", "早々", "始め")
_SEASONS = {"春": "05", "夏": "08", "秋": "11", "冬": "12"}
_WESTERN_DIGITS = 4


class Named(NamedTuple):
    """A date in a text: the span of months that it may mean, and where it stands.

    `is_year` tells that the text names a year only, without 年度.
    """

    first: str
    last: str
    start: int
    end: int
    is_year: bool


def narrow(text: str) -> str:
    """Return the text with wide digits, letters and signs made narrow, place by place."""
    return text.translate(_NARROW)


def dates_in(text: str, *, era_from: int, fiscal_year: int | None) -> Iterator[Named]:
    """Yield the dates of a narrow text.

    A year without an era is one of the era that the text named last, else of the plan's.
    今年度 and 来年度 are counted from the fiscal year; without one they are passed over.
    """
    era = None
    for found in _DATE.finditer(text):
        era = found["era"] or era
        span = _span(found, era, era_from, fiscal_year)
        if span is not None:
            is_year = found["alone"] is not None
            yield Named(*span, found.start(), found.end(), is_year)


def _span(
    found: re.Match[str], era: str | None, era_from: int, fiscal_year: int | None
) -> tuple[str, str] | None:
    if found["year"] is None:
        if fiscal_year is None:
            return None
        year = fiscal_year + _AHEAD[found["relative"] or "今"]
        return _part_of(year, found["relative_part"])
    if _is_no_date(found):
        return None
    if found["month"] or found["month_dot"]:
        number = found["until"] or found["month"] or found["month_dot"]
        month = _month(era, f"{found['year']}年{number}月", era_from)
        return (month, month) if month else None
    if found["alone"] is not None:
        year_end = _month(era, f"{found['year']}年12月", era_from)
        return _part_of_year(year_end[:4], found["alone"]) if year_end else None
    last = _month(era, f"{found['year']}年度", era_from)
    return _part_of(fiscal_year_of(last), found["part"]) if last else None


def _is_no_date(found: re.Match[str]) -> bool:
    """Tell whether it is a number (1.5, 3年) rather than a year of an era or of four digits."""
    is_named = found["era"] or len(found["year"]) == _WESTERN_DIGITS
    return not is_named and (found["alone"] is not None or found["dot"] is not None)


def _month(era: str | None, text: str, era_from: int) -> str | None:
    """Read it in the era; where that lies long before the plan, the next era is meant."""
    named = _ERA_NAMES.get(era or "", era or "")
    if named or re.match(r"[0-9]{4}", text):
        named = "" if re.match(r"[0-9]{4}", text) else named
        return _parsed(named + text, era_from)
    month = _parsed(text, era_from)
    if month is None or fiscal_year_of(month) >= era_from - 1:
        return month
    newest = _parsed(ERAS[0].name + text, era_from)
    is_near = newest is not None and int(newest[:4]) <= era_from + _LONGEST_PLAN
    return newest if is_near and fiscal_year_of(month) < era_from - _LONGEST_PLAN else month


_LONGEST_PLAN = 20  # years


def _parsed(text: str, era_from: int) -> str | None:
    try:
        return parse_month(text, era_from=era_from)
    except InvalidInputError:
        return None


def _part_of(fiscal_year: int, part: str | None) -> tuple[str, str]:
    first, last = f"{fiscal_year}-04", f"{fiscal_year + 1}-03"
    if part in _FIRST_HALF:
        return first, f"{fiscal_year}-09"
    if part in _BEGINNING:
        return first, first
    if part and part.endswith("四半期"):
        quarter = "一二三四".find(part[-4]) + 1 or int(part[-4])
        months = (f"{fiscal_year}-06", f"{fiscal_year}-09", f"{fiscal_year}-12", last)
        return first, months[quarter - 1]
    return first, last


def _part_of_year(year: str, part: str) -> tuple[str, str]:
    if part in _SEASONS:
        month = f"{year}-{_SEASONS[part]}"
        return month, month
    if part in _BEGINNING:
        return f"{year}-01", f"{year}-01"
    return f"{year}-01", f"{year}-06" if part == "前半" else f"{year}-12"
