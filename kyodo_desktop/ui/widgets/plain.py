"""Shows the words of a plan, of a file or of a person as they are, and never as markup.

Qt guesses: a label, a tooltip or a message that looks like HTML becomes HTML, and its pictures
are fetched, from another computer too. So these classes are the program's only ones, and rich
text is there only where `rich_label` or a `RichView` asks for it, with its words escaped.
"""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QByteArray, QSize, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    Qt,
)
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QTextBrowser,
    QWidget,
)

from kyodo_desktop.domain.texts import with_signs

_CHANCE = "\u200b"  # where a line may end; it takes no room
_CLOSED = (
    "(?P<run>[^\\s\u3040-\u30fa\u3400-\u9fff{}]{{10}})(?=\\S)"  # letters without such a place
)
_LONG = re.compile(_CLOSED.format(""))
_LONG_IN_MARKUP = re.compile(f"<[^>]*>|&#?\\w+;|{_CLOSED.format('<&')}")


class Label(QLabel):
    """Shows plain text. The field that its key leads to is read out by it, if it has no name.

    A wrapping label ends its lines within a long word too, where Qt would let the word run out
    of the room or make the room wider. `text` and what is copied are the text that was given.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def text(self) -> str:
        return super().text().replace(_CHANCE, "")

    def setText(self, text: str) -> None:
        shown = with_signs(text)
        if self.wordWrap():
            is_plain = self.textFormat() == Qt.TextFormat.PlainText
            shown = (_LONG if is_plain else _LONG_IN_MARKUP).sub(_with_chance, shown)
        super().setText(shown)

    def setWordWrap(self, on: bool) -> None:
        super().setWordWrap(on)
        self.setText(self.text())

    def setBuddy(self, buddy: QWidget) -> None:
        super().setBuddy(buddy)
        if not buddy.accessibleName():
            buddy.setAccessibleName(spoken(self.text()))

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self._has_chances():
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not (self._has_chances() and self.hasSelectedText()):
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("コピー\tCtrl+C").triggered.connect(self._copy)
        menu.popup(event.globalPos())

    def _has_chances(self) -> bool:
        return _CHANCE in super().text()

    def _copy(self) -> None:
        words = self.selectedText().replace(_CHANCE, "").replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(words.replace("\u2028", "\n"))


def _with_chance(found: re.Match[str]) -> str:
    return found[0] if found["run"] is None else f"{found[0]}{_CHANCE}"


def spoken(label: str) -> str:
    """Return the words of a label without the key and the colon that only the eye needs."""
    return re.sub(r"\(&.\)|&(?=.)", "", label).rstrip("：:…")


class ElidedLabel(Label):
    """Shows as much of one line as there is room for, and the whole in its tooltip."""

    def __init__(self, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        self._mode, self._note = mode, ""
        super().__init__()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._hint()

    def add_to_tooltip(self, note: str) -> None:
        """Say this in the tooltip as well."""
        self._note = note
        self._hint()

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self._elided())

    def _elided(self) -> str:
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def _hint(self) -> None:
        cut_off = self.text() if self._elided() != self.text() else ""
        self.setToolTip(tip("\n".join(filter(None, (cut_off, self._note)))))


class ElidedButton(QPushButton):
    """A button that may be narrower than its words: it ends them with …, and the tooltip is whole.

    Its own tooltip, if it has one, stays.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text, autoDefault=False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip(text.replace("&&", "&")))

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 4 * hint.height()), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        inside = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(inside, option, self).width()
        option.text = self.fontMetrics().elidedText(
            option.text, Qt.TextElideMode.ElideRight, room, Qt.TextFlag.TextShowMnemonic
        )
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)


def rich_label(markup: str = "") -> Label:
    """Return a label that shows markup, in which the words of others are escaped."""
    label = Label()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(markup)
    return label


class MessageBox(QMessageBox):
    """Says or asks something in plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    @classmethod
    def saying(
        cls, icon: QMessageBox.Icon, title: str, text: str, parent: QWidget | None
    ) -> MessageBox:
        """Return a box that only says something."""
        box = cls(parent)
        box.setIcon(icon)
        box.setWindowTitle(title)
        box.setText(text)
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        return box

    def setText(self, text: str) -> None:
        super().setText(with_signs(text))

    def setInformativeText(self, text: str) -> None:
        super().setInformativeText(with_signs(text))


class Question(MessageBox):
    """Offers one answer beside the way back; `accepted` comes only with the answer."""

    def __init__(
        self,
        icon: QMessageBox.Icon,
        title: str,
        text: str,
        details: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setIcon(icon)
        self.setWindowTitle(title)
        self.setText(text)
        self.setInformativeText(details)

    def offer(
        self,
        answer: str,
        name: str,
        back: str | QMessageBox.StandardButton = QMessageBox.StandardButton.Cancel,
        *,
        by_default: bool = False,
    ) -> None:
        """Add the two buttons. Esc goes back, and so does Enter unless `by_default`."""
        yes = self.addButton(answer, QMessageBox.ButtonRole.AcceptRole)
        yes.setObjectName(name)
        if isinstance(back, str):
            no = self.addButton(back, QMessageBox.ButtonRole.RejectRole)
        else:
            no = self.addButton(back)
        self.setDefaultButton(yes if by_default else no)
        self.setEscapeButton(no)


class LinkedView(QTextBrowser):
    """Lets Tab go from link to link and on, and Shift+Tab back and out again."""

    # Qt's interface

    def focusNextPrevChild(self, onward: bool) -> bool:
        # Qt would stay for ever at a link with which the text begins.
        if not onward and not self.textCursor().selectionStart():
            return QWidget.focusNextPrevChild(self, onward)
        return super().focusNextPrevChild(onward)


class RichView(LinkedView):
    """Shows markup, in which the words of others are escaped, and fetches nothing for it."""

    def setHtml(self, text: str) -> None:
        super().setHtml(with_signs(text))

    def setPlainText(self, text: str) -> None:
        super().setPlainText(with_signs(text))

    # Qt's interface

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        return QByteArray()  # with None the document would look for a file itself


def tip(text: str) -> str:
    """Return the text of a tooltip such that Qt shows it as it is."""
    text = with_signs(text)
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def whole(text: str) -> str:
    """Return a text for a button, a menu or a tab, of which no letter becomes a mnemonic."""
    return with_signs(text).replace("&", "&&")
