"""The headings that are open while rows are read from top to bottom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.plain import is_same, one_line, squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.drafts import Gathering, Path
    from kyodo_desktop.domain.importing.layout import Layout

_TITLE_LIMIT = 500
_SIGNS = re.compile(
    r"^[<＜【〔《](?P<inside>[^<＜【〔《>＞】〕》]+)[>＞】〕》]$|^[■●◆▼★□◇▶]\s*(?=\S)"
)
_CONTINUED = re.compile(r"\s*[（(【]\s*(?:続き?|つづき|前(?:頁|ページ).{0,6})\s*[）)】]\s*$")


class OpenPath:
    """One (number, title) for each level above the action, or none where nothing is open."""

    def __init__(self, gathering: Gathering, depth: int, level_names: Sequence[str]) -> None:
        self._gathering, self._depth = gathering, depth
        self._names = list(map(squeezed, level_names))
        self._open: list[tuple[str, str] | None] = [None] * depth
        self._texts: list[str] = [""] * depth
        self._path: Path | None = ()

    @property
    def path(self) -> Path:
        """Return what is open, from the top."""
        if self._path is None:
            self._path = tuple(each for each in self._open if each is not None)
        return self._path

    def open(self, level: int, number: str, text: str) -> None:
        """Open a heading; those below the one before it are closed."""
        if not 0 <= level < self._depth:
            return
        self._open[level] = None
        above = tuple(each for each in self._open[:level] if each is not None)
        self._open[level] = self._gathering.known(above, self._parts(level, number, text))
        self._texts[level] = f"{number}\n{text}"
        for below in range(level + 1, self._depth):
            self._open[below], self._texts[below] = None, ""
        self._path = None

    def take(self, cells: dict[int, str], layout: Layout) -> bool:
        """Open what the heading columns of a row name anew; tell whether they did."""
        changed = False
        for level, column in layout.headings:
            text = cells.get(column)
            if text is None or is_same(text) or level >= self._depth:
                continue
            number = cells.get(layout.numbers.get(level, 0), "")
            same = self._texts[level]
            if same == f"{number}\n{text}" or (not number and same.partition("\n")[2] == text):
                continue
            self.open(level, number, text)
            changed = True
        return changed

    def _parts(self, level: int, number: str, text: str) -> tuple[str, str]:
        text = without_continued(text)
        if number:
            return one_line(number), one_line(text)[:_TITLE_LIMIT]
        parts = numbered(text)
        if not parts.title:
            return "", one_line(text)[:_TITLE_LIMIT]
        if not parts.number:
            parts = numbered(_undecorated(parts.title))
        if not (parts.number and parts.title):
            return "", _undecorated(one_line(text))[:_TITLE_LIMIT]
        number = parts.number if self._is_name(parts.word, level) else parts.printed
        return number, parts.title[:_TITLE_LIMIT]

    def _is_name(self, word: str, level: int) -> bool:
        """Tell whether a word before a number only says the level: 戦略1 of 基本戦略."""
        key = squeezed(word)
        return not word or any(name.endswith(key) for name in self._names[level : level + 1])


def without_continued(title: str) -> str:
    """Return a title without （続き）, which is printed where a page begins."""
    return _CONTINUED.sub("", title)


def _undecorated(title: str) -> str:
    """Return a heading without the signs that only set it off: ＜総務部＞, ■総務部."""
    found = _SIGNS.match(title)
    return title if found is None else found["inside"] or title[found.end() :]
