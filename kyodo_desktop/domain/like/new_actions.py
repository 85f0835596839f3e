"""Where actions go that the table lacks: into blank rows of their group, else onto a sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import fiscal_year_label, month_label
from kyodo_desktop.domain.importing.found_plan import ValueOrigin
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.like.date_forms import month_in_form, years_of
from kyodo_desktop.domain.like.round_values import lines_of
from kyodo_desktop.domain.like.table_columns import OF_A_ROUND
from kyodo_desktop.domain.nodes import heading_node, is_placement, term_node
from kyodo_desktop.domain.plan import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.grid import Book, Grid
    from kyodo_desktop.domain.importing.mapping import ColumnChoice
    from kyodo_desktop.domain.like.cell_edits import CellEdits
    from kyodo_desktop.domain.like.round_values import RoundWriter
    from kyodo_desktop.domain.like.sites import Sites
    from kyodo_desktop.domain.like.table_columns import TableColumns
    from kyodo_desktop.domain.like.table_match import TableMatch
    from kyodo_desktop.domain.plan import Action

ADDED = "元の表になかったため、空いている行に書き加えました。"
_AFTER_HEADINGS = (
    "番号", "", "担当課", "関係課", "完了予定",
    "状態", "進捗状況", "方向性", "今後の方向性", "備考",
)  # fmt: skip


class NewActions:
    """Finds room for the actions of the term that were found nowhere in the table."""

    def __init__(self, match: TableMatch, book: Book, columns: TableColumns, sites: Sites) -> None:
        self._match, self._columns, self._sites = match, columns, sites
        self._grids = {grid.sheet: grid for grid in book.grids}
        self._taken: set[CellPlace] = set()
        self._homeless: list[int] = []
        self.notices: list[Unread] = []

    def lacking(self) -> Iterator[int]:
        """Yield the nodes of the actions that the table lacks, in the order of the plan."""
        outline, known = self._match.outline, set(self._match.actions.values())
        for node in outline.below(term_node(self._match.term_id)):
            is_home = is_placement(node) and not outline.is_relisted(node)
            if is_home and outline.action_id_at(node) not in known:
                yield node

    def write(self, edits: CellEdits, rounds: RoundWriter) -> list[tuple[str, ...]]:
        """Write what there is room for; return the rows of a sheet for all others."""
        rows = []
        for node in self.lacking():
            place = self._blank_row(node)
            if place is None:
                rows.append(self._sheet_row(node, rounds))
                self._homeless.append(node)
            else:
                self._write_row(node, place, edits, rounds)
        if not rows:
            return []
        if self._list_columns():
            return self._as_in_the_table(rounds)
        levels = [level.name for level in self._match.outline.levels]
        names = (*_AFTER_HEADINGS[:1], levels[-1], *_AFTER_HEADINGS[2:])
        return [(*levels[:-1], *names), *rows]

    # Blank rows

    def _blank_row(self, node: int) -> CellPlace | None:
        """Return the cell for the title in a blank row below the last action of the group."""
        outline = self._match.outline
        above = outline.parent(node)
        group = [
            action.place
            for action in self._match.found.actions
            if heading_node(self._match.headings.get(action.path, 0)) == above
        ]
        if not group:
            return None
        last = max(group, key=lambda each: (each.sheet == group[-1].sheet, each.row))
        titles = self._columns.of(last, ColumnRole.ACTION)
        grid = self._grids.get(last.sheet)
        if not titles or grid is None:
            return None
        end = self._end_of_group(grid, last, self._columns.end(last))
        for row in range(last.row + 1, end + 1):
            place = CellPlace(last.sheet, row, titles[0].column)
            if any(grid.rows[row - 1] if row <= len(grid.rows) else ()):
                break
            if place not in self._taken and row not in grid.hidden_rows:
                self._taken.add(place)
                return place
        return None

    def _end_of_group(self, grid: Grid, last: CellPlace, end: int) -> int:
        """Return the last row that the merged heading of the group covers, or of the table."""
        levels = self._columns.of(last, ColumnRole.HEADING)
        over = [
            area.bottom
            for area in grid.merges
            for each in levels
            if area.left <= each.column <= area.right and area.top <= last.row <= area.bottom
        ]
        return min(over) if over else end

    def _write_row(
        self, node: int, place: CellPlace, edits: CellEdits, rounds: RoundWriter
    ) -> None:
        outline = self._match.outline
        action = outline.actions[outline.action_id_at(node)]
        notify = partial(self._notify, place, outline.label(node))
        for role, text in self._values(action).items():
            columns = self._columns.of(place, role)
            if columns and text:
                edits.put(ValueOrigin(role, "", 0, place._replace(column=columns[0].column)), text)
        for each in self._columns.of(place, ColumnRole.NUMBER):
            if each.level == len(outline.levels) - 1:
                edits.put_cell(place._replace(column=each.column), outline.number(node))
        self._repeat_headings(place, edits)
        lines = lines_of(outline, action.id)
        if lines:
            rounds.write_row(place, lines, notify)
        rounds.write_outlook_row(place, action.id, notify)
        self.notices.append(Unread(place, outline.label(node), ADDED))

    def _values(self, action: Action) -> dict[ColumnRole, str]:
        """Return what stands once for an action."""
        names = self._match.outline.section_names
        return {
            ColumnRole.ACTION: action.title,
            ColumnRole.DESCRIPTION: action.description,
            ColumnRole.SECTION: "、".join(names(action.id, Role.LEAD)),
            ColumnRole.RELATED_SECTION: "、".join(names(action.id, Role.RELATED)),
            ColumnRole.NOTE: action.note,
            ColumnRole.START: _year(action),
            ColumnRole.DUE: self._due(action),
        }

    def _repeat_headings(self, place: CellPlace, edits: CellEdits) -> None:
        """Repeat the headings where the table repeats them in each row."""
        grid, above = self._grids[place.sheet], place.row - 1
        for each in self._columns.of(place, ColumnRole.HEADING):
            text = grid.text(above, each.column)
            if text and text == grid.text(above - 1, each.column):
                edits.put_cell(place._replace(column=each.column), text)

    def _due(self, action: Action) -> str:
        if action.due is None:
            return ""
        return month_in_form(action.due, "", years_of(self._match.found))

    def _notify(
        self, place: CellPlace, label: str, role: ColumnRole, text: str, reason: str
    ) -> None:
        self.notices.append(Unread(place, f"{label} の{role.label}：{text}", reason))

    # The sheet

    def _list_columns(self) -> list[ColumnChoice]:
        """Return the columns of the table with most actions, if it is a list with all levels.

        A sheet with the same headings is taken for one more sheet of the same table.
        """
        actions = self._match.found.actions
        columns = self._columns.every(self._columns.main_place(actions)) if actions else []
        levels = {each.level for each in columns if each.role is ColumnRole.HEADING}
        is_list = any(each.role is ColumnRole.ACTION for each in columns)
        whole = levels >= set(range(len(self._match.outline.levels) - 1))
        return columns if is_list and whole else []

    def _as_in_the_table(self, rounds: RoundWriter) -> list[tuple[str, ...]]:
        """Return the rows under the headings of the table itself."""
        columns = self._list_columns()
        heading = tuple(each.words.replace("\n", "") for each in columns)
        return [
            heading,
            *(
                tuple(self._text_in(each, node, columns, rounds) for each in columns)
                for node in self._homeless
            ),
        ]

    def _text_in(
        self, column: ColumnChoice, node: int, columns: list[ColumnChoice], rounds: RoundWriter
    ) -> str:
        outline = self._match.outline
        action = outline.actions[outline.action_id_at(node)]
        above = [*list(outline.ancestors(node))[-2::-1], node]
        own = len(outline.levels) - 1
        if column.role is ColumnRole.NUMBER:
            at = node if column.level >= own else (above[:-1] + [0] * own)[column.level]
            return outline.number(at) if at else ""
        if column.role is ColumnRole.HEADING:
            if column.level >= len(above) - 1:
                return ""
            parted = any(
                each.role is ColumnRole.NUMBER and each.level == column.level for each in columns
            )
            heading = above[column.level]
            return outline.title(heading) if parted else outline.label(heading)
        if column.role in OF_A_ROUND:
            return rounds.text_in(
                column, self._columns.is_of(column, self._match.round), action.id
            )
        return self._values(action).get(column.role, "")

    def _sheet_row(self, node: int, rounds: RoundWriter) -> tuple[str, ...]:
        outline = self._match.outline
        action = outline.actions[outline.action_id_at(node)]
        above = [outline.label(each) for each in outline.ancestors(node)][-2::-1]
        depth = len(outline.levels) - 1
        headings = (*above[:depth], *("" for _ in range(depth - len(above))))
        marks, texts = self._marks_and_texts(rounds, action.id)
        outlook = outline.outlooks.get(action.id)
        direction = outline.directions.get((outlook and outlook.direction_id) or 0)
        return (
            *headings,
            outline.number(node),
            action.title,
            "、".join(outline.section_names(action.id, Role.LEAD)),
            "、".join(outline.section_names(action.id, Role.RELATED)),
            month_label(action.due),
            marks,
            texts,
            direction.label if direction is not None else "",
            outlook.text if outlook is not None else "",
            action.note,
        )

    def _marks_and_texts(self, rounds: RoundWriter, action_id: int) -> tuple[str, str]:
        """Return one mark and its text, or all lines as texts led by their marks."""
        lines = lines_of(self._match.outline, action_id)
        if len(lines) == 1:
            only = lines[0]
            word = None if only.status_id is None else self._match.status_word(only.status_id)
            return (word.mark or word.label if word is not None else "", only.text)
        return "", "\n".join(map(rounds.line_text, lines))


def _year(action: Action) -> str:
    return "" if action.start_fiscal_year is None else fiscal_year_label(action.start_fiscal_year)
