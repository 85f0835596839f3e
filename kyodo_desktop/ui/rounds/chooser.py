"""The button that says which round is shown, and whose menu leads to the others."""

from __future__ import annotations

import calendar
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton

from kyodo_desktop.ui.widgets import appearance, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QKeyEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Round

_WIDTH, _HEIGHT = 216, 32
_EDGE, _GAP, _SIGN, _ARROW = 10, 8, 16, 14
_SMALL = 12
_NONE = "調査なし"


class RoundChooser(QPushButton):
    """Of one width: name, day and a lock where the round is closed. Offers the newest first."""

    picked = Signal(object)  # the id of a round

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("round_chooser")
        self.setAutoDefault(False)
        self._outline: Outline | None = None
        self._sign = ""
        self._more: Sequence[QAction] = ()
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.show_rounds(None)
        self._fit()
        theme.notifier().changed.connect(self._fit)

    def offer_more(self, actions: Sequence[QAction]) -> None:
        """Offer these below the rounds."""
        self._more = actions

    def show_rounds(self, outline: Outline | None) -> None:
        """Show which round of the plan is shown."""
        self._outline = outline
        shown = self._shown
        name, day = (shown.label, _day(shown)) if shown else (_NONE, "")
        self.setAccessibleName(plain.whole(f"表示する調査　{name}　{day}".strip()))
        self.setToolTip(plain.tip(f"{name}　{day}\n表示する調査を選びます" if shown else _NONE))
        self.setEnabled(outline is not None)
        sign = "lock" if shown and shown.closed_at else "checks"
        if shown and sign != self._sign:
            self._sign = sign
            appearance.give_icon(self, sign)
        self.update()

    @property
    def _shown(self) -> Round | None:
        return self._outline.round if self._outline else None

    # Qt's interface

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        option.text, option.icon = "", QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        colours = theme.tokens()
        room = self.rect().adjusted(theme.px(_EDGE), 0, -theme.px(_EDGE), 0)
        shown, sign, gap = self._shown, theme.px(_SIGN), theme.px(_GAP)
        place = QRect(room.left(), room.center().y() - sign // 2 + 1, sign, sign)
        self.icon().paint(painter, place)
        room.setLeft(room.left() + sign + gap)
        self._draw_arrow(painter, room)
        room.setRight(room.right() - theme.px(_ARROW) - gap // 2)
        painter.setPen(colours.ink if self.isEnabled() else colours.ink3)
        name = self._draw_text(painter, room, shown.name if shown else _NONE, bold=True)
        room.setLeft(name.right() + 2 * gap)
        if shown and room.width() > gap:
            painter.setPen(colours.ink2)
            self._draw_text(painter, room, _day(shown), bold=False)

    def _draw_text(self, painter: QPainter, room: QRect, text: str, *, bold: bool) -> QRect:
        painter.setFont(theme.font(bold=True) if bold else theme.font(_SMALL))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return QRect(room.topLeft(), QSize(metrics.horizontalAdvance(text), room.height()))

    def _draw_arrow(self, painter: QPainter, room: QRect) -> None:
        """Draw the sign of a menu as a line of two strokes."""
        half, drop = theme.px(4), theme.px(2)
        x, y = room.right() - half, room.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens().ink2)
        painter.drawLine(x - half, y - drop, x, y + drop)
        painter.drawLine(x, y + drop, x + half, y - drop)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _fill(self) -> None:
        """Offer the rounds as they are now."""
        menu, shown = self.menu(), self._shown
        menu.clear()
        known = self._outline.rounds.values() if self._outline else ()
        for each in reversed(known):
            action = menu.addAction(plain.whole(f"{each.label}　{_day(each)}"))
            action.setCheckable(True)
            action.setChecked(each == shown)
            action.triggered.connect(partial(self._pick, each.id))
        menu.addSeparator()
        menu.addActions(list(self._more))

    def _pick(self, round_id: int) -> None:
        self.picked.emit(round_id)

    def _fit(self) -> None:
        """Take the measures of the present zoom."""
        self.setFixedSize(self.sizeHint())


def _day(shown: Round) -> str:
    """Return the day that a round is about, whose year its name has: 10月末現在."""
    day = date.fromisoformat(shown.as_of)
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return f"{day.month}月末現在" if is_last else f"{day.month}月{day.day}日現在"
