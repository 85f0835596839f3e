"""履歴: what was done to an action or to the whole plan, and a way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services.history import take_back
from kyodo_desktop.ui.dialogs.forms import ErrorLine
from kyodo_desktop.ui.editor.history_delegate import HistoryDelegate
from kyodo_desktop.ui.editor.history_model import HistoryModel
from kyodo_desktop.ui.empty_note import EmptyNote

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace


_NO_HISTORY = (
    "まだ変更はありません。この実行計画を変更すると、"
    "だれが、いつ、何をどう変えたかが、ここに残ります。"
)
_NO_HISTORY_OF_PLAN = (
    "まだ変更はありません。計画を変更すると、だれが、いつ、何をどう変えたかが、ここに残ります。"
)


class HistoryView(QWidget):
    """A list of entries, the newest first, for the editor's tab and for a dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: HistoryModel | None = None
        self._list = _new_list()
        self._note = EmptyNote(self._list, "")
        self._take_back = QPushButton("この変更を元に戻す(&B)")
        self._take_back.setObjectName("take_back")
        self._take_back.setAutoDefault(False)
        self._take_back.clicked.connect(self._take_chosen_back)
        self._error = ErrorLine()
        copy = QAction("コピー(&C)", self._list)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy)
        self._list.addAction(copy)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._take_back)
        column = QVBoxLayout(self)
        column.addWidget(self._list, 1)
        column.addWidget(self._error)
        column.addLayout(buttons)

    def show_history(self, workspace: Workspace, action_id: int | None) -> None:
        """Show the history of one action, or of the whole plan."""
        outdated = (self._model, self._list.selectionModel())
        self._model = HistoryModel(workspace, action_id, self)
        self._list.setModel(self._model)
        self._note.setText(_NO_HISTORY_OF_PLAN if action_id is None else _NO_HISTORY)
        self._note.follow()
        self._list.selectionModel().selectionChanged.connect(self._look_at)
        self._look_at()
        for each in outdated:
            if each is not None:
                each.deleteLater()

    def refresh(self) -> None:
        """Add what was done since; for the one who shows the view to call after an edit."""
        if self._model is not None:
            self._model.refresh()
            self._look_at()

    def _chosen(self) -> int | None:
        """Return the row of the entry that is chosen."""
        rows = self._list.selectionModel().selectedRows() if self._model else []
        return rows[0].row() if rows else None

    def _look_at(self) -> None:
        row, model = self._chosen(), self._model
        self._error.show_error("")
        self._take_back.setEnabled(
            row is not None
            and model is not None
            and not model.is_taken_back(row)
            and not model.workspace.read_only_because
        )

    def _take_chosen_back(self) -> None:
        row = self._chosen()
        if self._model is None or row is None:
            return
        try:
            take_back(self._model.workspace, self._model.entry(row).id)
        except PlanError as error:
            self._error.show_error(error.message)
        else:
            self.refresh()

    def _copy(self) -> None:
        row = self._chosen()
        if self._model is not None and row is not None:
            QGuiApplication.clipboard().setText(self._model.text(row))


def _new_list() -> QListView:
    entries = QListView()
    entries.setObjectName("history")
    entries.setAccessibleName("履歴")
    entries.setFrameShape(QFrame.Shape.NoFrame)
    entries.setItemDelegate(HistoryDelegate(entries))
    entries.setResizeMode(QListView.ResizeMode.Adjust)
    entries.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    entries.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    entries.setAlternatingRowColors(True)
    return entries
