"""Standard output and error of a command: results, and how far a long work is."""

from __future__ import annotations

import os
import sys
import threading
from time import monotonic
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import CommandError, PlanError
from kyodo_desktop.domain.job_control import JobControl

if TYPE_CHECKING:
    from types import TracebackType

_PATIENCE, _EVERY = 1.0, 0.2  # seconds until the first line, and from one to the next


def write_out(data: bytes) -> None:
    """Write to standard output. Raises PlanError, and CommandError where there is none."""
    if sys.stdout is None and sys.stderr is None:
        raise CommandError(
            "このプログラムでは結果を表示できません。「kyodo.exe」で実行してください。"
        )
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except OSError as error:
        # Python would flush what is left once more at its end, and show a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise PlanError(
            f"出力先に書き込めませんでした（{error.strerror}）。計画のファイルは変更していません。"
        ) from error


def say(line: str, *, aside: bool = False) -> None:
    """Tell what was done, on standard error where the output is something else.

    A program without a console stays silent.
    """
    if sys.stdout is None:
        return
    if aside:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    else:
        write_out(f"{line}\n".encode())


class ProgressLine:
    """While it is entered, tells a person at a terminal how far a work is that takes long.

    Nothing is left of it at the end, and nothing is written into a file or a pipe.
    """

    def __init__(self, doing: str) -> None:
        self.control = JobControl(self._report)
        self._doing = doing
        self._percent: int | None = None
        self._shown = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True, name="progress")

    def _report(self, done: int, total: int) -> None:
        self._percent = 100 * done // total

    def _show(self) -> None:
        wait, began = _PATIENCE, monotonic()
        while not self._ended.wait(wait):
            known = f"{self._percent} %" if self._percent is not None else ""
            self._draw(f"{self._doing}… {known}　{monotonic() - began:.0f} 秒")
            wait = _EVERY
        self._draw("")

    def _draw(self, line: str) -> None:
        blank = " " * 2 * len(self._shown)
        sys.stderr.write(f"\r{blank}\r{line}" if self._shown else line)
        sys.stderr.flush()
        self._shown = line

    # The interface of `with`

    def __enter__(self) -> JobControl:
        if sys.stderr is not None and sys.stderr.isatty():
            self._thread.start()
        return self.control

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
