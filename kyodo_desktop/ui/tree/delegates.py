"""How the cells of the tree are drawn: by the style, with more room and some care for texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from kyodo_desktop.ui.colours import legible
from kyodo_desktop.ui.models.plan_cells import OVERDUE, RELISTED
from kyodo_desktop.ui.selection import SelectionDelegate, ground_of, show_selection
from kyodo_desktop.ui.widgets.text_fields import LineField

if TYPE_CHECKING:
    from kyodo_desktop.ui.models.plan_tree import AnyIndex

_ROW_HEIGHT = 1.45  # of the height of the font
_LEAST_ROOM = 10  # pixels beside it: some fonts are no higher than their letters
_LATE_INK = "#b3261e"


class RowDelegate(SelectionDelegate):
    """The style's own cell in a row that is easy to read and to hit."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        # Qt's own asks the model for seven things a cell; ours have two of them.
        assert isinstance(index, QModelIndex)
        option.index = index
        option.features = QStyleOptionViewItem.ViewItemFeature.HasDisplay
        option.text = index.data()
        show_selection(option)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        hint = super().sizeHint(option, index)
        font = option.fontMetrics.height()
        hint.setHeight(max(hint.height(), round(font * _ROW_HEIGHT), font + _LEAST_ROOM))
        return hint


class TitleDelegate(RowDelegate):
    """Keeps 「（再掲）」 in sight where the title is cut."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        font = index.data(Qt.ItemDataRole.FontRole)
        if font is not None:
            option.font = font
            option.fontMetrics = QFontMetrics(font)
        if option.text.endswith(RELISTED):
            metrics = option.fontMetrics
            margin = option.widget.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin)
            room = option.rect.width() - 2 * margin - 2 - metrics.horizontalAdvance(RELISTED)
            title = option.text.removesuffix(RELISTED)
            option.text = metrics.elidedText(title, option.textElideMode, room) + RELISTED

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: AnyIndex
    ) -> QWidget:
        editor = LineField(parent)
        editor.setFrame(False)
        return editor


class DueDelegate(RowDelegate):
    """Sets what is late in red; its sign tells the same to those who see no red."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if option.text.startswith(OVERDUE):
            ink = legible(_LATE_INK, ground_of(option))
            option.palette.setColor(QPalette.ColorRole.Text, ink)
