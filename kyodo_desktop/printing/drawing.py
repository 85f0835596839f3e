"""Draws a page of a report as it is laid out: no line is broken here, nothing is measured anew."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.pages.content import is_runs
from kyodo_desktop.pages.laid import (
    AIR,
    BOTTOM,
    EDGE,
    FOOTER_SIZE,
    MILLIMETRE,
    PADDING,
    SIDE,
    TOP,
)
from kyodo_desktop.pages.looks import LINE
from kyodo_desktop.printing.figures import draw_chart
from kyodo_desktop.printing.fonts import PaperFonts
from kyodo_desktop.printing.pen import MIDDLE, UNITS, Lettering, Pen, Rectangle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPdfWriter
    from PySide6.QtPrintSupport import QPrinter

    from kyodo_desktop.domain.comparing.text_diff import Segments
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.pages.laid import LaidCell, LaidPage, LaidPart, LaidReport, LaidRow
    from kyodo_desktop.pages.looks import Look

_THIN = 0.5  # points


class PageDrawer:
    """Draws the pages of a report, in one thread.

    It may be made in another one: giving Qt the fonts takes a second the first time.
    """

    def __init__(self, laid: LaidReport) -> None:
        self.laid = laid
        self._pages = [(part, page) for part in laid.parts for page in part.pages]
        self._fonts = PaperFonts(laid.font, _characters(laid))

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def lent_codes(self) -> dict[int, str]:
        """Codes by which a PDF of Qt's calls characters of more than 16 bits."""
        return self._fonts.lent

    def draw(self, painter: QPainter, place: int, resolution: float) -> None:
        """Draw a page, counted from 0, from the corner of a sheet with so many dots an inch."""
        part, page = self._pages[place]
        painter.save()
        painter.scale(resolution / RESOLUTION, resolution / RESOLUTION)
        _Page(Pen(painter, self._fonts), self.laid, part).draw(page)
        painter.restore()

    def draw_all(
        self,
        device: QPdfWriter | QPrinter,
        places: Sequence[int],
        resolution: float,
        control: JobControl,
    ) -> bool:
        """Draw pages on sheets of their own; False where nothing can be drawn there.

        `control` counts pages. Raises CancelledError.
        """
        painter = QPainter()
        if not painter.begin(device):
            return False
        try:
            control.begin(len(places))
            for place in places:
                if place != places[0]:
                    device.newPage()
                self.draw(painter, place, resolution)
                control.advance()
        finally:
            painter.end()
        control.finish()
        return True


RESOLUTION = 72 * UNITS
"""Dots an inch with which a device draws in the units of the drawer."""


def _characters(laid: LaidReport) -> set[str]:
    """Return what is written: a figure's words stand in its table, too."""
    found = {*laid.report.notice, *(each for footer in laid.footers for each in "".join(footer))}
    for part in laid.parts:
        for page in part.pages:
            for row in (*page.header, *page.rows):
                for cell in row.cells:
                    found.update(*cell.lines)
    return found


class _Page:
    def __init__(self, pen: Pen, laid: LaidReport, part: LaidPart) -> None:
        self._pen, self._laid, self._part = pen, laid, part
        self._width = laid.paper.across * MILLIMETRE
        spare = (self._width - sum(part.widths)) / 2
        self._edges = list(accumulate(part.widths, initial=spare))

    def draw(self, page: LaidPage) -> None:
        """Draw grounds, frames, then texts row by row: in that order they are read aloud."""
        rows = (*page.header, *page.rows)
        tops = list(accumulate((row.height for row in rows), initial=TOP * MILLIMETRE))
        placed = [list(self._placed(row, place, tops)) for place, row in enumerate(rows)]
        self._draw_grounds([each for cells in placed for each in cells])
        for row, top, cells in zip(rows, tops, placed, strict=False):
            if row.chart is not None:
                place = Rectangle(self._edges[0], top, sum(self._part.widths), row.height)
                draw_chart(self._pen, row.chart, place, self._laid.metrics.advances)
            for cell, look, box in cells:
                self._write_cell(cell, look, box)
        self._write_margins(page.number)

    def _placed(
        self, row: LaidRow, place: int, tops: Sequence[float]
    ) -> Iterator[tuple[LaidCell, Look, Rectangle]]:
        """Yield the cells of a row with their looks and where they stand."""
        for cell in row.cells:
            left, right = self._edges[cell.column], self._edges[cell.column + cell.columns]
            bottom = tops[min(place + cell.rows, len(tops) - 1)]
            box = Rectangle(left, tops[place], right - left, bottom - tops[place])
            yield cell, self._laid.report.looks[cell.look], box

    def _draw_grounds(self, cells: Sequence[tuple[LaidCell, Look, Rectangle]]) -> None:
        """Draw what lies under the texts; an edge that two cells share is drawn once."""
        for _, look, box in cells:
            if look.ground:
                self._pen.fill(box, look.ground)
        edges = {edge for _, look, box in cells if look.framed for edge in box.edges}
        self._pen.draw_lines(sorted(edges), LINE, _THIN)

    def _write_cell(self, cell: LaidCell, look: Look, box: Rectangle) -> None:
        lines = list(_lines(cell, look))
        size = self._part.size + look.size
        step = size * self._laid.metrics.line
        top = box.top + AIR / 2
        if look.vertical == "center" and not cell.is_piece:
            top = box.top + (box.height - len(lines) * step) / 2
        lettering = Lettering(size, look.bold, look.ink, look.horizontal)
        for place, line in enumerate(lines):
            if line:
                base = top + (place + 0.5) * step + MIDDLE * size
                self._pen.write(line, lettering, base, box)

    def _write_margins(self, number: int) -> None:
        """Write what stands below the rows, and the notice above them."""
        paper, footer = self._laid.paper, self._laid.footers[number - 1]
        width = self._width - 2 * SIDE * MILLIMETRE
        room = Rectangle(SIDE * MILLIMETRE - PADDING / 2, 0, width + PADDING, BOTTOM * MILLIMETRE)
        below = (paper.down - EDGE) * MILLIMETRE - FOOTER_SIZE * (0.5 - MIDDLE)
        above = EDGE * MILLIMETRE + FOOTER_SIZE * (0.5 + MIDDLE)
        for text, horizontal, base in (
            (footer.left, "left", below),
            (footer.centre, "center", below),
            (footer.right, "right", below),
            (self._laid.report.notice, "right", above),
        ):
            if text:
                lettering = Lettering(FOOTER_SIZE, horizontal=horizontal)
                self._pen.write((Segment(_shown(text), False),), lettering, base, room)


def _lines(cell: LaidCell, look: Look) -> Iterator[Segments]:
    """Yield the lines without their ends, in runs; what nobody sees is shown as a sign.

    A space at the end of a line would draw a title away from the middle.
    """
    if is_runs(cell.value):
        for runs in cell.runs():
            yield tuple(run._replace(text=text) for run in runs if (text := _shown(run.text)))
    else:
        for line in (each.rstrip() if look.is_title else each for each in cell.lines):
            yield (Segment(text, False),) if (text := _shown(line)) else ()


def _shown(text: str) -> str:
    return with_signs(text.rstrip("\r\n").replace("\t", " "))
