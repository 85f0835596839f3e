"""The header of the preview: above each column a box that says what the column holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QStyle, QStyleOptionComboBox, QWidget

from kyodo_desktop.domain.importing.mapping import ColumnRole, Mapping
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.choosing import Meaning
from kyodo_desktop.ui.widgets.plain import whole

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter, QPaintEvent

_ROOM = 8  # pixels of the box beside the height of its text
_EDGE = 2
_ORDER = tuple(each for each in ColumnRole if each is not ColumnRole.IGNORED)


class RoleHeader(QHeaderView):
    """Draws the boxes rather than holding them: a sheet may have hundreds of columns."""

    menu_requested = Signal(int)  # column, the first one at 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(self.fontMetrics().averageCharWidth() * 5)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.sectionClicked.connect(self.menu_requested)

    def box_of(self, column: int) -> QRect:
        """Return where the box of a column is drawn."""
        top = self.fontMetrics().height() + _EDGE
        left = self.sectionViewportPosition(column)
        return QRect(
            left + _EDGE, top, self.sectionSize(column) - 2 * _EDGE, self.height() - top - _EDGE
        )

    def room_for(self, column: int) -> int:
        """Return how wide the box of a column must be to show all of its words."""
        words = self._texts(column)[2]
        return self.fontMetrics().horizontalAdvance(words) + 2 * self.fontMetrics().height()

    # Qt's interface

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(super().sizeHint().width(), 2 * line + _ROOM + 2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # through Python, which then need not be waited for once a cell

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        if not rect.isValid():
            return
        letter, _, label = self._texts(logical)
        painter.save()
        painter.fillRect(rect, self.palette().button())
        painter.setPen(self.palette().mid().color())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(self.palette().buttonText().color())
        top = QRect(rect.left(), rect.top() + 1, rect.width(), self.fontMetrics().height())
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, letter)
        if not label:  # of forms it is not the columns that mean something
            painter.restore()
            return
        box = QStyleOptionComboBox()
        box.initFrom(self)
        box.rect = self.box_of(logical)
        box.editable = False
        box.currentText = self._elided(box, label)
        box.state &= ~QStyle.StateFlag.State_HasFocus & ~QStyle.StateFlag.State_MouseOver
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box, painter, self)
        self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, box, painter, self)
        painter.restore()

    def _texts(self, logical: int) -> tuple[str, str, str]:
        text = self.model().headerData(logical, Qt.Orientation.Horizontal)
        return str(text).partition("\n")

    def _elided(self, box: QStyleOptionComboBox, label: str) -> str:
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            box,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        return self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room.width())


class MeaningMenu(QMenu):
    """All that a column or a label may hold.

    Roles that stand for several levels or years open further.
    """

    chosen = Signal(object)  # a Meaning

    def __init__(self, mapping: Mapping, title: str, present: Meaning, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._mapping, self._present = mapping, present
        for role in _ORDER:
            meanings = choosing.meanings(mapping, role)
            if meanings:
                self._offer(meanings)
        self.addSeparator()
        self._add(self, ColumnRole.IGNORED.label, Meaning(ColumnRole.IGNORED))

    def pop_up(self, place: QPoint) -> None:
        """Show the menu with what is chosen now under the hand."""
        current = next((each for each in self.actions() if each.isChecked()), None)
        self.popup(place)
        if current is not None:
            self.setActiveAction(current)

    def _offer(self, meanings: list[Meaning]) -> None:
        if len(meanings) == 1:
            self._add(self, choosing.label(self._mapping, meanings[0]), meanings[0])
            return
        more = self.addMenu(meanings[0].role.label)
        for each in meanings:
            self._add(more, choosing.detail(self._mapping, each), each)
        action = more.menuAction()
        action.setCheckable(True)
        action.setChecked(self._present.role is meanings[0].role)

    def _add(self, menu: QMenu, text: str, meaning: Meaning) -> None:
        action = menu.addAction(whole(text), partial(self.chosen.emit, meaning))
        action.setCheckable(True)
        action.setChecked(meaning == self._present)
