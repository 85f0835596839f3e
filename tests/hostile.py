"""A plan whose every text looks like markup, like a mnemonic, and turns the line around."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKUP = '<img src="file://nowhere/x.png"><b>太字</b>&amp; A&B'
UNSEEN = "\u202e逆\u2066\u2028\0"
WORDS = MARKUP + UNSEEN

_TEXTS = {
    "plan": ("title", "ordinance", "definition", "policy", "municipality"),
    "level": ("name",),
    "principle": ("number", "text"),
    "actor": ("name",),
    "term": ("name",),
    "heading": ("title", "number"),
    "action": ("title", "description", "note"),
    "placement": ("number",),
    "section": ("name",),
    "status": ("mark", "label", "definition"),
    "direction": ("label",),
    "round": ("name",),
    "progress": ("text",),
    "outlook": ("text",),
    "opinion": ("text", "response"),
    "inquiry": ("covering", "answer_file"),
    "import_mapping": ("name",),
    "report_choice": ("name",),
    "confirmation": ("note",),
    "revision": ("name", "reason"),
    "revision_reason": ("text",),
    "operation": ("author", "label"),
}


def hostile_copy(plan: Path, path: Path, words: str = WORDS) -> Path:
    """Copy a plan and put the words behind each of its texts, as an older version would have."""
    shutil.copy(plan, path)
    with closing(sqlite3.connect(path)) as connection, connection, without_triggers(connection):
        for table, columns in _TEXTS.items():
            changes = ", ".join(f"{column} = {column} || :words" for column in columns)
            connection.execute(f"UPDATE {table} SET {changes}", {"words": words})
    return path


@contextmanager
def without_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """Take the triggers away for a while, which would keep us off a closed round."""
    kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = dict(kept.fetchall())
    for name in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    yield
    for trigger in triggers.values():
        connection.execute(trigger)
