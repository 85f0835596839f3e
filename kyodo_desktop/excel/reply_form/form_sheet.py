"""回答票 itself: one row a line of an action, with the cells that a section fills in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.excel import styles
from kyodo_desktop.excel.list_sheets import Cell, TextSheet
from kyodo_desktop.excel.options import Paper
from kyodo_desktop.excel.paper import PAGES, TALLEST_ROW, set_up, whole_pixels
from kyodo_desktop.excel.reply_form import looks
from kyodo_desktop.excel.reply_form.choices import add_choices
from kyodo_desktop.excel.reply_form.columns import KEY, LAST, FormColumn, columns_of
from kyodo_desktop.excel.reply_form.shown import due_text
from kyodo_desktop.excel.report_columns import marked
from kyodo_desktop.excel.table_layout import TableLayout, layout_of
from kyodo_desktop.excel.text_metrics import metrics_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.domain.replies.form import FormRow, ReplyForm
    from kyodo_desktop.excel.styles import StyleBook
    from kyodo_desktop.excel.workbook import SheetWriter, Styles

FORM_SHEET = "回答票"
PAGE = PAGES[Paper.A4_LANDSCAPE]
_SAME = "〃"  # the last answer is one for all the lines of an action
_SIZES = (looks.SIZE, 10.0, 9.0)  # points; long texts are printed smaller rather than cut
_SHORT, _LINE = 60, 10  # characters that certainly fit a row, and those that a line end costs
_PIECE = 180.0  # points of a part of a row that is taller than a row can be
_LEAST_LINES = 2  # of an empty row, so that there is room to write


def write_form_sheet(writer: SheetWriter, form: ReplyForm, book: StyleBook, font: str) -> None:
    """Write the sheet; its open cells hold the present values of the plan."""
    from openpyxl.utils import get_column_letter

    columns = columns_of(form)
    layout = _layout(form, columns, font)
    set_up(writer.sheet, PAGE, f"{form.plan_title}　{form.round_name}　回答票", form.section)
    text = TextSheet(writer, layout, book, font)
    hidden = get_column_letter([each.heading for each in columns].index(KEY) + 1)
    writer.sheet.column_dimensions[hidden].hidden = True
    _write_top(text, form, columns)
    top = writer.row_number
    rows = _FormRows(writer, layout, book, columns)
    for row in form.rows:
        rows.write(row)
    last = writer.row_number
    text.finish()
    writer.sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{last}"
    writer.sheet.sheet_properties.tabColor = looks.OPEN_HEADER_GROUND
    if last > top:
        add_choices(writer.sheet, form, columns, top + 1, last)
        _select(writer.sheet, top + 1, [each.field for each in columns].index(AnswerField.STATUS))


def _layout(form: ReplyForm, columns: list[FormColumn], font: str) -> TableLayout:
    """Return the layout with the largest letters in which each row is a single one."""
    wishes, metrics = [each.wish for each in columns], metrics_of(font)
    layouts = [layout_of(wishes, PAGE.width, size, metrics) for size in _SIZES]
    texts = [_seen(columns, [column.text(row) for column in columns]) for row in form.rows]
    long = [each for each in texts if max(map(_weight, each)) > _SHORT]
    return next(
        (
            layout
            for layout in layouts
            if all(layout.tallest(each) <= TALLEST_ROW for each in long)
        ),
        layouts[-1],
    )


def _weight(text: str) -> int:
    return len(text) + text.count("\n") * _LINE


def _seen(columns: list[FormColumn], texts: list[str]) -> list[str]:
    """Return the texts that need room: nobody sees the key."""
    pairs = zip(columns, texts, strict=True)
    return ["" if column.heading == KEY else text for column, text in pairs]


def _write_top(text: TextSheet, form: ReplyForm, columns: list[FormColumn]) -> None:
    """Write the title, what the marks mean, and the headings that each page repeats."""
    right = 4
    left = len(columns) - right
    text.write(
        Cell(f"{form.round_name}　回答票　　{form.section}", looks.TITLE, left),
        Cell(due_text(form), looks.DUE, right),
    )
    legend = "　　".join(marked(each.mark, each.label) for each in form.statuses)
    text.write_across(
        f"黄色の欄に記入してください。　状態の印：　{legend}" if legend else _FILL_IN, looks.SMALL
    )
    text.write_header(*(Cell(_heading(each, form), _header_look(each)) for each in columns))


_FILL_IN = "黄色の欄に記入してください。"


def _heading(column: FormColumn, form: ReplyForm) -> str:
    if column.heading == LAST and form.last_round:
        return f"{LAST}\n（{form.last_round}）"
    return column.heading


def _header_look(column: FormColumn) -> str:
    return styles.HEADER if column.field is None else looks.OPEN_HEADER


def _select(sheet: Worksheet, row: int, column: int) -> None:
    """Let the cursor stand in a cell when the sheet is opened."""
    from openpyxl.utils import get_column_letter

    selection = sheet.sheet_view.selection[0]
    selection.activeCell = selection.sqref = f"{get_column_letter(column + 1)}{row}"


class _FormRows:
    """Writes the rows of the table, each as high as its longest text."""

    def __init__(
        self,
        writer: SheetWriter,
        layout: TableLayout,
        book: StyleBook,
        columns: list[FormColumn],
    ) -> None:
        self._writer = writer
        self._layout = layout
        self._book = book
        self._columns = columns
        self._actions: set[int] = set()

    def write(self, row: FormRow) -> None:
        """Write a row; one that is taller than a row can be is merged from several."""
        goes_on = row.action_id in self._actions
        texts = [
            _SAME if goes_on and column.heading == LAST else column.text(row)
            for column in self._columns
        ]
        self._actions.add(row.action_id)
        names = [column.look_in(row, goes_on=goes_on) for column in self._columns]
        height = max(
            self._layout.tallest(_seen(self._columns, texts)), self._layout.height_of(_LEAST_LINES)
        )
        if height <= TALLEST_ROW:
            self._writer.row(texts, self._styles(names), height, grows=True)
        else:
            self._write_merged(texts, names, height)

    def _write_merged(self, texts: list[str], names: list[str], height: float) -> None:
        """Write a row as several that are one cell in each column, with whole lines in each."""
        top = self._writer.row_number + 1
        piece = self._layout.room_for_lines(_PIECE) * self._layout.line
        last = math.ceil(height / piece) - 1
        for number in range(last + 1):
            edges = self._styles(names, top=number == 0, bottom=number == last)
            left = whole_pixels(min(piece, height - number * piece))
            self._writer.row([None] * len(texts) if number else texts, edges, left)
        for column in range(1, len(texts) + 1):
            self._writer.merge(top, column, self._writer.row_number, column)

    def _styles(self, names: list[str], *, top: bool = True, bottom: bool = True) -> Styles:
        return tuple(
            self._book.name(name, self._layout.size, top=top, bottom=bottom) for name in names
        )
