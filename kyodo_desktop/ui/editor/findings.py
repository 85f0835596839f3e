"""要確認 of the action that is shown, as the last line of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyodo_desktop.ui.widgets import forms, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence


class FindingLine(QWidget):
    """The first finding and how many there are, in one line; 開く leads to all of them."""

    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("finding_line")
        self._count = forms.roled(plain.Label(), "secondary")
        self._count.setObjectName("finding_count")
        self._text = plain.ElidedLabel()
        self._text.setObjectName("finding_text")
        self._open = forms.push_button("開く", "open_findings", self.open_requested.emit)
        self._open.setProperty("role", "link")
        self._open.setAccessibleName("要確認を点検で開く")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._count)
        row.addWidget(self._text, 1)
        row.addWidget(self._open)
        self.setVisible(False)

    @property
    def parts(self) -> list[QWidget]:
        """What the Tab key can come to."""
        return [self._open]

    def show_findings(self, messages: Sequence[str]) -> None:
        """Show what is to be looked at, in sentences."""
        self._count.setText(f"要確認 {len(messages):,}")
        self._text.setText(messages[0] if messages else "")
        self._text.add_to_tooltip("\n".join(messages[1:]))
        self.setVisible(bool(messages))
