"""What the lead section looks at before it takes an answer in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kyodo_desktop.domain.replies.form import Answer, AnswerField


class Severity(StrEnum):
    """How much a remark weighs; a blocking one means that nothing of the file can be taken."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _SEVERITY_LABELS[self]


_SEVERITY_LABELS = {
    Severity.BLOCKING: "取り込めません",
    Severity.WARNING: "確認してください",
    Severity.NOTE: "お知らせ",
}


class Remark(NamedTuple):
    """A sentence about the file, or about one of its rows; `row` counts from 1, 0 is the file.

    The text names the row, so that it can be read alone.
    """

    severity: Severity
    text: str
    row: int = 0

    @property
    def is_warning(self) -> bool:
        """Tell whether somebody should look at it."""
        return self.severity is not Severity.NOTE


class Side(NamedTuple):
    """A value as a form has it (see `FormRow.values`), and as people read it."""

    value: str
    text: str


class Difference(NamedTuple):
    """One cell whose answer is not what the plan says now.

    `id` names it within its review. `line_id` is 0 for what stands once for an action and for
    a new line; `place` then counts the new lines of an action from 1, and the differences
    of one place belong to one new line. A line that was deleted since keeps its `line_id`.

    A clash was changed in the plan as well, to something else. A guess is read from a row
    that is not where the program had put it. Neither is chosen unless somebody chooses it.
    """

    id: int
    action_id: int
    line_id: int
    place: int
    field: AnswerField
    sent: Side
    now: Side
    answer: Side
    row: int
    is_clash: bool = False
    is_guess: bool = False

    @property
    def is_new_line(self) -> bool:
        """Tell whether it is part of a line that the plan does not have."""
        return self.place > 0

    @property
    def is_emptied(self) -> bool:
        """Tell whether the section emptied a cell that had something in it."""
        return not self.answer.value and bool(self.now.value)

    @property
    def is_default(self) -> bool:
        """Tell whether it is taken unless somebody decides otherwise."""
        return not (self.is_clash or self.is_guess)


class Review(NamedTuple):
    """An answer beside the plan as it is at this moment; it goes out of date with each edit.

    `section` is the present name. `confirmed_lines` (ids) and `confirmed_outlooks` (actions)
    came back as they are: accepting the answer confirms them (前回のまま → 確認). `is_accepted`
    says that the very same file was taken in before, `is_outdated` that a newer form went out
    to the section since.
    """

    answer: Answer
    section: str
    remarks: tuple[Remark, ...]
    differences: tuple[Difference, ...] = ()
    confirmed_lines: frozenset[int] = frozenset()
    confirmed_outlooks: frozenset[int] = frozenset()
    is_accepted: bool = False
    is_outdated: bool = False

    @property
    def blocking(self) -> tuple[Remark, ...]:
        """The remarks because of which nothing can be taken."""
        return tuple(each for each in self.remarks if each.severity is Severity.BLOCKING)

    @property
    def is_blocked(self) -> bool:
        """Tell whether nothing can be taken."""
        return bool(self.blocking)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """The remarks that somebody should look at."""
        return tuple(each for each in self.remarks if each.severity is Severity.WARNING)

    @property
    def clashes(self) -> tuple[Difference, ...]:
        """The differences that were changed in the plan as well."""
        return tuple(each for each in self.differences if each.is_clash)

    @property
    def defaults(self) -> frozenset[int]:
        """The ids of the differences that are taken unless somebody decides otherwise."""
        return frozenset(each.id for each in self.differences if each.is_default)

    @property
    def needs_somebody(self) -> bool:
        """Tell whether taking the defaults would leave something undecided."""
        left = len(self.defaults) < len(self.differences)
        return left or any(each.is_warning for each in self.remarks)
