"""Do the rows of a plan fit together? That is more than a schema can hold.

SQLite stores a text where a number belongs, a number that no window can count, and headings
that stand under each other. This program writes none of that, and whoever reads it would fail
somewhere, or go on without end.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import DamagedFileError
from kyodo_desktop.domain.field_types import LARGEST
from kyodo_desktop.domain.interchange.checking import has_its_levels
from kyodo_desktop.domain.tables import TABLES as WORDS
from kyodo_desktop.store import failures, schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_DEEPEST = 64  # headings one under the other; a plan has five levels
_NAMES = {"title", "name", "label", "mark", "number"}
_LONGEST_NAME = 40_000  # characters: a cell of Excel holds 32,767; one of a million takes seconds
_DAYS = {"round": "as_of", "revision": "decided_on", "inquiry": "due_on"}
_MONTHS = {"action": "due"}
_MOMENTS = {"operation": "at", "round": "closed_at"}
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_ONCE = ("plan", "session")
_AT_LEAST_ONCE = ("term", "operation")
_ABOVE = {"heading": ("id", "parent_id"), "joining": ("action_id", "into_id")}


def expect_sound(connection: sqlite3.Connection, what: str) -> None:
    """Raise DamagedFileError for the first row that cannot be.

    `what` is what the user would call the file.
    """
    where = first_unsound(connection)
    if where:
        raise DamagedFileError(
            f"「{what}」は中身が食い違っていて（{where}）、計画として読み取れません。"
            "ファイルは変更していません。"
            "「ファイル」→「バックアップから復元」で、直近のバックアップに戻せます。"
        )


def expect_checks(connection: sqlite3.Connection, what: str) -> None:
    """Raise DamagedFileError for a row that breaks a CHECK of its table.

    SQLite's own check looks at them only where it may write.
    """
    for table in schema.tables():
        rules = " AND ".join(f"({rule})" for rule in schema.checks(table))
        if not rules:
            continue
        broken = connection.execute(f'SELECT 1 FROM "{table}" WHERE NOT ({rules}) LIMIT 1')
        if broken.fetchone():
            raise failures.damage(what)


def first_unsound(connection: sqlite3.Connection) -> str:
    """Return where the first row is that cannot be, if any; the schema is the newest one."""
    return next(_unsound(connection), "")


def _unsound(connection: sqlite3.Connection) -> Iterator[str]:
    for table in schema.tables():
        found = connection.execute(_unfit(table)).fetchone()
        if found is not None:
            yield f"{_word(table)}（{found[0]}）の「{_heading(table, found[1])}」"
    yield from _wrong_numbers(connection)
    for table, columns in _ABOVE.items():
        own, above = columns
        rows = connection.execute(
            f'SELECT {own}, {above} FROM "{table}" WHERE {above} IS NOT NULL'
        )
        endless = _endless(dict(rows.fetchall()))
        if endless is not None:
            yield f"{_word(table)}（{endless}）の「{_heading(table, above)}」"


def _wrong_numbers(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the tables that hold too few rows, or too many."""
    for table in (*_ONCE, *_AT_LEAST_ONCE):
        (count,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if not count or (count > 1 and table in _ONCE):
            yield f"{_word(table)}の件数（{count:,}件）"
    levels = connection.execute("SELECT 1 FROM level").fetchall()
    if not has_its_levels(levels):
        yield f"{_word('level')}の件数（{len(levels):,}件）"
    used = f"typeof(seq) <> 'integer' OR seq NOT BETWEEN 0 AND {LARGEST}"
    if connection.execute(f"SELECT 1 FROM sqlite_sequence WHERE {used}").fetchone():
        yield "番号の控え"


@cache
def _unfit(table: str) -> str:
    """Return the question for a row, and a column of it, that holds what it cannot hold."""
    cases = " ".join(
        f"WHEN {_wrong(table, column)} THEN '{column.name}'" for column in schema.tables()[table]
    )
    rows = f'SELECT id, CASE {cases} END AS unfit FROM "{table}"'
    return f"SELECT id, unfit FROM ({rows}) WHERE unfit IS NOT NULL LIMIT 1"


def _wrong(table: str, column: schema.SchemaColumn) -> str:
    name = f'"{column.name}"'
    if column.is_number:
        first = int(column.is_key)
        wrong = f"typeof({name}) <> 'integer' OR {name} NOT BETWEEN {first} AND {LARGEST}"
    else:
        # Its length makes SQLite read it, and say that it is too big where it is.
        most = _LONGEST_NAME if column.name in _NAMES else LARGEST
        wrong = f"typeof({name}) <> 'text' OR length({name}) > {most}"
        length = {_DAYS.get(table): 10, _MONTHS.get(table): 7}.get(column.name)
        if length is not None:  # dates that Python does not know: of the year 0, or before
            wrong += f" OR length({name}) <> {length} OR {name} < '0001'"
        if column.name == _MOMENTS.get(table):  # SQLite takes a mere time for one as well
            wrong += f" OR {name} NOT GLOB '{_DAY}*' OR {name} < '0001'"
    return f"({name} IS NOT NULL AND ({wrong}))" if column.is_nullable else f"({wrong})"


def _endless(above: dict[int, int]) -> int | None:
    """Return one that comes back to itself on the way up, or whose way is too long."""
    depths: dict[int, int] = {}
    for start in above:
        here, way = start, list[int]()
        while here in above and here not in depths:
            way.append(here)
            if len(way) > _DEEPEST:
                return start
            here = above[here]
        depth = depths.get(here, 0)
        if depth + len(way) > _DEEPEST:
            return start
        for step, each in enumerate(reversed(way), start=1):
            depths[each] = depth + step
    return None


def _word(table: str) -> str:
    return f"「{WORDS[table].word}」" if table in WORDS else "編集の控え"


def _heading(table: str, column: str) -> str:
    columns = WORDS[table].columns if table in WORDS else ()
    return next((each.heading for each in columns if each.name == column), "キー")
