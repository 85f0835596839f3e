"""The table of differences: what was sent, what the plan says, what was answered, and a choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QWidget

from kyodo_desktop.ui.empty_note import EmptyNote
from kyodo_desktop.ui.inquiries.differences_delegate import DifferencesDelegate
from kyodo_desktop.ui.inquiries.differences_model import Column, DifferencesModel
from kyodo_desktop.ui.selection import SelectionTree
from kyodo_desktop.ui.widgets.forms import push_button

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies.review import Difference
    from kyodo_desktop.ui.inquiries.batch import ReceivedFile

_TEXTS = (Column.SENT, Column.NOW, Column.ANSWER)
_WIDEST = {
    Column.FIELD: "　　　　今後の方向性（内容）",
    Column.CHOICE: "　いま　　回答　　",
    Column.ROW: "9,999行目　",
}


class DifferencesView(SelectionTree):
    """Each action stands above its cells; a click or Enter asks for its place in the tree."""

    action_requested = Signal(int)  # its id
    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("differences")
        self.setAccessibleName("回答と計画の違い")
        self._model = DifferencesModel(self)
        self._model.decided.connect(self.decided)
        self.setModel(self._model)
        self._note = EmptyNote(self, "")
        delegate = DifferencesDelegate(self)
        self._model.modelReset.connect(delegate.forget)
        self.setItemDelegate(delegate)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Always there, so that the columns need not give way when the rows are too many.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, widest in _WIDEST.items():
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(widest))
        header.sectionResized.connect(self.scheduleDelayedItemsLayout)
        self.clicked.connect(self._follow)

    def show_file(self, outline: Outline, file: ReceivedFile | None, *, writable: bool) -> None:
        """Show the differences of a file, and buttons for its clashes."""
        self._model.show_file(outline, file, writable=writable)
        self._note.say(_why_empty(file))
        for place in range(len(self._model.groups)):
            self.setFirstColumnSpanned(place, QModelIndex(), True)
        self.expandAll()
        for index, difference in self._model.clashes():
            choice = ClashChoice(self._model.decision(difference))
            choice.setEnabled(writable)
            choice.decided.connect(partial(self._decide, difference))
            self.setIndexWidget(index, choice)

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._follow(index if not index.internalId() else index.parent())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        others = sum(self.columnWidth(each) for each in Column if each not in _TEXTS)
        share = (self.viewport().width() - others) // len(_TEXTS)
        for column in _TEXTS:
            self.header().resizeSection(column, share)

    def _follow(self, index: QModelIndex) -> None:
        if index.isValid() and not index.internalId():
            self.action_requested.emit(self._model.groups[index.row()].action_id)

    def _decide(self, difference: Difference, wanted: object) -> None:
        self._model.decide(difference, wanted=bool(wanted))


def _why_empty(file: ReceivedFile | None) -> str:
    """Return what it means that a file has no differences."""
    if file is None:
        return ""
    if file.taken:
        return "取り込み済みです。"
    return (
        "いまの計画と違うところはありません。" if file.is_open else "取り込める違いはありません。"
    )


class ClashChoice(QWidget):
    """Two buttons, of which none is pressed until somebody has decided."""

    decided = Signal(bool)

    def __init__(self, decision: bool | None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for text, name, wanted in (("いま", "keep_now", False), ("回答", "take_answer", True)):
            button = push_button(text, name)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setMinimumWidth(self.fontMetrics().horizontalAdvance("　いま　"))
            button.setChecked(decision is wanted)
            button.setAccessibleName(f"{text}の内容にする")
            button.clicked.connect(lambda _checked, wanted=wanted: self.decided.emit(wanted))
            row.addWidget(button)
        row.addStretch(1)
        self.setAutoFillBackground(True)
