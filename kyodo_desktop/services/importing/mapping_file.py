"""A mapping as a file of its own, to use it for other plans or without a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.atomic_files import atomic_write
from kyodo_desktop.domain.errors import ReadingError, StorageError

if TYPE_CHECKING:
    from pathlib import Path


def read_mapping_file(path: Path) -> str:
    """Return the text of the file; raises ReadingError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"取込設定「{path.name}」はUTF-8の文字として読み取れません。"
            "「この取込設定を保存」で作ったファイルを選んでください。"
        ) from error
    except OSError as error:
        raise ReadingError(
            f"取込設定「{path}」を開けません（{error.strerror}）。場所と名前を確かめてください。"
        ) from error


def write_mapping_file(path: Path, json: str) -> None:
    """Write the file, whole or not at all; raises StorageError."""
    try:
        with atomic_write(path) as beside:
            beside.write_text(f"{json}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise StorageError(
            f"取込設定を「{path}」に保存できませんでした（{error.strerror}）。"
            "前のファイルがあれば、そのまま残っています。別の場所を選んでください。"
        ) from error
