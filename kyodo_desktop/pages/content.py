"""What stands in a report before it is divided into pages: parts of rows of cells.

Every part (表紙, 集計, 一覧 …) is a sheet of the workbook, a section of the web page and a run of
pages on paper. It has one grid of columns; a cell may go over several of them. A part says what
stands where and what belongs together, `layout` says where lines and pages end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from kyodo_desktop.domain.comparing.text_diff import Segments
from kyodo_desktop.pages import looks

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from kyodo_desktop.domain.field_types import WidthRange
    from kyodo_desktop.pages.options import Edition


class PageOf(NamedTuple):
    """The number of the page on which a part begins, known when all is laid out."""

    part: str


Value = str | Segments | int | float | PageOf | None


def is_runs(value: Value) -> TypeGuard[Segments]:
    """Tell a text in runs."""
    return isinstance(value, tuple) and not isinstance(value, PageOf)


class Cell(NamedTuple):
    """A text, plain or in runs, or a number, across one or several columns of the grid.

    Cells in the same column with the same `run`, in rows that follow each other, are one cell
    with the text of the first: a heading beside its actions. On the next page it says 続き, and
    so does a cell that `repeats` where its row is cut there. A text that `flows` may be told below
    its row, in the full width, where it is long. One that `is_raised` stands at the top of its
    row.
    """

    value: Value = None
    look: str = looks.BODY
    columns: int = 1
    run: Hashable = None
    repeats: bool = False
    flows: bool = False
    is_raised: bool = False

    @property
    def text(self) -> str:
        """What is read in the cell; of a number its digits without their format."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, PageOf):
            return "000"
        if is_runs(self.value):
            return "".join(run.text for run in self.value)
        return "" if self.value is None else str(self.value)


class RowRole(Enum):
    """What a row is, for those who cannot see it."""

    TITLE = auto()
    """The part's own heading; there is one."""
    CAPTION = auto()
    """The heading of what follows it: of a table, a figure, a short list."""
    TEXT = auto()
    """A paragraph, no row of a table."""
    HEADER = auto()
    """Names of columns; several in a row are one head. A table begins with it."""
    BAND = auto()
    """A row of a table that is the heading of those after it; see `PageRow.level`."""
    BODY = auto()
    TOTAL = auto()
    CHART = auto()
    SPACE = auto()


class Facets(NamedTuple):
    """By what a row of an action can be filtered, in words."""

    heading: str
    """The topmost one."""
    sections: tuple[str, ...]
    status: str


class Series(NamedTuple):
    """One status in a figure: its count under each category.

    `tone` is its place among the series, or `charts.BLANK`: by it goes how light it is, and its
    stripes, so that it is known from its neighbours without colours; see `charts.fill`.
    """

    name: str
    colour: str  # six digits
    tone: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars, one a category, from the top; `title` is what it shows, in words.

    `table` are the row (counted from 0 among the part's `rows`) of its first category, and the
    grid columns of its names and of each series, where a table of the same part has the numbers;
    a native chart refers to them, and holds the numbers itself where there is none, or where
    rows of other numbers stand among them.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    height: float  # points
    table: tuple[int, int, tuple[int, ...]] | None


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row; `kind` says what it is, `level` how deep a band stands, from 1 on.

    One that is `joined` stays on the page of the next row. One that `repeats` (a caption, a band,
    the names of columns) stands again on each page that goes on with what is below it. `height` is
    in points, where it is not the texts that give it; one that `spreads` has its share of what a
    part of a single page leaves of it. The whole row refers to one action where it has `facets`.
    """

    cells: tuple[Cell, ...]
    kind: RowRole = RowRole.BODY
    level: int = 0
    joined: bool = False
    repeats: bool = False
    begins_page: bool = False
    height: float | None = None
    spreads: bool = False
    chart: Chart | None = None
    facets: Facets | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report; `name` is its sheet's, and its choice's.

    `widths` are those of the columns in em. With `is_fitted` they are found by the texts of the
    rows, so that these are lowest together; else they are shared out between least and best.
    `header` follows on `top` and is repeated on every page. `fits_one_page` lets the letters
    become smaller, down to what can be read, rather than take a second page; where that is not
    enough, `shorter` stands in its place.
    """

    name: str
    title: str
    widths: tuple[WidthRange, ...]
    rows: tuple[PageRow, ...]
    top: tuple[PageRow, ...] = ()
    header: tuple[PageRow, ...] = ()
    is_fitted: bool = False
    fits_one_page: bool = False
    shorter: Part | None = None
    has_filter: bool = False
    """Whether the workbook offers a filter on the header."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that goes out; `looks` are those that its cells name.

    `author` is the city, or empty. `made_on` is a day or a moment in ISO form. `notices` stand on
    every page (庁内用, 確定前). `top_level` is what the plan calls its topmost headings
    (推進項目).
    """

    title: str
    subject: str
    author: str
    edition: Edition
    parts: tuple[Part, ...]
    looks: Mapping[str, looks.Look]
    made_on: str
    notices: tuple[str, ...] = ()
    top_level: str = ""

    @property
    def notice(self) -> str:
        """The notices in one line."""
        return "　".join(self.notices)


def sliced(runs: Segments, start: int, stop: int) -> Segments:
    """Return the runs of a part of the text."""
    found, place = [], 0
    for run in runs:
        part = run.text[max(0, start - place) : max(0, stop - place)]
        if part:
            found.append(run._replace(text=part))
        place += len(run.text)
    return tuple(found)
