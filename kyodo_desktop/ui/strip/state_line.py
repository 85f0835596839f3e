"""How the plan stands while that lasts: who edits, that a round is closed, that a file is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QPushButton, QWidget

from kyodo_desktop.ui.widgets import appearance, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent

_SIGN, _GAP, _BUTTON, _SIZE = 16, 8, 24, 12


class StateLine(QWidget):
    """A short text at the right end with one button; it keeps its place whatever it says.

    What the text leaves out is in its tooltip, and is spoken.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("state")
        self._sign = ""
        self._is_bold = False
        self._taken = 0
        self._do: Callable[[], None] | None = None
        self._button = QPushButton(self)
        self._button.setObjectName("state_button")
        self._button.clicked.connect(self._run)
        self._button.hide()
        self.text = ""

    def show_state(
        self,
        text: str,
        button: str = "",
        do: Callable[[], None] | None = None,
        *,
        hint: str = "",
        sign: str = "saved",
        is_bold: bool = False,
    ) -> None:
        """Say how things stand and what can be done about it; `hint` says it at length."""
        before, self.text = self.text, text
        self._do, self._sign, self._is_bold = do, sign, is_bold
        self.setToolTip(plain.tip(hint or text))
        self.setAccessibleName(hint or text)
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(do is not None)
        self._place()
        if before not in ("", text):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, hint or text))
        self.update()

    @property
    def button_room(self) -> int:
        """What the button takes."""
        return self._button.width() + theme.px(_GAP) if self._do else 0

    def leave_out(self, width: int) -> None:
        """Leave some room at the left to something else."""
        self._taken = width
        self.update()

    def _run(self) -> None:
        if self._do is not None:
            self._do()

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
        if not self.text:
            return
        painter, colours = QPainter(self), theme.tokens()
        font = theme.font(_SIZE, bold=self._is_bold)
        painter.setFont(font)
        sign, gap = theme.px(_SIGN), theme.px(_GAP)
        right = self.width() - (self._button.width() + 2 * gap if self._do else 0)
        room = right - sign - 2 * gap - self._taken
        if room <= 0:
            return
        text = QFontMetrics(font).elidedText(self.text, Qt.TextElideMode.ElideRight, room)
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setPen(colours.ink if self._is_bold else colours.ink2)
        place = QRect(right - width, 0, width + 1, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        if self._sign:
            where = QRect(right - width - gap - sign, (self.height() - sign) // 2, sign, sign)
            appearance.icon(self._sign).paint(painter, where)
