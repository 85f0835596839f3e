"""What is in a file, read past the program: all that it says, without when and by whom."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from kyodo_desktop.services import files
from kyodo_desktop.services.dump import dump

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=timezone(timedelta(hours=9)))
AUTHOR = "市民 花子"
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_DAMAGE = re.compile("壊れて|計画のファイル（.kyodo）ではありません|新しいバージョンで作られた")


def opened(path: Path, **options: Any) -> files.OpenPlan:
    """Open a plan as a window would."""
    return files.open_plan(path, author=lambda: AUTHOR, now=lambda: NOW, **options)


def problem(path: Path) -> str:
    """Return what is wrong with a plan's file as SQLite sees it, or nothing."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        return str(error)
    return "" if found == [("ok",)] and not broken else f"{found} {broken}"


def content(path: Path) -> Any:
    """Return what the file says; None where there is none, and ValueError for half a file."""
    if not path.exists():
        return None
    if path.suffix == ".kyodo":
        if wrong := problem(path):
            raise ValueError(wrong)
        with closing(opened(path)) as plan:
            return _without_times(dump(plan.workspace))
    read = {".xlsx": _workbook, ".json": _json, ".csv": _csv}.get(path.suffix, _text)
    return read(path.read_bytes())


def wrong_words(message: str, *, wanted: str = "") -> str:
    """Return what is wrong with what the user is told, or nothing; all files here are whole."""
    if not _JAPANESE.search(message):
        return f"not Japanese: {message}"
    if _DAMAGE.search(message):
        return f"says that a whole file is damaged: {message}"
    if wanted and wanted not in message:
        return f"does not name {wanted}: {message}"
    return ""


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_times(each) for key, each in value.items() if not key.endswith("_at")
        }
    return [_without_times(each) for each in value] if isinstance(value, list) else value


def _workbook(data: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {
                each.filename: each.CRC
                for each in package.infolist()
                if not each.filename.startswith("docProps")
                and package.read(each.filename) is not None
            }
    except zipfile.BadZipFile as error:
        raise ValueError(str(error)) from error


def _json(data: bytes) -> Any:
    return json.loads(data.decode("utf-8-sig"))


def _csv(data: bytes) -> Any:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def _text(data: bytes) -> Any:
    return data.decode("utf-8-sig")
