"""The columns of 回答票 from left to right: their headings, widths and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.excel.reply_form import looks
from kyodo_desktop.excel.reply_form.shown import key_text, path_text, shown, title_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.replies.form import FormRow, ReplyForm

NUMBER, KEY, PATH, TITLE, LAST = "番号", "鍵", "体系", "実行計画", "前回の回答"


class FormColumn(NamedTuple):
    """A column; `repeated` is its look in the further rows of an action."""

    heading: str
    wish: WidthRange
    text: Callable[[FormRow], str]
    look: str
    repeated: str
    field: AnswerField | None = None

    def look_in(self, row: FormRow, *, goes_on: bool) -> str:
        """Return the look in a row; a field that the row has not is shut."""
        if self.field is not None and self.field not in row.values:
            return looks.SHUT
        return self.repeated if goes_on else self.look


_WISHES = {
    AnswerField.STATUS: WidthRange(2.6, 3),
    AnswerField.TEXT: WidthRange(13.6, 40),
    AnswerField.DUE: WidthRange(6.3, 6.8),
    AnswerField.DIRECTION: WidthRange(4.2, 5.6),
    AnswerField.OUTLOOK: WidthRange(8.2, 16),
    AnswerField.NOTE: WidthRange(4.8, 10),
}
_BROKEN = {
    AnswerField.DIRECTION: "今後の\n方向性",
    AnswerField.OUTLOOK: "今後の方向性\n（内容）",
}
"""Headings with a line end where it reads best; whoever looks for them leaves it out."""

_CENTRED = (AnswerField.STATUS, AnswerField.DUE, AnswerField.DIRECTION)
_LINES = 8  # in which a column would like to show its longest text
_WIDEST_NUMBER = 4.4


def columns_of(form: ReplyForm) -> list[FormColumn]:
    """Return the columns; without any last answer there is none for it.

    The hidden key stands between shown ones: whoever sorts what they see, sorts it too.
    """
    columns = [
        FormColumn(
            NUMBER, _number_wish(form), _number, looks.KEPT_CENTRED, looks.REPEATED_CENTRED
        ),
        FormColumn(KEY, WidthRange(0.1, 0.1), key_text, looks.KEY, looks.KEY),
        FormColumn(PATH, WidthRange(6.6, 11), path_text, looks.KEPT, looks.REPEATED),
        FormColumn(TITLE, WidthRange(8.8, 15), title_text, looks.KEPT, looks.REPEATED),
    ]
    if any(row.last_answer for row in form.rows):
        columns.append(
            FormColumn(LAST, WidthRange(8, 22), _last, looks.LAST, looks.REPEATED_CENTRED)
        )
    columns += [_open_column(field) for field in AnswerField]
    return [column._replace(wish=_wish(column, form)) for column in columns]


def _wish(column: FormColumn, form: ReplyForm) -> WidthRange:
    """Return the wish of a column: room goes where the longest texts are."""
    longest = max((len(column.text(row)) for row in form.rows), default=0)
    best = min(longest / _LINES, column.wish.best)
    return WidthRange(column.wish.least, max(best, column.wish.least))


def open_look(field: AnswerField) -> str:
    """Return the look of the cells in which a field is filled in."""
    return looks.OPEN_CENTRED if field in _CENTRED else looks.OPEN


def _open_column(field: AnswerField) -> FormColumn:
    look = open_look(field)
    return FormColumn(
        _BROKEN.get(field, field.label),
        _WISHES[field],
        lambda row: shown(field, row.values.get(field, "")),
        look,
        look,
        field,
    )


def _number_wish(form: ReplyForm) -> WidthRange:
    longest = max((len(row.number) for row in form.rows), default=1)
    width = min(max(2.6, 0.7 * longest + 0.6), _WIDEST_NUMBER)
    return WidthRange(width, width)


def _number(row: FormRow) -> str:
    return row.number


def _last(row: FormRow) -> str:
    return row.last_answer
