"""What of a book no action took: comments, other sheets, notes, and memos beside the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import is_nothing, squeezed
from kyodo_desktop.domain.importing.row_kinds import RowKind
from kyodo_desktop.domain.importing.row_words import is_of_paper, says_something
from kyodo_desktop.domain.importing.sheet_view import SheetView
from kyodo_desktop.domain.importing.statuses import legends_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from kyodo_desktop.domain.importing.grid import Book, Grid
    from kyodo_desktop.domain.importing.heading_rows import GroupedSheet
    from kyodo_desktop.domain.vocabulary import StatusEntry

    Legend = tuple[tuple[str, str], ...]

_COMMENT = "コメント（メモ）のため取り込んでいません。"
_SHEET = "このシートは取り込んでいません。"
_HIDDEN_SHEET = "表示されていないシートのため取り込んでいません。"
_NOTE = "注記のため取り込んでいません。"
_BESIDE = "見出しのない列にあるため取り込んでいません。"
_SHOWN = 200  # characters of a text that was left out
_MOST_OF_A_COLUMN = 10  # cells that are told one by one
_LEGEND_ROWS = 15  # of another sheet


class _Beside(NamedTuple):
    """The cells of one column without a heading that are told, and how many more there are."""

    cells: list[Unread]
    more: int


class LeftOut:
    """Gathers what the rows of one sheet say beside what is read of them."""

    def __init__(self, sheet: GroupedSheet) -> None:
        self._sheet, self._name = sheet, sheet.choice.sheet
        self._known = {
            each.column
            for each in sheet.choice.columns
            if each.words or each.role is not ColumnRole.IGNORED
        }
        self._groups = {group.row: squeezed(group.text) for group in sheet.groups}
        self._beside: dict[int, _Beside] = {}
        self._notes: list[Unread] = []

    def see(self, row: int, cells: dict[int, str], kind: RowKind) -> None:
        """Note what of a row is not read."""
        if kind is RowKind.NOTE:
            self._notes += [self._told(row, column, cells[column], _NOTE) for column in cells]
        elif kind is not RowKind.HEADINGS:
            heading = self._groups.get(row, "")
            for column in cells.keys() - self._known:
                if not is_nothing(cells[column]) and squeezed(cells[column]) not in heading:
                    self._see_beside(self._told(row, column, cells[column], _BESIDE))

    def _see_beside(self, found: Unread) -> None:
        cells, more = self._beside.setdefault(found.place.column, _Beside([], 0))
        if len(cells) < _MOST_OF_A_COLUMN:
            cells.append(found)
        else:
            self._beside[found.place.column] = _Beside(cells, more + 1)

    def told(self, legend: Legend) -> Iterator[Unread]:
        """Yield it all but what is in the legend, and the notes above the table."""
        words = _keys_of(legend)
        view, first = self._sheet.view, self._sheet.choice.first_heading_row
        above = [
            self._told(row, column, text, _NOTE)
            for row in view.filled(1, first - 1)
            for column, text in view.row(row).items()
        ]
        notes = [each for each in above if says_something(each.text)]
        notes += [each for each in self._notes if not is_of_paper(each.text)]
        for _, (cells, more) in sorted(self._beside.items()):
            notes += cells
            if more:
                reason = f"{_BESIDE}同じ列にほか{more:,}か所あります。"
                notes[-1] = notes[-1]._replace(reason=reason)
        for each in notes:
            if not _explains(each.text, words):
                yield each._replace(text=each.text[:_SHOWN])

    def _told(self, row: int, column: int, text: str, reason: str) -> Unread:
        return Unread(CellPlace(self._name, row, column), text, reason)


def left_of_book(book: Book, read: Container[str], legend: Legend) -> Iterator[Unread]:
    """Yield the sheets that are not `read`, and the comments in those that are."""
    words = _keys_of(legend)
    known: set[tuple[int, int, str]] = set()
    for grid in book.grids:
        if grid.sheet in read:
            for (row, column), text in sorted(grid.comments.items()):
                if (row, column, text) not in known:
                    known.add((row, column, text))
                    place = CellPlace(grid.sheet, row, column)
                    yield Unread(place, text[:_SHOWN], _COMMENT)
            continue
        text = next((cell.strip() for cells in grid.rows for cell in cells if cell.strip()), "")
        if text and not _is_legend(grid, words):
            reason = _HIDDEN_SHEET if grid.hidden else _SHEET
            yield Unread(CellPlace(grid.sheet, 1, 1), text[:_SHOWN], reason)


def legend_of(
    statuses: Iterable[StatusEntry], directions: Iterable[tuple[str, str]] = ()
) -> Legend:
    """Return what a reading has taken of the legends of a book."""
    return (*((each.mark, each.definition or each.label) for each in statuses), *directions)


def _keys_of(legend: Legend) -> list[tuple[str, str]]:
    return [(squeezed(mark), squeezed(words)) for mark, words in legend]


def _explains(text: str, words: list[tuple[str, str]]) -> bool:
    """Tell whether a text is a part of the legend: above, beside or below the table."""
    key = squeezed(text)
    return any(key in each or (all(each) and each[0] in key and each[1] in key) for each in words)


def _is_legend(grid: Grid, words: list[tuple[str, str]]) -> bool:
    """Tell whether a sheet does little else than explain the statuses."""
    view = SheetView(grid)
    if view.height > _LEGEND_ROWS:
        return False
    return any(
        _explains(f"{mark} {said}", words)
        for legend in legends_in(view, range(1, view.height + 1), of_directions=True)
        for mark, said in legend
    )
