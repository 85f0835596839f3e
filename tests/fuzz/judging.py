"""Tells whether a file came in well: a result or a message, soon, and in little memory."""

from __future__ import annotations

import faulthandler
import re
import resource
from collections import Counter
from pathlib import Path
from time import perf_counter

from kyodo_desktop.domain.errors import PlanError
from tests.fuzz.entries import ENTRIES

LONGEST, LARGEST = 10, 1024  # seconds; MiB of this whole process
HANG = 60  # seconds after which the place is printed and all ends
_PLACE = re.compile("行|列|番目|見出し")
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


class Judge:
    """Gives one file after the other to every entry and counts what became of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._messages: Counter[str] = Counter()
        self._came_in: Counter[str] = Counter()
        self._files = 0
        self._slowest = 0.0

    def judge(self, content: bytes) -> None:
        """Write a file and let it in. Raises AssertionError, or what should not come out."""
        self._files += 1
        faulthandler.dump_traceback_later(HANG, exit=True)
        self.path.write_bytes(content)
        for name, entry in ENTRIES.items():
            start = perf_counter()
            try:
                entry(self.path)
            except PlanError as error:
                self._check(error.message)
            else:
                self._came_in[name] += 1
            taken = perf_counter() - start
            self._slowest = max(self._slowest, taken)
            assert taken <= LONGEST, f"{name}: {taken:.1f} s"
        assert _peak() <= LARGEST, f"{_peak()} MiB"
        assert self.path.read_bytes() == content, "the file was changed"
        faulthandler.cancel_dump_traceback_later()

    def _check(self, message: str) -> None:
        assert self.path.name in message or _PLACE.search(message), message
        assert _JAPANESE.search(message.replace(self.path.name, "")), message
        self._messages[message] += 1

    def __str__(self) -> str:
        came_in = ", ".join(f"{name} {count}" for name, count in self._came_in.items())
        return (
            f"{self._files:,} files ({came_in} came in, {len(self._messages)} messages), "
            f"slowest {self._slowest:.2f} s, peak {_peak()} MiB"
        )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
