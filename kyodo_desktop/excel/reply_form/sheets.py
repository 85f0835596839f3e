"""The sheets that people see: 回答票 itself, 記入のしかた, and the lists to choose from."""

from __future__ import annotations

import math
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields, field_types, fiscal_year
from kyodo_desktop.domain.replies.addressing import addressed
from kyodo_desktop.domain.replies.form import FORM_FIELDS, FormRow, ReplyForm, Values
from kyodo_desktop.excel import cell_text, text_sheet
from kyodo_desktop.excel.layout import set_footer, set_up
from kyodo_desktop.excel.reply_form import cell_styles
from kyodo_desktop.excel.reply_form.columns import (
    ANSWERED_BY,
    EXTENSION,
    KEY,
    LAST,
    MANAGER_CONFIRMED,
    NO_CHANGE,
    SAME,
    SIGNATURES,
    TICK,
    TITLE,
    FormColumn,
    columns_of,
    due_text,
    open_look,
)
from kyodo_desktop.excel.reply_form.fitting import PAGE, fitted_layout, row_height, seen_texts
from kyodo_desktop.excel.reply_form.found_table import title_heading
from kyodo_desktop.excel.text_sheet import TALLEST_ROW, TableLayout, layout_of
from kyodo_desktop.pages import looks, report_columns, text_metrics
from kyodo_desktop.pages.content import Cell
from kyodo_desktop.pages.footers import footer
from kyodo_desktop.pages.laid import whole_pixels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.domain.action_fields import Field
    from kyodo_desktop.excel.styles import StyleBook
    from kyodo_desktop.excel.workbook import SheetWriter, Styles


CHOICES_SHEET = "選択肢"
_NAMES = {action_fields.STATUS: "kyodo_statuses", action_fields.DIRECTION: "kyodo_directions"}
_PROMPT_LIMIT = 250  # characters; Excel calls a file with more damaged
_TICK_PROMPT = (
    f"確かめて、入っている内容のままでよい実行計画は、▼から{TICK}を選びます。"
    "内容を書き直したときは空欄にします。"
)
_MANAGER_PROMPT = "確認した課長の氏名か✓を入れます。"
_MONTH_PROMPT = "例: H29.3、平成29年3月、2017/3。未定のときは空欄のままにしてください。"


def write_choices(writer: SheetWriter, form: ReplyForm, book: StyleBook) -> None:
    """Write the lists, a column each, and name them: old Excel knows no other way to them."""
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName

    lists = _lists(form)
    name = book.name(cell_styles.KEY, cell_styles.SIZE)
    for texts in zip_longest(*lists.values()):
        writer.row(texts, (name,) * len(texts))
    workbook = writer.sheet.parent
    assert workbook is not None
    for number, (field, choices) in enumerate(lists.items(), start=1):
        letter = get_column_letter(number)
        area = f"'{writer.sheet.title}'!${letter}$1:${letter}${len(choices)}"
        named = DefinedName(_name_of(field), attr_text=area, hidden=True)
        workbook.defined_names[named.name] = named


def add_choices(
    sheet: Worksheet, form: ReplyForm, columns: list[FormColumn], first: int, last: int
) -> None:
    """Give the open cells of these rows their lists; other words are taken after a question."""
    from openpyxl.utils import get_column_letter

    lists = _lists(form)
    for number, column in enumerate(columns, start=1):
        rule = None
        if column.heading == NO_CHANGE:
            rule = _choice(NO_CHANGE, f'"{TICK}"', form.worded(_TICK_PROMPT))
        elif column.field is None:
            continue
        elif column.field in lists:
            rule = _list_rule(column.field, _prompt(form, column.field))
        elif isinstance(column.field.type, field_types.Month):
            rule = _hint(column.field.form.label, _MONTH_PROMPT)
        if rule is not None:
            letter = get_column_letter(number)
            rule.add(f"{letter}{first}:{letter}{last}")
            sheet.add_data_validation(rule)


def _lists(form: ReplyForm) -> dict[Field[Any], Sequence[str]]:
    """Return the lists that have anything in them."""
    marks = [each.mark or each.label for each in form.statuses]
    lists = {**form.choices, action_fields.STATUS: marks}
    return {field: lists[field] for field in FORM_FIELDS if lists.get(field)}


def _name_of(field: Field[Any]) -> str:
    """Return what the list of a field is called in the workbook."""
    return _NAMES.get(field, f"kyodo_{field.name}")


