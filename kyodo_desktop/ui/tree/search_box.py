"""The search box: Esc empties it, Enter and the down arrow go on to what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from kyodo_desktop.ui.widgets.text_fields import LineField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class SearchBox(LineField):
    """A line edit whose text is a query."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText("検索（番号・名称・進捗・備考）")
        self.setAccessibleName("検索")
        self.setClearButtonEnabled(True)

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
