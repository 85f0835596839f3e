"""Writes the workbook that goes to the director: its sheets, in the order of the choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors, fiscal_year, job_control, reporting
from kyodo_desktop.excel import (
    changes_sheet,
    data_sheet,
    definition_sheet,
    export_file,
    list_sheets,
    overview_sheet,
    progress_sheet,
    report_heading,
    styles,
    summary_sheet,
)
from kyodo_desktop.excel.options import (
    BEFORE_AFTER_SHEET,
    BIG_SHEETS,
    CHANGES_SHEET,
    DATA_SHEET,
    FINDINGS_SHEET,
    HISTORY_SHEET,
    OPINIONS_SHEET,
    OVERVIEW_SHEET,
    PROGRESS_SHEET,
    SUMMARY_SHEET,
    Contents,
    ReportOptions,
)
from kyodo_desktop.excel.workbook import SheetWriter, new_workbook, save

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from openpyxl import Workbook

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel.cell_text import Replacement

__all__ = ["ReportOptions", "ReportResult", "write_report"]


class Part(NamedTuple):
    """A sheet and the choice that brings it; `speaks` tells whether there is anything to say."""

    choice: str
    title: str
    write: Callable[[SheetWriter, Contents], None]
    speaks: Callable[[Contents], bool] = lambda contents: True  # noqa: ARG005


_PARTS = (
    Part(OVERVIEW_SHEET, OVERVIEW_SHEET, overview_sheet.write_overview),
    Part(PROGRESS_SHEET, PROGRESS_SHEET, progress_sheet.write_progress),
    Part(SUMMARY_SHEET, SUMMARY_SHEET, summary_sheet.write_summary),
    Part(
        CHANGES_SHEET,
        CHANGES_SHEET,
        changes_sheet.write_changes,
        lambda contents: contents.extras.comparison is not None,
    ),
    Part(
        FINDINGS_SHEET,
        FINDINGS_SHEET,
        list_sheets.write_findings,
        lambda contents: bool(contents.extras.findings),
    ),
    Part(
        OPINIONS_SHEET,
        OPINIONS_SHEET,
        list_sheets.write_opinions,
        lambda contents: any(list_sheets.opinion_texts(contents.outline)),
    ),
    Part(
        BEFORE_AFTER_SHEET,
        BEFORE_AFTER_SHEET,
        list_sheets.write_before_after,
        lambda contents: contents.extras.before_after is not None,
    ),
    Part(DATA_SHEET, DATA_SHEET, data_sheet.write_data),
    Part(DATA_SHEET, definition_sheet.DEFINITION_SHEET, definition_sheet.write_definition),
    Part(
        HISTORY_SHEET,
        HISTORY_SHEET,
        list_sheets.write_history,
        lambda contents: bool(contents.extras.history),
    ),
)


def chosen_parts(choices: Collection[str], contents: Contents) -> list[Part]:
    """Return the sheets to write; where none of them has anything to say, they say that."""
    chosen = [part for part in _PARTS if part.choice in choices]
    return [part for part in chosen if part.speaks(contents)] or chosen


_STANDARD, _NO_EXTRAS = ReportOptions(), reporting.Extras()


class ReportResult(NamedTuple):
    """Where the workbook is, and each place where it shows something else than the plan."""

    path: Path
    replaced: tuple[Replacement, ...]


def write_report(
    outline: Outline,
    path: Path,
    options: ReportOptions = _STANDARD,
    *,
    extras: reporting.Extras = _NO_EXTRAS,
    printed_on: str,
    control: job_control.JobControl | None = None,
) -> ReportResult:
    """Write the chosen sheets to a file, whole or not at all.

    `extras` are those that `options.extras` names. `printed_on` is a day or a moment in ISO
    form. `control` counts rows. Raises ExportError and CancelledError.
    """
    if not report_heading.shown_terms(outline):
        raise errors.ExportError(
            "実行計画がまだ1件もないため、Excelに出力できません。実行計画を加えてから出力してください。"
        )
    if not options.sheets:
        raise errors.ExportError(
            "出力するシートが選ばれていません。シートを1つ以上選んでください。"
        )
    control = control or job_control.JobControl()
    control.begin(_rows(outline, extras, options))
    writers: list[SheetWriter] = []
    with export_file.atomic_export(path) as beside:
        workbook = new_workbook(options.font, printed_on)
        book = styles.StyleBook(workbook, options.font, outline.statuses)
        made_on = f"{fiscal_year.day_label(printed_on[:10])}作成"
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


def _rows(outline: Outline, extras: reporting.Extras, options: ReportOptions) -> int:
    """Guess how many rows there will be, for a bar that moves evenly."""
    big = sum(sheet in BIG_SHEETS for sheet in options.sheets)
    changes = len(extras.comparison.changes) if extras.comparison else 0
    changes += len(extras.before_after.groups) if extras.before_after else 0
    extra = changes + len(extras.findings) + len(extras.history)
    return len(outline.placements) * big + extra
