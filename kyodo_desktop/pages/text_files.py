"""Writes a plan as text: テキスト版 to be read aloud, 公開データ for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.interchange.csv_form import csv_lines
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.open_data import open_data
from kyodo_desktop.pages.export_file import atomic_export

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kyodo_desktop.domain.outline import Outline

WITH_MARK = "utf-8-sig"
"""The encoding that also Excel and Windows' older programs know for UTF-8, by its first bytes."""


def write_text_version(
    lines: Iterable[str], path: Path, control: JobControl | None = None
) -> None:
    """Write テキスト版 (.txt) of its lines, as Windows reads it best.

    `control` counts lines. Raises ExportError and CancelledError.
    """
    with atomic_export(path, ".txt") as beside:
        _write_all(beside, [f"{line}\r\n" for line in lines], control)


def write_open_data(outline: Outline, path: Path, control: JobControl | None = None) -> None:
    """Write 公開データ (.csv), a line an action under the names of the columns.

    `control` counts lines. Raises ExportError and CancelledError.
    """
    with atomic_export(path, ".csv") as beside:
        _write_all(beside, [*csv_lines(open_data(outline))], control)


def write_lines(
    path: Path, lines: Iterable[str], control: JobControl, encoding: str = WITH_MARK
) -> None:
    """Write lines that have their ends; `control` counts them. Raises CancelledError."""
    with path.open("w", encoding=encoding, newline="") as file:
        for line in lines:
            file.write(line)
            control.advance()


def _write_all(path: Path, lines: Sequence[str], control: JobControl | None) -> None:
    control = control or JobControl()
    control.begin(len(lines))
    write_lines(path, lines, control)
    control.finish()
