"""Reads a 回答票 that came back, whatever has been done to it in the meantime."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.form import FORM_FIELDS, Answer, AnswerRow, FormRow, Values
from kyodo_desktop.excel.reading import file_content, refusals
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.excel.reply_form.asides import Whereabouts, asides, is_tick, signatures
from kyodo_desktop.excel.reply_form.columns import (
    NO_CHANGE,
    NUMBER,
    TITLE,
    as_in_cell,
    untouched,
)
from kyodo_desktop.excel.reply_form.found_table import (
    FoundTable,
    Recognition,
    find_table,
    plain,
)
from kyodo_desktop.excel.reply_form.package_parts import package_parts
from kyodo_desktop.excel.reply_form.record import is_record, read_record
from kyodo_desktop.pages.options import DATA_SHEET, LISTING, TOTALS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kyodo_desktop.domain.errors import ReadingError
    from kyodo_desktop.domain.importing.grid import Book


_MOST_NAMED = 10  # rows that a remark names


def answer_rows(table: FoundTable, recognition: Recognition) -> tuple[list[AnswerRow], list[str]]:
    """Return the rows that say something, and what is to be said of them."""
    asked = [row for row in table.rows if row > table.top or recognition.has_key(table, row)]
    keys = recognition.keys(table, asked)
    rows = []
    for row in asked:
        action_id, line_id = keys[row]
        sent = recognition.sent.get(keys[row])
        cells = table.cells(row)
        title = table.text(row, TITLE)
        if sent is None and not action_id and not _says(cells):
            continue  # what else stands there is told by `asides`
        if all(plain(text) == plain(field.form.label) for field, text in cells.items()):
            continue  # the headings once more
        number, title = table.text(row, NUMBER), recognition.title(title)
        rows.append(
            AnswerRow(
                row,
                action_id,
                line_id=line_id,
                number=number,
                title=title,
                cells=_answers(cells, sent),
                is_ticked=is_tick(table.text(row, NO_CHANGE)),
                unread=table.unread_fields(row),
            )
        )
    named = [
        row.row
        for row in rows
        if (row.action_id, row.line_id) in recognition.sent
        and not recognition.has_key(table, row.row)
    ]
    return rows, [_named(named)] if named else []


def _says(cells: Values) -> bool:
    return any(text.strip() for text in cells.values())


def _answers(cells: Values, sent: FormRow | None) -> Values:
    """Return the texts of the cells; one that nobody touched is what was sent."""
    if sent is None:
        return cells
    answers = {}
    for field, text in cells.items():
        value = sent.values.get(field)
        if value is not None:
            same = text == value or untouched(text) == as_in_cell(field, value)
            answers[field] = value if same else text
        elif text.strip():
            answers[field] = text
    return answers


def _named(rows: list[int]) -> str:
    named = "、".join(map(str, rows[:_MOST_NAMED])) + (" …" if len(rows) > _MOST_NAMED else "")
    return (
        f"行の目印が消えているか食い違っている行（{named}行目）は、番号と名称から"
        "どの実行計画かを判断しました。"
    )


def missing_columns(table: FoundTable, recognition: Recognition) -> Iterator[str]:
    """Yield the columns that are no longer there.

    A form that went out before the plan had a field has none for it.
    """
    asked = {field for row in recognition.sent.values() for field in row.values}
    for field in FORM_FIELDS:
        if field in asked and field.form.label not in table.columns:
            label = field.form.label
            yield f"「{label}」の列が見つかりません。この項目は、今の内容のままにします。"


def unread_cells(table: FoundTable) -> Iterator[str]:
    """Yield the answers that cannot be read."""
    fields = {table.columns.get(field.form.label): field.form.label for field in FORM_FIELDS}
    for (row, column), unread in table.unread.items():
        if row > table.top and column in fields:
            yield f"{row}行目の「{fields[column]}」は読み取れません。{unread.reason}"


def read_answer(path: Path) -> Answer:
    """Read a form that came back; nothing in the plan is asked or changed.

    A cell that still shows what was sent has the value that was sent, to the character.
    Raises ReadingError where the file is no form, or cannot be read.
    """
    content = file_content.content_of(path)
    answer = answer_in(read_table(path), hashlib.sha256(content).hexdigest())
    parts = package_parts(path.name, content)
    return answer._replace(saved_at=parts.saved_at, asides=answer.asides + parts.asides)


def answer_in(book: Book, digest: str) -> Answer:
    """Find the answer in the sheets of a workbook. Raises ReadingError."""
    record = next((each for each in book.grids if each.rows and is_record(each.rows[0])), None)
    if record is None:
        raise _no_form(book)
    sent = read_record(book.name, record.rows)
    recognition = Recognition(sent.sent)
    table = _table(book, recognition, sent.action_word)
    if table is None:
        raise refusals.refusal(
            book.name,
            "回答票の表の見出し（番号、実行計画、状態、進捗状況など）が見つかりません。"
            "見出しの行を元に戻すか、送った回答票に記入し直してもらってください。",
        )
    rows, remarks = answer_rows(table, recognition)
    where = Whereabouts(book, table, sent, {row.row: row for row in rows})
    return Answer(
        file=book.name,
        hash=digest,
        key=sent.key,
        plan_title=sent.plan_title,
        round_name=sent.round_name,
        section=sent.section,
        sheet=table.grid.sheet,
        sent=sent.sent,
        rows=tuple(rows),
        remarks=(*remarks, *missing_columns(table, recognition), *_of_the_file(book)),
        unread=tuple(unread_cells(table)),
        asides=asides(where),
        has_ticks=sent.has_ticks,
        signatures=signatures(where),
    )


def _of_the_file(book: Book) -> Iterator[str]:
    """Yield what a kind of file cannot say, so that it may have been there unseen."""
    for grid in book.grids:
        yield from (each.reason for each in grid.unread if not each.place.row)


def _table(book: Book, recognition: Recognition, action_word: str) -> FoundTable | None:
    """Return the table with the most rows that were sent, in whatever sheet it is."""
    found = (find_table(grid, action_word) for grid in book.grids)
    tables = [table for table in found if table is not None]
    known = [(recognition.score(table), table.is_form) for table in tables]
    best = max(range(len(tables)), key=known.__getitem__, default=None)
    return tables[best] if best is not None and any(known[best]) else None


def _no_form(book: Book) -> ReadingError:
    """Return the error that tells what the file is instead of a form."""
    sheets = {grid.sheet for grid in book.grids}
    tables = (find_table(grid) for grid in book.grids)
    if sheets & _REPORT_SHEETS:
        reason = "「報告書の出力」で作った報告書のようです。"
    elif any(table is not None and table.is_form for table in tables):
        reason = (
            "回答票の表はありますが、照合に使う隠しシートがありません"
            "（シートだけを別のブックに移したようです）。"
        )
    else:
        reason = "このプログラムから送った回答票ではありません。"
    return refusals.refusal(
        book.name,
        f"{reason}送った回答票のファイルに記入したものを選んでください。"
        "ほかの表を計画に入れるときは、「取込」をお使いください。",
    )


_REPORT_SHEETS = {LISTING, TOTALS, DATA_SHEET}
