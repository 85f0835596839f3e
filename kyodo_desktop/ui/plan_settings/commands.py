"""The commands that change what the plan says of itself, and the lists it chooses from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.services import plan_settings, vocabularies
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.services.plan_settings import PlanSettings


class PlanSettingsCommands(shell.Commands):
    """計画の設定, 状態の区分, 今後の方向性の区分, 担当課の一覧."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "plan_settings": self.ask_for_plan_settings,
            "statuses": self.ask_for_statuses,
            "directions": self.ask_for_directions,
            "sections": self.show_sections,
        }

    def ask_for_plan_settings(self, above: QWidget | None = None) -> None:
        """Let the user edit the plan's own texts and its levels."""
        from kyodo_desktop.ui.plan_settings.dialog import PlanSettingsDialog

        workspace = self._workspace
        dialog = PlanSettingsDialog(
            workspace.outline,
            vocabularies.uses_of_actors(workspace),
            vocabularies.uses_of_principles(workspace),
            above or self._window,
        )
        asking.ask(dialog, lambda: self._set_plan(dialog.settings))

    def ask_for_statuses(self) -> None:
        """Let the user edit the marks of 進捗状況 and what they mean."""
        from kyodo_desktop.ui.plan_settings.vocabulary import statuses_dialog

        workspace = self._workspace
        dialog = statuses_dialog(
            workspace.outline, vocabularies.uses_of_statuses(workspace), self._window
        )
        asking.ask(
            dialog,
            lambda: self._set_words(vocabularies.set_statuses, dialog.entries, dialog.replaced_by),
        )

    def ask_for_directions(self) -> None:
        """Let the user edit the choices of 今後の方向性."""
        from kyodo_desktop.ui.plan_settings.vocabulary import directions_dialog

        workspace = self._workspace
        dialog = directions_dialog(
            workspace.outline, vocabularies.uses_of_directions(workspace), self._window
        )
        asking.ask(
            dialog,
            lambda: self._set_words(
                vocabularies.set_directions, dialog.entries, dialog.replaced_by
            ),
        )

    def show_sections(self) -> None:
        """Show the list of sections, which is edited at once."""
        from kyodo_desktop.ui.plan_settings.sections import SectionsDialog

        asking.ask(SectionsDialog(self._workspace, self._window))

    def _set_plan(self, settings: PlanSettings) -> None:
        with self._asked_edit():
            plan_settings.set_plan_settings(self._workspace, settings)

    def _set_words(
        self, edit: Callable[..., None], entries: Sequence[Any], replaced_by: Mapping[int, int]
    ) -> None:
        with self._asked_edit():
            edit(self._workspace, entries, replaced_by)
