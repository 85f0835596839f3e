"""Reads a plan out of a book: every heading, action and line knows the cell it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import Near
from kyodo_desktop.domain.importing.directions import Directions
from kyodo_desktop.domain.importing.drafts import Gathering
from kyodo_desktop.domain.importing.forms.reader import read_forms
from kyodo_desktop.domain.importing.found_plan import FoundPlan, FoundRound
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.headed_titles import heads_of
from kyodo_desktop.domain.importing.heading_rows import left_of, shapes_of, sheets_of
from kyodo_desktop.domain.importing.kept_inside import told_inside
from kyodo_desktop.domain.importing.layout import Layout
from kyodo_desktop.domain.importing.left_out import LeftOut, left_of_book, legend_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.moments import round_of, years_in
from kyodo_desktop.domain.importing.paths import OpenPath
from kyodo_desktop.domain.importing.plain import joined_text
from kyodo_desktop.domain.importing.row_kinds import RowKind
from kyodo_desktop.domain.importing.row_reader import RowReader
from kyodo_desktop.domain.importing.sections import section_of
from kyodo_desktop.domain.importing.sheet_view import SheetView, hidden_texts
from kyodo_desktop.domain.importing.statuses import Statuses, legends_in
from kyodo_desktop.domain.importing.titles import lines_over, plan_title, plan_years, printed_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.heading_rows import GroupedSheet
    from kyodo_desktop.domain.importing.mapping import (
        ColumnChoice,
        FormMapping,
        Mapping,
        SheetChoice,
    )
    from kyodo_desktop.domain.importing.row_kinds import GroupRow, Shape

    Watch = Callable[[int, int], None]

WHOLE_COLUMN = "取り込まない列です。"
_STEP = 250  # rows between two reports
_ANY_YEAR = 2015  # that years without an era are near to, where only two are compared
_OF_FIGURES = "一覧の上下にある数値の表のため取り込んでいません。"
_AFTER = "表の終わりの後にあるため取り込んでいません。"
_SHOWN = 200  # characters of a text that was left out
_SAMPLE = 300  # rows that tell what stands with the titles
_LEGEND_ROWS, _FEW = 15, 4  # rows of another sheet, cells of a row


def read_plan(book: Book, mapping: Mapping, watch: Watch | None = None) -> FoundPlan:
    """Read the sheets that the mapping names, as it says.

    `watch` is told (rows done, rows in all) now and then; an exception of its own ends the
    reading.
    """
    if mapping.form is not None:
        return _read_forms(book, mapping, mapping.form)
    mapping = _with_rounds(book, mapping)
    sheets = sheets_of(book, mapping)
    depth = max(len(mapping.levels) - 1, 1)
    first, last = plan_years(book, mapping)
    near = Near(first, last, mapping.rounds[-1].fiscal_year)
    reading = _Reading(mapping, shapes_of(sheets, depth), depth, near)
    reading.others = _other_sheets(book, mapping)
    total = sum(len(_rows(each)) for each in sheets)
    for done, _ in enumerate(reading.rows(sheets), start=1):
        if watch is not None and done % _STEP == 0:
            watch(done, total)
    actions = reading.gathering.finished()
    return FoundPlan(
        title=mapping.title,
        first_fiscal_year=first,
        last_fiscal_year=last,
        levels=mapping.levels,
        statuses=reading.statuses.entries,
        directions=tuple(reading.directions.known),
        rounds=tuple(FoundRound(*each) for each in mapping.rounds),
        headings=tuple(reading.gathering.headings.values()),
        actions=actions,
        unread=tuple(_unread(book, sheets, reading, hidden=mapping.hidden)),
        untold=reading.statuses.untold,
    )


def _read_forms(book: Book, mapping: Mapping, form: FormMapping) -> FoundPlan:
    form = form._replace(
        title=mapping.title,
        levels=mapping.levels,
        statuses=mapping.statuses,
        rounds=mapping.rounds,
    )
    return read_forms(book, form, max(each.fiscal_year for each in mapping.rounds))


def _other_sheets(book: Book, mapping: Mapping) -> list[SheetView]:
    read = {each.sheet for each in mapping.sheets}
    return [SheetView(grid) for grid in book.grids if grid.sheet not in read]


def _with_rounds(book: Book, mapping: Mapping) -> Mapping:
    """Give the mapping a round where it has none, and columns the own round for unknown ones."""
    rounds = mapping.rounds or (round_of(plan_years(book, mapping)[1]),)
    names = {each.name for each in rounds}

    def known(column: ColumnChoice) -> ColumnChoice:
        return column if column.round in names else column._replace(round="")

    sheets = tuple(
        sheet._replace(columns=tuple(map(known, sheet.columns))) for sheet in mapping.sheets
    )
    return mapping._replace(rounds=rounds, sheets=sheets)


class _Reading:
    """What is known while the sheets are read one after the other."""

    def __init__(self, mapping: Mapping, shapes: list[Shape], depth: int, near: Near) -> None:
        self._mapping, self._shapes, self._depth, self._near = mapping, shapes, depth, near
        self.gathering = Gathering()
        self.statuses = Statuses(mapping.statuses)
        self.directions = Directions()
        self.left: list[LeftOut] = []
        self.others: list[SheetView] = []

    def rows(self, sheets: Sequence[GroupedSheet]) -> Iterator[int]:
        """Read everything; yield each row after it was read."""
        for sheet in sheets:
            yield from self._rows_of(sheet)

    def _rows_of(self, sheet: GroupedSheet) -> Iterator[int]:
        mapping, choice, view = self._mapping, sheet.choice, sheet.view
        layout = Layout(choice.columns, mapping.rounds[-1].name, self._depth)
        path = OpenPath(self.gathering, self._depth, [name for name, _ in mapping.levels])
        reader = RowReader(view, layout, path, self.gathering, self.statuses, self.directions)
        reader.inline_numbers = sheet.judge.inline_numbers
        reader.near = self._near
        first = sheet.view.filled(choice.last_heading_row + 1, choice.last_row)[:_SAMPLE]
        reader.heads = heads_of(filter(None, (view.text(r, layout.action or 0) for r in first)))
        reader.section = section_of(view, choice)
        reader.rounds = {each.as_of: each.name for each in mapping.rounds}
        reader.splits, reader.row_rounds = mapping.splits, mapping.row_rounds
        self._explain_directions(view, choice, layout)
        if mapping.sheet_headings:
            self._open(path, 0, view.sheet, CellPlace(view.sheet, 1, 1))
        for group in sheet.above:
            self._open_group(path, group, choice, layout)
        groups = {group.row: group for group in sheet.groups}
        left = LeftOut(sheet)
        self.left.append(left)
        for row, cells in self._whole_rows(sheet, layout, groups.keys()):
            kind = RowKind.GROUP if row in groups else sheet.judge.kind(row, cells)
            if row <= sheet.last or kind is RowKind.NOTE:
                left.see(row, cells, kind)
            if row > sheet.last:
                if kind in (RowKind.DATA, RowKind.GROUP):
                    place = CellPlace(choice.sheet, row, min(cells))
                    self.gathering.leave(place, cells[min(cells)], _AFTER)
            elif row in groups:
                reader.close(row, cells)
                self._open_group(path, groups[row], choice, layout)
            elif kind in (RowKind.DATA, RowKind.GROUP):
                reader.read(row, cells)
            yield row

    def _explain_directions(self, view: SheetView, choice: SheetChoice, layout: Layout) -> None:
        """Look for a legend of the directions above, in and below the table, and elsewhere."""
        met = self.directions.look_at(view, choice, layout)
        if not met:
            return
        last = choice.last_heading_row
        below = view.filled(max(last, view.height - _LEGEND_ROWS) + 1, view.height)
        rows = [*range(1, last + 1), *(each for each in below if len(view.row(each)) <= _FEW)]
        legends = legends_in(view, rows, of_directions=True)
        for other in self.others:
            legends += legends_in(
                other, range(1, min(other.height, _LEGEND_ROWS) + 1), of_directions=True
            )
        own = (each for each in legends if not self.statuses.explains(each))
        self.directions.explain(own, met)

    def _whole_rows(
        self, sheet: GroupedSheet, layout: Layout, groups: AbstractSet[int]
    ) -> Iterator[tuple[int, dict[int, str]]]:
        """Yield the rows, those that only go on with a sentence joined to the one above."""
        if not self._mapping.joins:
            yield from ((row, sheet.view.row(row)) for row in _rows(sheet))
            return
        row = 0
        whole: dict[int, str] = {}
        for each in _rows(sheet):
            cells = sheet.view.row(each)
            goes_on = whole and not groups & {row, each} and layout.goes_on(cells, whole)
            if goes_on and sheet.judge.kind(each, cells) is RowKind.DATA:
                for column, text in cells.items():
                    whole[column] = joined_text(whole.get(column, ""), text)
                continue
            if row:
                yield row, whole
            row, whole = each, cells
        if row:
            yield row, whole

    def _open_group(
        self, path: OpenPath, group: GroupRow, choice: SheetChoice, layout: Layout
    ) -> None:
        """Open the heading that stands in a row of its own, between those of the columns."""
        if group.shape in self._shapes:
            top = int(self._mapping.sheet_headings) + left_of(group, choice)
            level = top + self._shapes.index(group.shape)
            lowest = min(layout.level_right_of(group.column), self._depth) - 1
            place = CellPlace(choice.sheet, group.row, group.column)
            self._open(path, min(level, max(lowest, 0)), group.text, place)

    def _open(self, path: OpenPath, level: int, text: str, place: CellPlace) -> None:
        path.open(level, "", text)
        self.gathering.heading(path.path, place)


def _unread(
    book: Book, sheets: Sequence[GroupedSheet], reading: _Reading, *, hidden: bool
) -> Iterator[Unread]:
    """Yield what was left out: cells that could not be read, columns that are not taken."""
    legend = legend_of(reading.statuses.entries, reading.directions.legend)
    for sheet in sheets:
        yield from sheet.view.grid.unread
        yield from _two_years(sheet)
        if not hidden:
            yield from _hidden(sheet)
        yield from _figures(sheet)
        for each in sheet.choice.columns:
            is_left = each.role is ColumnRole.IGNORED and each.words
            if is_left and _has_text(sheet, each.column):
                place = CellPlace(sheet.choice.sheet, sheet.choice.first_heading_row, each.column)
                yield Unread(place, each.words, WHOLE_COLUMN)
        yield from _inside(sheet)
    for each_left in reading.left:
        yield from each_left.told(legend)
    yield from left_of_book(book, {sheet.choice.sheet for sheet in sheets}, legend)
    for found in reading.gathering.unread:
        yield found._replace(text=found.text[:_SHOWN])


def _inside(sheet: GroupedSheet) -> Iterator[Unread]:
    """Yield the columns that may be for the office alone, at their headings."""
    choice, rows = sheet.choice, _rows(sheet)

    def cells_of(column: int) -> list[str]:
        return [text for row in rows if (text := sheet.view.text(row, column))]

    for column, reason in told_inside(choice.columns, cells_of):
        place = CellPlace(choice.sheet, choice.first_heading_row, column.column)
        yield Unread(place, column.words, reason)


def _two_years(sheet: GroupedSheet) -> Iterator[Unread]:
    """Yield a sheet whose name names another year than the title of its table."""
    name, lines = sheet.view.sheet, lines_over(sheet.view, sheet.choice.first_heading_row)
    titled = printed_years([plan_title(lines, "")], _ANY_YEAR)[0]
    named = years_in(name, _ANY_YEAR)
    if named and titled and not set(named) & set(titled):
        reason = "シート名と表題の年度が違うため、表題の年度として読み取りました。"
        yield Unread(CellPlace(name, 1, 1), name, reason)


def _hidden(sheet: GroupedSheet) -> Iterator[Unread]:
    choice, grid = sheet.choice, sheet.view.grid
    for row, column, text in hidden_texts(grid, choice.first_heading_row, choice.last_row):
        what = "行" if row in grid.hidden_rows else "列"
        reason = f"表示されていない{what}のため取り込んでいません。"
        yield Unread(CellPlace(choice.sheet, row, column), text[:_SHOWN], reason)


def _figures(sheet: GroupedSheet) -> Iterator[Unread]:
    """Yield the first cell of each table of figures beside the list."""
    grid, rows = sheet.view.grid, sheet.view.left_out
    for row in sorted(row for row in rows if row - 1 not in rows):
        column, text = next((at, text) for at, text in enumerate(grid.rows[row - 1], 1) if text)
        place = CellPlace(sheet.choice.sheet, row, column)
        yield Unread(place, text[:_SHOWN], _OF_FIGURES)


def _has_text(sheet: GroupedSheet, column: int) -> bool:
    return any(sheet.view.text(row, column) for row in _rows(sheet))


def _rows(sheet: GroupedSheet) -> Sequence[int]:
    """Return the rows below the headings that have a text."""
    return sheet.view.filled(sheet.choice.last_heading_row + 1, sheet.choice.last_row)
