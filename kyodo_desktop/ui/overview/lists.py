"""A list without a header that is as high as its rows: texts, badges and bars, read out whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QFontMetrics, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.widgets import badges, plain, theme

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from kyodo_desktop.domain.plan import Status

    Index = QModelIndex | QPersistentModelIndex

ROW, BAR_ROW = 24, 32
_RING = 2
_BAR, _LAST_BAR, _BETWEEN = 18, 4, 2
_GAP, _MARK = 8, 3
_ARROW = "→"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STRETCH = 0
_MEASURED = 5  # of the texts, the longest ones


class Shares(NamedTuple):
    """How many stand where, in this round and in the one before, if there was one.

    `stand_for` is what each part of the bar stands for, in the order of `now`.
    """

    now: tuple[tuple[Status | None, int], ...]
    before: tuple[tuple[Status | None, int], ...] = ()
    stand_for: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class ListCell:
    """What stands in one place; `spoken` is what is read out where it is not the text."""

    text: str = ""
    tone: str = "ink"
    is_bold: bool = False
    is_right: bool = False
    badges: tuple[Status | None, ...] = ()
    shares: Shares | None = None
    aside: str = ""  # smaller, behind the text
    spoken: str = ""


class Row(NamedTuple):
    """One line, and what it stands for, which `RowList.opened` gives back."""

    cells: tuple[ListCell, ...]
    stands_for: Hashable = None
    hint: str = ""


class _Rows(QAbstractTableModel):
    def __init__(self, columns: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def cell(self, index: Index) -> ListCell:
        return self.rows[index.row()].cells[index.column()]

    # Qt's interface

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return with_signs(f"{cell.text} {cell.aside}".strip())
            case Qt.ItemDataRole.AccessibleTextRole:
                return with_signs(cell.spoken or f"{cell.text} {cell.aside}".strip())
            case Qt.ItemDataRole.ToolTipRole:
                return plain.tip(self.rows[index.row()].hint) or None
        return None


class RowList(QTreeView):
    """A click, or Enter on the current row, opens what it stands for."""

    opened = Signal(object)

    def __init__(
        self,
        name: str,
        label: str,
        columns: Sequence[int],
        row: int = ROW,
        *,
        first_up_to: float = 0,
    ) -> None:
        """Make a list of columns of these widths; one of them is STRETCH.

        The first one may grow to a part of the whole, where its texts are longer.
        """
        super().__init__()
        self._first_up_to = first_up_to
        self._widest = 0
        self._pressed: QPoint | None = None
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._widths, self._row = tuple(columns), row
        self._rows = _Rows(len(columns), self)
        self.setModel(self._rows)
        self.setItemDelegate(_Cells(self, self._rows))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setProperty("role", "plain")
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._open)
        self.fit()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows, all of them; the row that is current stays so."""
        current = self.currentIndex().row()
        self._rows.show(rows)
        if 0 <= current < len(rows) and self.hasFocus():
            self.setCurrentIndex(self._rows.index(current, 0))
        self.setFixedHeight(max(1, len(rows)) * theme.px(self._row))
        self.setVisible(bool(rows))
        if self._first_up_to:
            self._measure()
            self._give_room()

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows.rows

    def fit(self) -> None:
        """Take the measures of the present zoom."""
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)
        for column, width in enumerate(self._widths):
            if width == STRETCH:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(column, theme.px(width))
        self.setFixedHeight(max(1, len(self._rows.rows)) * theme.px(self._row))
        self.scheduleDelayedItemsLayout()

    def _measure(self) -> None:
        """Learn how wide the first column would be; rows that surely fit are not measured."""
        metrics = QFontMetrics(theme.font())
        texts = [row.cells[0].text for row in self._rows.rows]
        longest = sorted(texts, key=len)[-_MEASURED:]
        self._widest = max(map(metrics.horizontalAdvance, longest), default=0)

    def _give_room(self) -> None:
        """Let the first column be as wide as its texts ask for, up to a part of the whole."""
        if self._widths[0] != STRETCH and self._first_up_to:
            least, wanted = theme.px(self._widths[0]), self._widest + theme.px(2 * _GAP)
            most = max(least, round(self.width() * self._first_up_to))
            self.header().resizeSection(0, max(least, min(wanted, most)))

    def row_height(self) -> int:
        """Return the height of a row at the present zoom."""
        return theme.px(self._row)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            wanted = self._part_of_bar(index) or self._rows.rows[index.row()].stands_for
            if wanted is not None:
                self.opened.emit(wanted)

    def _part_of_bar(self, index: QModelIndex) -> Hashable:
        """Return what the part of a bar under the pointer stands for, after a click on it."""
        pressed, self._pressed = self._pressed, None
        shares = self._rows.cell(index).shares
        if pressed is None or shares is None or not shares.stand_for:
            return None
        room = bar_room(self.visualRect(index))
        if not room.contains(pressed):
            return None
        total, passed = sum(count for _, count in shares.now), 0
        for (_, count), wanted in zip(shares.now, shares.stand_for, strict=True):
            passed += count
            if pressed.x() - room.left() < room.width() * passed / total:
                return wanted
        return None

    # Qt's interface

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rows:
            self.setCurrentIndex(self._rows.index(0, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor
            if self.indexAt(event.position().toPoint()).isValid()
            else Qt.CursorShape.ArrowCursor
        )

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Without the style, whose panels of what is current or under the pointer are its own.
        cell = QStyleOptionViewItem(option)
        state = QStyle.StateFlag
        pointer = self.viewport().mapFromGlobal(QCursor.pos())
        is_under = self.viewport().underMouse() and self.indexAt(pointer).row() == index.row()
        is_current = self.hasFocus() and index.row() == self.currentIndex().row()
        chosen = is_current or self.selectionModel().isRowSelected(index.row(), index.parent())
        cell.state = state.State_Enabled
        if chosen:
            cell.state |= state.State_Selected
        if is_under:
            cell.state |= state.State_MouseOver
        for column in range(len(self._widths)):
            place = self._rows.index(index.row(), column)
            cell.rect = self.visualRect(place)
            self.itemDelegate().paint(painter, cell, place)
        if is_current:
            painter.setPen(QPen(theme.tokens().focus, _RING))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.height())


