"""Sheets of wrapped texts: 要確認, 委員会意見, 新旧対照表 and 変更の履歴."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import fiscal_year, reporting
from kyodo_desktop.domain.nodes import is_heading, row_id, term_node
from kyodo_desktop.domain.terms import current_terms
from kyodo_desktop.excel import cell_text, report_heading, styles
from kyodo_desktop.excel.layout import (
    PAGES,
    TALLEST_ROW,
    TableLayout,
    list_layout,
    set_up,
    set_widths,
)
from kyodo_desktop.excel.options import (
    BEFORE_AFTER_SHEET,
    FINDINGS_SHEET,
    HISTORY_SHEET,
    OPINIONS_SHEET,
    Contents,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.comparing.text_diff import Segments
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel import workbook


_PIECE = 180.0  # points of one row of a text that is too long for a single one


class Cell(NamedTuple):
    """A text, plain or in runs, or a number, across one or several columns."""

    value: str | Segments | int | None
    look: str = styles.BODY
    columns: int = 1

    @property
    def text(self) -> str:
        """What is read in the cell."""
        if isinstance(self.value, tuple):
            return "".join(run.text for run in self.value)
        return "" if self.value is None else str(self.value)

    def part(self, start: int, stop: int) -> Cell:
        """Return the cell with a part of its text; its line end would be an empty line."""
        if isinstance(self.value, int):
            return self if start == 0 else self._replace(value=None)
        if self.text[start:stop].endswith("\n"):
            stop -= 1
        if isinstance(self.value, tuple):
            return self._replace(value=cell_text.sliced(self.value, start, stop))
        return self._replace(value=self.text[start:stop])


class TextSheet:
    """Writes rows of cells on columns whose widths are those of a layout."""

    def __init__(
        self, writer: workbook.SheetWriter, layout: TableLayout, book: styles.StyleBook, font: str
    ) -> None:
        self.height = 0.0  # points
        self.texts: list[str] = []  # of all cells
        self._writer = writer
        self._layout = layout
        self._book = book
        self._font = font
        set_widths(writer.sheet, layout.widths, font)
        writer.sheet.sheet_view.showGridLines = False

    def write_across(self, text: str, look: str) -> None:
        """Write one text across the whole width."""
        self.write(Cell(text, look, len(self._layout.widths)))

    def write_header(self, *cells: Cell, freeze: bool = True) -> None:
        """Write the row that each page repeats; rows above it scroll with it or not."""
        self.write(*cells)
        row, sheet = self._writer.row_number, self._writer.sheet
        sheet.print_title_rows = f"{row}:{row}"
        if freeze:
            sheet.freeze_panes = f"A{row + 1}"

    def write_group(self, label: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows beside one label in the first column."""
        top = self._writer.row_number + 1
        for row in rows:
            self.write(Cell(label if self._writer.row_number < top else None, styles.LABEL), *row)
        if self._writer.row_number >= top:
            self._writer.merge(top, 1, self._writer.row_number, 1)

    def write(self, *cells: Cell) -> None:
        """Write a row; one that would be taller than a row can be goes on in further ones."""
        lines = list(map(self._lines, cells, self._widths(cells)))
        most = max(map(len, lines))
        if self._height(cells, most) <= TALLEST_ROW:
            self._write(cells, self._height(cells, most))
            return
        room = self._layout.room_for_lines(_PIECE)
        for first in range(0, most, room):
            last = min(most, first + room)
            pieces = [_piece(*each, first, last) for each in zip(cells, lines, strict=True)]
            height = self._height(cells, last - first)
            self._write(pieces, height, top=first == 0, bottom=last == most)

    def finish(self) -> None:
        """Let what was written be printed."""
        self._writer.sheet.print_area = f"A1:{self._writer.last_cell}"

    def _write(
        self, cells: Sequence[Cell], height: float, *, top: bool = True, bottom: bool = True
    ) -> None:
        self.height += height
        self.texts += [cell.value for cell in cells if isinstance(cell.value, str)]
        values: list[workbook.Value] = []
        names: list[str] = []
        row = self._writer.row_number + 1
        for cell in cells:
            self._writer.merge(row, len(values) + 1, row, len(values) + cell.columns)
            name = self._book.name(cell.look, self._layout.size, top=top, bottom=bottom)
            values += [self._value(cell), *[None] * (cell.columns - 1)]
            names += [name] * cell.columns
        blank = [None] * (len(self._layout.widths) - len(values))
        self._writer.row([*values, *blank], (*names, *blank), height)

    def _value(self, cell: Cell) -> workbook.Value:
        if isinstance(cell.value, tuple):
            return cell_text.RichText(cell.value, self._font, self._layout.size)
        return cell.value

    def _widths(self, cells: Sequence[Cell]) -> list[float]:
        widths = iter(self._layout.widths)
        return [sum(next(widths) for _ in range(cell.columns)) for cell in cells]

    def _lines(self, cell: Cell, width: float) -> list[str]:
        return self._layout.lines_across(cell.text, width / self._enlarged(cell))

    def _height(self, cells: Sequence[Cell], lines: int) -> float:
        return self._layout.height_of(lines) * max(map(self._enlarged, cells))

    def _enlarged(self, cell: Cell) -> float:
        return self._book.enlarged(cell.look, self._layout.size)


