"""Draws the cells of 紙面: what fits in a line, and where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from kyodo_desktop.domain.paper import settled
from kyodo_desktop.domain.search import found_in
from kyodo_desktop.ui.paper.cells import COLUMNS, CellEntry, PaperColumn
from kyodo_desktop.ui.widgets import badges, marking, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.paper import PaperRow
    from kyodo_desktop.domain.plan import Status
    from kyodo_desktop.ui.paper.cells import PaperTexts

    DrawBadge = Callable[[QPainter, QPoint, Status | None], None]

INSIDE, ABOVE = 8, 4.5  # between the edge of a cell and its text
LINE = 19  # from one line of text to the next
LEAST = 28  # the height of a row
_BETWEEN = 5  # between two lines of progress
_BADGE_ROOM = 26
_CORNER = 7
_LARGEST_BMP = 0xFFFF


class TextLine(NamedTuple):
    """One line as it is drawn; the first one of an entry has the badge, if there is any."""

    text: str
    entry: CellEntry
    begins: bool


@dataclass(frozen=True, eq=False)
class Style:
    """Colours and fonts of a sheet; `scale` is px of the medium for one of the design."""

    ink: QColor
    quiet: QColor
    grid: QColor
    header: QColor
    base: QColor
    changed: QColor
    font: QFont
    bold: QFont
    scale: float
    draw_badge: DrawBadge
    on_selection: Style | None = None
    """The same for what is selected, where that has colours of its own."""
    _lines: dict[tuple[str, int, bool], tuple[str, ...]] = field(default_factory=dict)

    def px(self, length: float) -> int:
        """Return a length of the design on this medium."""
        return round(length * self.scale)

    @property
    def selected(self) -> Style:
        """The look of what is selected."""
        return self.on_selection or self

    @cached_property
    def grid_pen(self) -> QPen:
        """What the edges of cells are drawn with."""
        return QPen(self.grid, max(1, self.px(1)))

    @cached_property
    def metrics(self) -> QFontMetricsF:
        """The measures of the font."""
        return QFontMetricsF(self.font)

    @cached_property
    def line_height(self) -> int:
        """From one line of text to the next."""
        return max(self.px(LINE), round(QFontMetricsF(self.font).lineSpacing()))

    @cached_property
    def least(self) -> int:
        """The height of a row with one line."""
        return max(self.px(LEAST), self.line_height + self.px(2 * ABOVE))

    def wrapped(self, text: str, width: int, *, bold: bool = False) -> tuple[str, ...]:
        """Return the lines of a text that is broken where Japanese may be."""
        key = text, width, bold
        found = self._lines.get(key)
        if found is None:
            font = self.bold if bold else self.font
            found = self._lines[key] = tuple(_wrapped(text, font, width))
        return found


def screen_style() -> Style:
    """Return the look of the sheet on the screen, as it is at present."""
    tokens = theme.tokens()
    style = Style(
        ink=tokens.ink,
        quiet=tokens.ink2,
        grid=tokens.border,
        header=tokens.header,
        base=tokens.base,
        changed=tokens.accent,
        font=theme.font(),
        bold=theme.font(bold=True),
        scale=theme.px(1000) / 1000,
        draw_badge=badges.draw_badge,
    )
    if not tokens.is_high_contrast:
        return style
    on_selection = replace(
        style,
        ink=tokens.on_accent,
        quiet=tokens.on_accent,
        changed=tokens.on_accent,
        draw_badge=partial(badges.draw_badge, selected=True),
    )
    return replace(style, on_selection=on_selection)


def cell_lines(
    style: Style, entries: Sequence[CellEntry], column: PaperColumn, width: int
) -> list[TextLine]:
    """Return the lines of a cell of this width."""
    room = width - 2 * style.px(INSIDE)
    found: list[TextLine] = []
    for entry in entries:
        indent = style.px(_BADGE_ROOM) if entry.has_badge else 0
        texts = style.wrapped(entry.text, room - indent)
        found += [TextLine(text, entry, begins=not place) for place, text in enumerate(texts)]
    if column is PaperColumn.NUMBER:
        return [line for line in found if line.text]
    return found


def lines_height(style: Style, lines: Sequence[TextLine]) -> int:
    """Return how high a cell must be for its lines."""
    entries = sum(1 for line in lines if line.begins and line.entry.has_badge)
    gaps = max(0, entries - 1) * style.px(_BETWEEN)
    return max(style.least, len(lines) * style.line_height + gaps + style.px(2 * ABOVE))


def heading_height(style: Style, text: str, width: int, *, bold: bool) -> int:
    """Return how high the merged cell of a heading must be."""
    lines = style.wrapped(text, width - 2 * style.px(INSIDE), bold=bold)
    return max(style.least, len(lines) * style.line_height + style.px(2 * ABOVE))


def entry_rects(style: Style, lines: Sequence[TextLine], cell: QRect) -> list[QRect]:
    """Return the room of each entry of a cell, from left to right edge of it."""
    found: list[QRect] = []
    for line, top in _places(style, lines, cell):
        if line.begins or not found:
            found.append(QRect(cell.left(), top, cell.width(), style.line_height))
        else:
            found[-1].setBottom(top + style.line_height - 1)
    return found


def draw_cell(
    painter: QPainter,
    style: Style,
    lines: Sequence[TextLine],
    cell: QRect,
    *,
    is_centred: bool = False,
    words: Sequence[str] = (),
) -> None:
    """Draw the lines of a cell in its middle; more lines than fit begin at its top."""
    left, metrics = cell.left() + style.px(INSIDE), style.metrics
    painter.setFont(style.font)
    for line, top in _places(style, lines, cell):
        indent = style.px(_BADGE_ROOM) if line.entry.has_badge else 0
        if line.begins and line.entry.has_badge:
            side = style.px(badges.SIDE)
            place = QPoint(left, top + (style.line_height - side) // 2)
            style.draw_badge(painter, place, line.entry.status)
        x = float(left + indent)
        if is_centred:
            x = cell.left() + (cell.width() - metrics.horizontalAdvance(line.text)) / 2
        _mark(painter, style, metrics, (x, top, line.text), words)
        painter.setPen(style.quiet if line.entry.is_quiet else style.ink)
        painter.drawText(QPointF(x, _baseline(style, metrics, top)), line.text)


def draw_heading(
    painter: QPainter,
    style: Style,
    text: str,
    cell: QRect,
    *,
    bold: bool,
    top: int,
    words: Sequence[str] = (),
) -> None:
    """Draw the heading of a merged cell at the top of its visible part, which begins at `top`."""
    font = style.bold if bold else style.font
    lines = style.wrapped(text, cell.width() - 2 * style.px(INSIDE), bold=bold)
    first = (style.least - style.line_height) // 2
    lowest = cell.bottom() + 1 - len(lines) * style.line_height - style.px(ABOVE)
    y = max(cell.top() + first, min(top + first, lowest))
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for place, line in enumerate(lines):
        top_of_line = y + place * style.line_height
        _mark(painter, style, metrics, (cell.left() + style.px(INSIDE), top_of_line, line), words)
        painter.setPen(style.ink)
        baseline = _baseline(style, metrics, y + place * style.line_height)
        painter.drawText(QPointF(cell.left() + style.px(INSIDE), baseline), line)


class PaperSheet:
    """The table with columns of these widths: what stands in its cells line by line, and how high.

    `known` are heights of rows by themselves that were measured before.
    """

    def __init__(
        self,
        texts: PaperTexts,
        style: Style,
        widths: Sequence[int],
        known: dict[PaperRow, int] | None = None,
    ) -> None:
        self.texts = texts
        self.style = style
        self.widths = widths
        self._known = {} if known is None else known

    def lines(self, row: int, column: PaperColumn) -> list[TextLine]:
        """Return the lines of a cell behind the headings."""
        width = self.widths[self.texts.table.levels + COLUMNS.index(column)]
        return cell_lines(self.style, self.texts.entries(row, column), column, width)

    def height(self, row: int) -> int:
        """Return how high a row is."""
        least = self.style.least
        return settled(self.texts.table, row, self._own_height, self._heading_height, least)

    def _own_height(self, row: int) -> int:
        key = self.texts.table.rows[row]
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = max(
                lines_height(self.style, self.lines(row, column)) for column in COLUMNS
            )
        return found

    def _heading_height(self, row: int, level: int) -> int:
        return heading_height(
            self.style, self.texts.text(row, level), self.widths[level], bold=not level
        )


_HEADINGS = {1: (208,), 2: (112, 192), 3: (104, 128, 152), 4: (88, 104, 120, 136)}
_LEAST_HEADING = 0.6  # of its width, where there is little room
_ACTION, _OUTLOOK = (248, 150), (152, 112)  # wide, and at least
_LEAST_PROGRESS = 230
_NUMBER, _WIDEST_NUMBER = 40, 96
_SAMPLE = 200  # numbers by which the width of their column is chosen


def column_widths(texts: PaperTexts, style: Style, room: int) -> list[int]:
    """Return the widths of the columns: 進捗状況 has the rest, the others give way to it.

    Together they are wider than the room where that is too narrow for all of them.
    """
    px = style.px
    headings = [px(each) for each in _heading_widths(texts.table.levels)]
    number, action, outlook = _number_width(texts, style), px(_ACTION[0]), px(_OUTLOOK[0])
    lacking = px(_LEAST_PROGRESS) - (room - sum(headings) - number - action - outlook)
    given = [max(0, min(lacking, px(_ACTION[0]) - px(_ACTION[1])))]
    given.append(max(0, min(lacking - given[0], px(_OUTLOOK[0]) - px(_OUTLOOK[1]))))
    action, outlook = action - given[0], outlook - given[1]
    lacking -= sum(given)
    for level, width in enumerate(headings):
        less = max(0, min(lacking, round(width * (1 - _LEAST_HEADING))))
        headings[level] -= less
        lacking -= less
    rest = room - sum(headings) - number - action - outlook
    return [*headings, number, action, max(rest, px(_LEAST_PROGRESS)), outlook]


def _heading_widths(levels: int) -> tuple[int, ...]:
    widest = _HEADINGS[max(_HEADINGS)]
    return _HEADINGS.get(levels, widest + widest[-1:] * (levels - len(widest)))


def _number_width(texts: PaperTexts, style: Style) -> int:
    metrics = QFontMetricsF(style.font)
    numbers = (
        entry.text
        for row in range(min(_SAMPLE, len(texts.table)))
        for entry in texts.entries(row, PaperColumn.NUMBER)
    )
    widest = round(max(map(metrics.horizontalAdvance, numbers), default=0))
    return min(style.px(_WIDEST_NUMBER), max(style.px(_NUMBER), widest + 2 * style.px(INSIDE)))


def draw_edges(painter: QPainter, style: Style, cell: QRect) -> None:
    """Draw the lines at the right and below; its neighbours have drawn those before."""
    painter.setPen(style.grid_pen)
    painter.drawLine(cell.topRight(), cell.bottomRight())
    painter.drawLine(cell.bottomLeft(), cell.bottomRight())


def draw_header(painter: QPainter, style: Style, names: Sequence[tuple[str, QRect]]) -> None:
    """Draw the row with the names of the columns."""
    painter.setFont(style.bold)
    for name, cell in names:
        painter.fillRect(cell, style.header)
        painter.setPen(style.ink)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, name)
    painter.setPen(style.grid_pen)
    for _, cell in names:
        painter.drawRect(cell.adjusted(-1, 0, -1, 0))


def draw_legend(
    painter: QPainter, style: Style, statuses: Sequence[Status], as_of: str, room: QRect
) -> int:
    """Draw the meaning of each mark and the day from the right, as far as there is room.

    Return where it begins.
    """
    font = QFont(style.font)
    font.setPixelSize(style.px(12))
    painter.setFont(font)
    painter.setPen(style.ink)
    metrics = QFontMetricsF(font)
    right = room.right() - round(metrics.horizontalAdvance(as_of))
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRect(room).adjusted(right - room.left(), 0, 0, 0), middle, as_of)
    right -= style.px(16)
    side = style.px(badges.SIDE)
    for status in reversed(statuses):
        text = f"＝{status.meaning or status.label}"
        width = side + style.px(8) + round(metrics.horizontalAdvance(text)) + style.px(12)
        if right - width < room.left():
            break
        right -= width
        top = room.top() + (room.height() - side) // 2
        style.draw_badge(painter, QPoint(right, top), status)
        painter.drawText(
            QRect(room).adjusted(right - room.left() + side + style.px(8), 0, 0, 0), middle, text
        )
    return right


def draw_title(painter: QPainter, title: str, room: QRect) -> None:
    """Draw the title with the painter's font, smaller and in two lines where it is too long."""
    metrics = painter.fontMetrics()
    if metrics.horizontalAdvance(title) > room.width():
        font = QFont(painter.font())
        font.setPixelSize(font.pixelSize() * 13 // 16)
        painter.setFont(font)
        title = in_two_lines(title, painter.fontMetrics(), room.width())
    wrapped = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWrapAnywhere
    painter.drawText(room, wrapped, title)


def in_two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return as much of a text as two lines of a width have room for."""
    lost = metrics.horizontalAdvance("　")  # at most, at the end of the first line
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, 2 * width - lost)


def draw_corner(painter: QPainter, style: Style, cell: QRect) -> None:
    """Draw the sign of a cell that says something else than in the round before."""
    badges.draw_corner(painter, cell, style.changed)


def _places(style: Style, lines: Sequence[TextLine], cell: QRect) -> list[tuple[TextLine, int]]:
    """Return the lines and where they begin."""
    entries = sum(1 for line in lines if line.begins and line.entry.has_badge)
    height = len(lines) * style.line_height + max(0, entries - 1) * style.px(_BETWEEN)
    top = cell.top() + max(style.px(ABOVE), (cell.height() - height) // 2)
    found: list[tuple[TextLine, int]] = []
    for line in lines:
        if found and line.begins and line.entry.has_badge:
            top += style.px(_BETWEEN)
        found.append((line, top))
        top += style.line_height
    return found


def _mark(
    painter: QPainter,
    style: Style,
    metrics: QFontMetricsF,
    placed: tuple[float, int, str],
    words: Sequence[str],
) -> None:
    """Lay the ground of a search under the words that are found in a line."""
    if not words:
        return
    left, top, text = placed
    line = QRectF(left, top + 1, 0, style.line_height - 2)
    marking.mark_hits(painter, line, text, found_in(text, words), metrics=metrics, ink=style.ink)


def _baseline(style: Style, metrics: QFontMetricsF, top: int) -> float:
    return top + (style.line_height - metrics.height()) / 2 + metrics.ascent()


def _wrapped(text: str, font: QFont, width: int) -> list[str]:
    found: list[str] = []
    for paragraph in text.split("\n"):
        found += _wrapped_paragraph(paragraph, font, width)
    return found


def _wrapped_paragraph(text: str, font: QFont, width: int) -> list[str]:
    if QFontMetricsF(font).horizontalAdvance(text) <= width:
        return [text]
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    ends = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append((line.textStart(), line.textStart() + line.textLength()))
    layout.endLayout()
    return [_slice(text, *each).rstrip() for each in ends]


def _slice(text: str, start: int, end: int) -> str:
    """Return a part of a text by places that Qt counts in units of UTF-16."""
    if max(map(ord, text), default=0) <= _LARGEST_BMP:
        return text[start:end]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")
