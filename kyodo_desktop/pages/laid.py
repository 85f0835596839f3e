"""A report on its pages: rows with heights, cells with the lines in which they are read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.pages.content import is_runs, sliced
from kyodo_desktop.pages.options import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.comparing.text_diff import Segments
    from kyodo_desktop.pages.content import Chart, Report, RowRole, Value
    from kyodo_desktop.pages.text_metrics import Metrics


class LaidCell(NamedTuple):
    """A cell from `column` (counted from 0) on, over `columns` and `rows`.

    `lines` joined are its text, with its own line ends. A piece of a text that goes on from page
    to page stands at the top of its cell.
    """

    value: Value
    look: str
    column: int
    columns: int
    rows: int
    lines: tuple[str, ...]
    is_piece: bool = False

    def runs(self) -> Iterator[Segments]:
        """Yield the pieces of each line of a text in runs."""
        assert is_runs(self.value)
        place = 0
        for line in self.lines:
            yield sliced(self.value, place, place + len(line))
            place += len(line)


class LaidRow(NamedTuple):
    """A row of `height` points; cells that a run above covers are left out.

    `place` is that among the part's `rows`, by which charts refer to it; those before these have
    lower ones. The pieces of a row all have its place.
    """

    kind: RowRole
    height: float
    cells: tuple[LaidCell, ...]
    level: int = 0
    chart: Chart | None = None
    place: int = 0


class LaidPage(NamedTuple):
    """The rows of a page from the top; `header` are those repeated above them."""

    number: int
    header: tuple[LaidRow, ...]
    rows: tuple[LaidRow, ...]


class LaidPart(NamedTuple):
    """A part on its pages; widths and the `size` of its letters in points.

    `header` are the first and the last row of the repeated header, counted from 1 through all
    rows of the part, or nothing.
    """

    name: str
    title: str
    widths: tuple[float, ...]
    size: float
    pages: tuple[LaidPage, ...]
    header: tuple[int, int] | None
    has_filter: bool


class Footer(NamedTuple):
    """What stands under a page, in letters of `FOOTER_SIZE` that leave each other room."""

    left: str
    centre: str
    right: str


@dataclass(frozen=True, slots=True)
class LaidReport:
    """All pages of a report on a paper, in a font; `metrics` are those of the font."""

    report: Report
    paper: PaperSize
    font: str
    metrics: Metrics
    parts: tuple[LaidPart, ...]
    footers: tuple[Footer, ...]
    """One a page, from the first on; of two parts none is the same."""

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return sum(len(part.pages) for part in self.parts)

    @property
    def row_count(self) -> int:
        """How many rows there are on the pages, repeated headers aside."""
        return sum(len(page.rows) for part in self.parts for page in part.pages)


class PaperSize(NamedTuple):
    """A paper by its number in Excel, its millimetres, and the text size in points."""

    code: int
    across: int
    down: int
    text: float

    @property
    def is_landscape(self) -> bool:
        """How the paper lies."""
        return self.across > self.down

    @property
    def width(self) -> float:
        """The points that the columns may take together."""
        return (self.across - 2 * SIDE) * MILLIMETRE * _SAFE

    @property
    def height(self) -> float:
        """The points that the rows of a page may take together."""
        return (self.down - TOP - BOTTOM) * MILLIMETRE * _SAFE


PAPERS = {
    Paper.A4_LANDSCAPE: PaperSize(9, 297, 210, 9.0),
    Paper.A3_LANDSCAPE: PaperSize(8, 420, 297, 10.5),
    Paper.A4_PORTRAIT: PaperSize(9, 210, 297, 9.0),
}
MILLIMETRE = 72 / 25.4
SIDE, TOP, BOTTOM, EDGE = 10.0, 12.0, 15.0, 7.0
"""Margins in millimetres; the footer stands `EDGE` above the end of the paper."""
_SAFE = 0.97  # printers and Excel round each row and column
FOOTER_SIZE = 8
PADDING = 4.5  # points that Excel keeps free at the two sides of a cell
AIR = 3.0  # points above and below a text together
SAFE_WIDTH = 0.97  # a printer's letters are a little wider than the font's
PIXEL = 0.75  # points


def em_within(width: float, size: float, cells: int = 1) -> float:
    """Return the em that texts may take in cells side by side of a width together.

    Width and the `size` of letters are in points.
    """
    return (width - cells * PADDING) * SAFE_WIDTH / size


def whole_pixels(points: float) -> float:
    """Return the height rounded up to the pixels in which Excel keeps it."""
    return math.ceil(points / PIXEL) * PIXEL
