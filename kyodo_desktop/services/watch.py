"""Looks at a plan's file from a thread of its own, so that a share that hangs stops nobody.

What is done to the lock after the opening is done here as well: giving signs of life, letting
go, asking again for the right to write.
"""

from __future__ import annotations

import logging
import threading
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, auto
from time import monotonic
from typing import TYPE_CHECKING

from kyodo_desktop.domain import errors, fiscal_year
from kyodo_desktop.store import backup, fence, history, inspection, lock
from kyodo_desktop.store import lock as locks
from kyodo_desktop.store.connection import Database, finish_half_written
from kyodo_desktop.store.failures import translate_storage_errors
from kyodo_desktop.store.news import News, read_news

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from kyodo_desktop.services.workspace import Workspace

_log = logging.getLogger(__name__)

EVERY = 3.0
"""Seconds between two looks."""

HANGS_AFTER = 3.0
"""Seconds after which a look that has not ended counts as one that found nothing."""

FRESH = 0.5
"""Seconds for which an answer counts; after that an edit asks first."""

_WAIT = 0.05  # seconds for a file that another program has; the next look comes soon
_LONGEST = 0.8  # seconds that a window waits for an answer; a slow computer may need some
_END = 0.2  # seconds for a look that is under way


def moment_label(moment: datetime) -> str:
    """Return a moment as it is shown beside the name of who edits."""
    return f"{fiscal_year.day_label(moment.date().isoformat())} {moment:%H:%M}"


