"""The search box, which the toolbar shows; what is typed into it limits the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton

from kyodo_desktop.ui.widgets import appearance, inputs, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_WIDTH, _LEAST, _HEIGHT = 296, 160, 32


class SearchBox(inputs.LineField):
    """A line edit whose text is a query; Enter goes from one hit to the next."""

    left = Signal()  # down, into what was found
    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText("検索　番号・名称・進捗・備考（Ctrl+F）")
        self.setAccessibleName("検索")
        self.setClearButtonEnabled(True)
        self._lens = self.addAction(
            appearance.icon("search"), QLineEdit.ActionPosition.LeadingPosition
        )
        for button in self.findChildren(QToolButton):
            if not button.accessibleName():
                button.setAccessibleName("検索")  # the lens
        theme.notifier().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._lens.setIcon(appearance.icon("search"))
        self.setFixedHeight(theme.px(_HEIGHT))
        self.setMinimumWidth(theme.px(_LEAST))
        self.setMaximumWidth(theme.px(_WIDTH))

    # Qt's interface

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Down:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)
