"""The legend of a new plan: which marks there are and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.inputs import checked_text, checked_title
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import StatusEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK_FIELD, LABEL_FIELD, DEFINITION_FIELD = "状態の記号", "状態の名前", "凡例の説明"
FIELDS = (MARK_FIELD, LABEL_FIELD, DEFINITION_FIELD)
_MARK, _LABEL, _DEFINITION, _KIND, _COUNTED = range(5)
_HEADERS = ("記号", "名前", "凡例の説明", "意味", "集計する")
_COLOURS = {
    StatusKind.NOT_STARTED: "#7a7f87",
    StatusKind.ONGOING: "#3b6fb6",
    StatusKind.NEAR: "#c98a00",
    StatusKind.DONE: "#2e7d4f",
    StatusKind.STOPPED: "#a4505f",
}
_MARK_LIMIT, _LABEL_LIMIT = 10, 50
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class StatusesEditor(QWidget):
    """A table with a row for each status, in the order of the keys 1 2 3 … that set them."""

    def __init__(self, statuses: Sequence[StatusEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = _new_table()
        self._remove = _button("削除(&D)", "remove_status", self._delete)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._table, 0, 0, 5, 1)
        for row, button in enumerate(
            (
                _button("追加(&A)", "add_status", self._add),
                self._remove,
                _button("上へ(&U)", "status_up", lambda: self._shift(-1)),
                _button("下へ(&W)", "status_down", lambda: self._shift(+1)),
            )
        ):
            grid.addWidget(button, row, 1)
        grid.setRowStretch(4, 1)
        self._fill(statuses)
        self.setFocusProxy(self._table)

    @property
    def statuses(self) -> tuple[StatusEntry, ...]:
        """The rows; raises InvalidInputError where one has no mark or name, or a mark is twice."""
        found = tuple(map(_checked, self._read()))
        marks = [status.mark for status in found]
        for mark in marks:
            if marks.count(mark) > 1:
                raise InvalidInputError(
                    MARK_FIELD, f"の「{mark}」が2つあります。別の記号にしてください。"
                )
        return found

    def _read(self) -> list[StatusEntry]:
        return [self._row(row) for row in range(self._table.rowCount())]

    def _row(self, row: int) -> StatusEntry:
        mark, label, definition = (
            self._cell(row, column).text() for column in (_MARK, _LABEL, _DEFINITION)
        )
        given: StatusEntry = self._cell(row, _MARK).data(Qt.ItemDataRole.UserRole)
        box = self._table.cellWidget(row, _KIND)
        assert isinstance(box, QComboBox)
        kind = StatusKind(box.currentData())
        colour = given.colour if kind is given.kind else _COLOURS[kind]
        counted = self._cell(row, _COUNTED).checkState() is _CHECKED
        return StatusEntry(mark, label, definition, kind, colour, counted)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self._table.item(row, column)
        assert cell is not None
        return cell

    def _fill(self, statuses: Sequence[StatusEntry], current: int = 0) -> None:
        self._table.setRowCount(len(statuses))
        for row, status in enumerate(statuses):
            for column, text in enumerate(status[:3]):
                self._table.setItem(row, column, QTableWidgetItem(text))
            self._cell(row, _MARK).setData(Qt.ItemDataRole.UserRole, status)
            self._table.setCellWidget(row, _KIND, _kind_box(status.kind))
            counted = QTableWidgetItem()
            counted.setFlags(counted.flags() & ~Qt.ItemFlag.ItemIsEditable)
            counted.setCheckState(_CHECKED if status.counted else _UNCHECKED)
            self._table.setItem(row, _COUNTED, counted)
        self._table.setCurrentCell(current, _MARK)
        self._remove.setEnabled(len(statuses) > 1)

    def _add(self) -> None:
        kind = StatusKind.NOT_STARTED
        new = StatusEntry("", "", "", kind, _COLOURS[kind])
        statuses = [*self._read(), new]
        self._fill(statuses, len(statuses) - 1)
        self._table.setFocus()
        self._table.editItem(self._table.currentItem())

    def _delete(self) -> None:
        statuses, row = self._read(), self._table.currentRow()
        del statuses[row]
        self._fill(statuses, min(row, len(statuses) - 1))

    def _shift(self, steps: int) -> None:
        statuses, row = self._read(), self._table.currentRow()
        if 0 <= row + steps < len(statuses):
            statuses.insert(row + steps, statuses.pop(row))
            self._fill(statuses, row + steps)


def _new_table() -> QTableWidget:
    table = QTableWidget(0, len(_HEADERS))
    table.setObjectName("statuses")
    table.setHorizontalHeaderLabels(_HEADERS)
    table.verticalHeader().hide()
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(_DEFINITION, QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table


def _kind_box(kind: StatusKind) -> QComboBox:
    box = QComboBox()
    for each in reversed(StatusKind):
        box.addItem(each.label, each.value)
    box.setCurrentIndex(box.findData(kind.value))
    box.setAccessibleName(_HEADERS[_KIND])
    return box


def _button(text: str, name: str, clicked: object) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(clicked)
    return button


def _checked(status: StatusEntry) -> StatusEntry:
    return status._replace(
        mark=checked_title(status.mark, MARK_FIELD, _MARK_LIMIT),
        label=checked_title(status.label, LABEL_FIELD, _LABEL_LIMIT),
        definition=checked_text(status.definition, DEFINITION_FIELD),
    )