class PathState(Enum):
    """What lies at the path."""

    A_PLAN = auto()
    NOTHING = auto()  # the folder is there
    OUT_OF_REACH = auto()
    BUSY = auto()  # it cannot be told just now


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look found.

    `expected` is the session row as the window had it when the look began, `seen` that of the
    file; where they differ `news` says what has changed. `identity` tells files apart that have
    had the same name one after the other. `claim` is what came of asking for the right to
    write, if that `was_asked`; `is_free` says that nobody else writes. A file that has not the
    step that the window saw last was restored. `drive_failures` is how often the drive had
    failed the window when the look began: what it saw before a failure says nothing of what
    came of that.
    """

    place: PathState
    problem: str = ""
    expected: fence.Seen = fence.NOBODY
    seen: fence.Seen = fence.NOBODY
    key: str = ""
    identity: tuple[int, int] = (0, 0)
    news: News | None = None
    claim: lock.Claim = lock.Claim.HELD
    was_asked: bool = False
    holder: lock.Holder | None = None
    is_free: bool = False
    knows_newest: bool = True
    drive_failures: int = 0


class Watch:
    """A thread that looks again and again, and says in `sight` what it found last.

    `wants_to_write` may be set at any time: the next look asks for the right to write then.
    """

    def __init__(self, path: Path, workspace: Workspace, access: lock.Access) -> None:
        self.wants_to_write = access.claim is not lock.Claim.HELD
        self.sight: Sight | None = None
        self._path = path
        self._workspace = workspace
        self._lock, self._holder, self._claim = access
        self._was_asked = False
        self._began: float | None = None
        self._answered = monotonic()
        self._answer = threading.Event()
        self._next_beat = monotonic() + locks.BEAT
        self._was_there = True
        self._wake = threading.Event()
        self._ended = self._releases = False
        self._thread = threading.Thread(target=self._run, daemon=True, name="watch")

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def look_now(self) -> None:
        """Look as soon as it can be."""
        self._wake.set()

    def expect_answer(self) -> bool:
        """Tell whether the file answers now: ask again where the last answer is not fresh.

        It waits for the answer a moment only.
        """
        if monotonic() - self._answered < FRESH:
            return True
        if self.hangs():
            return False
        self._answer.clear()
        self.look_now()
        return self._answer.wait(_LONGEST)

    def hangs(self) -> bool:
        """Tell whether the look under way gets no answer."""
        began = self._began
        return began is not None and monotonic() - began > HANGS_AFTER

    def end(self) -> bool:
        """Stop looking; False while a look is under way that gets no answer."""
        self._ended = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(_END)
        self._releases = self._thread.is_alive()
        return not self._releases

    def _run(self) -> None:
        if self._claim is lock.Claim.OURS:  # nothing can have changed yet
            self._wake.wait(EVERY)
            self._wake.clear()
        while not self._ended:
            self._began = monotonic()
            try:
                self.sight = self._look()
            except Exception:
                _log.exception("could not look at %s", self._path)
            self._began = None
            self._answered = monotonic()
            self._answer.set()
            self._wake.wait(EVERY)
            self._wake.clear()
        if self._releases:  # nobody waits for the end any longer
            self._lock.release()

    def _look(self) -> Sight:
        drive_failures, expected = self._workspace.drive_failures, self._workspace.fence.seen
        newest = self._workspace.fence.newest
        try:
            place = self._path.stat()
        except FileNotFoundError as error:
            self._was_there = False
            is_moved = self._has_folder()
            return Sight(PathState.NOTHING if is_moved else PathState.OUT_OF_REACH, _reason(error))
        except OSError as error:
            self._was_there = False
            return Sight(PathState.OUT_OF_REACH, _reason(error))
        try:
            key, seen, news, knows_newest = self._read(expected, newest)
        except errors.BusyError:
            return Sight(PathState.BUSY)
        except errors.HalfWrittenError:
            finish_left_alone(self._path, lock.Access(self._lock, self._holder, self._claim))
            return Sight(PathState.BUSY)
        except (errors.PlanError, *inspection.MALFORMED) as error:
            self._was_there = False
            return Sight(PathState.OUT_OF_REACH, _reason(error))
        self._see_to_the_lock()
        holder, is_free = self._others()
        return Sight(
            PathState.A_PLAN,
            expected=expected,
            seen=seen,
            key=key,
            identity=(place.st_dev, place.st_ino),
            news=news,
            claim=self._claim,
            was_asked=self._was_asked,
            holder=holder,
            is_free=is_free,
            knows_newest=knows_newest,
            drive_failures=drive_failures,
        )

    def _has_folder(self) -> bool:
        try:
            return self._path.parent.is_dir()
        except OSError:
            return False

    def _read(
        self, expected: fence.Seen, newest: fence.Newest
    ) -> tuple[str, fence.Seen, News | None, bool]:
        with (
            closing(Database(self._path, read_only=True, wait=_WAIT)) as database,
            translate_storage_errors(self._path.name, reading=True),
            database.reading() as connection,
        ):
            return self._read_from(connection, expected, newest)

    def _read_from(
        self, connection: sqlite3.Connection, expected: fence.Seen, newest: fence.Newest
    ) -> tuple[str, fence.Seen, News | None, bool]:
        key, seen = history.plan_key(connection), fence.read_session(connection)
        is_known = fence.knows_step(connection, newest)
        if key != self._workspace.plan_key or (seen == expected and is_known):
            return key, seen, None, is_known
        shown = self._workspace.outline.round
        round_id = shown.id if shown else None
        return key, seen, read_news(connection, newest, expected.commits, round_id), is_known

    def _see_to_the_lock(self) -> None:
        """Keep the right to write, ask for it, or let go of it, as it is wanted."""
        self._was_asked = self.wants_to_write
        if not self._was_asked:
            if self._claim is not lock.Claim.HELD:
                self._lock.release()
                self._claim = lock.Claim.HELD
        elif self._claim is lock.Claim.OURS and self._was_there:
            if monotonic() >= self._next_beat:
                self._next_beat = monotonic() + locks.BEAT
                if not self._lock.beat():
                    self._lock.release()
                    self._claim = lock.Claim.HELD
        else:
            self._claim_anew()
        self._was_there = True

    def _claim_anew(self) -> None:
        """Ask for the right to write; of a lock that the network dropped let go first."""
        if self._claim is lock.Claim.OURS:
            self._lock.release()
        holder = self._holder._replace(since=moment_label(self._workspace.now()))
        try:
            self._claim = self._lock.acquire(holder)
        except OSError as error:
            _log.warning("no right to write to %s: %s", self._path, error)
            self._claim = lock.Claim.UNSURE  # the next look asks again
        if self._claim is lock.Claim.OURS and self._workspace.read_only_because:
            self._began = None  # a copy of a large plan may take its time
            try:
                backup.back_up_daily(self._path, self._workspace.now().date())
            except errors.PlanError as error:
                _log.warning("no backup of %s: %s", self._path, error)

    def _others(self) -> tuple[lock.Holder | None, bool]:
        if self._claim is lock.Claim.OURS or self._lock.is_free(self._holder):
            return None, True
        return self._lock.holder(), False


def finish_left_alone(path: Path, access: lock.Access) -> bool:
    """Roll back what a crash left half written, if nobody else may be writing; tell whether."""
    is_ours = access.claim is lock.Claim.OURS
    try:
        if not is_ours and access.lock.acquire(access.holder) is not lock.Claim.OURS:
            return False
        with translate_storage_errors(path.name):
            finish_half_written(path)
    except (OSError, errors.PlanError) as error:
        _log.warning("%s stays half written: %s", path, error)
        return False
    finally:
        if not is_ours:
            access.lock.release()
    return True


def _reason(error: BaseException) -> str:
    """Return in few words what the system said."""
    cause = error.__cause__ or error
    return str(getattr(cause, "strerror", None) or cause)
