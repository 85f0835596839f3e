"""How a table writes what the plan calls a status or a direction."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.found_plan import Form
from kyodo_desktop.domain.importing.plain import status_key
from kyodo_desktop.domain.importing.printed_choices import choices_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_EMPTY_FOR = {"■": "□", "☑": "☐", "☒": "☐", "◼": "◻", "●": "○", "◉": "○", "✅": "□"}
_USUAL_TICK = "○"


class Word(NamedTuple):
    """A status or a direction of the plan: its mark and its label; a direction has only this."""

    mark: str
    label: str


class BoxInCell(NamedTuple):
    """A printed choice; `at` is the place of its box, `words` what follows it."""

    at: int
    is_chosen: bool
    words: str


class WordForms:
    """Learns from the table how its words are written, then writes others in the same way.

    Words are keyed as the table names them: `same` gives the plan's for each.
    """

    def __init__(self) -> None:
        self._written: dict[tuple[int, Form], Counter[str]] = defaultdict(Counter)
        self._shapes: dict[Form, Counter[str]] = defaultdict(Counter)
        self._ticks: Counter[str] = Counter()
        self._joins: Counter[str] = Counter()
        self._around: Counter[tuple[str, str]] = Counter()

    def learn(self, word_id: int, word: Word, written: str, form: Form) -> None:
        """See a word as it stands in a cell."""
        text = written.strip()
        if form is Form.TICK:
            self._ticks[text] += 1
        elif form is not Form.CHOICE and text and len(text) <= len(word.mark + word.label) + 4:
            kind = _kind(form)
            self._written[word_id, kind][text] += 1
            shape = _shape(text, word)
            if word.mark or not any(map(str.isalnum, shape)):  # Ａ 拡充: Ａ is of 拡充 alone
                self._shapes[kind][shape] += 1
            if kind is Form.LED:
                self._joins[written[len(written.rstrip()) :]] += 1

    def written(self, word_id: int, word: Word, form: Form = Form.TEXT) -> str:
        """Return how the table would write a word."""
        kind = _kind(form)
        known = self._written.get((word_id, kind))
        if known:
            return known.most_common(1)[0][0]
        shapes = self._shapes.get(kind)
        shape = shapes.most_common(1)[0][0] if shapes else "\1"
        text = shape.replace("\1", word.mark or word.label).replace("\2", word.label or word.mark)
        return text if "\1" in shape or "\2" in shape else word.mark or word.label

    def with_line(self, word_id: int, word: Word, text: str) -> str:
        """Return a line of a text with a word at the end where the table has them."""
        if self._shapes[Form.ENDED].total() > self._shapes[Form.LED].total():
            return f"{text}{self.written(word_id, word, Form.ENDED)}"
        mark = self.written(word_id, word, Form.LED)
        between = self._joins.most_common(1)[0][0] if self._joins else ""
        return f"{mark}{between or ' ' * (len(mark) > 1)}{text}" if text else mark

    @property
    def tick(self) -> str:
        """The sign that the table ticks with."""
        return self._ticks.most_common(1)[0][0] if self._ticks else _USUAL_TICK

    def learn_around(self, between: str, after: str) -> None:
        """See what stands between a choice and its text in one cell, and behind them."""
        self._around[between, after] += 1

    def with_text(self, word: str, text: str) -> str:
        """Return a choice and its text in one cell."""
        if not word or not text:
            return word or text
        between, after = self._around.most_common(1)[0][0] if self._around else ("（", "）")
        return f"{word}{between}{text}{after}"


def _kind(form: Form) -> Form:
    """Return the form by which words are told apart: before a text, behind it, or alone."""
    return form if form in (Form.LED, Form.ENDED) else Form.TEXT


def _shape(text: str, word: Word) -> str:
    """Return a text with signs in the place of mark and label."""
    if word.label and word.label in text:
        text = text.replace(word.label, "\2", 1)
    if word.mark and word.mark in text:
        text = text.replace(word.mark, "\1", 1)
    return text


def boxes_in(text: str) -> list[BoxInCell]:
    """Return the printed choices of a cell: ■継続 □廃止."""
    return [
        BoxInCell(len(text[: each.start].rstrip()) - 1, each.is_marked, each.word)
        for each in choices_in(text)
    ]


def box_of(boxes: Iterable[BoxInCell], names: Iterable[str]) -> BoxInCell | None:
    """Return the choice with one of these names, an equal one first."""
    every, keys = list(boxes), [status_key(name) for name in names if name]
    for each in every:
        if status_key(each.words) in keys:
            return each
    for each in every:
        if any(status_key(each.words).startswith(key) for key in keys):
            return each
    return None


def empty_box(boxes: Iterable[BoxInCell], text: str, chosen: str) -> str:
    """Return the empty box of a cell that has such chosen ones."""
    found = next((text[each.at] for each in boxes if not each.is_chosen), "")
    return found or _EMPTY_FOR.get(chosen, "□")


def full_box(boxes: Iterable[BoxInCell], text: str) -> str:
    """Return the chosen box of a cell that has such empty ones."""
    found = next((text[each.at] for each in boxes), "")
    return {empty: full for full, empty in reversed(_EMPTY_FOR.items())}.get(found, "■")
