"""How a status looks: a badge with the plan's own mark, and a bar of how many have which."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QIcon,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.plan import USUAL_COLOURS, StatusKind
from kyodo_desktop.ui.widgets import appearance, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.plan import Status

    Shares = Sequence[tuple[Status | None, int]]
    """How many have each status; None is 未記入."""

SIDE = 18  # of a badge, at 100 %
DOT = 6
_CORNER = 7
_LETTER = 11  # a mark that has no shape of its own here
_LINE, _INK = 4.7, 7.0  # the contrast of a badge's outline, and of its mark
_TINT = 0.35  # how much of its own colour a badge of 完了の目途 has, the rest is the ground
_BAR_TINT = 0.75
_EMPTY_KINDS = (None, StatusKind.NOT_STARTED)
_CHECKS, _DIAMONDS, _DOTS = "✓✔☑レ", "◇◆", "・･·"


class BadgeLook(NamedTuple):
    """The ground of a badge, its outline and its mark."""

    ground: QBrush
    line: QColor
    ink: QColor


def draw_badge(
    painter: QPainter, at: QPoint, status: Status | None, *, selected: bool = False
) -> None:
    """Draw the badge of a status with its upper left corner at a point; None is 未記入.

    Who has set a high contrast sees it in the colours of the selection where it is `selected`.
    """
    painter.drawPixmap(
        at, _pixmap(status, painter.device().devicePixelRatioF(), selected=selected)
    )


def looking_like(kind: StatusKind, mark: str, colour: str = "") -> Status:
    """Return a status that is in no plan, to be drawn as one of its kind."""
    return plan.Status(
        id=0,
        position=0,
        mark=mark,
        label="",
        definition="",
        kind=kind,
        colour=colour,
        counted=1,
    )


def badge_icon(status: Status | None) -> QIcon:
    """Return the badge for a button or a list, whose `iconSize` is `theme.px(SIDE)`.

    It is drawn now: when the theme changes, ask again.
    """
    icon = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            icon.addPixmap(_pixmap(status, ratio), mode)
        icon.addPixmap(_pixmap(status, ratio, selected=True), QIcon.Mode.Selected)
    return icon


def draw_bar(
    painter: QPainter,
    room: QRect,
    shares: Shares,
    *,
    figures: bool = False,
    selected: bool = False,
) -> None:
    """Fill a room with the shares of statuses from left to right, with the figures if wanted."""
    total = sum(count for _, count in shares)
    if not total:
        return
    tokens = theme.tokens()
    line = _plain_ink(selected=selected) if tokens.is_high_contrast else tokens.border
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    inside, done = room.adjusted(1, 1, -1, -1), 0
    for status, count in shares:
        start = inside.left() + inside.width() * done // total
        done += count
        end = inside.left() + inside.width() * done // total
        part = QRect(start, inside.top(), end - start - (done < total), inside.height())
        painter.fillRect(part, bar_fill(status, selected=selected))
        if figures and part.width() > painter.fontMetrics().horizontalAdvance(f"{count}"):
            _draw_figure(painter, part, status, count)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(room.adjusted(0, 0, -1, -1))
    painter.restore()


def draw_column(painter: QPainter, room: QRect, shares: Shares) -> None:
    """Fill a room with the shares of statuses from the foot up, with the figures that fit in."""
    total = sum(count for _, count in shares)
    tokens, done = theme.tokens(), 0
    line = tokens.ink if tokens.is_high_contrast else tokens.border
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    inside = room.adjusted(1, 1, -1, -1)
    for status, count in shares:
        foot = inside.bottom() + 1 - inside.height() * done // total
        done += count
        top = inside.bottom() + 1 - inside.height() * done // total
        part = QRect(inside.left(), top + (done < total), inside.width(), foot - top)
        part.setBottom(foot - 1)
        painter.fillRect(part, bar_fill(status))
        if part.height() >= painter.fontMetrics().ascent():
            _draw_figure(painter, part, status, count)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(room.adjusted(0, 0, -1, -1))
    painter.restore()


def _draw_figure(painter: QPainter, part: QRect, status: Status | None, count: int) -> None:
    """Write how many there are into their part, on a plain ground where that is hatched."""
    text, tokens = f"{count:,}", theme.tokens()
    if bar_fill(status).style() not in (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.NoBrush):
        metrics = painter.fontMetrics()
        plate = QRect(0, 0, metrics.horizontalAdvance(text) + theme.px(4), metrics.ascent())
        plate.moveCenter(part.center())
        painter.fillRect(plate & part, tokens.base)
    painter.setPen(_bar_ink(status))
    painter.drawText(part, Qt.AlignmentFlag.AlignCenter, text)


def bar_fill(status: Status | None, *, selected: bool = False) -> QBrush:
    """Return what a status' share of a bar is filled with, also in a legend."""
    tokens, kind = theme.tokens(), None if status is None else StatusKind(status.kind)
    if tokens.is_high_contrast:
        patterns: dict[StatusKind | None, Qt.BrushStyle] = {
            StatusKind.DONE: Qt.BrushStyle.SolidPattern,
            StatusKind.NEAR: Qt.BrushStyle.Dense4Pattern,
            StatusKind.STOPPED: Qt.BrushStyle.BDiagPattern,
        }
        return QBrush(_plain_ink(selected=selected), patterns.get(kind, Qt.BrushStyle.NoBrush))
    if status is None or kind in _EMPTY_KINDS:
        return QBrush(tokens.bar_empty)
    own = _own_colour(status)
    if kind is StatusKind.DONE:
        return QBrush(appearance.legible(own, tokens.on_done) if own else tokens.bar_done)
    if kind is StatusKind.NEAR:
        return QBrush(appearance.mixed(own, tokens.base, _BAR_TINT) if own else tokens.bar_near)
    return QBrush(tokens.bar_going)


