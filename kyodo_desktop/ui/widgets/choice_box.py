"""A list to choose from which nobody changes by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import QWheelEvent


UNDECIDED: tuple[Hashable, str] = (None, "（未定）")
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_WHEN_TYPING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class ChoiceBox(QComboBox):
    """Offers values by their labels and tells which one the user picked."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._offered: Sequence[tuple[Hashable, str]] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda place: self.picked.emit(self._offered[place][0]))

    def offer(self, values: Sequence[tuple[Hashable, str]]) -> None:
        """Offer other values than before."""
        if values != self._offered:
            self._offered = values
            self.clear()
            self.addItems([label for _, label in values])

    def value(self) -> Hashable:
        """Return the chosen value, None where nothing is chosen."""
        place = self.currentIndex()
        return None if place < 0 else self._offered[place][0]

    def show_value(self, value: Hashable) -> None:
        """Show the value as the chosen one; nothing is chosen where it is not offered."""
        places = [place for place, (each, _) in enumerate(self._offered) if each == value]
        place = places[0] if places else -1
        if place != self.currentIndex():
            self.setCurrentIndex(place)

    # Qt's interface

    def event(self, event: QEvent) -> bool:
        # What is typed looks for a value: a digit is not the key of a status here.
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and _is_typed(event):
            event.accept()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        # Qt measures the ink, without the empty half of a wide bracket: 「（未定）」 was cut off.
        metrics = self.fontMetrics()
        labels = [label for _, label in self._offered]
        ink = max((metrics.boundingRect(each).width() for each in labels), default=0)
        whole = max(map(metrics.horizontalAdvance, labels), default=0)
        return super().sizeHint() + QSize(max(0, whole - ink), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # Qt keeps that of the first choices

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt would pick at once, out of a list that nobody sees.
        is_typed = not self.isEditable() and _is_typed(event)
        is_move = event.key() in _STEPS or (not self.isEditable() and event.key() in _ENDS)
        if is_typed or is_move:
            self.showPopup()
        if is_typed:
            self.view().keyboardSearch(event.text())
        elif not is_move:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls


def _is_typed(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~_WHEN_TYPING
    return not held and bool(event.text().strip()) and event.text().isprintable()
