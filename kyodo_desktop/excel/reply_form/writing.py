"""Writes the workbooks that go to the sections: their files, their sheets and what is locked."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors, job_control
from kyodo_desktop.excel import styles
from kyodo_desktop.excel.reply_form import cell_styles, sheets
from kyodo_desktop.excel.reply_form.record import RECORD_SHEET, record_rows
from kyodo_desktop.excel.workbook import SheetWriter, new_workbook, save
from kyodo_desktop.pages import export_file, options
from kyodo_desktop.paths import is_there, name_part

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from kyodo_desktop.domain.replies.form import ReplyForm
    from kyodo_desktop.excel.cell_text import Replacement


def protect(sheet: Worksheet) -> None:
    """Lock the cells but those that are open; rows and columns may still be made wider.

    Excel raises a row while someone types only where rows may be formatted.
    """
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = False


def protect_structure(workbook: Workbook) -> None:
    """Keep the sheets from being renamed, moved and shown by mistake."""
    from openpyxl.workbook.protection import WorkbookProtection

    workbook.security = WorkbookProtection(lockStructure=True)


_LONGEST_PART = 30  # characters, so that folders with long names have room for it


def form_file_name(form: ReplyForm) -> str:
    """Return a name such as 回答票_平成28年度_市民活動推進課_11月30日締切.xlsx."""
    parts = ["回答票", _part(form.round_name), _part(form.section)]
    if form.due_on:
        _, month, day = form.due_on.split("-")
        parts.append(f"{int(month)}月{int(day)}日締切")
    return "_".join(filter(None, parts)) + export_file.SUFFIX


def free_path(folder: Path, name: str, taken: Container[str]) -> Path:
    """Return a path in the folder that no file has: 回答票 (2).xlsx after 回答票.xlsx.

    `taken` are names in lower case, as Windows tells files apart.
    """
    path, count = folder / name, 1
    while path.name.casefold() in taken or is_there(path):
        count += 1
        path = folder / f"{name.removesuffix(export_file.SUFFIX)} ({count}){export_file.SUFFIX}"
    return path


def _part(text: str) -> str:
    return name_part(text)[:_LONGEST_PART].strip(" .")


class WrittenForm(NamedTuple):
    """Where a form is, and each place where it shows something else than the plan."""

    path: Path
    replaced: tuple[Replacement, ...]


def write_reply_form(
    form: ReplyForm,
    path: Path,
    *,
    font: str = options.FONTS[0],
    control: job_control.JobControl | None = None,
) -> WrittenForm:
    """Write a form to a file that is not there yet, whole or not at all.

    Raises ExportError.
    """
    if is_there(path):
        raise errors.ExportError(
            f"「{path.name}」は既にあるため、書き込みませんでした。元のファイルはそのままです。"
            "別の名前か、別のフォルダーを指定してください。"
        )
    control = control or job_control.JobControl()
    with export_file.atomic_export(path) as beside:
        workbook = new_workbook(font, form.key.sent_at)
        shown, hidden = _write_sheets(workbook, form, font, control)
        save(workbook, shown + hidden, beside)
    replaced = [each for writer in shown for each in writer.replacements]
    return WrittenForm(path, tuple(replaced))


def write_reply_forms(
    forms: Sequence[ReplyForm],
    folder: Path,
    control: job_control.JobControl | None = None,
    *,
    font: str = options.FONTS[0],
) -> list[Path]:
    """Write a form each into the folder, all of them or none; no file there is replaced.

    `control` counts their rows. Raises ExportError and CancelledError.
    """
    control = control or job_control.JobControl()
    control.begin(sum(len(form.rows) for form in forms))
    written: list[Path] = []
    try:
        for form in forms:
            taken = {path.name.casefold() for path in written}
            path = free_path(folder, form_file_name(form), taken)
            written.append(write_reply_form(form, path, font=font, control=control).path)
        control.finish()
    except (errors.ExportError, errors.CancelledError):
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
    return written


def _write_sheets(
    workbook: Workbook, form: ReplyForm, font: str, control: job_control.JobControl
) -> tuple[list[SheetWriter], list[SheetWriter]]:
    """Write the sheets that people see, and those that they do not."""
    book = styles.StyleBook(workbook, font, cell_styles.LOOKS)
    guide, table, record, choices = writers = [
        SheetWriter(workbook.create_sheet(title), control)
        for title in (sheets.GUIDE_SHEET, sheets.FORM_SHEET, RECORD_SHEET, sheets.CHOICES_SHEET)
    ]
    printed = [
        *sheets.write_guide(guide, form, book, font),
        *sheets.write_form_sheet(table, form, book, font),
    ]
    name = book.name(cell_styles.KEY, cell_styles.SIZE)
    for texts in record_rows(form, printed):
        record.row(texts, (name,) * len(texts))
    sheets.write_choices(choices, form, book)
    for writer in writers:
        writer.finish()
        protect(writer.sheet)
    for writer in (record, choices):
        writer.sheet.sheet_state = "veryHidden"
    guide.sheet.sheet_view.tabSelected = True
    protect_structure(workbook)
    return writers[:2], writers[2:]
