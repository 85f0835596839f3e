"""前回との比較: two rounds, how the statuses moved, and each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import errors, nodes
from kyodo_desktop.domain.comparing.comparison import Comparison, ItemChange, compare
from kyodo_desktop.domain.comparing.fields import status_id
from kyodo_desktop.services.history_rewind import as_of_round
from kyodo_desktop.ui import jobs, messages
from kyodo_desktop.ui.comparing.changes import ChangesView
from kyodo_desktop.ui.widgets import inputs, plain

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


class ComparisonDialog(QDialog):
    """Compares beside the window; a change that is clicked is shown in the tree."""

    node_requested = Signal(object)
    compared = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("前回との比較")
        self._workspace = workspace
        self._comparison: Comparison | None = None
        self._job: jobs.Job | None = None
        self._earlier, self._later = _choice("earlier"), _choice("later")
        self._summary = plain.Label()
        self._summary.setObjectName("summary")
        self._summary.setWordWrap(True)
        self._matrix = TransitionMatrix()
        self._changes = ChangesView()
        self._all = QPushButton("すべての変更(&A)", autoDefault=False)
        self._all.setObjectName("all_changes")
        self._lay_out()
        self._offer()
        for choice in (self._earlier, self._later):
            choice.picked.connect(self._compare)
        self._matrix.picked.connect(self._limit)
        self._all.clicked.connect(self._matrix.clearSelection)
        self._changes.node_requested.connect(self._go_to)
        self._compare()

    def _offer(self) -> None:
        outline = self._workspace.outline
        rounds = list(reversed(outline.rounds.values()))
        for choice in (self._earlier, self._later):
            choice.offer([(each.id, each.label) for each in rounds])
        ids = [each.id for each in rounds]
        shown = outline.round.id if outline.round else ids[0]
        place = min(ids.index(shown) + 1, len(ids) - 1)
        self._earlier.show_value(ids[place])
        self._later.show_value(shown)

    def _compare(self) -> None:
        if self._job is not None:
            self._job.abandon()
        self._summary.setText("比較しています…")
        try:
            with messages.busy(self, "2つの調査を読んでいます…"):
                before, after = (
                    as_of_round(self._workspace, cast("int", choice.value()))
                    for choice in (self._earlier, self._later)
                )
        except errors.PlanError as error:
            self._summary.setText(error.message)
            return
        self._job = jobs.Job(lambda _control: compare(before, after), self)
        self._job.succeeded.connect(self._show)
        self._job.start()

    def _show(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._matrix.show_transitions(comparison)
        self._limit(None)
        moved = sum(n for (old, new), n in comparison.transitions.items() if old != new)
        self._summary.setText(
            f"変更のあった項目は{len(comparison.changes):,}件、"
            f"うち状態が変わった実行計画は{moved:,}件です。"
            "表の欄を選ぶと、その実行計画の変更だけを表示します。"
        )
        self.compared.emit()

    def _limit(self, transition: tuple[int | None, int | None] | None) -> None:
        """Show the changes of the actions that made this transition, or all changes."""
        comparison = self._comparison
        if comparison is None:
            return
        self._all.setEnabled(transition is not None)
        self._changes.show_changes(
            comparison,
            [
                each
                for each in comparison.changes
                if transition is None or _transition(comparison, each) == tuple(transition)
            ],
        )

    def _go_to(self, node: int) -> None:
        self.node_requested.emit(node)
        self.accept()

    def _lay_out(self) -> None:
        rounds = QHBoxLayout()
        for text, choice in (("前の調査(&B)", self._earlier), ("後の調査(&L)", self._later)):
            caption = plain.Label(text)
            caption.setBuddy(choice)
            rounds.addWidget(caption)
            rounds.addWidget(choice)
            rounds.addSpacing(16)
        rounds.addStretch(1)
        copy = QPushButton("コピー(&C)", autoDefault=False)
        copy.setObjectName("copy")
        copy.clicked.connect(self._changes.copy_all)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._all, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(rounds)
        column.addWidget(self._summary)
        column.addWidget(self._matrix)
        column.addWidget(self._changes, 1)
        column.addWidget(buttons)
        self.resize(900, 620)


def _choice(name: str) -> inputs.ChoiceBox:
    choice = inputs.ChoiceBox()
    choice.setObjectName(name)
    return choice


def _transition(
    comparison: Comparison, change: ItemChange
) -> tuple[int | None, int | None] | None:
    """Return from which status to which an action went that stands in both."""
    if change.before is None or change.after is None or not nodes.is_placement(change.before):
        return None
    return _status(comparison.before, change.before), _status(comparison.after, change.after)


def _status(outline: Outline, node: int) -> int | None:
    return status_id(outline, outline.action_id_at(node))


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
