"""The files that came, each with its section and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from kyodo_desktop.ui.icons import icon
from kyodo_desktop.ui.inquiries.file_words import name_of, state_of
from kyodo_desktop.ui.plain import tip

if TYPE_CHECKING:
    from kyodo_desktop.ui.inquiries.batch import Batch, ReceivedFile


class FileList(QListWidget):
    """Tells which file is looked at."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("answer_files")
        self.setAccessibleName("回答のファイル")
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._taken, self._warned, self._plain = icon("saved"), icon("warning"), icon("answers")
        self.currentRowChanged.connect(lambda _row: self.chosen.emit())

    def show_batch(self, batch: Batch, place: int | None = None) -> None:
        """Show the files as they stand now, and choose a place; else the same stays chosen."""
        if place is None:
            place = max(self.currentRow(), 0)
        plain = batch.plain()
        with QSignalBlocker(self):
            while self.count() > len(batch.files):
                self.takeItem(self.count() - 1)
            while self.count() < len(batch.files):
                self.addItem(QListWidgetItem())
            for row, file in enumerate(batch.files):
                self._show(self.item(row), batch, file, is_plain=file in plain)
            self.setCurrentRow(min(place, self.count() - 1))
        self.chosen.emit()

    def _show(
        self, item: QListWidgetItem, batch: Batch, file: ReceivedFile, *, is_plain: bool
    ) -> None:
        name, state = name_of(file), state_of(batch, file)
        item.setText(f"{name}\n{state}")
        item.setToolTip(tip(f"{name}\n{state}\n{file.path}"))
        sign = self._plain if is_plain else self._warned
        item.setIcon(self._taken if file.taken else sign)
