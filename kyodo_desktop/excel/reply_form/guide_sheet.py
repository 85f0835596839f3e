"""記入のしかた: what is asked until when, how to fill the form in, and an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.fiscal_year import fiscal_year_of, month_label
from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.excel import styles
from kyodo_desktop.excel.list_sheets import Cell, TextSheet
from kyodo_desktop.excel.paper import set_up
from kyodo_desktop.excel.reply_form import looks
from kyodo_desktop.excel.reply_form.columns import TITLE, open_look
from kyodo_desktop.excel.reply_form.form_sheet import FORM_SHEET, PAGE
from kyodo_desktop.excel.reply_form.shown import due_text
from kyodo_desktop.excel.report_columns import marked
from kyodo_desktop.excel.table_layout import layout_of
from kyodo_desktop.excel.text_metrics import metrics_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.replies.form import ReplyForm
    from kyodo_desktop.excel.styles import StyleBook
    from kyodo_desktop.excel.workbook import SheetWriter

GUIDE_SHEET = "記入のしかた"
_WIDTHS = (2.8, 11.2, 3.4, 19, 6.8, 6.8, 11, 6.2)
"""In em: the number of a step or a mark, then the columns of the example."""

_LITTLE_MORE = 1.15
"""Pages that are printed a little smaller, on one."""


def write_guide(writer: SheetWriter, form: ReplyForm, book: StyleBook, font: str) -> None:
    """Write the sheet that the workbook opens at."""
    wishes = [WidthRange(width, width) for width in _WIDTHS]
    layout = layout_of(wishes, PAGE.width, looks.SIZE, metrics_of(font))
    set_up(writer.sheet, PAGE, f"{form.plan_title}　{form.round_name}　回答票", form.section)
    sheet = TextSheet(writer, layout, book, font)
    whole = len(_WIDTHS)
    sheet.write_across(
        f"{form.plan_title}　{form.round_name}の進捗状況について（照会）", looks.TITLE
    )
    sheet.write(
        Cell(f"{form.section}　御中", looks.SECTION, 3),
        Cell(due_text(form), looks.DUE, whole - 3),
    )
    if form.covering:
        sheet.write_across(form.covering, looks.COVERING)
    _write_steps(sheet, form)
    if form.statuses:
        _write_legend(sheet, form)
    _write_example(sheet, form)
    sheet.finish()
    if PAGE.height < sheet.height <= PAGE.height * _LITTLE_MORE:
        writer.sheet.page_setup.fitToHeight = 1


def _write_steps(sheet: TextSheet, form: ReplyForm) -> None:
    sheet.write_across(GUIDE_SHEET, styles.CAPTION)
    for number, step in enumerate(_steps(form), start=1):
        sheet.write(Cell(str(number), looks.STEP_NUMBER), Cell(step, looks.STEP, len(_WIDTHS) - 1))


def _steps(form: ReplyForm) -> Iterator[str]:
    yield (
        f"「{FORM_SHEET}」シートの黄色の欄に記入してください。今の計画の内容が入っていますので、"
        "変わらないところはそのままで結構です。"
    )
    if form.statuses:
        yield "「状態」は、欄を選ぶと出る▼から選びます。印の意味は、下の表のとおりです。"
    yield (
        "「進捗状況」がいくつもあるときは、欄の中で改行し（Alt＋Enter）、"
        "1行に1つずつ、頭に印を付けて書きます（記入例の2つ目）。"
    )
    yield f"「完了予定」は「{_sample_month(form)}」のように書き、未定のときは空欄にします。"
    if form.directions:
        yield "「今後の方向性」は▼から選び、どう進めるかを右の「（内容）」の欄に書きます。"
    yield (
        "消した欄は「空欄にする」という回答になります。行を加えたり消したりする必要はありません。"
    )
    yield (
        "終わりましたら、Excelのファイルのまま（PDFや紙にせず）、"
        "この回答票をお送りした担当へお返しください。"
    )


def _write_legend(sheet: TextSheet, form: ReplyForm) -> None:
    sheet.write_across("状態の印", styles.CAPTION)
    for each in form.statuses:
        meaning = each.definition if each.definition != each.label else ""
        texts = Cell(each.mark, looks.KEPT_CENTRED), Cell(each.label, looks.KEPT, 2)
        rest = len(_WIDTHS) - sum(cell.columns for cell in texts)
        sheet.write(*texts, *([Cell(meaning, looks.KEPT, rest)] if meaning else []))


def _write_example(sheet: TextSheet, form: ReplyForm) -> None:
    sheet.write_across("記入例", styles.CAPTION)
    sheet.write(
        Cell(TITLE, styles.HEADER, 2),
        *(Cell(field.label, looks.OPEN_HEADER) for field in AnswerField),
    )
    for title, answers in _examples(form):
        sheet.write(
            Cell(title, looks.KEPT, 2),
            *(Cell(answers.get(field, ""), open_look(field)) for field in AnswerField),
        )


def _examples(form: ReplyForm) -> Iterator[tuple[str, dict[AnswerField, str]]]:
    """Yield a row with one line of progress, and one with several in its cell."""
    marks = [each.mark or each.label for each in form.statuses] or [""]
    direction = form.directions[0] if form.directions else ""
    lines = (marks[0], "講座を4回開いた"), (marks[-1], "修了者の会を準備している")
    yield (
        "（例）市民向け講座の開催",
        {
            AnswerField.STATUS: marks[0],
            AnswerField.TEXT: "講座を4回開き、延べ45人が参加した",
            AnswerField.DUE: _sample_month(form),
            AnswerField.DIRECTION: direction,
            AnswerField.OUTLOOK: "対象の地区を広げる",
        },
    )
    yield (
        "（例）修了者の活動の支援",
        {
            AnswerField.STATUS: marks[-1],
            AnswerField.TEXT: "\n".join(marked(*line) for line in lines),
            AnswerField.DIRECTION: direction,
            AnswerField.OUTLOOK: "立ち上げを支援する",
            AnswerField.NOTE: "予算要求中",
        },
    )


def _sample_month(form: ReplyForm) -> str:
    """Return the last month of the fiscal year in which the answer is due."""
    day = form.due_on or form.key.sent_at
    return month_label(f"{fiscal_year_of(day) + 1}-03")