class ListSheet(TextSheet):
    """A sheet of the report; `shares` divide the paper among its columns."""

    def __init__(
        self, writer: workbook.SheetWriter, contents: Contents, name: str, shares: Sequence[float]
    ) -> None:
        options = contents.options
        super().__init__(writer, list_layout(shares, options), contents.book, options.font)
        self._as_of = report_heading.as_of(contents.outline)
        self._title = report_heading.report_title(contents.outline, name)
        set_up(writer.sheet, PAGES[options.paper], self._title, contents.made_on)

    def write_top(self) -> None:
        """Write the title, and the day that the round shows the plan on."""
        self.write_across(self._title, styles.TITLE)
        self.write_across(self._as_of, styles.AS_OF)


def _piece(cell: Cell, lines: list[str], first: int, last: int) -> Cell:
    """Return the cell with some of its lines, which joined are its text."""
    start = sum(map(len, lines[:first]))
    return cell.part(start, start + sum(map(len, lines[first:last])))


_FINDINGS_COLUMNS = {"点検": 9.0, "場所": 19.0, "要確認の内容": 28.0, "提案": 10.0, "対応": 14.0}
_NO_FINDINGS = "点検で見つかった点はありません。"
_NOTICE = "（お知らせ）"


def write_findings(writer: workbook.SheetWriter, contents: Contents) -> None:
    """Write the open findings first, then the confirmed ones with their notes."""
    findings = contents.extras.findings
    sheet = ListSheet(writer, contents, FINDINGS_SHEET, tuple(_FINDINGS_COLUMNS.values()))
    sheet.write_top()
    if findings:
        sheet.write_header(*(Cell(name, styles.HEADER) for name in _FINDINGS_COLUMNS))
    else:
        sheet.write_across(_NO_FINDINGS, styles.LEGEND)
    _write_some(sheet, "未確認", [each for each in findings if each.note is None], styles.BODY)
    confirmed = [each for each in findings if each.note is not None]
    _write_some(sheet, "確認済み", confirmed, styles.UNFILLED)
    sheet.finish()


def _write_some(
    sheet: ListSheet, name: str, findings: list[reporting.CheckedFinding], look: str
) -> None:
    if findings:
        sheet.write_across(f"{name}（{len(findings)}件）", styles.TERM)
    for found in findings:
        rule = found.rule + (_NOTICE if found.notice else "")
        texts = (rule, found.place, found.message, found.suggestion, found.note or "")
        sheet.write(*(Cell(text, look) for text in texts))


_SHARES = (18.0, 62.0)
_OVERALL = "総括"
_NO_OPINIONS = "この調査には、委員会意見がまだ記入されていません。"


