"""The choices of 今後の方向性 (継続, 拡充, 廃止 …): alone in a cell, or before a text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.plain import one_line

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.layout import Layout
    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_LONGEST_CHOICE, _SURELY_CHOICE = 50, 8
_FEWEST = 2
_CHOICES = (
    "現状(?:のまま)?(?:維持|継続)|(?:改善して|見直して|拡充して)?継続|拡充|拡大|充実|強化|改善|見直し|縮小|統合"
    "|廃止|休止|終了|完了|新規|維持|推進|検討"
)
_LED = re.compile(
    rf"\s*(?:[【\[（(〔](?P<marked>{_CHOICES})[】\]）)〕]\s*(?:[:：]\s*)?"
    rf"|(?P<choice>{_CHOICES})(?:\s*[:：。\n]\s*|　+|\s*$))(?P<text>.*)$",
    re.DOTALL,
)
_BRACKETED = re.compile(
    r"\s*(?P<choice>[^（）()\s。、]{2,12})\s*[（(](?P<text>.+)[）)]\s*$", re.DOTALL
)
_SENTENCE = re.compile("[うくぐすつぬぶむるいたん]$|(?:こと|もの|ため|予定)$")
_CHOSEN = re.compile(rf"[^をはに、]{{0,8}}(?:{_CHOICES})(?:する|していく|とする)?")


class LedText(NamedTuple):
    """A choice that a text begins with and what it goes on with, each with its span."""

    choice: str
    span: tuple[int, int]
    text: str
    text_span: tuple[int, int]


class Directions:
    """The choices of 今後の方向性 in the order in which they are met."""

    def __init__(self) -> None:
        self.known: dict[str, None] = {}
        self._repeated: set[str] = set()

    def look_at(self, view: SheetView, choice: SheetChoice, layout: Layout) -> None:
        """See which texts stand in several rows of a sheet: such are choices."""
        rows = view.filled(choice.last_heading_row + 1, choice.last_row)
        for column, _ in (each for columns in layout.rounds for each in columns.directions):
            found = Counter(view.text(row, column) for row in rows)
            self._repeated |= {text for text, count in found.items() if count >= _FEWEST}

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


def is_direction(text: str) -> bool:
    """Tell whether a text is a choice of 今後の方向性 whatever stands over it: 継続, 拡充する."""
    return _CHOSEN.fullmatch(one_line(text)) is not None


def may_be_direction(text: str) -> bool:
    """Tell whether a cell of choices is one, and no sentence of its own."""
    if len(text) > _LONGEST_CHOICE or "。" in text or "\n" in text:
        return False
    return _SENTENCE.search(text) is None or _CHOSEN.fullmatch(text) is not None
