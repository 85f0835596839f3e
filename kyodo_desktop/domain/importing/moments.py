"""When something in a table was so: a fiscal year, or a half, a quarter or a month of it."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

from kyodo_desktop.domain.fiscal_year import Near, fiscal_year_label
from kyodo_desktop.domain.importing.mapping import RoundChoice
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.rounds import round_of, year_of

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
