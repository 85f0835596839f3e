"""Buttons of which any number can be down: the 主体 or the 基本原則 of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from kyodo_desktop.ui.editor.form_page import follow_in_tab_order
from kyodo_desktop.ui.flow_layout import FlowLayout
from kyodo_desktop.ui.plain import tip, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_LONGEST = 16  # characters of a name that a button shows


class Toggles(QWidget):
    """Offers values by their names and tells which one the user switched on or off."""

    toggled = Signal(int, bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._offered: Sequence[tuple[int, str]] = ()
        self._buttons: list[QPushButton] = []
        self._row = FlowLayout(self)
        self._make_buttons(1)

    @property
    def entry(self) -> QWidget:
        """The first button."""
        return self._buttons[0]

    def offer(self, values: Sequence[tuple[int, str]]) -> None:
        """Offer these values, in this order."""
        if values == self._offered:
            return
        self._offered = values
        self._make_buttons(len(values))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(values))
        for (_, name), button in zip(values, self._buttons, strict=False):
            short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
            button.setText(whole(short))
            button.setToolTip(tip(name))
            button.setAccessibleName(name)

    def show_chosen(self, chosen: Collection[int]) -> None:
        """Show which of them are chosen."""
        for (value, _), button in zip(self._offered, self._buttons, strict=False):
            button.setChecked(value in chosen)

    def _make_buttons(self, count: int) -> None:
        while len(self._buttons) < count:
            place = len(self._buttons)
            button = QPushButton()
            button.setObjectName(f"{self.objectName()}_{place + 1}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda on, place=place: self._tell(place, on))
            self._row.addWidget(button)
            if self._buttons:
                follow_in_tab_order(self._buttons[-1], [button])
            self._buttons.append(button)

    def _tell(self, place: int, on: bool) -> None:
        self.toggled.emit(self._offered[place][0], on)
