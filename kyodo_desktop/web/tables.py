"""Tables of a page: heads, groups under bands, cells over several rows, names of rows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.pages import looks
from kyodo_desktop.pages.content import Cell, PageRow, RowRole
from kyodo_desktop.web.blocks import placed
from kyodo_desktop.web.markup import NOTHING, content_of, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.field_types import WidthRange
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.web.blocks import Placed, TableBlock
    from kyodo_desktop.web.filters import Filter
    from kyodo_desktop.web.markup import Markup
    from kyodo_desktop.web.sheet import StyleSheet

_NAMES_OF_ROWS = frozenset(
    (looks.LABEL, looks.TOTAL_NAME, looks.OVERLAP_NAME, looks.TOP_HEADING, looks.HEADING)
)
_ROLES = {"col": "columnheader", "row": "rowheader", "rowgroup": "rowheader", None: "cell"}
_NARROW = 21.0
"""The em that a table may take at least, and fits a telephone."""
_PADDING, _ONE = 1.0, 8.0
"""The em beside the text of a cell, and those of a column that is made of narrow ones."""


_ENOUGH = 24.0
"""The em that count at most for a column's share, however much it could take."""


class TableSetting(NamedTuple):
    """What the tables of a part are drawn with.

    Where they are `even`, those of actions share out the same widths.
    """

    widths: tuple[WidthRange, ...]
    sheet: StyleSheet
    filter: Filter
    control: JobControl
    even: bool


def table_of(table: TableBlock, setting: TableSetting, *, caption: Markup, name: str) -> Markup:
    """Return a table with its caption, whose id is `name`; a wide one in a box that scrolls."""
    return _Drawer(table, setting).drawn(caption, name)


class _Drawer:
    def __init__(self, table: TableBlock, setting: TableSetting) -> None:
        self._setting = setting
        self._is_list = table.has_facets
        """Whether it can be read as a list of actions, too, where there is no room for columns."""
        width = max(map(_width, (*table.head, *table.body)))
        self._head = placed(_filled_up(row, width) for row in table.head)
        self._groups = [
            (group, placed(_filled_up(row, width) for row in group))
            for group in _groups(table.body)
        ]
        grids = [self._head, *(grid for _, grid in self._groups)]
        edges = {edge for grid in grids for row in grid for each in row for edge in each[1:3]}
        self._edges = sorted(edges)
        """Those columns of the part's grid at which a cell of this table begins or ends."""

    def drawn(self, caption: Markup, name: str) -> Markup:
        head = self._group("thead", [self._head_row(row) for row in self._head])
        groups = (
            self._group("tbody", [self._row(*each) for each in zip(*group, strict=True)])
            for group in self._groups
        )
        drawn = element(
            "table",
            caption,
            *self._columns(),
            head if self._head else NOTHING,
            *groups,
            class_="list" if self._is_list else None,
            role=self._role("table"),
        )
        if sum(self._least(*each) + _PADDING for each in pairwise(self._edges)) <= _NARROW:
            return drawn
        return element(
            "div", drawn, class_="scroll", role="group", tabindex=0, aria_labelledby=name
        )

    def _role(self, role: str) -> str | None:
        """Return what an element is; of a list, as its looks may hide that it is a table."""
        return role if self._is_list else None

    def _columns(self) -> Iterator[Markup]:
        if not (self._is_list and self._setting.even):
            return
        wanted = [
            sum(min(each.best, _ENOUGH) for each in self._setting.widths[left:right])
            for left, right in pairwise(self._edges)
        ]
        share = self._setting.sheet.share
        columns = (element("col", class_=share(each / sum(wanted))) for each in wanted)
        yield element("colgroup", *columns)

    def _group(self, tag: str, rows: Iterable[Markup]) -> Markup:
        return element(tag, *rows, role=self._role("rowgroup"))

    def _head_row(self, cells: Sequence[Placed]) -> Markup:
        self._setting.control.advance()
        return element("tr", *(self._cell(each, "col") for each in cells), role=self._role("row"))

    def _row(self, row: PageRow, cells: Sequence[Placed]) -> Markup:
        self._setting.control.advance()
        role = self._role("row")
        if row.kind is RowRole.BAND:
            first, *others = cells
            drawn = [self._cell(first, "rowgroup"), *(self._cell(each, None) for each in others)]
            return element("tr", *drawn, class_="band", role=role, data_level=row.level)
        names = _names(row)
        drawn = [self._cell(each, "row" if each.left < names else None) for each in cells]
        return element("tr", *drawn, role=role, **self._setting.filter.attributes(row.facets))

    def _cell(self, each: Placed, scope: str | None) -> Markup:
        """Return a cell, the name of a row or a column where there is anything to be read."""
        sheet, cell = self._setting.sheet, each.cell
        left, right = self._edges.index(each.left), self._edges.index(each.right)
        classes = [sheet.class_of(cell.look)]
        if right - left == 1 and (scope == "col" or not self._head):
            classes.append(sheet.at_least(self._least(each.left, each.right)))
        is_name = scope is not None and cell.text.strip() != ""
        return element(
            "th" if is_name else "td",
            content_of(cell, sheet.look(cell.look)),
            scope=scope if is_name else None,
            role=self._role(_ROLES[scope] if is_name else "cell"),
            data_label=None if scope == "col" or is_name else self._label(left),
            class_=" ".join(filter(None, classes)) or None,
            colspan=right - left if right - left > 1 else None,
            rowspan=each.rows if each.rows > 1 else None,
        )

    def _label(self, column: int) -> str | None:
        """Return the name that a value of a list stands behind."""
        names = self._head[-1] if self._is_list and self._head else ()
        return next((each.cell.text for each in names if self._edges[column] == each.left), None)

    def _least(self, left: int, right: int) -> float:
        """Return the em that a column takes at least; over several of the grid as much as one."""
        least = [each.least for each in self._setting.widths[left:right]]
        return min(sum(least), max(_ONE, *least))


def _width(row: PageRow) -> int:
    return sum(cell.columns for cell in row.cells)


def _filled_up(row: PageRow, width: int) -> PageRow:
    """Return a row that is as long as the others."""
    lacking = width - _width(row)
    if not lacking:
        return row
    return replace(row, cells=(*row.cells, Cell("", looks.LEGEND, lacking)))


def _groups(rows: Iterable[PageRow]) -> Iterator[list[PageRow]]:
    """Yield the rows under each band or bands; a band after others begins a new group."""
    group: list[PageRow] = []
    for row in rows:
        if row.kind is RowRole.BAND and group and group[-1].kind is not RowRole.BAND:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _names(row: PageRow) -> int:
    """Return how many grid columns, from the first on, say what the row is about.

    Where none is known for that, it is the first text in a row of numbers.
    """
    end, is_named = 0, False
    for cell in row.cells:
        is_name = cell.repeats or cell.run is not None or cell.look in _NAMES_OF_ROWS
        if cell.text.strip() and not is_name:
            has_numbers = any(isinstance(each.value, int | float) for each in row.cells)
            is_first = not is_named and has_numbers and isinstance(cell.value, str)
            return end + cell.columns * is_first
        is_named = is_named or is_name
        end += cell.columns
    return end
