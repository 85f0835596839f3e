"""The rows of an answer: what stands in the open cells, and whose row it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.form import AnswerField, AnswerRow
from kyodo_desktop.excel.reply_form.columns import NUMBER, TITLE
from kyodo_desktop.excel.reply_form.found_table import plain
from kyodo_desktop.excel.reply_form.shown import as_in_cell, untouched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.replies.form import FormRow
    from kyodo_desktop.excel.reply_form.found_table import FoundTable
    from kyodo_desktop.excel.reply_form.recognition import Recognition

_TOLD = 10  # rows that a remark names


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
        if sent is None and not action_id and not title.strip() and not _says(cells):
            continue
        if all(plain(text) == plain(field.label) for field, text in cells.items()):
            continue  # the headings once more
        number, title = table.text(row, NUMBER), recognition.title(title)
        rows.append(AnswerRow(row, action_id, line_id, number, title, _answers(cells, sent)))
    named = [
        row.row
        for row in rows
        if (row.action_id, row.line_id) in recognition.sent
        and not recognition.has_key(table, row.row)
    ]
    return rows, [_named(named)] if named else []


def _says(cells: dict[AnswerField, str]) -> bool:
    return any(text.strip() for text in cells.values())


def _answers(cells: dict[AnswerField, str], sent: FormRow | None) -> dict[AnswerField, str]:
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
    told = "、".join(map(str, rows[:_TOLD])) + (" …" if len(rows) > _TOLD else "")
    return (
        f"行の目印が消えているか食い違っている行（{told}行目）は、番号と名称から"
        "どの実行計画かを判断しました。"
    )


def table_remarks(table: FoundTable) -> Iterator[str]:
    """Yield what is to be said of the table as a whole, and of cells that cannot be read."""
    fields = {table.columns.get(field.label): field.label for field in AnswerField}
    for field in AnswerField:
        if field.label not in table.columns:
            yield f"「{field.label}」の列が見つかりません。この項目は、今の内容のままにします。"
    for (row, column), unread in table.unread.items():
        if row > table.top and column in fields:
            yield f"{row}行目の「{fields[column]}」は読み取れません。{unread.reason}"
