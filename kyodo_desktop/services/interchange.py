"""Takes a whole plan out of its file, strange or not, and makes a file of one."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError, StorageError
from kyodo_desktop.domain.interchange import checking, flat_rows
from kyodo_desktop.domain.interchange.whole_plan import Row, WholePlan
from kyodo_desktop.services.new_plan import create_file, founding
from kyodo_desktop.store import copying, engine, failures, inspection, soundness, whole_rows
from kyodo_desktop.store.connection import Database

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session


def whole_plan(path: Path) -> WholePlan:
    """Return all rows of a plan that is open, here or elsewhere; any thread may ask."""
    with (
        closing(Database(path, read_only=True)) as database,
        failures.translate_storage_errors(path.name, reading=True),
        database.reading() as connection,
    ):
        return WholePlan(whole_rows.read_whole(connection))


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
    whole = checking.checked(whole)

    def fill(session: Session) -> None:
        connection = engine.driver_of(session)
        whole_rows.write_whole(connection, whole.tables)
        flat_rows.expect_untouched_contexts(whole)
        where = soundness.first_unsound(connection)
        if where:
            raise checking.refused(f"{where}の内容が、計画として成り立ちません。", "")

    try:
        return create_file(path, fill, author=author, now=now)
    except whole_rows.RowRejectedError as error:
        raise checking.refusal(whole, error.misfit) from error


def _title(whole: WholePlan) -> str:
    return str(whole.tables["plan"][0].get("title", "")) if whole.tables["plan"] else ""


def copy_contents(path: Path, target: Path, *, author: str, now: datetime) -> None:
    """Make a new plan's file of the rows of one, with their history, and of nothing else.

    The old file and what lies beside it are only read. Raises what `create_from_export` raises
    for rows that do not fit, RefusedError for the file itself as target, and OpeningError.
    Raises StorageError where the copy cannot be written.
    """
    inspection.expect_ours(path)
    if target.exists() and target.samefile(path):
        raise RefusedError(
            "元のファイルと同じ名前では保存できません。ファイルは変更していません。"
            "別の名前を付けてください。"
        )
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder, path.name)
        try:
            copying.copy_bytes(path, copied)
        except OSError as error:
            raise StorageError(
                f"「{path.name}」の写しを作れませんでした（{error.strerror}）。"
                "ファイルは変更していません。空き容量を確かめて、もう一度実行してください。"
            ) from error
        tables = whole_rows.read_known_rows(copied)
    create_from_export(WholePlan(tables), target, author=author, now=now)
