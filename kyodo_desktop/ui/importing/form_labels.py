"""The labels of forms: what is printed, where its values stand, and what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStyleOptionViewItem, QWidget

from kyodo_desktop.domain.importing.grid import CellPlace, Grid
from kyodo_desktop.domain.importing.mapping import LabelChoice, ValueSide
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.role_header import MeaningMenu
from kyodo_desktop.ui.importing.row_table import RowTable
from kyodo_desktop.ui.widgets import item_views
from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from kyodo_desktop.domain.importing.mapping import Mapping

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_HEADERS = ("欄", "まとまり", "値の場所", "意味")
_LABEL, _GROUP, _SIDE, _MEANING = range(4)
_SIGNS = 20  # characters of spaces and signs that a label may be printed with
_WIDTHS = {_LABEL: 12, _GROUP: 8, _SIDE: 6}  # characters
_SIDES = {
    ValueSide.RIGHT: "右のセル",
    ValueSide.BELOW: "下のセル",
    ValueSide.INSIDE: "欄名の後ろ",
    ValueSide.ALONE: "欄名なし",
}


class LabelsModel(QAbstractTableModel):
    """Read-only, a row for each label that has values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.labels: list[LabelChoice] = []
        self._mapping: Mapping | None = None

    def show_mapping(self, mapping: Mapping) -> None:
        """Show the labels as they are chosen now; only other labels are another list."""
        form = mapping.form
        labels = [each for each in form.labels if each.side in _SIDES] if form is not None else []
        is_same = [each.key for each in labels] == [each.key for each in self.labels]
        if not is_same:
            self.beginResetModel()
        self.labels, self._mapping = labels, mapping
        if not is_same:
            self.endResetModel()
        elif labels:
            last = self.index(len(labels) - 1, len(_HEADERS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Qt's interface

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.labels)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._text(self.labels[index.row()], index.column())
        return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _text(self, label: LabelChoice, column: int) -> str:
        assert self._mapping is not None
        match column:
            case 0:
                return label.printed or label.words
            case 1:
                return "・".join(filter(None, (label.group, label.row_words)))
            case 2:
                return _SIDES[label.side]
        return choosing.label(self._mapping, choosing.meaning_of_label(label))


class FormLabels(RowTable):
    """Tells which label is looked at, and what the user says of its values."""

    mapping_changed = Signal(object)
    label_chosen = Signal(object)  # a LabelChoice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("form_labels", "様式の欄", parent)
        self._model = LabelsModel(self)
        self._mapping: Mapping | None = None
        self.setModel(self._model)
        self.setItemDelegateForColumn(_MEANING, _Boxes(self))
        character = self.fontMetrics().height()
        for column, wide in _WIDTHS.items():
            self.setColumnWidth(column, wide * character)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show the labels as they are chosen now."""
        self._mapping = mapping
        self._model.show_mapping(mapping)

    def offer_meanings(self, row: int) -> None:
        """Open the menu of what the values of a label may be."""
        mapping = self._mapping
        if mapping is None or not 0 <= row < len(self._model.labels):
            return
        label = self._model.labels[row]
        title = f"「{label.printed or label.words}」の意味"
        menu = MeaningMenu(mapping, title, choosing.meaning_of_label(label), self)
        menu.chosen.connect(
            lambda meaning: self.mapping_changed.emit(choosing.with_label(mapping, label, meaning))
        )
        place = self.visualRect(self._model.index(row, _MEANING)).bottomLeft()
        menu.pop_up(self.viewport().mapToGlobal(place))

    # Qt's interface

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.label_chosen.emit(self._model.labels[current.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() == Qt.Key.Key_Down and (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            == Qt.KeyboardModifier.AltModifier
        )
        if opens or event.key() in (Qt.Key.Key_F4, Qt.Key.Key_Space):
            self.offer_meanings(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() == _MEANING:
            self.offer_meanings(index.row())


def label_place(grid: Grid, label: LabelChoice) -> CellPlace | None:
    """Return the first cell of a sheet that has a label printed in it."""
    words = squeezed(label.printed or label.words)
    for row, cells in enumerate(grid.rows, start=1):
        for column, text in enumerate(cells, start=1):
            if text and squeezed(text[: len(words) + _SIGNS]).startswith(words):
                return CellPlace(grid.sheet, row, column)
    return None


class _Boxes(item_views.SelectionDelegate):
    """Draws what can be chosen as a box, as above the columns of a list."""

    # Qt's interface

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        item_views.show_selection(ground)
        style = option.widget.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, ground, painter, option.widget
        )
        box = QStyleOptionComboBox()
        box.initFrom(option.widget)
        box.rect = option.rect.adjusted(1, 1, -1, -1)
        box.editable = False
        box.currentText = option.fontMetrics.elidedText(
            str(index.data()),
            Qt.TextElideMode.ElideRight,
            style.subControlRect(
                QStyle.ComplexControl.CC_ComboBox,
                box,
                QStyle.SubControl.SC_ComboBoxEditField,
                option.widget,
            ).width(),
        )
        box.state &= ~QStyle.StateFlag.State_HasFocus & ~QStyle.StateFlag.State_MouseOver
        style.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box, painter, option.widget)
        style.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, box, painter, option.widget)
