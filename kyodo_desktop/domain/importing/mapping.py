"""How a table is read: the choices that are guessed first and that people may change."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ColumnRole(StrEnum):
    """What a column holds; `label` is what people read."""

    IGNORED = "ignored"
    NUMBER = "number"
    HEADING = "heading"
    ACTION = "action"
    DESCRIPTION = "description"
    SECTION = "section"
    RELATED_SECTION = "related_section"
    STATUS = "status"
    PROGRESS = "progress"
    ISSUE = "issue"
    DIRECTION = "direction"
    OUTLOOK = "outlook"
    START = "start"
    DUE = "due"
    NOTE = "note"
    RELISTED = "relisted"
    ROUND = "round"
    ROW_KIND = "row_kind"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    ColumnRole.IGNORED: "取り込まない",
    ColumnRole.NUMBER: "番号",
    ColumnRole.HEADING: "見出し",
    ColumnRole.ACTION: "実行計画",
    ColumnRole.DESCRIPTION: "内容",
    ColumnRole.SECTION: "担当課",
    ColumnRole.RELATED_SECTION: "関係課",
    ColumnRole.STATUS: "状態",
    ColumnRole.PROGRESS: "進捗状況",
    ColumnRole.ISSUE: "課題",
    ColumnRole.DIRECTION: "方向性（区分）",
    ColumnRole.OUTLOOK: "今後の方向性（文）",
    ColumnRole.START: "開始年度",
    ColumnRole.DUE: "完了予定",
    ColumnRole.NOTE: "備考",
    ColumnRole.RELISTED: "再掲",
    ColumnRole.ROUND: "年度（行ごと）",
    ColumnRole.ROW_KIND: "行の区分（計画・実績など）",
}


class ColumnChoice(NamedTuple):
    """What one column holds; `words` are those of its heading rows, by which it is found again.

    `level` is the depth of a heading or of the thing a number belongs to (0 is the top; an
    action's own number has the depth of the actions). `round` is the name of the round that
    a column of progress, status or outlook speaks of; empty is the table's own round.
    """

    column: int
    words: str
    role: ColumnRole
    level: int = 0
    round: str = ""


class StatusChoice(NamedTuple):
    """A word or mark of the table and the status it is; `kind` is a `StatusKind`.

    It is `told` unless it is a mark of which nobody has said what it means.
    """

    mark: str
    label: str
    definition: str
    kind: str
    told: bool = True


class RoundChoice(NamedTuple):
    """A round of the table; `as_of` is `YYYY-MM-DD`."""

    name: str
    fiscal_year: int
    as_of: str


class SheetChoice(NamedTuple):
    """Where in a sheet the table is. Rows count from 1; `last_row` is included."""

    sheet: str
    first_heading_row: int
    last_heading_row: int
    last_row: int
    columns: tuple[ColumnChoice, ...]


class ValueSide(StrEnum):
    """Where the value of a label stands."""

    RIGHT = "right"
    BELOW = "below"
    INSIDE = "inside"  # in the cell of the label, after a colon
    ALONE = "alone"  # it has no label: a line above them
    GROUP = "group"  # it has none: it stands over other labels


class LabelChoice(NamedTuple):
    """What the values of one label are.

    `words` are its key (`forms.words.words_of`), by which it is found wherever it stands;
    `group` are the words over or beside it that it is a part of, `row_words` those of the row
    where it heads a column of a small table. `printed` is for people. `level` is the depth of
    a heading (0 is the top). `round` is the name of the round; empty is the form's own, or
    that of the year beside or above the value.
    """

    words: str
    group: str
    row_words: str
    side: ValueSide
    role: ColumnRole
    level: int = 0
    round: str = ""
    printed: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells labels of the same words apart."""
        return self.words, self.group, self.row_words


class FormMapping(NamedTuple):
    """All choices; `levels` are (name, numbering) from the top to the action.

    `start` are the words with which each of several forms in one sheet begins, empty where a
    sheet is one form. The last of `rounds` is that of forms which name none.
    """

    title: str
    sheets: tuple[str, ...]
    start: str
    labels: tuple[LabelChoice, ...]
    levels: tuple[tuple[str, str], ...]
    statuses: tuple[StatusChoice, ...]
    rounds: tuple[RoundChoice, ...]


class Mapping(NamedTuple):
    """All choices; `levels` are (name, numbering) from the top to the action.

    `group_rows` tells whether rows with one text across the table are headings,
    `sheet_headings` whether the name of a sheet is the top heading of what it holds.
    The last of `rounds` is the table's own: that of columns which name none.
    `splits` tells whether a cell may hold several actions, `joins` whether a row without a
    number goes on with the sentence above it, `hidden` whether hidden rows and columns are taken.
    `row_rounds` are the rounds of the first, the second … row of each action, where its rows
    tell of different ones. With a `form` the book is read by the labels of its forms, and
    `sheets` is empty.
    """

    title: str
    sheets: tuple[SheetChoice, ...]
    levels: tuple[tuple[str, str], ...]
    statuses: tuple[StatusChoice, ...]
    rounds: tuple[RoundChoice, ...]
    group_rows: bool = True
    sheet_headings: bool = False
    splits: bool = True
    joins: bool = False
    hidden: bool = False
    form: FormMapping | None = None
    row_rounds: tuple[str, ...] = ()
