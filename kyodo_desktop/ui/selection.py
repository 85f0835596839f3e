"""How selected rows look: the same in every style of the system.

Some of them paint a pale selection and go on writing in the colour for a dark one. So the rows
are painted as if nothing were selected, on a ground of our own.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from kyodo_desktop.ui.colours import legible

Index = QModelIndex | QPersistentModelIndex
_DARK = 128  # of 255: below it a ground needs a light ink
_LIGHT_GROUNDS = QColor("#cde5e1"), QColor("#e3e8e6")  # with the focus, and without
_DARK_GROUNDS = QColor("#1f4f4a"), QColor("#36403e")
_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_TEXTS = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText)


class Selection(NamedTuple):
    """The ground of a selected row, and the ink for its words."""

    ground: QColor
    ink: QColor


def selection(palette: QPalette, *, has_focus: bool) -> Selection:
    """Return the colours of selected rows; who has set a high contrast has chosen them."""
    if _is_high_contrast():
        return Selection(
            palette.color(QPalette.ColorRole.Highlight),
            palette.color(QPalette.ColorRole.HighlightedText),
        )
    is_dark = palette.color(QPalette.ColorRole.Base).lightness() < _DARK
    ground = (_DARK_GROUNDS if is_dark else _LIGHT_GROUNDS)[0 if has_focus else 1]
    return Selection(ground, legible(palette.color(QPalette.ColorRole.Text), ground))


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
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            painter = QPainter(self.viewport())
            painter.setPen(selection(self.palette(), has_focus=True).ink)
            painter.drawRect(self._row(self.currentIndex()).adjusted(0, 0, -1, -1))
            painter.end()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if self.selectionModel().isSelected(index):
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


def _is_high_contrast() -> bool:
    hints = QGuiApplication.styleHints()  # held: what it gives goes with it
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
