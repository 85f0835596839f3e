"""What one sheet seems to hold, and how much it looks like the table of a plan."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.cell_words import pooled_contents
from kyodo_desktop.domain.importing.column_roles import choices_of, guess_roles, is_earlier
from kyodo_desktop.domain.importing.columns import columns_of, without_years
from kyodo_desktop.domain.importing.figure_tables import figure_rows
from kyodo_desktop.domain.importing.layout import OF_A_ROUND
from kyodo_desktop.domain.importing.mapping import ColumnRole, SheetChoice
from kyodo_desktop.domain.importing.moments import when_of, years_in
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.table_area import find_tables, tables_apart
from kyodo_desktop.domain.importing.titles import lines_over

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.columns import SheetColumn
    from kyodo_desktop.domain.importing.moments import When
    from kyodo_desktop.domain.importing.sheet_view import SheetView
    from kyodo_desktop.domain.importing.table_area import TableArea

_NO_PLAN = re.compile(
    r"集計|凡例|記入例|記載例|要確認|目次|表紙|概要|変更|比較|推移|履歴|意見|一覧の見方|リスト|選択肢|マスタ|対照|注意|説明"
)
_YEARS = re.compile(r"(?:令和|平成|昭和|[rhs](?=[0-9元]))?(?:元|[0-9]{1,4})(?:年度|年|fy)?")
TOLD = (ColumnRole.STATUS, ColumnRole.PROGRESS)  # what says of a round how far things are
_MOSTLY = 0.8
_FEW_COLUMNS = 3
_MOST = 5  # different roles that count


@dataclass(frozen=True, eq=False)
class SheetGuess:
    """A sheet with its columns and their roles."""

    view: SheetView
    area: TableArea
    columns: list[SheetColumn]
    roles: dict[int, tuple[ColumnRole, int]]

    @cached_property
    def lines(self) -> list[str]:
        """The texts above the table."""
        return lines_over(self.view, self.area.first_heading_row)

    @cached_property
    def score(self) -> float:
        """How much the sheet looks like a plan's table; 0 is not at all."""
        roles = {role for role, _ in self.roles.values()} - {ColumnRole.IGNORED}
        if ColumnRole.ACTION not in roles:
            return 0.0
        told = bool(roles & {ColumnRole.STATUS, ColumnRole.PROGRESS})
        action = next(
            each for each in self.columns if self.roles[each.column][0] is ColumnRole.ACTION
        )
        if not action.contents.filled_cells:
            return 0.0
        worth = min(len(roles), _MOST) + 3 * told + min(action.contents.filled_cells, 20) / 10
        digits = sum(1 for each in self.columns if each.contents.digits > _MOSTLY)
        if digits * 2 > len(self.columns):
            worth -= 4
        if _NO_PLAN.search(self.view.sheet):
            worth -= 5
        return max(worth, 0.1 if len(roles) > 1 else 0.0)

    @cached_property
    def signature(self) -> frozenset[str]:
        """The words of the columns apart from years, by which like sheets are known."""
        words = {without_years(each.title) for each in self.columns if each.words}
        return frozenset(word for word in words if word)

    def is_like(self, other: SheetGuess) -> bool:
        """Tell whether both have the same columns, or nearly."""
        common = len(self.signature & other.signature)
        return common * 10 >= 6 * max(len(self.signature | other.signature), 1)

    def moments(self, own: When | None) -> dict[int, When | None]:
        """Return by column the moment of the round that it speaks of; None is the sheet's own.

        What is planned next belongs to the round whose grades stand at its left.
        """
        found: dict[int, When | None] = {}
        told = {
            each.when
            for each in self.columns
            if each.when is not None and self.roles[each.column][0] in TOLD
        }
        last: When | None = None
        for each in self.columns:
            role = self.roles[each.column][0]
            if role not in OF_A_ROUND:
                continue
            when = each.when
            if role in TOLD:
                last = when if when is not None else _earlier(each, own)
                found[each.column] = last
            else:
                found[each.column] = when if when in told else last
        return found

    def choice(self, names: dict[int, str]) -> SheetChoice:
        """Return the sheet as it can be shown and changed."""
        return SheetChoice(
            self.view.sheet, *self.area, columns=choices_of(self.columns, self.roles, names)
        )


def _earlier(column: SheetColumn, own: When | None) -> When | None:
    if own is not None and is_earlier(column.title):
        return own._replace(fiscal_year=own.fiscal_year - 1)
    return None


