"""What a search compares: what the user asks for, and the texts in which it is looked up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyodo_desktop.domain.action_fields import Scope, Use, taking_part
from kyodo_desktop.domain.nodes import is_heading, is_placement, placement_node
from kyodo_desktop.domain.standing import Judge
from kyodo_desktop.domain.texts import ONE_WAY, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.standing import RoundState

_FIELDS = taking_part(Use.SEARCH, Scope.ACTION, Scope.ROUND)
_LINE_FIELDS = taking_part(Use.SEARCH, Scope.LINE)
_JOINED = re.compile("[ﾞﾟ\u3099\u309a\u0300-\u036f]")  # become one with the letter before
_VOICED = "ﾞﾟ"  # half-width, each a character of its own
_TO_KATAKANA = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}
_DASHES = {ord(each): "-" for each in "‐‑‒–—―−─━"} | {ord("∼"): "~"}
_LETTERS = ONE_WAY | _DASHES | _TO_KATAKANA


def search_key(text: str) -> str:
    """Return a key in which width, kana, case and kinds of dashes make no difference.

    ｻﾎﾟｰﾄ = さぽーと, 子ども〜高齢者 = 子ども～高齢者.

    For comparing only: it also turns ① into 1 and ㈱ into (株).
    """
    return folded(text, _LETTERS)


def contains_word(text: str, words: Iterable[str]) -> bool:
    """Tell whether any of some words (keys) stands in a text."""
    key = search_key(text)
    return any(word in key for word in words)


def words_of(text: str) -> list[str]:
    """Return what has to be found for a text that is looked for, as keys."""
    return search_key(text).split()


def found_in(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where words (keys) stand in a text, as begins and ends that do not overlap.

    A letter with marks of its own (ｶﾞ) is found as a whole.
    """
    key = search_key(text)
    words = [word for word in words if word and word in key]
    if not words:
        return []  # as mostly, and it takes a tenth of the time
    if len(key) == len(text) and not _JOINED.search(text):
        keys = [(letter, at, at + 1) for at, letter in enumerate(key)]
    else:
        keys = list(letters(text))
    folded = "".join(key for key, _, _ in keys)
    places = [
        place
        for place, (key, _, _) in enumerate(keys)
        for _ in key  # ㈱ is three letters in the key
    ]
    found = sorted(
        (keys[places[at]][1], keys[places[at + len(word) - 1]][2])
        for word in words
        for at in _occurrences(folded, word)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def letters(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the key of each letter, with the place where it begins and ends in the text."""
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and (text[end] in _VOICED or unicodedata.combining(text[end])):
            continue
        yield search_key(text[start:end]), start, end
        start = end


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@dataclass(frozen=True, slots=True)
class Query:
    """What the user wants to see; the empty query shows everything.

    `statuses` holds status ids, None for 未記入. `standing` is one of the figures of the round,
    with the `month` (YYYY-MM) before which open work is late. `among` limits the answer to
    these actions; the headings `besides` are shown with them.
    """

    text: str = ""
    statuses: frozenset[int | None] = frozenset()
    section_id: int | None = None
    standing: RoundState | None = None
    month: str = ""
    among: frozenset[int] | None = None
    besides: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing limits what is shown."""
        return not self.text.split() and not self.filters

    @property
    def filters(self) -> bool:
        """Tell whether anything but the text limits what is shown."""
        limits = (self.section_id, self.standing, self.among)
        return bool(self.statuses) or any(limit is not None for limit in limits)

    def admitted(self, outline: Outline) -> Callable[[int], bool]:
        """Return the question whether an action in the plan passes all that is not text."""
        judge = Judge(outline, self.month)

        def admits(action_id: int) -> bool:
            return (
                (self.among is None or action_id in self.among)
                and (self.standing is None or judge.holds(self.standing, action_id))
                and (not self.statuses or self._has_status(outline, judge, action_id))
                and (self.section_id is None or _is_of(outline, action_id, self.section_id))
            )

        return admits

    def _has_status(self, outline: Outline, judge: Judge, action_id: int) -> bool:
        status = outline.status(action_id)
        if status is None:  # 未記入, unless nothing is to be filled in
            return None in self.statuses and not judge.is_outside(action_id)
        return status.id in self.statuses


def _is_of(outline: Outline, action_id: int, section_id: int) -> bool:
    return any(each.section_id == section_id for each in outline.assignments.get(action_id, ()))


class SearchIndex:
    """The folded texts of the plan, so that a keystroke compares and nothing else.

    `nodes` are the placements in printed order, each with its text in `texts`, which begins
    with the titles of the headings above: a word in a title finds all that stands below. A
    heading without actions stands there for itself. What stands below a node is a `span`.

    Folding 100,000 actions takes two seconds: `prepare` does a part of it, to be called
    while the user does nothing; `complete` does what is left.
    """

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._keys: dict[int, str] = {}
        self._begin()

    def _begin(self) -> None:
        self.is_ready = False
        self.nodes: list[int] = []
        self.texts: list[str] = []
        self.spans: dict[int, tuple[int, int]] = {}
        self._steps = self._all_steps()

    def prepare(self) -> None:
        """Do one small step."""
        next(self._steps, None)

    def complete(self) -> None:
        """Do what is left."""
        for _ in self._steps:
            pass

    def move_on(self, outline: Outline, action_ids: Iterable[int], *, same_headings: bool) -> None:
        """Search a newer outline, in which these actions differ, or the headings as well."""
        self._outline = outline
        for action_id in action_ids:
            self._keys.pop(action_id, None)
            if same_headings and self.is_ready:
                for placement_id in outline.placed.get(action_id, ()):
                    self._renew(placement_node(placement_id))
        if not (same_headings and self.is_ready):
            self._begin()

    def _renew(self, node: int) -> None:
        above = self._outline.parent(node)
        assert above is not None
        place = self.nodes.index(node, *self.spans[above])
        titles = [each for each in self._outline.ancestors(node) if is_heading(each)]
        above_it = "".join(self._title(each) for each in reversed(titles))
        self.texts[place] = above_it + self._text(node)

    def _all_steps(self) -> Iterator[None]:
        for root in self._outline.roots:
            yield from self._walk(root, "")
        self.is_ready = True

    def _walk(self, node: int, titles: str) -> Iterator[None]:
        start = len(self.nodes)
        if is_heading(node):
            titles += self._title(node)
        for child in self._outline.children.get(node, ()):
            if is_placement(child):
                self.nodes.append(child)
                self.texts.append(titles + self._text(child))
                yield
            else:
                yield from self._walk(child, titles)
        if len(self.nodes) == start:
            self.nodes.append(node)
            self.texts.append(titles)
            yield
        self.spans[node] = start, len(self.nodes)

    def _title(self, heading: int) -> str:
        return search_key(self._outline.title(heading)) + "\n"

    def _text(self, placement: int) -> str:
        action_id = self._outline.action_id_at(placement)
        if action_id not in self._keys:
            self._keys[action_id] = search_key(_searched(self._outline, action_id))
        return self._keys[action_id]


def _searched(outline: Outline, action_id: int) -> str:
    return "\n".join(text for _, text in searched_texts(outline, action_id))


def searched_texts(outline: Outline, action_id: int) -> Iterator[tuple[str, str]]:
    """Yield all of an action that is searched, with the label of each text."""
    for field in _FIELDS:
        yield field.label, field.type.plain(field.of(outline, action_id), outline)
    for line in outline.lines.get(action_id, ()):
        for field in _LINE_FIELDS:
            yield field.label, field.type.plain(field.of_line(line), outline)
