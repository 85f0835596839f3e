"""回答票 itself: one row a line of an action, with the cells that a section fills in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.excel import styles
from kyodo_desktop.excel.font_metrics import metrics_of
from kyodo_desktop.excel.list_sheet import Cell, TextSheet
from kyodo_desktop.excel.options import Paper
from kyodo_desktop.excel.paper import PAGES, TALLEST_ROW, set_up, whole_pixels
from kyodo_desktop.excel.reply_form import looks
from kyodo_desktop.excel.reply_form.choices import add_choices
from kyodo_desktop.excel.reply_form.columns import KEY, LAST, FormColumn, columns_of
from kyodo_desktop.excel.reply_form.shown import due_text
from kyodo_desktop.excel.table_layout import TableLayout, layout_of
from kyodo_desktop.excel.wording import marked

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.domain.replies.form import FormRow, ReplyForm
    from kyodo_desktop.excel.sheet_writer import SheetWriter
    from kyodo_desktop.excel.styles import StyleBook

FORM_SHEET = "回答票"
PAGE = PAGES[Paper.A4_LANDSCAPE]
_SAME = "〃"  # the last answer is one for all the lines of an action
_LEAST_LINES = 2  # of an empty row, so that there is room to write


def write_form_sheet(writer: SheetWriter, form: ReplyForm, book: StyleBook, font: str) -> None:
    """Write the sheet; its open cells hold the present values of the plan."""
    from openpyxl.utils import get_column_letter

    columns = columns_of(form)
    layout = layout_of([each.wish for each in columns], PAGE.width, looks.SIZE, metrics_of(font))
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


def _write_top(text: TextSheet, form: ReplyForm, columns: list[FormColumn]) -> None:
    """Write the title, what the marks mean, and the headings that each page repeats."""
    right = 5
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
        names = tuple(
            self._book.name(column.look_in(row, goes_on=goes_on), looks.SIZE)
            for column in self._columns
        )
        height = max(self._layout.tallest(self._seen(texts)), self._layout.height_of(_LEAST_LINES))
        pieces = math.ceil(height / TALLEST_ROW)
        if pieces == 1:
            self._writer.row(texts, names, height, grows=True)
            return
        top = self._writer.row_number + 1
        for piece in range(pieces):
            blank = [None] * len(texts)
            self._writer.row(blank if piece else texts, names, whole_pixels(height / pieces))
        for column in range(1, len(texts) + 1):
            self._writer.merge(top, column, self._writer.row_number, column)

    def _seen(self, texts: list[str]) -> list[str]:
        """Return the texts that need room: nobody sees the key."""
        return [
            "" if column.heading == KEY else text
            for column, text in zip(self._columns, texts, strict=True)
        ]
