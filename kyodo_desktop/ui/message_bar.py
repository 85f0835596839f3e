"""A line above the work that says what was done or not done, until it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from kyodo_desktop.ui.icons import icon

_SIGN = 16


class MessageBar(QFrame):
    """Shows one message at a time; a standing one comes back when a passing one is closed."""

    jump_requested = Signal(int)  # the node that a link in a message leads to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._standing = ""
        self._text = QLabel()
        self._text.setObjectName("message")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._text.linkActivated.connect(lambda link: self.jump_requested.emit(int(link)))
        self._sign = QLabel()
        self._close = QToolButton()
        self._close.setIcon(icon("clear"))
        self._close.setAutoRaise(True)
        self._close.setToolTip("このお知らせを閉じる")
        self._close.setAccessibleName("お知らせを閉じる")
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty when the bar is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def stand(self, text: str) -> None:
        """Show a message for as long as the plan is open; an empty one ends it."""
        self._standing = text
        self._show(text, "warning")

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say what did not go as wished, until it is closed or something else is done."""
        self._show(text, "warning")

    def inform(self, text: str) -> None:
        """Say what was done, as long."""
        self._show(text, "saved")

    def inform_with_links(self, markup: str) -> None:
        """Say what was done in rich text, whose links lead to nodes of the tree."""
        self._show(markup, "saved", Qt.TextFormat.RichText)

    @Slot()
    def clear(self) -> None:
        """Take the passing message away."""
        if not self.isHidden():
            self._show(self._standing, "warning")

    def _show(self, text: str, sign: str, form: Qt.TextFormat = Qt.TextFormat.PlainText) -> None:
        self._text.setTextFormat(form)
        self._text.setText(text)
        self._sign.setPixmap(icon(sign).pixmap(_SIGN))
        self._close.setVisible(text != self._standing)
        self.setVisible(bool(text))
