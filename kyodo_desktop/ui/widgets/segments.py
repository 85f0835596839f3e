"""One status out of those of the plan: as segments side by side, as a list, or only to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kyodo_desktop.ui.widgets import badges, forms, inputs, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from kyodo_desktop.domain.plan import Status

NO_STATUS = "未記入"
_HEIGHT, _PADDING, _GAP, _RADIUS = 32, 10, 6, 4
_MOST_ROWS = 3  # of segments; more are offered as a list
_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class StatusSegments(QWidget):
    """Shows which status there is and tells which one the user wants.

    The Tab key comes to it once, the cursor keys go through it. Where the segments would take
    more than three rows, a list takes their place; where nothing may be changed, a badge and
    its word.
    """

    picked = Signal(int)

    def __init__(self, name: str = "status_buttons") -> None:
        super().__init__()
        self._statuses: Sequence[Status] = ()
        self._present: int | None = None
        self._is_editable = True
        self.setObjectName(name)
        self.setAccessibleName("状態")
        self._row = QWidget()
        self._segments = forms.ButtonRow(self._row, self._new_segment, gap=-1, fills=True)
        self._list = inputs.ChoiceBox()
        self._list.setObjectName("status_list")
        self._list.setAccessibleName("状態")
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._list.picked.connect(self.picked.emit)
        self._word = StatusLabel(bold=True)
        self._word.setObjectName("status_word")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self._row, self._list, self._word):
            column.addWidget(part)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    @property
    def entry(self) -> QWidget:
        """What the focus comes to."""
        if self._list.isVisibleTo(self):
            return self._list
        found = (each for each in self._segments.buttons if each.isChecked())
        return next(found, self._segments.buttons[0])

    @property
    def parts(self) -> list[QWidget]:
        """What the Tab key can come to."""
        return [*self._segments.buttons, self._list]

    def offer(self, statuses: Sequence[Status]) -> None:
        """Offer these statuses, in this order."""
        if statuses == self._statuses:
            return
        self._statuses = statuses
        segments = self._segments.show_buttons(len(statuses))
        for status, segment in zip(statuses, segments, strict=True):
            segment.show_status(status)
        self._list.offer([(each.id, each.word) for each in statuses])
        self._fit()

    def show_status(self, status_id: int | None) -> None:
        """Show the status as the present one; None is 未記入 or several."""
        self._present = status_id
        for status, segment in zip(self._statuses, self._segments.buttons, strict=False):
            segment.setChecked(status.id == status_id)
        self._list.show_value(status_id)
        self._word.show_status(next((s for s in self._statuses if s.id == status_id), None))
        self._lead_tab_key()

    def set_editable(self, editable: bool) -> None:
        """Let another status be picked, or only the present one be read."""
        if editable != self._is_editable:
            self._is_editable = editable
            self._fit()

    def pick(self, key: int) -> None:
        """Do as if the segment with this key (from 1) had been clicked."""
        if key <= len(self._statuses) and self._is_editable and self.isEnabled():
            self.picked.emit(self._statuses[key - 1].id)

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the segments if they find room, else the list; only a word if that is all."""
        rows = self._segments.rows_in(self.width()) if self.width() > 0 else 1
        is_list = self._is_editable and rows > _MOST_ROWS
        for part, is_shown in (
            (self._row, self._is_editable and not is_list),
            (self._list, is_list),
            (self._word, not self._is_editable),
        ):
            if part.isHidden() == is_shown:
                part.setVisible(is_shown)

    def _lead_tab_key(self) -> None:
        entry = self.entry
        for each in self._segments.buttons:
            is_entry = each is entry
            policy = Qt.FocusPolicy.StrongFocus if is_entry else Qt.FocusPolicy.ClickFocus
            each.setFocusPolicy(policy)

    def _new_segment(self, place: int) -> StatusSegment:
        segment = StatusSegment(place + 1)
        segment.clicked.connect(lambda _: self.pick(place + 1))
        segment.stepped.connect(lambda steps: self._step(place, steps))
        return segment

    def _step(self, place: int, steps: int) -> None:
        wanted = place + steps
        if 0 <= wanted < len(self._statuses):
            self._segments.buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)


