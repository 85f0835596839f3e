"""The line that says how the book is read as a whole, and offers the other ways to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kyodo_desktop.ui.importing.found_in import ReadingChoice
from kyodo_desktop.ui.widgets.inputs import ChoiceBox
from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.mapping import Mapping


_CHANGED = "（設定を変更）"


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

    def show_readings(
        self, readings: Sequence[ReadingChoice], present: Mapping | None, actions: int = 0
    ) -> None:
        """Offer these; by `present`, which is one of them or was changed, `actions` are found."""
        before = self.box.currentIndex()
        self._readings = readings
        same = [nth for nth, each in enumerate(readings) if _is_same(each.mapping, present)]
        chosen = same[0] if same else before if before < len(readings) else -1
        words = list(map(_words, readings))
        if chosen >= 0 and present is not None and not same:
            changed = ReadingChoice(f"{readings[chosen].label}{_CHANGED}", present, actions)
            words[chosen] = _words(changed)
        self.box.offer(list(enumerate(words)))
        self.box.show_value(chosen if chosen >= 0 else 0)
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
