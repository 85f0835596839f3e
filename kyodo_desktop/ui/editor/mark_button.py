"""The mark of one line, and the menu that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QMenu, QPushButton, QStyle

from kyodo_desktop.ui.colours import legible
from kyodo_desktop.ui.plain import tip, whole

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan import Status
    from kyodo_desktop.ui.editor.editing import Editing

_NO_MARK, _NO_STATUS = "－", "未記入"


class MarkButton(QPushButton):
    """Shows a mark in its colour and tells which status the user wants, None for 未記入.

    The menu offers the section that the line is from as well, where the plan has sections.
    """

    picked = Signal(object)
    section_picked = Signal(object)

    def __init__(self, editing: Editing, what: str) -> None:
        super().__init__()
        self._editing = editing
        self._what = what
        self.setAutoDefault(False)
        arrow = self.style().pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator)
        self.setFixedWidth(2 * self.fontMetrics().horizontalAdvance("あ") + arrow)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def show_status(self, status: Status | None) -> None:
        """Show the status as the present one."""
        word = status.label if status else _NO_STATUS
        self.setText(status.symbol if status else _NO_MARK)
        self.setToolTip(tip(f"この行の状態：{word}"))
        self.setAccessibleName(f"{self._what}：{word}")
        palette = QPalette()
        if status:
            ink = legible(status.colour, palette.color(QPalette.ColorRole.Button))
            palette.setColor(QPalette.ColorRole.ButtonText, ink)  # disabled as well: it is so
        self.setPalette(palette)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for status in self._editing.outline.statuses.values():
            entry = menu.addAction(whole(status.word))
            entry.triggered.connect(lambda _, status_id=status.id: self.picked.emit(status_id))
        menu.addSeparator()
        menu.addAction(f"{_NO_MARK} {_NO_STATUS}").triggered.connect(
            lambda: self.picked.emit(None)
        )
        if self._editing.outline.sections:
            self._offer_sections(menu.addMenu("記入した課(&K)"))

    def _offer_sections(self, menu: QMenu) -> None:
        for section in self._editing.outline.sections.values():
            entry = menu.addAction(whole(section.name))
            entry.triggered.connect(
                lambda _, section_id=section.id: self.section_picked.emit(section_id)
            )
        menu.addSeparator()
        menu.addAction("（なし）").triggered.connect(lambda: self.section_picked.emit(None))
