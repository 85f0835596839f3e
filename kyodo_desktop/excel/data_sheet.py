"""データ: one line of progress a row, with all that is needed to build the plan again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, nodes
from kyodo_desktop.excel import layout, report_heading, styles
from kyodo_desktop.excel.options import DATA_SHEET, Contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Action, Progress
    from kyodo_desktop.excel.workbook import SheetWriter, Value

_SIZE = 10.0
_HEADER_HEIGHT = 40.0
_SMALLEST_PRINT = 0.6


class DataRow(NamedTuple):
    """One row: `path` are the headings from the top; lines count from 1, 0 is no line."""

    term: int
    path: tuple[int, ...]
    placement: int | None
    action: Action | None
    line: Progress | None
    line_number: int


class DataColumn(NamedTuple):
    """A column's name, its width in em, and what it says of a row."""

    name: str
    width: float
    value: Callable[[Outline, DataRow], Value]
    is_number: bool = False


def data_columns(outline: Outline) -> list[DataColumn]:
    """Return the columns: the headings' ones bear the names of the plan's levels."""
    columns = list(_TERM_COLUMNS)
    for depth, level in enumerate(outline.levels[:-1]):
        columns += [
            DataColumn(f"{level.name}番号", 6, _heading_number(depth)),
            DataColumn(level.name, 18, _heading_title(depth)),
        ]
    last = outline.levels[-1].name
    columns += [
        DataColumn(f"{last}番号", 6, _placement_number),
        DataColumn(last, 26, _of_action(action_fields.TITLE)),
        DataColumn(f"{last}キー", 6, _key, is_number=True),
        _RELISTED_COLUMN,
        *_columns(action_fields.Scope.ACTION, _of_action),
        *_ROUND_COLUMNS,
        _STATUS,
        _STATUS_LABEL,
        *_LINE_COLUMNS,
        *_columns(action_fields.Scope.ROUND, _of_outlook),
    ]
    return columns


def data_rows(outline: Outline) -> Iterator[DataRow]:
    """Yield the rows; a placement without lines, and an empty heading or term, has one."""
    for term in outline.roots:
        yield from _below(
            outline,
            DataRow(nodes.row_id(term), (), placement=None, action=None, line=None, line_number=0),
            term,
        )


def _below(outline: Outline, row: DataRow, node: int) -> Iterator[DataRow]:
    children = outline.children.get(node, ())
    if not children:
        yield row
    for child in children:
        if not nodes.is_placement(child):
            yield from _below(outline, row._replace(path=(*row.path, child)), child)
            continue
        placed = row._replace(placement=child, action=outline.action_at(child))
        assert placed.action is not None
        lines = outline.lines.get(placed.action.id, ())
        if not lines:
            yield placed
        for number, line in enumerate(lines, start=1):
            yield placed._replace(line=line, line_number=number)


def write_data(writer: SheetWriter, contents: Contents) -> None:
    """Write the sheet: names in the first row, a filter on them, nothing merged."""
    from openpyxl.utils import get_column_letter

    outline, options, book = contents.outline, contents.options, contents.book
    columns = data_columns(outline)
    sheet = writer.sheet
    layout.set_up(
        sheet,
        layout.PAGES[options.paper],
        report_heading.report_title(outline, DATA_SHEET),
        contents.made_on,
    )
    layout.set_widths(sheet, [column.width * _SIZE for column in columns], options.font)
    across = sum(column.width * _SIZE for column in columns)
    sheet.page_setup.fitToWidth = math.ceil(
        across * _SMALLEST_PRINT / layout.PAGES[options.paper].width
    )
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    header = book.name(styles.DATA_HEADER, _SIZE)
    writer.row([column.name for column in columns], (header,) * len(columns), _HEADER_HEIGHT)
    looks = tuple(
        book.name(styles.DATA_NUMBER if column.is_number else styles.DATA, _SIZE)
        for column in columns
    )
    for row in data_rows(outline):
        writer.row([column.value(outline, row) for column in columns], looks)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{writer.row_number}"


def _heading_number(depth: int) -> Callable[[Outline, DataRow], Value]:
    return lambda outline, row: outline.number(row.path[depth]) if depth < len(row.path) else None


def _heading_title(depth: int) -> Callable[[Outline, DataRow], Value]:
    return lambda outline, row: outline.title(row.path[depth]) if depth < len(row.path) else None


def _placement_number(outline: Outline, row: DataRow) -> Value:
    return None if row.placement is None else outline.number(row.placement)


def _relisted(outline: Outline, row: DataRow) -> Value:
    return "再掲" if row.placement is not None and outline.is_relisted(row.placement) else None


def _key(outline: Outline, row: DataRow) -> Value:  # noqa: ARG001
    return None if row.action is None else row.action.id


def _of_action(field: action_fields.Field[Any]) -> Callable[[Outline, DataRow], Value]:
    def cell(outline: Outline, row: DataRow) -> Value:
        if row.action is None:
            return None
        return field.type.cell(field.of(outline, row.action.id), outline)

    return cell


def _of_outlook(field: action_fields.Field[Any]) -> Callable[[Outline, DataRow], Value]:
    def cell(outline: Outline, row: DataRow) -> Value:
        outlook = outline.outlooks.get(row.action.id) if row.action else None
        return None if outlook is None else field.type.cell(field.of_outlook(outlook), outline)

    return cell


def _of_line(field: action_fields.Field[Any]) -> Callable[[Outline, DataRow], Value]:
    def cell(outline: Outline, row: DataRow) -> Value:
        return None if row.line is None else field.type.cell(field.of_line(row.line), outline)

    return cell


def _status_label(outline: Outline, row: DataRow) -> Value:
    if row.line is None or row.line.status_id is None:
        return None
    return outline.statuses[row.line.status_id].label


def _columns(
    scope: action_fields.Scope,
    cell: Callable[[action_fields.Field[Any]], Callable[[Outline, DataRow], Value]],
) -> list[DataColumn]:
    """Return the columns of the fields of a scope."""
    return [
        DataColumn(field.heading, field.data_width, cell(field), field.type.is_number)
        for field in action_fields.taking_part(action_fields.Use.DATA, scope)
    ]


def _round_name(outline: Outline, row: DataRow) -> Value:  # noqa: ARG001
    return outline.round.name if outline.round else None


def _round_day(outline: Outline, row: DataRow) -> Value:  # noqa: ARG001
    return outline.round.as_of if outline.round else None


_TERM_COLUMNS = (
    DataColumn("期", 6, lambda outline, row: outline.terms[row.term].name),
    DataColumn("期の開始年度", 7, lambda o, row: o.terms[row.term].first_fiscal_year, True),
    DataColumn("期の終了年度", 7, lambda o, row: o.terms[row.term].last_fiscal_year, True),
)
_RELISTED_COLUMN = DataColumn("再掲", 4, _relisted)
_ROUND_COLUMNS = (
    DataColumn("調査", 10, _round_name),
    DataColumn("基準日", 8, _round_day),
    DataColumn("行", 4, lambda outline, row: row.line_number or None, True),  # noqa: ARG005
)
_STATUS, *_LINE_COLUMNS = _columns(action_fields.Scope.LINE, _of_line)
_STATUS_LABEL = DataColumn("状態名", 8, _status_label)
