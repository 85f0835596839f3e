"""One window at a time writes to a plan; the others are told who, and since when.

Two files beside the plan take part. `.lock` is locked by the operating system, which lets go
of it when the process ends, however that ends; the file itself stays for ever, since a third
window could lock another file of the same name. `.who` says who writes: it is made
exclusively, so that it holds where locks always say yes (some network drives), and its
holder counts on in it as long as it lives. Neither protects the data: `fence` does.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import secrets
import stat
from contextlib import suppress
from enum import Enum, auto
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_log = logging.getLogger(__name__)

BEAT = 30.0
"""Seconds between two signs of life."""

SILENT_AFTER = 75.0
"""Seconds without a sign of life after which nobody is there any more."""

_NEVER = b"\0"  # looked
_LARGEST = 4096  # bytes of a note; whatever is larger is none of ours
_NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK)
_OPEN = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


_seen_notes: dict[Path, tuple[bytes | None, float]] = {}
"""What each note said last, and since when: who asks again knows what was seen before."""


class Holder(NamedTuple):
    """Who has the plan open for writing; `since` is a local time as it is shown.

    `token` is one of a kind for each opening, `beat` the number of signs of life.
    """

    who: str
    machine: str
    since: str
    token: str = ""
    beat: int = 0


class Claim(Enum):
    """What came of asking for the right to write."""

    OURS = auto()
    HELD = auto()  # by another window
    UNSURE = auto()  # somebody's note lies there, who may live or not; `is_silent` will tell


def resolve(path: Path) -> Path:
    """Return the file that a path leads to, so that all who open it meet at one lock."""
    try:
        return _without_prefix(path.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name that is none
        return path.absolute()


def _without_prefix(path: Path) -> Path:
    r"""Return a path without the `\\?\` that Windows puts before a long one; SQLite takes none."""
    name = str(path)
    if name.startswith("\\\\?\\UNC\\"):
        return path.__class__("\\\\" + name.removeprefix("\\\\?\\UNC\\"))
    return path.__class__(name.removeprefix("\\\\?\\"))


class PlanLock:
    """The right to write to the file at a path, which has no link in it.

    What the two files beside it refuse is written to the log, not raised: the right to write
    is given back all the same.
    """

    def __init__(self, plan: Path, *, clock: Callable[[], float] = monotonic) -> None:
        self.path = plan.with_name(f"{plan.name}.lock")
        self._lock = FileLock(
            self.path,
            timeout=0,
            thread_local=False,  # taken by the window, kept and given back by its watch
            preserve_lock_file=True,
        )
        self._note = plan.with_name(f"{plan.name}.who")
        self._clock = clock
        self._ours: Holder | None = None
        self._lives = False
        self._left: bytes | None = None  # somebody's note that could not be taken away

    def acquire(self, holder: Holder) -> Claim:
        """Ask for the right to write; it is held until `release` or the end of the process.

        After UNSURE ask again, until the answer is another one. Raises OSError where the folder
        cannot be written to.
        """
        if not self._acquire_lock():
            return Claim.HELD
        found = self._observe()
        if found is None or self._has_died(found, holder) or self.is_silent():
            if self._replace(found, holder):
                self._ours = holder
                return Claim.OURS
            self._observe()
        if not self._lives:
            return Claim.UNSURE
        self._unlock()
        return Claim.HELD

    def is_blocked(self) -> bool:
        """Tell whether something else than a file lies in the place of the lock file."""
        try:
            return not stat.S_ISREG(self.path.lstat().st_mode)
        except OSError:
            return False

    def holder(self) -> Holder | None:
        """Return who holds it, as far as that can be read."""
        return _parse(self._read())

    def is_silent(self) -> bool:
        """Tell whether whoever left the note gave no sign of life for a while.

        The first call only begins to look. The time is that of this process: the clock of
        another computer may say anything.
        """
        self._observe()
        return self._clock() - _seen_notes[self._note][1] >= SILENT_AFTER

    def is_free(self, holder: Holder) -> bool:
        """Tell whether this holder would get the right to write, as far as that can be seen."""
        found = self._observe()
        if found is None:
            return True
        if not (self._has_died(found, holder) or self.is_silent()):
            return False
        try:
            is_free = self._acquire_lock()
        except OSError:
            return False
        if is_free:
            self._unlock()
        return is_free

    def beat(self) -> bool:
        """Give a sign of life; False when somebody else's note lies there by now."""
        if self._ours is None:
            return False
        found = self._read()
        if found is None:
            return self._create(self._ours)
        if found == self._left:  # nobody could take it away, and nobody has changed it
            return True
        present = _parse(found)
        if present is None or present.token != self._ours.token:
            return False
        self._ours = self._ours._replace(beat=self._ours.beat + 1)
        try:
            with os.fdopen(os.open(self._note, _OPEN), "r+b") as file:
                file.write(_format(self._ours))
                file.truncate()
        except OSError as error:
            _log.warning("no sign of life in %s: %s", self._note, error)
        return True

    def release(self) -> None:
        """Give the right back; only our own note goes, and the lock file stays."""
        ours, self._ours = self._ours, None
        present = _parse(self._read()) if ours else None
        if ours and present and present.token == ours.token:
            try:
                self._note.unlink(missing_ok=True)
            except OSError as error:
                _log.warning("%s stays: %s", self._note, error)
        self._unlock()

    def _observe(self) -> bytes | None:
        """Read the note, and know since when it says the same."""
        seen = self._read()
        before, _ = _seen_notes.get(self._note, (_NEVER, 0.0))
        if seen != before:
            self._lives = bool(seen and before not in (None, _NEVER))
            _seen_notes[self._note] = seen, self._clock()
        return seen

    def _acquire_lock(self) -> bool:
        """Lock the file; True as well where the drive knows no locks."""
        if self._lock.is_locked:
            return True
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            _log.warning("no locks for %s: %s", self._note, error)
        return True

    def _unlock(self) -> None:
        try:
            self._lock.release(force=True)
        except OSError as error:
            _log.warning("the lock of %s was lost: %s", self._note, error)

    def _has_died(self, found: bytes, holder: Holder) -> bool:
        """Tell whether the note is of a process that is gone.

        The lock is ours, and between the windows of one computer locks always hold. Version
        0.3, whose notes have no token, gave no signs of life at all.
        """
        present = _parse(found)
        return present is not None and (present.machine == holder.machine or not present.token)

    def _replace(self, found: bytes | None, holder: Holder) -> bool:
        """Put our note in the place of one that is left over; False if somebody was faster."""
        if found is not None:
            aside = self._note.with_name(f"{self._note.name}.{secrets.token_hex(4)}")
            try:
                self._note.rename(aside)
                if _read_file(aside) != found:  # it is a newer one: back with it
                    with suppress(OSError):
                        os.link(aside, self._note)
                    aside.unlink(missing_ok=True)
                    return False
                aside.unlink(missing_ok=True)
            except FileNotFoundError:
                pass
            except OSError as error:
                _log.warning("%s stays: %s", self._note, error)
                self._left = found
                return True
        return self._create(holder)

    def _create(self, holder: Holder) -> bool:
        """Make the note, whole at once; False if there is one already."""
        whole = self._note.with_name(f"{self._note.name}.{secrets.token_hex(4)}")
        try:
            try:
                whole.write_bytes(_format(holder))
                _name_exclusively(whole, self._note)
            finally:
                with suppress(OSError):
                    whole.unlink(missing_ok=True)
        except FileExistsError:
            return self._is_no_file()
        except OSError as error:  # the fence holds without it
            _log.warning("%s cannot be made: %s", self._note, error)
        return True

    def _read(self) -> bytes | None:
        return _read_file(self._note)

    def _is_no_file(self) -> bool:
        """Tell whether a link or a folder lies in the place of the note, which says nothing."""
        try:
            return not stat.S_ISREG(self._note.lstat().st_mode)
        except OSError:
            return False


def _read_file(path: Path) -> bytes | None:
    """Return a note as it lies there; a link is not followed."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with os.fdopen(os.open(path, _OPEN & ~os.O_RDWR | os.O_RDONLY), "rb") as file:
            return file.read(_LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.info("%s cannot be read: %s", path, error)
        return None


def _name_exclusively(file: Path, name: Path) -> None:
    """Give a file a name that nothing has yet; raises FileExistsError, OSError."""
    if os.name == "nt":
        file.rename(name)  # never over another file there
        return
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:  # a drive without links
        with os.fdopen(os.open(name, _OPEN | os.O_CREAT | os.O_EXCL, 0o666), "wb") as made:
            made.write(file.read_bytes())


def _format(holder: Holder) -> bytes:
    return json.dumps(holder, ensure_ascii=False).encode()


def _parse(note: bytes | None) -> Holder | None:
    """Return the holder that a note names; those of version 0.3 have no token."""
    try:
        holder = Holder(*json.loads(note or b""))
    except (ValueError, TypeError, RecursionError):
        return None
    texts = (holder.who, holder.machine, holder.since, holder.token)
    return holder if all(isinstance(each, str) for each in texts) else None


class Access(NamedTuple):
    """The lock of a plan, who asks for it, and what came of asking."""

    lock: PlanLock
    holder: Holder
    claim: Claim
