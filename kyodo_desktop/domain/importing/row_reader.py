"""Reads the data rows of one sheet into actions, lines and outlooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.details import sections_of, take_details
from kyodo_desktop.domain.importing.drafts import added
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.outlooks import take_outlook
from kyodo_desktop.domain.importing.paths import without_continued
from kyodo_desktop.domain.importing.plain import is_nothing, is_same, one_line
from kyodo_desktop.domain.importing.relisting import is_ticked, is_word, without_word
from kyodo_desktop.domain.importing.rounds import year_of
from kyodo_desktop.domain.importing.sharing import share_grades, share_merged
from kyodo_desktop.domain.importing.telling import take_told

if TYPE_CHECKING:
    from kyodo_desktop.domain.fiscal_year import Near
    from kyodo_desktop.domain.importing.drafts import ActionDraft
    from kyodo_desktop.domain.importing.gathering import Gathering
    from kyodo_desktop.domain.importing.layout import Layout, RoundColumns
    from kyodo_desktop.domain.importing.outlooks import Directions
    from kyodo_desktop.domain.importing.paths import OpenPath
    from kyodo_desktop.domain.importing.sheet_view import SheetView
    from kyodo_desktop.domain.importing.statuses import Statuses

_TITLE_LIMIT = 500
_WHOLE = "全体"  # the heading of actions that have none


class RowReader:
    """Reads rows in their order.

    `near` are the years of the plan; `inline_numbers` tells that titles begin with them;
    `rounds` are names by year, for a column that says it of each row; `section` is in charge
    of all rows.
    """

    def __init__(
        self,
        view: SheetView,
        layout: Layout,
        path: OpenPath,
        gathering: Gathering,
        statuses: Statuses,
        directions: Directions,
    ) -> None:
        self._view, self._layout, self._path = view, layout, path
        self._gathering, self._statuses = gathering, statuses
        self._directions = directions
        self.inline_numbers = False
        self.near: Near | int = 0
        self.rounds: dict[int, str] = {}
        self.section: tuple[str, ...] = ()
        self._above: dict[int, str] = {}
        self._draft: ActionDraft | None = None
        self._begun_in = 0

    def close(self, row: int, cells: dict[int, str]) -> None:
        """Let the next row begin a new action; take the headings beside this one."""
        self._draft = None
        for column in sorted(self._layout.told & cells.keys()):
            reason = "見出しの行にあるため取り込んでいません。"
            self._gathering.leave(self._place(row, column), cells[column], reason)
        if len(cells) > 1 and self._path.take(cells, self._layout):
            self._gathering.heading(self._path.path, self._place(row, min(cells)))

    def read(self, row: int, cells: dict[int, str]) -> None:
        """Read one row."""
        again = without_word(cells.get(self._layout.action or 0, ""))[1]
        for column, text in cells.items():
            if is_same(text):  # beside 再掲 it means: as where it is at home
                cells[column] = "" if again else self._above.get(column, "")
        self._above.update(cells)
        if self._path.take(cells, self._layout):
            self._draft = None
            self._gathering.heading(self._path.path, self._place(row, min(cells)))
        begun = self._begun(row, cells)
        if begun is not None:
            self._draft = begun
            share_merged(self._view, row, cells)
            self._begun_in = row
        elif self._draft is not None:
            share_grades(self._view, self._layout, cells, row, self._begun_in)
        draft = self._draft
        if draft is None or (draft is not begun and self._layout.told.isdisjoint(cells)):
            self._leave(row, cells)
            return
        place, layout = self._place(row, 0), self._layout
        take_details(draft, layout, cells, place, self._gathering, self.near)
        sections = sections_of(layout, cells) or self.section
        draft.sections = added(draft.sections, self.section)
        for each in self._rounds_of(cells):
            take_told(draft, each, cells, place, sections, self._statuses)
            take_outlook(draft, each, cells, place, self._directions)

    def _place(self, row: int, column: int) -> CellPlace:
        return CellPlace(self._view.sheet, row, column)

    def _begun(self, row: int, cells: dict[int, str]) -> ActionDraft | None:
        """Return the action that begins in this row, if one does."""
        layout = self._layout
        text = cells.get(layout.action or 0, "")
        if not text or is_nothing(text):
            return None
        if not self._path.path:
            place = self._place(row, layout.action or 0)
            self._path.open(0, "", _WHOLE)
            self._gathering.heading(self._path.path, place)
        title, again = without_word(without_continued(one_line(text)))
        number = cells.get(layout.number or 0, "")
        if is_word(number):
            number, again = "", True
        if self.inline_numbers and self._layout.number is None and not number:
            parts = numbered(title)
            if parts.title:
                number, title = parts.printed, parts.title
        number, marked = without_word(one_line(number))
        again = again or marked or self._is_marked_again(cells)
        place = self._place(row, layout.action or 0)
        return self._gathering.action(
            self._path.path, number, title[:_TITLE_LIMIT], place, again=again
        )

    def _is_marked_again(self, cells: dict[int, str]) -> bool:
        """Tell whether a cell beside the title says 再掲."""
        layout = self._layout
        ticked = cells.get(layout.relisted or 0, "")
        if ticked and is_ticked(ticked):
            return True
        beside = [column for column, _ in layout.notes]
        for each in layout.rounds:
            beside += [column for column, _ in (*each.statuses, *each.texts)]
        return any("再" in cells.get(column, "") and is_word(cells[column]) for column in beside)

    def _leave(self, row: int, cells: dict[int, str]) -> None:
        """List a row that says something of no action."""
        headings = {column for _, column in self._layout.headings}
        headings |= set(self._layout.numbers.values())
        for column, text in cells.items():
            if column not in headings:
                reason = "どの実行計画のことか分からないため取り込んでいません。"
                self._gathering.leave(self._place(row, column), text, reason)
                return

    def _rounds_of(self, cells: dict[int, str]) -> list[RoundColumns]:
        """Return the columns by round; those that name none speak of the round of the row."""
        layout = self._layout
        year = year_of(cells.get(layout.round or 0, ""), self.near) if layout.round else None
        name = self.rounds.get(year or 0)
        if name is None:
            return layout.rounds
        own = layout.own_round
        return [each._replace(round=name) if each.round == own else each for each in layout.rounds]
