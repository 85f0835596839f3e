"""The page 手順: what to do first, the next step in bold, until enough is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kyodo_desktop.domain import guide
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.widgets import forms, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from kyodo_desktop.domain.guide import GuideStep

_MARGIN, _GAP = 16, 8
_ROW, _CIRCLE, _TEXT_LEFT, _LINE, _THIN = 56, 24, 40, 20, 1.25
_DONE = "✓"


class GuidePage(QScrollArea):
    """Shows the steps of a plan; what they need is done where they say."""

    sample_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, fill: Callable[[], None]) -> None:
        """Make an empty page; `fill` is called when it is to be shown."""
        super().__init__()
        self._fill = fill
        self.setObjectName("guide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = plain.Label("はじめの手順")
        self._title.setProperty("role", "block")
        self.steps = Steps()
        line = QFrame()
        line.setProperty("role", "line")
        line.setFixedHeight(1)
        self._hint = plain.Label("出来上がりを見たいときは")
        self._hint.setProperty("role", "caption")
        self.sample = forms.push_button("サンプルを別のウィンドウで開く", "open_sample_beside")
        self.end = forms.push_button("手順を閉じる", "end_guide")
        for link in (self.sample, self.end):
            link.setProperty("role", "link")
        self.sample.clicked.connect(self.sample_wanted)
        self.end.clicked.connect(self.end_wanted)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._hint)
        self._foot.addWidget(self.sample)
        self._foot.addStretch(1)
        self._foot.addWidget(self.end)
        content = QWidget()
        content.setBackgroundRole(QPalette.ColorRole.Base)
        content.setAutoFillBackground(True)
        self._column = QVBoxLayout(content)
        self._column.addWidget(self._title)
        self._column.addWidget(self.steps)
        self._column.addWidget(line)
        self._column.addLayout(self._foot)
        self._column.addStretch(1)
        self.setWidget(content)
        self.setFocusProxy(self.end)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    def show_nodes(self, _chosen: Sequence[int]) -> None:
        """Show the steps, whatever is chosen."""
        self._fill()

    def _fit(self) -> None:
        px = theme.px
        self._column.setContentsMargins(*[px(_MARGIN)] * 4)
        self._column.setSpacing(px(_GAP))
        self.steps.updateGeometry()

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)


class Steps(QWidget):
    """The steps below each other, each with its number in a circle; read out as one list."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guide_steps")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._steps: list[GuideStep] = []
        self._next = 0

    def show_steps(self, steps: list[GuideStep]) -> None:
        """Show these."""
        self._steps, self._next = steps, guide.next_step(steps)
        self.setAccessibleName("はじめの手順")
        self.setAccessibleDescription(with_signs("\n".join(map(self._spoken, range(len(steps))))))
        self.updateGeometry()
        self.update()

    def _spoken(self, place: int) -> str:
        step = self._steps[place]
        state = "済み" if step.is_done else "次の手順" if place == self._next else ""
        parts = (f"{place + 1} {step.title}", step.so_far, state, step.how)
        return "、".join(filter(None, parts))

    # Qt's interface

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(_ROW) * len(self._steps))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, step in enumerate(self._steps):
            self._draw(painter, QRect(0, place * px(_ROW), self.width(), px(_ROW)), place, step)
        if self.hasFocus():
            painter.setPen(QPen(theme.tokens().focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(4), px(4))

    def _draw(self, painter: QPainter, room: QRect, place: int, step: GuideStep) -> None:
        tokens, px = theme.tokens(), theme.px
        is_next = place == self._next
        circle = QRect(room.left() + px(4), room.top() + px(4), px(_CIRCLE), px(_CIRCLE))
        if place < len(self._steps) - 1:
            middle = circle.center().x()
            painter.setPen(QPen(tokens.line, 1))
            painter.drawLine(middle, circle.bottom() + px(4), middle, room.bottom())
        painter.setPen(QPen(tokens.accent if is_next else tokens.border, _THIN))
        painter.setBrush(tokens.accent if is_next else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        painter.setFont(theme.font(12, bold=True))
        painter.setPen(tokens.on_accent if is_next else tokens.ink2)
        sign = _DONE if step.is_done else f"{place + 1}"
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, sign)
        left = room.left() + px(_TEXT_LEFT)
        width = room.right() - left
        painter.setFont(theme.font(bold=is_next))
        painter.setPen(tokens.ink)
        title = with_signs(f"{step.title}　{step.so_far}".strip())
        upper = QRect(left, circle.top(), width, px(_LINE))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(theme.font(12))
        painter.setPen(tokens.ink2)
        how = painter.fontMetrics().elidedText(
            with_signs(step.how), Qt.TextElideMode.ElideRight, width
        )
        lower = QRect(left, upper.bottom() + 1, width, px(_LINE))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, how)
