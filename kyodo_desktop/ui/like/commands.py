"""The command of 元の表の形で出力: from a table to its copy with the values of the round."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal

from kyodo_desktop.domain import errors
from kyodo_desktop.paths import name_part
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog, QWidget

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.like.result import FillingResult
    from kyodo_desktop.services.like import RoundCells, TableRounds, TableToFill
    from kyodo_desktop.ui.like.dialogs import LikeDialog

_TITLE = "元の表の形で出力"
_CANCELLED = "元の表の形での出力を取りやめました。ファイルは作っていません。元の表もそのままです。"


class _Read(NamedTuple):
    """A table that was chosen, as it was read, and its rounds."""

    path: Path
    table: TableToFill
    rounds: TableRounds


class LikeCommands(shell.Commands):
    """Asks for the table, the cells and the place, and fills in the copy in a thread.

    `asked` comes when the table was read and the choice is shown; `ended` when all is done or
    could not be, and the user has been told.
    """

    asked = Signal()
    ended = Signal()

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"export_like": self.ask_for_table}

    def ask_for_table(self) -> None:
        """Let the user choose the workbook that is filled in."""
        folder = asking.first_folder(
            (self._shell.settings.report.get("like_folder"), self._plan.path.parent)
        )
        asking.ask_for_table(
            self._window, folder, self.read, title="元の表を選ぶ", kind=asking.OFFICE_FILTER
        )

    def read(self, path: Path) -> None:
        """Read the table in a thread, and then ask into which cells to write."""
        from kyodo_desktop.excel.like.filled_copy import expect_table
        from kyodo_desktop.excel.reading.tables import read_table
        from kyodo_desktop.services.like import rounds_of, table_to_fill

        open_plan = self._opener()

        def work(control: JobControl) -> _Read:
            expect_table(path)
            book = read_table(path, control)
            with closing(open_plan()) as plan:
                table = table_to_fill(plan.workspace, book, control)
                return _Read(path, table, rounds_of(plan.workspace.outline, table.found))

        self._shell.settings.set_report(
            {**self._shell.settings.report, "like_folder": str(path.parent)}
        )
        self._run_job(work, f"「{path.name}」を読み取っています…", self._ask_cells, self._refuse)

    def write(
        self,
        read: _Read,
        cells: RoundCells | None,
        out: Path,
        *,
        open_afterwards: bool,
        above: QDialog | None = None,
    ) -> None:
        """Fill in the copy; a place that cannot be written to is asked for again.

        The dialog `above` which it was asked for closes when the copy is there.
        """
        from kyodo_desktop.domain.like.result import result_of
        from kyodo_desktop.excel.like.filled_copy import expect_form, write_filled_copy
        from kyodo_desktop.services.like import filling_of

        open_plan, parent = self._opener(), above or self._window
        again = partial(self.write, read, cells, open_afterwards=open_afterwards, above=above)

        def work(control: JobControl) -> FillingResult:
            expect_form(read.path, out)
            with closing(open_plan()) as plan:
                filling = filling_of(plan.workspace, read.table, cells, control)
            copy = write_filled_copy(read.path, out, filling, control)
            return result_of(filling, copy.written, copy.notices, copy.sheet)

        self._run_job(
            work,
            f"「{out.name}」に出力しています…",
            partial(self._show_result, out, open_afterwards, above),
            partial(self._fail, parent, partial(self._ask_place, parent, out, again)),
            above=above,
        )

    def _ask_cells(self, read: _Read) -> None:
        from kyodo_desktop.ui.like.dialogs import LikeDialog

        dialog = LikeDialog(
            read.path.name,
            read.rounds,
            open_afterwards=bool(self._shell.settings.report.get("open_afterwards", True)),
            parent=self._window,
        )
        asking.ask_further(dialog, lambda: self._ask_where_above(read, dialog))
        self.asked.emit()

    def _ask_where_above(self, read: _Read, dialog: LikeDialog) -> None:
        """Ask for the place above the choices, which are there again where none is chosen."""
        cells, open_afterwards = dialog.cells, dialog.open_afterwards
        name = f"{read.path.stem}_{name_part(read.rounds.shown)}{read.path.suffix}"
        write = partial(self.write, read, cells, open_afterwards=open_afterwards, above=dialog)
        self._ask_place(dialog, read.path.with_name(name), write)

    def _ask_place(self, above: QWidget, suggested: Path, write: Callable[[Path], None]) -> None:
        kind = f"Excelブック (*{suggested.suffix})"
        asking.ask_where_to_save(above, f"{_TITLE}：保存先", suggested, kind, write)

    def _show_result(
        self, out: Path, open_afterwards: bool, above: QDialog | None, result: FillingResult
    ) -> None:
        """Say what was written; what is to be looked at gets a dialog."""
        from kyodo_desktop.ui.like.dialogs import LikeResultDialog

        if above is not None:
            above.done(above.DialogCode.Accepted)
        if result.notices or result.gone:
            open_it = partial(
                self._shell.toast.show_file_info,
                f"「{out.name}」を開きました。",
                out,
                open_now=True,
            )
            asking.ask(LikeResultDialog(out.name, result, self._window), open_it)
        else:
            message = f"「{out.name}」に出力しました。{result.summary}"
            self._shell.toast.show_file_info(message, out, open_now=open_afterwards)
        self.ended.emit()

    def _refuse(self, error: Exception) -> None:
        """Say why the table cannot be filled in."""
        self._say(error, lambda message: asking.show_warning(self._window, _TITLE, message))

    def _fail(self, parent: QWidget, ask_again: Callable[[], None], error: Exception) -> None:
        """Say why nothing was written, and let another place be chosen."""
        from kyodo_desktop.ui.export.questions import ExportFailedDialog

        def show(message: str) -> None:
            if isinstance(error, errors.ExportError):
                asking.ask(ExportFailedDialog([message], parent=parent), ask_again)
            else:
                asking.show_warning(parent, _TITLE, message)

        self._say(error, show)

    def _say(self, error: Exception, show: Callable[[str], Any]) -> None:
        if not isinstance(error, errors.PlanError):
            raise error
        if isinstance(error, errors.CancelledError):
            self._shell.toast.show_info(_CANCELLED)
        else:
            show(error.message)
        self.ended.emit()
