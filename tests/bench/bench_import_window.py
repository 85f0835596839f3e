"""How long the window does not answer while a big table is read, against 50 ms."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.bench.result import Result, printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.ui.importing.page import ImportPage

SIZES = (10_000, 50_000)
STALL = 0.050  # seconds; a longer one is felt
TICK, AFTERWARDS = 5, 600  # milliseconds
HEADINGS = ("番号", "取組", "内容", "担当課", "評価", "実績", "今後の方向性", "備考")


def measure() -> Iterator[Result]:
    """Yield the longest time between two ticks of a timer, while a file is read and read anew."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KYODO_DESKTOP_HOME"] = folder
        from kyodo_desktop import app
        from kyodo_desktop.ui.importing.page import ImportPage

        application = app.prepared()
        for rows in SIZES:
            path = _workbook(Path(folder, f"{rows}.xlsx"), rows)
            page = ImportPage()
            page.resize(1280, 660)
            page.show()
            QTest.qWait(AFTERWARDS)  # until it is painted
            # Twice, since other programs can keep this one from its turn.
            stall = min(
                _longest_stall(page, lambda page=page, path=path: page.read(path))
                for _ in range(2)
            )
            yield Result(f"longest stall, {rows:,} rows read", stall, STALL, 1.0)
            stall = min(
                _longest_stall(page, lambda page=page: _choose_otherwise(page)) for _ in range(2)
            )
            yield Result(f"longest stall, {rows:,} rows read anew", stall, STALL, 1.0)
            page.close()
            page.deleteLater()
            application.processEvents()


class _Ticks(QObject):
    """Ticks as often as it can, scrolls like a user, and keeps the longest pause."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__(page)
        self.longest = 0.0
        self._last = perf_counter()
        self._page = page
        timer = QTimer(self, interval=TICK)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._tick)
        timer.start()
        scrolling = QTimer(self, interval=100)
        scrolling.timeout.connect(self._scroll)
        scrolling.start()

    def _tick(self) -> None:
        now = perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def _scroll(self) -> None:
        bar = self._page._sheet.view.verticalScrollBar()
        bar.setValue((bar.value() + 7) % max(bar.maximum(), 1))


def _longest_stall(page: ImportPage, act: Callable[[], None]) -> float:
    loop = QEventLoop()
    page.settled.connect(lambda: QTimer.singleShot(AFTERWARDS, loop.quit))
    ticks = _Ticks(page)
    QTimer.singleShot(0, act)
    loop.exec()
    page.settled.disconnect()
    ticks.deleteLater()
    QGuiApplication.processEvents()
    return ticks.longest


def _choose_otherwise(page: ImportPage) -> None:
    page._rename(f"{page.reader.mapping.title}　改")


def _workbook(path: Path, rows: int) -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("進捗状況")
    sheet.append(["見本市 協働推進計画 進捗状況（令和6年度）"])
    sheet.append(HEADINGS)
    for number in range(1, rows + 1):
        if number % 50 == 1:
            sheet.append(
                [f"基本目標{number // 50 + 1}　みんなで進めるまちづくり その{number // 50 + 1}"]
            )
        sheet.append(
            [
                number,
                f"取組{number}の推進",
                "市民と市が力を合わせて進める。",
                ("市民協働課", "広報広聴課", "都市計画課")[number % 3],
                "○△×"[number % 3],
                f"{number}回の講座を開き、参加者の声を次の計画に生かした。",
                "継続",
                "",
            ]
        )
    book.save(path)
    return path


if __name__ == "__main__":
    printed(measure())
