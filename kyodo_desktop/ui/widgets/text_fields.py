"""The two kinds of text field, with what keeping them in step with the plan needs of both."""

from __future__ import annotations

import re
from math import ceil

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SEPARATORS = re.compile("[\u2028\u2029]")
_MARGIN = 3  # as in a field of one line


class LineField(QLineEdit):
    """A field of one line."""

    def typed(self) -> str:
        return self.text()

    def put(self, text: str) -> None:
        """Show the text as the state to which the field's own undo leads back."""
        place = self.cursorPosition()
        if text != self.text() or self.isUndoAvailable():
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))

    def retype(self, text: str) -> None:
        """Put the text in the place of all that is there, as if it had been typed."""
        self.selectAll()
        self.insert(text)

    def to_start(self) -> None:
        self.setCursorPosition(0)

    def can_undo(self) -> bool:
        return self.isUndoAvailable()

    def can_redo(self) -> bool:
        return self.isRedoAvailable()

    # Qt's interface

    def setReadOnly(self, on: bool) -> None:
        if on != self.isReadOnly():
            super().setReadOnly(on)
            _give_ground(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isReadOnly():
            _give_ground(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_for_others(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class GrowingText(QPlainTextEdit):
    """A field of several lines which is always as high as its text."""

    def __init__(self, *, lines: int = 1) -> None:
        super().__init__()
        self._fewest = lines
        self.document().setDocumentMargin(_MARGIN)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.cursorPositionChanged.connect(lambda: QTimer.singleShot(0, self, self._follow))
        self._fit()

    def typed(self) -> str:
        # `toPlainText` would turn every no-break space into a plain one
        return _SEPARATORS.sub("\n", self.document().toRawText())

    def put(self, text: str) -> None:
        """Show the text as the state to which the field's own undo leads back."""
        if text != self.typed():
            cursor = self.textCursor()
            place = cursor.position()
            self.setPlainText(text)
            cursor.setPosition(min(place, len(text)))
            self.setTextCursor(cursor)
        elif self.document().isUndoAvailable():
            self.document().clearUndoRedoStacks()

    def retype(self, text: str) -> None:
        """Put the text in the place of all that is there, as if it had been typed."""
        self.selectAll()
        self.insertPlainText(text)

    def to_start(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def can_undo(self) -> bool:
        return self.document().isUndoAvailable()

    def can_redo(self) -> bool:
        return self.document().isRedoAvailable()

    # Qt's interface

    def setReadOnly(self, on: bool) -> None:
        if on == self.isReadOnly():
            return
        super().setReadOnly(on)
        _give_ground(self)
        if on:  # Qt leaves out the keyboard
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isReadOnly():
            _give_ground(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_for_others(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def _fit(self) -> None:
        margin, block = self.document().documentMargin(), self.document().firstBlock()
        height = self._fewest * self.fontMetrics().lineSpacing() + margin
        needed = 0.0
        while block.isValid():
            needed += self.blockBoundingRect(block).height()  # the last one's with its margin
            block = block.next()
        height = ceil(max(height, needed) + margin) + 1  # without which Qt scrolls by a line
        self.setFixedHeight(height + 2 * self.frameWidth())

    def _follow(self) -> None:
        """Keep the cursor in sight while the text grows over the edge of the page."""
        area = page_around(self)
        content = area.widget() if area else None
        if area and content and self.hasFocus():
            cursor = self.cursorRect()
            place = self.viewport().mapTo(content, cursor.center())
            area.ensureVisible(place.x(), place.y(), 0, cursor.height())


TextField = LineField | GrowingText


def _is_for_others(event: QKeyEvent) -> bool:
    """Tell a key with Alt, for which Qt would write a letter that nothing else is called by.

    Those around the field move its line with the cursor keys.
    """
    return event.modifiers() & ~_KEYPAD == Qt.KeyboardModifier.AltModifier


def _give_ground(field: TextField) -> None:
    """Let a field that is read only look like its page, with its text in full ink."""
    palette, ground = QPalette(), QApplication.palette().window()
    if field.isReadOnly():
        if field.palette().base() == ground:
            return  # else each palette would bring about the next one
        palette.setBrush(QPalette.ColorRole.Base, ground)
    field.setPalette(palette)


def page_around(field: QWidget) -> QScrollArea | None:
    """Return the page that scrolls with the field in it."""
    above: QWidget | None = field.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
