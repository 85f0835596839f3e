"""How the tests of parts make one, and what they read in it."""

from __future__ import annotations

from itertools import accumulate

from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.pages.content import PageRow, Part, RowRole, Value
from kyodo_desktop.pages.laid import LaidReport
from kyodo_desktop.pages.options import ReportOptions
from kyodo_desktop.pages.report import laid_report, make_report

FONT = "ＭＳ ゴシック"  # known without a file, so that the tests are alike on every PC
MADE_ON = "2015-11-02T09:00:00+09:00"
NO_EXTRAS = Extras()


def part_of(outline: Outline, name: str, *, extras: Extras = NO_EXTRAS, **options) -> Part:
    """Return a part of a report that has no other, unless they are chosen."""
    chosen = ReportOptions(**{"parts": (name,), "font": FONT, **options})
    report = make_report(outline, chosen, extras=extras, made_on=MADE_ON)
    return next(each for each in report.parts if each.name == name)


def laid_out(outline: Outline, *parts: str, extras: Extras = NO_EXTRAS, **options) -> LaidReport:
    """Return some parts on their pages."""
    chosen = ReportOptions(parts=parts, font=FONT, **options)
    return laid_report(outline, chosen, extras=extras, made_on=MADE_ON)


def texts(part: Part) -> list[str]:
    """Return the texts of all cells with one, from the top."""
    rows = (*part.top, *part.header, *part.rows)
    return [cell.text for row in rows for cell in row.cells if cell.text]


def tables(part: Part) -> list[list[list[Value]]]:
    """Return the rows of each table, its names of columns first; a cell over several is one."""
    found: list[list[list[Value]]] = []
    before = None
    for row in (*part.header, *part.rows):
        if row.kind is RowRole.HEADER and before is not RowRole.HEADER:
            found.append([])
        if found and row.kind in (RowRole.HEADER, RowRole.BAND, RowRole.BODY, RowRole.TOTAL):
            found[-1].append([cell.value for cell in row.cells])
        before = row.kind
    return found


def lines(part: Part) -> list[list[str]]:
    """Return the texts of each row below the top, but of cells without one."""
    rows = [[cell.text for cell in row.cells if cell.text] for row in (*part.header, *part.rows)]
    return [row for row in rows if row]


def by_column(row: PageRow) -> dict[int, Value]:
    """Return what stands in a row by the columns in which its cells begin."""
    starts = accumulate((cell.columns for cell in row.cells), initial=0)
    return {column: cell.value for column, cell in zip(starts, row.cells, strict=False)}
