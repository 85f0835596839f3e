"""How long the window stands still while 50 answers are read, looked at and taken in."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from PySide6.QtCore import QEventLoop, QTimer

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.excel.reply_form.sheets import FORM_SHEET
from kyodo_desktop.excel.reply_form.writing import write_reply_forms
from kyodo_desktop.services import details, vocabularies
from kyodo_desktop.services.inquiries.asking import record_sent, reply_forms
from tests.bench.files import plan_file
from tests.bench.result import Result, printed
from tests.builders import Clock, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import SignalInstance

    from kyodo_desktop.services.workspace import Workspace

STALL, LIMIT = 0.050, 1.0  # seconds; nobody feels less
SECTIONS, ACTIONS, TURNS = 50, 1_000, 5
_TICK = 5  # milliseconds
_FIRST, _FILLED = 4, 10  # rows of a form


def measure() -> Iterator[Result]:
    """Yield the longest time in which the window's thread did not come to its timer."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["KYODO_DESKTOP_HOME"] = home
        from kyodo_desktop import app
        from kyodo_desktop.ui.main_window import MainWindow
        from kyodo_desktop.ui.settings import Settings

        app.prepared()
        plan, folder = plan_file(Path(home, "plan.kyodo"), ACTIONS), Path(home, "answers")
        _send_and_answer(plan, folder)
        window = MainWindow(Settings(Path(home, "settings.ini")), app.now)
        window.show()
        stalls = []
        answers = window.features.answers
        for turn in range(TURNS):
            window.files.open(shutil.copy(plan, plan.with_stem(f"turn{turn}")))
            stalls.append(
                (
                    _longest_stall(partial(answers.take_dropped, [folder]), answers.read),
                    _longest_stall(lambda: answers.take(answers._batch.plain()), answers.read),
                )
            )
            answers._dialog.reject()
        read, taken = (statistics.median(each) for each in zip(*stalls, strict=True))
        stall = f"longest stall while {SECTIONS} answers are"
        yield Result(f"{stall} read and shown", read, STALL, LIMIT)
        yield Result(f"{stall} taken in, one a turn", taken, STALL, None)
        window.close()


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
    end.connect(lambda: QTimer.singleShot(_TICK * 40, loop.quit))
    timer.start()
    QTimer.singleShot(_TICK * 4, begin)
    loop.exec()
    timer.stop()
    return max(gaps)


def _send_and_answer(plan: Path, folder: Path) -> None:
    """Send forms to all sections, and fill some cells of each in."""
    with closing(opened(plan, Clock())) as shown:
        _send(shown.workspace, folder)
    for path in folder.iterdir():
        book = load_workbook(path)
        for row in range(_FIRST, _FIRST + _FILLED):
            book[FORM_SHEET][f"E{row}"], book[FORM_SHEET][f"F{row}"] = "完了", f"{row}件を実施した"
        book.save(path)


def _send(workspace: Workspace, folder: Path) -> None:
    actions = list(workspace.outline.placed)
    for number in range(SECTIONS):
        section_id = vocabularies.add_section(workspace, f"第{number + 1}課")
        details.assign(workspace, actions[number::SECTIONS], section_id, Role.LEAD)
    ids = list(workspace.outline.sections)
    forms = reply_forms(workspace, ids, "2099-03-31", "よろしく", workspace.now().isoformat())
    folder.mkdir()
    write_reply_forms(forms, folder)
    record_sent(workspace, forms)


if __name__ == "__main__":
    printed(measure())
