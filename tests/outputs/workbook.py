"""The workbook: read by three libraries, held against ECMA-376, printed by LibreOffice.

LibreOffice has no 游ゴシック and would print in whatever it takes for that: the reports are laid
in a font that is there, so that both measure with the same file.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.pages.content import is_runs
from kyodo_desktop.pages.layout import lay_out
from kyodo_desktop.pages.options import Paper
from kyodo_desktop.printing.pdf import write_pdf
from tests.imports import ROOT
from tests.outputs.cases import cases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.pages.laid import LaidReport
    from tests.outputs.cases import Case

HERE, THERE = ROOT / "tests" / "outputs", ROOT / "build" / "outputs"
FONT = "Noto Sans CJK JP"
ON_ALL_PAPERS = ("internal", "public")
MORE_PAGES = 0.05
"""So many more or fewer may be printed, as a share of ours."""
LEAST_HEIGHT = 15.0
"""No row is lower in LibreOffice, whatever is in it."""
KNOWN_ALARMS = (
    # It counts as a fault that Excel would keep the texts in another part when it saves them.
    r"inline-string cell\(s\)",
)
BREAKS_WORDS = frozenset(("hostile",))
"""Here words are wider than their columns, and LibreOffice breaks them at other places."""
MOST_TOLD = 5

Cells = dict[tuple[int, int], str | float]
Book = dict[str, Cells]


class Written(NamedTuple):
    laid: LaidReport
    path: Path

    @property
    def name(self) -> str:
        return self.path.stem


def problems(folder: Path) -> Iterator[str]:
    """Yield where a reader, the judge or the printer finds something else than was laid."""
    subprocess.run([HERE / "setup.sh"], check=True)
    books = list(written(folder))
    yield from told(against_the_rules(folder, len(books)))
    with printed(books, folder / "printed") as prints, made_free(books, folder) as free:
        yield from told(differing_cells(books))
        yield from told(misprinted(books, prints))
        yield from told(clipped(books, free))


def told(found: Iterator[str]) -> Iterator[str]:
    """Yield the first ones, and how many more there are."""
    all_found = list(found)
    yield from all_found[:MOST_TOLD]
    if all_found[MOST_TOLD:]:
        yield f"… and {len(all_found) - MOST_TOLD} more like these"


def written(folder: Path) -> Iterator[Written]:
    """Write the reports, those of the sample on each paper."""
    for case in cases(folder):
        papers = Paper if case.name in ON_ALL_PAPERS else (case.options.paper,)
        for paper in papers:
            yield _written(case, paper, folder)


def _written(case: Case, paper: Paper, folder: Path) -> Written:
    case = case._replace(options=replace(case.options, paper=paper, font=FONT))
    laid = lay_out(case.report(), paper, FONT)
    path = folder / f"{case.name}_{paper.value}.xlsx"
    return Written(laid, write_workbook(laid, path).path)


# What is in the cells


def differing_cells(books: Sequence[Written]) -> Iterator[str]:
    """Yield the cells in which a library reads something else than was laid."""
    run = subprocess.run(
        ["node", HERE / "cells.mjs", *(each.path for each in books)],
        cwd=THERE,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        yield f"exceljs: {run.stderr.strip()[-500:]}"
        return
    for book, line in zip(books, run.stdout.splitlines(), strict=True):
        expected = laid_cells(book.laid)
        for reader, found in (
            ("openpyxl", _of_openpyxl(book.path)),
            ("calamine", _of_calamine(book.path)),
            ("exceljs", _of_exceljs(line)),
        ):
            if list(found) != list(expected):
                yield f"{book.name}: {reader} finds the sheets {', '.join(found)}"
                continue
            for sheet, cells in expected.items():
                for place in sorted(set(cells) | set(found[sheet])):
                    here, there = cells.get(place), found[sheet].get(place)
                    if here != there:
                        where = f"{book.name}: {sheet} {place}"
                        yield f"{where}: {reader} reads {there!r:.80} for {here!r:.80}"


def laid_cells(laid: LaidReport) -> Book:
    """Return what the cells of the workbook shall say; the pages here need one sheet a part."""
    book: Book = {}
    for part in laid.parts:
        cells = book[part.name] = {}
        rows = (row for page in part.pages for row in page.rows)
        for number, row in enumerate(rows, start=1):
            for cell in row.cells:
                value = cell.value
                if is_runs(value):
                    value = "".join(run.text for run in value)
                if laid.report.looks[cell.look].is_title and len(cell.lines) > 1:
                    value = "\n".join(line.rstrip() for line in cell.lines)
                if isinstance(value, str):
                    value = with_signs(value.replace("\r\n", "\n").replace("\r", "\n"))
                if value not in (None, ""):
                    cells[number, cell.column + 1] = value
    return book


def _of_openpyxl(path: Path) -> Book:
    workbook = load_workbook(path)
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in workbook
    }


def _of_calamine(path: Path) -> Book:
    workbook = CalamineWorkbook.from_path(path)
    return {
        name: {
            (row, column): value
            for row, values in enumerate(
                workbook.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1
            )
            for column, value in enumerate(values, start=1)
            if value != ""
        }
        for name in workbook.sheet_names
    }


def _of_exceljs(line: str) -> Book:
    return {
        sheet: {(row, column): value for row, column, value in cells if value is not None}
        for sheet, cells in json.loads(line).items()
    }


# What the standard says


def against_the_rules(folder: Path, count: int) -> Iterator[str]:
    """Yield what openxml-audit has to say of the workbooks in a folder, which are so many."""
    run = subprocess.run(
        [sys.executable, "-m", "openxml_audit", "-r", "-m", "0", "-o", "json", folder],
        env={**os.environ, "PYTHONPATH": str(THERE / "python")},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        judged = json.loads(run.stdout)
    except ValueError:
        yield f"openxml-audit: {run.stderr.strip()[-500:]}"
        return
    if len(judged) != count:
        yield f"openxml-audit judged {len(judged)} of {count} workbooks"
    for file in judged:
        for error in file["errors"]:
            said = error["description"]
            if not any(re.search(alarm, said) for alarm in KNOWN_ALARMS):
                where = f"{error.get('part_uri')}, {error.get('path')}"
                yield f"{Path(file['file']).stem}: {said} ({where})"


# What is printed


class Conversion:
    """What LibreOffice makes of workbooks while others look at them."""

    def __init__(self, paths: Sequence[Path], ending: str, folder: Path) -> None:
        self._folder, self._ending = folder, ending
        profile = (THERE / f"libreoffice_{ending}").as_uri()
        self._process = subprocess.Popen(
            [
                *("soffice", "--headless", f"-env:UserInstallation={profile}"),
                *("--convert-to", ending, "--outdir", folder, *paths),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def of(self, book: Written) -> Path:
        """Return what a workbook became, when all are done."""
        if self._process.wait():
            raise RuntimeError("LibreOffice failed")
        return self._folder / f"{book.name}.{self._ending}"


def printed(books: Sequence[Written], folder: Path) -> Conversion:
    return Conversion([each.path for each in books], "pdf", folder)


def misprinted(books: Sequence[Written], prints: Conversion) -> Iterator[str]:
    """Yield reports of which not as many pages are printed, or a page lacks some text."""
    for book in books:
        own = book.path.with_suffix(".pdf")
        write_pdf(book.laid, own)
    for book in books:
        path, own = prints.of(book), book.path.with_suffix(".pdf")
        count, ours = _page_count(path), _page_count(own)
        if abs(count - ours) > ours * MORE_PAGES:
            yield f"{book.name}: {count} pages are printed, our PDF has {ours}"
        if count != ours or book.name.partition("_")[0] in BREAKS_WORDS:
            continue
        run = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
        texts = run.stdout.decode().split("\f")
        for page in (page for part in book.laid.parts for page in part.pages):
            rows = (*page.header, *page.rows)
            words = with_signs("".join(chain(*(cell.lines for row in rows for cell in row.cells))))
            missing = Counter(words) - Counter(texts[page.number - 1])
            if lost := "".join(each for each in missing if not each.isspace()):
                yield f"{book.name}: page {page.number} is printed without {lost:.40}"


def _page_count(path: Path) -> int:
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"^Pages:\s+(\d+)$", info, re.MULTILINE)[0])


def made_free(books: Sequence[Written], folder: Path) -> Conversion:
    """Let LibreOffice find heights for all rows."""
    free = folder / "free"
    free.mkdir()
    for book in books:
        _write_with_free_rows(book.path, free / book.path.name)
    return Conversion([free / each.path.name for each in books], "xlsx", folder / "again")


def clipped(books: Sequence[Written], free: Conversion) -> Iterator[str]:
    """Yield rows that LibreOffice would make higher, if it were free to, than they are."""
    for book in books:
        wanted, given = _row_heights(free.of(book)), _row_heights(book.path)
        for place in sorted(set(wanted) & set(given)):
            if wanted[place] > max(given[place], LEAST_HEIGHT) + 0.5:
                name = book.laid.parts[place[0] - 1].name
                heights = f"{given[place]} points high, and needs {wanted[place]}"
                yield f"{book.name}: {name} row {place[1]} is {heights}"


def _write_with_free_rows(source: Path, target: Path) -> None:
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb' ht="[\d.]+" customHeight="1"', b"", content)
            new.writestr(name, content)


def _row_heights(path: Path) -> dict[tuple[int, int], float]:
    """Return the heights by the numbers of sheet and row."""
    found = {}
    with ZipFile(path) as package:
        for name in package.namelist():
            if sheet := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
                for row in re.findall(r"<row [^>]*>", package.read(name).decode()):
                    values = dict(re.findall(r'(\w+)="([^"]*)"', row))
                    if "ht" in values:
                        found[int(sheet[1]), int(values["r"])] = float(values["ht"])
    return found
