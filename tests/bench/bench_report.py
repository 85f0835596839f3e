"""How long 進捗状況一覧 takes, against the shortest openpyxl loop for the same cells."""

from __future__ import annotations

import gc
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import NamedStyle

from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.excel.report import write_report
from kyodo_desktop.pages.options import PROGRESS_SHEET, ReportOptions
from tests.bench.result import Result, printed
from tests.bench.styles import copy_style
from tests.outlines import large_outline

LIMIT = 1.2
SIZES = (1_000, 10_000, 100_000)
TURNS = 5

Cells = list[tuple[int, int, Any, str]]


def measure() -> Iterator[Result]:
    """Yield seconds to write the sheet, ours and the bare loop's by turns, for each size."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder) / "ours.xlsx", Path(folder) / "bare.xlsx"
        for lines in SIZES:
            outline = large_outline(lines)
            _write_ours(outline, ours)
            cells, styles = _cells_of(ours)
            turns = TURNS if lines < SIZES[-1] else 1
            pairs = [
                (_write_ours(outline, ours), _write_bare(cells, styles, bare))
                for _ in range(turns)
            ]
            medians = (statistics.median(side) for side in zip(*pairs, strict=True))
            yield Result(f"{PROGRESS_SHEET}, {lines:,} lines", *medians, LIMIT)


def _write_ours(outline: Outline, path: Path) -> float:
    gc.collect()
    start = perf_counter()
    write_report(outline, path, ReportOptions(sheets=(PROGRESS_SHEET,)), printed_on="2015-11-02")
    return perf_counter() - start


def _write_bare(cells: Cells, styles: dict[str, NamedStyle], path: Path) -> float:
    gc.collect()
    copies = [copy_style(style) for style in styles.values()]
    start = perf_counter()
    workbook = Workbook()
    for style in copies:
        workbook.add_named_style(style)
    sheet = workbook.active
    for row, column, value, style in cells:
        cell = sheet.cell(row, column, value)
        cell.style = style
    workbook.save(path)
    return perf_counter() - start


def _cells_of(path: Path) -> tuple[Cells, dict[str, NamedStyle]]:
    """Return each styled cell of the written sheet, and the styles by name."""
    workbook = load_workbook(path, read_only=True)  # else merged cells lose their styles
    names = workbook._named_styles.names
    cells = [
        (cell.row, cell.column, cell.value, names[cell.style_array.xfId])
        for row in workbook[PROGRESS_SHEET].iter_rows()
        for cell in row
        if cell.has_style
    ]
    workbook.close()
    used = {style for *_, style in cells}
    return cells, {each.name: each for each in workbook._named_styles if each.name in used}


if __name__ == "__main__":
    printed(measure())
