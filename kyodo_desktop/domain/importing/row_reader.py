"""Reads the data rows of one sheet into actions, lines and outlooks."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.cell_words import is_mark, is_section
from kyodo_desktop.domain.importing.directions import split_direction
from kyodo_desktop.domain.importing.drafts import added
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.importing.headed_titles import MARK, SECTION, TEXT, headed
from kyodo_desktop.domain.importing.labelled_parts import LabelledPart, labelled_parts
from kyodo_desktop.domain.importing.layout import part_column
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.moments import when_of
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.paths import without_continued
from kyodo_desktop.domain.importing.plain import is_nothing, is_same, one_line
from kyodo_desktop.domain.importing.relisting import is_ticked, is_word, without_word
from kyodo_desktop.domain.importing.row_values import (
    RowCells,
    sections_of,
    take_details,
    take_outlook,
    take_told,
)
from kyodo_desktop.domain.importing.splitting import (
    actions_in,
    lone_sign,
    shared_out,
    single_action,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.fiscal_year import Near
    from kyodo_desktop.domain.importing.directions import Directions
    from kyodo_desktop.domain.importing.drafts import ActionDraft, Gathering
    from kyodo_desktop.domain.importing.layout import Layout, RoundColumns
    from kyodo_desktop.domain.importing.paths import OpenPath
    from kyodo_desktop.domain.importing.sheet_view import SheetView
    from kyodo_desktop.domain.importing.splitting import CellPart
    from kyodo_desktop.domain.importing.statuses import Statuses

_TITLE_LIMIT = 500
_WHOLE = "全体"  # the heading of actions that have none
_LONGEST_VALUE = 12
_OF_NONE = "どの実行計画のことか分からないため取り込んでいません。"
_BULLET = re.compile(r"^[ 　]*(?P<sign>[・･•▪◦])[ 　]*", re.MULTILINE)
_BULLETS = "・●◆■◇□○ 　"


class RowReader:
    """Reads rows in their order.

    `near` are the years of the plan; `inline_numbers` tells that titles begin with them;
    `rounds` are names by the day as of which they are, for a column that says it of each row;
    `section` is in charge of all rows; `splits` tells whether a cell may hold several actions;
    `heads` is what stands with most titles in their cells.
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
        self.inline_numbers, self.splits = False, True
        self.near: Near | int = 0
        self.rounds: dict[str, str] = {}
        self.row_rounds: tuple[str, ...] = ()
        self.section: tuple[str, ...] = ()
        self.heads = frozenset[ColumnRole]()
        self._sections: tuple[str, ...] = ()
        self._above: dict[int, str] = {}
        self._draft: ActionDraft | None = None
        self._begun_in = self._nth = 0

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
        shown = self._view.grid.shown
        if shown:
            texts = self._layout.told - {self._layout.due, self._layout.start, self._layout.round}
            cells |= {c: shown[row, c] for c in texts & cells.keys() if (row, c) in shown}
        again = without_word(cells.get(self._layout.action or 0, ""))[1]
        for column, text in cells.items():
            if is_same(text):  # beside 再掲 it means: as where it is at home
                cells[column] = "" if again else self._above.get(column, "")
        self._above.update(cells)
        if self._path.take(cells, self._layout):
            self._draft = None
            self._gathering.heading(self._path.path, self._place(row, min(cells)))
        parts = self._actions_in(cells) if self.splits else ()
        if parts:
            self._share_merged(row, cells)
            for own in self._parted(row, cells, parts):
                self._read(row, own)
            self._draft = None
        else:
            self._read(row, RowCells(cells, self._place(row, 0)))

    def _read(self, row: int, own: RowCells) -> None:
        cells, layout = own.texts, self._layout.of_row(own.texts, self._merged_from(row))
        if self._draft is not None and self._layout.is_label(cells):
            layout = self._layout.labelled(cells)
            cells = {each: text for each, text in cells.items() if each in layout.told}
            own = own._replace(texts=cells)
        layout, own = self._headed(layout, own) if self.heads else (layout, own)
        cells = own.texts
        begun = self._begun(own)
        if begun is not None:
            self._draft, self._begun_in, self._nth = begun, row, 0
            self._share_merged(row, cells)
        elif self._draft is not None:
            self._nth += 1
            if any(each.statuses for each in layout.rounds):
                self._share_grades(row, cells)
        if begun is None and (row, self._layout.action or 0) in self._view.grid.struck:
            self._leave(own, "名称に取り消し線が引かれているため取り込んでいません。")
            self._draft = None
            return
        draft = self._draft
        if draft is None or (draft is not begun and layout.told.isdisjoint(cells)):
            self._leave(own)
            return
        layout, own = self._labelled(layout, own)
        cells = own.texts
        take_details(draft, layout, own, self._gathering, self.near)
        if draft is begun:
            self._sections = sections_of(layout, cells)
        sections = sections_of(layout, cells) or self._sections or self.section
        draft.sections = added(draft.sections, self.section)
        told = self._rounds_of(layout, cells, self._nth)
        for each, planned in zip(told, self._ahead(layout, row) or told, strict=True):
            take_told(draft, each, own, sections, self._statuses)
            take_outlook(draft, planned, own, self._directions)

    def _place(self, row: int, column: int) -> CellPlace:
        return CellPlace(self._view.sheet, row, column)

    # ---------------------------------------------------------- several actions in a cell

    def _actions_in(self, cells: dict[int, str]) -> tuple[CellPart, ...]:
        layout = self._layout
        title = cells.get(layout.action or 0, "")
        if "\n" not in title and not numbered(title).number:
            return ()
        found = actions_in(title, cells.get(layout.number or 0, ""))
        if found or not self.inline_numbers:
            return found
        return single_action(title, (cells[each] for each in layout.told & cells.keys()))

    def _parted(
        self, row: int, cells: dict[int, str], parts: tuple[CellPart, ...]
    ) -> Iterator[RowCells]:
        """Yield the cells of each of the actions that a row holds."""
        action, number = self._layout.action or 0, self._layout.number or 0
        numbers = [each.number for each in parts]
        texts: list[dict[int, str]] = [{} for _ in parts]
        spans: list[dict[int, tuple[int, int]]] = [{} for _ in parts]
        for own, span, each in zip(texts, spans, parts, strict=True):
            own[action] = cells[action][each.start : each.end]
            span[action] = each.start, each.end
            if number and each.number:
                own[number] = each.number
        for column in self._layout.told & cells.keys():
            text = cells[column]
            shared = shared_out(numbers, text, is_one=self._is_value)
            if shared.uneven or shared.left:
                reason = "1つのセルの中の実行計画と数が合わないため、順に割り当てました。"
                self._gathering.leave(self._place(row, column), text, reason)
            for own, span, mine in zip(texts, spans, shared.parts, strict=True):
                if mine:
                    start, end = mine[0].start, mine[-1].end
                    start += self._bullet(text[start:end])
                    own[column] = self._part_of(text[start:end], is_line=not mine[0].number)
                    span[column] = start, end
        for part, own, span in zip(parts, texts, spans, strict=True):
            yield RowCells(own, self._place(row, 0), span, part.number)

    def _headed(self, layout: Layout, own: RowCells) -> tuple[Layout, RowCells]:
        """Give what stands with a title in its cell columns of its own."""
        column = layout.action or 0
        text = own.texts.get(column, "")
        if not text or is_nothing(text):
            return layout, own
        given = SECTION if layout.sections else None, MARK if layout.has_statuses else None
        title, others = headed(text, self.heads - {*given}, is_usual=True)
        texts, spans, parts = dict(own.texts), dict(own.spans), dict[int, LabelledPart]()
        base = own.spans.get(column, (0, 0))[0]
        for place, (role, (start, end)) in enumerate(others):
            at = part_column(column, place)
            taken = ColumnRole.DESCRIPTION if role is TEXT and layout.has_texts else role
            parts[at] = LabelledPart("", taken, start, end)
            texts[at] = self._part_of(text[start:end], is_line=True)
            spans[at] = base + start, base + end
        texts[column], spans[column] = text[slice(*title)], (base + title[0], base + title[1])
        return layout.of_parts(parts, dict.fromkeys(parts, column)), own._replace(
            texts=texts, spans=spans
        )

    def _labelled(self, layout: Layout, own: RowCells) -> tuple[Layout, RowCells]:
        """Give parts of cells that say what they are columns of their own: 【進捗】…【課題】…."""
        found: dict[int, LabelledPart] = {}
        texts, spans, homes = dict(own.texts), dict(own.spans), dict[int, int]()
        for column in layout.may_be_parted:
            text = texts.get(column, "")
            for place, part in enumerate(labelled_parts(text)):
                at = part_column(column, place)
                inside = text[part.start : part.end]
                bullet = lone_sign(inside, but=self._signs_of(layout))
                base = own.spans.get(column, (0, 0))[0]
                found[at], homes[at] = part, column
                texts[at] = inside[bullet:]
                spans[at] = base + part.start + bullet, base + part.end
                texts.pop(column, None)
        if not found:
            return layout, own
        return layout.of_parts(found, homes), own._replace(texts=texts, spans=spans)

    def _signs_of(self, layout: Layout) -> frozenset[str]:
        """Return the marks that may stand before a text, where no column is theirs."""
        if layout.has_statuses:
            return frozenset()
        return frozenset(each.mark for each in self._statuses.choices)

    @staticmethod
    def _part_of(text: str, *, is_line: bool) -> str:
        """Return a part of a cell; what goes on below a line is only indented to go on."""
        return "\n".join(map(str.strip, text.split("\n"))).strip() if is_line else text.strip()

    def _bullet(self, text: str) -> int:
        """Return the length of the only bullet of a part, where it is no status."""
        found = list(_BULLET.finditer(text))
        is_only = len(found) == 1 and not text[: found[0].start()].strip()
        return found[0].end() if is_only and self._statuses.known(found[0]["sign"]) is None else 0

    def _is_value(self, text: str) -> bool:
        """Tell whether a text is one value, which all the actions of a cell may share."""
        if "\n" in text:
            return False
        return (
            is_section(text)
            or is_mark(text)
            or self._statuses.known(text) is not None
            or split_direction(text) is not None
            or len(text) <= _LONGEST_VALUE
        )

    # ---------------------------------------------------------- what is merged over rows

    def _share_merged(self, row: int, cells: dict[int, str]) -> None:
        """Give a row in which an action begins what is merged over it from the rows above."""
        for column, rows in self._view.upright.items():
            top = rows.get(row, row)
            if top < row and column not in cells and (text := self._view.text(top, column)):
                cells[column] = text

    def _merged_from(self, row: int) -> frozenset[int]:
        """Return the columns merged over this row and the next, where rows of actions differ."""
        if self._layout.row_kind is None:
            return frozenset()
        upright = self._view.upright.items()
        return frozenset(column for column, rows in upright if rows.get(row + 1) == row)

    def _share_grades(self, row: int, cells: dict[int, str]) -> None:
        """Give a later row of an action the grade that is merged over it, where it has a text."""
        for each in self._layout.rounds:
            if any(column in cells for column in each.texts):
                for column, _ in each.statuses:
                    top = self._view.upright.get(column, {}).get(row, row)
                    if self._begun_in <= top < row and (text := self._view.text(top, column)):
                        cells.setdefault(column, text)

    # ---------------------------------------------------------- the action itself

    def _begun(self, own: RowCells) -> ActionDraft | None:
        """Return the action that begins in this row, if one does."""
        cells, layout = own.texts, self._layout
        text = cells.get(layout.action or 0, "")
        if not text or is_nothing(text):
            return None
        place = own.at(layout.action or 0)
        if not self._path.path:
            self._path.open(0, "", _WHOLE)
            self._gathering.heading(self._path.path, place)
        title, again = without_word(without_continued(one_line(text).lstrip(_BULLETS) or text))
        number = own.number or cells.get(layout.number or 0, "")
        if is_word(number):
            number, again = "", True
        if self.inline_numbers and layout.number is None and not number:
            parts = numbered(title)
            if parts.title:
                number, title = parts.printed, parts.title
        number, marked = without_word(one_line(number))
        again = again or marked or self._is_marked_again(cells)
        draft = self._gathering.action(
            self._path.path, number, title[:_TITLE_LIMIT], place, again=again
        )
        draft.origins += (own.origin(ColumnRole.ACTION, layout.action or 0),)
        return draft

    def _is_marked_again(self, cells: dict[int, str]) -> bool:
        """Tell whether a cell beside the title says 再掲."""
        layout = self._layout
        ticked = cells.get(layout.relisted or 0, "")
        if ticked and is_ticked(ticked):
            return True
        beside = [column for column, _ in layout.notes]
        for each in layout.rounds:
            beside += [*(column for column, _ in each.statuses), *each.texts]
        return any("再" in cells.get(column, "") and is_word(cells[column]) for column in beside)

    def _leave(self, own: RowCells, reason: str = _OF_NONE) -> None:
        """List a row that says something of no action."""
        headings = {column for _, column in self._layout.headings}
        headings |= set(self._layout.numbers.values())
        for column, text in own.texts.items():
            if column not in headings:
                self._gathering.leave(own.at(column), text, reason)
                return

    def _ahead(self, layout: Layout, row: int) -> list[RoundColumns]:
        """Return the columns by the round of the last row over which what is next is merged.

        It follows them all; nothing where it is merged over no row below this one.
        """
        if not layout.round and not self.row_rounds:
            return []
        last = max((self._merged.get((column, row), 0) for column in layout.ahead), default=0)
        cells = self._view.row(last)
        return self._rounds_of(layout, cells, self._nth + last - row) if last > row else []

    @cached_property
    def _merged(self) -> dict[tuple[int, int], int]:
        """The last row of what is merged over several rows, by its column and first row."""
        return {
            (column, top): row
            for column, rows in self._view.upright.items()
            for row, top in sorted(rows.items())
        }

    def _rounds_of(self, layout: Layout, cells: dict[int, str], nth: int) -> list[RoundColumns]:
        """Return the columns by round; those that name none speak of the round of the row.

        It is the row `nth` of its action.
        """
        if nth < len(self.row_rounds):
            return [each._replace(round=self.row_rounds[nth]) for each in layout.rounds]
        text = cells.get(layout.round or 0, "") if layout.round else ""
        when = when_of(text, self.near) if text else None
        name = self.rounds.get(when.round.as_of) if when else None
        if name is None:
            return layout.rounds
        own = layout.own_round
        return [each._replace(round=name) if each.round == own else each for each in layout.rounds]
