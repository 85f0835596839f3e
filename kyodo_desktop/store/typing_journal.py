"""The journal of what is typed: on the user's own disk, until the plan has it.

A window writes a file of JSON lines of its own for each plan that it opens. The first line
says which plan; each later one is a text at a place, or that a place is settled. While a
process lives it holds the lock beside its file, so what nobody holds was left behind.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from kyodo_desktop.atomic_files import ONLY_MINE, atomic_write
from kyodo_desktop.domain.inputs import TypedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_log = logging.getLogger(__name__)

PAUSE = 0.15  # seconds in which further texts are gathered for one write
_RETRY = 1.0  # seconds after a write that failed
_LONGEST_END = 2.0  # seconds that closing waits for the disk
_ROOM = 1 << 18  # bytes that a file may have beside four times what is open in it
_FOLDER_ROOM = 50 << 20  # bytes of all files together
_ENDING, _NEW, _LOCK = ".jsonl", ".new", ".lock"
_MY_FOLDER = 0o700


class TypingJournal:
    """Keeps what is typed for one plan; only values go to the thread that writes.

    `put` and `settle` return at once and never fail: a disk that cannot be written to is a
    line in the log, and `is_failing` until a later write succeeds.
    """

    def __init__(self, folder: Path, plan_key: str, plan: str, author: str) -> None:
        self.texts: dict[str, TypedText] = {}
        self.is_failing = False
        header = {"plan_key": plan_key, "plan": plan, "author": author, "pid": os.getpid()}
        name = f"{_stem(plan_key)}-{secrets.token_hex(8)}{_ENDING}"
        self._file = _JournalFile(folder / name, header)
        self._waiting: dict[str, TypedText | None] = {}
        self._changed = threading.Condition()
        self._is_closing = self._is_writing = self._is_hurried = False
        self._thread: threading.Thread | None = None

    def put(self, text: TypedText) -> None:
        """Keep a text until its place is settled."""
        if not text.says_the_same(self.texts.get(text.place)):
            self.texts[text.place] = text
            self._hand_over(text.place, text)

    def settle(self, place: str) -> None:
        """Let go of a text: the plan has it now, or nobody wants it."""
        if self.texts.pop(place, None) is not None:
            self._hand_over(place, None)

    def flush(self, seconds: float = _LONGEST_END) -> bool:
        """Wait until the disk has everything; False where that takes too long."""
        with self._changed:
            self._is_hurried = True
            self._changed.notify_all()
            return self._changed.wait_for(
                lambda: not self._waiting and not self._is_writing, seconds
            )

    def close(self) -> None:
        """Write what is left; a file that still says something is for who opens the plan next."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_LONGEST_END)

    def _hand_over(self, place: str, text: TypedText | None) -> None:
        with self._changed:
            self._waiting[place] = text
            self._changed.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="typing", daemon=True)
            self._thread.start()

    # In the thread

    def _run(self) -> None:
        while self._wait():
            with self._changed:
                texts, self._waiting, self._is_writing = self._waiting, {}, True
            try:
                self._file.write(texts)
            except OSError as error:
                self._keep(texts, error)
            else:
                self.is_failing = False
            with self._changed:
                self._is_writing = False
                self._changed.notify_all()
                if self.is_failing:
                    if self._is_closing:
                        break
                    self._changed.wait_for(lambda: self._is_closing, _RETRY)
        self._file.close()

    def _wait(self) -> bool:
        """Wait for something to write, and a little for more; False when all is done."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_closing)
            self._changed.wait_for(lambda: self._is_closing or self._is_hurried, PAUSE)
            self._is_hurried = False
            return bool(self._waiting)

    def _keep(self, texts: dict[str, TypedText | None], error: OSError) -> None:
        """Try them again later, but for those that were typed on meanwhile."""
        if not self.is_failing:
            _log.warning("typed text cannot be kept in %s: %s", self._file.path, error)
        self.is_failing = True
        with self._changed:
            self._waiting = texts | self._waiting


class LeftTexts:
    """What a process that has ended left behind, held so that no other window offers it too."""

    def __init__(self, path: Path, lock: FileLock, header: dict[str, Any]) -> None:
        self.plan = str(header.get("plan", ""))
        self.texts: dict[str, TypedText] = {}
        self._path, self._lock, self._header = path, lock, header

    def drop(self, places: Iterable[str]) -> None:
        """Forget texts; the file goes with the last of them."""
        for place in places:
            self.texts.pop(place, None)
        try:
            if self.texts:
                _replace(self._path, _lines(self._header, self.texts.values()))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("%s cannot be changed: %s", self._path, error)

    def release(self) -> None:
        """Leave what is left to be offered again."""
        if not self.texts:
            _forget_lock(self._lock)
        self._lock.release()


def left_texts(folder: Path, plan_key: str) -> list[LeftTexts]:
    """Return what was left behind for a plan, the oldest first; each is to be released."""
    found = (_claimed(path) for path in _by_age(folder.glob(f"{_stem(plan_key)}-*{_ENDING}")))
    return [each for each in found if each is not None]


class _JournalFile:
    """The file of one journal; there is none before something is written."""

    def __init__(self, path: Path, header: dict[str, Any]) -> None:
        self.path = path
        self._header = header
        self._texts: dict[str, TypedText] = {}
        self._lock = _lock_of(path)
        self._handle = -1
        self._size = self._needed = 0

    def write(self, texts: dict[str, TypedText | None]) -> None:
        """Append texts and have them on the disk; None settles a place. Raises OSError."""
        for place, text in texts.items():
            if text is None:
                self._texts.pop(place, None)
            else:
                self._texts[place] = text
        if not self._texts:
            self._empty()
            return
        added = b"\n".join(_line(place, text) for place, text in texts.items())
        if self._handle < 0 or self._size + len(added) > _ROOM + 4 * self._needed:
            self._write_anew()
        else:
            _write(self._handle, b"\n" + added + b"\n")  # the line before may be torn
            self._size += len(added) + 2

    def close(self) -> None:
        """Let go of the file; one that says nothing goes."""
        self._let_go()
        if self._lock.is_locked:
            if not self._texts:
                with suppress(OSError):
                    self.path.unlink(missing_ok=True)
                _forget_lock(self._lock)
            self._lock.release()

    def _write_anew(self) -> None:
        """Write only what is open: the file has grown, or is none yet."""
        if not self._lock.is_locked:
            self.path.parent.mkdir(mode=_MY_FOLDER, parents=True, exist_ok=True)
            _make_room(self.path.parent)
            try:
                self._lock.acquire()
            except (Timeout, NotImplementedError) as error:  # some drives know no locks
                raise OSError(f"{self.path} is locked") from error
        content = _lines(self._header, self._texts.values())
        self._let_go()  # Windows replaces no file that is open
        _replace(self.path, content)
        self._size = self._needed = len(content)
        self._handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))

    def _empty(self) -> None:
        if self._handle >= 0:
            os.ftruncate(self._handle, 0)
            self._let_go()  # the next text brings the first line with it

    def _let_go(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _claimed(path: Path) -> LeftTexts | None:
    """Return what is left in a file, unless its process lives or there is nothing in it."""
    lock = _lock_of(path)
    try:
        lock.acquire()
    except (Timeout, OSError, NotImplementedError):
        return None
    try:
        left = _read(path, lock)
    except OSError as error:
        _log.warning("%s cannot be read: %s", path, error)
        lock.release()
        return None
    if not left.texts:
        left.drop(())
        left.release()
        return None
    return left


def _read(path: Path, lock: FileLock) -> LeftTexts:
    """Read a file as far as it was written: its last line may be torn."""
    lines = [each for each in map(_parse, path.read_bytes().split(b"\n")) if each]
    header = next((each for each in lines if "plan_key" in each), {})
    left = LeftTexts(path, lock, header)
    for each in lines:
        place = each.get("place")
        if not isinstance(place, str):
            continue
        left.texts.pop(place, None)
        if "text" in each:
            values = (str(each.get(name, "")) for name in TypedText._fields)
            left.texts[place] = TypedText(*values)
    return left


def _parse(line: bytes) -> dict[str, Any]:
    try:
        values = json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _lines(header: dict[str, Any], texts: Iterable[TypedText]) -> bytes:
    lines = [_bytes(header), *(_line(each.place, each) for each in texts)]
    return b"\n".join([*lines, b""])


def _line(place: str, text: TypedText | None) -> bytes:
    if text is None:
        return _bytes({"place": place, "settled": True})
    return _bytes(
        {name: value for name, value in text._asdict().items() if value or name == "text"}
    )


def _bytes(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _write(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]
    os.fsync(handle)


def _replace(path: Path, content: bytes) -> None:
    """Write a file such that there is the old one or the new one, whatever happens."""
    with atomic_write(path, beside=path.with_suffix(_NEW), mode=ONLY_MINE) as beside:
        beside.write_bytes(content)


def _make_room(folder: Path) -> None:
    """Delete what says nothing, and where there is too much the oldest that nobody holds."""
    for beside in folder.glob(f"*{_NEW}"):
        if not beside.with_suffix(_ENDING).exists():
            _delete_unwritten(beside)
    files = _by_age(folder.glob(f"*{_ENDING}"))
    sizes = {path: _size(path) for path in files}
    while files and sum(sizes.values()) > _FOLDER_ROOM:
        oldest = files.pop(0)
        left = _claimed(oldest)
        if left is not None:
            _log.warning("%s was deleted, because there is no room for it", oldest)
            left.drop(tuple(left.texts))
            left.release()
        sizes.pop(oldest)


def _delete_unwritten(beside: Path) -> None:
    """Delete what is left of a process that was killed before its file was there."""
    lock = _lock_of(beside.with_suffix(_ENDING))
    try:
        lock.acquire()
    except (Timeout, OSError, NotImplementedError):
        return
    with suppress(OSError):
        beside.unlink(missing_ok=True)
    _forget_lock(lock)
    lock.release()


def _by_age(paths: Iterator[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: (_changed_at(path), path))


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _lock_of(path: Path) -> FileLock:
    """Return the lock of a journal, which one thread takes and another one may give back."""
    return FileLock(f"{path}{_LOCK}", timeout=0, mode=ONLY_MINE, thread_local=False)


def _forget_lock(lock: FileLock) -> None:
    """Delete the file of a lock that nobody will ask for: each journal has a name of its own."""
    with suppress(OSError):  # Windows deletes it after the release, by itself
        Path(lock.lock_file).unlink(missing_ok=True)


def _stem(plan_key: str) -> str:
    """Return the beginning of a file's name; a plan from elsewhere may have any key."""
    return hashlib.sha256(plan_key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
