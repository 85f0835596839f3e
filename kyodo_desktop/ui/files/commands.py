"""The commands that open, make, restore and close plans."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyodo_desktop.domain.errors import (
    DamagedFileError,
    NotOursError,
    PassingError,
    PlanError,
    StrangeFileError,
)
from kyodo_desktop.paths import name_part, user_calls_folder, user_data_folder
from kyodo_desktop.services import files
from kyodo_desktop.ui import asking, messages, outside
from kyodo_desktop.ui.shell import Commands, Shell, repeatable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kyodo_desktop.ui.files.dialogs import RestoreDialog
    from kyodo_desktop.ui.files.start_page import StartPage
    from kyodo_desktop.ui.plan_settings.new_plan import NewPlanDialog

_PATIENCE = 1.5  # seconds; a window looks for calls twice a second


class FileCommands(Commands):
    """One plan is open at a time; another one is opened first, then the old one is closed."""

    opened = Signal()
    table_given = Signal(object)  # a path, which was to be opened as a plan

    def __init__(
        self, shell: Shell, ask_to_discard: Callable[[Callable[[], object]], None]
    ) -> None:
        super().__init__(shell)
        self._ask_to_discard = ask_to_discard
        self.may_raise = True  # the window that has a plan which is to be opened here
        self.has_raised = False  # it, when a plan was to be opened last

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "new": self.ask_for_new,
            "open": self.ask_and_open,
            "sample": self.open_sample,
            "back_up_now": self.back_up_now,
            "save_copy_as": self.ask_where_to_copy,
            "restore": self.ask_what_to_restore,
            "close_plan": self.close_plan,
            "quit": self._quit,
        }

    def open(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a plan instead of the present one; say why where that cannot be."""
        self.has_raised = False
        if not self._shell.commit():
            return False
        with messages.busy(self._window, f"「{path.name}」を開いています…"):
            return self._open(path, read_only=read_only)

    def _open(self, path: Path, *, read_only: bool) -> bool:
        from kyodo_desktop.ui.files.dialogs import InUseDialog, StrangeFileDialog, TryAgainDialog

        shell, window = self._shell, self._window
        self.release_file(path)
        try:
            plan = files.open_plan(
                path,
                author=self._author,
                now=shell.now,
                read_only=read_only or files.is_backup(path),
                wait=files.WAIT_OF_A_WINDOW,
            )
        except files.InUseError as error:
            if self.may_raise and self._has_come_up(error):
                return False
            asking.ask(InUseDialog(error, window), lambda: self.open(path, read_only=True))
            return False
        except (StrangeFileError, DamagedFileError) as error:
            asking.ask(StrangeFileDialog(error, window), lambda: self._ask_where_to_copy(path))
            return False
        except PassingError as error:
            asking.ask(TryAgainDialog(error, window), lambda: self.open(path, read_only=read_only))
            return False
        except PlanError as error:
            if isinstance(error, NotOursError) and _may_be_table(path):
                self.table_given.emit(path)
            else:
                asking.show_warning(window, "計画を開けません", error.message)
            return False
        self.release()
        if not plan.is_backup:  # which bears the title of the plan among the recent ones
            at = shell.now().isoformat(timespec="seconds")
            shell.settings.remember_file(path)
            shell.settings.remember_plan(path, opened_at=at)
        shell.show_plan(plan)
        self.opened.emit()
        return True

    def _has_come_up(self, error: files.InUseError) -> bool:
        """Let the window of this user that has the plan come to the front, if it is one."""
        from kyodo_desktop.services import raising

        outside.let_others_come_up()
        self.has_raised = raising.raise_window(user_calls_folder(), error.holder, _PATIENCE)
        return self.has_raised

    def ask_and_open(self) -> None:
        """Let the user choose a plan, and open it."""
        asking.ask_for_file(self._window, self.folder, self.open)

    def open_sample(self) -> None:
        """Open the user's copy of the sample plan, made the first time."""
        path = self._sample()
        if path is not None:
            self.open(path)

    def open_sample_beside(self) -> None:
        """Open the user's copy of the sample plan in a window of its own."""
        path = self._sample()
        if path is not None and (why := outside.open_window(path)):
            asking.show_warning(self._window, "サンプルを開けません", why)

    def _sample(self) -> Path | None:
        """Return the user's copy of the sample plan; say why where there cannot be one."""
        from kyodo_desktop.services import sample

        name = sample.sample_names()[0]
        path = user_data_folder() / f"サンプル_{name}.kyodo"
        why = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                with messages.busy(self._window, "サンプルを作っています…"):
                    sample.create_sample(path, name, author=self._author(), now=self._shell.now())
        except OSError as error:
            why = f"「{path.parent}」を作れません: {error.strerror}"
        except PlanError as error:
            why = error.message
        if why:
            asking.show_warning(self._window, "サンプルを開けません", why)
            return None
        return path

    def ask_for_new(self) -> None:
        """Let the user describe a new plan and say where to keep it, and open it."""
        from kyodo_desktop.services import new_plan
        from kyodo_desktop.ui.plan_settings.new_plan import NewPlanDialog

        dialog = NewPlanDialog(new_plan.default_plan(self._shell.now().date()), self._window)
        asking.ask_further(dialog, lambda: self._ask_where_to_make(dialog))

    @repeatable
    def back_up_now(self) -> None:
        """Copy the present plan into the folder of its backups."""
        with self._editing("バックアップを作っています…"):
            made = files.back_up_now(self._path, self._shell.now())
            self._shell.toast.show_folder_info(f"バックアップを「{made}」に作りました。", made)

    def ask_where_to_copy(self) -> None:
        """Let the user choose where a copy of the present plan goes."""
        path, today = self._path, self._shell.now().date()
        suggested = path.with_name(f"{path.stem}_コピー{today.isoformat()}{path.suffix}")
        asking.ask_where_to_save(
            self._window, "名前を付けてコピーを保存", suggested, asking.PLAN_FILTER, self.save_copy
        )

    def save_copy(self, target: Path) -> None:
        """Copy the present plan to a file, whole or not at all."""
        from kyodo_desktop.services import new_plan

        window, workspace = self._window, self._workspace
        # What lies at the path may be gone or another plan by now; the open file may answer still.
        copy = workspace.copy_to if workspace.out_of_reach else None
        try:
            with messages.busy(window, "コピーを保存しています…"):
                aside = new_plan.save_copy(
                    self._path, target, author=self._author(), now=self._shell.now(), copy=copy
                )
        except PlanError as error:
            asking.show_warning(window, "コピーを保存できません", error.message)
        else:
            message = f"コピーを「{target}」に保存しました。{new_plan.aside_notice(aside)}"
            self._shell.toast.show_folder_info(message, target)

    def ask_what_to_restore(self) -> None:
        """Offer the backups of the present plan, or of one to be chosen."""
        if self._shell.plan is None:
            asking.ask_for_file(self._window, self.folder, self._offer_backups)
        else:
            self._offer_backups(self._shell.plan.path)

    def close_plan(self) -> None:
        """Close the plan; where some text that is being typed cannot be saved, ask before."""
        if self._shell.commit():
            self.release()
        else:
            self._ask_to_discard(self.release)

    def release(self) -> None:
        """Let go of the plan and show the start page."""
        plan = self._shell.plan
        if plan is not None:
            self._shell.show_plan(None)
            plan.close()

    def release_file(self, path: Path) -> None:
        """Let go of the plan if it is the one of this file, which is about to be replaced."""
        plan = self._shell.plan
        if plan is not None and plan.path == path:
            self.release()

    def serve(self, page: StartPage) -> None:
        """Do what the start page asks for of its recent plans."""
        page.recent_requested.connect(self.open)
        page.search_requested.connect(self._look_for)
        page.removal_requested.connect(partial(self._forget, page))

    def show_recent(self, page: StartPage) -> None:
        """Show the recent plans on the start page, as they are remembered."""
        from kyodo_desktop.ui.files.cards import RecentPlan

        settings = self._shell.settings
        plans = [
            RecentPlan.remembered(path, settings.plan_memory(path))
            for path in settings.recent_files
        ]
        page.show_recent(plans, self._shell.now())

    def _look_for(self, gone: Path) -> None:
        """Let a plan that is gone be chosen where it is now, and open it."""

        def take(found: Path) -> None:
            if self.open(found):
                self._shell.settings.forget_file(gone)

        asking.ask_for_file(self._window, self.folder, take)

    def _forget(self, page: StartPage, path: Path) -> None:
        self._shell.settings.forget_file(path)
        self.show_recent(page)

    @property
    def folder(self) -> Path:
        """Where to look for plans first: beside the last one, else in the documents."""
        return asking.first_folder(each.parent for each in self._shell.settings.recent_files)

    @property
    def _path(self) -> Path:
        return self._plan.path

    def _author(self) -> str:
        return self._shell.settings.display_name

    def _ask_where_to_make(self, dialog: NewPlanDialog) -> None:
        suggested = self.folder / f"{name_part(dialog.plan.title)}.kyodo"
        asking.ask_where_to_save(
            dialog,
            "新しい計画の保存先",
            suggested,
            asking.PLAN_FILTER,
            lambda path: self._make(path, dialog),
        )

    def _make(self, path: Path, dialog: NewPlanDialog) -> None:
        """Make the plan and open it; the dialog closes when the file is there."""
        from kyodo_desktop.services import new_plan

        self.release_file(path)
        try:
            with messages.busy(dialog, f"「{path.name}」を作っています…"):
                aside = new_plan.create_plan(
                    path, dialog.plan, author=self._author(), now=self._shell.now()
                )
        except PlanError as error:
            asking.show_warning(dialog, "計画を作れません", error.message)
        else:
            dialog.done(dialog.DialogCode.Accepted)
            if self.open(path) and aside is not None:
                self._shell.toast.show_info(
                    f"「{path.name}」を作りました。{new_plan.aside_notice(aside)}"
                )

    def _ask_where_to_copy(self, path: Path) -> None:
        asking.ask_where_to_save(
            self._window,
            "新しいファイルの保存先",
            path.with_stem(f"{path.stem}_中身"),
            asking.PLAN_FILTER,
            lambda target: self._copy_contents(path, target),
        )

    def _copy_contents(self, path: Path, target: Path) -> None:
        from kyodo_desktop.services.interchange import copy_contents

        window = self._window
        self.release_file(target)
        try:
            with messages.busy(window, f"「{path.name}」の中身を移しています…"):
                copy_contents(path, target, author=self._author(), now=self._shell.now())
        except PlanError as error:
            asking.show_warning(window, "中身を移せません", error.message)
            return
        if self.open(target):
            self._shell.toast.show_info(
                f"「{path.name}」の中身と履歴を移しました。元のファイルはそのまま残っています。"
            )

    def _offer_backups(self, path: Path) -> None:
        from kyodo_desktop.ui.files.dialogs import RestoreDialog

        with messages.busy(self._window, "バックアップを調べています…"):
            dialog = RestoreDialog(files.backups_of(path), self._window)
        asking.ask_further(dialog, lambda: self._restore(path, dialog))

    def _restore(self, path: Path, dialog: RestoreDialog) -> None:
        """Put the chosen backup in the place of the plan; where that fails all is as before."""
        chosen, plan = dialog.chosen, self._shell.plan
        assert chosen is not None, "it is accepted with one only"
        read_only = bool(plan and plan.workspace.read_only_because)
        self.release()
        try:
            with messages.busy(dialog, "バックアップから復元しています…"):
                kept = files.restore(path, chosen, self._shell.now())
        except PlanError as error:
            if plan is not None:
                self.open(path, read_only=read_only)
            asking.show_warning(dialog, "復元できません", error.message)
            return
        dialog.done(dialog.DialogCode.Accepted)
        if self.open(path) and kept is not None:
            self._shell.toast.show_info(
                f"バックアップから復元しました。復元前のファイルは「{kept}」に残してあります。"
            )

    def _quit(self) -> None:
        self._window.close()


def _may_be_table(path: Path) -> bool:
    """Tell by the ending of a name whether the file is one to import."""
    from kyodo_desktop.excel.reading.endings import TEXTS, WORKBOOKS

    return path.is_file() and path.suffix.lower() in (*WORKBOOKS, *TEXTS)
