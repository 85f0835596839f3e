"""Writes a whole plan in the form that the file's name asks for, and reads all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ExportError, ReadingError, RefusedError
from kyodo_desktop.domain.interchange.csv_form import as_csv, from_csv, is_csv_export
from kyodo_desktop.domain.interchange.json_form import as_json, from_json, is_json_export
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.excel.data_book.workbook import is_data_book, read_workbook, write_workbook
from kyodo_desktop.excel.export_file import atomic_export
from kyodo_desktop.excel.reading.file_content import content_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kyodo_desktop.domain.interchange.whole_plan import WholePlan
    from kyodo_desktop.domain.outline import Outline


_BEGINNING = 4_000  # bytes that tell what a file is
_ZIP = b"PK\x03\x04"


def write_export(
    whole: WholePlan,
    path: Path,
    control: JobControl | None = None,
) -> None:
    """Write the file, whole or not at all.

    `control` counts the rows of the tables. Raises ExportError and CancelledError.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        known = "、".join(_WRITERS)
        raise ExportError(
            f"「{path.name}」には書き出せません。名前の終わりを{known}のどれかにしてください。"
        )
    control = control or JobControl()
    control.begin(sum(map(len, whole.tables.values())))
    with atomic_export(path, path.suffix.lower()) as beside:
        write(whole, beside, control)


def write_text_version(outline: Outline, path: Path) -> None:
    """Write テキスト版, as Windows reads it best; raises ExportError."""
    with atomic_export(path, ".txt") as beside:
        lines = (f"{line}\r\n" for line in text_version(outline))
        _write_text(beside, lines, "utf-8-sig", JobControl())


def is_ours(path: Path) -> bool:
    """Tell whether the file is an export that `read_export` brings back without loss."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
        if beginning.startswith(_ZIP):
            return is_data_book(path)
    except (OSError, ReadingError):
        return False
    text = beginning.decode("utf-8-sig", "ignore")
    return is_json_export(text) or is_csv_export(text) or _is_in_old_code(beginning)


def read_export(
    path: Path,
    control: JobControl | None = None,
) -> WholePlan:
    """Read an export.

    Raises ReadingError, CancelledError, and RefusedError, which names the place.
    """
    content = content_of(path)
    if content.startswith(_ZIP):
        return read_workbook(path, control)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path.name, content) from error
    if is_csv_export(text[:_BEGINNING]):
        return from_csv(text, path.name)
    return from_json(text, path.name)


def _is_in_old_code(content: bytes) -> bool:
    """Tell an export that Excel saved as the CSV which knows no ✓."""
    return is_csv_export(content[:_BEGINNING].decode("cp932", "replace"))


def _not_utf8(file: str, content: bytes) -> RefusedError:
    if _is_in_old_code(content):
        return RefusedError(
            f"「{file}」は「CSV（コンマ区切り）」で保存されたため、✓などの文字が失われています。"
            "Excelでは「CSV UTF-8（コンマ区切り）」を選んで保存し、もう一度取り込んでください。"
            "計画のファイルは作成していません。"
        )
    return RefusedError(
        f"「{file}」はUTF-8の文字として読み取れません。"
        "書き出したファイルをもう一度選んでください。計画のファイルは作成していません。"
    )


def _write_text(path: Path, parts: Iterable[str], encoding: str, control: JobControl) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        for part in parts:
            file.write(part)
            control.advance()


_WRITERS: dict[str, Callable[[WholePlan, Path, JobControl], None]] = {
    ".json": lambda whole, path, control: _write_text(path, as_json(whole), "utf-8", control),
    ".csv": lambda whole, path, control: _write_text(path, as_csv(whole), "utf-8-sig", control),
    ".xlsx": write_workbook,
}
