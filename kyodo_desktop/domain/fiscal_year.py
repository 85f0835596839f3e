"""年度 and 和暦: the years in which a city hall counts.

Of the libraries for Japanese eras none fits: japanera carries 240 eras of two courts on
top of a private module of Python, and none accepts 平成32年, which plans print. Five eras
and one pattern are all that is needed.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from typing import NamedTuple

from kyodo_desktop.domain.errors import InvalidInputError


class NoSuchDayError(InvalidInputError):
    """It is a date, of a day that its month does not have."""


class Era(NamedTuple):
    """`first_day` is the first day of the era, `first_year` its year 元."""

    name: str
    letter: str
    first_year: int
    first_day: str


ERAS = (
    Era("令和", "R", 2019, "2019-05-01"),
    Era("平成", "H", 1989, "1989-01-08"),
    Era("昭和", "S", 1926, "1926-12-25"),
    Era("大正", "T", 1912, "1912-07-30"),
    Era("明治", "M", 1868, "1868-01-25"),
)
_FISCAL_START = 4  # April
_WESTERN_FROM = 1000  # a year of four digits is no year of an era
_YEARS, _MONTHS = range(1868, 2201), range(1, 13)
_DAY = 2  # the place of the day among the numbers of a date
_KANJI = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[〇一二三四五六七八九]{1,4})"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}")
_DIGITS = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")}
_MONTH = re.compile(
    rf"""(?P<era>令和|平成|昭和|大正|明治|令|平|昭|大|明|[RHSTM])?\.?
        (?P<year>元|\d{{1,4}}|{_KANJI})
        (?: (?:年度)(?P<fiscal>末|中)?
          | (?:年|[./\-])(?P<month>\d{{1,2}}|{_KANJI})
            (?:月?(?:末|上旬|中旬|下旬|頃|ころ)?|(?:月|[./\-])(?P<day>\d{{1,2}})日?)
        )$""",
    re.VERBOSE | re.IGNORECASE,
)


def fiscal_year_of(day: str) -> int:
    """Return the fiscal year (April to March) of a `YYYY-MM` or `YYYY-MM-DD`."""
    year, month = int(day[:4]), int(day[5:7])
    return year if month >= _FISCAL_START else year - 1


def fiscal_year_label(year: int) -> str:
    """2015 → 平成27年度. The year of a new era carries its name: 2019 → 令和元年度."""
    era = next((each for each in ERAS if year >= each.first_year), ERAS[-1])
    return f"{era.name}{_year_text(year, era)}年度"


def period_label(first: int, last: int) -> str:
    """Return a span of fiscal years as plans print it: 平成23～32年度, in one era throughout."""
    if first == last:
        return fiscal_year_label(first)
    era = next(each for each in ERAS if first >= each.first_year)
    return f"{era.name}{_year_text(first, era)}～{last - era.first_year + 1}年度"


def month_label(month: str | None) -> str:
    """2016-03 → 平成28年3月; nothing gives an empty text, what is no month comes as it is."""
    if not month:
        return ""
    if not _DATE.match(month):
        return month
    era = _era_of(f"{month}-31")
    return f"{era.name}{_year_text(int(month[:4]), era)}年{int(month[5:7])}月"


def day_label(day: str) -> str:
    """2015-10-31 → 平成27年10月31日; what is no day comes as it is."""
    if not _DATE.match(day) or not day[8:10].isdecimal():
        return day
    era = _era_of(day)
    year = _year_text(int(day[:4]), era)
    return f"{era.name}{year}年{int(day[5:7])}月{int(day[8:10])}日"


def short_label(day: str) -> str:
    """2016-03 → H28.3, 2015-10-31 → H27.10.31, as columns have room for; else as it comes."""
    if not _DATE.match(day):
        return day
    era = _era_of(day if len(day) > len("2016-03") else f"{day}-31")
    rest = ".".join(str(int(part)) for part in day[5:].split("-"))
    return f"{era.letter}{int(day[:4]) - era.first_year + 1}.{rest}"


def moment_label(at: str) -> str:
    """2015-10-31T09:00:00+09:00 → 平成27年10月31日 9:00; a mere day has no time."""
    day, _, time = at.partition("T")
    return f"{day_label(day)} {time[:5].removeprefix('0')}".strip()


def parse_month(text: str, *, era_from: int, field: str = "完了予定") -> str | None:
    """Read a month typed in any form: H28.3, 平成28年3月末, R2/3, 2016-03, 平成27年度.

    A year without an era (28年3月) is one of the era in which the plan began, whose first
    fiscal year is `era_from`. A fiscal year stands for its last month. An empty text is no
    month. A day may follow. Raises InvalidInputError, and NoSuchDayError for a day that the
    month does not have.
    """
    typed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not typed:
        return None
    typed = re.sub(r"[‐‑–—―−ー]", "-", typed).replace("。", ".")
    found = _MONTH.match(typed)
    if found is None:
        if re.fullmatch(r"(19|20)\d{2}(0[1-9]|1[0-2])", typed):
            return f"{typed[:4]}-{typed[4:]}"
        raise InvalidInputError(
            field, f"の「{text}」は年月として読み取れません。例: H28.3、平成28年3月、R2/3、2016-03"
        )
    count = _integer(found["year"])
    year = _western_year(found["era"], count, era_from)
    month = _integer(found["month"]) if found["month"] else _FISCAL_START - 1
    if found["month"] is None:
        year += 1
    if year not in _YEARS or month not in _MONTHS or not count:
        raise InvalidInputError(field, f"の「{text}」は暦にない年月です。例: H28.3、2016-03")
    if found["day"] and not 1 <= _integer(found["day"]) <= _days_in(year, month):
        raise NoSuchDayError(field, f"の「{text}」は暦にない日付です。例: H28.3、2016-03")
    return f"{year:04}-{month:02}"


def is_month(text: str) -> bool:
    """Tell whether a text is a month as it is stored, of a year that plans are about."""
    return bool(_DATE.fullmatch(text)) and int(text[:4]) in _YEARS and int(text[5:]) in _MONTHS


def parse_day(text: str, *, era_from: int, field: str, from_first: bool = False) -> str:
    """Read a day such as H27.10.31 or 2015-10-31.

    A month or a fiscal year stands for its last day, or for its first one where a period begins
    with it.

    Raises InvalidInputError.
    """
    month = parse_month(text, era_from=era_from, field=field)
    if month is None:
        raise InvalidInputError(field, "を入力してください。例: H27.10.31")
    year, last = int(month[:4]), _days_in(int(month[:4]), int(month[5:]))
    numbers = re.findall(r"\d+|元", unicodedata.normalize("NFKC", text))
    if from_first and len(numbers) <= _DAY:
        is_year = len(numbers) < _DAY and len(numbers[0]) <= len("2015")
        return f"{year - 1}-{_FISCAL_START:02}-01" if is_year else f"{month}-01"
    day = int(numbers[_DAY]) if len(numbers) > _DAY else last
    return f"{month}-{day:02}"


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _era_of(day: str) -> Era:
    return next((era for era in ERAS if day >= era.first_day), ERAS[-1])


def _year_text(year: int, era: Era) -> str:
    count = year - era.first_year + 1
    return "元" if count == 1 else str(count)


def _western_year(era: str | None, year: int, era_from: int) -> int:
    if era is None:
        if year >= _WESTERN_FROM:
            return year
        first = next(each for each in ERAS if era_from >= each.first_year).first_year
    else:
        first = next(
            each for each in ERAS if era.upper() in (each.letter, each.name, each.name[0])
        )[2]
    return first + year - 1


def _integer(text: str) -> int:
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[each]) for each in text))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[units] if units else 0)
