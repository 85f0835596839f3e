"""要確認 of the action that is shown, as the last lines of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyodo_desktop.ui.widgets import forms, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 3  # lines; the tab 点検 has all of them


class FindingLines(QWidget):
    """A line for each of the first findings; 開く leads to all of them."""

    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("finding_lines")
        self._shown: list[str] = []
        self._texts = [_wrapping(f"finding_{place + 1}") for place in range(_MOST)]
        self._open = forms.push_button("開く", "open_findings", self.open_requested.emit)
        self._open.setProperty("role", "link")
        self._open.setAccessibleName("要確認を点検で開く")
        lines = QVBoxLayout()
        for text in self._texts:
            lines.addWidget(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(forms.roled(plain.Label("要確認"), "secondary"), 0, _TOP)
        row.addLayout(lines, 1)
        row.addWidget(self._open, 0, _TOP)
        self.setVisible(False)

    def show_findings(self, messages: Sequence[str]) -> None:
        """Show what is to be looked at, in sentences."""
        if list(messages) == self._shown:
            return
        self._shown = list(messages)
        further = len(self._shown) - _MOST
        for place, label in enumerate(self._texts):
            has_more = place == _MOST - 1 and further > 0
            text = self._shown[place] if place < len(self._shown) else ""
            label.setText(f"{text}　ほか{further:,}件" if has_more else text)
            label.setVisible(bool(text))
        self.setVisible(bool(self._shown))


_TOP = Qt.AlignmentFlag.AlignTop


def _wrapping(name: str) -> plain.Label:
    label = plain.Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
