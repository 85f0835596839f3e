"""The commands that open, make, restore and close plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.paths import user_data_folder
from kyodo_desktop.services import files
from kyodo_desktop.services.files import InUseError
from kyodo_desktop.ui.asking import (
    PLAN_FILTER,
    ask,
    ask_for_file,
    ask_where_to_save,
    tell,
)
from kyodo_desktop.ui.busy import busy
from kyodo_desktop.ui.commands import Commands
from kyodo_desktop.ui.first_folder import first_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kyodo_desktop.services.new_plan import NewPlan


class FileCommands(Commands):
    """One plan is open at a time; another one is opened first, then the old one is closed."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "new": self.ask_for_new,
            "open": self.ask_and_open,
            "sample": self.open_sample,
            "restore": self.ask_what_to_restore,
            "close_plan": self.close_plan,
            "quit": self._quit,
        }

    def open(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a plan instead of the present one; say why where that cannot be."""
        if not self._window.commit():
            return False
        with busy(self._window, f"「{path.name}」を開いています…"):
            return self._open(path, read_only=read_only)

    def _open(self, path: Path, *, read_only: bool) -> bool:
        from kyodo_desktop.ui.dialogs.in_use import InUseDialog

        window = self._window
        if window.plan is not None and window.plan.path == path:
            self.release()
        try:
            plan = files.open_plan(path, author=self._author, now=window.now, read_only=read_only)
        except InUseError as error:
            ask(InUseDialog(error, window), lambda: self.open(path, read_only=True))
            return False
        except PlanError as error:
            tell(window, "計画を開けません", error.message)
            return False
        self.release()
        window.settings.remember_file(path)
        window.show_plan(plan)
        window.typed.offer_later()
        return True

    def ask_and_open(self) -> None:
        """Let the user choose a plan, and open it."""
        ask_for_file(self._window, self.folder, self.open)

    def open_sample(self) -> None:
        """Open the user's copy of the sample plan, made the first time."""
        from kyodo_desktop.services import sample

        name = sample.sample_names()[0]
        path = user_data_folder() / f"サンプル_{name}.kyodo"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            tell(
                self._window,
                "サンプルを開けません",
                f"「{path.parent}」を作れません: {error.strerror}",
            )
            return
        try:
            if not path.exists():
                with busy(self._window, "サンプルを作っています…"):
                    sample.create_sample(path, name, author=self._author(), now=self._window.now())
        except PlanError as error:
            tell(self._window, "サンプルを開けません", error.message)
        else:
            self.open(path)

    def ask_for_new(self) -> None:
        """Let the user describe a new plan and say where to keep it, and open it."""
        from kyodo_desktop.services import new_plan
        from kyodo_desktop.ui.dialogs.new_plan import NewPlanDialog

        dialog = NewPlanDialog(new_plan.default_plan(self._window.now().date()), self._window)
        ask(dialog, lambda: self._ask_where_to_make(dialog.plan))

    def ask_what_to_restore(self) -> None:
        """Offer the backups of the present plan, or of one to be chosen."""
        if self._window.plan is None:
            ask_for_file(self._window, self.folder, self._offer_backups)
        else:
            self._offer_backups(self._window.plan.path)

    def close_plan(self) -> None:
        """Close the plan, unless some text that is being typed cannot be saved."""
        if self._window.commit():
            self.release()

    def release(self) -> None:
        """Let go of the plan and show the start page."""
        plan = self._window.plan
        if plan is not None:
            self._window.show_plan(None)
            plan.close()

    @property
    def folder(self) -> Path:
        """Where to look for plans first: beside the last one, else in the documents."""
        return first_folder(each.parent for each in self._window.settings.recent_files)

    def _author(self) -> str:
        return self._window.settings.display_name

    def _ask_where_to_make(self, plan: NewPlan) -> None:
        suggested = self.folder / f"{_file_name(plan.title)}.kyodo"
        ask_where_to_save(
            self._window,
            "新しい計画の保存先",
            suggested,
            PLAN_FILTER,
            lambda path: self._make(path, plan),
        )

    def _make(self, path: Path, plan: NewPlan) -> None:
        from kyodo_desktop.services import new_plan

        window = self._window
        if window.plan is not None and window.plan.path == path:
            self.release()
        try:
            with busy(window, f"「{path.name}」を作っています…"):
                new_plan.create_plan(path, plan, author=self._author(), now=window.now())
        except PlanError as error:
            tell(window, "計画を作れません", error.message)
        else:
            self.open(path)

    def _offer_backups(self, path: Path) -> None:
        from kyodo_desktop.ui.dialogs.restore import RestoreDialog

        with busy(self._window, "バックアップを調べています…"):
            dialog = RestoreDialog(files.backups_of(path), self._window)
        ask(dialog, lambda: self._restore(path, dialog.chosen))

    def _restore(self, path: Path, chosen: Path | None) -> None:
        if chosen is None:
            return
        self.release()
        try:
            with busy(self._window, "バックアップから復元しています…"):
                kept = files.restore(path, chosen, self._window.now())
        except PlanError as error:
            tell(self._window, "復元できません", error.message)
            return
        if self.open(path) and kept is not None:
            self._window.message_bar.inform(
                f"バックアップから復元しました。復元前のファイルは「{kept}」に残してあります。"
            )

    def _quit(self) -> None:
        self._window.close()


def _file_name(title: str) -> str:
    """Return the title without the characters that Windows has no use for in a name."""
    return "".join("_" if character in '\\/:*?"<>|' else character for character in title)
