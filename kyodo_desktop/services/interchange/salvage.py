"""中身だけを新しいファイルに移す: takes a plan out of a file that holds something strange."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError, StorageError
from kyodo_desktop.domain.interchange.whole_plan import WholePlan
from kyodo_desktop.services.interchange.whole import create_from_export
from kyodo_desktop.store.copying import copy_bytes
from kyodo_desktop.store.inspection import expect_ours
from kyodo_desktop.store.known_rows import read_known_rows

if TYPE_CHECKING:
    from datetime import datetime


def copy_contents(path: Path, target: Path, *, author: str, now: datetime) -> None:
    """Make a new plan's file of the rows of one, with their history, and of nothing else.

    The old file and what lies beside it are only read. Raises what `create_from_export` raises
    for rows that do not fit, RefusedError for the file itself as target, and OpeningError.
    """
    expect_ours(path)
    if target.exists() and target.samefile(path):
        raise RefusedError(
            "元のファイルと同じ名前では保存できません。ファイルは変更していません。"
            "別の名前を付けてください。"
        )
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder, path.name)
        try:
            copy_bytes(path, copied)
        except OSError as error:
            raise StorageError(
                f"「{path.name}」の写しを作れませんでした（{error.strerror}）。"
                "ファイルは変更していません。空き容量を確かめて、もう一度実行してください。"
            ) from error
        tables = read_known_rows(copied)
    create_from_export(WholePlan(tables), target, author=author, now=now)
