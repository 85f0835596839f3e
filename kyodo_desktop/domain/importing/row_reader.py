"""Reads the data rows of one sheet into actions, lines and outlooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.grid import Place
from kyodo_desktop.domain.importing.months import read_months
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.outlooks import take_outlook
from kyodo_desktop.domain.importing.plain import is_nothing, is_same, one_line
from kyodo_desktop.domain.importing.relisting import is_ticked, is_word, without_word
from kyodo_desktop.domain.importing.sections import sections_in
from kyodo_desktop.domain.importing.tick_columns import is_tick

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.gathering import ActionDraft, Gathering
    from kyodo_desktop.domain.importing.layout import Layout, RoundColumns
    from kyodo_desktop.domain.importing.paths import OpenPath
    from kyodo_desktop.domain.importing.sheet_view import SheetView
    from kyodo_desktop.domain.importing.statuses import Statuses

_TITLE_LIMIT = 500


class RowReader:
    """Reads rows in their order.

    `near` is a fiscal year of the plan; `inline_numbers` tells that titles begin with them.
    """

    def __init__(
        self,
        view: SheetView,
        layout: Layout,
        path: OpenPath,
        gathering: Gathering,
        statuses: Statuses,
        directions: dict[str, None],
    ) -> None:
        self._view, self._layout, self._path = view, layout, path
        self._gathering, self._statuses = gathering, statuses
        self._directions = directions
        self.inline_numbers, self.near = False, 0
        self._above: dict[int, str] = {}
        self._draft: ActionDraft | None = None

    def close(self) -> None:
        """Let the next row begin a new action: a heading stands between."""
        self._draft = None

    def read(self, row: int, cells: dict[int, str]) -> None:
        """Read one row."""
        for column, text in cells.items():
            if is_same(text):
                cells[column] = self._above.get(column, "")
        self._above.update(cells)
        if self._path.take(cells, self._layout):
            self._draft = None
            self._gathering.heading(self._path.path, self._place(row, min(cells)))
        draft = self._begun(row, cells)
        if draft is None:
            draft = self._draft
        else:
            self._draft = draft
            self._share(row, cells)
        if draft is None:
            self._leave(row, cells)
            return
        self._details(draft, row, cells)
        self._progress(draft, row, cells)

    def _place(self, row: int, column: int) -> Place:
        return Place(self._view.sheet, row, column)

    def _begun(self, row: int, cells: dict[int, str]) -> ActionDraft | None:
        """Return the action that begins in this row, if one does."""
        layout = self._layout
        text = cells.get(layout.action or 0, "")
        if not text or is_nothing(text):
            return None
        title, again = without_word(one_line(text))
        number = cells.get(layout.number or 0, "")
        if is_word(number):
            number, again = "", True
        if self.inline_numbers and self._layout.number is None and not number:
            parts = numbered(title)
            if parts.title:
                number, title = f"{parts.word}{parts.number}", parts.title
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

    def _share(self, row: int, cells: dict[int, str]) -> None:
        """Take what stands in a cell merged over several actions for each of them."""
        for column, rows in self._view.upright.items():
            top = rows.get(row, row)
            if top < row and column not in cells:
                text = self._view.text(top, column)
                if text:
                    cells[column] = text

    def _leave(self, row: int, cells: dict[int, str]) -> None:
        """List a row that says something of no action."""
        headings = {column for _, column in self._layout.headings}
        headings |= set(self._layout.numbers.values())
        for column, text in cells.items():
            if column not in headings:
                reason = "どの実行計画のことか分からないため取り込んでいません。"
                self._gathering.leave(self._place(row, column), text, reason)
                return

    def _details(self, draft: ActionDraft, row: int, cells: dict[int, str]) -> None:
        layout = self._layout
        for columns, names in ((layout.sections, draft.sections), (layout.related, draft.related)):
            for column in columns:
                if column in cells:
                    names.update(dict.fromkeys(sections_in(cells[column])))
        for pairs, texts in (
            (layout.descriptions, draft.description),
            (layout.notes, draft.note),
        ):
            for column, prefix in pairs:
                text = cells.get(column, "")
                if text and not is_nothing(text) and not is_word(text):
                    line = f"{prefix}{text}"
                    if line not in texts:
                        texts.append(line)
        for column in filter(None, (layout.start, layout.due)):
            text = cells.get(column, "")
            if text and not is_nothing(text):
                self._months(draft, row, column, text)

    def _months(self, draft: ActionDraft, row: int, column: int, text: str) -> None:
        start, due = read_months(text, self.near)
        is_due = column == self._layout.due
        if is_due:
            draft.due = draft.due or due
        if start is not None and (not is_due or self._layout.start is None):
            draft.start = draft.start or start
        if (due if is_due else start) is None:
            label = "完了予定" if is_due else "開始年度"
            draft.note.append(f"【{label}】{text}")
            reason = f"{label}の年月として読み取れないため、備考に入れました。"
            self._gathering.leave(self._place(row, column), text, reason)

    def _progress(self, draft: ActionDraft, row: int, cells: dict[int, str]) -> None:
        names: list[str] = []
        for column in self._layout.sections:
            names += sections_in(cells.get(column, ""))
        sections = tuple(dict.fromkeys(names))
        for each in self._layout.rounds:
            marks, text, column = self._said(each, cells)
            place = self._place(row, column)
            if len(marks) > 1 and len(marks) == len(sections):
                texts = _shared_out(text, len(marks))
                for section, mark, part in zip(sections, marks, texts, strict=True):
                    draft.told.append((each.round, (section,), mark, part, place))
            elif marks:
                draft.told += [
                    (each.round, sections, mark, "" if at else text, place)
                    for at, mark in enumerate(marks)
                ]
            else:
                draft.told += [
                    (each.round, sections, line.status, line.text, place)
                    for line in self._statuses.lines_of(text)
                ]
            take_outlook(draft, each, cells, place._replace(column=0), self._directions)

    def _said(self, columns: RoundColumns, cells: dict[int, str]) -> tuple[list[str], str, int]:
        """Return the grades, the text and the column in which they stand."""
        texts: list[str] = []
        first = 0
        for column, prefix in columns.texts:
            text = cells.get(column, "")
            if text and not is_nothing(text) and not is_word(text):
                texts.append(f"{prefix}{text}")
                first = first or column
        marks: list[str] = []
        ticked = len(columns.statuses) > 1
        for column, words in columns.statuses:
            text = cells.get(column, "")
            if not text or is_word(text):
                continue
            found = self._statuses.of_cell(words if ticked and is_tick(text) else text)
            if found is None:
                texts.insert(0, text)
            else:
                marks += found
            first = first or column
        return marks, "\n".join(texts), first


def _shared_out(text: str, parts: int) -> list[str]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines if len(lines) == parts else [text] + [""] * (parts - 1)