def _pooled(sheets: list[SheetGuess]) -> list[SheetColumn]:
    """Return the columns of several sheets as if these were one; nothing for one sheet."""
    if len(sheets) < len(("one", "another")):
        return []
    return [
        same[0]._replace(
            contents=pooled_contents([each.contents for each in same], cells),
            cells=cells,
        )
        for same in zip(*(each.columns for each in sheets), strict=True)
        for cells in [tuple(cell for each in same for cell in each.cells)]
    ]


def _with_roles(sheet: SheetGuess, roles: dict[int, tuple[ColumnRole, int]] | None) -> SheetGuess:
    """Return a sheet with the roles of its columns in their order, the same where they are."""
    found = dict(
        zip((each.column for each in sheet.columns), (roles or {}).values(), strict=False)
    )
    if not found or found == sheet.roles:
        return sheet
    return SheetGuess(sheet.view, sheet.area, sheet.columns, found)


class Looking:
    """Looks at the sheets of a book as often as is asked; what is the same is one object."""

    def __init__(self, near: int) -> None:
        self._near = near
        self._areas: dict[SheetView, list[TableArea]] = {}
        self._lists: dict[tuple[SheetView, TableArea], SheetView] = {}
        self._columns: dict[tuple[SheetView, TableArea], list[SheetColumn]] = {}
        self._agreed: dict[tuple[object, ...], list[SheetGuess]] = {}
        self._known: dict[tuple[object, ...], SheetGuess] = {}
        self._parts: dict[SheetView, list[SheetGuess]] = {}

    def at(
        self, view: SheetView, area: int = 0, action: int = 0, *, blocks: bool = True
    ) -> SheetGuess | None:
        """Return what a sheet seems to hold; None where there is no table.

        `area` and `action` count the candidates for the rows of headings and the column of
        actions; where there are fewer, it is the likeliest.
        """
        areas = self._areas.get(view)
        if areas is None:
            areas = self._areas[view] = find_tables(view)
        if not areas:
            return None
        chosen = areas[area] if area < len(areas) else areas[0]
        view = self._list_of(view, chosen)
        asked = (view, chosen, action, blocks)
        if asked not in self._known:
            columns = self._columns.get((view, chosen))
            if columns is None:
                columns = self._columns[view, chosen] = columns_of(view, chosen, self._near)
            roles = guess_roles(columns, self._near, action, blocks=blocks)
            guess = SheetGuess(view, chosen, columns, roles)
            self._known[asked] = self._known.setdefault(
                (view, chosen, tuple(roles.items())), guess
            )
        return self._known[asked]

    def _list_of(self, view: SheetView, area: TableArea) -> SheetView:
        """Return the sheet without the tables of figures beside the list."""
        if (view, area) not in self._lists:
            left = figure_rows(view, area.first_heading_row, area.last_heading_row)
            self._lists[view, area] = view.without(left)
        return self._lists[view, area]

    def alike(
        self, sheets: list[SheetGuess], action: int = 0, *, blocks: bool = True
    ) -> list[SheetGuess]:
        """Return sheets that have the same columns as the cells of all of them tell.

        A sheet of few rows alone tells little.
        """
        asked = (*sheets, action, blocks)
        if asked not in self._agreed:
            same: defaultdict[tuple[str, ...], list[SheetGuess]] = defaultdict(list)
            for each in sheets:
                same[tuple(column.title for column in each.columns)].append(each)
            roles = {
                titles: guess_roles(pooled, self._near, action, blocks=blocks)
                for titles, group in same.items()
                if (pooled := _pooled(group))
            }
            self._agreed[asked] = [
                _with_roles(each, roles.get(tuple(column.title for column in each.columns)))
                for each in sheets
            ]
        return self._agreed[asked]

    def parts(self, view: SheetView) -> list[SheetGuess]:
        """Return the tables below each other in a sheet; nothing where there are not several."""
        if view not in self._parts:
            windows = [view.window(*rows) for rows in tables_apart(view)]
            found = [guess for window in windows if (guess := self.at(window)) is not None]
            tables = [
                each for each in found if each.score > 1 and len(each.columns) > _FEW_COLUMNS
            ]
            self._parts[view] = tables if len(tables) > 1 else []
        return self._parts[view]


def sheet_moment(guess: SheetGuess, near: int) -> When | None:
    """Return the moment that the name of a sheet says it is about."""
    years = years_in(guess.view.sheet, near)
    if len(years) == 1:
        return when_of(guess.view.sheet, near)
    if not years:
        found = re.fullmatch(
            r"([hrs]|令和|平成)?(元|[0-9]{1,2})年?度?", squeezed(guess.view.sheet)
        )
        if found and found[1]:
            return when_of(f"{found[1]}{found[2]}年度", near)
    return None
