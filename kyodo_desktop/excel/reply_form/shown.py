"""What the cells of a form show of the plan's values, as texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import day_label, month_label
from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.excel.cell_text import sanitize

if TYPE_CHECKING:
    from kyodo_desktop.domain.replies.form import FormRow, ReplyForm

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_WEEKDAYS = "月火水木金土日"


def shown(field: AnswerField, value: str) -> str:
    """Return the text of an open cell: a month in 和暦, all else as it is."""
    if field is AnswerField.DUE and _MONTH.fullmatch(value):
        return month_label(value)
    return value


def as_in_cell(field: AnswerField, value: str) -> str:
    """Return what a reader of the workbook sees in the cell of a value, to compare with it.

    Programs that save a workbook may change line ends and cut spaces that nobody sees.
    """
    return untouched(sanitize(shown(field, value))[0].replace("_x005F_", "_"))


def untouched(text: str) -> str:
    """Return a text without what changes in a cell that nobody touched."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")


def path_text(row: FormRow) -> str:
    """Return the headings above an action, a line each."""
    return row.path.replace(" › ", "\n")


def title_text(row: FormRow) -> str:
    """Return what the cell of an action says: its title, and below it the description."""
    return f"{row.title}\n{row.description}" if row.description else row.title


def key_text(row: FormRow) -> str:
    """Return the key of a row; with its # no program takes it for a number or a time."""
    return f"{row.action_id}#{row.line_id}"


def due_text(form: ReplyForm) -> str:
    """Return 回答期限 with its day of the week, or nothing where there is none."""
    from datetime import date

    if not form.due_on:
        return ""
    weekday = _WEEKDAYS[date.fromisoformat(form.due_on).weekday()]
    return f"回答期限　{day_label(form.due_on)}（{weekday}）"