def write_opinions(writer: workbook.SheetWriter, contents: Contents) -> None:
    """Write 総括, then the opinion on each heading, in printed order."""
    outline = contents.outline
    opinions = list(opinion_texts(outline))
    terms = {*current_terms(outline), *(each.term for each in opinions if each.term)}
    sheet = ListSheet(writer, contents, OPINIONS_SHEET, _SHARES)
    sheet.write_top()
    if opinions:
        names = (outline.levels[0].name, OPINIONS_SHEET)
        sheet.write_header(*(Cell(name, styles.HEADER) for name in names))
    else:
        sheet.write_across(_NO_OPINIONS, styles.LEGEND)
    last = None
    for label, text, term in opinions:
        if len(terms) > 1 and term is not None and term != last:
            sheet.write_across(report_heading.term_label(outline, term_node(term)), styles.TERM)
            last = term
        sheet.write(Cell(label, styles.TOP_HEADING), Cell(text))
    sheet.finish()


class OpinionText(NamedTuple):
    """What an opinion is on, and in which term that is; 総括 is in none."""

    label: str
    text: str
    term: int | None


def opinion_texts(outline: Outline) -> Iterator[OpinionText]:
    """Yield each opinion that says something."""
    nodes = [node for root in outline.roots for node in outline.below(root)]
    headings = [node for node in nodes if is_heading(node)]
    labels: dict[int | None, str] = {None: _OVERALL}
    labels |= {row_id(node): outline.label(node) for node in headings}
    for heading_id, label in labels.items():
        opinion = outline.opinions.get(heading_id)
        if opinion is not None and opinion.text:
            term = outline.headings[heading_id].term_id if heading_id else None
            yield OpinionText(label, opinion.text, term)


_BEFORE_AFTER_COLUMNS = {"新": 31.0, "旧": 31.0, "理由": 18.0}
_WHOLE_PLAN = "計画全体"
_NOT_REVISED = "計画の見直しも次期計画もまだないため、新旧対照表はありません。"
_SAME = "この間に計画の変更はありません（進捗状況の変更は含みません）。"


def write_before_after(writer: workbook.SheetWriter, contents: Contents) -> None:
    """Write a row for each heading and action that changed, under the headings above it."""
    before_after = contents.extras.before_after
    sheet = ListSheet(writer, contents, BEFORE_AFTER_SHEET, tuple(_BEFORE_AFTER_COLUMNS.values()))
    sheet.write_top()
    if before_after is None or not before_after.groups:
        sheet.write_across(_SAME if before_after else _NOT_REVISED, styles.LEGEND)
        sheet.finish()
        return
    sheet.write_across(before_after.what, styles.LEGEND)
    sheet.write_header(*(Cell(name, styles.HEADER) for name in _BEFORE_AFTER_COLUMNS))
    for group in before_after.groups:
        sheet.write_across(group.title or _WHOLE_PLAN, styles.TERM)
        for row in group.rows:
            sheet.write(Cell(row.new), Cell(row.old), Cell(row.reason))
    sheet.finish()


_HISTORY_COLUMNS = {
    "日時": 8.5,
    "記入者": 6.5,
    "操作": 14.0,
    "実行計画": 13.0,
    "対象": 7.0,
    "項目": 6.0,
    "変更前": 14.0,
    "変更後": 14.0,
}
_NO_HISTORY = "この計画には、まだ変更の履歴がありません。"
_CUT = f"新しいものから{reporting.MOST_HISTORY_LINES:,}行を載せています。"


def write_history(writer: workbook.SheetWriter, contents: Contents) -> None:
    """Write the sheet, with a filter on its columns."""
    lines = contents.extras.history
    sheet = ListSheet(writer, contents, HISTORY_SHEET, tuple(_HISTORY_COLUMNS.values()))
    sheet.write_top()
    if not lines:
        sheet.write_across(_NO_HISTORY, styles.LEGEND)
    if len(lines) >= reporting.MOST_HISTORY_LINES:
        sheet.write_across(_CUT, styles.NOTE)
    if lines:
        sheet.write_header(*(Cell(name, styles.HEADER) for name in _HISTORY_COLUMNS))
        header = writer.row_number
        for line in lines:
            sheet.write(*map(Cell, _texts(line)))
        writer.sheet.auto_filter.ref = f"A{header}:{writer.last_cell}"
    sheet.finish()


def _texts(line: reporting.HistoryLine) -> tuple[str, ...]:
    when = f"{fiscal_year.day_label(line.at[:10])}\n{line.at[11:16]}"
    return (when, *line[1:])