def draw_dot(painter: QPainter, middle: QPoint, colour: QColor) -> None:
    """Draw the dot that says 前回のまま."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    half = theme.px(DOT) / 2
    painter.drawEllipse(QPointF(middle), half, half)
    painter.restore()


def draw_corner(painter: QPainter, cell: QRect, colour: QColor) -> None:
    """Draw the triangle in the upper right corner of a cell that changed since last time."""
    side = theme.px(_CORNER)
    right, top = cell.right() + 1, cell.top()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF([QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)])
    )
    painter.restore()


def _own_colour(status: Status) -> QColor | None:
    """Return the colour that a plan chose; the usual ones are those of the theme."""
    if not status.colour or status.colour.lower() in USUAL_COLOURS.values():
        return None
    return QColor(status.colour)


def _plain_ink(*, selected: bool) -> QColor:
    """Return the one colour of what is drawn in a high contrast."""
    return theme.tokens().on_accent if selected else theme.tokens().ink


def _bar_ink(status: Status | None) -> QColor:
    tokens = theme.tokens()
    is_done = status is not None and status.kind == StatusKind.DONE
    if tokens.is_high_contrast:
        return tokens.base if is_done else tokens.ink
    inks = tokens.on_bar, tokens.on_done, tokens.ink
    return _best_ink(bar_fill(status).color().rgb(), tuple(each.rgb() for each in inks))


@lru_cache(maxsize=64)
def _best_ink(ground: int, inks: tuple[int, ...]) -> QColor:
    """Return the ink that is read best on a ground: to work it out for each figure takes long."""
    behind = QColor(ground)
    return max(map(QColor, inks), key=lambda ink: appearance.contrast(ink, behind))


def _pixmap(status: Status | None, ratio: float, *, selected: bool = False) -> QPixmap:
    tokens = theme.tokens()
    selected = selected and tokens.is_high_contrast
    looks = (tokens.base.rgb(), tokens.ink.rgb(), tokens.is_high_contrast, selected)
    return _drawn(status, looks, theme.px(SIDE), ratio)


@lru_cache(maxsize=256)
def _drawn(
    status: Status | None, looks: tuple[int, int, bool, bool], side: int, ratio: float
) -> QPixmap:
    """Draw a badge. `looks` tells the themes from each other, which the drawing asks itself."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / SIDE, side / SIDE)
    _draw_box(painter, status, selected=looks[-1])
    painter.end()
    return picture


