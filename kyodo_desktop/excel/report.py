"""Writes the workbook that goes to the director."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.excel.contents import Contents
from kyodo_desktop.excel.export_file import atomic_export
from kyodo_desktop.excel.options import (
    BIG_SHEETS,
    PROGRESS_SHEET,
    ReportOptions,
)
from kyodo_desktop.excel.parts import chosen_parts
from kyodo_desktop.excel.report_heading import shown_terms
from kyodo_desktop.excel.styles import StyleBook
from kyodo_desktop.excel.workbook import SheetWriter, new_workbook, save

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel.cell_text import Replacement

__all__ = ["ReportOptions", "ReportResult", "write_report"]

_STANDARD, _NO_EXTRAS = ReportOptions(), Extras()


class ReportResult(NamedTuple):
    """Where the workbook is, and each place where it shows something else than the plan."""

    path: Path
    replaced: tuple[Replacement, ...]


def write_report(
    outline: Outline,
    path: Path,
    options: ReportOptions = _STANDARD,
    *,
    extras: Extras = _NO_EXTRAS,
    printed_on: str,
    control: JobControl | None = None,
) -> ReportResult:
    """Write the chosen sheets to a file, whole or not at all.

    `extras` are those that `options.extras` names. `printed_on` is a day or a moment in ISO
    form. `control` counts rows. Raises ExportError and CancelledError.
    """
    if not shown_terms(outline):
        raise ExportError(
            "実行計画がまだ1件もないため、Excelに出力できません。実行計画を加えてから出力してください。"
        )
    if not options.sheets:
        raise ExportError("出力するシートが選ばれていません。シートを1つ以上選んでください。")
    control = control or JobControl()
    control.begin(_rows(outline, extras, options))
    writers: list[SheetWriter] = []
    with atomic_export(path) as beside:
        workbook = new_workbook(options.font, printed_on)
        book = StyleBook(workbook, options.font, outline.statuses)
        made_on = f"{day_label(printed_on[:10])}作成"
        contents = Contents(outline, extras, options, book, made_on)
        for part in chosen_parts(options.sheets, contents):
            writer = SheetWriter(workbook.create_sheet(part.title), control)
            part.write(writer, contents)
            writer.finish()
            writers.append(writer)
        _open_at(workbook, PROGRESS_SHEET)
        control.finish()
        save(workbook, writers, beside)
    replaced = (each for writer in writers for each in writer.replacements)
    return ReportResult(path, tuple(replaced))


def _open_at(workbook: Workbook, title: str) -> None:
    """Let the workbook open at that sheet, where it has one."""
    if title in workbook.sheetnames:
        workbook.active = workbook[title]
        workbook[title].sheet_view.tabSelected = True


def _rows(outline: Outline, extras: Extras, options: ReportOptions) -> int:
    """Guess how many rows there will be, for a bar that moves evenly."""
    big = sum(sheet in BIG_SHEETS for sheet in options.sheets)
    changes = len(extras.comparison.changes) if extras.comparison else 0
    changes += len(extras.contrast.groups) if extras.contrast else 0
    extra = changes + len(extras.findings) + len(extras.history)
    return len(outline.placements) * big + extra
