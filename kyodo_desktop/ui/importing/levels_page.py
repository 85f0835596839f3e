"""The levels of the plan, which rows and sheets are headings, and what a row or a cell is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.plan_settings.editors import FEWEST, MOST, LevelsEditor

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Book
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
        self._hides = False
        self._groups = QCheckBox("表を横切る行を見出しとして読む(&G)")
        self._groups.setObjectName("group_rows")
        self._names = QCheckBox("シート名をいちばん上の見出しにする(&V)")
        self._names.setObjectName("sheet_headings")
        self._splits = QCheckBox("1つのセルの①②…を、別々の実行計画にする(&D)")
        self._splits.setObjectName("splits")
        self._joins = QCheckBox("番号のない行を、上の行の文の続きにする(&J)")
        self._joins.setObjectName("joins")
        self._hidden = QCheckBox("非表示の行と列も取り込む(&X)")
        self._hidden.setObjectName("hidden_taken")
        self._place = QVBoxLayout()
        page = QWidget()
        column = QVBoxLayout(page)
        column.addLayout(self._place)
        self._boxes = (self._groups, self._names, self._splits, self._joins, self._hidden)
        for box in self._boxes:
            column.addWidget(box)
            box.toggled.connect(self._take_boxes)
        column.addStretch()
        self.setWidget(page)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show the choices as they are now."""
        self._mapping = mapping
        if self._levels is None or self._read() != mapping.levels:
            self._show_levels(mapping.levels)
        shown = (
            *(mapping.group_rows, mapping.sheet_headings),
            *(mapping.splits, mapping.joins, mapping.hidden),
        )
        for box, value in zip(self._boxes, shown, strict=True):
            with QSignalBlocker(box):
                box.setChecked(value)
        for box in self._boxes:
            box.setVisible(mapping.form is None and (box is not self._hidden or self._hides))

    def show_book(self, book: Book) -> None:
        """Offer to take what is hidden where something is."""
        self._hides = any(each.hidden_rows or each.hidden_columns for each in book.grids)
        self._hidden.setVisible(self._hides and not self._reads_forms)

    @property
    def _reads_forms(self) -> bool:
        return self._mapping is not None and self._mapping.form is not None

    def _take_boxes(self) -> None:
        if self._mapping is not None:
            groups, names, splits, joins, hidden = (box.isChecked() for box in self._boxes)
            changed = self._mapping._replace(
                group_rows=groups,
                sheet_headings=names,
                splits=splits,
                joins=joins,
                hidden=hidden,
            )
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
