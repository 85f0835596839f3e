"""The result: headings, actions and lines, which open and close like a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from kyodo_desktop.ui.importing.found_model import SECTION, STATUS, TITLE, FoundModel
from kyodo_desktop.ui.importing.found_rows import FoundKind
from kyodo_desktop.ui.importing.opening_rows import OpeningTable, PlainCells
from kyodo_desktop.ui.widgets import badges, item_views, theme

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QResizeEvent

    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.ui.importing.found_rows import FoundRows
    from kyodo_desktop.ui.tree.model import AnyIndex

_ROW = 24
_CELL_MARGIN = 12
_WIDEST = {STATUS: "完了の目途", SECTION: "市民活動推進課"}
_MOST_STATUS = 9  # characters of the word of a status
_LEAST_TITLE = 9  # characters; where fewer fit in, the section gives way


class FoundView(OpeningTable):
    """Tells of which cell of the file the chosen row is, and where all of its values stand.

    The values of a row under the pointer are told too, until it leaves.
    """

    place_chosen = Signal(object)  # a Place
    origins_shown = Signal(object)  # of ValueOrigin

    def __init__(self, parent: QWidget | None = None) -> None:
        model = FoundModel()
        super().__init__(model, parent)
        model.setParent(self)
        self._model = model
        self.setObjectName("found")
        self.setAccessibleName("取り込んだ結果")
        self._rows: FoundRows | None = None
        self._pointed_at = -1
        statuses = item_views.SelectionDelegate(self)
        self.setModel(self._model)
        item_views.EmptyNote(self, "表から読み取った見出しと実行計画が、ここに並びます。")
        self.setItemDelegate(PlainCells(self))
        self.setMouseTracking(True)
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
        self._tell_origins(index)

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
            self._tell_origins(current)
            self.place_chosen.emit(self._rows.rows[number].item.place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.row() != self._pointed_at:
            self._pointed_at = index.row()
            self._tell_origins(index if index.isValid() else self.currentIndex())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed_at = -1
        self._tell_origins(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_widths()

    def _tell_origins(self, index: AnyIndex) -> None:
        number = self._model.number_at(index)
        if number is None or self._rows is None:
            self.origins_shown.emit(())
        else:
            self.origins_shown.emit(self._rows.rows[number].origins)

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
