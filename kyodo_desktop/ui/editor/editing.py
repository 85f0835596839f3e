"""What all parts of the editor share: the plan that they change, and what could not be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyodo_desktop.domain.errors import GoneError, PlanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.editor.live_text import LiveText

    SaveText = Callable[[Workspace, int, str], None]


class Editing(QObject):
    """Carries the edits of one open plan to the services and their refusals to the window.

    `texts` are all fields of the editor. `drafts` holds texts that could not be saved and
    whose field shows another row by now.
    """

    failed = Signal(str)
    jump_requested = Signal(int)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.texts: list[LiveText] = []
        self.drafts: dict[tuple[SaveText, int], str] = {}

    @property
    def outline(self) -> Outline:
        return self.workspace.outline

    @property
    def is_open(self) -> bool:
        """Tell whether the plan may be edited."""
        return not self.workspace.read_only_because

    @property
    def is_round_open(self) -> bool:
        """Tell whether the progress of the round that is shown may be edited."""
        shown = self.outline.round
        return self.is_open and shown is not None and shown.closed_at is None

    def do(self, edit: Callable[..., object], *arguments: object) -> bool:
        """Carry out a service; where it refuses, the window is told why."""
        try:
            edit(self.workspace, *arguments)
        except PlanError as error:
            self.failed.emit(error.message)
            return False
        return True

    def commit(self) -> bool:
        """Save all text that is being typed; False when some of it cannot be saved."""
        unsaved = [text for text in self.texts if not text.commit()]
        for text in unsaved:
            if text.error.isVisible():  # once: not again for a page that was left with it
                self.failed.emit(text.error.text())
        return self.save_drafts() and not unsaved

    def save_drafts(self) -> bool:
        """Try again to save the drafts and tell whether none is left; those of deleted rows go."""
        for (save, row_id), text in tuple(self.drafts.items()):
            try:
                save(self.workspace, row_id, text)
            except GoneError:
                pass
            except PlanError:
                continue
            self.drafts.pop((save, row_id), None)
        return not self.drafts
