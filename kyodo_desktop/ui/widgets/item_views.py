"""What views of items share: a note while empty, how selected rows look, a label to drag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDrag,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui.widgets import plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_MARGIN = 16


class EmptyNote(plain.Label):
    """Stands in the middle of a view while that has no rows, and is read out with it.

    `is_empty` is for a view that hides rows, which then calls `look` when it has; a view
    that gets another model calls `follow`.
    """

    def __init__(
        self, view: QAbstractItemView, text: str, is_empty: Callable[[], bool] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("empty_note")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = view
        self._is_empty = is_empty or self._has_no_rows
        column = QVBoxLayout(view.viewport())
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(self)
        self.setText(text)
        self.follow()

    def say(self, text: str) -> None:
        """Say something else of the empty list; an empty text is nothing."""
        self.setText(text)
        self.look()

    def follow(self) -> None:
        """Follow the model that the view has now."""
        model = self._view.model()
        if model is not None:
            for signal in (
                model.modelReset,
                model.rowsInserted,
                model.rowsRemoved,
                model.layoutChanged,
            ):
                signal.connect(self.look)
        self.look()

    def look(self) -> None:
        """Come or go as there are rows or none."""
        shown = bool(self.text()) and self._is_empty()
        self.setVisible(shown)
        self._view.setAccessibleDescription(self.text() if shown else "")

    def _has_no_rows(self) -> bool:
        model = self._view.model()
        return model is None or not model.rowCount()


Index = QModelIndex | QPersistentModelIndex
_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_TEXTS = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText)


class Selection(NamedTuple):
    """The ground of a selected row, and the ink for its words."""

    ground: QColor
    ink: QColor


def selection(palette: QPalette, *, has_focus: bool) -> Selection:
    """Return the colours of selected rows; who has set a high contrast has chosen them."""
    colours = theme.tokens()
    if colours.is_high_contrast:
        return Selection(
            palette.color(QPalette.ColorRole.Highlight),
            palette.color(QPalette.ColorRole.HighlightedText),
        )
    return Selection(colours.sel if has_focus else colours.sel_idle, colours.ink)


def ground_of(option: QStyleOptionViewItem) -> QColor:
    """Return what a cell is painted on, after `show_selection`."""
    if option.backgroundBrush.style() == Qt.BrushStyle.NoBrush:
        return option.palette.color(QPalette.ColorRole.Base)
    return option.backgroundBrush.color()


def show_selection(option: QStyleOptionViewItem) -> None:
    """Let a selected cell be painted as one that is not, on the ground of the selection."""
    state = option.state
    if _SELECTED not in state:
        if _FOCUSED in state and isinstance(option.widget, SelectionTree):
            option.state = state & ~_FOCUSED  # the row has a frame instead
        return
    chosen = selection(option.palette, has_focus=_has_focus(option.widget))
    option.state = state & ~(_SELECTED | _FOCUSED)
    option.backgroundBrush = QBrush(chosen.ground)
    for role in _TEXTS:
        option.palette.setColor(role, chosen.ink)


_MARK = 3


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> QColor:
    """Paint what a row that draws itself stands on, without the style; return its colour.

    A chosen row has a mark at its left, one under the pointer is tinted, and each has a line
    below it.
    """
    tokens, place = theme.tokens(), option.rect
    has_focus = _has_focus(option.widget)
    ground = tokens.base
    if _SELECTED in option.state:
        ground = selection(option.palette, has_focus=has_focus).ground
    elif QStyle.StateFlag.State_MouseOver in option.state:
        ground = tokens.soft
    painter.fillRect(place, ground)
    painter.fillRect(place.left(), place.bottom(), place.width(), 1, tokens.row)
    if _SELECTED in option.state:
        mark = tokens.accent if has_focus else tokens.border
        painter.fillRect(place.left(), place.top(), theme.px(_MARK), place.height(), mark)
    return ground


class SelectionDelegate(QStyledItemDelegate):
    """The style's own cell, on our ground where it is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        show_selection(option)


class SelectionTree(QTreeView):
    """A tree that paints our ground also before its first column, and a frame for the focus.

    Some styles lay a colour over the row that has the focus, and over its words.
    """

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (previous, current):
            self.viewport().update(self._row(index).adjusted(0, -1, 0, 1))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.viewport().update()  # the ground tells whether keys go to the tree

    def paintEvent(self, event: QPaintEvent) -> None:
        # Asked once: of each row `isSelected` would ask the model again whether it can be.
        self._painted = self.selectionModel().selection()
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            painter = QPainter(self.viewport())
            painter.setPen(selection(self.palette(), has_focus=True).ink)
            painter.drawRect(self._row(self.currentIndex()).adjusted(0, 0, -1, -1))
            painter.end()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if self._painted.contains(index):
            painter.fillRect(rect, selection(self.palette(), has_focus=_has_focus(self)).ground)
        super().drawBranches(painter, rect, index)

    def _row(self, index: Index) -> QRect:
        cell = self.visualRect(index)
        return QRect(0, cell.top(), self.viewport().width(), cell.height())


def _has_focus(view: QWidget | None) -> bool:
    """Tell whether keys go to a view, or to the editor of one of its cells."""
    return isinstance(view, QAbstractItemView) and (
        view.hasFocus() or view.viewport().focusWidget() is not None
    )


_AWAY = QPoint(14, 18)  # from the pointer, to its lower right
_PADDING = QSize(16, 8)
_LONGEST = 20  # characters
_OPACITY = 0.85


def labelled_drag(view: QAbstractItemView, dragged: Sequence[QModelIndex]) -> QDrag:
    """Return the drag of some cells, for `exec`; its label is the title or how many rows it is.

    Qt would show the rows themselves, as wide as the view and over the rows that are aimed at.
    """
    rows = [index for index in dragged if index.column() == 0]
    drag = QDrag(view)
    drag.setMimeData(view.model().mimeData(list(dragged)))
    drag.setPixmap(_label(view, str(rows[0].data()) if len(rows) == 1 else f"{len(rows)}件"))
    drag.setHotSpot(-_AWAY)
    return drag


def _label(view: QWidget, text: str) -> QPixmap:
    metrics, palette = view.fontMetrics(), view.palette()
    longest = _LONGEST * metrics.horizontalAdvance("あ")
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, longest)
    size = QSize(metrics.horizontalAdvance(shown), metrics.height()) + _PADDING
    ratio = view.devicePixelRatioF()
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(_OPACITY)
    painter.setFont(view.font())
    painter.setBrush(palette.color(QPalette.ColorRole.ToolTipBase))
    painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
    painter.drawRect(QRect(QPoint(), size - QSize(1, 1)))
    painter.drawText(QRect(QPoint(), size), Qt.AlignmentFlag.AlignCenter, shown)
    painter.end()
    return picture


_NO_INDEX = QModelIndex()


class GroupedRows(QAbstractItemModel):
    """A subclass keeps `groups`, each with its `rows`, and says what is shown.

    The id of an index is 0 for a group, else the place of the group plus one.
    """

    headers: Sequence[str] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: Sequence[Any] = ()

    # Qt's interface

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        # Not `hasIndex`, which asks Python for more than the comparison below costs.
        if not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        if not parent.isValid():
            return len(self.groups)
        if parent.internalId() or parent.column():
            return 0
        return len(self.groups[parent.row()].rows)

    def columnCount(self, _parent: Index = _NO_INDEX) -> int:
        return len(self.headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        is_shown = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return self.headers[section] if is_shown else None
