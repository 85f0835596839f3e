"""Buttons that stand for sections: a menu changes their part, the Delete key takes one away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from kyodo_desktop.domain.assigning import Giving
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.ui.editor.form_page import follow_in_tab_order
from kyodo_desktop.ui.flow_layout import FlowLayout
from kyodo_desktop.ui.plain import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

Way = tuple[Role, Giving]


class SectionChip(QPushButton):
    """One section with its part. Its menu has the ways that are offered to change the part."""

    given = Signal(int, object)
    removed = Signal(int, object)

    def __init__(self, ways: Sequence[Way]) -> None:
        super().__init__()
        self._section_id, self._role = 0, Role.LEAD
        self.setAutoDefault(False)
        menu = QMenu(self)
        self._ways = {way: menu.addAction("") for way in ways}
        for way, give in self._ways.items():
            give.triggered.connect(lambda _, way=way: self.given.emit(self._section_id, way))
        menu.addSeparator()
        menu.addAction("外す（Delete）").triggered.connect(self._remove)
        self.setMenu(menu)

    def stand_for(self, section_id: int, role: Role, text: str, offers: Mapping[Way, str]) -> None:
        """Show a section and its part, and offer these ways by their words."""
        self._section_id, self._role = section_id, role
        self.setText(whole(text))
        for way, give in self._ways.items():
            give.setText(offers.get(way, ""))
            give.setVisible(way in offers)

    def _remove(self) -> None:
        self.removed.emit(self._section_id, self._role)

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._remove()
        else:
            super().keyPressEvent(event)


class ChipRow(QWidget):
    """Chips one after the other, which are made when they are needed and used again.

    Where the one with the focus goes, the focus goes to the first, or else to `beside`.
    """

    given = Signal(int, object)
    removed = Signal(int, object)

    def __init__(self, ways: Sequence[Way], beside: QWidget) -> None:
        super().__init__()
        self._ways, self._beside = ways, beside
        self._chips: list[SectionChip] = []
        self._flow = FlowLayout(self)
        self._make(1)

    def show_chips(self, count: int) -> list[SectionChip]:
        """Show so many chips and return them; the caller says what they stand for."""
        had_focus = any(chip.hasFocus() for chip in self._chips)
        self._make(count)
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < count)
        self.setVisible(bool(count))
        if had_focus and not any(chip.hasFocus() for chip in self._chips):
            (self._chips[0] if count else self._beside).setFocus()
        return self._chips[:count]

    def _make(self, count: int) -> None:
        while len(self._chips) < count:
            chip = SectionChip(self._ways)
            chip.given.connect(self.given)
            chip.removed.connect(self.removed)
            self._flow.addWidget(chip)
            if self._chips:
                follow_in_tab_order(self._chips[-1], [chip])
            self._chips.append(chip)
