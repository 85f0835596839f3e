"""How long a report of long texts takes as a PDF, against a bare loop that paints its lines."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPdfWriter

from kyodo_desktop.pages.options import STANDARD_PARTS
from kyodo_desktop.printing.paper import page_layout
from kyodo_desktop.printing.pdf import write_pdf
from tests.bench.bench_report import FONT, MEMORY_LIMIT, laid_public
from tests.bench.long_texts import outline_of_long_texts
from tests.bench.result import Result, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.pages.laid import LaidReport

TIME_LIMIT = 3.0
TURNS = 3
_WRITES = "writes"


def measure() -> Iterator[Result]:
    """Yield the seconds to draw the pages, and the most memory of a process that made them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    laid = laid_public(outline_of_long_texts(), STANDARD_PARTS)
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder, "ours.pdf"), Path(folder, "bare.pdf")
        pairs = [
            (_seconds_of_ours(laid, ours), _seconds_of_bare(laid, bare)) for _ in range(TURNS)
        ]
        medians = map(statistics.median, zip(*pairs, strict=True))
        yield Result(f"PDF of long texts, {laid.page_count} pages", *medians, TIME_LIMIT)
        sizes = (path.stat().st_size / 1e6 for path in (ours, bare))
        yield Result("its file", *sizes, None, "MB")
    yield Result("its memory", _megabytes(), MEMORY_LIMIT, 1.0, "MB")
    application.shutdown()


def _seconds_of_ours(laid: LaidReport, path: Path) -> float:
    gc.collect()
    start = perf_counter()
    write_pdf(laid, path)
    return perf_counter() - start


def _seconds_of_bare(laid: LaidReport, path: Path) -> float:
    gc.collect()
    start = perf_counter()
    writer = QPdfWriter(str(path))
    writer.setPageLayout(page_layout(laid.paper))
    painter = QPainter(writer)
    painter.setFont(QFont(FONT, int(laid.paper.text)))
    for page in (page for part in laid.parts for page in part.pages):
        place = 0
        for row in (*page.header, *page.rows):
            for cell in row.cells:
                for line in cell.lines:
                    painter.drawText(QPointF(0, place), line)
                    place += 10
        writer.newPage()
    painter.end()
    return perf_counter() - start


def _megabytes() -> float:
    command = [sys.executable, "-m", "tests.bench.bench_pdf", _WRITES]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def _write_once() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_pdf(laid_public(outline_of_long_texts(), STANDARD_PARTS), Path(folder, "a.pdf"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


if __name__ == "__main__":
    if sys.argv[1:] == [_WRITES]:
        _write_once()
    else:
        printed(measure())
