"""Which plan a file holds, and how far its history goes: what no clock and no name can tell."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.store import inspection, schema
from kyodo_desktop.store.connection import connected

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


class Identity(NamedTuple):
    """The plan's own key, the commits that were counted, and the id of the last step.

    Of two files with the same key the one with more commits is newer; in files from before
    commits were counted there are 0, and the last step decides. Without any history the key
    is empty.
    """

    key: str
    commits: int
    last_step: int

    @property
    def age(self) -> tuple[int, int]:
        """What grows with every edit."""
        return self.commits, self.last_step


def identity_of(path: Path) -> Identity | None:
    """Return the identity of a file; nothing for what is no plan or cannot be read."""
    try:
        if not path.is_file():
            return None
        # Not compared with our schema, which takes longer: no question here can take long.
        with connected(path, unknown=True) as connection:
            return read_identity(connection)
    except (OSError, *inspection.UNREADABLE):
        return None


def read_identity(connection: sqlite3.Connection) -> Identity | None:
    """Return the same by a connection; raises one of `UNREADABLE`."""
    if connection.execute("PRAGMA application_id").fetchone() != (schema.APPLICATION_ID,):
        return None
    first = connection.execute(
        "SELECT id, at, author, label FROM operation ORDER BY id LIMIT 1"
    ).fetchone()
    if first is None:
        return Identity("", 0, 0)
    (last_step,) = connection.execute("SELECT max(id) FROM operation").fetchone()
    columns = [row[1] for row in connection.execute("PRAGMA table_info(operation)")]
    if "key" not in columns:
        return Identity(_key_of(first), 0, last_step)
    (key,) = connection.execute("SELECT key FROM operation WHERE id = ?", first[:1]).fetchone()
    (commits,) = connection.execute("SELECT commits FROM session").fetchone()
    return Identity(key, commits, last_step)


def _key_of(step: tuple[object, ...]) -> str:
    """Return the key that revision 0004 gives a step which has none."""
    return sha256("\t".join(map(str, step)).encode(errors="replace")).hexdigest()[:16]
