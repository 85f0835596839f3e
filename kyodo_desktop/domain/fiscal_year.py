"""年度 and 和暦: the years in which a city hall counts.

Of the libraries for Japanese eras none fits: japanera carries 240 eras of two courts on
top of a private module of Python, and none accepts 平成32年, which plans print. Five eras
and one pattern are all that is needed.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator


class NoSuchDayError(InvalidInputError):
    """It is a date, of a day that its month does not have."""


class UnclearYearError(InvalidInputError):
    """It has a year without an era, which is near to nothing or may be two years."""


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
_BACK, _AHEAD = 19, 10  # years about a single one; together less than an era is long
_CENTURY, _SURELY_SHORTENED = 2000, 10
_PRINTED_ON = 15  # years after the end of an era: 平成42年度
_SENSIBLE = 15  # years between a plan and what it speaks of
_ERA = "令和|平成|昭和|大正|明治|令|平|昭|大|明|[RHSTM]"
_KANJI = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[〇一二三四五六七八九]{1,4})"
_NUMBER = rf"元|\d{{1,4}}|{_KANJI}"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}")
_DIGITS = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")}
PART = "第?[1-4一二三四]四半期|当初|初頭|はじめ|初め|始め|早々|[上下]半?期|[前後][半期]|末|中|内"
"""What may follow 年度, as a pattern; see `months_of`."""

_QUARTER = "第[1-4一二三四]四半期|[上下]半?期"  # which are parts of a fiscal year without 度
_ABOUT = "末日?|上旬|中旬|下旬|初旬|頃|ころ|ごろ"
_MONTH = re.compile(
    rf"""(?P<era>{_ERA})?\.?(?P<year>{_NUMBER})
        (?: 年度の?(?P<part>{PART})?
          | 年?の?(?P<quarter>{_QUARTER})
          | 年(?P<end>末|内)
          | (?:年(?P<fiscal>度)?|[./\-])(?P<month>\d{{1,2}}|{_KANJI})
            (?:月?(?:{_ABOUT})?|(?:月|[./\-])(?P<day>\d{{1,2}})日?)
        )$""",
    re.VERBOSE | re.IGNORECASE,
)
_TWICE = re.compile(
    rf"""(?P<era>{_ERA})?\.?(?P<year>{_NUMBER})年?度?
        [(（](?:西暦)?(?P<era2>{_ERA})?\.?(?P<year2>{_NUMBER})(?P<unit2>年?度?)[)）](?P<unit>年?度?)""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_ALONE = re.compile(rf"(?P<era>{_ERA})?\.?(?P<year>{_NUMBER})(?:年度?)?", re.IGNORECASE)
_DIGITS_ONLY = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(\d{2})?")
_SHORTENED = re.compile(r"['’‘′](?=\d{2}(?!\d))")
_WEEKDAY = re.compile(r"\([日月火水木金土]\)$")
_EXAMPLES = "例: H28.3、平成28年3月、R2/3、2016-03"
_FIRST_HALF = ("上半期", "上期", "前半", "前期")
_SECOND_HALF = ("下半期", "下期", "後半", "後期")
_BEGINNING = ("当初", "初頭", "はじめ", "初め", "始め", "早々")


class Near(NamedTuple):
    """What years without an era are near to: the fiscal years of a plan, and that of its round."""

    first: int
    last: int
    year: int

    @classmethod
    def of(cls, near: Near | int) -> Near:
        """Return it; of a single fiscal year, the years about it."""
        return cls(near - _BACK, near + _AHEAD, near) if isinstance(near, int) else near

    def begun(self) -> Near:
        """Return the same for beginnings, which lie in the plan or long before it."""
        return self._replace(first=min(self.first, self.last - _BACK - _AHEAD))


def nearest_year(count: int, near: Near | int, *, late: bool = False) -> int | None:
    """Return the year that a count without an era means; None where none is, or two are as near.

    It is that of the era in which it lies in the plan or nearest to it. `late` tells that the
    year is one of the calendar, in its months before April.
    """
    near = Near.of(near)

    def distance(year: int) -> tuple[int, int]:
        fiscal = year - late
        return max(near.first - fiscal, fiscal - near.last, 0), abs(fiscal - near.year)

    years = sorted(_years_of(count), key=distance)
    if not years or distance(years[0])[0] > _SENSIBLE:
        return None
    is_alone = len(years) == 1 or distance(years[0]) < distance(years[1])
    return years[0] if is_alone else None


