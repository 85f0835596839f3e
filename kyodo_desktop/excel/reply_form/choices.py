"""The lists to choose from, on a hidden sheet: one in the cell itself ends at 255 characters."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.excel.cell_text import sanitize
from kyodo_desktop.excel.reply_form import looks
from kyodo_desktop.excel.report_columns import marked

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.domain.replies.form import ReplyForm
    from kyodo_desktop.excel.reply_form.columns import FormColumn
    from kyodo_desktop.excel.styles import StyleBook
    from kyodo_desktop.excel.workbook import SheetWriter

CHOICES_SHEET = "選択肢"
_NAMES = {AnswerField.STATUS: "kyodo_statuses", AnswerField.DIRECTION: "kyodo_directions"}
_PROMPT_LIMIT = 250  # characters; Excel calls a file with more damaged
_DUE_PROMPT = "例: H29.3、平成29年3月、2017/3。未定のときは空欄のままにしてください。"


def write_choices(writer: SheetWriter, form: ReplyForm, book: StyleBook) -> None:
    """Write the lists, a column each, and name them: old Excel knows no other way to them."""
    from openpyxl.workbook.defined_name import DefinedName

    lists = _lists(form)
    name = book.name(looks.KEY, looks.SIZE)
    for texts in zip_longest(*lists.values()):
        writer.row(texts, (name,) * len(texts))
    workbook = writer.sheet.parent
    assert workbook is not None
    for letter, (field, choices) in zip("AB", lists.items(), strict=False):
        area = f"'{writer.sheet.title}'!${letter}$1:${letter}${len(choices)}"
        named = DefinedName(_NAMES[field], attr_text=area, hidden=True)
        workbook.defined_names[named.name] = named


def add_choices(
    sheet: Worksheet, form: ReplyForm, columns: list[FormColumn], first: int, last: int
) -> None:
    """Give the open cells of these rows their lists; other words are taken after a question."""
    from openpyxl.utils import get_column_letter

    lists = _lists(form)
    for number, column in enumerate(columns, start=1):
        rule = None
        if column.field in lists:
            rule = _list_rule(column.field, _prompt(form, column.field))
        elif column.field is AnswerField.DUE:
            rule = _hint(AnswerField.DUE.label, _DUE_PROMPT)
        if rule is not None:
            letter = get_column_letter(number)
            rule.add(f"{letter}{first}:{letter}{last}")
            sheet.add_data_validation(rule)


def _lists(form: ReplyForm) -> dict[AnswerField, list[str]]:
    """Return the lists that have anything in them."""
    lists = {
        AnswerField.STATUS: [each.mark or each.label for each in form.statuses],
        AnswerField.DIRECTION: list(form.directions),
    }
    return {field: texts for field, texts in lists.items() if texts}


def _prompt(form: ReplyForm, field: AnswerField) -> str:
    if field is AnswerField.DIRECTION:
        return "▼から選びます。"
    return "\n".join(
        ("▼から選びます。", *(marked(each.mark, each.label) for each in form.statuses))
    )


def _list_rule(field: AnswerField, prompt: str) -> DataValidation:
    rule = _hint(field.label, prompt)
    rule.type, rule.formula1 = "list", _NAMES[field]
    rule.showErrorMessage, rule.errorStyle = True, "warning"
    rule.errorTitle = field.label
    rule.error = "一覧にない言葉です。このまま入れても、取り込みのときに確かめられます。"
    return rule


def _hint(title: str, prompt: str) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    text = sanitize(prompt)[0]
    if len(text) > _PROMPT_LIMIT:
        text = text[: _PROMPT_LIMIT - 1] + "…"
    return DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=text)
