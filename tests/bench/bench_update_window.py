"""How long the window stands still while 10,000 changed actions are compared and taken in."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.bench.bench_replies_window import LIMIT, STALL
from tests.bench.result import Result, printed
from tests.bench.tables import write_table
from tests.builders import Clock, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import SignalInstance

    from kyodo_desktop.ui.importing.page import ImportPage
    from kyodo_desktop.ui.main_window import MainWindow

ACTIONS, TURNS = 10_000, 3
_TICK, _AFTERWARDS = 5, 1_500  # milliseconds


def measure() -> Iterator[Result]:
    """Yield the longest time in which the window's thread did not come to its timer."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["KYODO_DESKTOP_HOME"] = home
        from kyodo_desktop import app
        from kyodo_desktop.ui.main_window import MainWindow
        from kyodo_desktop.ui.settings import Settings

        app.prepared()
        table = write_table(Path(home, "table.xlsx"), ACTIONS)
        revised = write_table(Path(home, "revised.xlsx"), ACTIONS, is_revised=True)
        compared, taken = [], []
        for turn in range(TURNS):
            window = MainWindow(Settings(Path(home, "settings.ini")), app.now)
            window.show()
            plan = _plan_file(Path(home, f"{turn}.kyodo"), table)
            window.files.open(plan)
            QTest.qWait(_AFTERWARDS)
            imports = window.features.imports
            page = _page_of(window, revised)
            compared.append(_longest_stall(page.target.propose_update, imports.compared))
            assert len(page.update_shown.differences) == 2 * ACTIONS
            button = page.findChild(QPushButton, "import")
            taken.append(_longest_stall(button.click, imports.ended))
            window.close()
            with closing(opened(plan, Clock())) as kept:
                texts = [each.description for each in kept.workspace.outline.actions.values()]
                assert all(text.endswith("改") for text in texts)
        stall = f"longest stall, {ACTIONS:,} changed actions"
        # The least, since other programs can keep this one from its turn.
        yield Result(f"{stall} compared and shown", min(compared), STALL, LIMIT)
        yield Result(f"{stall} taken and shown", min(taken), STALL, LIMIT)


def _page_of(window: MainWindow, table: Path) -> ImportPage:
    """Return the page when it has read the table."""
    page, loop = window.features.imports._show_page(table), QEventLoop()
    page.settled.connect(loop.quit)
    page.read(table)
    loop.exec()
    QTest.qWait(_AFTERWARDS)
    return page


def _plan_file(path: Path, table: Path) -> Path:
    from kyodo_desktop.domain.importing.reading import read_plan
    from kyodo_desktop.domain.importing.readings import guess_mapping
    from kyodo_desktop.excel.reading.tables import read_table
    from kyodo_desktop.services.importing.new_file import create_plan_from

    book = read_table(table)
    create_plan_from(path, read_plan(book, guess_mapping(book)), author="", now=Clock()())
    return path


def _longest_stall(begin: Callable[[], object], end: SignalInstance) -> float:
    """Return the longest time between two calls of a timer, until the end and its painting."""
    gaps, last = [], perf_counter()

    def tick() -> None:
        nonlocal last
        now = perf_counter()
        gaps.append(now - last)
        last = now

    timer, loop = QTimer(interval=_TICK), QEventLoop()
    timer.timeout.connect(tick)
    end.connect(lambda: QTimer.singleShot(_AFTERWARDS, loop.quit))
    timer.start()
    QTimer.singleShot(_TICK * 4, begin)
    loop.exec()
    timer.stop()
    return max(gaps)


if __name__ == "__main__":
    printed(measure())
