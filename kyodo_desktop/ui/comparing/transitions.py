"""The matrix of statuses: from what to what, and how many actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

if TYPE_CHECKING:
    from kyodo_desktop.domain.comparing.comparison import Comparison
    from kyodo_desktop.domain.outline import Outline

_KEY = Qt.ItemDataRole.UserRole
_ROWS_IN_SIGHT = 6


class TransitionMatrix(QTableWidget):
    """A row for each status before, a column for each after; a cell picks its actions."""

    picked = Signal(object)  # the statuses before and after

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("transitions")
        self.setAccessibleName("状態の推移（行が前、列が後）")
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.itemSelectionChanged.connect(self._pick)

    def show_transitions(self, comparison: Comparison) -> None:
        """Show how many actions went from which status to which."""
        self.blockSignals(True)
        counts = comparison.transitions
        rows = _used(comparison.before, {old for old, _ in counts})
        columns = _used(comparison.after, {new for _, new in counts})
        self.setRowCount(len(rows))
        self.setColumnCount(len(columns))
        self.setVerticalHeaderLabels([f"前 {_name(comparison.before, each)}" for each in rows])
        self.setHorizontalHeaderLabels([f"後 {_name(comparison.after, each)}" for each in columns])
        for row, old in enumerate(rows):
            for column, new in enumerate(columns):
                self.setItem(row, column, _cell((old, new), counts[old, new]))
        self.clearSelection()
        self.blockSignals(False)
        heights = sum(self.rowHeight(row) for row in range(min(len(rows), _ROWS_IN_SIGHT)))
        frame = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(heights + frame + self.horizontalScrollBar().sizeHint().height())

    def _pick(self) -> None:
        chosen = self.selectedItems()
        self.picked.emit(chosen[0].data(_KEY) if chosen else None)


def _used(outline: Outline, found: set[int | None]) -> list[int | None]:
    return [each for each in (*outline.statuses, None) if each in found]


def _name(outline: Outline, status_id: int | None) -> str:
    if status_id is None:
        return "未記入"
    status = outline.statuses[status_id]
    return status.word


def _cell(key: tuple[int | None, int | None], count: int) -> QTableWidgetItem:
    item = QTableWidgetItem(f"{count:,}件" if count else "")
    item.setData(_KEY, key)
    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
    if count and key[0] != key[1]:
        font = item.font()
        font.setBold(True)
        font.setUnderline(True)
        item.setFont(font)
    return item