def _prompt(form: ReplyForm, field: Field[Any]) -> str:
    words = form.statuses if field is action_fields.STATUS else ()
    return "\n".join(
        ("▼から選びます。", *(report_columns.marked(each.mark, each.label) for each in words))
    )


def _list_rule(field: Field[Any], prompt: str) -> DataValidation:
    return _choice(field.form.label, _name_of(field), prompt)


def _choice(title: str, choices: str, prompt: str) -> DataValidation:
    rule = _hint(title, prompt)
    rule.type, rule.formula1 = "list", choices
    rule.showErrorMessage, rule.errorStyle = True, "warning"
    rule.errorTitle = title
    rule.error = "一覧にない言葉です。このまま入れても、取り込みのときに確かめられます。"
    return rule


def _hint(title: str, prompt: str) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    text = cell_text.sanitize(prompt)[0]
    if len(text) > _PROMPT_LIMIT:
        text = text[: _PROMPT_LIMIT - 1] + "…"
    return DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=text)


FORM_SHEET = "回答票"
_SIGNATURE_ROW = 2
_LARGEST_ZOOM = 120  # percent with which the columns go across a screen of 1366 pixels
_PIECE = 180.0  # points of a part of a row that is taller than a row can be


def write_form_sheet(
    writer: SheetWriter, form: ReplyForm, book: StyleBook, font: str
) -> Sequence[str]:
    """Write the sheet, and return the texts above its table.

    Its open cells hold the present values of the plan.
    """
    from openpyxl.utils import get_column_letter

    columns = columns_of(form)
    layout = fitted_layout(form, columns, font)
    _set_up(writer.sheet, form, font)
    text = text_sheet.TextSheet(writer, layout, book, font)
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
    zoom = round(100 * cell_styles.SIZE / layout.size)
    writer.sheet.sheet_view.zoomScale = min(zoom, _LARGEST_ZOOM)
    writer.sheet.sheet_properties.tabColor = cell_styles.OPEN_HEADER_GROUND
    _add_signature_hint(writer.sheet, columns)
    if last > top:
        add_choices(writer.sheet, form, columns, top + 1, last)
        _select(
            writer.sheet, top + 1, [each.field for each in columns].index(action_fields.STATUS)
        )
    return text.texts


def _write_top(text: text_sheet.TextSheet, form: ReplyForm, columns: list[FormColumn]) -> None:
    """Write the title, what the marks mean, and the headings that each page repeats."""
    left = [each.field for each in columns].index(action_fields.PROGRESS)
    right = len(columns) - left
    text.write(
        Cell(f"{form.round_name}　回答票　　{form.section}", cell_styles.TITLE, left),
        Cell(due_text(form), cell_styles.DUE, right),
    )
    _write_signatures(text, columns)
    legend = "　　".join(report_columns.marked(each.mark, each.label) for each in form.statuses)
    fill_in = f"黄色の欄に記入してください。　状態の印：　{legend}" if legend else FILL_IN
    contact = f"照会元　{form.contact.text}" if form.contact.text else ""
    text.write(
        Cell(fill_in, cell_styles.SMALL, left),
        Cell(contact, cell_styles.CONTACT, right),
    )
    text.write_header(*(Cell(_heading(each, form), _header_look(each)) for each in columns))


def _add_signature_hint(sheet: Worksheet, columns: list[FormColumn]) -> None:
    """Say at 課長確認 what is filled in there."""
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(_signature_edges(columns)[-2] + 1)
    rule = _hint(MANAGER_CONFIRMED, _MANAGER_PROMPT)
    rule.add(f"{letter}{_SIGNATURE_ROW}")
    sheet.add_data_validation(rule)


def _signature_edges(columns: list[FormColumn]) -> tuple[int, ...]:
    """Return where labels and their cells begin in turn, counted from 0, and where all ends."""
    headings, fields = [each.heading for each in columns], [each.field for each in columns]
    due = fields.index(action_fields.DUE)
    return (
        *(0, headings.index(TITLE), headings.index(NO_CHANGE)),
        *(fields.index(action_fields.PROGRESS), due, due + 1, len(columns)),
    )


def _write_signatures(text: text_sheet.TextSheet, columns: list[FormColumn]) -> None:
    """Write who answers and who has confirmed it, above the columns of the table."""
    spans = [end - start for start, end in pairwise(_signature_edges(columns))]
    cells = zip(SIGNATURES, spans[::2], spans[1::2], strict=True)
    text.write(
        *(
            cell
            for label, wide, room in cells
            for cell in (
                Cell(label, cell_styles.OPEN_HEADER, wide),
                Cell("", cell_styles.OPEN, room),
            )
        )
    )


