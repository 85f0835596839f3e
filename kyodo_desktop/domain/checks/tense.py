"""Whether what a text says of a date is still to come: 28年3月予定, not 平成25年度に導入済み."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyodo_desktop.domain.checks.dates import Named

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
    said = _said_of(text, date.end, next_start)
    if _GOING_ON.search(said) or _ENDED.search(said):
        return False
    if _is_a_start(said):
        return False
    if _PREDICTED.search(text[: date.start]) and not _PAST.search(said):
        return True
    planned = _FUTURE.search(said)
    if planned:
        return not _PAST.search(said[: planned.start()])
    is_meant = _UNTIL.match(said) or _WILL.search(said)
    # 2020年のオリンピックに向け: a year of its own is a name rather than a due date.
    return not is_late and bool(is_meant or (not date.is_year and _TOWARDS.match(said)))


def is_bare(text: str, date: Named, next_start: int, *, may_be_alone: bool) -> bool:
    """Tell whether the text names no more than the date and what is done then: 28年4月開館."""
    said = _said_of(text, date.end, next_start).strip()
    if not said:
        before = text[: date.start].rstrip()
        return may_be_alone and not before.endswith(("から", "~", "～", "計画"))
    if _GOING_ON.search(said) or _is_a_start(said):
        return False
    return len(said) <= _NEAR_ENOUGH and bool(_FINISHED.search(said))


def _is_a_start(said: str) -> bool:
    """Tell whether something goes on from the date, which is no day on which it opens."""
    return bool(_FROM.match(said)) and not re.search(_OPENING, said)


def starts_then(text: str, end: int) -> bool:
    """Tell whether a date is the first of many: 令和4年度から."""
    return _FROM.match(text[end:]) is not None


def _said_of(text: str, end: int, next_start: int) -> str:
    """Return what the statement says after the date; 令和5年度、開館予定 is one statement."""
    opening = _OPENS.match(text, end)
    begin = opening.end() if opening else end
    stop = _BREAK.search(text, begin)
    until = min(next_start, stop.start() if stop else len(text))
    return text[begin:until].rstrip(" )）")
