"""What goes out: 報告書の出力, データの書き出し and its way back; none holds the window up."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal

from kyodo_desktop import outputs
from kyodo_desktop.domain import errors, reporting
from kyodo_desktop.domain.narrowing import WHOLE_PLAN, Narrowing
from kyodo_desktop.pages import saved_options
from kyodo_desktop.pages.options import BEFORE_AFTER, HISTORY, Edition, ReportOptions
from kyodo_desktop.paths import is_there, name_part
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QDialog, QWidget

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.pages.saved_options import SavedOptions
    from kyodo_desktop.ui.export.dialog import ExportDialog
    from kyodo_desktop.ui.export.questions import SaveOptionsDialog

_DATA_FILTER = ";;".join(
    (
        "データ一式（Excel） (*.xlsx)",
        "CSV（Excelやほかのプログラムで開く） (*.csv)",
        "JSON（ほかのプログラムで使う） (*.json)",
    )
)
_NOT_OF_THE_PLACE = (errors.NothingToExportError, errors.InvalidInputError)
_WORKBOOK = ".xlsx"


class _Narrowed(NamedTuple):
    """How the last report of a plan was narrowed, and under which name its choices are kept."""

    file: Path
    narrowing: Narrowing = WHOLE_PLAN
    name: str = ""


class ExportCommands(shell.Commands):
    """Asks for the choices and the place, remembers both, and writes in a thread.

    `ended` comes after each export, done or not, when the user has been told.
    """

    ended = Signal()

    def __init__(self, of_window: shell.Shell) -> None:
        super().__init__(of_window)
        self._narrowed = _Narrowed(Path())

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"export": self.ask_and_export, "export_data": self.ask_and_export_data}

    @property
    def last_options(self) -> ReportOptions:
        """The choices of the last report; what narrowed it is known only in its window."""
        choices = _remembered(self._shell.settings.report).options
        return replace(choices, narrowing=self._last.narrowing)

    @property
    def _last(self) -> _Narrowed:
        file = self._plan.path
        return self._narrowed if self._narrowed.file == file else _Narrowed(file)

    def ask_and_export(self) -> None:
        """Let the user choose what to export, then where."""
        from kyodo_desktop.ui.export.dialog import ExportDialog, ExportDraft

        self._shell.commit()
        workspace, outline = self._workspace, self._reported()
        if outline is None:
            return
        choices = self._shell.settings.report
        draft = ExportDraft(
            outline=outline,
            chosen=_remembered(choices)._replace(options=self.last_options),
            saved=self._saved(),
            name=self._last.name,
            open_afterwards=bool(choices.get("open_afterwards", True)),
            locked=workspace.read_only_because,
            foresee=self._foreseer(),
        )
        dialog = ExportDialog(draft, self._window)
        dialog.save_wanted.connect(partial(self._ask_name, dialog))
        dialog.rename_wanted.connect(partial(self._ask_new_name, dialog))
        dialog.delete_wanted.connect(partial(self._ask_to_delete, dialog))
        asking.ask_further(dialog, lambda: self._choose(dialog))

    def _reported(self) -> Outline | None:
        """Return the plan that a report prints; where there is nothing to export, say so."""
        from kyodo_desktop.services.report_extras import reported

        outline = reported(self._workspace)
        try:
            reporting.expect_actions(outline)
        except errors.NothingToExportError as error:
            asking.show_warning(self._window, _title(), error.message)
            return None
        return outline

    def _foreseer(self) -> Callable[[ReportOptions], outputs.Foresight]:
        """Return what tells, in a thread, what a report would lack."""
        open_plan = self._opener()
        made_on = self._shell.now().isoformat(timespec="seconds")

        def foresee(options: ReportOptions) -> outputs.Foresight:
            with closing(open_plan()) as plan:
                return outputs.foresee(plan.workspace, options, made_on)

        return foresee

    def ask_and_export_history(self) -> None:
        """Let the user choose where the history of the whole plan goes, as a workbook."""
        self._ask_where_alone(HISTORY)

    def ask_and_export_before_after(
        self, shown: reporting.BeforeAfterTable, above: QDialog
    ) -> None:
        """Let the user choose where a 新旧対照表 goes, as a workbook; its dialog then closes."""
        self._ask_where_alone(BEFORE_AFTER, reporting.Extras(before_after=shown), above)

    def export(
        self,
        paths: Sequence[Path],
        options: ReportOptions,
        *,
        open_afterwards: bool,
        extras: reporting.Extras | None = None,
        above: QDialog | None = None,
    ) -> None:
        """Write the files; for those that cannot be written another place is asked for.

        Without extras those which the forms need are read. The dialog `above` which the place was
        asked closes when all are there.
        """
        wanted = [outputs.Wanted(each, _form_of(each)) for each in paths]
        made_on = self._shell.now().isoformat(timespec="seconds")
        ask_again = partial(self._ask_where, options=options, extras=extras, above=above)
        open_plan, file = self._opener(), self._plan.path

        def work(control: JobControl) -> list[outputs.Outcome]:
            with closing(open_plan()) as plan:
                source = outputs.gather(
                    plan.workspace,
                    file,
                    options,
                    [each.form for each in wanted],
                    made_on=made_on,
                    extras=extras,
                )
            return outputs.write_outputs(source, wanted, control)

        self._remember(folder=str(paths[0].parent))
        names = "」「".join(each.name for each in paths)
        self._run_job(
            work,
            f"「{names}」に出力しています…",
            partial(self._show_outcomes, open_afterwards, ask_again, above),
            partial(
                self._show_failure,
                lambda: ask_again(paths, open_afterwards=open_afterwards),
                above=above,
            ),
            above=above,
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

    def _choose(self, dialog: ExportDialog) -> None:
        """Remember what was chosen, and ask for the place above it.

        What narrows the plan is forgotten with the window: the report of next year would lack
        something, and nobody know.
        """
        options, endings = dialog.chosen
        open_afterwards = dialog.open_afterwards
        self._narrowed = _Narrowed(self._plan.path, options.narrowing, dialog.saved_name)
        whole = replace(options, narrowing=WHOLE_PLAN)
        self._remember(
            **saved_options.as_values(whole),
            endings=list(endings),
            open_afterwards=open_afterwards,
        )
        first = self._suggested("進捗状況", options.edition, endings[0])
        paths = [first.with_suffix(each) for each in endings]
        self._ask_where(paths, options, open_afterwards=open_afterwards, above=dialog)

    def _remember(self, **choices: Any) -> None:
        self._shell.settings.set_report({**self._shell.settings.report, **choices})

    def _saved(self) -> dict[str, SavedOptions]:
        """Return the choices that have a name in the plan."""
        from kyodo_desktop.services.report_choices import saved_report_choices

        found = saved_report_choices(self._workspace)
        return {each.name: saved_options.from_body(each.body) for each in found}

    def _ask_name(self, dialog: ExportDialog) -> None:
        """Ask under which name what the dialog shows is kept."""
        from kyodo_desktop.ui.export.questions import SaveOptionsDialog

        chosen = dialog.expect_chosen()
        if chosen is None:
            return
        asked = SaveOptionsDialog(dialog.saved_name, dialog)
        asking.ask_further(asked, lambda: self._expect_replaceable(dialog, asked, chosen))

    def _expect_replaceable(
        self, dialog: ExportDialog, asked: SaveOptionsDialog, chosen: SavedOptions
    ) -> None:
        """Ask before choices of the same name give way."""
        from kyodo_desktop.ui.export.questions import ReplaceOptionsDialog

        name = asked.name

        def save() -> None:
            self._save(dialog, name, chosen)
            asked.done(asked.DialogCode.Accepted)

        if name in self._saved():
            asking.ask(ReplaceOptionsDialog(name, asked), save)
        else:
            save()

    def _save(self, dialog: ExportDialog, name: str, chosen: SavedOptions) -> None:
        from kyodo_desktop.services.report_choices import save_report_choice

        with self._asked_edit():
            save_report_choice(self._workspace, name, saved_options.as_body(chosen))
        dialog.show_saved(self._saved(), name)

    def _ask_new_name(self, dialog: ExportDialog, name: str) -> None:
        from kyodo_desktop.ui.export.questions import RenameOptionsDialog

        others = [each for each in self._saved() if each != name]
        asked = RenameOptionsDialog(name, others, dialog)
        asking.ask(asked, lambda: self._rename(dialog, name, asked.name))

    def _rename(self, dialog: ExportDialog, name: str, new_name: str) -> None:
        from kyodo_desktop.services.report_choices import rename_report_choice

        with self._asked_edit():
            rename_report_choice(self._workspace, name, new_name)
        dialog.show_saved(self._saved(), new_name)

    def _ask_to_delete(self, dialog: ExportDialog, name: str) -> None:
        question = asking.DeleteDialog(f"出力の設定「{name}」", "", dialog)
        asking.ask(question, lambda: self._delete(dialog, name))

    def _delete(self, dialog: ExportDialog, name: str) -> None:
        from kyodo_desktop.services.report_choices import delete_report_choice

        with self._asked_edit():
            delete_report_choice(self._workspace, name)
        dialog.show_saved(self._saved())

    def _ask_where_alone(
        self,
        part: str,
        extras: reporting.Extras | None = None,
        above: QDialog | None = None,
    ) -> None:
        """Ask for the place of one part, on the paper and in the font of last time.

        It is of the house: the window shows what is internal in it as well.
        """
        if self._reported() is None:
            return
        choices = self._shell.settings.report
        remembered = _remembered(choices).options
        options = replace(remembered, edition=Edition.INTERNAL, parts=(part,))
        open_afterwards = bool(choices.get("open_afterwards", True))
        path = self._suggested(part, options.edition, _WORKBOOK)
        self._ask_where(
            [path], options, open_afterwards=open_afterwards, extras=extras, above=above
        )

    def _ask_where(
        self,
        suggested: Sequence[Path],
        options: ReportOptions,
        *,
        open_afterwards: bool,
        extras: reporting.Extras | None = None,
        above: QDialog | None = None,
    ) -> None:
        """Ask where the first file goes; the others go beside it, with the same name."""
        first, *_ = suggested
        endings = [each.suffix for each in suggested]
        parent = above or self._window
        write = partial(
            self.export,
            options=options,
            open_afterwards=open_afterwards,
            extras=extras,
            above=above,
        )
        asking.ask_where_to_save(
            parent,
            f"{_title()}：保存先",
            first,
            f"{_form_of(first).label} (*{first.suffix})",
            lambda path: self._expect_agreed(parent, path, _beside(path, endings), write),
        )

    def _expect_agreed(
        self,
        parent: QWidget,
        asked: Path,
        paths: Sequence[Path],
        write: Callable[[Sequence[Path]], None],
    ) -> None:
        """Ask before files are replaced of which the file dialog did not ask."""
        from kyodo_desktop.ui.export.questions import ReplaceFilesDialog

        there = [each.name for each in paths if each != asked and is_there(each)]
        if there:
            asking.ask(ReplaceFilesDialog(there, parent), lambda: write(paths))
        else:
            write(paths)

    def _suggested(self, what: str, edition: Edition, ending: str) -> Path:
        shown = self._workspace.outline.round
        of_round = f"_{name_part(shown.name)}" if shown else ""
        name = f"{self._plan.path.stem}_{what}{of_round}_{edition.label}{ending}"
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
        from kyodo_desktop.services.interchange import whole_plan

        source = self._plan.path
        return lambda control: write_export(whole_plan(source), path, control)

    def _show_outcomes(
        self,
        open_afterwards: bool,
        ask_again: Callable[..., None],
        above: QDialog | None,
        outcomes: Sequence[outputs.Outcome],
    ) -> None:
        """Say what was written, and let another place be chosen for what was not."""
        done = [each for each in outcomes if each.error is None]
        left = [each for each in outcomes if each.error is not None]
        failures = [each.error for each in left if each.error is not None]
        is_cancelled = all(isinstance(each, errors.CancelledError) for each in failures)
        if above is not None and not left:
            above.done(above.DialogCode.Accepted)
        if done:
            self._shell.toast.show_file_info(
                ("残りを取りやめました。" if left and is_cancelled else "") + _summary(done),
                done[0].path,
                open_now=open_afterwards and not left,
                details=_details(done),
            )
        if not is_cancelled:
            self._ask_another(
                failures,
                lambda: ask_again([each.path for each in left], open_afterwards=open_afterwards),
                done=[each.path.name for each in done],
                above=above,
            )
        self.ended.emit()

    def _show_data(self, path: Path, _result: object) -> None:
        message = (
            f"「{path.name}」に書き出しました。"
            "「表を取り込む」でこのファイルを選ぶと、履歴も含めて同じ計画を作れます。"
        )
        self._shell.toast.show_file_info(message, path, details=str(path))
        self.ended.emit()

    def _show_failure(
        self, ask_again: Callable[[], None], error: Exception, *, above: QDialog | None = None
    ) -> None:
        """Say why nothing was written, and let another place be chosen."""
        from kyodo_desktop.ui.export.dialog import CANCELLED

        if not isinstance(error, errors.PlanError):
            raise error
        if isinstance(error, errors.CancelledError):
            self._shell.toast.show_info(CANCELLED)
        else:
            self._ask_another([error], ask_again, above=above)
        self.ended.emit()

    def _ask_another(
        self,
        failures: Sequence[errors.PlanError],
        ask_again: Callable[[], None],
        done: Sequence[str] = (),
        above: QDialog | None = None,
    ) -> None:
        """Say what was written and why not all; another name is offered where it could help."""
        from kyodo_desktop.ui.export.questions import ExportFailedDialog

        reasons = [each.message for each in errors.UnwrittenError.once_each(failures)]
        if all(isinstance(each, _NOT_OF_THE_PLACE) for each in failures):
            asking.show_warning(above or self._window, _title(), "\n".join(reasons))
        else:
            asking.ask(ExportFailedDialog(reasons, done, above or self._window), ask_again)

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


def _title() -> str:
    from kyodo_desktop.ui.export.questions import TITLE

    return TITLE


def _form_of(path: Path) -> outputs.OutputForm:
    form = outputs.form_of(path.suffix)
    assert form is not None, "offered by the dialog"
    return form


def _beside(path: Path, endings: Sequence[str]) -> list[Path]:
    """Return the files of these endings with the name that was chosen for the first of them."""
    stem = path.with_suffix("") if path.suffix.lower() == endings[0] else path
    return [stem.with_name(f"{stem.name}{each}") for each in endings]


def _summary(done: Sequence[outputs.Outcome]) -> str:
    """Return in one line what was written."""
    first, *others = done
    if others:
        folder = first.path.parent
        where = f"フォルダー「{folder.name or folder}」に{len(done)}個のファイルを"
        message = f"{where}出力しました。"
    else:
        size = f"（{first.written.size}）" if first.written.size else ""
        message = f"「{first.path.name}」に出力しました{size}。"
    if count := sum(len(each.written.replaced) for each in done):
        message += f"Excelで使えない文字を{count}か所で置き換えました。"
    return message


def _details(done: Sequence[outputs.Outcome]) -> str:
    """Return each file with its place, and what says something else there than in the plan."""
    files = (
        f"{each.path}" + (f"（{each.written.size}）" if each.written.size else "") for each in done
    )
    return "\n".join([*files, *(text for each in done for text in each.written.replaced)])


def _remembered(choices: Mapping[str, Any]) -> SavedOptions:
    """Return the choices of last time; those that are no longer known are the usual ones."""
    known = [each.ending for each in outputs.FORMS]
    endings = [each for each in saved_options.texts_in(choices.get("endings")) if each in known]
    return saved_options.SavedOptions(
        saved_options.from_values(choices), tuple(endings) or (_WORKBOOK,)
    )
