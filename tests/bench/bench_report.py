"""How long a report takes and how large it is, against the least that it could.

Time is compared with the shortest openpyxl loop for the same cells, pages with what the letters
alone would fill.
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.read_only import ReadOnlyCell

from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.pages.options import LISTING, STANDARD_PARTS, Edition, Paper, ReportOptions
from kyodo_desktop.pages.report import laid_report
from tests.bench.long_texts import outline_of_long_texts
from tests.bench.result import Result, printed
from tests.bench.styles import copy_style
from tests.outlines import large_outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.styles import NamedStyle

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.pages.laid import LaidReport

TIME_LIMIT, PAGES_LIMIT, MEMORY_LIMIT = 1.2, 1.5, 300.0  # megabytes
SIZES = (1_000, 10_000)
TURNS = 3
FONT = "Noto Sans CJK JP"
TEXT_SIZE = 9.0  # points
_WRITES = "writes"

Cells = dict[str, list[tuple[int, int, Any, str]]]


def measure() -> Iterator[Result]:
    """Yield what a report of long texts takes, and how the time grows with short ones."""
    texts = outline_of_long_texts()
    for paper in Paper:
        pages, least = _pages(laid_public(texts, STANDARD_PARTS, paper))
        limit = PAGES_LIMIT if paper is Paper.A4_LANDSCAPE else None
        yield Result(f"pages of long texts, {paper.label}", pages, least, limit, "p")
    yield Result("memory of long texts", _megabytes(), MEMORY_LIMIT, 1.0, "MB")
    yield _times("long texts", texts, STANDARD_PARTS)
    for lines in SIZES:
        yield _times(f"{LISTING}, {lines:,} lines", large_outline(lines), (LISTING,))


def laid_public(
    outline: Outline, parts: tuple[str, ...], paper: Paper = Paper.A4_LANDSCAPE
) -> LaidReport:
    options = ReportOptions(edition=Edition.PUBLIC, parts=parts, paper=paper, font=FONT)
    return laid_report(outline, options, extras=Extras(), made_on="2015-11-02")


def _pages(laid: LaidReport) -> tuple[int, float]:
    """Return the pages, and those that the areas of the characters would fill.

    A character's area is its advance by the height of the font's line; a heading beside its
    actions is there once.
    """
    advances, area, seen = laid.metrics.advances, 0.0, set()
    for part in laid.report.parts:
        for cell in (cell for row in (*part.top, *part.header, *part.rows) for cell in row.cells):
            if cell.run is None or (part.name, cell.run) not in seen:
                area += sum(map(advances.__getitem__, cell.text))
            seen.add((part.name, cell.run))
    area *= TEXT_SIZE**2 * laid.metrics.line
    return laid.page_count, area / (laid.paper.width * laid.paper.height)


def _megabytes() -> float:
    """Return the most memory that a process had which wrote the report of long texts."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_report", _WRITES],
        check=True,
        stdout=subprocess.PIPE,
    )
    return float(run.stdout)


def _write_once() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_workbook(
            laid_public(outline_of_long_texts(), STANDARD_PARTS), Path(folder, "a.xlsx")
        )
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


def _times(name: str, outline: Outline, parts: tuple[str, ...]) -> Result:
    """Return the seconds of ours and of the bare loop, measured by turns."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder) / "ours.xlsx", Path(folder) / "bare.xlsx"
        _write_ours(outline, parts, ours)
        cells, styles = _cells_of(ours)
        pairs = [
            (_write_ours(outline, parts, ours), _write_bare(cells, styles, bare))
            for _ in range(TURNS)
        ]
    return Result(name, *map(statistics.median, zip(*pairs, strict=True)), TIME_LIMIT)


def _write_ours(outline: Outline, parts: tuple[str, ...], path: Path) -> float:
    gc.collect()
    start = perf_counter()
    write_workbook(laid_public(outline, parts), path)
    return perf_counter() - start


def _write_bare(cells: Cells, styles: dict[str, NamedStyle], path: Path) -> float:
    gc.collect()
    copies = [copy_style(style) for style in styles.values()]
    start = perf_counter()
    workbook = Workbook()
    for style in copies:
        workbook.add_named_style(style)
    for title, of_sheet in cells.items():
        sheet = workbook.create_sheet(title)
        for row, column, value, style in of_sheet:
            cell = sheet.cell(row, column, value)
            cell.style = style
    workbook.save(path)
    return perf_counter() - start


def _cells_of(path: Path) -> tuple[Cells, dict[str, NamedStyle]]:
    """Return each styled cell of the written sheets, and the styles by name."""
    workbook = load_workbook(path, read_only=True)  # else merged cells lose their styles
    names = workbook._named_styles.names
    cells = {
        sheet.title: [
            (cell.row, cell.column, cell.value, names[cell.style_array.xfId])
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell, ReadOnlyCell) and cell.has_style
        ]
        for sheet in workbook
    }
    workbook.close()
    used = {style for of_sheet in cells.values() for *_, style in of_sheet}
    return cells, {each.name: each for each in workbook._named_styles if each.name in used}


if __name__ == "__main__":
    if sys.argv[1:] == [_WRITES]:
        _write_once()
    else:
        printed(measure())
