"""The commands about the program itself: what it knows of its user, its manual, its logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.os_user import os_user
from kyodo_desktop.paths import installed_from, user_log_folder
from kyodo_desktop.ui import asking, outside, shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.ui.program.dialogs import Preferences


class ProgramCommands(shell.Commands):
    """環境設定, and what is in the menu ヘルプ but for newer versions."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "preferences": self.ask_for_preferences,
            "manual": self.show_manual,
            "keys": self.show_keys,
            "open_logs": self.open_logs,
            "about": self.show_about,
        }

    def ask_for_preferences(self) -> None:
        """Let the user choose the name that the history shows, and where updates come from."""
        from kyodo_desktop.ui.program.dialogs import Preferences, PreferencesDialog
        from kyodo_desktop.updating import policy

        settings = self._shell.settings
        user = os_user()
        name = "" if settings.display_name == user else settings.display_name
        chosen = Preferences(name, settings.update_folder)
        dialog = PreferencesDialog(
            chosen, user, installed_from(), self._window, policy=policy.present()
        )
        asking.ask(dialog, lambda: self._set_preferences(dialog.preferences))

    def show_manual(self) -> None:
        """Show the page of the manual that tells of what has the focus."""
        from kyodo_desktop.ui.program.manual import show_manual
        from kyodo_desktop.ui.program.manual_pages import page_for

        show_manual(page_for(self._window.focusWidget() or self._window), self._window)

    def show_keys(self) -> None:
        """Show all commands with their keys, on one page."""
        from kyodo_desktop.ui.program.manual import show_manual
        from kyodo_desktop.ui.program.manual_pages import KEYS

        show_manual(KEYS, self._window)

    def open_logs(self) -> None:
        """Show the folder of the log files."""
        user_log_folder().mkdir(parents=True, exist_ok=True)
        reason = outside.show_in_folder(user_log_folder())
        if reason:
            asking.show_warning(self._window, "ログの場所", reason)

    def show_about(self) -> None:
        """Show the version and the licences."""
        from kyodo_desktop.ui.program.dialogs import AboutDialog

        asking.ask(AboutDialog(self._window))

    def _set_preferences(self, chosen: Preferences) -> None:
        self._shell.settings.display_name = chosen.display_name
        self._shell.settings.update_folder = chosen.update_folder