class _Cells(QStyledItemDelegate):
    def __init__(self, view: RowList, rows: _Rows) -> None:
        super().__init__(view)
        self._view, self._rows = view, rows

    # Qt's interface

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._view.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, room, tokens = self._rows.cell(index), QRect(option.rect), theme.tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        if selected:
            painter.fillRect(room, tokens.sel)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, tokens.soft)
        if selected and index.column() == 0:
            painter.fillRect(room.adjusted(0, 0, theme.px(_MARK) - room.width(), 0), tokens.focus)
        if cell.shares is not None:
            draw_bars(painter, room, cell.shares, selected=selected)
            return
        left = room.left() + self._draw_badges(painter, room, cell, selected=selected)
        inner = QRect(left, room.top(), room.right() - left + 1, room.height())
        inner.adjust(0 if index.column() or cell.badges else theme.px(_MARK + 1), 0, 0, 0)
        inks = selected and tokens.is_high_contrast
        colour = tokens.on_accent if inks else getattr(tokens, cell.tone)
        font = theme.font(bold=cell.is_bold)
        painter.setFont(font)
        painter.setPen(colour)
        align = Qt.AlignmentFlag.AlignRight if cell.is_right else Qt.AlignmentFlag.AlignLeft
        gap = 0 if cell.is_right else theme.px(_GAP)
        text = painter.fontMetrics().elidedText(
            with_signs(cell.text), Qt.TextElideMode.ElideRight, inner.width() - gap
        )
        painter.drawText(inner, align | Qt.AlignmentFlag.AlignVCenter, text)
        if cell.aside:
            inner.adjust(painter.fontMetrics().horizontalAdvance(text) + gap, 0, 0, 0)
            painter.setFont(theme.font(12))
            painter.setPen(tokens.on_accent if inks else tokens.ink2)
            painter.drawText(inner, align | Qt.AlignmentFlag.AlignVCenter, cell.aside)

    def _draw_badges(
        self, painter: QPainter, room: QRect, cell: ListCell, *, selected: bool
    ) -> int:
        """Draw the badges one after the other with an arrow between; return how wide that is."""
        side, used = theme.px(badges.SIDE), 0
        for place, status in enumerate(cell.badges):
            if place:
                arrow = QRect(room.left() + used, room.top(), side, room.height())
                painter.setFont(theme.font())
                painter.setPen(theme.tokens().ink)
                painter.drawText(arrow, Qt.AlignmentFlag.AlignCenter, _ARROW)
                used += side
            top = room.top() + (room.height() - side) // 2
            badges.draw_badge(painter, QPoint(room.left() + used, top), status, selected=selected)
            used += side
        return used + (theme.px(_GAP) if cell.badges and cell.text else 0)


def draw_bars(painter: QPainter, room: QRect, shares: Shares, *, selected: bool = False) -> None:
    """Draw the bar of a round with its figures, and a thin one of the round before under it."""
    last, between, bar = theme.px(_LAST_BAR), theme.px(_BETWEEN), bar_room(room)
    painter.setFont(theme.font(12, bold=True))
    badges.draw_bar(painter, bar, shares.now, figures=True, selected=selected)
    if shares.before:
        thin = QRect(bar.left(), bar.bottom() + 1 + between, bar.width(), last)
        draw_thin(painter, thin, shares.before, selected=selected)


def bar_room(room: QRect) -> QRect:
    """Return where the bar of a round stands in its cell."""
    height, below = theme.px(_BAR), theme.px(_LAST_BAR) + theme.px(_BETWEEN)
    top = room.top() + (room.height() - height - below) // 2
    return QRect(room.left(), top, room.width() - theme.px(_GAP), height)


def draw_thin(
    painter: QPainter,
    room: QRect,
    shares: Sequence[tuple[Status | None, int]],
    *,
    selected: bool = False,
) -> None:
    """Fill a low room with shares, each 1 px from the next; what is 未記入 stays empty."""
    total, done = sum(count for _, count in shares), 0
    for status, count in shares:
        start = room.left() + room.width() * done // total
        done += count
        end = room.left() + room.width() * done // total
        part = QRect(start, room.top(), end - start - (done < total), room.height())
        painter.fillRect(part, badges.bar_fill(status, selected=selected))
