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

from kyodo_desktop.ui.editor.form_page import follow_in_tab_order
from kyodo_desktop.ui.editor.inks import ink_on
from kyodo_desktop.ui.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.plan import Status

_PADDING, _GAP = 12, 6
_TINT = 56  # of 255: the colour of the status over the button that is chosen


class StatusButtons(QWidget):
    """Shows which status there is and tells which one the user wants."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._statuses: Sequence[Status] = ()
        self._buttons: list[StatusButton] = []
        self._row = FlowLayout(self)
        self.setObjectName("status_buttons")
        self.setAccessibleName("状態")
        self._make_buttons(1)

    def offer(self, statuses: Sequence[Status]) -> None:
        """Offer these statuses, in this order."""
        if statuses == self._statuses:
            return
        self._statuses = statuses
        self._make_buttons(len(statuses))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(statuses))
            if place < len(statuses):
                button.stand_for(statuses[place])

    def show_status(self, status_id: int | None) -> None:
        """Show the status as the present one; None is 未記入 or several."""
        for status, button in zip(self._statuses, self._buttons, strict=False):
            button.setChecked(status.id == status_id)

    def pick(self, key: int) -> None:
        """Do as if the button with this key (from 1) had been clicked."""
        if key <= len(self._statuses) and self.isEnabled():
            self.picked.emit(self._statuses[key - 1].id)

    def _make_buttons(self, count: int) -> None:
        while len(self._buttons) < count:
            button = StatusButton(len(self._buttons) + 1)
            button.clicked.connect(lambda _, key=button.key: self.pick(key))
            self._row.addWidget(button)
            if self._buttons:
                follow_in_tab_order(self._buttons[-1], [button])
            self._buttons.append(button)


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

    def stand_for(self, status: Status) -> None:
        """Show this status."""
        self._mark, self._word, self._colour = status.symbol, status.label, status.colour
        self.setAccessibleName(status.word)
        self.setToolTip(f"{status.definition}（キー {self.key}）")
        self.updateGeometry()
        self.update()

    # Qt's interface

    def sizeHint(self) -> QSize:
        bold, plain = QFontMetrics(self._bold()), self.fontMetrics()
        width = bold.horizontalAdvance(self._word) + plain.horizontalAdvance(
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

    def _tint(self, painter: QPainter) -> None:
        edge, ground = QColor(self._colour), QColor(self._colour)
        ground.setAlpha(_TINT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(edge)
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _write(self, painter: QPainter) -> None:
        """Write the mark and the word from the left, and the key on the right."""
        palette, room = self.palette(), self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        ink = palette.color(QPalette.ColorRole.ButtonText)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, str(self.key))
        mark_ink = ink_on(palette.color(QPalette.ColorRole.Button), self._colour)
        painter.setPen(mark_ink if self.isEnabled() else ink)
        painter.drawText(room, middle, self._mark)
        room.setLeft(room.left() + self.fontMetrics().horizontalAdvance(self._mark) + _GAP)
        painter.setPen(ink)
        painter.setFont(self._bold() if self.isChecked() else self.font())
        painter.drawText(room, middle, self._word)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font
