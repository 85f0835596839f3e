"""Forms for the tests, and the ways in which they come back."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.action_fields import Field
from kyodo_desktop.domain.replies.form import (
    FORM_FIELDS,
    LINE_FIELDS,
    Answer,
    FormKey,
    FormRow,
    FormStatus,
    ReplyForm,
)
from kyodo_desktop.excel.reply_form.columns import NO_CHANGE, TICK
from kyodo_desktop.excel.reply_form.reading import read_answer
from kyodo_desktop.excel.reply_form.sheets import FORM_SHEET
from kyodo_desktop.excel.reply_form.writing import write_reply_form
from tests.excel.conftest import FONT

STATUS, TEXT, DUE = action_fields.STATUS, action_fields.PROGRESS, action_fields.DUE
DIRECTION, OUTLOOK = action_fields.DIRECTION, action_fields.OUTLOOK
NOTE = action_fields.NOTE
NAME = "回答票.xlsx"
FIRST_ROW = 5
"""The row of the sheet that the first row of a form stands in."""


def row(action_id: int, title: str, *values: str, line_id: int = 0, **fields: str) -> FormRow:
    """Return an action's first row; fewer values leave the last cells empty."""
    texts = [*values, *[""] * (len(FORM_FIELDS) - len(values))]
    known = {
        "number": "①",
        "path": "1 環境づくり › (1) 活動拠点の整備",
        "description": "",
        "last_answer": "",
    }
    return FormRow(
        action_id=action_id,
        line_id=line_id or action_id * 10,
        title=title,
        values=dict(zip(FORM_FIELDS, texts, strict=True)),
        **(known | fields),
    )


def further(first: FormRow, line_id: int, status: str, text: str) -> FormRow:
    """Return a further line of an action."""
    values = dict(zip(LINE_FIELDS, (status, text), strict=True))
    return first._replace(line_id=line_id, values=values)


BOOTH = row(1, "市民活動ブースの設置", "◇", "開設すれば完了", "2016-03", "継続", "協力して進める")
CENTRE = row(2, "サポートセンターの創設", "・", "準備中", number="②", last_answer="・ 検討中")
COURSE = row(3, "講座の開催", number="③", description="年に4回開く")
ROWS = (BOOTH, further(BOOTH, 11, "・", "登録団体を増やしている"), CENTRE, COURSE)
STATUSES = (
    FormStatus("✓", "完了", "終えたもの"),
    FormStatus("◇", "完了の目途", "年度内に終えるもの"),
    FormStatus("・", "継続中", "継続中"),
)


def form_of(*rows: FormRow, **fields: object) -> ReplyForm:
    form = ReplyForm(
        key=FormKey("0123456789abcdef", 2, 3, "2016-11-01T09:00:00"),
        plan_title="協働のまちづくり推進計画",
        round_name="平成28年度",
        last_round="平成27年度",
        section="市民活動推進課",
        due_on="2016-11-30",
        covering="回答をお願いします。",
        statuses=STATUSES,
        choices={DIRECTION: ("継続", "拡充", "完了")},
        rows=rows,
    )
    return form._replace(**fields)


FORM = form_of(*ROWS)


def written(folder: Path, form: ReplyForm = FORM) -> Path:
    path = folder / NAME
    path.unlink(missing_ok=True)
    return write_reply_form(form, path, font=FONT).path


@cache
def _usual() -> bytes:
    """Return the file of the form that most tests are about, written once."""
    with TemporaryDirectory() as folder:
        return written(Path(folder)).read_bytes()


def tick(path: Path) -> None:
    """Tick 変更なし in all rows of a form, as a section does that has looked at them."""
    workbook = load_workbook(path)
    sheet = workbook[FORM_SHEET]
    heading = next(
        cell
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value or "").replace("\n", "") == NO_CHANGE
    )
    for row in range(heading.row + 1, sheet.max_row + 1):
        cell = sheet.cell(row, heading.column)
        if not isinstance(cell, MergedCell):  # a row that goes on in further ones
            cell.value = TICK
    workbook.save(path)


def saved_later(path):
    """Save a file so that it says it was saved later than those that were filled in before."""
    book = load_workbook(path)
    book.properties.modified = datetime(2030, 1, 1)
    with ZipFile(path, "w") as archive:
        ExcelWriter(book, archive).save()  # unlike `book.save`, with the time that it has


class Returned:
    """A form that was sent and is changed with openpyxl before it is read again."""

    def __init__(self, folder: Path, form: ReplyForm = FORM) -> None:
        self.path = folder / NAME
        if form is FORM:
            self.path.write_bytes(_usual())
        else:
            written(folder, form)
        self.workbook = load_workbook(self.path)

    @property
    def sheet(self) -> Worksheet:
        return self.workbook[FORM_SHEET]

    def column(self, heading: str) -> int:
        """Return the column that has this heading; line ends in it do not count."""
        cells = self.sheet[FIRST_ROW - 1]
        return next(
            cell.column for cell in cells if str(cell.value or "").replace("\n", "") == heading
        )

    def type(self, row: int, field: Field, value: object) -> None:
        self.sheet.cell(row, self.column(field.form.label)).value = value

    def tick(self, *rows: int) -> None:
        for row in rows:
            self.sheet.cell(row, self.column(NO_CHANGE)).value = TICK

    def read(self) -> Answer:
        self.workbook.save(self.path)
        return read_answer(self.path)


def as_sent(answer: Answer) -> list[tuple[object, ...]]:
    """Return the answer's rows as those of the form, to compare them with what was sent."""
    return [
        (each.action_id, each.line_id, each.number, each.title, each.cells) for each in answer.rows
    ]


def sent(form: ReplyForm) -> list[tuple[object, ...]]:
    return [
        (each.action_id, each.line_id, each.number, each.title, each.values) for each in form.rows
    ]
