"""Children of this process, which may be killed, hang or fail without taking it along."""

from __future__ import annotations

import json
import logging
import os
import platform
import select
import signal
import threading
import traceback
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.errors import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST, _LET_GO = 120.0, 1.0  # seconds
FAILED, RAW = "failed", "raw"


class Ended(NamedTuple):
    """What a child reported, and how it ended."""

    reports: list[Any]
    was_killed: bool
    took_too_long: bool

    @property
    def finished(self) -> bool:
        """Tell whether it came to its end, well or with an error."""
        return not self.was_killed and not self.took_too_long

    def told(self, kind: str) -> list[str]:
        """Return what it told of one kind."""
        return [each[1] for each in self.reports if isinstance(each, list) and each[0] == kind]


class Child:
    """A child that does some work, given a function that reports a JSON value."""

    def __init__(self, work: Callable[[Callable[[Any], None]], None]) -> None:
        self._reports, end = os.pipe()
        self._buffer = b""
        self._seen: list[Any] = []
        self.pid = os.fork()
        if self.pid == 0:
            _do(work, end)
        os.close(end)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def next_report(self, seconds: float = LONGEST) -> Any:
        """Return the next report, or None at the end or when none comes."""
        until = monotonic() + seconds
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([self._reports], [], [], max(0, until - monotonic()))
            more = os.read(self._reports, 65536) if ready else b""
            if not more:
                return None
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        self._seen.append(json.loads(line))
        return self._seen[-1]

    def ended(self, seconds: float = LONGEST) -> Ended:
        """Wait for its end, and return all reports; one that takes too long is killed."""
        until = monotonic() + seconds
        while self.next_report(until - monotonic()) is not None:
            pass
        is_late = monotonic() >= until
        if is_late:
            self.kill()
        _, status = os.waitpid(self.pid, 0)
        os.close(self._reports)
        return Ended(self._seen, os.WIFSIGNALED(status) and not is_late, is_late)


def run(work: Callable[[Callable[[Any], None]], None], seconds: float = LONGEST) -> Ended:
    """Let a child do some work to its end."""
    return Child(work).ended(seconds)


def forget_machine() -> None:
    """Ask the system again how this computer is called: the shim gives each process a name."""
    platform._uname_cache = None


def head_of(error: BaseException) -> str:
    """Return the end of a traceback, which tells where it comes from."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(
        f"{each.filename.rpartition('/')[2]}:{each.lineno}" for each in frames[::-1]
    )
    return f"{type(error).__name__}: {error} ({places})"


def _do(work: Callable[[Callable[[Any], None]], None], end: int) -> None:
    """Be the child: what is raised or logged as a failure is reported."""

    def report(value: Any) -> None:
        os.write(end, json.dumps(value, ensure_ascii=False).encode() + b"\n")

    try:
        root = logging.getLogger()
        root.handlers = [Failures(lambda told: report([RAW, told]))]
        work(report)
    except PlanError as error:
        report([FAILED, error.message])
    except BaseException as error:
        report([RAW, head_of(error)])
    for each in threading.enumerate():  # what lets go of a file may do so in a thread
        if each is not threading.current_thread():
            each.join(_LET_GO)
    os._exit(0)


class Failures(logging.Handler):
    """Reports what was logged with a traceback and nobody expected."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        found = record.exc_info[1] if record.exc_info else None
        self._report(head_of(found) if found else record.getMessage())