def _years_of(count: int) -> Iterator[int]:
    """Yield the years with this count in an era, or not long after its end (平成42年度)."""
    newest, *ended = ERAS
    yield newest.first_year + count - 1
    following = newest
    for era in ended:
        if count <= following.first_year - era.first_year + 1 + _PRINTED_ON:
            yield era.first_year + count - 1
        following = era


def year_meant(era: str | None, count: int, near: Near | int) -> int | None:
    """Return the year of a count in an era: its name, its letter, or none; or of four digits."""
    if not era:
        return count if count >= _WESTERN_FROM else nearest_year(count, near)
    named = era.upper()
    first = next(each for each in ERAS if named in (each.letter, each.name, each.name[0]))
    return first.first_year + count - 1


def with_years_once(text: str) -> str:
    """Return the text with a year that it gives in two ways given once: 令和7（2025）年度."""
    return _TWICE.sub(_once, text) if "(" in text or "（" in text else text


def _once(found: re.Match[str]) -> str:
    counts = number_of(found["year"]), number_of(found["year2"])
    pairs = list(zip((found["era"], found["era2"]), counts, strict=True))
    fixed = [year_meant(*each, 0) for each in pairs if each[0] or each[1] >= _WESTERN_FROM]
    if len(fixed) < len(pairs) or fixed[0] != fixed[1]:
        return found[0]
    unit = found["unit"] or found["unit2"]
    return f"{found['era'] or ''}{found['year']}{unit}"


def months_of(fiscal_year: int, part: str | None) -> tuple[str, str]:
    """Return the first and the last month of a part of a fiscal year, see `PART`."""
    first, last = f"{fiscal_year}-04", f"{fiscal_year + 1}-03"
    if part in _FIRST_HALF:
        return first, f"{fiscal_year}-09"
    if part in _SECOND_HALF:
        return f"{fiscal_year}-10", last
    if part in _BEGINNING:
        return first, first
    if part and part.endswith("四半期"):
        quarter = "一二三四".find(part[-4]) + 1 or int(part[-4])
        begin, end = (("04", "06"), ("07", "09"), ("10", "12"), ("01", "03"))[quarter - 1]
        year = fiscal_year + (quarter == len("一二三四"))
        return f"{year}-{begin}", f"{year}-{end}"
    return first, last


def fiscal_year_of(day: str) -> int:
    """Return the fiscal year (April to March) of a `YYYY-MM` or `YYYY-MM-DD`."""
    year, month = int(day[:4]), int(day[5:7])
    return year if month >= _FISCAL_START else year - 1


def fiscal_year_label(year: int) -> str:
    """2015 → 平成27年度. The year of a new era carries its name: 2019 → 令和元年度."""
    era = next((each for each in ERAS if year >= each.first_year), ERAS[-1])
    return f"{era.name}{_year_text(year, era)}年度"


def short_year_label(year: int) -> str:
    """2015 → H27, 2019 → R1, as columns have room for."""
    era = next((each for each in ERAS if year >= each.first_year), ERAS[-1])
    return f"{era.letter}{year - era.first_year + 1}"


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


def parse_month(text: str, *, near: Near | int, field: str = "完了予定") -> str | None:
    """Read a month typed in any form: H28.3, 平成28年3月末, R2/3, 2016-03, 平成27年度.

    A year without an era (28年3月) is the one nearest to the plan, see `nearest_year`. A fiscal
    year or a part of one stands for its last month. An empty text is no month. A day may
    follow. Raises InvalidInputError, namely NoSuchDayError for a day that the month does not
    have, and UnclearYearError.
    """
    read = _read(text, near, field)
    return read.last if read else None


def parse_year(text: str, *, near: Near | int, field: str) -> int | None:
    """Read a fiscal year typed in any form: R7, 令和7年度, 7, 2025; a month is of its fiscal year.

    An empty text is no year. Raises InvalidInputError, and UnclearYearError for a year without
    an era that is near to nothing.
    """
    typed = _tidied(text)
    found = _YEAR_ALONE.fullmatch(typed)
    if found is None:
        read = _read(text, near, field)
        return fiscal_year_of(read.first) if read else None
    count = number_of(found["year"])
    year = year_meant(found["era"], count, near) if count else None
    if year is None:
        raise UnclearYearError(
            field,
            f"の「{text}」は、いつの年度か決められません。"
            "元号か西暦4桁を付けてください。例: R7、令和7年度、2025",
        )
    return year


