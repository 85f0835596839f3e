"""How long a keystroke in the search box takes until it is painted, against Qt's own filter."""

from __future__ import annotations

import gc
import os
import statistics
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from kyodo_desktop.domain.search import Query
from kyodo_desktop.ui.tree.pane import TreePane
from tests.bench.qt_own import QtWindow
from tests.bench.result import Result, printed
from tests.bench.tree_plans import full_outline, tree_pane

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 1.0
FRAME, SMALL = 1 / 60, 1_000  # seconds; in a plan so small a key need be no faster than the screen
SIZES = (1_000, 10_000, 100_000)
TURNS = 15
SIZE = (620, 660)
# What is in the box before and after the key.
KEYS = {
    "first letter of a rare word": ("", "7"),
    "next letter of a rare word": ("事業7", "事業77"),
    "a word of few": ("事業77", "事業777"),
    "a word of a quarter": ("サポー", "サポート"),
    "a word of all": ("協", "協働"),
    "a word of none": ("サポート", "サポートx"),
    "two words": ("研修 2", "研修 20"),
    "a rare word taken away": ("事業777", ""),
    "a frequent word taken away": ("サポート", ""),
}


def measure() -> Iterator[Result]:
    """Yield seconds for several keys at each size, each the median of some turns."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    application.setFont(QFont("Noto Sans CJK JP", 10))
    for actions in SIZES:
        outline = full_outline(actions)
        ours, qt = tree_pane(outline), QtWindow(outline)
        for window in (ours, qt):
            window.resize(*SIZE)
            window.show()
        _settle(ours)
        for name, keys in KEYS.items():
            qt.rare.update(text for text in keys if _opens_all(ours, text))
            seconds = _seconds(ours, *keys)
            yardstick = _seconds(qt, *keys)
            if actions <= SMALL:
                yardstick = max(yardstick, FRAME)
            yield Result(f"{name}, {actions:,} actions", seconds, yardstick, LIMIT)
        for window in (ours, qt):
            window.close()


def _seconds(window: TreePane | QtWindow, before: str, after: str) -> float:
    """Return the median of the time from the key to the painted window."""
    found = []
    for _ in range(TURNS):
        _search(window, "")
        _search(window, before)
        _settle(window)
        begin = perf_counter()
        _search(window, after)
        _show_changes()
        found.append(perf_counter() - begin)
    return statistics.median(found)


def _search(window: TreePane | QtWindow, text: str) -> None:
    """Put a text where the list is searched: of ours that box stands elsewhere."""
    if isinstance(window, TreePane):
        window.search(Query(text))
    else:
        window.search.setText(text)


def _opens_all(pane: TreePane, text: str) -> bool:
    _search(pane, text)
    return pane._view.kept.all_open


def _show_changes() -> None:
    """Let everything happen that the key caused: layout first, which asks for painting."""
    for _ in range(3):
        QApplication.processEvents()


def _settle(window: QWidget) -> None:
    """Let the window finish what it does between keys."""
    _show_changes()
    while any(timer.isActive() for timer in window.findChildren(QTimer)):
        QApplication.processEvents()
    gc.collect()


if __name__ == "__main__":
    printed(measure())