class StatusSegment(QPushButton):
    """The badge and the word of one status."""

    stepped = Signal(int)  # the focus wants to go on by so many

    def __init__(self, key: int) -> None:
        super().__init__()
        self.key = key
        self._status: Status | None = None
        self.setObjectName(f"status_{key}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_status(self, status: Status) -> None:
        """Show this status."""
        self._status = status
        self.setAccessibleName(status.word)
        self.setToolTip(plain.tip(f"{status.meaning}（Alt+{self.key}）"))
        self.updateGeometry()
        self.update()

    # Qt's interface

    def sizeHint(self) -> QSize:
        word = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self._word)
        around = 2 * _PADDING + badges.SIDE + _GAP
        return QSize(word + theme.px(around), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(2 * _PADDING + badges.SIDE), theme.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(event.key(), 0)
        if steps and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.stepped.emit(steps)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        self._write(painter)

    def _draw_ground(self, painter: QPainter) -> None:
        tokens, is_marked = theme.tokens(), self.isChecked()
        line, width = (tokens.accent, 2) if is_marked else (tokens.border, 1)
        inset = width / 2
        painter.setPen(QPen(line, width))
        painter.setBrush(self._ground())
        room = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(room, theme.px(_RADIUS) - 1, theme.px(_RADIUS) - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.base, 1))
            away = 2.5 if is_marked else 0.5
            painter.drawRect(QRectF(self.rect()).adjusted(away, away, -away, -away))
            painter.setPen(QPen(tokens.focus, 2))
            away = 4.0 if is_marked else 1.0
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(away, away, -away, -away), 2, 2)

    def _ground(self) -> QColor:
        tokens = theme.tokens()
        if self.isChecked():
            return tokens.sel
        return tokens.soft if self.underMouse() and self.isEnabled() else tokens.base

    def _ink(self) -> QColor:
        tokens = theme.tokens()
        if self.isChecked() and tokens.is_high_contrast:
            return tokens.on_accent
        return tokens.ink if self.isEnabled() else tokens.ink3

    def _write(self, painter: QPainter) -> None:
        """Write the badge and the word, in the middle if there is room to spare."""
        side, gap, padding = theme.px(badges.SIDE), theme.px(_GAP), theme.px(_PADDING)
        font = theme.font(bold=self.isChecked())
        metrics = QFontMetrics(font)
        room = self.width() - 2 * padding - side - gap
        word = metrics.elidedText(self._word, Qt.TextElideMode.ElideRight, max(0, room))
        left = max(padding, (self.width() - side - gap - metrics.horizontalAdvance(word)) // 2)
        if self._status is not None:
            at = QPoint(left, (self.height() - side) // 2)
            badges.draw_badge(painter, at, self._status, selected=self.isChecked())
        painter.setFont(font)
        painter.setPen(self._ink())
        words = QRect(left + side + gap, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)

    @property
    def _word(self) -> str:
        return self._status.label if self._status else ""


class StatusLabel(QWidget):
    """A status that is only to be read: its badge and its word, which can be copied."""

    def __init__(self, *, bold: bool = False) -> None:
        super().__init__()
        self._status: Status | None = None
        self._badge = plain.Label()
        self._text = plain.ElidedLabel()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bold = bold
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(_GAP))
        row.addWidget(self._badge)
        row.addWidget(self._text, 1)
        self._dress()

    def show_status(self, status: Status | None) -> None:
        """Show a status; None is 未記入."""
        if status == self._status and self._text.text():
            return
        self._status = status
        self._text.setText(status.label if status else NO_STATUS)
        self.setAccessibleName(f"状態：{status.word if status else NO_STATUS}")
        self._dress()

    # Qt's interface

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        side = theme.px(badges.SIDE)
        self._badge.setPixmap(badges.badge_icon(self._status).pixmap(QSize(side, side)))
        if self._bold:
            font = self._text.font()
            font.setBold(True)
            self._text.setFont(font)
        self.setFixedHeight(theme.px(_HEIGHT))
