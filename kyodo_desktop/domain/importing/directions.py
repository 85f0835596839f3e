"""The choices of 今後の方向性 (継続, 拡充, 廃止 …): alone in a cell, or before a text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import is_mark
from kyodo_desktop.domain.importing.plain import one_line, status_key
from kyodo_desktop.domain.importing.statuses import best_legend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.layout import Layout
    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView

    Legend = list[tuple[str, str]]

_LONGEST_CHOICE, _SURELY_CHOICE = 50, 8
_FEWEST = 2
_CHOICES = (
    "現状(?:のまま)?(?:維持|継続)|(?:改善して|見直して|拡充して)?継続|拡充|拡大|充実|強化|改善|見直し|縮小|統合"
    "|廃止|休止|終了|完了|新規|維持|推進|検討"
)
# A letter or a number before a choice: Ａ　拡充, 1.継続, (ア)廃止, Ａ拡充
_LETTER = r"[A-Za-zＡ-Ｚａ-ｚ0-9０-９①-⑳ｱ-ｵア-オ]"
_COUNTED = (
    rf"(?:[（(【［\[]?{_LETTER}[）)】］\]]?(?:[\s　．.:：、）)]+|(?=[【（(]?(?:{_CHOICES})))"
    rf"|[（(【［\[]{_LETTER}[）)】］\]])?"
)
_LETTERED = re.compile(rf"\s*[（(【［\[]?{_LETTER}[）)】］\]]?[\s　．.:：、）)]*")
_LED = re.compile(
    rf"\s*{_COUNTED}(?:[【\[（(〔](?P<marked>{_CHOICES})[】\]）)〕]\s*(?:[:：]\s*)?"
    rf"|(?P<choice>{_CHOICES})(?:\s*[:：。\n]\s*|　+|\s*$))(?P<text>.*)$",
    re.DOTALL,
)
_BRACKETED = re.compile(
    rf"\s*{_COUNTED}(?P<choice>[^（）()\s。、]{{2,12}})\s*[（(](?P<text>.+)[）)]\s*$", re.DOTALL
)
_SENTENCE = re.compile("[うくぐすつぬぶむるいたん]$|(?:こと|もの|ため|予定)$")
_ANY, _ASIDE, _LONGEST_NAME = re.compile(_CHOICES), re.compile("[（(。]"), 20
_CHOSEN = re.compile(rf"[^をはに、]{{0,8}}(?:{_CHOICES})(?:する|していく|とする)?")


class LedText(NamedTuple):
    """A choice that a text begins with and what it goes on with, each with its span."""

    choice: str
    span: tuple[int, int]
    text: str
    text_span: tuple[int, int]


class Directions:
    """The choices of 今後の方向性 in the order of their legend, then as they are met."""

    def __init__(self) -> None:
        self.known: dict[str, None] = {}
        self._repeated: set[str] = set()
        self._named: dict[str, str] = {}
        self.legend: list[tuple[str, str]] = []

    def look_at(self, view: SheetView, choice: SheetChoice, layout: Layout) -> set[str]:
        """See which texts stand in several rows of a sheet: such are choices; return all."""
        met: set[str] = set()
        rows = view.filled(choice.last_heading_row + 1, choice.last_row)
        for column, _ in (each for columns in layout.rounds for each in columns.directions):
            found = Counter(view.text(row, column) for row in rows)
            self._repeated |= {text for text, count in found.items() if count >= _FEWEST}
            met |= found.keys()
        return met - {""}

    def explain(self, legends: Iterable[Legend], met: set[str]) -> None:
        """Take the legend that explains most of the cells: its words, in its order."""
        own = [
            [(mark, _ASIDE.split(words)[0].strip()) for mark, words in each]
            for each in legends
            if is_of_directions(each)
        ]
        for mark, words in best_legend(own, met):
            name = words if is_mark(mark) and 0 < len(words) <= _LONGEST_NAME else mark
            self.known.setdefault(name)
            self._named[status_key(mark)] = name
            self.legend.append((mark, words))

    def named(self, choice: str) -> str:
        """Return the word that a legend gives for a letter; else the choice as it is."""
        return self._named.get(status_key(choice), choice)

    def is_choice(self, text: str) -> bool:
        """Tell whether a cell of a column of choices is one; a sentence met once is a text."""
        if len(text) > _LONGEST_CHOICE or "。" in text:
            return False
        return (
            len(text) <= _SURELY_CHOICE
            or text in self._repeated
            or not _SENTENCE.search(text)
            or _CHOSEN.fullmatch(text) is not None
        )


def is_of_directions(legend: Legend) -> bool:
    """Tell whether the words of a legend are choices of what shall be done."""
    return sum(_ANY.search(words) is not None for _, words in legend) * 2 >= len(legend)


def split_direction(text: str, *, is_surely: bool = False) -> LedText | None:
    """Return the choice that a text begins with, and the rest: 改善（登録分野を見直す）.

    `is_surely` tells that the column holds choices, so that any word before brackets is one.
    """
    led = _LED.match(text)
    if led is not None:
        return _parts(led, "choice" if led["choice"] else "marked")
    found = _BRACKETED.fullmatch(text)
    if found is not None and (is_surely or re.fullmatch(_CHOICES, found["choice"])):
        return _parts(found, "choice")
    return None


def _parts(found: re.Match[str], choice: str) -> LedText:
    text = found["text"].strip()
    start = found.string.index(text, found.start("text"))
    return LedText(found[choice], found.span(choice), text, (start, start + len(text)))


def is_letter_of(text: str) -> bool:
    """Tell whether a text is the letter before a choice and no more: Ａ　, 1.; or nothing."""
    return not text or _LETTERED.fullmatch(text) is not None


def is_direction(text: str) -> bool:
    """Tell whether a text is a choice of 今後の方向性 whatever stands over it: 継続, 拡充する."""
    return _CHOSEN.fullmatch(one_line(text)) is not None


def may_be_direction(text: str) -> bool:
    """Tell whether a cell of choices is one, and no sentence of its own."""
    if len(text) > _LONGEST_CHOICE or "。" in text or "\n" in text:
        return False
    return _SENTENCE.search(text) is None or _CHOSEN.fullmatch(text) is not None
