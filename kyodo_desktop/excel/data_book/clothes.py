"""Writes a whole plan in the form that the file's name asks for, and reads all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ExportError, MissingFileError
from kyodo_desktop.domain.interchange.json_form import as_json, from_json, is_json_export
from kyodo_desktop.excel.swap import swapped_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kyodo_desktop.domain.interchange.whole_plan import WholePlan

_BEGINNING = 4_000  # bytes that tell what a file is


def write_export(whole: WholePlan, path: Path) -> None:
    """Write the file, whole or not at all; raises ExportError."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        known = "、".join(_WRITERS)
        raise ExportError(
            f"「{path.name}」には書き出せません。名前の終わりを{known}のどれかにしてください。"
        )
    with swapped_in(path, path.suffix.lower()) as beside:
        write(whole, beside)


def is_ours(path: Path) -> bool:
    """Tell whether the file is an export that `read_export` brings back without loss."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
    except OSError:
        return False
    return is_json_export(beginning.decode("utf-8-sig", "ignore"))


def read_export(path: Path) -> WholePlan:
    """Read an export; raises RefusedError, which names the place, and MissingFileError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise MissingFileError(
            f"「{path}」を読めませんでした（{error.strerror}）。"
            "ほかのプログラムで開いていないか確かめて、もう一度選んでください。"
        ) from error
    return from_json(content.decode("utf-8-sig", "replace"), path.name)


def _write_text(path: Path, parts: Iterable[str], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        file.writelines(parts)


_WRITERS: dict[str, Callable[[WholePlan, Path], None]] = {
    ".json": lambda whole, path: _write_text(path, as_json(whole), "utf-8"),
}
