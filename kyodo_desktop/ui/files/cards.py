"""The recent plans as cards: told from what is remembered, so that no file need be opened."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.domain.plan import Status, StatusKind
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.paths import is_folder, is_there
from kyodo_desktop.ui.jobs import Job
from kyodo_desktop.ui.widgets import badges, forms, plain, theme
from kyodo_desktop.ui.widgets.painted import PaintedButton

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from kyodo_desktop.domain.job_control import JobControl

WIDTH, HEIGHT, GAP = 320, 128, 16
_INSET, _ROUND = 16, 8
_TITLE, _SUBTITLE, _BAR, _OPENED, _PLACE = 12, 34, 58, 82, 100  # from the top
_TITLE_LINE, _LINE = 22, 20
_BAR_WIDTH, _BAR_HEIGHT, _BAR_GAP = 176, 8, 12
_LINK, _GAP_RIGHT = 26, 8
_MISSING = "▲ ファイルが見つかりません"


class RecentPlan(NamedTuple):
    """What is remembered of a plan; `shares` are how many stand at each kind of status."""

    path: Path
    title: str
    round: str = ""
    shares: tuple[tuple[StatusKind | None, int], ...] = ()
    done: int = 0
    total: int = 0
    opened_at: str = ""

    @classmethod
    def remembered(cls, path: Path, memory: Mapping[str, Any]) -> RecentPlan:
        """Return what the settings have of a plan, as far as it is of any use."""
        title, name = memory.get("title"), memory.get("round")
        done, total = memory.get("done"), memory.get("total")
        is_counted = isinstance(done, int) and isinstance(total, int)
        at = memory.get("opened_at")
        return cls(
            path=path,
            title=title if isinstance(title, str) and title else path.stem,
            round=name if isinstance(name, str) else "",
            shares=tuple(_shares(memory.get("shares"))) if is_counted else (),
            done=done if isinstance(done, int) and is_counted else 0,
            total=total if isinstance(total, int) and is_counted else 0,
            opened_at=at if isinstance(at, str) else "",
        )

    @property
    def progress(self) -> str:
        """How far it has come: 完了 6/34; nothing where that is not known."""
        return f"完了 {self.done:,}/{self.total:,}" if self.total else ""


def _shares(found: object) -> list[tuple[StatusKind | None, int]]:
    kinds = {str(kind): kind for kind in StatusKind}
    return [
        (kinds.get(str(each[0])), each[1])
        for each in (found if isinstance(found, list) else ())
        if isinstance(each, list) and isinstance(each[-1], int)
    ]


def opened_label(at: str, now: datetime) -> str:
    """今日 10:42, 昨日, 9月14日, or the day with its year; nothing where there is none."""
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return ""
    if when.date() == now.date():
        return f"今日 {when:%H:%M}"
    if when.date() == now.date() - timedelta(days=1):
        return "昨日"
    if when.year == now.year:
        return f"{when.month}月{when.day}日"
    return day_label(at[:10])


class Cards(QWidget):
    """As many beside each other as there is room for."""

    chosen = Signal(object)  # the path of a plan to open
    search_requested = Signal(object)  # one to look for
    removal_requested = Signal(object)  # one to forget

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recent")
        self.cards: list[Card] = []
        self._columns = 2
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def show_plans(self, plans: Sequence[RecentPlan], now: datetime) -> None:
        """Show these, and say of each that is gone, as soon as that is known.

        Each is looked for by a job of its own: a network share that does not answer keeps
        neither the window waiting nor the other plans.
        """
        for card in self.cards:
            card.setParent(None)
            card.deleteLater()
        self.cards = [Card(each, opened_label(each.opened_at, now)) for each in plans]
        for card in self.cards:
            path = card.plan.path
            card.clicked.connect(partial(self.chosen.emit, path))
            card.look_for.clicked.connect(partial(self.search_requested.emit, path))
            card.forget.clicked.connect(partial(self.removal_requested.emit, path))
            job = Job(partial(_reason_gone, path), card)
            job.succeeded.connect(card.say_gone)
            job.start()
        self._arrange()

    def set_columns(self, columns: int) -> None:
        """Let so many stand beside each other."""
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _arrange(self) -> None:
        self._grid.setSpacing(theme.px(GAP))
        for place, card in enumerate(self.cards):
            card.fit()
            self._grid.addWidget(card, *divmod(place, self._columns))


class Card(PaintedButton):
    """One plan; a click, Enter or Space opens it, also where it seems to be gone."""

    def __init__(self, plan: RecentPlan, opened: str) -> None:
        super().__init__()
        self.plan, self.gone_because = plan, ""
        self._opened = opened
        self.setObjectName("card")
        self.look_for = self._link("探す…", "find_plan", f"「{plan.title}」を探す")
        self.forget = self._link("外す", "forget_plan", f"「{plan.title}」を一覧から外す")
        self.setToolTip(plain.tip(str(plan.path)))
        self.say_gone("")

    def say_gone(self, reason: str) -> None:
        """Say why the file is not to be had; an empty reason says nothing."""
        self.gone_because = reason
        for link in (self.look_for, self.forget):
            link.setVisible(bool(reason))
        plan = self.plan
        state = f"{_MISSING[2:]}：{reason}" if reason else plan.progress
        words = (plan.title, plan.round, state, self._opened, str(plan.path))
        self.setAccessibleName(with_signs("、".join(filter(None, words))))
        self.update()

    def fit(self) -> None:
        """Take the measures of the present zoom."""
        px = theme.px
        self.setFixedSize(px(WIDTH), px(HEIGHT))
        self._place_links()

    def _link(self, text: str, name: str, spoken: str) -> QPushButton:
        link = forms.push_button(text, name)
        link.setParent(self)
        link.setProperty("role", "inline")
        link.setAccessibleName(with_signs(spoken))
        return link

    def _place_links(self) -> None:
        """Put the buttons where the bar would be, at the right."""
        px, right = theme.px, self.width() - theme.px(_GAP_RIGHT)
        for link in (self.forget, self.look_for):
            width, height = link.sizeHint().width(), px(_LINK)
            right -= width
            top = px(_BAR) + (px(_LINE) - height) // 2
            link.setGeometry(right, top, width, height)

    # Qt's interface

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_links()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, px = theme.tokens(), theme.px
        painter = QPainter(self)
        style = Qt.PenStyle.DashLine if self.gone_because else Qt.PenStyle.SolidLine
        ground = tokens.window if self.gone_because else tokens.base
        self.paint_ground(painter, px(_ROUND), ground=ground, edge=style)
        painter.setFont(theme.font(14, bold=True))
        painter.setPen(tokens.ink2 if self.gone_because else tokens.ink)
        self._write(painter, _TITLE, self.plan.title, _TITLE_LINE)
        if self.gone_because:
            painter.setFont(theme.font(bold=True))
            painter.setPen(tokens.danger)
            self._write(painter, _BAR, _MISSING)
        else:
            self._paint_bar(painter)
        painter.setFont(theme.font(12))
        painter.setPen(tokens.ink2)
        self._write(painter, _SUBTITLE, self.plan.round)
        self._write(painter, _OPENED, self.gone_because or self._opened)
        width, middle = self.width() - 2 * px(_INSET), Qt.TextElideMode.ElideMiddle
        place = painter.fontMetrics().elidedText(with_signs(str(self.plan.path)), middle, width)
        self._write(painter, _PLACE, place)

    def _paint_bar(self, painter: QPainter) -> None:
        if not self.plan.total:
            return
        px = theme.px
        top = px(_BAR) + (px(_LINE) - px(_BAR_HEIGHT)) // 2
        room = QRect(px(_INSET), top, px(_BAR_WIDTH), px(_BAR_HEIGHT))
        badges.draw_bar(painter, room, [(_status(kind), n) for kind, n in self.plan.shares])
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.tokens().ink)
        left = room.right() + px(_BAR_GAP)
        text = QRect(left, px(_BAR), self.width() - left, px(_LINE))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.plan.progress)

    def _write(self, painter: QPainter, top: int, text: str, height: int = _LINE) -> None:
        """Write a line; its font and its ink are set already."""
        px = theme.px
        room = QRect(px(_INSET), px(top), self.width() - 2 * px(_INSET), px(height))
        right = Qt.TextElideMode.ElideRight
        elided = painter.fontMetrics().elidedText(with_signs(text), right, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)


def _status(kind: StatusKind | None) -> Status | None:
    """Return what a kind looks like in a plan that has chosen no colour for it."""
    if kind is None:
        return None
    return Status(
        id=0, position=0, mark="", label=kind.label, definition="", kind=kind, colour="", counted=1
    )


def _reason_gone(file: Path, _: JobControl) -> str:
    """Return why a file is not to be had; nothing where it is there."""
    if is_there(file):
        return ""
    if is_folder(file.parent):
        return "移されたか、名前が変わっています"
    return f"{file.drive or 'フォルダー'} に接続されていないか、移されています"
