"""The part of an editor that says what its changes will affect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNCHANGED = "変更すると、影響する範囲がここに表示されます。"


class EffectsBox(QWidget):
    """A few lines that can be read, scrolled and copied."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._text = QPlainTextEdit()
        self._text.setObjectName("effects")
        self._text.setAccessibleName("変更の影響")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(_UNCHANGED)
        self._text.setFixedHeight((lines + 1) * self._text.fontMetrics().lineSpacing())
        caption = Label("変更の影響(&E)")
        caption.setBuddy(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(caption)
        column.addWidget(self._text)

    def show_effects(self, sentences: Iterable[str]) -> None:
        """Say what is affected now."""
        self._text.setPlainText("\n".join(sentences))
