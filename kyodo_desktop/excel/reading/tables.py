"""Reads a table from whatever file it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.excel.reading import refusals
from kyodo_desktop.excel.reading.binary_book import binary_workbook_book, old_workbook_book
from kyodo_desktop.excel.reading.damage import translate_parse_errors
from kyodo_desktop.excel.reading.endings import TEXTS, WORKBOOKS
from kyodo_desktop.excel.reading.file_content import content_of
from kyodo_desktop.excel.reading.open_document import open_document_book
from kyodo_desktop.excel.reading.package import opened_package
from kyodo_desktop.excel.reading.package_kind import PackageKind, kind_of
from kyodo_desktop.excel.reading.refusals import refusal
from kyodo_desktop.excel.reading.text_book import has_columns, text_book
from kyodo_desktop.excel.reading.workbook_book import workbook_book
from kyodo_desktop.garbage import gc_paused

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.excel.reading.package import Package


def read_table(path: Path, control: JobControl | None = None) -> Book:
    """Read all sheets of a workbook, or the one table of a text file, whatever its name says.

    Raises ReadingError, which names the file, and CancelledError.
    """
    control, name = control or JobControl(), with_signs(path.name)
    content = content_of(path)
    if content.startswith(refusals.ZIP):
        with gc_paused(), opened_package(name, content) as package:
            return _package_book(name, package, control)
    if content.startswith(refusals.OLE):
        with gc_paused(), translate_parse_errors(name):
            return old_workbook_book(name, content, control)
    other = refusals.other_than_zip(content)
    if other is None and path.suffix.lower() not in TEXTS and not has_columns(content):
        other = (
            "Excelのブックでも、CSVやテキストの表でもありません。"
            f"読み取れるのは{'、'.join((*WORKBOOKS, *TEXTS))}のファイルです。"
        )
    if other:
        raise refusal(name, other)
    with gc_paused(), translate_parse_errors(name):
        return text_book(name, path.suffix.lower(), content, control)


def _package_book(name: str, package: Package, control: JobControl) -> Book:
    """Read what a zip holds by its parts, whatever the name of the file says."""
    kind = kind_of(name, package)
    if kind is PackageKind.OPEN_DOCUMENT:
        return open_document_book(name, package, control)
    if kind is PackageKind.BINARY:
        return binary_workbook_book(name, package, control)
    return workbook_book(name, package, control)
