"""Reads the cells of 開始年度 and 完了予定, in whatever form they are.

Such a cell may tell more than one date: an end that was put off and the one that holds now, a
beginning, a span. What holds is taken; where that cannot be told, nothing is taken, and why
not is said.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kyodo_desktop.domain.checks.dates import Named, dates_in, narrow
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import (
    Near,
    NoSuchDayError,
    UnclearYearError,
    fiscal_year_of,
    parse_month,
    with_years_once,
)
from kyodo_desktop.domain.importing.moments import span_in, year_of
from kyodo_desktop.domain.importing.plain import squeezed

NO_DATE = "年月として読み取れないため、備考に入れました。"
NO_MONTH = "何月か決まらない書き方のため、備考に入れました。"
NO_SUCH_DAY = "暦にない日付のため、備考に入れました。例: H28.3、平成28年3月、2016-03"
NO_ERA = "元号がなく、いつの年か決められないため、備考に入れました。"
SEVERAL = "日付がいくつかあり、どれが今の予定か決められないため、備考に入れました。"
GOES_ON = "終わりの決まっていない書き方のため、備考に入れました。"
OUTDATED = "変更前の日付を除いて取り込み、もとの文は備考に入れました。"
ONLY_OUTDATED = "変更前の日付しかないため、備考に入れました。"
MORE = "年月のほかの言葉があるため、もとの文を備考にも入れました。"


class Months(NamedTuple):
    """What a cell says: fiscal year of the beginning, month of the end, each None if not said.

    `why` tells why something of the cell is not in these values, to follow the name of the
    field; an empty text where all is.
    """

    start: int | None = None
    due: str | None = None
    why: str = ""


_SIGNS_TO = "~〜～∼\\-－–―ー→⇒➡➔➝＞>"
_TO = rf"(?:から|より|[{_SIGNS_TO}])"
_SEASON = r"[春夏秋冬](?:$|頃|ごろ|ころ|季|期|まで|に|中|末|予定|[)、])"
_GOING_ON = re.compile("随時|毎年|毎月|毎週|毎日|通年|継続|常時|適宜|年次|以[降後]")
_VAGUE = re.compile(rf"未定|検討|調整中|{_SEASON}")
_PUT_OFF = re.compile(
    "延期|変更|前倒し|後ろ倒し|先送り|延長|見直し|修正|改定|改訂|繰り?[上下]|遅れ"
)
_PUTS_OFF = re.compile(rf"\s*(?:から|より|を|の)[^0-9]{{0,6}}(?:{_PUT_OFF.pattern})")
_ARROW = re.compile(r"[^0-9(（]{0,4}?\s*[→⇒➡➔➝＞>]")
_FROM = re.compile(r"\s*(?:から|より|を)")
_BEFORE = (
    "当初|前回|変更前|延期前|修正前|改定前|改訂前|見直し前|従前|従来|(?<!復)旧"
    "|(?<![復還])元の?|もとの?|初め"
)
_NOW = "変更後|延期後|修正後|改定後|改訂後|見直し後|(?<!更)新|現在|現行|(?<!実)現|今回|最新"
_LEAD = (
    "の?(?:完了|終了|実施)?(?:予定|計画|目標|期限)?(?:日|月|年月|年度|時期)?"
    r"(?:では|でも|は|で)?\s*[:：)）】」]?\s*$"
)
_LED_BEFORE, _LED_NOW = (re.compile(f"(?:{words}){_LEAD}") for words in (_BEFORE, _NOW))
_SAID = r"\s*[(（]?\s*(?:{})(?:予定|計画|目標|期限|分)?\s*(?=[)）、,。→⇒\n]|$)"
_SAID_BEFORE, _SAID_NOW = (re.compile(_SAID.format(words)) for words in (_BEFORE, _NOW))
_OPEN = re.compile(r"\s*(?:(?:から|より|[~〜～∼])(?!\s*[0-9RHS元令平昭])|[\-－–―ー]\s*$)")
_BEGUN = re.compile(r"\s*に?\s*(?:事業)?(?:開始|着[手工]|スタート)")
_BETWEEN = re.compile(rf"\s*{_TO}\s*")
_PLAIN = re.compile(
    r"予定|見込み?|まで|迄|目途|目処|めど|目標|完了|完成|終了|達成|策定|実施|開設|供用開始|済み?"
    rf"|頃|ごろ|ころ|上旬|中旬|下旬|初旬|末|年度|開始|事業|着[手工]|から|より"
    rf"|[にのを※()（）、。,\s:：{_SIGNS_TO}]"
)
_MONTH_IN_BRACKETS = re.compile(r"年度\s*\(([0-9]{1,2})月末?\)")
_BESIDE = re.compile("/(?=[RHS令平昭])", re.IGNORECASE)
_WHEN = re.compile(r"^\s*[~〜～∼]|予定|見込み?|まで|迄|を?目途")
_YEAR_ONLY = re.compile(
    r"(?:令和|平成|昭和|[RHS])?\.?(?:元|[0-9]{1,4})(?P<unit>年?)", re.IGNORECASE
)
_OPEN_YEAR = re.compile(rf"{_YEAR_ONLY.pattern}度?\s*{_TO}\s*(?:継続|実施|開始)?", re.IGNORECASE)


@lru_cache(4096)
def read_months(text: str, near: Near | int) -> Months:
    """Return what a cell of 完了予定 says."""
    near = Near.of(near)
    plain = with_years_once(narrow(text)).strip()
    plain = _BESIDE.sub(" / ", _MONTH_IN_BRACKETS.sub(r"年度\1月", plain))
    try:
        return Months(due=parse_month(_WHEN.sub("", plain), near=near))
    except NoSuchDayError:
        return Months(why=NO_SUCH_DAY)  # and not to be read as half of what it says
    except UnclearYearError:
        return Months(why=NO_ERA)
    except InvalidInputError:
        pass
    span = span_in(plain, near)
    if span is not None and not _PUT_OFF.search(plain):
        rest = squeezed(plain).replace(span.text.replace("～", "~"), "")
        return Months(span.first, f"{span.last + 1}-03", _more(rest))
    dates = list(dates_in(plain, near=near, fiscal_year=near.year))
    return _of_dates(plain, dates) if dates else _of_year(plain, near)


@lru_cache(4096)
def read_start(text: str, near: Near | int) -> Months:
    """Return what a cell of 開始年度 says; a single date there is the beginning."""
    found = read_months(text, Near.of(near).begun())
    if found.start is None and found.due is not None:
        return found._replace(start=fiscal_year_of(found.due), due=None)
    return found


def _more(rest: str) -> str:
    return MORE if _PLAIN.sub("", rest) else ""


def _of_year(text: str, near: Near) -> Months:
    """Read a year alone, or one from which something goes on: R7, 令和7年, H29～."""
    alone = _WHEN.sub("", text).strip()
    found = _YEAR_ONLY.fullmatch(alone)
    year = year_of(found[0], near) if found else None
    if found and year is not None:
        return Months(due=f"{year}-12" if found["unit"] else f"{year + 1}-03")
    found = _OPEN_YEAR.fullmatch(text)
    year = year_of(found[0].rstrip(f"{_SIGNS_TO} からより継続実施開始"), near) if found else None
    if year is not None:
        return Months(start=year)
    if _GOING_ON.search(text):
        return Months(why=GOES_ON)
    return Months(why=NO_MONTH if _VAGUE.search(text) else NO_DATE)


class _Dates(NamedTuple):
    """The dates of a cell by what they are; `aside` are ends in brackets."""

    begun: list[Named]
    before: list[Named]
    now: list[Named]
    ends: list[Named]
    aside: list[Named]


def _of_dates(text: str, dates: list[Named]) -> Months:
    parted = _parted(text, dates)
    start = fiscal_year_of(parted.begun[0].first) if len(parted.begun) == 1 else None
    ends, aside = parted.now or parted.ends or parted.aside, parted.aside
    closer = [each for each in aside if any(_is_within(each, end) for end in parted.ends)]
    if closer and not parted.now:
        ends, aside = closer, []  # 令和7年度（R7.10）
    months = {each.last for each in ends}
    outdated = bool(parted.before)
    if not parted.now and ends is not aside and aside:
        months |= {each.last for each in aside if each.last > max(months)}
        outdated = True
    rest = "".join(_around(text, dates))
    if not months:
        if parted.begun and start is not None and not outdated:
            return Months(start=start, why=_more(_GOING_ON.sub("", rest)))
        return Months(why=ONLY_OUTDATED if outdated else SEVERAL)
    if len(months) > 1:
        return Months(why=SEVERAL)
    if not parted.begun and _GOING_ON.search(rest) and "まで" not in rest:
        return Months(why=GOES_ON)
    if any(_VAGUE.search(text[each.start : each.end + _NEXT]) for each in ends):
        return Months(why=NO_MONTH)
    return Months(start, months.pop(), OUTDATED if outdated else _more(rest))


_NEXT = 3  # characters after a date that may make it no month: 夏頃


def _is_within(date: Named, other: Named) -> bool:
    return other.first <= date.first and date.last <= other.last


def _around(text: str, dates: list[Named]) -> list[str]:
    """Return what stands before, between and after the dates."""
    ends = [0, *(each.end for each in dates)]
    starts = [*(each.start for each in dates), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _parted(text: str, dates: list[Named]) -> _Dates:
    around = _around(text, dates)
    parted = _Dates([], [], [], [], [])
    is_moved = _PUT_OFF.search(text) is not None
    for place, date in enumerate(dates):
        before, after = around[place], around[place + 1]
        is_last = place == len(dates) - 1
        led = _LED_BEFORE.search(before) or _SAID_BEFORE.match(text, date.end)
        if led or _is_outdated(after, is_moved=is_moved, is_last=is_last):
            parted.before.append(date)
        elif _LED_NOW.search(before) or _SAID_NOW.match(text, date.end):
            parted.now.append(date)
        elif _BEGUN.match(after) or (_OPEN if is_last else _BETWEEN).match(after):
            parted.begun.append(date)
        elif _is_in_brackets(text, date.start):
            parted.aside.append(date)
        else:
            parted.ends.append(date)
    return parted


def _is_outdated(after: str, *, is_moved: bool, is_last: bool) -> bool:
    """Tell whether another date took the place of the one before this text."""
    if _ARROW.match(after) or _PUTS_OFF.match(after):
        return True
    return not is_last and is_moved and _FROM.match(after) is not None


def _is_in_brackets(text: str, place: int) -> bool:
    opened = max(text.rfind(sign, 0, place) for sign in "(（")
    return opened > max(text.rfind(sign, 0, place) for sign in ")）")
