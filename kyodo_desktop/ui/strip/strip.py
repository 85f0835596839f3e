"""The strip above the list: how far the round is, what limits the list, and who edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QToolButton, QWidget

from kyodo_desktop.ui.strip.figure import FigureKind, RoundFigure
from kyodo_desktop.ui.strip.search_box import SearchBox
from kyodo_desktop.ui.strip.state_line import StateLine
from kyodo_desktop.ui.widgets import forms, plain, theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from kyodo_desktop.ui.shell import PlanState

_HEIGHT, _MARGIN, _GAP = 40, 8, 4
_LIMIT_WIDTH, _LEAST_LIMIT = 208, 88
_MORE_WIDTH, _LIMIT_HEIGHT = 92, 28
_LEAST_STATE = 104  # its button, whether it is there or not

CONFIRMED = FigureKind(
    "unconfirmed", "確認済", "まだ確認していないもの", part_of_all=True, caption_on="未確認"
)
OVERDUE = FigureKind("overdue", "期限超過", "期限を過ぎて終わっていないもの", alarming=True)
EMPTY = FigureKind("empty", "未記入", "状態がまだ記入されていないもの")
FINDINGS = FigureKind("findings", "要確認", "点検で要確認となったもの")
UNANSWERED = FigureKind("unanswered", "未回答", "回答がまだ届いていない課のもの", unit="課")
CHANGED = FigureKind("changed", "変更", "前回の調査から変わったもの")
KINDS = (CONFIRMED, OVERDUE, EMPTY, FINDINGS, UNANSWERED, CHANGED)
# In a narrow window these give way one after the other, and stand in a menu.
GIVE_WAY = (CHANGED, UNANSWERED, EMPTY, FINDINGS, OVERDUE)


class Limits(NamedTuple):
    """What the user wants to see: a text, at most one figure, and what a column is limited to.

    `among` are the actions that a figure elsewhere has counted.
    """

    text: str = ""
    figure: FigureKind | None = None
    section_id: int | None = None
    status_ids: frozenset[int | None] = frozenset()
    among: frozenset[int] | None = None

    @property
    def is_all(self) -> bool:
        return not self.text.split() and self[1:] == Limits()[1:]


class Strip(QWidget):
    """Of one height for good. The search box is made here and shown wherever there is room."""

    changed = Signal()  # what is wanted

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName("調査の状況")
        self.search = SearchBox()
        self.figures = {kind: RoundFigure(kind, self) for kind in KINDS}
        self._more = self._more_button()
        self._limit = self._limit_button()
        self.state = StateLine(self)
        self.wanted = Limits()
        self._limits = ""  # what the columns are limited to, in words
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._follow_keys()
        self.search.textChanged.connect(self._take_text)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    # What is wanted

    @property
    def description(self) -> str:
        """What limits the list, in words."""
        wanted = self.wanted
        words = (f"「{wanted.text.strip()}」" if wanted.text.strip() else "", self._limits)
        kind = wanted.figure
        figure = (kind.caption_on or kind.caption) if kind else ""
        return "・".join(filter(None, (figure, *words)))

    def clear(self) -> None:
        """Limit nothing; that is one change."""
        self._settle(Limits(), "")

    def choose(self, kind: FigureKind) -> None:
        """Show what a figure counts, and nothing else; that is one change."""
        self._settle(Limits(figure=kind), "")

    def limit(
        self,
        words: str,
        *,
        section_id: int | None = None,
        status_ids: Iterable[int | None] = (),
        among: frozenset[int] | None = None,
        alone: bool = False,
    ) -> None:
        """Limit the columns as well, or `alone`; `words` say to what, as in 担当課：企画課."""
        kept = Limits() if alone else self.wanted
        wanted = kept._replace(
            section_id=section_id, status_ids=frozenset(status_ids), among=among
        )
        self._settle(wanted, words)

    def is_searched(self) -> bool:
        """Tell whether the search or one of the figures has the focus."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self.search or self.isAncestorOf(focus))

    def _settle(self, wanted: Limits, limits: str) -> None:
        before, self.wanted, self._limits = self.wanted, wanted, limits
        if wanted.text != self.search.text():
            self.search.setText(wanted.text)
        for kind, figure in self.figures.items():
            figure.setChecked(kind is wanted.figure)
        if wanted != before:
            self._show_limit()
            self._fit()
            self.changed.emit()

    def _toggle(self, kind: FigureKind, *, on: bool) -> None:
        if on != (self.wanted.figure is kind):
            self._settle(self.wanted._replace(figure=kind if on else None), self._limits)

    def _take_text(self, text: str) -> None:
        if text != self.wanted.text:
            self._settle(self.wanted._replace(text=text), self._limits)

    # What is shown

    def set_state(self, state: PlanState) -> None:
        """Say who edits or why nobody can."""
        self.state.show_state(state)
        self._fit()

    def begin(self) -> None:
        """Forget the widths that another plan asked for."""
        for figure in self.figures.values():
            figure.forget_width()
        self._fit()

    def widen(self) -> None:
        """Give a figure with more digits its room."""
        if any(each.isVisible() and each.width() < each.sizeHint().width() for each in self._all):
            self._fit()

    @property
    def takes_focus(self) -> bool:
        """Tell whether there is a figure that is not 0."""
        return any(each.isVisible() and each.isEnabled() for each in self._all)

    def take_focus(self) -> None:
        """Put the focus on the first figure that can have it."""
        self._step(-1, 1)

    @property
    def _all(self) -> Iterable[RoundFigure]:
        return self.figures.values()

    # Layout

    def _fit(self) -> None:
        """Lay out what there is room for; the state is cut short first."""
        self.setFixedHeight(theme.px(_HEIGHT))
        for figure in self._all:
            figure.set_bar(shown=True)
        gone = list(self._giving_way())
        x = theme.px(_MARGIN)
        for kind, figure in self.figures.items():
            figure.setVisible(kind not in gone)
            if kind in gone:
                continue
            figure.setFixedSize(figure.sizeHint())
            figure.move(x, (self.height() - figure.height()) // 2)
            x += figure.width() + theme.px(_GAP)
        self._show_more(gone)
        if gone:
            self._more.move(x, (self.height() - self._more.height()) // 2)
            x += self._more.width() + theme.px(_GAP)
        left = x + theme.px(_MARGIN)
        right = max(self.width() - theme.px(2 * _MARGIN), left)
        self.state.setGeometry(left, 0, right - left, self.height())
        self._place_limit(left)

    def _show_more(self, gone: list[FigureKind]) -> None:
        """Name the figure that is on though there is no room for it, or say how many there are."""
        on = self.wanted.figure if self.wanted.figure in gone else None
        self._more.setFixedSize(theme.px(_MORE_WIDTH), theme.px(_LIMIT_HEIGHT))
        self._more.setVisible(bool(gone))
        self._more.setProperty("isOn", on is not None)
        self._more.setText(f"{on.caption} ▾" if on else f"ほか{len(gone)} ▾")
        self._more.setAccessibleName(f"{on.caption}だけを表示中" if on else "ほかの件数")
        self._more.style().polish(self._more)

    def _place_limit(self, left: int) -> None:
        """Put what the columns are limited to over the left end of the state, which is empty."""
        self._limit.setVisible(bool(self._limits))
        room = self.state.width() - self.state.button_room
        width = min(theme.px(_LIMIT_WIDTH), max(room, theme.px(_LEAST_LIMIT)))
        self._limit.setFixedSize(width, theme.px(_LIMIT_HEIGHT))
        mode = Qt.TextElideMode.ElideRight
        text = self._limit.fontMetrics().elidedText(self._limits, mode, width - theme.px(44))
        self._limit.setText(f"{plain.whole(text)}　✕")
        self._limit.move(left, (self.height() - self._limit.height()) // 2)
        self._limit.raise_()
        self.state.leave_out(width if self._limits else 0)

    def _giving_way(self) -> Iterable[FigureKind]:
        """Yield the figures for which there is no room."""
        room = self.width() - theme.px(3 * _MARGIN + _LEAST_STATE)
        shown = dict(self.figures)
        if self._taken(shown) > room:
            self.figures[CONFIRMED].set_bar(shown=False)
        for kind in GIVE_WAY:
            more = self._more.width() if len(shown) < len(KINDS) else 0
            if self._taken(shown) + more <= room:
                return
            del shown[kind]
            yield kind

    def _taken(self, figures: dict[FigureKind, RoundFigure]) -> int:
        return sum(each.sizeHint().width() + theme.px(_GAP) for each in figures.values())

    def _more_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("more_figures")
        button.setToolTip("幅が足りないため表示していない件数")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAutoRaise(True)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._offer_hidden(menu))
        button.setMenu(menu)
        forms.MenuKey(button)
        button.hide()
        return button

    def _offer_hidden(self, menu: QMenu) -> None:
        menu.clear()
        for figure in self._all:
            if figure.isHidden():
                number = "–" if figure.value is None else f"{figure.value}{figure.kind.unit}"
                action = menu.addAction(f"{figure.kind.caption}　{number}")
                action.setEnabled(figure.isEnabled())
                action.setCheckable(True)
                action.setChecked(figure.isChecked())
                action.triggered.connect(figure.click)

    def _limit_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("limit")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.limit(""))
        button.hide()
        return button

    def _show_limit(self) -> None:
        self._limit.setChecked(True)
        self._limit.setAccessibleName(f"{self._limits}。押すと絞り込みを解除します")
        self._limit.setToolTip(plain.tip(f"{self._limits}に絞り込んでいます。押すと解除します。"))

    # Keys

    def _follow_keys(self) -> None:
        for place, (kind, figure) in enumerate(self.figures.items()):
            figure.toggled.connect(lambda on, kind=kind: self._toggle(kind, on=on))
            figure.stepped.connect(lambda by, place=place: self._step(place, by))
            figure.dropped.connect(self.clear)

    def _step(self, place: int, by: int) -> None:
        figures = list(self._all)
        ahead = figures[place + 1 :] if by > 0 else figures[:place][::-1]
        for each in ahead:
            if each.isVisible() and each.isEnabled():
                each.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # Qt's interface

    def sizeHint(self) -> QSize:
        return QSize(0, theme.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.tokens()
        painter.fillRect(self.rect(), colours.base)
        painter.fillRect(0, 0, self.width(), 1, colours.line)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
