"""Takes a file into memory, or says why not. So no file is held open while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.excel.reading.refusals import refusal

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 128 * 1024 * 1024


def content_of(path: Path) -> bytes:
    """Return the bytes of a file. Raises ReadingError."""
    try:
        if path.is_dir():
            raise ReadingError(f"「{path.name}」はフォルダーです。中のファイルを選んでください。")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except PermissionError as error:
        raise ReadingError(
            f"「{path.name}」を開けません。Excelで開いているときは閉じてください。"
            "それでも開けないときは、ファイルを読む権限があるか確かめてください。"
        ) from error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        # ValueError: a name that no file can have
        raise ReadingError(
            f"「{path.name}」が見つかりません。移動や名前の変更をしていないか確かめて、"
            "もう一度選んでください。"
        ) from error
    except OSError as error:
        raise ReadingError(
            f"「{path.name}」を読み込めませんでした（{error.strerror or error}）。"
            "ファイルのある場所につながっているか確かめて、もう一度選んでください。"
        ) from error
    if not content:
        raise refusal(path.name, "中身が空（0バイト）です。もとのファイルを選び直してください。")
    if len(content) > LARGEST_FILE:
        raise refusal(
            path.name,
            f"ファイルが大きすぎます（{LARGEST_FILE // 1024**2}MBまで）。"
            "必要なシートだけを新しいブックにコピーして、そのブックを選んでください。",
        )
    return content
