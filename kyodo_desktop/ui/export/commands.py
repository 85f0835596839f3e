"""Excel出力: from the choices to the workbook, without holding the window up."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from kyodo_desktop.domain.errors import CancelledError, ExportError
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.excel.options import (
    CONTRAST_SHEET,
    HISTORY_SHEET,
    Paper,
    ReportColumn,
    ReportOptions,
)
from kyodo_desktop.ui.asking import WORKBOOK_FILTER, ask, ask_where_to_save, first_folder
from kyodo_desktop.ui.jobs import Job
from kyodo_desktop.ui.messages import busy
from kyodo_desktop.ui.shell import Commands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.reporting import Contrast
    from kyodo_desktop.excel.report import ReportResult

_PLACES = 3  # how many replaced characters are told in full


class ExportCommands(Commands):
    """Asks for the choices and the place, remembers both, and writes in a thread.

    `ended` comes after each export, done or not, when the user has been told.
    """

    ended = Signal()

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"export": self.ask_and_export}

    def ask_and_export(self) -> None:
        """Let the user choose what to export, then where."""
        from kyodo_desktop.ui.export.dialog import ExportDialog

        self._shell.commit()
        choices = self._shell.settings.report
        dialog = ExportDialog(
            _options(choices),
            open_afterwards=bool(choices.get("open_afterwards", True)),
            parent=self._window,
        )
        ask(
            dialog,
            lambda: self._choose(dialog.options, dialog.open_afterwards),
        )

    def ask_and_export_history(self) -> None:
        """Let the user choose where the history of the whole plan goes, as a workbook."""
        self._ask_where_alone(HISTORY_SHEET)

    def ask_and_export_contrast(self, shown: Contrast) -> None:
        """Let the user choose where a 新旧対照表 goes, as a workbook."""
        self._ask_where_alone(CONTRAST_SHEET, Extras(contrast=shown))

    def export(
        self,
        path: Path,
        options: ReportOptions,
        *,
        open_afterwards: bool,
        extras: Extras | None = None,
    ) -> None:
        """Write the workbook; a place that cannot be written to is asked for again.

        Without extras those which the sheets need are read.
        """
        from kyodo_desktop.excel.report import write_report
        from kyodo_desktop.services.report_extras import gathered, reported
        from kyodo_desktop.ui.dialogs.progress import ProgressDialog

        window = self._window
        printed_on = self._shell.now().isoformat(timespec="seconds")
        with busy(window, "出力する内容を集めています…"):
            outline = reported(self._workspace)
            known = gathered(self._workspace, options.extras) if extras is None else extras

        def work(control: JobControl) -> ReportResult:
            return write_report(
                outline,
                path,
                options,
                extras=known,
                printed_on=printed_on,
                control=control,
            )

        self._remember(folder=str(path.parent))
        job = Job(work, window)
        job.succeeded.connect(partial(self._tell_success, open_afterwards))
        job.failed.connect(partial(self._tell_failure, path, options, open_afterwards, extras))
        ProgressDialog(job, f"「{path.name}」に出力しています…", window).start()

    def _choose(self, options: ReportOptions, open_afterwards: bool) -> None:
        """Remember what was chosen, and ask for the place."""
        self._remember(**_choices(options, open_afterwards))
        self._ask_where(self._suggested("進捗状況"), options, open_afterwards)

    def _remember(self, **choices: Any) -> None:
        self._shell.settings.set_report({**self._shell.settings.report, **choices})

    def _ask_where_alone(self, sheet: str, extras: Extras | None = None) -> None:
        """Ask for the place of one sheet, on the paper and in the font of last time."""
        choices = self._shell.settings.report
        options = replace(_options(choices), sheets=(sheet,))
        open_afterwards = bool(choices.get("open_afterwards", True))
        self._ask_where(self._suggested(sheet), options, open_afterwards, extras)

    def _ask_where(
        self,
        suggested: Path,
        options: ReportOptions,
        open_afterwards: bool,
        extras: Extras | None = None,
    ) -> None:
        ask_where_to_save(
            self._window,
            "Excel出力の保存先",
            suggested,
            WORKBOOK_FILTER,
            lambda path: self.export(
                path, options, open_afterwards=open_afterwards, extras=extras
            ),
        )

    def _suggested(self, what: str) -> Path:
        plan = self._shell.plan
        assert plan is not None
        shown = plan.workspace.outline.round
        folder = first_folder((self._shell.settings.report.get("folder"), plan.path.parent))
        return Path(folder, f"{plan.path.stem}_{what}{f'_{shown.name}' if shown else ''}.xlsx")

    def _tell_success(self, open_afterwards: bool, result: ReportResult) -> None:
        told = f"「{result.path}」に出力しました。"
        if result.replaced:
            places = "、".join(each.message for each in result.replaced[:_PLACES])
            told += f"Excelで使えない文字を{len(result.replaced)}か所で置き換えました: {places}"
        bar = self._shell.message_bar
        bar.inform_of_file(told, result.path, open_now=open_afterwards)
        self.ended.emit()

    def _tell_failure(
        self,
        path: Path,
        options: ReportOptions,
        open_afterwards: bool,
        extras: Extras | None,
        error: Exception,
    ) -> None:
        from kyodo_desktop.ui.export.dialog import CANCELLED, ExportFailedDialog

        if not isinstance(error, ExportError | CancelledError):
            raise error
        if isinstance(error, CancelledError):
            self._shell.message_bar.inform(CANCELLED)
        else:
            dialog = ExportFailedDialog(error.message, self._window)
            ask(dialog, lambda: self._ask_where(path, options, open_afterwards, extras))
        self.ended.emit()


def _options(choices: Mapping[str, Any]) -> ReportOptions:
    """Return remembered choices; those that are no longer known fall back to the defaults."""
    try:
        return ReportOptions(
            sheets=tuple(choices["sheets"]),
            paper=Paper(choices["paper"]),
            columns=tuple(map(ReportColumn, choices["columns"])),
            font=str(choices["font"]),
        )
    except (KeyError, TypeError, ValueError):
        return ReportOptions()


def _choices(options: ReportOptions, open_afterwards: bool) -> dict[str, Any]:
    return {
        "sheets": options.sheets,
        "paper": options.paper.value,
        "columns": options.columns,
        "font": options.font,
        "open_afterwards": open_afterwards,
    }
