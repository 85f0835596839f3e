"""データの書き出し: the whole plan in a form that other programs read, and the way back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyodo_desktop.domain.errors import CancelledError, PlanError
from kyodo_desktop.ui.asking import PLAN_FILTER, ask, ask_where_to_save, first_folder, tell
from kyodo_desktop.ui.jobs import Job
from kyodo_desktop.ui.shell import Commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.job_control import JobControl

TEXT = ".txt"
_KINDS = ";;".join(
    (
        "データのブック（Excelで開く） (*.xlsx)",
        "CSV（Excelやほかのプログラムで開く） (*.csv)",
        "JSON（ほかのプログラムで使う） (*.json)",
        "テキスト版（音声読み上げ用） (*.txt)",
    )
)


class DataCommands(Commands):
    """Asks for the place and the form, and writes in a thread.

    `ended` comes after each export, done or not, when the user has been told.
    """

    ended = Signal()

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"export_data": self.ask_and_export}

    def ask_and_export(self) -> None:
        """Let the user choose the form and the place."""
        self._shell.commit()
        plan = self._shell.plan
        assert plan is not None
        folder = first_folder((self._shell.settings.report.get("folder"), plan.path.parent))
        self._ask_where(Path(folder, f"{plan.path.stem}_データ.xlsx"))

    def export(self, path: Path) -> None:
        """Write the file; a place that cannot be written to is asked for again."""
        from kyodo_desktop.ui.dialogs.progress import ProgressDialog

        settings, window = self._shell.settings, self._window
        settings.set_report({**settings.report, "folder": str(path.parent)})
        job = Job(self._work(path), window)
        job.succeeded.connect(partial(self._tell_success, path))
        job.failed.connect(partial(self._tell_failure, path))
        ProgressDialog(job, f"「{path.name}」に書き出しています…", window).start()

    def ask_and_bring_back(self, export: Path) -> None:
        """Let the user choose where a plan is made of an export of ours, and open it."""
        ask_where_to_save(
            self._window,
            "書き出したデータから計画を作る",
            export.with_suffix(".kyodo"),
            PLAN_FILTER,
            partial(self.bring_back, export),
        )

    def bring_back(self, export: Path, path: Path) -> None:
        """Make a plan's file of an export, history and all, and open it."""
        from kyodo_desktop.excel.data_book.clothes import read_export
        from kyodo_desktop.services.interchange import create_from_export
        from kyodo_desktop.services.new_plan import told_aside
        from kyodo_desktop.ui.dialogs.progress import ProgressDialog

        shell, window = self._shell, self._window
        shell.files.release_file(path)
        author, now = shell.settings.display_name, shell.now()

        def work(control: JobControl) -> str:
            whole = read_export(export, control)
            return told_aside(create_from_export(whole, path, author=author, now=now))

        job = Job(work, window)
        job.succeeded.connect(partial(self._open, export, path))
        job.failed.connect(self._tell_refusal)
        ProgressDialog(job, f"「{export.name}」から計画を作っています…", window).start()

    def _open(self, export: Path, path: Path, aside: str) -> None:
        if self._shell.files.open(path):
            told = f"「{export.name}」から「{path}」を作りました。{aside}"
            self._shell.message_bar.inform(told)
        self.ended.emit()

    def _tell_refusal(self, error: Exception) -> None:
        if not isinstance(error, PlanError):
            raise error
        if isinstance(error, CancelledError):
            self._shell.message_bar.inform(
                "読み取りを取りやめました。ファイルも計画も元のままです。"
            )
        else:
            tell(self._window, "取り込めません", error.message)
        self.ended.emit()

    def _work(self, path: Path) -> Callable[[JobControl], None]:
        """Return what the thread does, with the values that it needs."""
        from kyodo_desktop.excel.data_book.clothes import write_export, write_text_version
        from kyodo_desktop.services.interchange import whole_plan
        from kyodo_desktop.services.report_extras import reported

        plan = self._shell.plan
        assert plan is not None
        if path.suffix.lower() == TEXT:
            outline = reported(plan.workspace)
            return lambda _control: write_text_version(outline, path)
        source = plan.path
        return lambda control: write_export(whole_plan(source), path, control)

    def _ask_where(self, suggested: Path) -> None:
        ask_where_to_save(self._window, "データの書き出し", suggested, _KINDS, self.export)

    def _tell_success(self, path: Path, _result: object) -> None:
        told = f"「{path}」に書き出しました。"
        if path.suffix.lower() != TEXT:
            told += "「表を取り込む」でこのファイルを選ぶと、履歴も含めて同じ計画を作れます。"
        self._shell.message_bar.inform_of_file(told, path)
        self.ended.emit()

    def _tell_failure(self, path: Path, error: Exception) -> None:
        from kyodo_desktop.ui.export.dialog import CANCELLED, ExportFailedDialog

        if not isinstance(error, PlanError):
            raise error
        if isinstance(error, CancelledError):
            self._shell.message_bar.inform(CANCELLED)
        else:
            dialog = ExportFailedDialog(error.message, self._window)
            ask(dialog, lambda: self._ask_where(path))
        self.ended.emit()
