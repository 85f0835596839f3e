"""Reads .xls and .xlsb: first what they are made of, then their values through a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.excel.reading import refusals
from kyodo_desktop.excel.reading.binary_package import looked_through
from kyodo_desktop.excel.reading.compound_file import CompoundFile, compound_file_of
from kyodo_desktop.excel.reading.damage import DamageError
from kyodo_desktop.excel.reading.library_book import library_book
from kyodo_desktop.excel.reading.old_records import old_book

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.reading.package import Package


def old_workbook_book(name: str, content: bytes, control: JobControl) -> Book:
    """Read all sheets of a workbook before 2007. Raises ReadingError, or DamageError."""
    try:
        stream = CompoundFile(content).stream("Workbook", "Book")
    except DamageError:
        stream = None
    if stream is None:
        raise refusals.refusal(name, refusals.in_old_container(content))
    seen = old_book(stream)
    if seen.has_password:
        raise refusals.refusal(name, refusals.PASSWORD)
    return library_book(name, compound_file_of(seen.stream), seen.facts, control)


def binary_workbook_book(name: str, package: Package, control: JobControl) -> Book:
    """Read all sheets of a binary workbook. Raises ReadingError, DamageError, TooLargeError."""
    content, facts = looked_through(package, control)
    return library_book(name, content, facts, control)
