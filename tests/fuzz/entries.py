"""Every way by which a file from outside comes in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.domain.interchange.checking import checked
from kyodo_desktop.excel.data_book import is_ours, read_export
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.excel.reply_form.reading import read_answer

_BEGUN = {"id": 1, "at": "", "author": "", "label": "", "reverses_id": None}


def import_table(path: Path) -> None:
    """Read a table with the defaults, up to the plan that is found in it."""
    book = read_table(path)
    for grid in book.grids:
        for row in grid.rows:
            for text in row:
                text.encode()
        assert all(each.place.label and each.reason for each in grid.unread)
    read_plan(book, guess_mapping(book))


def import_export(path: Path) -> None:
    """Read an export up to the file that is written; what is none is told apart first."""
    is_ours(path)
    whole = read_export(path)
    history = whole.tables["operation"] or [_BEGUN]
    checked(whole._replace(tables={**whole.tables, "operation": history}))


ENTRIES: dict[str, Callable[[Path], object]] = {
    "取込": import_table,
    "回答": read_answer,
    "データ": import_export,
}
