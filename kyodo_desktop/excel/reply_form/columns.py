"""The columns of 回答票 from left to right: headings, widths, and the texts of their cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import field_types, fiscal_year
from kyodo_desktop.domain.replies.form import FORM_FIELDS, FormRow, ReplyForm
from kyodo_desktop.excel.cell_text import sanitize
from kyodo_desktop.excel.reply_form import cell_styles

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.action_fields import Field


_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_WEEKDAYS = "月火水木金土日"


def shown(field: Field[Any], value: str) -> str:
    """Return the text of an open cell: a month in 和暦, all else as it is."""
    if isinstance(field.type, field_types.Month) and _MONTH.fullmatch(value):
        return fiscal_year.month_label(value)
    return value


def as_in_cell(field: Field[Any], value: str) -> str:
    """Return what a reader of the workbook sees in the cell of a value, to compare with it.

    Programs that save a workbook may change line ends and cut spaces that nobody sees.
    """
    return text_in_cell(shown(field, value))


def text_in_cell(text: str) -> str:
    """Return what a reader of the workbook sees in the cell of a text."""
    return untouched(sanitize(text)[0].replace("_x005F_", "_"))


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
    return f"回答期限　{fiscal_year.day_label(form.due_on)}（{weekday}）"


NUMBER, KEY, PATH, TITLE, LAST = "番号", "鍵", "体系", "実行計画", "前回の回答"
NO_CHANGE, TICK = "変更なし", "✓"
"""The column in whose first row of an action a section says: looked at, right as it stands."""

ANSWERED_BY, EXTENSION, MANAGER_CONFIRMED = "回答者", "内線", "課長確認"
SIGNATURES = (ANSWERED_BY, EXTENSION, MANAGER_CONFIRMED)
"""Labels in one row above the table; on the right of each is the cell that is filled in."""

SAME = "〃"
"""What stands in a further row of an action, whose last answer is one for all its lines."""


class FormColumn(NamedTuple):
    """A column; `repeated` is its look in the further rows of an action.

    One that is filled in has a field of the plan, but for the tick.
    """

    heading: str
    width: field_types.WidthRange
    text: Callable[[FormRow], str]
    look: str
    repeated: str
    field: Field[Any] | None = None

    @property
    def is_filled_in(self) -> bool:
        """Tell whether the section fills it in."""
        return self.field is not None or self.heading == NO_CHANGE

    def look_in(self, row: FormRow, *, goes_on: bool) -> str:
        """Return the look in a row; a field that the row has not is shut."""
        if self.field is not None and self.field not in row.values:
            return cell_styles.SHUT
        return self.repeated if goes_on else self.look


_TICK_WIDTH = field_types.WidthRange(2.8, 2.8)
_WIDEST_NUMBER = 4.4


def columns_of(form: ReplyForm) -> list[FormColumn]:
    """Return the columns; without any last answer there is none for it.

    The hidden key stands between shown ones: whoever sorts what they see, sorts it too.
    """
    columns = [
        FormColumn(
            NUMBER,
            _number_width(form),
            _number,
            cell_styles.KEPT_CENTRED,
            cell_styles.REPEATED_CENTRED,
        ),
        FormColumn(
            KEY, field_types.WidthRange(0.1, 0.1), key_text, cell_styles.KEY, cell_styles.KEY
        ),
        FormColumn(
            PATH,
            field_types.WidthRange(5.4, 11),
            path_text,
            cell_styles.KEPT,
            cell_styles.REPEATED,
        ),
        FormColumn(
            TITLE,
            field_types.WidthRange(7, 15),
            title_text,
            cell_styles.KEPT,
            cell_styles.REPEATED,
        ),
    ]
    if any(row.last_answer for row in form.rows):
        columns.append(
            FormColumn(
                LAST,
                field_types.WidthRange(8, 40),
                _last,
                cell_styles.LAST,
                cell_styles.REPEATED_CENTRED,
            )
        )
    columns.append(
        FormColumn(NO_CHANGE, _TICK_WIDTH, _nothing, cell_styles.OPEN_CENTRED, cell_styles.SHUT)
    )
    columns += [_open_column(field) for field in FORM_FIELDS]
    return columns


def open_look(field: Field[Any]) -> str:
    """Return the look of the cells in which a field is filled in."""
    return cell_styles.OPEN if field.type.is_running_text else cell_styles.OPEN_CENTRED


def _open_column(field: Field[Any]) -> FormColumn:
    look = open_look(field)
    return FormColumn(
        field.form.heading,
        field.form.width,
        text=lambda row: shown(field, row.values.get(field, "")),
        look=look,
        repeated=look,
        field=field,
    )


def _number_width(form: ReplyForm) -> field_types.WidthRange:
    longest = max((len(row.number) for row in form.rows), default=1)
    width = min(max(2.6, 0.7 * longest + 0.6), _WIDEST_NUMBER)
    return field_types.WidthRange(width, width)


def _number(row: FormRow) -> str:
    return row.number


def _nothing(row: FormRow) -> str:
    del row
    return ""


def _last(row: FormRow) -> str:
    return row.last_answer
