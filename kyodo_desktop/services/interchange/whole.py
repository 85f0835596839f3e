"""Reads a whole plan out of its file, and makes a file of one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from kyodo_desktop.domain.interchange.checking import checked, refusal, refused
from kyodo_desktop.domain.interchange.contexts import expect_untouched_contexts
from kyodo_desktop.domain.interchange.whole_plan import Row, WholePlan
from kyodo_desktop.services.new_plan import create_file, founding
from kyodo_desktop.store.connection import Database
from kyodo_desktop.store.engine import driver_of
from kyodo_desktop.store.failures import translate_errors
from kyodo_desktop.store.soundness import first_unsound
from kyodo_desktop.store.whole_rows import MisfitError, read_whole, write_whole

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session


def whole_plan(path: Path) -> WholePlan:
    """Return all rows of a plan that is open, here or elsewhere; any thread may ask."""
    with (
        closing(Database(path, read_only=True)) as database,
        translate_errors(path.name, reading=True),
        database.reading() as connection,
    ):
        return WholePlan(read_whole(connection))


def create_from_export(whole: WholePlan, path: Path, *, author: str, now: datetime) -> Path | None:
    """Make a plan's file of rows that came from outside.

    The history comes with them, and no step is added; rows without a history begin one. A
    plan that is there is set aside: returns where. Raises RefusedError, which names the row
    that does not fit, InUseError and StorageError; the file is then as it was.
    """
    if not whole.tables["operation"]:
        first = founding(_title(whole), author, now)
        operation: Row = {"id": 1, **first._asdict(), "reverses_id": None}
        whole = whole._replace(tables={**whole.tables, "operation": [operation]})
    whole = checked(whole)

    def fill(session: Session) -> None:
        connection = driver_of(session)
        write_whole(connection, whole.tables)
        expect_untouched_contexts(whole)
        where = first_unsound(connection)
        if where:
            raise refused(f"{where}の内容が、計画として成り立ちません。", "")

    try:
        return create_file(path, fill, author=author, now=now)
    except MisfitError as error:
        raise refusal(whole, error.misfit) from error


def _title(whole: WholePlan) -> str:
    return str(whole.tables["plan"][0].get("title", "")) if whole.tables["plan"] else ""
