"""Draws in points: grounds, lines, and lines of text that are never wider than their room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPen

from kyodo_desktop.pages.laid import PADDING
from kyodo_desktop.pages.looks import CHANGED_INK, INK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from kyodo_desktop.domain.comparing.text_diff import Segments
    from kyodo_desktop.printing.fonts import PaperFonts

UNITS = 100
"""Of a point: everything is drawn in these, whatever the device has."""

MIDDLE = 0.38
"""Em from the base line up to the middle of Japanese letters."""

_SPARE = 1.0  # points that a line may take of each side's padding

Edge = tuple[float, float, float, float]
"""A line from x, y to x, y."""


class Rectangle(NamedTuple):
    """A place on the page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def edges(self) -> tuple[Edge, Edge, Edge, Edge]:
        """The left, the right, the upper and the lower one, to a unit."""
        left, right = round(self.left, 2), round(self.left + self.width, 2)
        top, bottom = round(self.top, 2), round(self.top + self.height, 2)
        return (
            (left, top, left, bottom),
            (right, top, right, bottom),
            (left, top, right, top),
            (left, bottom, right, bottom),
        )


class Lettering(NamedTuple):
    """How a line is written; `size` is in points, `horizontal` where it stands in its room."""

    size: float
    bold: bool = False
    ink: str = INK
    horizontal: str = "left"


class Pen:
    """Draws on a page; what it last drew with is left as it is."""

    def __init__(self, painter: QPainter, fonts: PaperFonts) -> None:
        self._painter, self._fonts = painter, fonts
        self._ink = ""

    def fill(self, box: Rectangle, colour: str) -> None:
        """Fill a place with a colour of six digits."""
        self._painter.fillRect(_scaled(box), QColor(f"#{colour}"))

    def draw_lines(self, edges: Iterable[Edge], colour: str, width: float) -> None:
        """Draw straight lines."""
        lines = [QLineF(*(each * UNITS for each in edge)) for edge in edges]
        if lines:
            self._painter.setPen(QPen(QColor(f"#{colour}"), width * UNITS))
            self._painter.drawLines(lines)
            self._ink = ""

    def draw_lines_in(
        self, box: Rectangle, edges: Iterable[Edge], colour: str, width: float
    ) -> None:
        """Draw as much of the lines as lies in the place."""
        self._painter.save()
        self._painter.setClipRect(_scaled(box))
        self.draw_lines(edges, colour, width)
        self._painter.restore()

    def write(self, line: Segments, lettering: Lettering, base: float, room: Rectangle) -> None:
        """Write a line on its base; one that is wider than its room becomes narrower."""
        letters = self._fonts.letters(lettering.size * UNITS, bold=lettering.bold)
        pieces = [(run, piece) for run in line for piece in letters.pieces(run.text)]
        width = sum(piece.width for _, piece in pieces)
        most = (room.width - 2 * _SPARE) * UNITS
        is_squeezed = width > most
        at = QPointF(_start(lettering.horizontal, room, width), base * UNITS)
        if is_squeezed:
            self._painter.save()
            self._painter.translate((room.left + _SPARE) * UNITS, base * UNITS)
            self._painter.scale(most / width, 1)
            at = QPointF()
        for run, piece in pieces:
            self._use(CHANGED_INK if run.changed else lettering.ink)
            letters.write(self._painter, at, piece)
            if run.changed:
                below = letters.underline(at, piece.width)
                self._painter.fillRect(below, QColor(f"#{CHANGED_INK}"))
            at += QPointF(piece.width, 0)
        if is_squeezed:
            self._painter.restore()
            self._ink = ""

    def width(self, text: str, lettering: Lettering) -> float:
        """Return how wide a text is."""
        letters = self._fonts.letters(lettering.size * UNITS, bold=lettering.bold)
        return sum(piece.width for piece in letters.pieces(text)) / UNITS

    def _use(self, ink: str) -> None:
        if ink != self._ink:
            self._painter.setPen(QColor(f"#{ink}"))
            self._ink = ink


def _start(horizontal: str, room: Rectangle, width: float) -> float:
    """Return where a line of a width begins, both in units."""
    if horizontal == "right":
        return (room.left + room.width - PADDING / 2) * UNITS - width
    if horizontal == "center":
        return (room.left + room.width / 2) * UNITS - width / 2
    return (room.left + PADDING / 2) * UNITS


def _scaled(box: Rectangle) -> QRectF:
    return QRectF(*(each * UNITS for each in box))
