"""The line that says how the book is read as a whole, and offers the other ways to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kyodo_desktop.ui.widgets.inputs import ChoiceBox
from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.ui.importing.found_in import ReadingChoice


class ReadingChooser(QWidget):
    """Tells which reading is wanted. It stays at the last one while parts of it are changed."""

    reading_chosen = Signal(object)  # a Mapping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._readings: Sequence[ReadingChoice] = ()
        self.box = _WideChoice()
        self.box.setObjectName("readings")
        self.box.setEnabled(False)
        self.box.picked.connect(self._tell)
        caption = Label("読み取りの候補(&Q)")
        caption.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(caption)
        row.addWidget(self.box, 1)

    def show_readings(self, readings: Sequence[ReadingChoice], present: Mapping | None) -> None:
        """Offer these, of which `present` is chosen if it is one of them."""
        before = self.box.currentIndex()
        self._readings = readings
        self.box.offer([(nth, _words(each)) for nth, each in enumerate(readings)])
        chosen = [nth for nth, each in enumerate(readings) if _is_same(each.mapping, present)]
        if chosen:
            self.box.show_value(chosen[0])
        elif 0 <= before < len(readings):
            self.box.show_value(before)
        self.box.setEnabled(len(readings) > 1)
        self.box.setToolTip(tip(self.box.currentText()))

    def _tell(self, nth: int) -> None:
        self.box.setToolTip(tip(self.box.currentText()))
        self.reading_chosen.emit(self._readings[nth].mapping)


class _WideChoice(ChoiceBox):
    """Takes the room there is: a long name must not make the page wider than the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        return QSize(1, super().minimumSizeHint().height())


def _words(reading: ReadingChoice) -> str:
    name = reading.mapping.levels[-1][0] if reading.mapping.levels else "実行計画"
    count = "" if reading.actions is None else f"　…　{name} {reading.actions:,}件"
    return f"{reading.label}{count}"


def _is_same(one: Mapping, other: Mapping | None) -> bool:
    return other is not None and one == other._replace(title=one.title)
