"""A word and a bar that tell what the page is doing."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from kyodo_desktop.ui.widgets.plain import Label

_WIDTH = 90


class BusyLine(QWidget):
    """Takes no room while nothing is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(_WIDTH)
        self._bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text = Label()
        self._text.setObjectName("state")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._bar)
        row.addWidget(self._text)
        self.hide()

    def begin(self, text: str) -> None:
        """Say what is done; how long it takes is unknown so far."""
        self._text.setText(text)
        self._bar.setRange(0, 0)
        self.show()

    def advance(self, done: int, total: int) -> None:
        """Say how much is done."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
