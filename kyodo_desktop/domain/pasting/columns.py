"""The columns that rows of actions have in the clipboard, and which of them a table has."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.domain.text_keys import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.clipboard_table import Cells
    from kyodo_desktop.domain.replies.answers import AnswerParser


class PasteColumn(StrEnum):
    """What a column says of an action; the value is the heading that we copy it with."""

    NUMBER = "番号"
    TITLE = "実行計画"
    SECTION = "担当課"
    STATUS = "状態"
    PROGRESS = "進捗状況"
    DIRECTION = "方向性"
    OUTLOOK = "今後の方向性"
    DUE = "完了予定"
    UNUSED = "使わない"


COPIED = tuple(column for column in PasteColumn if column is not PasteColumn.UNUSED)

_WORDS = {
    PasteColumn.NUMBER: ("番号", "№", "no", "no.", "項番"),
    PasteColumn.TITLE: (
        "実行計画",
        "取組",
        "取組名",
        "取組内容",
        "事業",
        "事業名",
        "施策名",
        "項目",
    ),
    PasteColumn.SECTION: ("担当課", "担当", "所管課", "所管", "主管課", "担当部署"),
    PasteColumn.STATUS: ("状態", "評価", "達成度", "進捗", "区分"),
    PasteColumn.PROGRESS: ("進捗状況", "実績", "取組状況", "実施状況", "内容"),
    PasteColumn.DIRECTION: ("方向性",),
    PasteColumn.OUTLOOK: ("今後の方向性", "今後の取組", "次年度の取組", "課題"),
    PasteColumn.DUE: ("完了予定", "期限", "完了時期", "達成時期"),
}
_BY_WORD = {word: column for column, words in _WORDS.items() for word in words}
_MOST_OF = 0.6
_SHORT = 6


def headed(cells: Cells, action_word: str) -> list[PasteColumn] | None:
    """Return what the first row says of the columns; nothing where it is no row of headings."""
    if not cells:
        return None
    words = {**_BY_WORD, squeezed(action_word): PasteColumn.TITLE}
    found = [words.get(squeezed(text), PasteColumn.UNUSED) for text in cells[0]]
    known = [column for column in found if column is not PasteColumn.UNUSED]
    filled = [text for text in cells[0] if text.strip()]
    if not known or len(known) * 2 < len(filled):
        return None
    return _each_once(found)


def guessed(cells: Cells, words: AnswerParser, *, lines_only: bool) -> list[PasteColumn]:
    """Guess the columns of rows without headings by what stands in them.

    A column of statuses, months or directions is known by its words; of the others the
    longest is the title, or the text of progress where only lines are wanted.
    """
    columns = list(zip(*cells, strict=True))
    found = [_kind_of([text for text in column if text.strip()], words) for column in columns]
    by_length = sorted(
        (place for place, kind in enumerate(found) if kind is PasteColumn.UNUSED),
        key=lambda place: -sum(map(len, columns[place])),
    )
    texts = [place for place in by_length if any(map(str.strip, columns[place]))]
    if lines_only and texts:
        found[texts[0]] = PasteColumn.PROGRESS
    else:
        first_two = sorted(texts[:2])
        for place, kind in zip(first_two, (PasteColumn.TITLE, PasteColumn.PROGRESS), strict=False):
            found[place] = kind
    return _each_once(found)


def _kind_of(texts: Sequence[str], words: AnswerParser) -> PasteColumn:
    if not texts:
        return PasteColumn.UNUSED
    for column, field in (
        (PasteColumn.STATUS, AnswerField.STATUS),
        (PasteColumn.DUE, AnswerField.DUE),
        (PasteColumn.DIRECTION, AnswerField.DIRECTION),
    ):
        if sum(bool(words.read(field, text).value) for text in texts) >= len(texts) * _MOST_OF:
            return column
    if all(len(text.strip()) <= _SHORT and _is_number(text) for text in texts):
        return PasteColumn.NUMBER
    if sum(text.strip().endswith(("課", "室", "局")) for text in texts) >= len(texts) * _MOST_OF:
        return PasteColumn.SECTION
    return PasteColumn.UNUSED


def _is_number(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip(" ()（）.-")
    return plain.isdecimal() or len(plain) == 1


def _each_once(found: Iterable[PasteColumn]) -> list[PasteColumn]:
    once: list[PasteColumn] = []
    for column in found:
        once.append(PasteColumn.UNUSED if column in once else column)
    return once
