"""A label of a few lines: what does not fit in is left out, and can be read elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QTextDocumentFragment

from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LINES = 3
_ANY = 100_000
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class ClippedLabel(Label):
    """Shows up to three lines of a plain text; markup, which is our own, is shown whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.whole_text = self.spoken = ""
        self.is_clipped = False
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)

    def show_whole(self, text: str, form: Qt.TextFormat = Qt.TextFormat.PlainText) -> None:
        """Take a text; `fit` shows it."""
        self.setTextFormat(form)
        self.setText(text)
        self.whole_text = self.text()
        is_rich = form == Qt.TextFormat.RichText
        self.spoken = (
            QTextDocumentFragment.fromHtml(self.whole_text).toPlainText()
            if is_rich
            else self.whole_text
        )

    def fit(self, width: int) -> None:
        """Take the size that the text needs, but not more than a width and three lines."""
        self.is_clipped = False
        if self.textFormat() == Qt.TextFormat.RichText:
            self.setWordWrap(False)
            width = min(width, self.sizeHint().width())
            self.setWordWrap(True)
            self.resize(width, self.heightForWidth(width))
            return
        natural = self._size(self.whole_text, _ANY)
        self.setWordWrap(natural.width() > width)
        lines = "\n".join("国" * _LINES)
        most = self._size(lines, _ANY).height() + self.fontMetrics().descent()
        text = self.whole_text
        if self._size(text, width).height() > most:
            self.is_clipped = True
            text = self._cut(width, most)
        self.setText(text)
        size = self._size(text, width)
        self.resize(min(size.width() + 1, width), size.height())

    def _cut(self, width: int, most: int) -> str:
        fits, beyond = 0, len(self.whole_text)
        while beyond - fits > 1:
            middle = (fits + beyond) // 2
            cut = self.whole_text[:middle].rstrip() + "…"
            if self._size(cut, width).height() > most:
                beyond = middle
            else:
                fits = middle
        return self.whole_text[:fits].rstrip() + "…"

    def _size(self, text: str, width: int) -> QSize:
        room = QRect(0, 0, width, _ANY)
        return self.fontMetrics().boundingRect(room, int(_WRAP), text).size()
