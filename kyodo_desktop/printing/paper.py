"""Puts the pages of a report on paper: which sheet they have, and the way to a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize

from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.pages.laid import MILLIMETRE

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from kyodo_desktop.pages.laid import PaperSize
    from kyodo_desktop.printing.drawing import PageDrawer

_NO_MARGINS = QMarginsF(0, 0, 0, 0)


def page_layout(paper: PaperSize) -> QPageLayout:
    """Return the sheet of a report, of which all belongs to the drawer."""
    across, down = sorted((paper.across, paper.down))
    landscape, portrait = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    layout = QPageLayout(
        QPageSize(QSizeF(across, down), QPageSize.Unit.Millimeter),
        landscape if paper.is_landscape else portrait,
        _NO_MARGINS,
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def print_pages(drawer: PageDrawer, printer: QPrinter) -> int:
    """Print the pages that were asked for; return how many, none where the printer refuses.

    On other paper than theirs they are as large as it lets them be.
    """
    paper, sheet = drawer.laid.paper, printer.pageLayout().fullRectPoints()
    across, down = paper.across * MILLIMETRE, paper.down * MILLIMETRE
    share = min(1.0, (sheet.width() + 1) / across, (sheet.height() + 1) / down)
    first, last = printer.fromPage() or 1, printer.toPage() or drawer.page_count
    places = range(drawer.page_count)[first - 1 : last]
    resolution = printer.resolution() * share
    is_done = drawer.draw_all(printer, places, resolution, JobControl())
    return len(places) if is_done else 0
