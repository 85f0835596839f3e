"""Writes the workbooks that go to the sections."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import CancelledError, ExportError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.excel.export_file import atomic_export
from kyodo_desktop.excel.options import FONTS
from kyodo_desktop.excel.reply_form import looks
from kyodo_desktop.excel.reply_form.choices import CHOICES_SHEET, write_choices
from kyodo_desktop.excel.reply_form.file_names import form_file_name, free_path
from kyodo_desktop.excel.reply_form.form_sheet import FORM_SHEET, write_form_sheet
from kyodo_desktop.excel.reply_form.guide_sheet import GUIDE_SHEET, write_guide
from kyodo_desktop.excel.reply_form.protection import protect, protect_structure
from kyodo_desktop.excel.reply_form.record import RECORD_SHEET, record_rows
from kyodo_desktop.excel.styles import StyleBook
from kyodo_desktop.excel.workbook import SheetWriter, new_workbook, save
from kyodo_desktop.paths import is_there

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook

    from kyodo_desktop.domain.replies.form import ReplyForm
    from kyodo_desktop.excel.cell_text import Replacement


class WrittenForm(NamedTuple):
    """Where a form is, and each place where it shows something else than the plan."""

    path: Path
    replaced: tuple[Replacement, ...]


def write_reply_form(
    form: ReplyForm, path: Path, *, font: str = FONTS[0], control: JobControl | None = None
) -> WrittenForm:
    """Write a form to a file that is not there yet, whole or not at all.

    Raises ExportError.
    """
    if is_there(path):
        raise ExportError(
            f"「{path.name}」は既にあるため、書き込みませんでした。元のファイルはそのままです。"
            "別の名前か、別のフォルダーを指定してください。"
        )
    control = control or JobControl()
    with atomic_export(path) as beside:
        workbook = new_workbook(font, form.key.sent_at)
        shown, hidden = _write_sheets(workbook, form, font, control)
        save(workbook, shown + hidden, beside)
    replaced = [each for writer in shown for each in writer.replacements]
    return WrittenForm(path, tuple(replaced))


def write_reply_forms(
    forms: Sequence[ReplyForm],
    folder: Path,
    control: JobControl | None = None,
    *,
    font: str = FONTS[0],
) -> list[Path]:
    """Write a form each into the folder, all of them or none; no file there is replaced.

    `control` counts their rows. Raises ExportError and CancelledError.
    """
    control = control or JobControl()
    control.begin(sum(len(form.rows) for form in forms))
    written: list[Path] = []
    try:
        for form in forms:
            taken = {path.name.casefold() for path in written}
            path = free_path(folder, form_file_name(form), taken)
            written.append(write_reply_form(form, path, font=font, control=control).path)
        control.finish()
    except (ExportError, CancelledError):
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
    return written


def _write_sheets(
    workbook: Workbook, form: ReplyForm, font: str, control: JobControl
) -> tuple[list[SheetWriter], list[SheetWriter]]:
    """Write the sheets that people see, and those that they do not."""
    book = StyleBook(workbook, font, {}, looks.LOOKS)
    guide, table, record, choices = writers = [
        SheetWriter(workbook.create_sheet(title), control)
        for title in (GUIDE_SHEET, FORM_SHEET, RECORD_SHEET, CHOICES_SHEET)
    ]
    write_guide(guide, form, book, font)
    write_form_sheet(table, form, book, font)
    name = book.name(looks.KEY, looks.SIZE)
    for texts in record_rows(form):
        record.row(texts, (name,) * len(texts))
    write_choices(choices, form, book)
    for writer in writers:
        writer.finish()
        protect(writer.sheet)
    for writer in (record, choices):
        writer.sheet.sheet_state = "veryHidden"
    guide.sheet.sheet_view.tabSelected = True
    protect_structure(workbook)
    return writers[:2], writers[2:]
