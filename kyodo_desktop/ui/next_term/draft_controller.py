"""The draft that the page is about: its two sides change it, and follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal

from kyodo_desktop.domain.errors import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.next_term.draft import Draft


Given = ParamSpec("Given")


class DraftController(QObject):
    """Keeps the present draft; tells when there is another one, or why there is none."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.is_touched = False

    def do(
        self,
        edit: Callable[Concatenate[Draft, Given], Draft],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> None:
        """Carry out an edit of the draft."""
        try:
            draft = edit(self.draft, *given, **named)
        except PlanError as error:
            self.refused.emit(error.message)
        else:
            self._take(draft)

    def add(
        self,
        edit: Callable[Concatenate[Draft, Given], tuple[Draft, int]],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> int | None:
        """Carry out an edit that adds a node, and return the node."""
        try:
            draft, node = edit(self.draft, *given, **named)
        except PlanError as error:
            self.refused.emit(error.message)
            return None
        self._take(draft)
        return node

    def _take(self, draft: Draft) -> None:
        self.draft, self.is_touched = draft, True
        self.changed.emit()
