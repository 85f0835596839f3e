"""The levels of the plan, and which rows and sheets are headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.plan_settings.editors import FEWEST, MOST, LevelsEditor

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import Mapping


class LevelsPage(QScrollArea):
    """Tells what the user says of the levels; what is being typed is not written over."""

    mapping_changed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the focus of its parts
        self._mapping: Mapping | None = None
        self._levels: LevelsEditor | None = None
        self._groups = QCheckBox("表を横切る行を見出しとして読む(&G)")
        self._groups.setObjectName("group_rows")
        self._names = QCheckBox("シート名をいちばん上の見出しにする(&V)")
        self._names.setObjectName("sheet_headings")
        self._place = QVBoxLayout()
        page = QWidget()
        column = QVBoxLayout(page)
        column.addLayout(self._place)
        for box in (self._groups, self._names):
            column.addWidget(box)
            box.toggled.connect(self._take_boxes)
        column.addStretch()
        self.setWidget(page)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show the choices as they are now."""
        self._mapping = mapping
        if self._levels is None or self._read() != mapping.levels:
            self._show_levels(mapping.levels)
        for box, value in (
            (self._groups, mapping.group_rows),
            (self._names, mapping.sheet_headings),
        ):
            with QSignalBlocker(box):
                box.setChecked(value)

    def _take_boxes(self) -> None:
        if self._mapping is not None:
            groups, names = self._groups.isChecked(), self._names.isChecked()
            changed = self._mapping._replace(group_rows=groups, sheet_headings=names)
            self.mapping_changed.emit(changed)

    def _take_levels(self) -> None:
        levels = self._read()
        if levels is not None and self._mapping is not None and levels != self._mapping.levels:
            self.mapping_changed.emit(choosing.with_levels(self._mapping, levels))

    def _read(self) -> tuple[tuple[str, str], ...] | None:
        try:
            return self._levels.levels if self._levels is not None else None
        except InvalidInputError as error:
            self.refused.emit(error.message)
            return None

    def _show_levels(self, levels: tuple[tuple[str, str], ...]) -> None:
        if self._levels is not None:
            self._place.removeWidget(self._levels)
            self._levels.deleteLater()
            self._levels = None
        if FEWEST <= len(levels) <= MOST:
            self._levels = LevelsEditor(levels, fixed=False)
            self._levels.changed.connect(self._take_levels)
            self._place.addWidget(self._levels)
