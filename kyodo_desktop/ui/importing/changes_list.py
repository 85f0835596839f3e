"""What the table would change in the plan that is open, each with a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from kyodo_desktop.ui.importing.changes_model import ChangesModel
from kyodo_desktop.ui.importing.row_table import RowTable
from kyodo_desktop.ui.widgets.forms import push_button
from kyodo_desktop.ui.widgets.item_views import EmptyNote
from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan_update.update import Update

_FIRST_WIDTH = 10  # characters; the other columns share what is left, so that both values are seen


class ChangesList(QWidget):
    """Tells of which cell a change is, and how many of them are chosen."""

    place_chosen = Signal(object)  # a Place
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ChangesModel(self)
        self._summary = Label()
        self._summary.setObjectName("update_summary")
        self._summary.setWordWrap(True)
        self._table = RowTable("changes_table", "計画の変更点")
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setModel(self._model)
        EmptyNote(self._table, "計画と違うところが、ここに並びます。現在は1つもありません。")
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, _FIRST_WIDTH * self.fontMetrics().height())
        self._model.ticked.connect(self.ticked)
        self._table.selectionModel().currentChanged.connect(self._tell_place)
        buttons = QHBoxLayout()
        for text, name, wanted in (
            ("すべて選択(&A)", "tick_all", True),
            ("すべて解除(&X)", "tick_none", False),
        ):
            button = push_button(text, name)
            button.clicked.connect(
                lambda _checked, wanted=wanted: self._model.tick_all(wanted=wanted)
            )
            buttons.addWidget(button)
        buttons.addStretch()
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(4, 4, 4, 4)
        column_of_all.addWidget(self._summary)
        column_of_all.addWidget(self._table, 1)
        column_of_all.addLayout(buttons)

    @property
    def update_shown(self) -> Update | None:
        """The changes that are shown."""
        return self._model.update

    @property
    def chosen(self) -> frozenset[int]:
        """The changes that are ticked, by their place in the update."""
        return frozenset(self._model.chosen)

    def show_update(self, update: Update | None) -> None:
        """Show other changes, all of them ticked."""
        self._model.show_update(update)
        self._summary.setText("" if update is None else "\n".join(update.summary()))

    def _tell_place(self, current: QModelIndex) -> None:
        if self._model.update is not None and current.isValid():
            place = self._model.update.differences[current.row()].place
            if place is not None:
                self.place_chosen.emit(place)
