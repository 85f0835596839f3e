"""Keeps a window from writing to a plan that another one has written to since.

The right to write (`lock`) can be lost without a word: the network drops, the computer
sleeps, a drive knows no locks. So each transaction that writes first counts on in the one row
of `session`, from the number and the holder that this window saw last. Where the row has
moved on nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import OvertakenError

if TYPE_CHECKING:
    import sqlite3

_READ = "SELECT holder, commits FROM session WHERE id = 1"
_COUNT = "UPDATE session SET holder = ?, commits = commits + 1 WHERE holder = ? AND commits = ?"

_NEWEST = (
    "SELECT id, key, commit_number FROM operation ORDER BY commit_number DESC, id DESC LIMIT 1"
)
_KNOWS = "SELECT 1 FROM operation WHERE id = ? AND key = ? AND commit_number >= ?"

OVERTAKEN = (
    "計画のファイルが、別のウィンドウでの編集や復元、置き換えで変わったため、"
    "ここからは保存できません。"
    "入力中の文は残しています。新しい内容を読み込んでから、続けてください。"
)


class Seen(NamedTuple):
    """The session row as it was seen last: who wrote last, and the number of commits."""

    holder: str
    commits: int


NOBODY = Seen("", 0)


class Newest(NamedTuple):
    """The step that was written last, as far as it was seen: its id, its key, its commit.

    A file that does not know it went another way: it was restored, or is another copy.
    """

    id: int
    key: str
    commit_number: int


NO_STEP = Newest(0, "", 0)


def read_session(connection: sqlite3.Connection) -> Seen:
    """Return the session row."""
    row = connection.execute(_READ).fetchone()
    return Seen(str(row[0]), int(row[1])) if row else NOBODY


def read_newest(connection: sqlite3.Connection) -> Newest:
    """Return the step that was written last."""
    row = connection.execute(_NEWEST).fetchone()
    return Newest(*row) if row else NO_STEP


def knows_step(connection: sqlite3.Connection, step: Newest) -> bool:
    """Tell whether a file has this step, with all that was seen of it, or more."""
    return step is NO_STEP or bool(connection.execute(_KNOWS, step).fetchone())


class Fence:
    """Counts the commits of one window, which is `holder` from its first edit on.

    `newest` is the step that the window saw last.
    """

    def __init__(self, holder: str, seen: Seen, newest: Newest = NO_STEP) -> None:
        self.holder = holder
        self.seen = seen
        self.newest = newest

    def count(self, connection: sqlite3.Connection) -> int:
        """Count one commit more, as the first of a transaction, and return its number.

        Raises OvertakenError where another window has written since.
        """
        claimed = connection.execute(_COUNT, (self.holder, *self.seen))
        if claimed.rowcount != 1:
            raise OvertakenError(OVERTAKEN)
        return self.seen.commits + 1

    def commit(self, newest: Newest) -> None:
        """Know that the commit of this step is in the file."""
        self.seen, self.newest = Seen(self.holder, newest.commit_number), newest

    def is_ours(self, found: Seen) -> bool:
        """Tell whether a file with this row is the one that this window left.

        A commit whose answer was lost with the network may be in it.
        """
        return found == self.seen or found == Seen(self.holder, self.seen.commits + 1)
