"""How the plan stands while that lasts: who edits, that a round is closed, that a file is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QPushButton, QWidget

from kyodo_desktop.ui.shell import PlanState
from kyodo_desktop.ui.widgets import appearance, plain, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_SIGN, _GAP, _BUTTON, _SIZE = 16, 8, 24, 12


class StateLine(QWidget):
    """A short text at the right end with one button; it keeps its place whatever it says.

    What the text leaves out is in its tooltip, and is spoken.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("state")
        self._state = PlanState("")
        self._taken = 0
        self._button = QPushButton(self)
        self._button.setObjectName("state_button")
        self._button.clicked.connect(self._run)
        self._button.hide()

    def show_state(self, state: PlanState) -> None:
        """Say how things stand and what can be done about it."""
        before, self._state = self._state, state
        whole = state.hint or state.text
        self.setToolTip(plain.tip(whole))
        self.setAccessibleName(whole)
        self._button.setText(state.button)
        self._button.setAccessibleName(state.button)
        self._button.setVisible(state.do is not None)
        self._place()
        if before.text not in ("", state.text):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, whole))
        self.update()

    @property
    def text(self) -> str:
        """What is said in short."""
        return self._state.text

    @property
    def button_room(self) -> int:
        """What the button takes."""
        return self._button.width() + theme.px(_GAP) if self._state.do else 0

    def leave_out(self, width: int) -> None:
        """Leave some room at the left to something else."""
        self._taken = width
        self.update()

    def _run(self) -> None:
        if self._state.do is not None:
            self._state.do()

    def _place(self) -> None:
        height = theme.px(_BUTTON)
        width = self._button.sizeHint().width()
        self._button.setFixedSize(width, height)
        self._button.move(self.width() - width, (self.height() - height) // 2)

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        state = self._state
        if not state.text:
            return
        painter, colours = QPainter(self), theme.tokens()
        font = theme.font(_SIZE, bold=state.is_bold)
        painter.setFont(font)
        sign, gap = theme.px(_SIGN), theme.px(_GAP)
        right = self.width() - (self._button.width() + 2 * gap if state.do else 0)
        room = right - sign - 2 * gap - self._taken
        if room <= 0:
            return
        text = QFontMetrics(font).elidedText(state.text, Qt.TextElideMode.ElideRight, room)
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setPen(colours.ink if state.is_bold else colours.ink2)
        place = QRect(right - width, 0, width + 1, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        if state.sign:
            where = QRect(right - width - gap - sign, (self.height() - sign) // 2, sign, sign)
            appearance.icon(state.sign).paint(painter, where)