_NO_CHANGE_HEADING = "変更\nなし"
FILL_IN = "黄色の欄に記入してください。"


def _heading(column: FormColumn, form: ReplyForm) -> str:
    if column.heading == TITLE:
        return title_heading(form.action_word)
    if column.heading == NO_CHANGE:
        return _NO_CHANGE_HEADING
    if column.heading == LAST and form.last_round:
        return f"{LAST}\n（{form.last_round}）"
    return column.heading


def _header_look(column: FormColumn) -> str:
    return cell_styles.OPEN_HEADER if column.is_filled_in else looks.HEADER


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
            SAME if goes_on and column.heading == LAST else column.text(row)
            for column in self._columns
        ]
        self._actions.add(row.action_id)
        names = [column.look_in(row, goes_on=goes_on) for column in self._columns]
        height = row_height(self._layout, seen_texts(self._columns, texts))
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


GUIDE_SHEET = "記入のしかた"
_EXAMPLE_WIDTHS = {
    action_fields.STATUS: 3.4,
    action_fields.PROGRESS: 19,
    action_fields.DUE: 6.8,
    action_fields.DIRECTION: 6.8,
    action_fields.OUTLOOK: 11,
    action_fields.NOTE: 6.2,
}
_TICK_WIDTH = 3.0
_WIDTHS = (
    *(2.8, 11.2, _TICK_WIDTH),
    *(_EXAMPLE_WIDTHS.get(field, field.form.width.best) for field in FORM_FIELDS),
)
"""In em: the number of a step or a mark, then the columns of the example, the tick before all."""

_LITTLE_MORE = 1.15
"""Pages that are printed a little smaller, on one."""


def _set_up(sheet: Worksheet, form: ReplyForm, font: str) -> None:
    set_up(sheet, PAGE, abreast=1)
    title = f"{form.plan_title}　{form.round_name}　回答票"
    below = footer(title, form.section, PAGE, text_metrics.metrics_of(font))
    set_footer(sheet, below._replace(centre="&P / &N"))


def write_guide(writer: SheetWriter, form: ReplyForm, book: StyleBook, font: str) -> Sequence[str]:
    """Write the sheet that the workbook opens at, and return the texts of its cells."""
    widths = [field_types.WidthRange(width, width) for width in _WIDTHS]
    layout = layout_of(widths, PAGE.width, cell_styles.SIZE, text_metrics.metrics_of(font))
    _set_up(writer.sheet, form, font)
    sheet = text_sheet.TextSheet(writer, layout, book, font)
    whole = len(_WIDTHS)
    sheet.write_across(
        f"{form.plan_title}　{form.round_name}の進捗状況について（照会）", cell_styles.TITLE
    )
    sheet.write(
        Cell(addressed(form.section, form.addressee), cell_styles.SECTION, 4),
        Cell(due_text(form), cell_styles.DUE, whole - 4),
    )
    if form.contact.text:
        sheet.write_across(f"照会元　{form.contact.text}", cell_styles.CONTACT)
    if form.covering:
        sheet.write_across(form.covering, cell_styles.COVERING)
    _write_steps(sheet, form)
    if form.statuses:
        _write_legend(sheet, form)
    _write_example(sheet, form)
    sheet.finish()
    if PAGE.height < sheet.height <= PAGE.height * _LITTLE_MORE:
        writer.sheet.page_setup.fitToHeight = 1
    return sheet.texts


def _write_steps(sheet: text_sheet.TextSheet, form: ReplyForm) -> None:
    sheet.write_across(GUIDE_SHEET, looks.CAPTION)
    for number, step in enumerate(_steps(form), start=1):
        sheet.write(
            Cell(str(number), cell_styles.STEP_NUMBER),
            Cell(step, cell_styles.STEP, len(_WIDTHS) - 1),
        )


