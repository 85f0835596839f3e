"""One window at a time writes to a plan; the others are told who, and since when."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout


class Holder(NamedTuple):
    """Who has the plan open for writing; `since` is a local time as it is shown."""

    who: str
    machine: str
    since: str


class PlanLock:
    """The right to write, held until `release` or the end of the process, however it ends.

    The operating system holds the lock itself, on a file beside the plan. Who holds it
    stands in a second file, since a locked file cannot be read on Windows.
    """

    def __init__(self, plan: Path) -> None:
        self._lock = FileLock(plan.with_name(f"{plan.name}.lock"), timeout=0)
        self._note = plan.with_name(f"{plan.name}.who")

    def acquire(self, holder: Holder) -> bool:
        """Take the right to write; False when another window has it.

        Raises OSError where the folder cannot be written to.
        """
        try:
            self._lock.acquire()
        except Timeout:
            return False
        try:
            self._note.write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")
        except OSError:
            self.release()
            raise
        return True

    def holder(self) -> Holder | None:
        """Return who holds it, as far as that can be read."""
        try:
            return Holder(*json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Give the right back and leave no file behind."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            with suppress(OSError):  # Windows deletes it after the release, by itself
                Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()
