"""Printed choices of which one is marked: 「■継続 □拡充 □廃止」, 「Ａ・○Ｂ・Ｃ」."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.column_roles import is_tick
from kyodo_desktop.domain.importing.found_plan import Form
from kyodo_desktop.domain.importing.plain import one_line
from kyodo_desktop.domain.importing.printed_choices import options_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.forms.drafts import FormPart

_LONGEST, _FEWEST = 20, 2


class Chosen(NamedTuple):
    """A choice that is marked: its words, its cell, and the span of the choice in the text."""

    words: str
    part: FormPart
    span: tuple[int, int]
    form: Form = Form.CHOICE


class Choices(NamedTuple):
    """What printed choices say: the marked ones, the values that are none, and all choices."""

    chosen: list[Chosen]
    rest: list[FormPart]
    printed: list[str]


_SIGN = re.compile(r"^\s*(?P<sign>[■☑✓✔☒✅●◉□☐○◯〇レ])\s*(?P<words>[^\n]{0,20})$")
_EMPTY, _ROUND = set("□☐"), set("○◯〇")


def choices_in(parts: Sequence[FormPart]) -> Choices:
    """Read the choices among the values of one label: in one cell, or each in its own."""
    found = Choices([], [], [])
    for part in parts:
        options = options_in(part.text)
        if not options:
            found.rest.append(part)
        for each in options:
            found.printed.append(each.word)
            if each.is_marked:
                found.chosen.append(Chosen(each.word, part, (each.start, each.end)))
    if found.printed:
        return found
    in_cells = _choices_in_cells(parts)
    return in_cells if in_cells.printed else _choices_by_ticks(parts)


def ticked_words(parts: Sequence[FormPart]) -> list[str]:
    """Return the choices of the values of one label, if a ○ beside or below chooses one."""
    found = choices_in(parts)
    return found.printed if any(each.form is Form.TICK for each in found.chosen) else []


def _choices_by_ticks(parts: Sequence[FormPart]) -> Choices:
    """Read choices of which one has a ○ in the cell below it or to the right of it."""
    ticks = [each for each in parts if is_tick(each.text) and not each.text.strip().isdecimal()]
    words = [each for each in parts if each not in ticks and len(each.text) <= _LONGEST]
    if not ticks or len(words) < _FEWEST:
        return Choices([], list(parts), [])
    found = Choices([], [], [])
    options: dict[int, FormPart] = {}
    marked, is_below = _marked(words, {tick.value.box.at: tick for tick in ticks})
    for each, tick in marked:
        others = [one for one in words if one is not each and _are_options(one, each, is_below)]
        if len({each.text, *(one.text for one in others)}) >= _FEWEST:
            span = 0, len(tick.text)
            found.chosen.append(Chosen(one_line(each.text), tick, span, Form.TICK))
            options.update((id(one), one) for one in (each, *others))
    if not found.chosen:
        return Choices([], list(parts), [])
    ordered = [each for each in words if id(each) in options]
    found.printed.extend(one_line(each.text) for each in ordered)
    found.rest.extend(each for each in parts if each not in ticks and id(each) not in options)
    return found


def _marked(
    words: list[FormPart], ticks: dict[tuple[int, int], FormPart]
) -> tuple[list[tuple[FormPart, FormPart]], bool]:
    """Return the words that have a ○, with it, and whether it is below them.

    All have it on the same side: below, before or behind the words.
    """
    first = min(words, key=lambda each: each.value.box.left).value
    is_before = first.box.left > first.label.right + 1  # there is a cell between for the ○
    beside = (("before", 0, -1), ("behind", 0, 1))
    for side, rows, columns in (("below", 1, 0), *(beside if is_before else beside[::-1])):
        found = []
        for each in words:
            box = each.value.box
            row = box.bottom + 1 if rows else box.top
            column = box.right + 1 if columns > 0 else box.left + columns
            if (row, column) in ticks:
                found.append((each, ticks[row, column]))
        if found:
            return found, side == "below"
    return [], False


def _are_options(one: FormPart, other: FormPart, is_below: bool) -> bool:
    in_row = one.place.row == other.place.row
    in_line = in_row or (not is_below and one.place.column == other.place.column)
    return in_line and one.value.label.at == other.value.label.at


def _choices_in_cells(parts: Sequence[FormPart]) -> Choices:
    """Read ■継続 | □拡充, or ■ | 継続 | □ | 拡充."""
    signs = [_SIGN.match(part.text) for part in parts]
    met = {each["sign"] for each in signs if each is not None}
    if not met & (_EMPTY | _ROUND) or sum(each is not None for each in signs) < _FEWEST:
        return Choices([], list(parts), [])
    empty = _EMPTY if met & _EMPTY else _ROUND if len(met) > 1 else set()
    found = Choices([], [], [])
    pending: FormPart | None = None
    for part, sign in zip(parts, signs, strict=True):
        words = one_line(part.text) if sign is None else sign["words"].strip()
        if sign is None and pending is None:
            found.rest.append(part)
            continue
        if sign is not None and not words:
            pending = part
            continue
        found.printed.append(words)
        marked, text = (part, part.text) if sign is not None else (pending, "")
        mark = text or (marked.text if marked is not None else "")
        if marked is not None and mark.strip()[:1] not in empty:
            found.chosen.append(Chosen(words, marked, (0, len(marked.text))))
        pending = None
    return found
