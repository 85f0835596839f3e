"""Writes a report as a PDF: with its fonts, its text to be searched, also without a window."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QPdfWriter

from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.pages import export_file
from kyodo_desktop.printing.amending import Bookmark, amended
from kyodo_desktop.printing.drawing import RESOLUTION, PageDrawer
from kyodo_desktop.printing.fonts import forget_fonts
from kyodo_desktop.printing.paper import page_layout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kyodo_desktop.pages.laid import LaidReport

_SUFFIX = ".pdf"


def write_pdf(laid: LaidReport, path: Path, control: JobControl | None = None) -> None:
    """Write the pages to a file, whole or not at all; in any thread where there is a window.

    `control` counts pages. Raises ExportError and CancelledError.
    """
    control = control or JobControl()
    with export_file.atomic_export(path, _SUFFIX) as beside:
        with _application():
            file = _as_pdf(laid, control)
        beside.write_bytes(file)


@contextmanager
def _application() -> Iterator[None]:
    """Let there be Qt where no window is; off the screen, but where that would have no fonts."""
    if QGuiApplication.instance() is not None:
        yield
        return
    platform = [] if sys.platform == "win32" else ["-platform", "offscreen"]
    application = QGuiApplication([sys.argv[0], *platform])
    try:
        yield
    finally:
        forget_fonts()
        application.shutdown()


def _as_pdf(laid: LaidReport, control: JobControl) -> bytes:
    drawer = PageDrawer(laid)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(page_layout(laid.paper))
    writer.setTitle(laid.report.title)
    writer.setAuthor(laid.report.author)
    drawer.draw_all(writer, range(drawer.page_count), RESOLUTION, control)
    file = _dated(bytes(buffer.data().data()), laid.report.made_on)
    bookmarks = [Bookmark(part.title, part.pages[0].number - 1) for part in laid.parts]
    return amended(file, drawer.lent_codes, subject=laid.report.subject, bookmarks=bookmarks)


_DATES = re.compile(rb"(?<=Date )\(D:\d{14}(?:Z|[+-]\d\d'\d\d'?)\)")
_XMP_DATES = re.compile(rb'(?<=Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d(?=")')


def _dated(file: bytes, made_on: str) -> bytes:
    """Put the moment of the report where Qt wrote that of the writing; no byte moves."""
    moment = datetime.fromisoformat(made_on)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    plain, xmp = f"(D:{moment:%Y%m%d%H%M%S}Z)".encode(), f"{moment:%Y-%m-%dT%H:%M:%S}+00:00"
    file = _DATES.sub(lambda found: plain.ljust(len(found[0])), file)
    return _XMP_DATES.sub(xmp.encode(), file)
