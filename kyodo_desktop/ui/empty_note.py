"""A sentence in a list that is empty: what will stand there, and how it comes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

_MARGIN = 16


class EmptyNote(Label):
    """Stands in the middle of a view while that has no rows, and is read out with it.

    `is_empty` is for a view that hides rows, which then calls `look` when it has; a view
    that gets another model calls `follow`.
    """

    def __init__(
        self, view: QAbstractItemView, text: str, is_empty: Callable[[], bool] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("empty_note")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = view
        self._is_empty = is_empty or self._has_no_rows
        column = QVBoxLayout(view.viewport())
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(self)
        self.setText(text)
        self.follow()

    def say(self, text: str) -> None:
        """Say something else of the empty list; an empty text is nothing."""
        self.setText(text)
        self.look()

    def follow(self) -> None:
        """Follow the model that the view has now."""
        model = self._view.model()
        if model is not None:
            for signal in (
                model.modelReset,
                model.rowsInserted,
                model.rowsRemoved,
                model.layoutChanged,
            ):
                signal.connect(self.look)
        self.look()

    def look(self) -> None:
        """Come or go as there are rows or none."""
        shown = bool(self.text()) and self._is_empty()
        self.setVisible(shown)
        self._view.setAccessibleDescription(self.text() if shown else "")

    def _has_no_rows(self) -> bool:
        model = self._view.model()
        return model is None or not model.rowCount()
