"""Numbers like 1-1 that a spreadsheet took for dates: 1月1日, 1-Jan, and 1-32 as Jan-32."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_ENGLISH = re.compile(
    rf"(\d{{1,2}})-({'|'.join(_MONTHS)})|({'|'.join(_MONTHS)})-(\d{{1,2}})", re.I
)
_LIKE_NUMBERS = re.compile(r"\d{1,3}[-‐‑–−ー]\d{1,3}|[(（]\d{1,3}[)）]|[①-⑳]")
_HEADINGS = {"番号", "no", "no.", "№", "項番", "整理番号", "事業番号", "取組番号", "施策番号"}
_REASON = (
    "日付になっていますが、この列の番号から見て、「{}」と入力したものが日付に変わったと考え、"
    "「{}」と読み取りました。違うときは、もとの表で直してください。"
)


class MeantNumber(NamedTuple):
    """A cell that shows a date where a number was typed; row and column count from 1."""

    row: int
    column: int
    shown: str
    number: str

    @property
    def reason(self) -> str:
        """Say what was made of it, to follow the text that is shown."""
        return _REASON.format(self.number, self.number)


def meant_numbers(
    rows: Sequence[Sequence[str]], shown: Mapping[tuple[int, int], str]
) -> Iterator[MeantNumber]:
    """Yield the dates in columns of numbers; `shown` are the dates as the sheet shows them.

    A column is one of numbers by its heading, or by its other cells, of which more than half
    are like 1-2, (1) or ①.
    """
    columns: defaultdict[int, list[MeantNumber]] = defaultdict(list)
    for (row, column), text in shown.items():
        number = _typed(text)
        if number:
            columns[column].append(MeantNumber(row, column, text, number))
    for column, found in columns.items():
        dates = {each.row for each in found}
        others = [
            row[column - 1]
            for at, row in enumerate(rows, start=1)
            if at not in dates and column <= len(row) and row[column - 1]
        ]
        if _is_of_numbers(others):
            yield from found


def dates_in(rows: Iterable[Sequence[str]]) -> dict[tuple[int, int], str]:
    """Return the cells of a text file that may be such dates."""
    return {
        (row, column): text
        for row, cells in enumerate(rows, start=1)
        for column, text in enumerate(cells, start=1)
        if 3 < len(text) < 8 and _typed(text)  # noqa: PLR2004  1月1日, 12月31日
    }


def _typed(shown: str) -> str:
    """Return what was typed, or nothing for what no such number becomes."""
    text = unicodedata.normalize("NFKC", shown).strip()
    day = _DAY.fullmatch(text)
    if day:
        return f"{int(day[1])}-{int(day[2])}"
    english = _ENGLISH.fullmatch(text)
    if not english:
        return ""
    month = _MONTHS.index((english[2] or english[3]).lower()) + 1
    return f"{month}-{int(english[1] or english[4])}"


def _is_of_numbers(others: Sequence[str]) -> bool:
    texts = [unicodedata.normalize("NFKC", text).strip() for text in others]
    if any(text.casefold() in _HEADINGS for text in texts):
        return True
    like = sum(_LIKE_NUMBERS.fullmatch(text.strip()) is not None for text in others)
    return 2 * like > len(others)
