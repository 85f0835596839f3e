"""The header of the preview: above each column a box that says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QWidget

from kyodo_desktop.domain.pasting.columns import PasteColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

_MARGIN = 2


class ColumnHeader(QHeaderView):
    """Holds a box for each column, as wide as the column."""

    chosen = Signal()

    def __init__(self, columns: int, action_word: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._boxes = [self._box(place, action_word) for place in range(columns)]
        for signal in (self.sectionResized, self.geometriesChanged):
            signal.connect(self._lay_out)

    @property
    def columns(self) -> list[PasteColumn]:
        """What is chosen for each column."""
        return [PasteColumn(box.currentData()) for box in self._boxes]

    def choose(self, columns: Sequence[PasteColumn]) -> None:
        """Show a choice, of which nobody is told."""
        for box, column in zip(self._boxes, columns, strict=True):
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(column.value))
            box.blockSignals(False)

    # Qt's interface

    def sizeHint(self) -> QSize:
        heights = [box.sizeHint().height() for box in self._boxes]
        return QSize(super().sizeHint().width(), max(heights, default=0) + 2 * _MARGIN)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()

    def _box(self, place: int, action_word: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(f"column_{place}")
        box.setAccessibleName(f"{place + 1}列目の内容")
        words = {PasteColumn.TITLE: action_word, PasteColumn.NUMBER: "番号（自動）"}
        for column in PasteColumn:
            box.addItem(words.get(column, column.value), column.value)
        box.currentIndexChanged.connect(self.chosen)
        return box

    def _lay_out(self) -> None:
        for place, box in enumerate(self._boxes):
            left = self.sectionViewportPosition(place)
            box.setGeometry(left, _MARGIN, self.sectionSize(place), self.height() - 2 * _MARGIN)
            box.show()
