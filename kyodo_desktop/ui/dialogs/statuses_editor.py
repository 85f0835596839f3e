"""The statuses of a plan: their marks, what they mean and in which colour they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QTableWidgetItem, QWidget

from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import StatusEntry
from kyodo_desktop.services.vocabularies import (
    DEFINITION_FIELD,
    LABEL_FIELD,
    MARK_FIELD,
    checked_statuses,
)
from kyodo_desktop.ui.dialogs.entries_editor import EntriesEditor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS = (MARK_FIELD, LABEL_FIELD, DEFINITION_FIELD)
_MARK, _LABEL, _DEFINITION, _KIND, _COUNTED, _COLOUR = range(6)
_HEADERS = ("記号", "名前", "凡例の説明", "意味", "集計する", "色")
_COLOURS = {
    StatusKind.NOT_STARTED: "#7a7f87",
    StatusKind.ONGOING: "#3b6fb6",
    StatusKind.NEAR: "#c98a00",
    StatusKind.DONE: "#2e7d4f",
    StatusKind.STOPPED: "#a4505f",
}
# Colours that can be read as text on white and as a tint behind it.
_OFFERED = {
    "#2e7d4f": "緑",
    "#c98a00": "黄",
    "#3b6fb6": "青",
    "#a4505f": "赤",
    "#7a7f87": "灰",
    "#7b5ea7": "紫",
    "#1f8a8a": "青緑",
    "#c0632b": "橙",
}
_SWATCH = 14
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class StatusesEditor(EntriesEditor):
    """A row for each status, in the order of the keys 1 2 3 … that set them."""

    def __init__(
        self,
        statuses: Sequence[StatusEntry],
        uses: Mapping[int, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("status", _HEADERS, _DEFINITION, uses, 1, parent)
        self._table.setObjectName("statuses")
        self._fill(statuses)

    @property
    def statuses(self) -> tuple[StatusEntry, ...]:
        """The rows; raises InvalidInputError where one has no mark or name, or a mark is twice."""
        return checked_statuses(self.entries)

    def _read_row(self, row: int) -> StatusEntry:
        mark, label, definition = (
            self._cell(row, column).text() for column in (_MARK, _LABEL, _DEFINITION)
        )
        kind = StatusKind(self._box(row, _KIND).currentData())
        counted = self._cell(row, _COUNTED).checkState() is _CHECKED
        row_id: int | None = self._cell(row, _MARK).data(Qt.ItemDataRole.UserRole)
        colour: str = self._box(row, _COLOUR).currentData()
        return StatusEntry(mark, label, definition, kind, colour, counted, row_id)

    def _write_row(self, row: int, entry: StatusEntry) -> None:
        for column, text in enumerate(entry[:3]):
            self._table.setItem(row, column, QTableWidgetItem(text))
        self._cell(row, _MARK).setData(Qt.ItemDataRole.UserRole, entry.id)
        kinds = _box(_HEADERS[_KIND], {each.value: each.label for each in reversed(StatusKind)})
        _choose(kinds, entry.kind.value)
        colours = _box(_HEADERS[_COLOUR], {entry.colour: "今の色"} | _OFFERED)
        for place in range(colours.count()):
            colours.setItemIcon(place, _swatch(colours.itemData(place)))
        _choose(colours, entry.colour)
        # A status that keeps to the colour of its meaning changes it with the meaning.
        kinds.currentIndexChanged.connect(lambda: self._recolour(kinds, colours))
        kinds.setProperty("kind", entry.kind.value)
        colours.currentIndexChanged.connect(self.changed)
        self._table.setCellWidget(row, _KIND, kinds)
        self._table.setCellWidget(row, _COLOUR, colours)
        counted = QTableWidgetItem()
        counted.setFlags(counted.flags() & ~Qt.ItemFlag.ItemIsEditable)
        counted.setCheckState(_CHECKED if entry.counted else _UNCHECKED)
        self._table.setItem(row, _COUNTED, counted)

    def _new_entry(self) -> StatusEntry:
        kind = StatusKind.NOT_STARTED
        return StatusEntry("", "", "", kind, _COLOURS[kind])

    def _recolour(self, kinds: QComboBox, colours: QComboBox) -> None:
        before, kind = StatusKind(kinds.property("kind")), StatusKind(kinds.currentData())
        kinds.setProperty("kind", kind.value)
        if colours.currentData() == _COLOURS[before]:
            _choose(colours, _COLOURS[kind])
        self.changed.emit()

    def _box(self, row: int, column: int) -> QComboBox:
        box = self._table.cellWidget(row, column)
        assert isinstance(box, QComboBox)
        return box


def _box(name: str, choices: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    for value, label in choices.items():
        box.addItem(label, value)
    box.setAccessibleName(name)
    return box


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(_SWATCH, _SWATCH)
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)
