"""What was taken into the plan from the answers to one form, cell by cell.

A section that corrects its answer fills in the same form once more. What it says then is to be
compared with what it said before, not with what was sent: a value that it takes back is as sent,
and yet not what the plan says.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.replies.answers import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kyodo_desktop.domain.plan import Inquiry
    from kyodo_desktop.domain.replies import form

_DIGITS = 8  # of a digest
_CELL = re.compile(
    r"(?P<action>[0-9]{1,18})\.(?P<line>-?[0-9]{1,18})\.(?P<field>\w+):(?P<digest>\w+)"
)


class AnswerCell(NamedTuple):
    """A cell of a form; `line` is 0 for what stands once for an action.

    A line that the answer added is counted from -1 down: the plan gave it its number later.
    """

    action_id: int
    line: int
    field: str


class TakenCells(NamedTuple):
    """The digests of the values that the plan has from the answers that were taken before.

    `saved_at` is of the newest of these answers, empty where there was none.
    """

    cells: Mapping[AnswerCell, str]
    saved_at: str = ""

    def says(self, cell: AnswerCell, value: str) -> bool:
        """Tell whether this is the value that was taken from a cell."""
        return self.cells.get(cell) == digest(value)


def taken_from(inquiries: Sequence[Inquiry], key: form.FormKey) -> TakenCells:
    """Return what was taken from the answers to one form."""
    place = key.round_id, key.section_id, key.sent_at
    for each in inquiries:
        if (each.round_id, each.section_id, each.sent_at) == place:
            return TakenCells(_read(each.taken_cells), each.answer_saved_at)
    return TakenCells({})


def noted(before: str, cells: Iterable[tuple[AnswerCell, str]]) -> str:
    """Return what `Inquiry.taken_cells` says once the values of these cells are taken, too."""
    known = _read(before) | {cell: digest(value) for cell, value in cells}
    return " ".join(f"{each.action_id}.{each.line}.{each.field}:{known[each]}" for each in known)


def digest(value: str) -> str:
    """Return a few digits by which the same value is known again."""
    return hashlib.sha256(tidy(value).encode()).hexdigest()[:_DIGITS]


def _read(text: str) -> dict[AnswerCell, str]:
    """Return the cells of a text that `noted` wrote; of another what can be read of it."""
    found = {}
    for each in _CELL.finditer(text):
        cell = AnswerCell(int(each["action"]), int(each["line"]), each["field"])
        found[cell] = each["digest"]
    return found
