"""Puts a workbook, or another export, in its place, or says why not and leaves all as it was."""

from __future__ import annotations

import errno
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kyodo_desktop import atomic_files
from kyodo_desktop.domain.errors import ExportError, UnwrittenError, WhyUnwritten
from kyodo_desktop.paths import is_folder, is_there

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".xlsx"
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_ELSEWHERE = "別の保存先や別の名前を指定してください。"
_FULL_DISK = WhyUnwritten(
    "ディスクの空き容量が足りないため、",
    "に出力できませんでした。",
    "空きを増やすか、別の保存先を選んでください。",
)
_BAD_NAME = WhyUnwritten(
    "",
    "に出力できませんでした（名前が長すぎるか、使えない文字があります）。",
    "短い別の名前を付けて、もう一度出力してください。",
)
_OPEN = WhyUnwritten(
    "",
    "はExcelなどで開かれているため、置き換えられませんでした。",
    "そのファイルを閉じるか、別の名前で出力してください。",
)
_IS_FOLDER = WhyUnwritten(
    "",
    "という名前のフォルダーがあるため、出力できません。",
    "別の名前を指定してください。",
)
_READ_ONLY = WhyUnwritten(
    "",
    "は読み取り専用のため、置き換えませんでした。",
    "読み取り専用を解除するか、別の名前で出力してください。",
)


@contextmanager
def atomic_export(target: Path, suffix: str = SUFFIX) -> Iterator[Path]:
    """Give a path to write to; on leaving well the file there becomes the target.

    Raises ExportError, whose message names the file and the way out.
    """
    begun = False
    try:
        _check(target, suffix)
        place = target.resolve() if target.is_symlink() else target
        with atomic_files.atomic_write(place) as beside:
            begun = True
            yield beside
        atomic_files.remove_leftovers(target.parent)
    except OSError as error:
        raise _unwritten(target, _why(target, error, was_begun=begun)) from error


def _unwritten(target: Path, why: WhyUnwritten) -> UnwrittenError:
    kept = (target.name,) if is_there(target) and not is_folder(target) else ()
    return UnwrittenError(why, (target.name,), kept)


def _check(target: Path, suffix: str) -> None:
    """Refuse what would fail in the end, before a long work is done in vain."""
    if target.suffix.lower() != suffix:
        what = "Excelファイル" if suffix == SUFFIX else "ファイル"
        raise ExportError(
            f"「{target.name}」には出力できません。{what}の名前は{suffix}で終わらせてください。"
        )
    if target.is_dir():
        raise _unwritten(target, _IS_FOLDER)
    if not target.parent.is_dir():
        lost = f"に出力できません。フォルダー「{target.parent}」が見つかりません。"
        raise _unwritten(target, WhyUnwritten("", lost, "別の保存先を選んでください。"))
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise _unwritten(target, _READ_ONLY)
    if _is_open_elsewhere(target):
        raise _unwritten(target, _OPEN)


def _is_open_elsewhere(target: Path) -> bool:
    """Tell whether Excel or LibreOffice holds the file.

    Windows itself refuses to replace an open file; elsewhere (a shared drive under Linux)
    only the owner file beside it tells.
    """
    if sys.platform == "win32":
        try:
            with target.open("r+b"):
                return False
        except FileNotFoundError:
            return False
        except PermissionError:
            return True
    owners = (f"~${target.name}", f".~lock.{target.name}#")
    return any(target.with_name(owner).exists() for owner in owners)


def _why(target: Path, error: OSError, *, was_begun: bool) -> WhyUnwritten:
    if error.errno in _FULL:
        return _FULL_DISK
    if error.errno in atomic_files.BAD_NAME:
        return _BAD_NAME
    if isinstance(error, PermissionError) and was_begun:
        return _OPEN
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        before = f"フォルダー「{target.parent}」に書き込めないため、"
        return WhyUnwritten(before, "を出力できませんでした。", _ELSEWHERE)
    behind = f"に出力できませんでした（{error.strerror or error}）。"
    return WhyUnwritten("", behind, _ELSEWHERE)
