"""Choices that are printed over several cells of a form: ☑継続 | ☐廃止, or a ○ beside one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.plain import status_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.like.cell_edits import CellEdits

_SIGNED = re.compile(r"\s*(?P<sign>[■☑✓✔☒✅●◉□☐○◯〇レ])\s*(?P<words>[^\n]{0,20})")
_SIDES = ((-1, 0), (0, 1), (0, -1))  # of a ○: its words are above it, to the right or to the left
_FARTHEST = 12  # cells


class _Choice(NamedTuple):
    """The words of a choice, and the cell and the place in it of its sign."""

    words: str
    place: CellPlace
    at: int


def signs_to_swap(
    edits: CellEdits, chosen: CellPlace, names: Sequence[str]
) -> list[tuple[CellPlace, str]] | None:
    """Return the new texts of the cells that let another choice be the marked one.

    The signs of both change their places. None where no choice has one of these names.
    """
    for line in (edits.row(chosen), edits.column(chosen)):
        choices = next(
            (each for each in _rows_of_choices(edits, line) if _at(each, chosen) is not None), []
        )
        old, new = _at(choices, chosen), _named(choices, names)
        if old is not None and new is not None:
            if new is old:
                return []
            signs = [edits.cell(each.place)[each.at] for each in (old, new)]
            return [
                (each.place, _with_sign(edits.cell(each.place), each.at, sign))
                for each, sign in zip((old, new), reversed(signs), strict=True)
            ]
    return None


def _rows_of_choices(edits: CellEdits, cells: Iterable[CellPlace]) -> Iterator[list[_Choice]]:
    """Yield the choices of a line that stand beside each other; a sign may have its own cell."""
    found: list[_Choice] = []
    sign: _Choice | None = None
    for place in cells:
        text = edits.cell(place)
        signed = _SIGNED.fullmatch(text.strip("\n"))
        if signed is not None:
            sign = _Choice(signed["words"].strip(), place, text.index(signed["sign"]))
            if sign.words:
                found.append(sign)
                sign = None
        elif sign is not None:
            found.append(sign._replace(words=text.strip()))
            sign = None
        else:
            yield found
            found = []
    yield found


def _at(choices: Iterable[_Choice], place: CellPlace) -> _Choice | None:
    return next((each for each in choices if each.place == place), None)


def _named(choices: Sequence[_Choice], names: Sequence[str]) -> _Choice | None:
    keys = _keys(names)
    return next((each for each in choices if status_key(each.words) in keys), None)


def _keys(names: Sequence[str]) -> set[str]:
    """Return the words by which a choice may be printed: mark, label, or both."""
    return {status_key(name) for name in (*names, "".join(names)) if name}


def _with_sign(text: str, at: int, sign: str) -> str:
    return text[:at] + sign + text[at + 1 :]


def cell_to_tick(edits: CellEdits, ticked: CellPlace, names: Sequence[str]) -> CellPlace | None:
    """Return the cell that stands to its words as the ticked one does to its own."""
    keys = _keys(names)
    for down, right in _SIDES:
        for line in (edits.row, edits.column):
            beside = ticked._replace(row=ticked.row + down, column=ticked.column + right)
            if not edits.cell(beside).strip():
                continue
            for words in line(beside):
                place = words._replace(row=words.row - down, column=words.column - right)
                far = abs(place.row - ticked.row) + abs(place.column - ticked.column)
                is_free = not edits.cell(place).strip()
                if status_key(edits.cell(words)) in keys and far <= _FARTHEST and is_free:
                    return place
    return None
