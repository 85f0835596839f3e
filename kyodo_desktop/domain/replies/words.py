"""What people type into a form, in the plan's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import month_label, parse_month
from kyodo_desktop.domain.inputs import checked_text
from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.domain.replies.marks import mark_key, plain, without_unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline

TEXT_FIELDS = frozenset((AnswerField.TEXT, AnswerField.OUTLOOK, AnswerField.NOTE))
_BETWEEN = ":：・/／|｜()（）[]［］、,"  # between a mark and its label
_CLEAR = 2  # letters that tell a word by its beginning
_AFTER_A_LABEL = re.compile(r"(済み|済|しました|した|です)?[。.]?$")
_AS_BEFORE = frozenset(
    map(
        plain,
        (
            "変更なし",
            "変更無し",
            "変わりなし",
            "前回同様",
            "前回と同様",
            "前回と同じ",
            "前回のまま",
        ),
    )
)
_LONGEST_PHRASE = 20  # letters of a cell that could say no more than that
_AFTER_A_MONTH = re.compile(r"(予定|まで|迄|を目途|目途|ごろ|頃)+$")


class Reading(NamedTuple):
    """A cell as a value of the plan, or why it is none: `problem` ends 「状態」の…."""

    value: str
    problem: str = ""


class Words:
    """Reads cells with one plan's statuses, directions and era."""

    def __init__(self, outline: Outline) -> None:
        self._era_from = outline.plan.first_fiscal_year
        statuses = outline.statuses.values()
        self._allowed = "、".join(each.word for each in statuses)
        self._marks = {each.mark: each.word for each in statuses}
        self._mark_lengths = sorted({len(each.mark) for each in statuses}, reverse=True)
        self._mark_keys = {mark_key(each.mark): each.mark for each in reversed([*statuses])}
        self._labels = {
            plain(each.label): each.mark for each in reversed([*statuses]) if each.label
        }
        self._directions = {plain(each.label): each.label for each in outline.directions.values()}
        self._known: dict[tuple[AnswerField, str], Reading] = {}

    def read(self, field: AnswerField, typed: str) -> Reading:
        """Return the value of a cell; the same words are read only once."""
        if field in TEXT_FIELDS:
            return _text(field, typed)
        key = field, typed
        if key not in self._known:
            self._known[key] = self._choice(field, tidy(typed).strip())
        return self._known[key]

    def shown(self, field: AnswerField, value: str) -> str:
        """Return a value as people read it."""
        if field is AnswerField.STATUS:
            return self._marks.get(value, value)
        return month_label(value) if field is AnswerField.DUE and _is_month(value) else value

    def mark_of(self, typed: str) -> str:
        """Return the plan's mark that a typed one stands for; an empty text is none."""
        return typed if typed in self._marks else self._mark_keys.get(mark_key(typed), "")

    def marked(self, line: str) -> tuple[str, str]:
        """Return the plan's mark at the beginning of a line, or none, and the rest of it.

        A letter or a word is a mark only where a space follows: レンタル begins with no レ.
        """
        for mark, typed, rest in self._beginnings(without_unseen(line)):
            if rest[:1].isspace() or not typed.isalnum():
                return mark, rest.strip()
        return "", line

    def _beginnings(self, typed: str) -> Iterator[tuple[str, str, str]]:
        """Yield the marks with which a text may begin, as typed, and the rest of the text."""
        for length in self._mark_lengths:
            if mark := self.mark_of(typed[:length]):
                yield mark, typed[:length], typed[length:]

    def _choice(self, field: AnswerField, typed: str) -> Reading:
        if not typed:
            return Reading("")
        if field is AnswerField.DUE:
            return self._month(typed)
        if field is AnswerField.DIRECTION:
            found = _by_beginning(self._directions, plain(typed))
            allowed = "、".join(self._directions.values())
        else:
            found, allowed = self._status(typed), self._allowed
        if found:
            return Reading(found)
        return Reading("", f"の「{_short(typed)}」は選択肢にありません。使えるもの：{allowed}")

    def _status(self, typed: str) -> str:
        """Return the mark that a mark, a label, or both of them stand for."""
        if found := self.mark_of(typed) or self._labels.get(plain(typed)):
            return found
        for mark, _, rest in self._beginnings(typed):
            label = plain(rest).strip(_BETWEEN)
            if not label or _by_beginning(self._labels, label) == mark:
                return mark
        found = _by_beginning(self._labels, plain(typed))
        return found or _by_beginning(self._labels, plain(_AFTER_A_LABEL.sub("", typed, 1)))

    def _month(self, typed: str) -> Reading:
        shortened = _AFTER_A_MONTH.sub("", "".join(typed.split())) or typed
        try:
            return Reading(parse_month(shortened, era_from=self._era_from) or "")
        except InvalidInputError:
            return Reading(
                "",
                f"の「{_short(typed)}」は年月として読み取れません。"
                "例: H28.3、平成28年3月、2016-03",
            )


def says_as_before(text: str) -> bool:
    """Tell whether a whole cell says that nothing has changed: 変更なし."""
    return len(text) <= _LONGEST_PHRASE and plain(text).strip("。.()") in _AS_BEFORE


def tidy(text: str) -> str:
    """Return a text with plain line ends and without spaces that nobody sees."""
    if text.isprintable() and text == text.rstrip():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _text(field: AnswerField, typed: str) -> Reading:
    text = tidy(typed)
    try:
        return Reading(checked_text(text, field.label))
    except InvalidInputError as error:
        return Reading("", error.message.removeprefix(f"「{field.label}」"))


def _by_beginning(words: dict[str, str], typed: str) -> str:
    """Return the word that is typed, or the only one that begins with it."""
    if typed in words:
        return words[typed]
    if len(typed) < _CLEAR:
        return ""
    found = {word for key, word in words.items() if key.startswith(typed)}
    return found.pop() if len(found) == 1 else ""


def _is_month(value: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}", value))


def _short(text: str, most: int = 30) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"
