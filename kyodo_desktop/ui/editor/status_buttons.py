"""A button for each status of the plan: its mark, its word and the key that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from kyodo_desktop.ui.widgets import appearance, forms, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.plan import Status

_PADDING, _GAP = 12, 6
_TINT = 0.22  # how much of the colour of the status lies over the button that is chosen


class StatusButtons(QWidget):
    """Shows which status there is and tells which one the user wants."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._statuses: Sequence[Status] = ()
        self.setObjectName("status_buttons")
        self.setAccessibleName("状態")
        self._row = forms.ButtonRow(self, self._new_button)

    def offer(self, statuses: Sequence[Status]) -> None:
        """Offer these statuses, in this order."""
        if statuses == self._statuses:
            return
        self._statuses = statuses
        buttons = self._row.show_buttons(len(statuses))
        for status, button in zip(statuses, buttons, strict=True):
            button.show_status(status)

    def show_status(self, status_id: int | None) -> None:
        """Show the status as the present one; None is 未記入 or several."""
        for status, button in zip(self._statuses, self._row.buttons, strict=False):
            button.setChecked(status.id == status_id)

    def pick(self, key: int) -> None:
        """Do as if the button with this key (from 1) had been clicked."""
        if key <= len(self._statuses) and self.isEnabled():
            self.picked.emit(self._statuses[key - 1].id)

    def _new_button(self, place: int) -> StatusButton:
        button = StatusButton(place + 1)
        button.clicked.connect(lambda _: self.pick(place + 1))
        return button


class StatusButton(QPushButton):
    """The style's own button, tinted when it is the present status."""

    def __init__(self, key: int) -> None:
        super().__init__()
        self.key = key
        self._mark = self._word = self._colour = ""
        self.setObjectName(f"status_{key}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_status(self, status: Status) -> None:
        """Show this status."""
        self._mark, self._word, self._colour = status.symbol, status.label, status.colour
        self.setAccessibleName(status.word)
        self.setToolTip(plain.tip(f"{status.definition}（キー {self.key}）"))
        self.updateGeometry()
        self.update()

    # Qt's interface

    def sizeHint(self) -> QSize:
        bold, regular = QFontMetrics(self._bold()), self.fontMetrics()
        width = bold.horizontalAdvance(self._word) + regular.horizontalAdvance(
            f"{self._mark}{self.key}"
        )
        return QSize(width + 2 * _GAP + 2 * _PADDING, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        if self.isChecked():
            self._tint(painter)
        self._write(painter)

    def ground(self) -> QColor:
        """Return what the words stand on, but for the shades of the system's style."""
        button = self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.Button)
        return (
            appearance.mixed(QColor(self._colour), button, _TINT) if self.isChecked() else button
        )

    def ink(self, colour: QColor | None = None) -> QColor:
        """Return the colour of the word, or another one as it can be read.

        The present status is no less true where it may not be changed: it is not grey.
        """
        if not (self.isChecked() or self.isEnabled()):
            return self.palette().color(QPalette.ColorRole.ButtonText)
        text = self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
        return appearance.legible(colour or text, self.ground())

    def _tint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._colour))
        painter.setBrush(self.ground())
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _write(self, painter: QPainter) -> None:
        """Write the mark and the word from the left, and the key on the right."""
        palette, room = self.palette(), self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        middle, ink = Qt.AlignmentFlag.AlignVCenter, self.ink()
        painter.setPen(self.ink(palette.color(QPalette.ColorRole.PlaceholderText)))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, str(self.key))
        painter.setPen(self.ink(QColor(self._colour)))
        painter.drawText(room, middle, self._mark)
        room.setLeft(room.left() + self.fontMetrics().horizontalAdvance(self._mark) + _GAP)
        painter.setPen(ink)
        painter.setFont(self._bold() if self.isChecked() else self.font())
        painter.drawText(room, middle, self._word)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font
