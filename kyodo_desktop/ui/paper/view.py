"""The table of 紙面 on the screen: rows as high as their texts, headings painted as merged.

Heights are measured for what is in sight and kept; the rest counts as one line until somebody
scrolls there, so that the first page does not wait for ten thousand rows.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QTableView,
    QWidget,
)

from kyodo_desktop.services.moving import Way
from kyodo_desktop.ui.paper import edges, painting
from kyodo_desktop.ui.paper.cells import COLUMNS, PaperColumn, PaperTexts
from kyodo_desktop.ui.paper.model import PaperModel
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.item_views import EmptyNote, Index

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QRegion

    from kyodo_desktop.domain.paper import PaperRow, PaperTable, Run

_SHEET, _DESK = 1208, 8  # wide; of the desk beside it at least
_ALL_AT_ONCE = 1_000  # rows that are measured before they are in sight
_ROUNDS = 6
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_OF_DIGITS = PaperColumn.NUMBER, PaperColumn.ACTION
_OF_TEXTS = PaperColumn.ACTION, PaperColumn.PROGRESS, PaperColumn.OUTLOOK
_WAYS: dict[int, Way] = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Left: Way.OUT,
    Qt.Key.Key_Right: Way.IN,
}


class PaperView(QTableView):
    """Shows the table, and tells what is chosen in it and what a key asks for."""

    chosen = Signal()
    edit_requested = Signal(QModelIndex, QPoint)  # and where it was clicked, or no place
    typed = Signal(QModelIndex, str)
    composed = Signal(QInputMethodEvent)
    choice_typed = Signal(QModelIndex, int)  # the key of a status, or of a direction
    copy_requested = Signal()
    delete_requested = Signal()
    shift_requested = Signal(Way)
    moved = Signal()  # cells are elsewhere now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self.setAccessibleName("紙面")
        self.rows = PaperModel(self)
        self.style_now = painting.screen_style()
        self.words: tuple[str, ...] = ()  # that are searched for, as keys
        self._own: dict[PaperRow, int] = {}  # heights that rows need by themselves
        self._known: set[int] = set()  # rows whose height is set
        self._settling = self._restoring = False
        self._rows_of: dict[int, tuple[int, int]] = {}  # row and level of a node
        self.setHorizontalHeader(edges.PaperHeader(self, self))
        self.setVerticalHeader(edges.PaperMargin(self, self))
        self.setModel(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.input_field: QWidget | None = None  # what a cell is typed into, while one is
        self._corner = self.findChild(QAbstractButton)
        if self._corner is not None:
            self._corner.installEventFilter(self)
            self._corner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._note = EmptyNote(self, "該当する実行計画はありません")
        self.doubleClicked.connect(self._edit_clicked)
        self._dress()

    @property
    def texts(self) -> PaperTexts | None:
        """What is shown."""
        return self.rows.texts

    @property
    def table(self) -> PaperTable | None:
        """The rows that are shown."""
        return None if self.texts is None else self.texts.table

    # What is shown

    def show_texts(
        self, texts: PaperTexts, changed: Collection[int] | None, *, same_rows: bool = False
    ) -> None:
        """Show an outline, in which these nodes differ from the one before; None is any.

        What is chosen, and what stands at the top, stay where they are.
        """
        if changed is None:
            self._own.clear()
            self._known.clear()
        for node in changed or ():
            self._forget_height(node)
        if same_rows and self.table is not None:
            self.rows.renew(texts)
            self.settle()
            self.viewport().update()
            self.horizontalHeader().viewport().update()
            return
        top, nodes, column = self._top(), self.chosen_nodes(), self.currentIndex().column()
        self._restoring = True
        self.rows.show(texts)
        self._known.clear()
        self._index_rows()
        self.fit_columns()
        self._measure_again()
        self._scroll_back(top)
        self.choose(nodes, column)
        self._restoring = False
        self.settle()

    def clear(self) -> None:
        """Show nothing."""
        self._own.clear()
        self._known.clear()
        self._rows_of.clear()
        self.rows.show(None)

    def restyle(self) -> None:
        """Draw with the colours and sizes of now."""
        self.style_now = painting.screen_style()
        self._own.clear()
        kept = self._kept(self.viewport().height())
        self._dress()
        if self.texts is not None:
            self.fit_columns(anew=True)
            self._bring_back(kept)
        self.viewport().update()

    def _dress(self) -> None:
        self.horizontalHeader().setFixedHeight(
            theme.px(edges.ABOVE) + theme.px(edges.TITLE) + self.style_now.least
        )
        self.verticalHeader().setDefaultSectionSize(self.style_now.least)
        self.verticalScrollBar().setSingleStep(self.style_now.least)

    def _index_rows(self) -> None:
        self._rows_of.clear()
        table = self.table
        if table is None:
            return
        for row in range(len(table) - 1, -1, -1):
            path, node = table.rows[row]
            if node is not None:
                self._rows_of[node] = row, table.levels
            for level, heading in enumerate(path):
                self._rows_of[heading] = row, level

    def _top(self) -> tuple[int | None, int]:
        """Return the node at the top and how far it is above the edge."""
        row = self.rowAt(0)
        if row < 0 or self.table is None:
            return None, 0
        path, node = self.table.rows[row]
        return (path[-1] if node is None else node), self.rowViewportPosition(row)

    def _kept(self, height: int) -> tuple[int | None, int]:
        """Return what shall stay where it is: the current row if it is in sight, else the top.

        `height` is that of the view before it was changed.
        """
        row = self.currentIndex().row()
        if self.table is None or row < 0:
            return self._top()
        top = self.rowViewportPosition(row)
        if top + self.rowHeight(row) <= 0 or top >= height:
            return self._top()
        path, node = self.table.rows[row]
        return (path[-1] if node is None else node), top

    def _bring_back(self, kept: tuple[int | None, int]) -> None:
        """Put what was kept where it was, and the current row wholly into sight if it is that."""
        self._scroll_back(kept)
        self.settle()
        current = self.currentIndex()
        node, _ = kept
        if current.isValid() and node in self._rows_of and self._rows_of[node][0] == current.row():
            super().scrollTo(current)

    def bring(self, index: Index) -> None:
        """Bring a cell into sight to be typed into; of a heading its first row."""
        table = self.table
        row = index.row()
        if table is not None and index.column() < table.levels:
            row = table.run(row, index.column()).start
        super().scrollTo(self.rows.index(row, index.column()))

    def _scroll_back(self, top: tuple[int | None, int]) -> None:
        node, place = top
        if node in self._rows_of:
            row = self._rows_of[node][0]
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(row) - place)

    # What is chosen

    def chosen_nodes(self) -> list[int]:
        """Return the chosen nodes in printed order; a heading if one of its cells is current."""
        table, current = self.table, self.currentIndex()
        if table is None:
            return []
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if len(rows) == 1 and current.isValid() and current.column() < table.levels:
            heading = table.heading(rows[0], current.column())
            if heading is not None:
                return [heading]
        nodes = (
            path[-1] if node is None else node
            for path, node in (table.rows[each] for each in rows)
        )
        return list(dict.fromkeys(nodes))

    def choose(self, nodes: Sequence[int], column: int = -1) -> None:
        """Choose nodes, as far as they are shown, and bring the last one into sight."""
        table = self.table
        if table is None or nodes == self.chosen_nodes():
            return
        places = [self._rows_of[node] for node in nodes if node in self._rows_of]
        if not places:
            self.clearSelection()
            return
        row, level = places[-1]
        column = column if column >= 0 else self.currentIndex().column()
        if level < table.levels:
            column = level
        elif column < table.levels:
            column = table.levels + COLUMNS.index(PaperColumn.PROGRESS)
        selection = QItemSelection()
        for each, _ in places:
            selection.select(self.rows.index(each, 0), self.rows.index(each, 0))
        index = self.rows.index(row, column)
        self.selectionModel().setCurrentIndex(index, _ONLY)
        self.selectionModel().select(selection, _ONLY)
        if not self._restoring:
            self.scrollTo(index)

    def row_of(self, node: int) -> int | None:
        """Return the first row of a node that is shown."""
        return self._rows_of[node][0] if node in self._rows_of else None

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into sight."""
        index = self.rows.index(row, column)
        self.selectionModel().setCurrentIndex(index, _ONLY)
        self.scrollTo(index)

    # Geometry

    def fit_columns(self, *, anew: bool = False) -> None:
        """Give the columns the widths for which there is room."""
        table = self.table
        if table is None:
            return
        widths, margin = self._widths()
        header = self.horizontalHeader()
        is_same = [header.sectionSize(i) for i in range(header.count())] == widths
        if is_same and not anew:
            self._set_margin(margin)
            return
        self._own.clear()
        for column, width in enumerate(widths):
            header.resizeSection(column, width)
        self._set_margin(margin)
        self._known.clear()
        self.verticalHeader().setDefaultSectionSize(self.style_now.least)
        self._measure_again()

    def _set_margin(self, margin: int) -> None:
        if (
            self.verticalHeader().width() != margin
            or self.verticalHeader().minimumWidth() != margin
        ):
            self.verticalHeader().setFixedWidth(margin)
            self.updateGeometries()

    def _widths(self) -> tuple[list[int], int]:
        """Return the widths of the columns, and what is left of the first."""
        assert self.texts is not None
        px = self.style_now.px
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        inner = min(px(_SHEET), room - 2 * px(_DESK)) - 2 * px(edges.PADDING)
        widths = painting.column_widths(self.texts, self.style_now, inner)
        left = (room - sum(widths) - 2 * px(edges.PADDING)) // 2
        return widths, max(px(_DESK), left) + px(edges.PADDING)

    def rows_end(self) -> int:
        """Return where the last row ends, in the view."""
        return self.verticalHeader().length() - self.verticalHeader().offset()

    def cell_rect(self, index: Index) -> QRect:
        """Return the room of a cell; of a heading all that it is merged over."""
        table = self.table
        rect = self.visualRect(index)
        if table is None or index.column() >= table.levels:
            return rect
        run = table.run(index.row(), index.column())
        return self._run_rect(run, index.column())

    def _run_rect(self, run: Run, column: int) -> QRect:
        top = self.rowViewportPosition(run.start)
        bottom = self.rowViewportPosition(run.stop - 1) + self.rowHeight(run.stop - 1)
        return QRect(
            self.columnViewportPosition(column), top, self.columnWidth(column), bottom - top
        )

    def entry_rects(self, index: Index) -> list[QRect]:
        """Return the room of each line of progress of a cell."""
        column = self._column_of(index)
        if column is None:
            return [self.cell_rect(index)]
        return painting.entry_rects(
            self.style_now, self._lines(index.row(), column), self.visualRect(index)
        )

    def _column_of(self, index: Index) -> PaperColumn | None:
        assert self.table is not None
        place = index.column() - self.table.levels
        return COLUMNS[place] if place >= 0 else None

    def _lines(self, row: int, column: PaperColumn) -> list[painting.TextLine]:
        return self._sheet().lines(row, column)

    def _sheet(self) -> painting.PaperSheet:
        assert self.texts is not None
        widths = [self.columnWidth(column) for column in range(self.rows.columnCount())]
        return painting.PaperSheet(self.texts, self.style_now, widths, self._own)

    # Heights

    def settle(self) -> None:
        """Measure the rows in sight; what was measured before stays where it is on the screen."""
        table = self.table
        if table is None or not len(table) or self._settling:
            return
        self._settling = True
        for _ in range(_ROUNDS):
            rows = self._in_sight()
            fresh = [row for row in rows if row not in self._known]
            if not fresh:
                break
            anchor = next((row for row in rows if row in self._known), rows.start)
            before = self.rowViewportPosition(anchor)
            self._measure(fresh)
            bar = self.verticalScrollBar()
            shift = self.rowViewportPosition(anchor) - before
            if shift:
                bar.setValue(bar.value() + shift)
        self._settling = False
        self.moved.emit()

    def _measure_again(self) -> None:
        """Give the rows the heights that they had before, as far as that is known."""
        table = self.table
        assert table is not None
        if len(table) <= _ALL_AT_ONCE:
            self._measure(range(len(table)))
        else:
            self._measure([row for row, each in enumerate(table.rows) if each in self._own])

    def _in_sight(self) -> range:
        table = self.table
        assert table is not None
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(first, 0), (last if last >= 0 else len(table) - 1) + 1)

    def _measure(self, rows: Sequence[int]) -> None:
        header, sheet, is_changed = self.verticalHeader(), self._sheet(), False
        for row in rows:
            height = sheet.height(row)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)
                is_changed = True
        self._known.update(rows)
        if is_changed:
            self.updateGeometries()
            top = max(0, self.rowViewportPosition(rows[0]))
            self.viewport().update(0, top, self.viewport().width(), self.viewport().height())

    def _forget_height(self, node: int) -> None:
        place = self._rows_of.get(node)
        if place is None or self.table is None:
            return
        row, level = place
        self._own.pop(self.table.rows[row], None)
        last = self.table.run(row, min(level, self.table.levels - 1)).stop - 1
        self._known -= {row, last}

    # Painting

    def paint_ground(self, painter: QPainter, room: QRect, *, above: int = 0) -> None:
        """Paint the desk, and the sheet as far as it reaches to the right."""
        tokens = theme.tokens()
        painter.fillRect(room, tokens.desk)
        right = self.horizontalHeader().length() - self.horizontalHeader().offset()
        bottom = room.bottom() if above else self.rows_end() + theme.px(edges.PADDING) - 1
        sheet = QRect(QPoint(0, above), QPoint(right + theme.px(edges.PADDING) - 1, bottom))
        painter.fillRect(sheet.intersected(room), tokens.base)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._corner and event.type() == QEvent.Type.Paint:
            assert self._corner is not None
            edges.paint_corner(self._corner, self.style_now)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kept = self._kept(event.oldSize().height())
        if event.size().width() != event.oldSize().width():
            self.fit_columns()
        self._bring_back(kept)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        # The headings stay at the top of what is seen of them.
        table, height = self.table, self.viewport().height()
        levels = range(table.levels if table else 0)
        self.viewport().update(0, 0, sum(map(self.columnWidth, levels)), height)
        if dx:
            self.horizontalHeader().viewport().update()
            self.viewport().update()
        self.verticalHeader().viewport().update()
        self.settle()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._let_compose(current)
        self.viewport().update()
        if not self._restoring:
            self.chosen.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        if not self._restoring:
            self.chosen.emit()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        table = self.table
        if table is not None and index.column() < table.levels:
            rect = self.cell_rect(index)
            if rect.intersects(self.viewport().rect().adjusted(0, self.style_now.least, 0, 0)):
                return
        super().scrollTo(index, hint)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        table, current = self.table, self.currentIndex()
        if table is None or not current.isValid() or current.column() >= table.levels:
            return super().moveCursor(action, modifiers)
        run = table.run(current.row(), current.column())
        match action:
            case QAbstractItemView.CursorAction.MoveDown:
                row = run.stop if run.stop < len(table) else run.start
            case QAbstractItemView.CursorAction.MoveUp:
                row = table.run(max(run.start - 1, 0), current.column()).start
            case _:
                return super().moveCursor(action, modifiers)
        return self.rows.index(row, current.column())

    def event(self, event: QEvent) -> bool:
        # F2 is the window's key for names; here it is for whatever cell is the current one.
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._let_compose(self.currentIndex())  # which Qt forbids where it does not edit itself

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composed.emit(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        if self.input_field is not None:
            return self.input_field.inputMethodQuery(query)
        return super().inputMethodQuery(query)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, region = QPainter(self.viewport()), event.region()
        self.paint_ground(painter, self.viewport().rect())
        if self.table is not None and len(self.table):
            self._paint_rows(painter, region)
            self._paint_headings(painter, region)
            self._paint_ring(painter)
        painter.end()

    # Keys

    def _take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False leaves it to Qt."""
        key, index = event.key(), self.currentIndex()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif modifiers == Qt.KeyboardModifier.AltModifier:
            return self._take_with_alt(key, index)
        elif modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            if index.isValid():
                self.edit_requested.emit(index, QPoint(-1, -1))
        elif key == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        elif key in _DIGITS and self.takes_digits(index):
            self.choice_typed.emit(index, key - Qt.Key.Key_0)
        elif event.text().isprintable() and event.text().strip() and index.isValid():
            if self.takes_text(index):
                self.typed.emit(index, event.text())
        else:
            return False
        return True

    def _take_with_alt(self, key: int, index: Index) -> bool:
        if index.isValid() and key in _WAYS:
            self.shift_requested.emit(_WAYS[key])
        elif index.isValid() and key in _DIGITS:
            self.choice_typed.emit(index, key - Qt.Key.Key_0)
        return key in _WAYS or key in _DIGITS

    def _let_compose(self, index: Index) -> None:
        is_text = self.table is not None and self.takes_text(index)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, is_text)

    def takes_digits(self, index: Index) -> bool:
        """Tell whether a digit gives a status there, as in the list: no name begins with one."""
        return index.isValid() and self._column_of(index) in _OF_DIGITS

    def takes_text(self, index: Index) -> bool:
        """Tell whether typing begins a text there: a heading is not replaced by a stray key."""
        return index.isValid() and self._column_of(index) in _OF_TEXTS

    def _edit_clicked(self, index: QModelIndex) -> None:
        place = self.viewport().mapFromGlobal(self.cursor().pos())
        self.edit_requested.emit(index, place)

    # Painting

    def _paint_rows(self, painter: QPainter, region: QRegion) -> None:
        table, style = self.table, self.style_now
        assert table is not None
        assert self.texts is not None
        selection = self.selectionModel().selection()
        is_heading = self._is_heading_current()
        sheet, lefts = self._sheet(), self._lefts()
        for row in self._in_sight():
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            if table.rows[row].is_term:
                self._paint_term(painter, row)
                continue
            is_selected = not is_heading and selection.contains(self.rows.index(row, 0))
            for place, column in enumerate(COLUMNS, start=table.levels):
                cell = QRect(lefts[place], top, lefts[place + 1] - lefts[place], height)
                if not region.intersects(cell):
                    continue
                if is_selected:
                    painter.fillRect(cell, self._selection_ground())
                lines = sheet.lines(row, column)
                centred = column is PaperColumn.NUMBER
                look = style.selected if is_selected else style
                painting.draw_cell(
                    painter, look, lines, cell, is_centred=centred, words=self.words
                )
                painting.draw_edges(painter, style, cell)
                if self.texts.is_changed(row, column):
                    painting.draw_corner(painter, style, cell)

    def _lefts(self) -> list[int]:
        """Return where the columns begin, and where the last one ends."""
        first = self.columnViewportPosition(0)
        widths = (self.columnWidth(column) for column in range(self.rows.columnCount()))
        return list(accumulate(widths, initial=first))

    def _paint_term(self, painter: QPainter, row: int) -> None:
        assert self.texts is not None
        first = self.visualRect(self.rows.index(row, 0))
        band = QRect(first.left(), first.top(), self.horizontalHeader().length(), first.height())
        painter.fillRect(band, theme.tokens().band)
        painting.draw_heading(
            painter, self.style_now, self.texts.text(row, 0), band, bold=True, top=band.top()
        )
        painting.draw_edges(painter, self.style_now, band)

    def _paint_headings(self, painter: QPainter, region: QRegion) -> None:
        table, style = self.table, self.style_now
        assert table is not None
        assert self.texts is not None
        current, rows = self.currentIndex(), self._in_sight()
        for level in range(table.levels):
            row = rows.start
            while row < rows.stop:
                run = table.run(row, level)
                row = run.stop
                if table.rows[run.start].is_term:
                    continue
                cell = self._run_rect(run, level)
                if not region.intersects(cell):
                    continue
                is_current = current.column() == level and run.start <= current.row() < run.stop
                is_chosen = is_current and self._is_heading_current()
                painter.fillRect(cell, self._selection_ground() if is_chosen else style.base)
                text = self.texts.text(run.start, level)
                painter.save()
                painter.setClipRect(cell)
                top = max(cell.top(), 0)
                look = style.selected if is_chosen else style
                painting.draw_heading(
                    painter, look, text, cell, bold=not level, top=top, words=self.words
                )
                painter.restore()
                painting.draw_edges(painter, style, cell)

    def _paint_ring(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not index.isValid() or not self.hasFocus():
            return
        painter.setPen(QPen(theme.tokens().focus, theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.cell_rect(index).adjusted(1, 1, -2, -2))

    def _is_heading_current(self) -> bool:
        table, current = self.table, self.currentIndex()
        return (
            table is not None
            and current.isValid()
            and current.column() < table.levels
            and table.heading(current.row(), current.column()) is not None
            and len(self.selectionModel().selectedRows()) == 1
        )

    def _selection_ground(self) -> Any:
        tokens = theme.tokens()
        return tokens.sel if self.has_keys() else tokens.sel_idle

    def has_keys(self) -> bool:
        """Tell whether keys go to the view or to what is typed in it."""
        return self.hasFocus() or self.viewport().focusWidget() is not None
