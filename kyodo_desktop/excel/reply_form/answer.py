"""Reads a 回答票 that came back, whatever has been done to it in the meantime."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.form import Answer
from kyodo_desktop.excel.options import DATA_SHEET, PROGRESS_SHEET, SUMMARY_SHEET
from kyodo_desktop.excel.reading.file_content import content_of
from kyodo_desktop.excel.reading.refusals import refusal
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.excel.reply_form.answer_rows import answer_rows, table_remarks
from kyodo_desktop.excel.reply_form.found_table import FoundTable, find_table
from kyodo_desktop.excel.reply_form.recognition import Recognition
from kyodo_desktop.excel.reply_form.record import is_record, read_record

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.domain.errors import ReadingError
    from kyodo_desktop.domain.importing.grid import Book


def read_answer(path: Path) -> Answer:
    """Read a form that came back; nothing in the plan is asked or changed.

    A cell that still shows what was sent has the value that was sent, to the character.
    Raises ReadingError where the file is no form, or cannot be read.
    """
    digest = hashlib.sha256(content_of(path)).hexdigest()
    return answer_in(read_table(path), digest)


def answer_in(book: Book, digest: str) -> Answer:
    """Find the answer in the sheets of a workbook. Raises ReadingError."""
    record = next((each for each in book.grids if each.rows and is_record(each.rows[0])), None)
    if record is None:
        raise _no_form(book)
    sent = read_record(book.name, record.rows)
    recognition = Recognition(sent.sent)
    table = _table(book, recognition)
    if table is None:
        raise refusal(
            book.name,
            "回答票の表の見出し（番号、実行計画、状態、進捗状況など）が見つかりません。"
            "見出しの行を元に戻すか、送った回答票に記入し直してもらってください。",
        )
    rows, remarks = answer_rows(table, recognition)
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
        remarks=(*remarks, *table_remarks(table)),
    )


def _table(book: Book, recognition: Recognition) -> FoundTable | None:
    """Return the table with the most rows that were sent, in whatever sheet it is."""
    tables = [table for table in map(find_table, book.grids) if table is not None]
    known = [(recognition.score(table), table.is_form) for table in tables]
    best = max(range(len(tables)), key=known.__getitem__, default=None)
    return tables[best] if best is not None and any(known[best]) else None


def _no_form(book: Book) -> ReadingError:
    """Return the error that tells what the file is instead of a form."""
    sheets = {grid.sheet for grid in book.grids}
    tables = (find_table(grid) for grid in book.grids)
    if sheets & _REPORT_SHEETS:
        reason = "「Excel出力」で作った報告書のようです。"
    elif any(table is not None and table.is_form for table in tables):
        reason = (
            "回答票の表はありますが、照合に使う隠しシートがありません"
            "（シートだけを別のブックに移したようです）。"
        )
    else:
        reason = "このプログラムから送った回答票ではありません。"
    return refusal(
        book.name,
        f"{reason}送った回答票のファイルに記入したものを選んでください。"
        "ほかの表を計画に入れるときは、「取込」をお使いください。",
    )


_REPORT_SHEETS = {PROGRESS_SHEET, SUMMARY_SHEET, DATA_SHEET}
