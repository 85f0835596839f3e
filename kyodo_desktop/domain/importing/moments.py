"""When something in a table was so: the years of a plan, their halves, quarters and months."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import (
    Near,
    fiscal_year_label,
    fiscal_year_of,
    parse_day,
    with_years_once,
    year_meant,
)
from kyodo_desktop.domain.importing.mapping import RoundChoice
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.inputs import YEARS

_ERA = r"(?P<era>令和|平成|昭和|(?<![a-z])[rhs])?\.?"
_YEAR = rf"{_ERA}(?P<year>元|[0-9]{{1,4}})"
_SINGLE = re.compile(rf"(?<![0-9.第]){_YEAR}(?P<unit>年度|fy)")
_LETTERED = re.compile(
    r"(?<![a-z0-9])(?P<era>[rhs])\.?(?P<year>元|[0-9]{1,2})(?![0-9.])(?P<unit>)"
)
_WESTERN = re.compile(r"(?<![0-9])(?P<era>)(?P<year>(?:19[5-9]|20[0-9])[0-9])(?![0-9])(?P<unit>)")
_SPAN = re.compile(
    rf"(?<![0-9.第]){_YEAR}(?:年度?)?(?:から|[~〜∼\-－–―ー])"
    r"(?P<era2>令和|平成|昭和|[rhs])?\.?(?P<year2>元|[0-9]{1,4})(?:年度?|fy)?(?:まで)?"
)
_DAY = re.compile(
    rf"(?<![0-9.]){_YEAR}(?:年|[./-])(?P<month>[0-9]{{1,2}})(?:月|[./-])?(?P<day>[0-9]{{1,2}})?日?(?:末)?(?:日)?(?:現在|時点)"
)
_LAST_MONTH = "03-31"
_WIDEST = 25  # years
_WESTERN_FROM, _CENTURY = 1000, 100
_MONTHS = 12


class YearSpan(NamedTuple):
    """Fiscal years from the first to the last, both included; `text` is as it is printed."""

    first: int
    last: int
    text: str


@lru_cache(4096)
def years_in(text: str, near: Near | int) -> tuple[int, ...]:
    """Return the fiscal years that a text names (平成27年度, H28, 2019), in order, each once."""
    key = with_years_once(squeezed(text))
    found: dict[int, int] = {}
    for pattern in (_SINGLE, _LETTERED, _WESTERN):
        for each in pattern.finditer(key):
            year = year_meant(each["era"], int_of(each["year"]), near)
            if year is not None and year in YEARS:
                found.setdefault(year, each.start())
    return tuple(sorted(found, key=lambda year: found[year]))


@lru_cache(4096)
def year_of(text: str, near: Near | int) -> int | None:
    """Return the fiscal year that a heading is about: 平成27年度の実績, H28, 27年度, 27年."""
    years = years_in(text, near)
    if years:
        return years[0]
    found = re.fullmatch(
        r"(?P<era>令和|平成|昭和|[rhs])?\.?(?P<year>元|[0-9]{1,2})年?", squeezed(text)
    )
    if found is None or not (found["era"] or "年" in text):
        return None
    return year_meant(found["era"], int_of(found["year"]), near)


@lru_cache(1024)
def span_in(text: str, near: Near | int) -> YearSpan | None:
    """Return the span of fiscal years that a text names: 平成23～32年度, 2019-2023."""
    key = with_years_once(squeezed(text))
    for found in _SPAN.finditer(key):
        first = year_meant(found["era"], int_of(found["year"]), near)
        if first is None or first not in YEARS or not _is_span(found):
            continue
        last = _end_of_span(found, first)
        if last is not None and first < last < first + _WIDEST:
            return YearSpan(first, last, found[0].replace("~", "～"))
    return None


def _end_of_span(found: re.Match[str], first: int) -> int | None:
    """Return the last year: of the era that the first one names, else the next one of its count.

    平成23～32年度 is one era; of 平成28～7年度 only the first year can be of that era.
    """
    count, before = int_of(found["year2"]), int_of(found["year"])
    if found["era2"] is None and before >= _WESTERN_FROM > _CENTURY > count:
        return before - before % _CENTURY + count  # 2019-23
    if found["era2"] is None and found["era"] and count > before:
        return year_meant(found["era"], count, first)
    return year_meant(found["era2"], count, Near(first, first + _WIDEST, first))


def _is_span(found: re.Match[str]) -> bool:
    """Tell whether the two numbers are years: 3～5 and 2016-03 are not."""
    if found["era"] or "年" in found[0] or "fy" in found[0]:
        return True
    return int_of(found["year"]) > _WESTERN_FROM and (
        "-" not in found[0] or int_of(found["year2"]) > _MONTHS
    )


def int_of(year: str) -> int:
    """Return the number of a year; 元 is 1."""
    return 1 if year == "元" else int(year)


def as_of_in(text: str, near: Near | int) -> str | None:
    """Return the day of 「平成27年10月31日現在」 as `YYYY-MM-DD`."""
    key = squeezed(text)
    found = _DAY.search(key)
    if found is None:
        return None
    year = year_meant(found["era"], int_of(found["year"]), near)
    if year is None:
        return None
    day = f".{found['day']}" if found["day"] else ""
    try:
        return parse_day(f"{year}.{found['month']}{day}", near=near, field="時点")
    except InvalidInputError:
        return None


def round_of(year: int, name: str = "", as_of: str | None = None) -> RoundChoice:
    """Return the round of a fiscal year, as of its end where no day of it is known."""
    if as_of is None or fiscal_year_of(as_of) not in (year, year + 1):
        as_of = f"{year + 1}-{_LAST_MONTH}"
    return RoundChoice(name or fiscal_year_label(year), year, as_of)


_ERA_YEAR = r"(?:(?P<era>令和|平成|昭和|[rhs])?\.?(?P<year>元|[0-9]{1,4})(?:年度?|[./]))?"
_MONTH = re.compile(
    rf"(?<![0-9.]){_ERA_YEAR}(?P<month>1[0-2]|[1-9])(?:月(?:[0-9]{{1,2}}日)?(?:末|時点|現在)|末)"
)
_PART = re.compile(
    r"(?P<half>[上下])(?:半)?期|(?P<quarter>第?[1-4一二三四])(?:/4|四半期)|(?P<middle>中間)(?!支援|組織|処理|層)"
)
_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4}
_MARCH = 3


class When(NamedTuple):
    """`part` is what is printed of the year, 上半期 or 6月末; `month` is its last one."""

    fiscal_year: int
    part: str = ""
    month: int = _MARCH

    @property
    def round(self) -> RoundChoice:
        """The round of a table that speaks of it."""
        if not self.part:
            return round_of(self.fiscal_year)
        year = self.fiscal_year + (self.month <= _MARCH)
        as_of = f"{year}-{self.month:02}-{monthrange(year, self.month)[1]}"
        if self.part.endswith("月末"):
            return RoundChoice(_month_end(year, self.month), self.fiscal_year, as_of)
        return RoundChoice(
            f"{fiscal_year_label(self.fiscal_year)}{self.part}", self.fiscal_year, as_of
        )


def _month_end(year: int, month: int) -> str:
    return f"{fiscal_year_label(year).removesuffix('度')}{month}月末"


@lru_cache(4096)
def when_of(text: str, near: Near | int) -> When | None:
    """Return the moment that a heading names: 平成27年度, H19.6末, 6月末, 27年度上半期.

    A part of a year that names no year is of the year `near`.
    """
    key, usual = squeezed(text), Near.of(near).year
    found = None if _PART.search(key) else _MONTH.search(key)
    if found is not None:
        month = int(found["month"])
        named = f"{found['era'] or ''}{found['year']}年度" if found["year"] else ""
        year = year_of(named, near) if named else None
        if year is not None:
            return When(year - (month <= _MARCH), f"{month}月末", month)
        return When(year_of(key[: found.start()], near) or usual, f"{month}月末", month)
    year = year_of(text, near)
    part = _PART.search(key)
    if part is None:
        return None if year is None else When(year)
    if part["half"]:
        return When(year or usual, f"{part['half']}半期", 9 if part["half"] == "上" else _MARCH)
    if part["quarter"]:
        sign = part["quarter"].removeprefix("第")
        nth = _KANJI.get(sign) or int(sign)
        return When(year or usual, f"第{nth}四半期", (nth * 3 + 3 - 1) % 12 + 1)
    return When(year or usual, "中間", 9)