def _draw_box(painter: QPainter, status: Status | None, *, selected: bool) -> None:
    kind = None if status is None else StatusKind(status.kind)
    look = _look(status, selected=selected)
    pen = QPen(look.line, 1.25)
    if kind in _EMPTY_KINDS:
        pen.setDashPattern([2.4, 1.8])
    painter.setPen(pen)
    painter.setBrush(look.ground)
    painter.drawRoundedRect(QRectF(0.75, 0.75, SIDE - 1.5, SIDE - 1.5), 4, 4)
    if kind is StatusKind.STOPPED:
        painter.fillRect(QRectF(4, SIDE - 5, SIDE - 8, 2), look.line)
        painter.translate(0, -1.5)
    if status is not None and status.mark:
        draw_mark(painter, status.symbol[:1], look.ink)


def draw_mark(painter: QPainter, mark: str, ink: QColor) -> None:
    """Draw a mark; the most frequent ones as shapes, which look the same in every font."""
    pen = QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = SIDE / 2
    if mark in _CHECKS:
        points = ((5, 9.2), (7.8, 12), (13, 6.4))
        painter.drawPolyline(QPolygonF([QPointF(*each) for each in points]))
    elif mark in _DIAMONDS:
        pen.setWidthF(1.6)
        painter.setPen(pen)
        if mark == _DIAMONDS[-1]:
            painter.setBrush(ink)
        reach = 4.2
        sides = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
        painter.drawPolygon(QPolygonF([QPointF(middle + x, middle + y) for x, y in sides]))
    elif mark in _DOTS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(middle, middle), 1.8, 1.8)
    else:
        font = theme.font(bold=True)
        font.setPixelSize(_LETTER)
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, SIDE, SIDE), Qt.AlignmentFlag.AlignCenter, mark)


def _look(status: Status | None, *, selected: bool = False) -> BadgeLook:
    tokens, kind = theme.tokens(), None if status is None else StatusKind(status.kind)
    if tokens.is_high_contrast:
        return _plain_look(kind, selected=selected)
    if status is None or kind in _EMPTY_KINDS:
        return BadgeLook(QBrush(tokens.base), tokens.going_line, tokens.on_going)
    own = _own_colour(status)
    if kind is StatusKind.DONE:
        ground = appearance.legible(own, tokens.on_done) if own else tokens.done
        return BadgeLook(QBrush(ground), ground, tokens.on_done)
    if kind is StatusKind.NEAR:
        if own is None:
            return BadgeLook(QBrush(tokens.near), tokens.near_line, tokens.on_near)
        ground = appearance.mixed(own, tokens.base, _TINT)
        line = appearance.legible(own, tokens.base, _LINE)
        return BadgeLook(QBrush(ground), line, appearance.legible(own, ground, _INK))
    if own is None:
        return BadgeLook(QBrush(tokens.going), tokens.going_line, tokens.on_going)
    line = appearance.legible(own, tokens.going, _LINE)
    return BadgeLook(QBrush(tokens.going), line, appearance.legible(own, tokens.going, _INK))


def _plain_look(kind: StatusKind | None, *, selected: bool) -> BadgeLook:
    """Return a look in the system's colours alone."""
    tokens, ink = theme.tokens(), _plain_ink(selected=selected)
    behind = tokens.sel if selected else tokens.base
    if kind is StatusKind.DONE:
        return BadgeLook(QBrush(ink), ink, behind)
    if kind is StatusKind.NEAR:
        return BadgeLook(QBrush(ink, Qt.BrushStyle.BDiagPattern), ink, ink)
    return BadgeLook(QBrush(behind), ink, ink)