def _steps(form: ReplyForm) -> Iterator[str]:
    yield form.worded(
        f"「{FORM_SHEET}」シートの黄色の欄には、今の計画の内容が入っています。実行計画ごとに確かめ、"
        f"違うところを書き直してください。そのままでよい実行計画は「{NO_CHANGE}」で{TICK}を選びます"
        f"（記入例の3つ目）。書き直しも{TICK}もない実行計画は、まだ確かめていないものとして扱います。"
    )
    if form.statuses:
        yield "「状態」は、欄を選ぶと出る▼から選びます。印の意味は、下の表のとおりです。"
    yield (
        "「進捗状況」がいくつもあるときは、欄の中で改行し（Alt＋Enter）、"
        "1行に1つずつ、頭に印を付けて書きます（記入例の2つ目）。"
    )
    yield f"「完了予定」は「{_sample_month(form)}」のように書き、未定のときは空欄にします。"
    if form.choices.get(action_fields.DIRECTION):
        yield "「今後の方向性」は▼から選び、どう進めるかを右の「（内容）」の欄に書きます。"
    yield (
        "消した欄は「空欄にする」という回答になります。行を加えたり消したりする必要はありません。"
    )
    yield (
        f"表の上の「{ANSWERED_BY}」と「{EXTENSION}」に記入し、課長の確認が済んだら"
        f"「{MANAGER_CONFIRMED}」に氏名か{TICK}を入れます。"
    )
    sender = form.contact.section or "この回答票をお送りした担当"
    yield (
        f"終わりましたら、Excelのファイルのまま（PDFや紙にせず）、{sender}へお返しください。"
        + ("ご不明な点は、照会元へお尋ねください。" if form.contact.text else "")
    )


def _write_legend(sheet: text_sheet.TextSheet, form: ReplyForm) -> None:
    sheet.write_across("状態の印", looks.CAPTION)
    for each in form.statuses:
        meaning = each.definition if each.definition != each.label else ""
        texts = (
            Cell(each.mark, cell_styles.KEPT_CENTRED),
            Cell(each.label, cell_styles.KEPT, 3),
        )
        rest = len(_WIDTHS) - sum(cell.columns for cell in texts)
        sheet.write(*texts, *([Cell(meaning, cell_styles.KEPT, rest)] if meaning else []))


def _write_example(sheet: text_sheet.TextSheet, form: ReplyForm) -> None:
    sheet.write_across("記入例", looks.CAPTION)
    sheet.write(
        Cell(title_heading(form.action_word), looks.HEADER, 2),
        Cell(_NO_CHANGE_HEADING, cell_styles.OPEN_HEADER),
        *(Cell(field.form.label, cell_styles.OPEN_HEADER) for field in FORM_FIELDS),
    )
    for title, answers in _examples(form):
        sheet.write(
            Cell(title, cell_styles.KEPT, 2),
            Cell(TICK if title == _UNCHANGED else "", cell_styles.OPEN_CENTRED),
            *(Cell(answers.get(field, ""), open_look(field)) for field in FORM_FIELDS),
        )


_UNCHANGED = "（例）手引の配布"


def _examples(form: ReplyForm) -> Iterator[tuple[str, Values]]:
    """Yield a row with one line of progress, one with several in its cell, and one unchanged."""
    marks = [each.mark or each.label for each in form.statuses] or [""]
    going_on = next(
        (mark for mark, each in zip(marks, form.statuses, strict=False) if each.goes_on), marks[-1]
    )
    direction = next(iter(form.choices.get(action_fields.DIRECTION, ())), "")
    lines = (marks[0], "講座を4回開いた"), (going_on, "修了者の会を準備している")
    yield (
        "（例）市民向け講座の開催",
        {
            action_fields.STATUS: marks[0],
            action_fields.PROGRESS: "講座を4回開き、延べ45人が参加した",
            action_fields.DUE: _sample_month(form),
            action_fields.DIRECTION: direction,
            action_fields.OUTLOOK: "対象の地区を広げる",
        },
    )
    yield (
        "（例）修了者の活動の支援",
        {
            action_fields.STATUS: going_on,
            action_fields.PROGRESS: "\n".join(report_columns.marked(*line) for line in lines),
            action_fields.DIRECTION: direction,
            action_fields.OUTLOOK: "立ち上げを支援する",
            action_fields.NOTE: "予算要求中",
        },
    )
    yield (
        _UNCHANGED,
        {
            action_fields.STATUS: going_on,
            action_fields.PROGRESS: "窓口で手引を配っている",
            action_fields.DIRECTION: direction,
        },
    )


def _sample_month(form: ReplyForm) -> str:
    """Return the last month of the fiscal year in which the answer is due."""
    day = form.due_on or form.key.sent_at
    return fiscal_year.month_label(f"{fiscal_year.fiscal_year_of(day) + 1}-03")
