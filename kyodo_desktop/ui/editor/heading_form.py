"""Edits a heading or a term, and shows how many actions below it stand at each status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QWidget

from kyodo_desktop.domain import counting, nodes, terms
from kyodo_desktop.services import rounds, structure
from kyodo_desktop.ui.editor.editing import Editing, LiveText
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline


_COUNTED = frozenset({"progress", "placement", "heading", "status", "round"})


class HeadingForm(forms.FormPage):
    """The title and the number of one heading; a term has no number."""

    def __init__(self, editing: Editing) -> None:
        super().__init__("heading_form")
        self._title = LiveText(inputs.LineField(), editing, structure.rename)
        self._number = LiveText(inputs.LineField(), editing, structure.renumber)
        self._counts = StatusCounts()
        self._editing = editing
        self._opinion = LiveText(inputs.GrowingText(lines=3), editing, rounds.set_opinion)
        for name, label, text in (
            ("heading_title", "名称", self._title),
            ("heading_number", "番号", self._number),
        ):
            text.field.setObjectName(name)
            text.field.setAccessibleName(label)
        self.add("名称(&N)", self._title.field, self._title.error)
        self._number_row = self.add("番号(&B)", self._number.field, self._number.error)
        self._counts_row = self.add("進捗の集計", self._counts)
        self._opinion.field.setObjectName("opinion")
        self._opinion.field.setAccessibleName("委員会意見")
        self._opinion_row = self.add("委員会意見(&I)", self._opinion.field, self._opinion.error)

    def show_node(self, outline: Outline, node: int, changes: ChangeSet | None) -> None:
        """Show a heading or a term; it counts again unless the changes are known to be others."""
        of_heading = nodes.is_heading(node)
        for text in (self._title, self._number):
            text.field.setReadOnly(not self._editing.is_open)
        self.form.setRowVisible(self._number_row, of_heading)
        self._title.show_text(node, outline.title(node))
        if of_heading:
            typed = outline.headings[nodes.row_id(node)].number
            hint = "空欄なら自動" if typed else f"空欄なら自動（今は {outline.number(node)}）"
            self._number.field.setPlaceholderText(hint)
            self._number.show_text(node, typed)
        is_asked_for = not terms.is_over(outline, terms.term_of(outline, node))
        self._show_opinion(outline, node, is_asked_for=is_asked_for)
        self.form.setRowVisible(self._counts_row, is_asked_for)
        if changes is None or changes.whole or any(row.table in _COUNTED for row in changes.rows):
            self._counts.show_counts(outline, node)

    def _show_opinion(self, outline: Outline, node: int, *, is_asked_for: bool) -> None:
        """Show 委員会意見 where there may be one: at a term (総括) and at its headings."""
        is_highest = nodes.is_term(node) or outline.depth(node) == 0
        has_one = is_highest and outline.round is not None and is_asked_for
        self.form.setRowVisible(self._opinion_row, has_one)
        if has_one:
            opinion = outline.opinions.get(rounds.opinion_key(node))
            hint = "総括としての意見" if nodes.is_term(node) else ""
            self._opinion.field.setPlaceholderText(hint)
            self._opinion.show_text(node, opinion.text if opinion else "")
            self._opinion.field.setReadOnly(not self._editing.is_round_open)


_HEADINGS = ("状態", "掲載数（再掲を含む）", "実行計画数")
_NO_STATUS, _TOTAL = "未記入", "計"
Row = tuple[str, int, int]


class StatusCounts(QWidget):
    """Shows the counts below one node."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status_counts")
        self._shown: list[Row] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(len(_HEADINGS), 1)
        for column, heading in enumerate(_HEADINGS):
            self._write(0, column, heading).setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def show_counts(self, outline: Outline, node: int) -> None:
        """Count anew what stands below the node."""
        rows = list(counts_below(outline, node))
        for place in range(max(len(rows), len(self._shown))):
            row: tuple[object, ...] = rows[place] if place < len(rows) else ("", "", "")
            for column, value in enumerate(row):
                self._write(place + 1, column, str(value))
        self._shown = rows

    def _write(self, row: int, column: int, text: str) -> plain.Label:
        item = self._grid.itemAtPosition(row, column)
        label = item.widget() if item else None
        if not isinstance(label, plain.Label):
            label = plain.Label()
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if column:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label, row, column)
        label.setText(text)
        return label


def counts_below(outline: Outline, node: int) -> Iterator[Row]:
    """Yield a row for each status that appears in totals, for 未記入, and for all of these."""
    placements = counting.placements_under(outline, node)
    all_placed, all_actions = (
        counting.gross(outline, placements),
        counting.net(outline, placements),
    )
    rows = [
        (status.word, all_placed[status.id], all_actions[status.id])
        for status in outline.statuses.values()
        if status.counted
    ]
    if all_placed[None]:
        rows.append((_NO_STATUS, all_placed[None], all_actions[None]))
    yield from rows
    yield _TOTAL, sum(row[1] for row in rows), sum(row[2] for row in rows)
