"""Sections that got another name: 企画課→企画政策課, 企画政策課（旧企画課）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import is_section
from kyodo_desktop.domain.importing.moments import year_of

if TYPE_CHECKING:
    from collections.abc import Iterator


_ANY_YEAR, _FEWEST = 2015, 2


class Renamed(NamedTuple):
    """A name that no longer holds, and the one that took its place, empty if not known."""

    old: str
    new: str

    @property
    def told(self) -> str:
        """Why the old name is no section of the plan."""
        now = f"「{self.new}」の前の名前" if self.new else "前の担当課"
        return f"{now}のため、担当課にしていません。"


_NAME = r"[^\s、，,､；;／/（）()\[\]【】→⇒➡➔➝⇨＞>↓:：＝=~～〜]{2,40}"
_YEAR = r"(?:令和|平成|[RHrhＲＨ])\s*\.?\s*(?:元|\d{1,2})|\d{4}"
_DATE = rf"(?:{_YEAR})(?:年度|年|[./．]\d{{1,2}}|\d{{1,2}}[月日]|末|当初)*"
_FROM = r"\s*(?:[~～〜]|から|より|以降|以後|に|→)\s*(?:は)?\s*[:：]?\s*"
_UNTIL = r"\s*(?:まで|迄|以前)\s*(?:は|の)?\s*[:：]?\s*"
_CHANGED = (
    r"(?:改称|名称変更|組織改編|改編|再編|変更|移管|事務移管|統合|改組)(?:した?|しました|済み?)?"
)
_ARROWS = "[→⇒➡➔➝⇨＞>↓]+"
_BRACKETS = r"\s*[（(]\s*(?P<said>[^（）()]*?)\s*[)）]"
_BESIDE = re.compile(rf"(?P<name>{_NAME}){_BRACKETS}")
_ARROW = re.compile(
    rf"(?P<old>{_NAME})\s*(?:[（(][^（）()]{{0,12}}[)）])?\s*{_ARROWS}\s*"
    rf"(?:[（(]?{_DATE}(?:{_FROM})?[)）]?\s*)?(?P<new>{_NAME})"
    rf"(?:\s*[（(]{_DATE}(?:{_FROM})?(?:組織)?(?:{_CHANGED})?[)）])?"
)
_MOVED = re.compile(
    rf"(?:{_DATE}{_FROM})?(?P<old>{_NAME}?)(?:から|より)\s*(?P<new>{_NAME}?)(?:へ|に)\s*{_CHANGED}"
)
_LABELLED = re.compile(
    r"[（(【\[]?(?P<label>旧|新|現在?|変更[前後]|改[編組称][前後])(?:課名?|名称?|所属|組織)?"
    rf"(?:[）)】\]]\s*[:：]?|\s*[:：])\s*(?P<name>{_NAME})"
)
_OLD_LABELS = ("旧", "変更前", "改編前", "改組前", "改称前")
_OLD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"旧(?:称|名称?|課名?|組織)?\s*[:：・]?\s*(?P<name>{_NAME}(?:[、，,]\s*{_NAME})*)",
        rf"(?:元|前|もと)\s*[:：]\s*(?P<name>{_NAME})",
        rf"[~～〜]?\s*{_DATE}{_UNTIL}(?P<name>{_NAME})",
        rf"[~～〜]\s*{_DATE}\s*[:：]?\s*(?P<name>{_NAME})",
        rf"{_DATE}\s*[:：]\s*(?P<name>{_NAME})",
        rf"(?:{_DATE}(?:{_FROM})?)?(?P<name>{_NAME}?)(?:を|から|より)\s*{_CHANGED}",
    )
)
_NEW = tuple(
    re.compile(pattern)
    for pattern in (
        rf"現(?:在|行|課名?|名称?)?\s*[:：・]?\s*(?P<name>{_NAME})",
        rf"(?:新|改)\s*[:：]\s*(?P<name>{_NAME})",
        rf"{_ARROWS}\s*(?:{_DATE}{_FROM})?(?P<name>{_NAME})",
        rf"{_DATE}{_FROM}(?P<name>{_NAME}?)(?:(?:に|へ|と)?\s*{_CHANGED})?",
        rf"(?P<name>{_NAME}?)(?:に|へ|と)\s*{_CHANGED}",
    )
)
_NOW = re.compile(
    rf"{_DATE}\s*(?:[~～〜]|から|より|以降|以後|に?(?:新設|設置|(?:組織)?{_CHANGED}))"
)
_OF_YEAR = re.compile(rf"(?P<date>{_DATE})\s*[:：]\s*(?P<name>{_NAME})")
_PAST = re.compile(rf"[~～〜]?\s*{_DATE}\s*(?:まで|迄|以前)|[~～〜]\s*{_DATE}")
_HINT = re.compile(
    rf"{_ARROWS}|[旧現新改前元変移統~～〜]|まで|から|より|以降|[0-9元]年?度?\s*[:：]"
)


def without_old_names(text: str) -> tuple[str, tuple[Renamed, ...]]:
    """Return the text with the names that hold now alone, and which names those took over."""
    if not _HINT.search(text):
        return text, ()
    renamed: list[Renamed] = []
    for part in (_moves, _brackets, _labels, _years):
        text = part(text, renamed)
    return text, tuple(renamed)


def _moves(text: str, renamed: list[Renamed]) -> str:
    place = 0
    while found := _ARROW.search(text, place) or _MOVED.search(text, place):
        old, new = found["old"], found["new"]
        if is_section(old) and is_section(new):
            renamed.append(Renamed(old, new))
            text = text[: found.start()] + new + text[found.end() :]
            place = found.start()
        else:
            place = found.start("new")
    return text


def _labels(text: str, renamed: list[Renamed]) -> str:
    found = [each for each in _LABELLED.finditer(text) if is_section(each["name"])]
    old = [each["name"] for each in found if each["label"] in _OLD_LABELS]
    new = [each["name"] for each in found if each["label"] not in _OLD_LABELS]
    if not old:
        return text
    if not new:
        rest = _LABELLED.sub("", text)
        new = [each for each in re.findall(_NAME, rest) if is_section(each)]
    if len(new) != 1:
        return text
    renamed.extend(Renamed(each, new[0]) for each in old)
    kept = (each for each in found if each["label"] in _OLD_LABELS)
    text = "".join(_cut_out(text, [each.span() for each in kept]))
    return _LABELLED.sub(r"\g<name>", text)


def _years(text: str, renamed: list[Renamed]) -> str:
    """Take the latest of R5：企画課 R6：企画政策課."""
    found = [each for each in _OF_YEAR.finditer(text) if is_section(each["name"])]
    dated = sorted(
        (year, each["name"])
        for each in found
        if (year := year_of(each["date"], _ANY_YEAR)) is not None
    )
    if len(dated) != len(found) or len({year for year, _ in dated}) < max(len(found), _FEWEST):
        return text
    *old, new = (name for _, name in dated)
    renamed.extend(Renamed(each, new) for each in old if each != new)
    rest = "、".join(_cut_out(text, [each.span() for each in found]))
    return f"{rest}、{new}"


def _cut_out(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    place = 0
    for start, end in spans:
        yield text[place:start]
        place = end
    yield text[place:]


def _brackets(text: str, renamed: list[Renamed]) -> str:
    def replaced(found: re.Match[str]) -> str:
        name, said = found["name"], found["said"]
        if not is_section(name):
            return found[0]
        old, new = _said(said, _OLD), _said(said, _NEW)
        if old or new:
            renamed.append(Renamed(old or name, new or name))
            return new or name
        return name if _NOW.fullmatch(said) else found[0]

    return _without_past(_BESIDE.sub(replaced, text), renamed)


def _without_past(text: str, renamed: list[Renamed]) -> str:
    """Leave out 企画課（R5まで） where another name follows, or stands before it."""
    found = [each for each in _BESIDE.finditer(text) if _PAST.fullmatch(each["said"])]
    past = [each["name"] for each in found if is_section(each["name"])]
    rest = "、".join(_cut_out(text, [each.span() for each in found]))
    names = [str(each) for each in re.findall(_NAME, rest) if is_section(each)]
    if not past or not names:
        return text
    after = text[found[-1].end() :]
    new = next((each for each in names if each in after), names[0] if len(names) == 1 else "")
    renamed.extend(Renamed(each, new) for each in past)
    return rest


def _said(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    """Return the name of a section of which the words in brackets tell, by the first pattern."""
    found = (pattern.fullmatch(text) for pattern in patterns)
    names = (str(each["name"]) for each in found if each is not None)
    return next(filter(is_section, names), "")
