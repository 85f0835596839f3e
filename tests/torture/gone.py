"""Takes the share away while somebody types into the window, and brings it back."""

from __future__ import annotations

import errno
import json
import os
import select
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Any

from tests.torture.contents import wrong_words
from tests.torture.operations import OPERATIONS, PLAN, prepared
from tests.torture.shim import CHANGING
from tests.torture.tally import LOSS, OTHER, RAW, WORDS, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.shim import Shim

LONG = float(os.environ.get("KYODO_TORTURE_HANG") or 20)  # seconds of every tenth time
SHORT = (0.9, 2.5)
SOON = 10.0  # seconds after which all must be saved again
_KEPT_WITHIN = 1.5  # seconds after which typed text must stand in some file
DEAF = 1.0  # seconds in which the window must do something
_QUERY = (
    "SELECT action_id, text FROM outlook "
    "WHERE round_id = (SELECT max(id) FROM round) AND text != ''"
)


class Window:
    """The window in a process of its own; `report` is its last one."""

    def __init__(self, folder: Path, shim: Shim) -> None:
        self.file, self.home = folder / "share" / PLAN, folder / "home"
        self.home.mkdir(exist_ok=True)
        environment = {**os.environ, "KYODO_DESKTOP_HOME": str(self.home)}
        environment["QT_QPA_PLATFORM"] = "offscreen"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.window", str(self.file), str(self.home)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.shim = shim
        self.report: dict[str, Any] = {}
        self.deaf, self.said, self._buffer = 0.0, set(), b""
        self.failures: list[str] = []
        self.slowest, self.where = 0.0, ""
        shim.touch_only(self.process.pid)

    def tell(self, word: str) -> None:
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.write(f"{word}\n".encode())
            self.process.stdin.flush()

    def listen(self, seconds: float) -> bool:
        """Take in its reports for so long; False when it has ended."""
        assert self.process.stdout is not None
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            ready, _, _ = select.select([self.process.stdout], [], [], left)
            if ready:
                more = os.read(self.process.stdout.fileno(), 1 << 20)
                if not more:
                    return False
                *lines, self._buffer = (self._buffer + more).split(b"\n")
                for line in lines:
                    self._take(json.loads(line))
        return True

    def _take(self, report: dict[str, Any]) -> None:
        self.report = report
        self.deaf = max(self.deaf, report["deaf"])
        self.said.update(filter(None, report["said"]))
        self.failures += report["failures"]

    def saved(self) -> dict[str, str]:
        """Return what stands in the file, which no other process looks at through the shim."""
        with closing(sqlite3.connect(self.file, timeout=5)) as connection:
            return {str(action): text for action, text in connection.execute(_QUERY)}

    def is_saved(self, typed: dict[str, str]) -> bool:
        saved = self.saved()
        return all(saved.get(each, "").startswith(text) for each, text in typed.items())

    def is_somewhere(self, typed: dict[str, str]) -> bool:
        """Tell whether what was typed stands in the plan, or in a file of the user's own."""
        saved = self.saved()
        own = [each.read_bytes() for each in self.home.rglob("*") if each.is_file()]
        return all(
            saved.get(each, "").startswith(text) or any(_holds(data, text) for data in own)
            for each, text in typed.items()
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def shares(seeds: range, folder: Path, shim: Shim | None) -> Iterator[Tally]:
    """Let the share go and come back, again and again."""
    tally = Tally("shares gone and back", "shares")
    if shim is None:
        yield tally
        return
    given = prepared(next(each for each in OPERATIONS if each.name == "join"), folder / "plan")
    window = None
    for seed in tally.each(seeds):
        if window is None:
            given.copy_to(folder / "share")
            shim.watch(folder / "share")
            window = Window(folder, shim)
            window.tell("type")
            while not window.report and window.listen(0.1):
                pass
        is_long = (seed - seeds[0]) % 10 == 9 and len(seeds) > 10
        for kind, told in _gone_and_back(window, Random(seed), tally, is_long=is_long):
            tally.fault(kind, seed, told, window.where)
            if kind == LOSS or "by itself" in told or "ended" in told:
                window.kill()
                window = None
                break
    if window is not None:
        for kind, told in _at_the_end(window):
            tally.fault(kind, seeds[-1], told, "at the end")
        window.kill()
    shim.touch_only(0)
    yield tally


def _gone_and_back(
    window: Window, random: Random, tally: Tally, *, is_long: bool
) -> Iterator[tuple[str, str]]:
    shim = window.shim
    window.tell("type")
    if random.random() < 0.3:
        window.tell("jump")
    window.listen(random.uniform(0.1, 1.0))
    window.deaf, window.said, window.failures = 0.0, set(), []
    hangs, name = random.random() < 0.4, random.choice(("EIO", "ESTALE"))
    seconds = LONG if is_long else random.uniform(*SHORT)
    then = random.choice((0, getattr(errno, name)))
    window.where = f"{f'hangs, then {then}' if hangs else name} for {seconds:.1f} s"
    tally.count("hangs" if hangs else "errors")
    before = dict(window.report["typed"])
    if hangs:
        shim.hang(then)
    else:
        shim.lose(getattr(errno, name))
    window.listen(seconds / 2)
    if random.random() < 0.3:
        window.tell("jump")
    is_alive = window.listen(seconds / 2)
    stands_nowhere = seconds > _KEPT_WITHIN and not window.is_somewhere(before)
    if random.random() < 0.5:
        window.tell("rest")
    hung_in, hits = shim.main_hung_in if hangs else "", shim.hits
    shim.heal()
    back = monotonic()
    tally.count("met", min(1, hits))
    window.listen(0.25)
    typed = dict(window.report["typed"])
    while is_alive and not window.is_saved(typed) and monotonic() - back < SOON:
        is_alive = window.listen(0.1)
    window.slowest = max(window.slowest, monotonic() - back)
    tally.note = f"saved again after at most {window.slowest:.1f} s"
    if stands_nowhere:
        yield OTHER, "what was typed a second ago stands nowhere while the share is gone"
    yield from _judged(window, typed, hung_in, is_alive=is_alive)


def _judged(
    window: Window, typed: dict[str, str], hung_in: str, *, is_alive: bool
) -> Iterator[tuple[str, str]]:
    for told in window.failures:
        yield RAW, told
    for told in window.said:
        if wrong := wrong_words(told):
            yield WORDS, wrong
    if window.deaf > DEAF and hung_in not in CHANGING:
        yield OTHER, f"deaf for {window.deaf:.1f} s, begun in {hung_in or 'nothing'}"
    if not is_alive:
        yield OTHER, "the window ended"
        return
    action, shown = window.report["shown"]
    if shown != window.report["typed"][str(action)]:
        yield LOSS, f"the field shows …{shown[-20:]!r}, typed was …{typed[str(action)][-20:]!r}"
    if not window.is_saved(typed):
        said = window.report["read_only"] or "; ".join(filter(None, window.report["said"]))
        yield OTHER, f"did not go on by itself within {SOON:.0f} s: it says {said!r}"


def _holds(data: bytes, text: str) -> bool:
    escaped = json.dumps(text[-8:])[1:-1]
    return text[-8:].encode() in data or escaped.encode() in data


def _at_the_end(window: Window) -> Iterator[tuple[str, str]]:
    """Stop typing, and compare the file with all that was typed."""
    window.tell("rest")
    until = monotonic() + SOON
    window.listen(0.3)
    while window.saved() != _texts(window.report["typed"]) and monotonic() < until:
        window.listen(0.1)
    if window.saved() != _texts(window.report["typed"]):
        yield LOSS, "what was typed is not what stands in the file"


def _texts(typed: dict[str, str]) -> dict[str, str]:
    return {each: text for each, text in typed.items() if text}
