"""What the window shows while no plan is open: ways to begin, and the recent plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.files import cards
from kyodo_desktop.ui.widgets import appearance, inputs, plain, theme
from kyodo_desktop.ui.widgets.painted import PaintedButton

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from kyodo_desktop.ui.files.cards import RecentPlan

_WAYS, _GAP, _BLOCK, _MARGIN = 320, 48, 32, 16
_WAY_HEIGHT, _WAY_GAP, _TEXT_LEFT = 52, 8, 40
_LOGO, _ICON = 48, 24
_ROUND = 4
_TITLE = "協働プラン進捗管理"
_EXPLANATION = "計画の進捗を記録し、各課に照会し、報告書をExcel・PDF・Webページで作ります。"


class StartPage(QWidget):
    """Offers a new plan, a table, a file, the sample, and the recent plans.

    The window does the rest.
    """

    sample_requested = Signal()
    new_requested = Signal()
    import_requested = Signal()
    open_requested = Signal()
    recent_requested = Signal(object)
    search_requested = Signal(object)
    removal_requested = Signal(object)

    def __init__(self, sample: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways = (
            WayButton("new", "新しい計画を作る", "計画名・期間・階層を決める"),
            WayButton("import", "表を取り込む", "現在のExcel・CSVから作る"),
            WayButton("open", "ファイルを開く", "計画のファイル（.kyodo）"),
            WayButton("sample", "サンプルを開く", sample),
        )
        requests = (
            *(self.new_requested, self.import_requested),
            *(self.open_requested, self.sample_requested),
        )
        for way, request in zip(self._ways, requests, strict=True):
            way.clicked.connect(request)
        self._recent = QWidget()
        self.cards = cards.Cards()
        self.cards.chosen.connect(self.recent_requested)
        self.cards.search_requested.connect(self.search_requested)
        self.cards.removal_requested.connect(self.removal_requested)
        self._lay_out()
        self._fit()
        theme.notifier().changed.connect(self._fit)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]
        self._recent.hide()
        self.setFocusProxy(self._ways[0])

    def show_recent(self, plans: Sequence[RecentPlan], now: datetime) -> None:
        """Show the recent plans; the first one has the focus, so that Enter goes on with it."""
        had_focus = self.isAncestorOf(self._focus) if self._focus else False
        self.cards.show_plans(plans, now)
        self._recent.setVisible(bool(plans))
        self.setFocusProxy(self.cards.cards[0] if plans else self._ways[0])
        previous: QWidget = self._ways[-1]
        for card in self.cards.cards:
            for part in (card, card.look_for, card.forget):
                QWidget.setTabOrder(previous, part)
                previous = part
        if had_focus or self.isVisible():
            self.setFocus()

    @property
    def _focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        # Of the narrow page, whichever is shown: else a window could not become narrow.
        height = self._down.minimumHeightForWidth(self.width())
        return QSize(theme.px(_WAYS + 2 * _MARGIN), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the recent plans beside the ways, one or two in a row, or below them."""
        px = theme.px
        room = self.width() - 2 * px(_MARGIN)
        card, gap = px(cards.WIDTH), px(cards.GAP)
        beside = px(_WAYS) + px(_GAP)
        way = QBoxLayout.Direction
        is_beside = room >= beside + card
        left = room - beside if is_beside else room
        self._across.setDirection(way.LeftToRight if is_beside else way.TopToBottom)
        self.cards.set_columns(2 if left >= 2 * card + gap else 1)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep what has the focus in sight where the page scrolls."""
        area = inputs.page_around(self)
        if area is not None and now is not None and self.isAncestorOf(now):
            area.ensureWidgetVisible(now)

    def _lay_out(self) -> None:
        self._head = ProgramHead()
        self._begin, self._last = plain.Label("始める"), plain.Label("最近の計画")
        for caption in (self._begin, self._last):
            caption.setProperty("role", "block")
        self._left = QWidget()
        self._left_column = QVBoxLayout(self._left)
        self._left_column.addWidget(self._begin)
        for way in self._ways:
            self._left_column.addWidget(way)
        self._left_column.addStretch(1)
        self._right_column = QVBoxLayout(self._recent)
        self._right_column.addWidget(self._last)
        self._right_column.addWidget(self.cards)
        self._right_column.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.addWidget(self._left)
        self._across.addWidget(self._recent)
        self._middle = QVBoxLayout()
        self._middle.addWidget(self._head)
        self._middle.addLayout(self._across)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addLayout(self._middle)
        centred.addStretch(1)
        down = self._down = QVBoxLayout(self)
        down.addStretch(2)
        down.addLayout(centred)
        down.addStretch(3)

    def _fit(self) -> None:
        """Take the measures of the present zoom."""
        px = theme.px
        self._down.setContentsMargins(*[px(_MARGIN)] * 4)
        self._middle.setSpacing(px(_BLOCK))
        self._across.setSpacing(px(_GAP))
        for column in (self._left_column, self._right_column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(_WAY_GAP))
        self._left.setFixedWidth(px(_WAYS))
        for way in self._ways:
            way.setFixedSize(px(_WAYS), px(_WAY_HEIGHT))
        for card in self.cards.cards:
            card.fit()
        self._head.fit()
        self._arrange()


class ProgramHead(QWidget):
    """The program's icon and name, and what it is for."""

    def __init__(self) -> None:
        super().__init__()
        self._logo, title, about = plain.Label(), plain.Label(_TITLE), plain.Label(_EXPLANATION)
        title.setProperty("role", "title")
        about.setProperty("role", "caption")
        about.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(title)
        texts.addWidget(about)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._logo, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(texts, 1)
        self.fit()

    def fit(self) -> None:
        """Take the measures of the present zoom."""
        side = theme.px(_LOGO)
        self._logo.setPixmap(appearance.app_icon().pixmap(side, side))
        self._row.setSpacing(theme.px(_MARGIN))


class WayButton(PaintedButton):
    """A way to begin: a drawing, what it does, and in small how."""

    def __init__(self, name: str, text: str, explanation: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(plain.whole(text))
        self.setAccessibleName(text)
        self.setAccessibleDescription(with_signs(explanation))
        self._text, self._explanation = text, explanation
        appearance.give_icon(self, name)

    # Qt's interface

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, px = theme.tokens(), theme.px
        painter = QPainter(self)
        self.paint_ground(painter, px(_ROUND))
        side = px(_ICON)
        self.icon().paint(painter, QRect(px(_ROUND), (self.height() - side) // 2, side, side))
        left, half = px(_TEXT_LEFT), self.height() // 2
        width = self.width() - left - px(_ROUND)
        lower = QRect(left, half, width, half - px(_ROUND))
        painter.setFont(theme.font(bold=True))
        painter.setPen(tokens.ink)
        align = Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRect(left, px(_ROUND), width, half - px(_ROUND)), align, self._text)
        painter.setFont(theme.font(12))
        painter.setPen(tokens.ink2)
        elided = painter.fontMetrics().elidedText(
            with_signs(self._explanation), Qt.TextElideMode.ElideRight, width
        )
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, elided)
