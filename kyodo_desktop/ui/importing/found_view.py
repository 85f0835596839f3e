"""The result: headings, actions and lines, which open and close like a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kyodo_desktop.ui.importing.found_model import SECTION, STATUS, TITLE, FoundModel
from kyodo_desktop.ui.importing.found_rows import FoundKind
from kyodo_desktop.ui.widgets import badges, item_views, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent

    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.ui.importing.found_rows import FoundRows
    from kyodo_desktop.ui.tree.model import AnyIndex

_INDENTATION = 14
_ARROW = 14
_ROW = 24
_CELL_MARGIN = 12
_WIDEST = {STATUS: "完了の目途", SECTION: "市民活動推進課"}
_MOST_STATUS = 9  # characters of the word of a status
_LEAST_TITLE = 9  # characters; where fewer fit in, the section gives way


class FoundView(QTableView):
    """Tells of which cell of the file the chosen row is."""

    place_chosen = Signal(object)  # a Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("found")
        self.setAccessibleName("取り込んだ結果")
        self._model = FoundModel(self)
        self._rows: FoundRows | None = None
        self._titles = _Titles(self)
        statuses = item_views.SelectionDelegate(self)
        self.setModel(self._model)
        item_views.EmptyNote(self, "表から読み取った見出しと実行計画が、ここに並びます。")
        self.setItemDelegate(_Rows(self))
        self.setItemDelegateForColumn(TITLE, self._titles)
        self.setItemDelegateForColumn(STATUS, statuses)
        self.setIconSize(QSize(theme.px(badges.SIDE), theme.px(badges.SIDE)))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(_ROW))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(1)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: FoundRows | None) -> None:
        """Show what was found, or nothing; the view stays where it is as far as it can."""
        top, current = self.verticalScrollBar().value(), self.currentIndex().row()
        blocked = self.blockSignals(True)
        self._rows = rows
        self._model.show_rows(rows)
        self._set_widths()
        if 0 <= current < self._model.rowCount():
            self.setCurrentIndex(self._model.index(current, TITLE))
        self.verticalScrollBar().setValue(top)
        self.blockSignals(blocked)

    def go_to(self, place: CellPlace) -> None:
        """Show the row that was read from a cell as the current one, without telling anybody."""
        number = None if self._rows is None else self._rows.row_at(*place)
        if number is None:
            return
        blocked = self.blockSignals(True)
        index = self._model.index(self._model.row_of(number), TITLE)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self.blockSignals(blocked)

    def open_all(self) -> None:
        """Show every row."""
        self._keep_current(lambda: self._model.close_all(()))

    def close_actions(self) -> None:
        """Show the headings and actions alone."""
        self._keep_current(lambda: self._model.close_all((FoundKind.ACTION,)))

    # Qt's interface

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        number = self._model.number_at(current)
        if number is not None and self._rows is not None:
            self.place_chosen.emit(self._rows.rows[number].item.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}.get(Qt.Key(event.key()))
        index = self.currentIndex()
        if wanted is None or not index.isValid() or event.modifiers():
            super().keyPressEvent(event)
        else:
            self._open(index, wanted=wanted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        super().mousePressEvent(event)
        if index.isValid() and index.column() == TITLE:
            start = self.visualRect(index).left() + _INDENTATION * self._model.depth_at(index)
            if 0 <= place.x() - start <= _ARROW:
                self._open(index, wanted=not self._model.is_open(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._open(index, wanted=not self._model.is_open(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_widths()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # through Python, which then need not be waited for once a cell

    def _open(self, index: QModelIndex, *, wanted: bool) -> None:
        if self._model.is_open(index) is not None:
            self._keep_current(lambda: self._model.set_open(index, wanted))

    def _keep_current(self, change: Callable[[], None]) -> None:
        number, top = self._model.number_at(self.currentIndex()), self.verticalScrollBar().value()
        blocked = self.blockSignals(True)
        change()
        if number is not None:
            self.setCurrentIndex(self._model.index(self._model.row_of(number), TITLE))
        self.verticalScrollBar().setValue(top)
        self.blockSignals(blocked)

    def _set_widths(self) -> None:
        metrics, room = self.fontMetrics(), self.viewport().width()
        words = [each.label for each in self._rows.found.statuses] if self._rows else []
        widest = max(map(metrics.horizontalAdvance, words or [_WIDEST[STATUS]]))
        status = (
            min(widest, _MOST_STATUS * metrics.height()) + theme.px(badges.SIDE) + _CELL_MARGIN
        )
        section = metrics.horizontalAdvance(_WIDEST[SECTION]) + _CELL_MARGIN
        least = _LEAST_TITLE * metrics.height()
        status = min(status, room // 3)
        section = min(section, max(room - status - least, 0))
        self.setColumnWidth(TITLE, max(room - status - section, least))
        self.setColumnWidth(STATUS, status)
        self.setColumnWidth(SECTION, section)


class _Rows(item_views.SelectionDelegate):
    """Asks for the text alone: Qt's own asks the model for seven things a cell."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        assert isinstance(index, QModelIndex)
        option.index = index
        option.features = QStyleOptionViewItem.ViewItemFeature.HasDisplay
        option.text = index.data()
        item_views.show_selection(option)


class _Titles(_Rows):
    """Draws the arrow and the title behind the indentation."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        font = index.data(Qt.ItemDataRole.FontRole)
        if font is not None:
            option.font = font

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model, style = index.model(), option.widget.style()
        assert isinstance(model, FoundModel)
        cell = QStyleOptionViewItem(option)
        item_views.show_selection(cell)
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, cell, painter, cell.widget
        )
        cell.rect.setLeft(cell.rect.left() + _INDENTATION * model.depth_at(index))
        is_open = model.is_open(index)
        if is_open is not None:
            arrow = QStyleOptionViewItem(cell)
            arrow.rect.setWidth(_ARROW)
            arrow.state |= QStyle.StateFlag.State_Children
            if is_open:
                arrow.state |= QStyle.StateFlag.State_Open
            style.drawPrimitive(
                QStyle.PrimitiveElement.PE_IndicatorBranch, arrow, painter, cell.widget
            )
        cell.rect.setLeft(cell.rect.left() + _ARROW)
        super().paint(painter, cell, index)
