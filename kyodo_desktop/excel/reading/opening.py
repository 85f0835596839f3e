"""Opens a workbook of unknown origin with openpyxl, whatever it holds.

Where the texts of the cells are enough, `read_table` gives them faster and in one value.
"""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from kyodo_desktop.excel.reading.damage import TOO_LARGE, damage_explained
from kyodo_desktop.excel.reading.file_content import content_of
from kyodo_desktop.excel.reading.monitor import ReadingMonitor
from kyodo_desktop.excel.reading.package import opened_package
from kyodo_desktop.excel.reading.refusals import NO_SHEETS, refusal
from kyodo_desktop.excel.reading.workbook_map import workbook_map

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook

# openpyxl makes objects of each element, slowly; of sheets and strings less slowly
_LARGEST_PART = 96 * 1024 * 1024
_MOST_TAGS, _DEAR = 1_500_000, 10
_LONGEST_BETWEEN_TAGS = 1024 * 1024
_LISTS = ("xl/worksheets/", "xl/sharedStrings")
_XML = (".xml", ".rels", ".vml")


@contextmanager
def opened_workbook(path: Path, *, values: bool = True) -> Iterator[Workbook]:
    """Open a workbook for reading only; `values` gives results of formulas, not formulas.

    Its sheets are openpyxl's read-only ones, with at least one of them; `iter_rows` gives rows
    of different lengths, for no sheet is believed about its own size. Raises ReadingError,
    also for damage that the body comes upon while it reads the rows.
    """
    name = path.name
    content = content_of(path)
    with opened_package(name, content) as package:
        _check_sizes(name, package)
    with damage_explained(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl leaves out
        workbook = load_workbook(
            io.BytesIO(content), read_only=True, data_only=values, keep_links=False
        )
        try:
            if not workbook.worksheets:
                raise refusal(name, NO_SHEETS)
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()
            yield workbook
        finally:
            workbook.close()


def _check_sizes(name: str, package: zipfile.ZipFile) -> None:
    """Refuse what would keep openpyxl busy for minutes."""
    workbook_map(package, ReadingMonitor())
    tags = 0
    for part in package.infolist():
        if not part.filename.lower().endswith(_XML):
            continue
        if part.file_size > _LARGEST_PART:
            raise refusal(name, TOO_LARGE)
        content = package.read(part)
        tags += content.count(b"<") * (1 if part.filename.startswith(_LISTS) else _DEAR)
        if tags > _MOST_TAGS or _longest_piece(content) > _LONGEST_BETWEEN_TAGS:
            raise refusal(name, TOO_LARGE)


def _longest_piece(content: bytes) -> int:
    if len(content) <= _LONGEST_BETWEEN_TAGS:
        return 0
    return max(map(len, content.split(b"<")))
