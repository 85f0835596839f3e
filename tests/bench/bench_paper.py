"""How long 紙面 takes to show its first page, and to scroll by three rows."""

from __future__ import annotations

import statistics
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from tests.bench.result import Result, printed
from tests.bench.windows import windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.ui.main_window import MainWindow
    from kyodo_desktop.ui.paper.view import PaperView

FIRST_PAGE, LIMIT_OF_FIRST = 1.0, 1.0  # seconds
LIMIT_OF_SCROLLING, LIMITED = 2.0, 10_000
STEPS, STEP = 60, 84


def measure() -> Iterator[Result]:
    """Yield seconds to show it, against the second that is promised; then those to scroll.

    Scrolling is measured against Qt's own table with the same texts, each row of one line.
    """
    for actions, window in windows():
        window.resize(1366, 728)
        is_limited = actions == LIMITED
        yield Result(
            f"first page of 紙面, {actions:,} actions",
            _shown(window),
            FIRST_PAGE,
            LIMIT_OF_FIRST if is_limited else None,
        )
        view = window.features.paper.page.view
        yield Result(
            f"紙面 scrolled by three rows, {actions:,} actions",
            _scrolled(view),
            _scrolled(_qt_own(view)),
            LIMIT_OF_SCROLLING if is_limited else None,
        )


def _shown(window: MainWindow) -> float:
    begin = perf_counter()
    window.actions_by_name["show_paper"].trigger()
    QApplication.processEvents()
    window.repaint()
    return perf_counter() - begin


def _scrolled(view: QTableView) -> float:
    seconds = []
    for _ in range(STEPS):
        begin = perf_counter()
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + STEP)
        view.viewport().repaint()
        seconds.append(perf_counter() - begin)
    return statistics.median(seconds)


def _qt_own(view: PaperView) -> QTableView:
    """Return Qt's own table and model with the same texts, in the same size."""
    model = QStandardItemModel()
    for row in range(view.rows.rowCount()):
        columns = range(view.rows.columnCount())
        model.appendRow([QStandardItem(view.rows.index(row, each).data()) for each in columns])
    table = QTableView()
    model.setParent(table)
    table.setModel(model)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    for column in range(model.columnCount()):
        table.setColumnWidth(column, view.columnWidth(column))
    table.resize(view.size())
    table.show()
    QApplication.processEvents()
    return table


if __name__ == "__main__":
    printed(measure())
