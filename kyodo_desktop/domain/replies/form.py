"""The values of a 回答票 as it is sent, and as it comes back, row for row."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from kyodo_desktop.domain.action_fields import Field, Scope, form_fields
from kyodo_desktop.domain.outline import OUR_ACTION_WORD, with_action_word
from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.domain.replies.addressing import Contact

Values = dict[Field[Any], str]
"""What cells say, each as the exact text of its field's type (`FieldType.plain`)."""

FORM_FIELDS = form_fields()
"""The cells that a section fills in, from left to right."""

LINE_FIELDS = tuple(field for field in FORM_FIELDS if field.scope is Scope.LINE)
"""Those that each line of an action has."""

ACTION_FIELDS = tuple(field for field in FORM_FIELDS if field.scope is not Scope.LINE)
"""Those that stand once for an action."""


class FormKey(NamedTuple):
    """What a form belongs to. `plan` is the plan's key (`services/inquiries/asking.py`)."""

    plan: str
    round_id: int
    section_id: int
    sent_at: str


class FormRow(NamedTuple):
    """One row of a form: a line of an action, or its empty first one (`line_id` 0).

    `values` are those of the plan when it is sent: a status by its mark, a month as
    `YYYY-MM`, a direction by its label. Only an action's first row has `ACTION_FIELDS`; the
    other rows of it have `LINE_FIELDS` alone.
    """

    action_id: int
    line_id: int
    number: str
    path: str
    title: str
    description: str
    last_answer: str
    values: Values


class FormStatus(NamedTuple):
    """A status as the form prints it."""

    mark: str
    label: str
    definition: str
    goes_on: bool = False
    """Whether it says that the work goes on; the example is told with such a one."""


class ReplyForm(NamedTuple):
    """All that one workbook shows; `due_on` is a day, `last_round` a name or empty.

    `choices` are the words to choose from where a field has such; what can be chosen for
    状態 is in `statuses`.
    """

    key: FormKey
    plan_title: str
    round_name: str
    last_round: str
    section: str
    due_on: str
    covering: str
    statuses: tuple[FormStatus, ...]
    choices: dict[Field[Any], tuple[str, ...]]
    rows: tuple[FormRow, ...]
    addressee: Addressee = Addressee.SECTION
    contact: Contact = Contact()
    action_word: str = OUR_ACTION_WORD

    def worded(self, text: str) -> str:
        """Return a sentence of ours with the plan's own word for its actions."""
        return with_action_word(text, self.action_word)


class AnswerRow(NamedTuple):
    """A row of a workbook that came back. `row` counts from 1 in the sheet, as Excel does.

    `cells` are the texts as they stand there; a date is `YYYY-MM-DD`, an error its word.
    `action_id` is 0 where the row has lost its key or never had one. `is_ticked` says that the
    section has looked at the action and left it as it is (変更なし). `unread` are the cells
    with something in them that is no text, such as an error.
    """

    row: int
    action_id: int
    line_id: int
    number: str
    title: str
    cells: Values
    is_ticked: bool = False
    unread: frozenset[Field[Any]] = frozenset()


class Signatures(NamedTuple):
    """Who answered, how to call them, and whether their head has confirmed it, as written."""

    answered_by: str = ""
    extension: str = ""
    manager_confirmed: str = ""


class Aside(NamedTuple):
    """Words that stand in the file beside the cells which were asked for.

    `what` says in words for people what they are (コメント); `text` is what was written, empty
    where there is nothing to keep. `row` counts from 1, and is 0 where it is of no cell;
    `action_id` is 0 where it is about none.
    With `is_settled` it is only told, for nobody has to do anything about it.
    """

    sheet: str
    row: int
    what: str
    text: str
    action_id: int = 0
    is_settled: bool = False


class Answer(NamedTuple):
    """A workbook that came back; `sent` are the rows as they were when it was sent.

    `remarks` are sentences about what the reader had to work around, `unread` about what it could
    not read. `saved_at` is when the file was saved last, in UTC, empty where it does not say.
    `has_ticks` tells the forms in which a section can say of each action that it has looked at it.
    """

    file: str
    hash: str
    key: FormKey
    plan_title: str
    round_name: str
    section: str
    sheet: str
    sent: tuple[FormRow, ...]
    rows: tuple[AnswerRow, ...]
    remarks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    saved_at: str = ""
    has_ticks: bool = False
    signatures: Signatures = Signatures()


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

    The text names the row, so that it can be read alone. `is_unread` says that there is an answer
    which the program could not read, so that a person has to.
    """

    severity: Severity
    text: str
    row: int = 0
    is_unread: bool = False

    @property
    def is_warning(self) -> bool:
        """Tell whether somebody should look at it."""
        return self.severity is not Severity.NOTE


class Match(NamedTuple):
    """A row that came back with the one that was sent; `is_new` where it adds a line to it."""

    sent: FormRow
    row: AnswerRow
    is_new: bool = False
    is_guess: bool = False


def name_of(row: FormRow | AnswerRow) -> str:
    """Return what a row is called in a sentence: 「① 市民活動ブースの設置」."""
    return f"「{' '.join(f'{row.number} {row.title}'.split())}」"
