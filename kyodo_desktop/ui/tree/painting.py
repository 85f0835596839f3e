"""Paints the rows of the list, without asking the style: ground, cells, marks and the ring.

Some styles lay colours of their own over rows that are selected or have the focus, and over
their words. And a row of five cells costs a fifth of what five delegates take.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QStaticText,
)

from kyodo_desktop.domain import nodes
from kyodo_desktop.ui.tree.cells import NOT_FILLED_IN, Bar, PlanCells
from kyodo_desktop.ui.tree.columns import TreeColumn
from kyodo_desktop.ui.widgets import badges, marking, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW_HEIGHT, INDENT = 24, 12
_PAD, _LEFT = 8, 6
_ACCENT_BAR, _RING = 3, 2
_DOT_AT, _BADGE_AT, _WORD_AT = 8, 18, 42
_BAR_SIZE = 96, 8
_SHORT_BAR = 24
_BAR_GAP = 8
_NUMBER = 19  # of an action: the titles below each other begin at one line
_DUE_PAD = 14
_SIGN = 11
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ELLIPSIS = "…"
_MOST_KEPT = 2_000
_NARROW = 5  # no letters are narrower than this part of the widest, all in all
_LEAD_IN = 4  # characters before a hit that would be cut off


class PlacedColumn(NamedTuple):
    """A column as it stands in the view."""

    column: int
    left: int
    width: int


class RowState(NamedTuple):
    """How a row stands in the view; `level` is how far it is set in, `cell` the current column."""

    columns: Sequence[PlacedColumn]
    level: int
    is_open: bool | None
    is_selected: bool
    has_focus: bool
    is_hovered: bool
    cell: int | None


class RowInks(NamedTuple):
    """The colours of what stands on a row."""

    ink: QColor
    quiet: QColor
    danger: QColor
    accent: QColor


def _empty_width(sections: Sequence[PlacedColumn]) -> int:
    """Return how far the name of a heading or a group may run on: as far as its bar."""
    beside = takewhile(lambda each: each.column != TreeColumn.PROGRESS, sections)
    return sum(each.width for each in beside)


class RowPainter:
    """Paints rows in the present colours and sizes; `renew` it when those have changed."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Take colours, fonts and sizes anew."""
        self._tokens = theme.tokens()
        self._px = {
            length: theme.px(length)
            for length in (*range(20), 24, 42, INDENT, *_BAR_SIZE, _BADGE_AT, _NUMBER)
        }
        self._font, self._bold = theme.font(), theme.font(bold=True)
        # How words are laid out, and bars: to find that out takes longer than to paint them.
        self._written: dict[tuple[str, bool], QStaticText] = {}
        self._bars: dict[tuple[Bar, int, bool], QPixmap] = {}
        self._widths: dict[tuple[str, bool], int] = {}
        self._em = theme.px(theme.BODY) + 1  # no letter is wider
        self._metrics, self._bold_metrics = QFontMetrics(self._font), QFontMetrics(self._bold)
        self._heights = self._metrics.height(), self._bold_metrics.height()
        tokens = self._tokens
        accent = tokens.ink if tokens.is_high_contrast else tokens.accent
        self._inks = RowInks(tokens.ink, tokens.ink2, tokens.danger, accent)
        on_chosen = RowInks(*[tokens.on_accent] * len(RowInks._fields))
        self._inks_chosen = on_chosen if tokens.is_high_contrast else self._inks

    def paint(
        self,
        painter: QPainter,
        row: QRect,
        cells: PlanCells,
        node: int,
        state: RowState,
    ) -> None:
        """Paint one row."""
        sections = state.columns
        self._painter, self._cells, self._node, self._state = painter, cells, node, state
        self._row, self._chosen = row, state.is_selected
        self._ink = self._inks_chosen if self._chosen else self._inks
        self._paint_ground()
        is_action = nodes.is_placement(node)
        elsewhere = cells.elsewhere(node, [each.column for each in sections])
        for place, section in enumerate(sections):
            room = QRect(section.left, row.top(), section.width, row.height() - 1)
            if section.column == TreeColumn.TITLE:
                if not is_action:
                    room.setWidth(section.width + _empty_width(sections[place + 1 :]))
                self._paint_name(room)
                shown = [each.column for each in sections]
                if is_action and cells.changed_beside(node, shown):
                    badges.draw_corner(painter, room, self._ink.accent)
            elif not is_action:
                if section.column == TreeColumn.PROGRESS:
                    self._paint_bar(room)
            else:
                self._paint_cell(room, section.column, elsewhere)
        for section in sections:
            if section.column == state.cell:
                self._paint_ring(QRect(section.left, row.top(), section.width, row.height() - 1))

    def _paint_ground(self) -> None:
        painter, row, state, tokens = self._painter, self._row, self._state, self._tokens
        if state.is_selected:
            ground = tokens.sel if state.has_focus else tokens.sel_idle
        elif state.is_hovered:
            ground = tokens.soft
        else:
            ground = tokens.band if self._cells.is_bold(self._node) else tokens.base
        painter.fillRect(row, ground)
        painter.fillRect(row.left(), row.bottom(), row.width(), 1, tokens.row)
        if state.is_selected:
            bar = tokens.accent if state.has_focus else tokens.border
            painter.fillRect(row.left(), row.top(), self._px[_ACCENT_BAR], row.height() - 1, bar)

    def _paint_ring(self, cell: QRect) -> None:
        width = self._px[_RING]
        pen = QPen(self._tokens.on_accent if self._is_plain_chosen else self._tokens.focus, width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width // 2
        self._painter.drawRect(cell.adjusted(half, half, -half - (width % 2), -half))

    @property
    def _is_plain_chosen(self) -> bool:
        return self._chosen and self._tokens.is_high_contrast

    # The cells

    def _paint_name(self, room: QRect) -> None:
        px, name, is_bold = self._px, self._cells.name(self._node), self._cells.is_bold(self._node)
        left = room.left() + self._state.level * px[INDENT]
        if self._state.is_open is not None:
            self._paint_arrow(QPoint(left + px[8], room.center().y()), self._state.is_open)
        at = left + px[INDENT] + px[_LEFT]
        numbers = f"{name.above}{name.number}"
        room = QRect(at, room.top(), room.right() - at - px[4], room.height())
        if nodes.is_placement(self._node) and numbers:
            if name.above:
                self._write(room, name.above, self._ink.quiet, self._font)
                beside = self._width(name.above)
                room.setLeft(room.left() + beside)
            self._write(room, name.number, self._ink.ink, self._font)
            width = max(px[_NUMBER], self._width(name.number) + px[6])
            room.setLeft(room.left() + width)
        elif numbers:
            font = self._bold if is_bold else self._font
            self._write(room, numbers, self._ink.ink, font)
            room.setLeft(room.left() + self._width(numbers, is_bold=is_bold) + px[5])
        self._write_title(room, name.title, name.added, is_bold=is_bold)

    def _write_title(self, room: QRect, title: str, added: str, *, is_bold: bool) -> None:
        font, metrics = (
            (self._bold, self._bold_metrics) if is_bold else (self._font, self._metrics)
        )
        if not added:
            self._write_marked(room, title, font, metrics)
            return
        beside = self._metrics.horizontalAdvance(added)
        own = min(room.width() - beside, metrics.horizontalAdvance(title))
        self._write_marked(
            QRect(room.left(), room.top(), own, room.height()), title, font, metrics
        )
        rest = QRect(room.left() + own, room.top(), beside, room.height())
        self._write(rest, added, self._ink.quiet, self._font)

    def _paint_cell(self, room: QRect, column: int, elsewhere: str) -> None:
        cells, node, px = self._cells, self._node, self._px
        if column == TreeColumn.STATUS:
            self._paint_status(room)
        elif column == TreeColumn.DUE:
            self._paint_due(room)
        else:
            inside = room.adjusted(px[_PAD], 0, -px[6], 0)
            if column == TreeColumn.PROGRESS and elsewhere:
                self._write_marked(inside, elsewhere, self._font, self._metrics, quiet=True)
            else:
                self._write_marked(inside, cells.text(node, column), self._font, self._metrics)
        if cells.before(node, column) is not None:
            badges.draw_corner(self._painter, room, self._ink.accent)

    def _paint_status(self, room: QRect) -> None:
        cells, node, px, painter = self._cells, self._node, self._px, self._painter
        status, text = cells.status(node), cells.text(node, TreeColumn.STATUS)
        painter.save()
        painter.setClipRect(room)
        if cells.is_carried(node):
            middle = QPoint(room.left() + px[_DOT_AT], room.center().y() + 1)
            badges.draw_dot(painter, middle, self._ink.accent)
        if status is not None or text == NOT_FILLED_IN:
            side = theme.px(badges.SIDE)
            top = room.top() + (room.height() - side + 1) // 2
            at = QPoint(room.left() + px[_BADGE_AT], top)
            badges.draw_badge(painter, at, status, selected=self._chosen)
            text = status.label if status else text
        ink = self._ink.quiet if status is None else self._ink.ink
        words = room.adjusted(px[_WORD_AT], 0, -px[4], 0)
        self._write(words, self._fitting(text, words.width(), self._metrics), ink, self._font)
        painter.restore()

    def _paint_due(self, room: QRect) -> None:
        cells, node, px = self._cells, self._node, self._px
        text = cells.text(node, TreeColumn.DUE)
        if not text:
            return
        is_late = cells.is_overdue(node)
        width = self._width(text, is_bold=is_late)
        # The sign stands in the cell: a long month moves to the right, and is cut at last.
        least = room.left() + px[4] + (px[_SIGN] + px[3] if is_late else 0)
        left = max(least, room.right() - px[_DUE_PAD] - width)
        if is_late:
            text = self._fitting(text, room.right() - px[2] - left, self._bold_metrics)
        words = QRect(left, room.top(), room.right() - left, room.height())
        font = self._bold if is_late else self._font
        self._write(words, text, self._ink.danger if is_late else self._ink.ink, font)
        if is_late:
            self._paint_sign(QPointF(left - px[3] - px[_SIGN] / 2, room.center().y() + 0.5))

    def _paint_sign(self, middle: QPointF) -> None:
        half = self._px[_SIGN] / 2
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._ink.danger)
        corners = ((0, -half + 1), (half, half - 1), (-half, half - 1))
        self._painter.drawPolygon(QPolygonF([middle + QPointF(*each) for each in corners]))
        self._painter.restore()

    def _paint_bar(self, room: QRect) -> None:
        bar, px = self._cells.bar(self._node), self._px
        if bar is None:
            return
        length, height = px[_BAR_SIZE[0]], px[_BAR_SIZE[1]]
        is_bold = self._state.level == 0 and self._cells.is_bold(self._node)
        font = self._bold if is_bold else self._font
        text = bar.text
        needed = px[_PAD] + length + px[_BAR_GAP] + self._width(text, is_bold=is_bold) + px[4]
        if needed > room.width():
            text, length = bar.figures, px[_SHORT_BAR]
        left, top = room.left() + px[_PAD], room.center().y() - height // 2 + 1
        self._painter.drawPixmap(QPoint(left, top), self._bar_picture(bar, length, height))
        words = room.adjusted(px[_PAD] + length + px[_BAR_GAP], 0, 0, 0)
        ink = self._ink.ink if self._cells.is_bold(self._node) else self._ink.quiet
        self._write(words, text, ink, font)

    def _bar_picture(self, bar: Bar, length: int, height: int) -> QPixmap:
        ratio = self._painter.device().devicePixelRatioF()
        found = self._bars.get((bar, length, self._chosen))
        if found is None or found.devicePixelRatioF() != ratio:
            if len(self._bars) > _MOST_KEPT:
                self._bars.clear()
            found = QPixmap(round(length * ratio), round(height * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            room = QRect(0, 0, length, height)
            badges.draw_bar(painter, room, bar.shares, selected=self._chosen)
            painter.end()
            self._bars[bar, length, self._chosen] = found
        return found

    def _paint_arrow(self, middle: QPoint, is_open: bool) -> None:
        painter, reach = self._painter, self._px[4] * 0.9
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._ink.ink, max(1.4, self._px[1] * 1.4))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        points = (
            ((-1, -0.5), (0, 0.5), (1, -0.5)) if is_open else ((-0.5, -1), (0.5, 0), (-0.5, 1))
        )
        at = QPointF(middle)
        painter.drawPolyline(QPolygonF([at + QPointF(x, y) * reach for x, y in points]))
        painter.restore()

    # Words

    def _write(self, room: QRect, text: str, ink: QColor, font: QFont) -> None:
        is_bold = font is self._bold
        words = self._written.get((text, is_bold))
        if words is None:
            if len(self._written) > _MOST_KEPT:
                self._written.clear()
            words = self._written[text, is_bold] = QStaticText(text)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.prepare(font=font)
        self._painter.setFont(font)
        self._painter.setPen(ink)
        top = room.top() + (room.height() - self._heights[is_bold]) // 2
        self._painter.drawStaticText(QPoint(room.left(), top), words)

    def _write_marked(
        self, room: QRect, text: str, font: QFont, metrics: QFontMetrics, *, quiet: bool = False
    ) -> None:
        """Write a text, cut where the room ends, with what is searched for marked in it."""
        hits = self._cells.hits(text)
        if hits and metrics.horizontalAdvance(text[: hits[0][1]]) > room.width():
            # What is marked shall be seen.
            text = f"{_ELLIPSIS}{text[max(0, hits[0][0] - _LEAD_IN) :]}"
            hits = self._cells.hits(text)
        shown = self._fitting(text, room.width(), metrics)
        if hits:
            top = room.top() + (room.height() - metrics.height()) // 2
            line = QRectF(room.left(), top, room.width(), metrics.height())
            marking.mark_hits(self._painter, line, shown, hits, metrics=metrics, ink=self._ink.ink)
        self._write(room, shown, self._ink.quiet if quiet else self._ink.ink, font)

    def _width(self, text: str, *, is_bold: bool = False) -> int:
        """Return the width of a text such as many rows have."""
        found = self._widths.get((text, is_bold))
        if found is None:
            metrics = self._bold_metrics if is_bold else self._metrics
            found = self._widths[text, is_bold] = metrics.horizontalAdvance(text)
        return found

    def _fitting(self, text: str, width: int, metrics: QFontMetrics) -> str:
        """Return a text cut where the room ends. To measure one takes longer than to paint it."""
        if len(text) * self._em <= width:
            return text
        most = 1 + width * _NARROW // self._em
        return metrics.elidedText(text[:most], _RIGHT, width)


_RIGHT = Qt.TextElideMode.ElideRight