def is_month(text: str) -> bool:
    """Tell whether a text is a month as it is stored, of a year that plans are about."""
    return bool(_DATE.fullmatch(text)) and int(text[:4]) in _YEARS and int(text[5:]) in _MONTHS


def parse_day(text: str, *, near: Near | int, field: str, from_first: bool = False) -> str:
    """Read a day such as H27.10.31 or 2015-10-31.

    A month or a fiscal year stands for its last day, or for its first one where a period begins
    with it.

    Raises InvalidInputError.
    """
    read = _read(text, near, field)
    if read is None:
        raise InvalidInputError(field, "を入力してください。例: H27.10.31")
    if read.day:
        return f"{read.last}-{read.day:02}"
    if from_first:
        return f"{read.first}-01"
    return f"{read.last}-{_days_in(int(read.last[:4]), int(read.last[5:])):02}"


class _Read(NamedTuple):
    """First and last month that a text means, and its day where it has one."""

    first: str
    last: str
    day: int | None = None


def _read(text: str, near: Near | int, field: str) -> _Read | None:
    typed = _tidied(text)
    if not typed:
        return None
    digits = _DIGITS_ONLY.fullmatch(typed)
    if digits is not None:
        typed = "-".join(filter(None, digits.groups()))
    found = _MONTH.match(typed)
    if found is None:
        raise InvalidInputError(field, f"の「{text}」は年月として読み取れません。{_EXAMPLES}")
    year, month, day = _numbers(found, near, text, field)
    if year not in _YEARS[:-1] or month not in _MONTHS or not number_of(found["year"]):
        raise InvalidInputError(field, f"の「{text}」は暦にない年月です。例: H28.3、2016-03")
    if day is not None and not 1 <= day <= _days_in(year, month):
        raise NoSuchDayError(field, f"の「{text}」は暦にない日付です。例: H28.3、2016-03")
    if found["month"] or found["end"]:
        return _Read(f"{year:04}-{month:02}", f"{year:04}-{month:02}", day)
    return _Read(*months_of(year, found["part"] or found["quarter"]))


def _tidied(text: str) -> str:
    typed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    typed = re.sub(r"[‐‑–—―−ー]", "-", typed).replace("。", ".").removeprefix("西暦")
    return with_years_once(_SHORTENED.sub("20", _WEEKDAY.sub("", typed)))


def _numbers(
    found: re.Match[str], near: Near | int, text: str, field: str
) -> tuple[int, int, int | None]:
    """Return the year of the calendar, month and day; of a fiscal year its first month.

    Raises InvalidInputError where a year without an era is near to nothing, or to two years.
    """
    count = number_of(found["year"])
    month = number_of(found["month"]) if found["month"] else _FISCAL_START
    if found["end"]:
        month = _MONTHS[-1]
    in_calendar = bool(found["month"] and not found["fiscal"])
    late = in_calendar and month < _FISCAL_START
    year: int | None
    if found["era"] or count >= _WESTERN_FROM:
        year = year_meant(found["era"], count, near)
    else:
        year = nearest_year(count, near, late=late) if count else 0
        if year is None or (in_calendar and _may_be_western(count, year, near, late=late)):
            raise UnclearYearError(
                field,
                f"の「{text}」は元号がないため、いつの年か決められません。"
                f"元号か西暦4桁を付けてください。{_EXAMPLES}",
            )
    year = year or 0
    if found["fiscal"] and month < _FISCAL_START:
        year += 1
    return year, month, int(found["day"]) if found["day"] else None


def _may_be_western(count: int, year: int, near: Near | int, *, late: bool) -> bool:
    """Tell whether 25/3 is as well the March of 2025: that is nearer to the plan."""
    near = Near.of(near)
    western = _CENTURY + count

    def outside(each: int) -> int:
        return max(near.first - (each - late), each - late - near.last, 0)

    is_likely = count >= _SURELY_SHORTENED and western - late >= near.first
    return is_likely and outside(western) < outside(year)


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _era_of(day: str) -> Era:
    return next((era for era in ERAS if day >= era.first_day), ERAS[-1])


def _year_text(year: int, era: Era) -> str:
    count = year - era.first_year + 1
    return "元" if count == 1 else str(count)


def number_of(text: str) -> int:
    """Return the number of a year or month, in digits or in kanji; 元 is 1."""
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[each]) for each in text))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[units] if units else 0)
