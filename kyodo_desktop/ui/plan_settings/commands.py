"""The commands about what the plan as a whole knows, and about the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.os_user import os_user
from kyodo_desktop.paths import installed_from, user_log_folder
from kyodo_desktop.services import plan_settings, uses, vocabularies
from kyodo_desktop.ui.asking import ask, tell
from kyodo_desktop.ui.outside import show_in_folder
from kyodo_desktop.ui.shell import Commands, repeatable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kyodo_desktop.services.plan_settings import PlanSettings
    from kyodo_desktop.ui.dialogs.preferences import Preferences


class OtherCommands(Commands):
    """Settings and help."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "plan_settings": self.ask_for_plan_settings,
            "statuses": self.ask_for_statuses,
            "directions": self.ask_for_directions,
            "sections": self.show_sections,
            "preferences": self.ask_for_preferences,
            "manual": self.show_manual,
            "open_logs": self.open_logs,
            "about": self.show_about,
        }

    def ask_for_plan_settings(self) -> None:
        """Let the user edit the plan's own texts and its levels."""
        from kyodo_desktop.ui.plan_settings.dialog import PlanSettingsDialog

        workspace = self._workspace
        dialog = PlanSettingsDialog(
            workspace.outline,
            uses.uses_of_actors(workspace),
            uses.uses_of_principles(workspace),
            self._window,
        )
        ask(dialog, lambda: self._set_plan(dialog.settings))

    def ask_for_statuses(self) -> None:
        """Let the user edit the marks of 進捗状況 and what they mean."""
        from kyodo_desktop.ui.plan_settings.vocabulary import statuses_dialog

        workspace = self._workspace
        dialog = statuses_dialog(workspace.outline, uses.uses_of_statuses(workspace), self._window)
        ask(
            dialog,
            lambda: self._set_words(vocabularies.set_statuses, dialog.entries, dialog.replaced_by),
        )

    def ask_for_directions(self) -> None:
        """Let the user edit the choices of 今後の方向性."""
        from kyodo_desktop.ui.plan_settings.vocabulary import directions_dialog

        workspace = self._workspace
        dialog = directions_dialog(
            workspace.outline, uses.uses_of_directions(workspace), self._window
        )
        ask(
            dialog,
            lambda: self._set_words(
                vocabularies.set_directions, dialog.entries, dialog.replaced_by
            ),
        )

    def show_sections(self) -> None:
        """Show the list of sections, which is edited at once."""
        from kyodo_desktop.ui.plan_settings.sections import SectionsDialog

        ask(SectionsDialog(self._workspace, self._window))

    def ask_for_preferences(self) -> None:
        """Let the user choose the name that the history shows, and where updates come from."""
        from kyodo_desktop.ui.dialogs.preferences import Preferences, PreferencesDialog

        settings = self._shell.settings
        user = os_user()
        name = "" if settings.display_name == user else settings.display_name
        chosen = Preferences(name, settings.update_folder)
        dialog = PreferencesDialog(chosen, user, installed_from(), self._window)
        ask(dialog, lambda: self._set_preferences(dialog.preferences))

    def show_manual(self) -> None:
        """Show the first page of the manual."""
        from kyodo_desktop.ui.manual.window import show_manual

        show_manual("index", self._window)

    def open_logs(self) -> None:
        """Show the folder of the log files."""
        user_log_folder().mkdir(parents=True, exist_ok=True)
        reason = show_in_folder(user_log_folder())
        if reason:
            tell(self._window, "ログの場所", reason)

    def show_about(self) -> None:
        """Show the version and the licences."""
        from kyodo_desktop.ui.dialogs.about import AboutDialog

        ask(AboutDialog(self._window))

    def _set_preferences(self, chosen: Preferences) -> None:
        self._shell.settings.display_name = chosen.display_name
        self._shell.settings.update_folder = chosen.update_folder

    @repeatable
    def _set_plan(self, settings: PlanSettings) -> None:
        with self._editing():
            plan_settings.set_plan_settings(self._workspace, settings)

    @repeatable
    def _set_words(
        self, edit: Callable[..., None], entries: Sequence[Any], replaced_by: Mapping[int, int]
    ) -> None:
        with self._editing():
            edit(self._workspace, entries, replaced_by)
