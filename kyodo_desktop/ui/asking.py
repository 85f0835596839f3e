"""Asks with a dialog that does not stop the program, and goes on when the user has decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.excel.reading.endings import TEXTS, WORKBOOKS
from kyodo_desktop.paths import is_folder, user_data_folder
from kyodo_desktop.ui import messages, placing
from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PLAN_FILTER = "計画のファイル (*.kyodo)"
TABLE_FILTER = "表 ({});;すべてのファイル (*)".format(
    " ".join(f"*{ending}" for ending in (*WORKBOOKS, *TEXTS, ".json"))
)
OFFICE_FILTER = "Excelブック (*.xlsx *.xlsm);;すべてのファイル (*)"
WORKBOOK_FILTER = "Excelブック (*.xlsx)"


def ask(dialog: QDialog, then: Callable[[], object] | None = None) -> None:
    """Open the dialog; `then` is called when it was accepted.

    A dialog that can stay does so until `then` is done: where that is refused by a PlanError,
    it says so, and what was entered is still there.
    """
    if then is not None and isinstance(dialog, forms.StayingDialog):

        def close_with() -> None:
            then()
            dialog.done(dialog.DialogCode.Accepted)

        ask_further(dialog, close_with)
        return
    if then is not None:
        dialog.accepted.connect(lambda: _go_on(dialog, then, dialog.parentWidget()))
    _open(dialog)


def ask_further(dialog: forms.StayingDialog, then: Callable[[], object]) -> None:
    """Open a dialog that is there until `then`, which asks further above it, is `done` with it."""
    dialog.stays = True
    dialog.completed.connect(lambda: _go_on(dialog, then, dialog))
    _open(dialog)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    prepare(dialog)
    dialog.open()


def _go_on(dialog: QDialog, then: Callable[[], object], below: QWidget | None) -> None:
    """Do what a dialog asked for; why that was refused is said where the user is after it."""
    try:
        with messages.busy(dialog):
            then()
    except PlanError as error:
        if below is dialog and isinstance(dialog, forms.FormDialog):
            dialog.show_refusal(error)
        else:
            show_warning(below, dialog.windowTitle(), error.message)


def prepare(dialog: QDialog) -> None:
    """Give a dialog that is not shown yet its looks, its help, and a place on its screen."""
    _help_on_key(dialog)
    forms.EnterPresses(dialog)
    placing.bound(dialog)


def ask_for_file(parent: QWidget, start: Path, then: Callable[[Path], object]) -> None:
    """Let the user choose a plan that exists."""
    dialog = QFileDialog(parent, "計画を開く", str(start), PLAN_FILTER)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _ask_for_path(dialog, then)


def ask_for_table(
    parent: QWidget,
    start: Path,
    then: Callable[[Path], object],
    *,
    title: str = "取り込む表を選ぶ",
    kind: str = TABLE_FILTER,
) -> None:
    """Let the user choose a table: one that is to be taken in, or of another kind."""
    dialog = QFileDialog(parent, title, str(start), kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _ask_for_path(dialog, then)


def ask_where_to_save(
    parent: QWidget, title: str, suggested: Path, kind: str, then: Callable[[Path], object]
) -> None:
    """Let the user choose a new file; the ending of the suggested one is added.

    `kind` may be several, with `;;` between them: the ending is then that of the chosen one.
    """
    dialog = QFileDialog(parent, title, str(suggested.parent), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suggested.suffix)
    dialog.selectFile(suggested.name)
    dialog.filterSelected.connect(lambda chosen: _end_as(dialog, chosen))
    _ask_for_path(dialog, then)


def show_warning(parent: QWidget | None, title: str, text: str) -> None:
    """Say why something could not be done."""
    ask(plain.MessageBox.saying(plain.MessageBox.Icon.Warning, title, text, parent))


def _end_as(dialog: QFileDialog, kind: str) -> None:
    """Give the name that stands in the dialog the ending of a kind: CSV (*.csv)."""
    suffix = kind.rpartition("*")[2].rstrip(")")
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(Path(dialog.selectedFiles()[0]).with_suffix(suffix).name)


def _help_on_key(dialog: QDialog) -> None:
    """Let F1 show the page that tells of the part of the dialog in which the focus is."""

    def show() -> None:
        from kyodo_desktop.ui.program.manual import show_manual
        from kyodo_desktop.ui.program.manual_pages import page_for

        show_manual(page_for(dialog.focusWidget() or dialog), dialog)

    QShortcut(QKeySequence("F1"), dialog).activated.connect(show)


def _ask_for_path(dialog: QFileDialog, then: Callable[[Path], object]) -> None:
    dialog.setObjectName("file_dialog")

    def go_on(name: str) -> None:
        with messages.busy(dialog):
            then(Path(name))

    dialog.fileSelected.connect(go_on)
    ask(dialog)


class DeleteDialog(plain.Question):
    """Says what would go; `accepted` comes only from 「削除する」, Enter and Esc leave it be."""

    def __init__(self, what: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(
            plain.MessageBox.Icon.Warning,
            "削除の確認",
            f"{what}を削除しますか？",
            f"{sentence}削除したあとでも「元に戻す」で戻せます。",
            parent,
        )
        self.offer("削除する(&D)", "delete")


def first_folder(known: Iterable[Path | str | None]) -> Path:
    """Return the first known folder that is still there, else the documents.

    The folder where the program keeps the sample is nobody's own, and out of sight on Windows:
    it is never proposed.
    """
    ours = user_data_folder()
    for folder in known:
        if folder and not Path(folder).is_relative_to(ours) and is_folder(Path(folder)):
            return Path(folder)
    return documents()


def documents() -> Path:
    """Return the user's folder for documents, or the home where there is none."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return folder if is_folder(folder) else Path.home()
