"""完了予定 and other dates that a text names, and whether they are to come or have passed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors, plan
from kyodo_desktop.domain.field_types import years_of
from kyodo_desktop.domain.fiscal_year import (
    PART,
    Near,
    fiscal_year_of,
    months_of,
    number_of,
    parse_month,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline


# One character for one, so that a place in the narrow text is the same place in the text.
_NARROW = {0xFF01 + each: 0x21 + each for each in range(94)} | {0x3000: " "}
_NUMBER = "(?:元|[0-9]{1,4}|(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]))"
_MONTH_NUMBER = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
_ERA = r"(?:令和|平成|昭和|㋿|㍻|(?<![A-Za-z])[RHSrhs](?=\s*\.?\s*[0-9元]))"
_TO = r"\s*(?:年度?|\.[0-9]{1,2}|年[0-9]{1,2}月)?\s*(?:から|[~〜\-－―ー・、及])\s*び?"
_YEAR_PART = "末|中|内|始め|初頭|前半|後半|[春夏秋冬]"
_DATE = re.compile(
    rf"""(?<![0-9.,/第全])
    (?:(?P<era>{_ERA})\s*\.?\s*(?:{_NUMBER}{_TO})?)?
    (?:(?P<year>{_NUMBER})\s*
       (?: (?:年\s*度|(?<=[0-9])FY)(?!目|毎|ごと|間|版|別)\s*の?(?P<part>{PART})?
         | 年\s*(?P<month>{_MONTH_NUMBER})\s*月(?:\s*[~〜\-－―]\s*(?P<until>[0-9]{{1,2}})\s*月)?
         | (?P<dot>[./\-])(?P<month_dot>[0-9]{{1,2}})(?![0-9%])(?:[./\-][0-9]{{1,2}}(?![0-9]))?
         | 年(?!\s*[0-9一二三四五六七八九十]+\s*月|目|毎|ごと|間|以上|後|前|次|ぶり|生|産)
           (?P<alone>{_YEAR_PART}|)
       )
     | (?:(?P<relative>今|本|来|次|再来)\s*年度(?!目|毎|ごと|間)|(?<![0-9一-鿿])年度(?=[内末中]))
       \s*(?P<relative_part>{PART})?
    )
    (?:\s*(?:末|上旬|中旬|下旬|初旬|頃|ごろ|ころ|[0-9]{{1,2}}日|中))*""",
    re.VERBOSE,
)
_AHEAD = {"今": 0, "本": 0, "来": 1, "次": 1, "再来": 2}
_ERA_NAMES = {"㋿": "令和", "㍻": "平成"}
_BEGINNING = ("初頭", "始め")
_SEASONS = {"春": "05", "夏": "08", "秋": "11", "冬": "12"}
_WESTERN_DIGITS, _WESTERN_FROM = 4, 1000


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


def dates_in(text: str, *, near: Near, fiscal_year: int | None) -> Iterator[Named]:
    """Yield the dates of a narrow text.

    A year without an era is one of the era that the text named last where it goes on from
    there (平成30年度、32年度), else the one nearest to the plan. 今年度 and 来年度 are counted
    from the fiscal year; without one they are passed over.
    """
    era, count = None, 0
    for found in _DATE.finditer(text):
        number = _count(found)
        is_bare = found["era"] is None and number < _WESTERN_FROM
        own = (era if number >= count else None) if is_bare else found["era"]
        span = _span(found, own, near, fiscal_year)
        if found["era"]:
            era, count = found["era"], number
        if span is not None:
            is_year = found["alone"] is not None
            yield Named(*span, found.start(), found.end(), is_year)


def _count(found: re.Match[str]) -> int:
    return number_of(found["year"]) if found["year"] else 0


def _span(
    found: re.Match[str], era: str | None, near: Near, fiscal_year: int | None
) -> tuple[str, str] | None:
    if found["year"] is None:
        if fiscal_year is None:
            return None
        year = fiscal_year + _AHEAD[found["relative"] or "今"]
        return months_of(year, found["relative_part"])
    if _is_no_date(found):
        return None
    if found["month"] or found["month_dot"]:
        number = found["until"] or found["month"] or found["month_dot"]
        month = _month(era, f"{found['year']}年{number}月", near)
        return (month, month) if month else None
    if found["alone"] is not None:
        year_end = _month(era, f"{found['year']}年12月", near)
        return _part_of_year(year_end[:4], found["alone"]) if year_end else None
    last = _month(era, f"{found['year']}年度", near)
    return months_of(fiscal_year_of(last), found["part"]) if last else None


def _is_no_date(found: re.Match[str]) -> bool:
    """Tell whether it is a number (1.5, 3年) rather than a year of an era or of four digits."""
    is_named = found["era"] or len(found["year"]) == _WESTERN_DIGITS
    return not is_named and (found["alone"] is not None or found["dot"] is not None)


def _month(era: str | None, text: str, near: Near) -> str | None:
    """Read it in the era, else by the plan."""
    try:
        return parse_month(f"{_ERA_NAMES.get(era or '', era or '')}{text}", near=near)
    except errors.InvalidInputError:
        return None


def _part_of_year(year: str, part: str) -> tuple[str, str]:
    if part in _SEASONS:
        month = f"{year}-{_SEASONS[part]}"
        return month, month
    if part in _BEGINNING:
        return f"{year}-01", f"{year}-01"
    return f"{year}-01", f"{year}-06" if part == "前半" else f"{year}-12"


# Where one statement ends; the 予定 in brackets belongs to what stands before it.
_BREAK = re.compile(
    r"[。、，,;；\n]|[（(](?!(?:予定|見込み?|目標|目途|仮)[)）])|(?<!予定)(?<!見込)(?<!見込み)"
    r"(?<!目標)(?<!目途)(?<!仮)[)）]|[「」『』]"
    r"|(?<=[たる])が|ものの|今後|引き?続き|その後|以後"
)
_OPENS = re.compile(r"\s*(?:に|は|には|での?|頃|を目途に|[:：])?\s*[、，,]\s*")
_NOT_PLANNED = (
    r"(?:どおり|通り|の(?:とおり|通り)|だった|であった|でした|していた|され?ていた|を(?:変更|延期|中止|取)"
    r"|[がは](?:延期|中止|変更|遅|な)|な[くし]|者|地|価格|数|表|調和|外)"
)
_PLANNED = (
    rf"予定(?!{_NOT_PLANNED})|見込(?!んでいた|まれていた)|を?目途|目処|めど|[をが]目標|目標(?:に|と(?!の)|で|年|$|[)）])"
    r"|目指|めざ|想定|期限|延期|先送り|[をで]計画(?:中|し|$)|計画(?:中|して)"
)
_FUTURE = re.compile(_PLANNED)
_UNTIL = re.compile(r"\s*まで(?:に|の(?!間|[0-9]+[年か])|を|には)")
_TOWARDS = re.compile(r"(?:の?[^の]{0,12})?に?向け")
_WILL = re.compile(r"(?:する|します|行う|行います|図る|迎える|いく|なる|なります)$")
_PAST = re.compile(
    r"(?:済み?|(?<!目指)(?<!予定)した|しました|でした|であった|ており|ていた|て来た|てきた|(?<!未)完了し(?!ます))"
)
_ENDED = re.compile(
    r"(?:済み?|済|(?<!予定と)した|ました|だった|であった|できた|れた|なった|せず|中止|断念)$"
)
_GOING_ON = re.compile(
    r"^\s*(?:の?間?も(?!し)|以[降後前上]|まで継続)|継続|引き?続き|毎[年月週]|随時|[0-9]+\s*回"
    r"|^\s*の?(?:当初|補正)?予算|^\s*は.*(?:開催|実施)|着[手工]|検討"
)
_FROM = re.compile(r"^\s*(?:から|より)")
_OPENING = (
    "開始|供用|運用|稼働|開設|開館|開所|開園|開校|開業|オープン|導入|施行|設置|発行|創設|移転"
    "|スタート|公開|完成|適用|委託|切り?替え|統合"
)
_FINISHED = re.compile(
    rf"(?:{_OPENING}|完了|竣工|策定|改定|制定|整備|建設|新設|設立|実現|達成|構築|終了)$"
)
_PREDICTED = re.compile(
    r"(?:(?:予定|目標|見込み?|目途|目処|期限|めど)(?:年度|年月日?|時期|期日|日|年)?"
    r"|(?:完了|完成|竣工|開設|開館|供用開始)(?:年度|年月日?|時期|期日|日))\s*"
    r"(?:は|[:：=＝・]|[（(])?\s*$"
)
_NEAR_ENOUGH = 15  # characters between a bare date and the word of what is done then


def is_to_come(text: str, date: Named, next_start: int, *, is_late: bool) -> bool:
    """Tell whether the text plans something for the date.

    `next_start` is where the next date begins. What the text says in plain words of a date
    gone by (`is_late`) is no plan; what it calls 予定 is one, if late.
    """
    words = _words_after(text, date.end, next_start)
    if _GOING_ON.search(words) or _ENDED.search(words):
        return False
    if _is_a_start(words):
        return False
    if _PREDICTED.search(text[: date.start]) and not _PAST.search(words):
        return True
    planned = _FUTURE.search(words)
    if planned:
        return not _PAST.search(words[: planned.start()])
    is_meant = _UNTIL.match(words) or _WILL.search(words)
    # 2020年のオリンピックに向け: a year of its own is a name rather than a due date.
    return not is_late and bool(is_meant or (not date.is_year and _TOWARDS.match(words)))


def is_bare(text: str, date: Named, next_start: int, *, may_be_alone: bool) -> bool:
    """Tell whether the text names no more than the date and what is done then: 28年4月開館."""
    words = _words_after(text, date.end, next_start).strip()
    if not words:
        before = text[: date.start].rstrip()
        return may_be_alone and not before.endswith(("から", "~", "～", "計画"))
    if _GOING_ON.search(words) or _is_a_start(words):
        return False
    return len(words) <= _NEAR_ENOUGH and bool(_FINISHED.search(words))


def _is_a_start(words: str) -> bool:
    """Tell whether something goes on from the date, which is no day on which it opens."""
    return bool(_FROM.match(words)) and not re.search(_OPENING, words)


def starts_then(text: str, end: int) -> bool:
    """Tell whether a date is the first of many: 令和4年度から."""
    return _FROM.match(text[end:]) is not None


def _words_after(text: str, end: int, next_start: int) -> str:
    """Return what the statement says after the date; 令和5年度、開館予定 is one statement."""
    opening = _OPENS.match(text, end)
    begin = opening.end() if opening else end
    stop = _BREAK.search(text, begin)
    until = min(next_start, stop.start() if stop else len(text))
    return text[begin:until].rstrip(" )）")


_SENTENCE = re.compile(r"[。、，（）()\n]")
_AROUND = 16  # characters that are quoted on after the date


class Due(NamedTuple):
    """A month that a text gives, the first that would fit it too, and the words."""

    month: str
    first: str
    quote: str

    def fits(self, month: str | None) -> bool:
        """Tell whether a month says the same: any of 平成27年度 fits 平成27年度."""
        return month is not None and self.first <= month <= self.month


class DueDates:
    """The due dates in the texts of an outline; each action is read once."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._near = years_of(outline)
        self._known: dict[int, tuple[Due, ...]] = {}

    def of(self, action_id: int) -> tuple[Due, ...]:
        """Return what the action's lines give, the latest month first."""
        if action_id not in self._known:
            lines = self._outline.lines.get(action_id, ())
            found = [due for line in lines for due in self._in_line(line)]
            self._known[action_id] = tuple(sorted(found, reverse=True))
        return self._known[action_id]

    def latest(self, action_id: int) -> Due | None:
        """Return the latest month that the action's lines give."""
        return next(iter(self.of(action_id)), None)

    def known(self, action_id: int) -> str | None:
        """Return the month that is set, else the one that the text gives."""
        due = self.latest(action_id)
        return self._outline.actions[action_id].due or (due.month if due else None)

    def names_a_date(self, line: plan.Progress) -> bool:
        """Tell whether a line names any date that is not past."""
        return any(named.last >= self._today for named in self._dates(line))

    @property
    def _today(self) -> str:
        asked = self._outline.round
        return asked.as_of[:7] if asked else ""

    def _in_line(self, line: plan.Progress) -> list[Due]:
        status = self._outline.statuses.get(line.status_id or 0)
        text, dates = narrow(line.text), self._dates(line)
        if not dates or (status is not None and status.kind in plan.ENDED):
            return []
        starts = [*(date.start for date in dates[1:]), len(text)]
        return [
            _due(line.text, date, starts_then(text, date.end))
            for date, next_start in zip(dates, starts, strict=True)
            if is_to_come(text, date, next_start, is_late=date.last < self._today)
            or self._is_bare(text, date, next_start, status.kind if status else "")
        ]

    def _is_bare(self, text: str, date: Named, next_start: int, kind: str) -> bool:
        """Tell whether a date after the round's day counts without a word of the future."""
        is_ahead = bool(kind) and date.first > self._today
        may_be_alone = kind == plan.StatusKind.NEAR and not date.is_year
        return is_ahead and is_bare(text, date, next_start, may_be_alone=may_be_alone)

    def _dates(self, line: plan.Progress) -> list[Named]:
        asked = self._outline.round
        # 来年度 of a line that was carried forward was said a year ago.
        fiscal_year = asked.fiscal_year if asked and not line.carried else None
        return list(dates_in(narrow(line.text), near=self._near, fiscal_year=fiscal_year))


def _due(text: str, date: Named, starts: bool) -> Due:
    words = _SENTENCE.split(text[date.end :])[0]
    quote = text[date.start : date.end] + words[:_AROUND] + ("…" if len(words) > _AROUND else "")
    month = date.first if starts else date.last
    return Due(month, date.first, quote)
