"""A small table: how many actions stand at each status, 延べ and 実質."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QWidget

from kyodo_desktop.domain.counting import gross, net, placements_under
from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline

_HEADINGS = ("状態", "延べ", "実質")
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

    def _write(self, row: int, column: int, text: str) -> Label:
        item = self._grid.itemAtPosition(row, column)
        label = item.widget() if item else None
        if not isinstance(label, Label):
            label = Label()
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if column:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label, row, column)
        label.setText(text)
        return label


def counts_below(outline: Outline, node: int) -> Iterator[Row]:
    """Yield a row for each status that appears in totals, for 未記入, and for all of these."""
    placements = placements_under(outline, node)
    all_placed, all_actions = gross(outline, placements), net(outline, placements)
    rows = [
        (status.word, all_placed[status.id], all_actions[status.id])
        for status in outline.statuses.values()
        if status.counted
    ]
    if all_placed[None]:
        rows.append((_NO_STATUS, all_placed[None], all_actions[None]))
    yield from rows
    yield _TOTAL, sum(row[1] for row in rows), sum(row[2] for row in rows)
