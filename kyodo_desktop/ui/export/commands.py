"""What goes out: Excel出力, and データの書き出し with the way back. None holds the window up."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from kyodo_desktop.domain import errors, reporting
from kyodo_desktop.pages.options import BEFORE_AFTER, HISTORY, Paper, ReportOptions
from kyodo_desktop.pages.report_columns import REPORT_COLUMNS
from kyodo_desktop.ui import asking, messages, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.excel.report import ReportResult

_TEXT = ".txt"
_DATA_FILTER = ";;".join(
    (
        "データ一式（Excel） (*.xlsx)",
        "CSV（Excelやほかのプログラムで開く） (*.csv)",
        "JSON（ほかのプログラムで使う） (*.json)",
        "テキスト版（音声読み上げ用） (*.txt)",
    )
)
_PLACES = 3  # how many replaced characters are told in full


class ExportCommands(shell.Commands):
    """Asks for the choices and the place, remembers both, and writes in a thread.

    `ended` comes after each export, done or not, when the user has been told.
    """

    ended = Signal()

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"export": self.ask_and_export, "export_data": self.ask_and_export_data}

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
        asking.ask(
            dialog,
            lambda: self._choose(dialog.options, dialog.open_afterwards),
        )

    def ask_and_export_history(self) -> None:
        """Let the user choose where the history of the whole plan goes, as a workbook."""
        self._ask_where_alone(HISTORY)

    def ask_and_export_before_after(self, shown: reporting.BeforeAfterTable) -> None:
        """Let the user choose where a 新旧対照表 goes, as a workbook."""
        self._ask_where_alone(BEFORE_AFTER, reporting.Extras(before_after=shown))

    def export(
        self,
        path: Path,
        options: ReportOptions,
        *,
        open_afterwards: bool,
        extras: reporting.Extras | None = None,
    ) -> None:
        """Write the workbook; a place that cannot be written to is asked for again.

        Without extras those which the sheets need are read.
        """
        from kyodo_desktop.excel.report import write_workbook
        from kyodo_desktop.pages.report import laid_report
        from kyodo_desktop.services.report_extras import gathered, reported

        printed_on = self._shell.now().isoformat(timespec="seconds")
        with messages.busy(self._window, "出力する内容を集めています…"):
            outline = reported(self._workspace)
            known = gathered(self._workspace, options.extras) if extras is None else extras

        def work(control: JobControl) -> ReportResult:
            laid = laid_report(outline, options, extras=known, made_on=printed_on, control=control)
            return write_workbook(laid, path, control)

        self._remember(folder=str(path.parent))
        self._run_job(
            work,
            f"「{path.name}」に出力しています…",
            partial(self._show_report, open_afterwards),
            partial(
                self._show_failure,
                lambda: self._ask_where(path, options, open_afterwards, extras),
            ),
        )

    def ask_and_export_data(self) -> None:
        """Let the user choose the form and the place of the plan's data."""
        self._shell.commit()
        self._ask_where_to_put_data(Path(self._folder(), f"{self._plan.path.stem}_データ.xlsx"))

    def export_data(self, path: Path) -> None:
        """Write the data; a place that cannot be written to is asked for again."""
        self._remember(folder=str(path.parent))
        self._run_job(
            self._data_writer(path),
            f"「{path.name}」に書き出しています…",
            partial(self._show_data, path),
            partial(self._show_failure, lambda: self._ask_where_to_put_data(path)),
        )

    def ask_and_bring_back(self, export: Path) -> None:
        """Let the user choose where a plan is made of an export of ours, and open it."""
        asking.ask_where_to_save(
            self._window,
            "書き出したデータから計画を作る",
            export.with_suffix(".kyodo"),
            asking.PLAN_FILTER,
            partial(self.bring_back, export),
        )

    def bring_back(self, export: Path, path: Path) -> None:
        """Make a plan's file of an export, history and all, and open it."""
        from kyodo_desktop.excel.data_book import read_export
        from kyodo_desktop.services.interchange import create_from_export
        from kyodo_desktop.services.new_plan import aside_notice

        self._shell.files.release_file(path)
        author, now = self._shell.settings.display_name, self._shell.now()

        def work(control: JobControl) -> str:
            whole = read_export(export, control)
            return aside_notice(create_from_export(whole, path, author=author, now=now))

        self._run_job(
            work,
            f"「{export.name}」から計画を作っています…",
            partial(self._open, export, path),
            self._show_refusal,
        )

    def _choose(self, options: ReportOptions, open_afterwards: bool) -> None:
        """Remember what was chosen, and ask for the place."""
        self._remember(**_choices(options, open_afterwards))
        self._ask_where(self._suggested("進捗状況"), options, open_afterwards)

    def _remember(self, **choices: Any) -> None:
        self._shell.settings.set_report({**self._shell.settings.report, **choices})

    def _ask_where_alone(self, sheet: str, extras: reporting.Extras | None = None) -> None:
        """Ask for the place of one sheet, on the paper and in the font of last time."""
        choices = self._shell.settings.report
        options = replace(_options(choices), parts=(sheet,))
        open_afterwards = bool(choices.get("open_afterwards", True))
        self._ask_where(self._suggested(sheet), options, open_afterwards, extras)

    def _ask_where(
        self,
        suggested: Path,
        options: ReportOptions,
        open_afterwards: bool,
        extras: reporting.Extras | None = None,
    ) -> None:
        asking.ask_where_to_save(
            self._window,
            "Excel出力の保存先",
            suggested,
            asking.WORKBOOK_FILTER,
            lambda path: self.export(
                path, options, open_afterwards=open_afterwards, extras=extras
            ),
        )

    def _suggested(self, what: str) -> Path:
        shown = self._workspace.outline.round
        name = f"{self._plan.path.stem}_{what}{f'_{shown.name}' if shown else ''}.xlsx"
        return Path(self._folder(), name)

    def _folder(self) -> Path:
        """Return where things went last, else where the plan is."""
        return asking.first_folder(
            (self._shell.settings.report.get("folder"), self._plan.path.parent)
        )

    def _ask_where_to_put_data(self, suggested: Path) -> None:
        asking.ask_where_to_save(
            self._window, "データの書き出し", suggested, _DATA_FILTER, self.export_data
        )

    def _data_writer(self, path: Path) -> Callable[[JobControl], None]:
        """Return what the thread does, with the values that it needs."""
        from kyodo_desktop.excel.data_book import write_export
        from kyodo_desktop.pages.text_files import write_text_version
        from kyodo_desktop.services.interchange import whole_plan
        from kyodo_desktop.services.report_extras import reported

        if path.suffix.lower() == _TEXT:
            outline = reported(self._workspace)
            return lambda _control: write_text_version(outline, path)
        source = self._plan.path
        return lambda control: write_export(whole_plan(source), path, control)

    def _show_report(self, open_afterwards: bool, result: ReportResult) -> None:
        message = f"「{result.path}」に出力しました。"
        if result.replaced:
            places = "、".join(each.message for each in result.replaced[:_PLACES])
            message += f"Excelで使えない文字を{len(result.replaced)}か所で置き換えました: {places}"
        bar = self._shell.toast
        bar.show_file_info(message, result.path, open_now=open_afterwards)
        self.ended.emit()

    def _show_data(self, path: Path, _result: object) -> None:
        message = f"「{path}」に書き出しました。"
        if path.suffix.lower() != _TEXT:
            message += "「表を取り込む」でこのファイルを選ぶと、履歴も含めて同じ計画を作れます。"
        self._shell.toast.show_file_info(message, path)
        self.ended.emit()

    def _show_failure(self, ask_again: Callable[[], None], error: Exception) -> None:
        """Say why nothing was written, and let another place be chosen."""
        from kyodo_desktop.ui.export.dialog import CANCELLED, ExportFailedDialog

        if not isinstance(error, errors.PlanError):
            raise error
        if isinstance(error, errors.CancelledError):
            self._shell.toast.show_info(CANCELLED)
        else:
            asking.ask(ExportFailedDialog(error.message, self._window), ask_again)
        self.ended.emit()

    def _open(self, export: Path, path: Path, aside: str) -> None:
        if self._shell.files.open(path):
            message = f"「{export.name}」から「{path}」を作りました。{aside}"
            self._shell.toast.show_info(message)
        self.ended.emit()

    def _show_refusal(self, error: Exception) -> None:
        if not isinstance(error, errors.PlanError):
            raise error
        if isinstance(error, errors.CancelledError):
            self._shell.toast.show_info("読み取りを取りやめました。ファイルも計画も元のままです。")
        else:
            asking.show_warning(self._window, "取り込めません", error.message)
        self.ended.emit()


def _options(choices: Mapping[str, Any]) -> ReportOptions:
    """Return remembered choices; those that are no longer known fall back to the defaults."""
    try:
        return ReportOptions(
            parts=tuple(choices["parts"]),
            paper=Paper(choices["paper"]),
            columns=tuple(REPORT_COLUMNS[each].name for each in choices["columns"]),
            font=str(choices["font"]),
        )
    except (KeyError, TypeError, ValueError):
        return ReportOptions()


def _choices(options: ReportOptions, open_afterwards: bool) -> dict[str, Any]:
    return {
        "parts": options.parts,
        "paper": options.paper.value,
        "columns": options.columns,
        "font": options.font,
        "open_afterwards": open_afterwards,
    }
