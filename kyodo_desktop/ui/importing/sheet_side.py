"""The left side of the page: the sheets of the file, and where in them the table is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.importing.grid import CellPlace, Grid
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.form_labels import FormLabels, label_place
from kyodo_desktop.ui.importing.sheet_view import SheetTableView
from kyodo_desktop.ui.widgets.plain import Label, tip, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.found_plan import ValueOrigin
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import LabelChoice, Mapping, SheetChoice
    from kyodo_desktop.ui.importing.found_in import Found

_LEFT_OUT = "（除外）"
_HINT = "列の意味は、列の上の ▾ で選び直せます（キーは Alt+↓）。"
_FORM_HINT = "欄の意味は、下の一覧の ▾ で選び直せます（キーは Alt+↓）。"
_LEAST_WIDTH = 300
_SHARES = [300, 220]
_MOST_SEARCHED = 50  # sheets, for where a label is printed
_LONG = 300  # characters of a cell that are shown in full


class SheetSide(QWidget):
    """Shows one sheet at a time and tells what the user says of it."""

    mapping_changed = Signal(object)
    sheet_wanted = Signal(str)
    cell_chosen = Signal(object)  # a Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book: Book | None = None
        self._mapping: Mapping | None = None
        self._kinds: dict[str, bytes] = {}
        self._start: tuple[int, int] | None = None  # the heading rows of a file just read
        self._origins: Sequence[ValueOrigin] = ()
        self._tabs = QTabBar(expanding=False, usesScrollButtons=True, drawBase=False)
        self._tabs.setObjectName("sheets")
        self._tabs.setAccessibleName("シート")
        self._taken = QCheckBox("このシートを取り込む(&T)")
        self._taken.setObjectName("sheet_taken")
        self._first, self._last, self._end = (
            _row_box(name, label)
            for name, label in (
                ("first_heading_row", "見出しの最初の行"),
                ("last_heading_row", "見出しの最後の行"),
                ("last_row", "表の最後の行"),
            )
        )
        self.view = SheetTableView()
        self._labels = FormLabels()
        self._cell = Label(_HINT)
        self._cell.setObjectName("cell")
        self._cell.setTextFormat(Qt.TextFormat.PlainText)
        self._cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.setMinimumWidth(_LEAST_WIDTH)
        self._tabs.currentChanged.connect(self._turn_to)
        self._taken.clicked.connect(self._take_in)
        for box in (self._first, self._last, self._end):
            box.valueChanged.connect(self._set_rows)
        self._labels.mapping_changed.connect(self.mapping_changed)
        self._labels.label_chosen.connect(self._go_to_label)
        self.view.sheet_changed.connect(self._change)
        self.view.cell_chosen.connect(self._show_cell)
        self.view.cell_chosen.connect(self.cell_chosen)

    def show_book(self, book: Book | None) -> None:
        """Show another file, or none while it is read."""
        self.book, self._mapping, self._kinds = book, None, {}
        with QSignalBlocker(self._tabs):
            while self._tabs.count():
                self._tabs.removeTab(0)
            for grid in book.grids if book else ():
                self._tabs.addTab(whole(grid.sheet or "表"))
        self._tabs.setVisible(self._tabs.count() > 1)
        self._taken.setVisible(self._tabs.count() > 1)
        self._turn_to(0)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show the choices as they are now."""
        if self._mapping is None and self.book is not None:
            self._turn_to_first(self.book, mapping)
        self._mapping = mapping
        self._show_choice()
        self._show_form(mapping)
        self.view.show_choices(mapping)
        if self._start is not None:
            self.view.begin_at(*self._start)
            self._start = None

    def show_found(self, found: Found) -> None:
        """Say of each row what became of it."""
        self._kinds = found.kinds
        self.view.show_kinds(self._kinds.get(self.view.grid.sheet, b""))

    def go_to(self, place: CellPlace) -> None:
        """Show a cell of any sheet."""
        names = [grid.sheet for grid in self.book.grids] if self.book else []
        if place.sheet in names:
            self._tabs.setCurrentIndex(names.index(place.sheet))
            self.view.go_to(place)
            self._show_cell(place)

    def show_origins(self, origins: Sequence[ValueOrigin]) -> None:
        """Mark the cells that something was read from."""
        self._origins = origins
        self._mark_origins()

    def _mark_origins(self) -> None:
        sheet = self.view.grid.sheet
        places = (each.place for each in self._origins)
        self.view.show_origins(frozenset(each[1:] for each in places if each.sheet == sheet))

    def _turn_to_first(self, book: Book, mapping: Mapping) -> None:
        """Show the first sheet of which something is taken, from its heading rows on."""
        sheet = choosing.first_sheet(mapping)
        names = [grid.sheet for grid in book.grids]
        if sheet in names:
            with QSignalBlocker(self._tabs):
                self._tabs.setCurrentIndex(names.index(sheet))
            self._turn_to(self._tabs.currentIndex())
            choice = choosing.sheet_of(mapping, sheet)
            self._start = (1, 1) if choice is None else choice[1:3]

    def _show_form(self, mapping: Mapping) -> None:
        """Show the labels where the book is read by them, else where in a sheet the table is."""
        is_form = mapping.form is not None
        for widget in self._of_lists:
            widget.setVisible(not is_form)
        self._labels.setVisible(is_form)
        if self._cell.text() in (_HINT, _FORM_HINT):
            self._cell.setText(_FORM_HINT if is_form else _HINT)
        if is_form:
            self._labels.show_mapping(mapping)

    def _go_to_label(self, label: LabelChoice) -> None:
        """Show where a label stands in this sheet, else in another one."""
        grids = self.book.grids if self.book else ()
        for grid in (self.view.grid, *grids[:_MOST_SEARCHED]):
            place = label_place(grid, label)
            if place is not None:
                self.go_to(place)
                return

    def _turn_to(self, nth: int) -> None:
        grids = self.book.grids if self.book else ()
        self.view.show_sheet(grids[nth] if 0 <= nth < len(grids) else Grid("", ()))
        is_form = self._mapping is not None and self._mapping.form is not None
        self._cell.setText(_FORM_HINT if is_form else _HINT)
        self._cell.setToolTip("")
        if self._mapping is not None:
            self._show_choice()
            self.view.show_choices(self._mapping)
            self.view.show_kinds(self._kinds.get(self.view.grid.sheet, b""))
        self._mark_origins()

    def _show_choice(self) -> None:
        mapping, grid = self._mapping, self.view.grid
        choice = None if mapping is None else choosing.sheet_of(mapping, grid.sheet)
        self._taken.setChecked(mapping is not None and choosing.is_taken(mapping, grid.sheet))
        shown = choice or choosing.blank_sheet(grid)
        for box, value in zip((self._first, self._last, self._end), shown[1:4], strict=True):
            with QSignalBlocker(box):
                box.setMaximum(max(len(grid.rows), 1))
                box.setValue(value)
            box.setEnabled(choice is not None)
        for nth, each in enumerate(self.book.grids if self.book else ()):
            is_taken = mapping is not None and choosing.is_taken(mapping, each.sheet)
            out = "" if is_taken else _LEFT_OUT
            self._tabs.setTabText(nth, whole(f"{each.sheet}{out}"))

    def _take_in(self, wanted: bool) -> None:
        mapping, grid = self._mapping, self.view.grid
        if mapping is None:
            return
        if not wanted:
            self.mapping_changed.emit(choosing.without_sheet(mapping, grid.sheet))
            return
        self.sheet_wanted.emit(grid.sheet)

    def _set_rows(self) -> None:
        mapping, grid = self._mapping, self.view.grid
        choice = None if mapping is None else choosing.sheet_of(mapping, grid.sheet)
        if choice is not None:
            first, last, end = (box.value() for box in (self._first, self._last, self._end))
            if first != choice.first_heading_row:
                last = max(first, last)
            elif last != choice.last_heading_row:
                first = min(first, last)
            self._change(choosing.with_rows(choice, grid, first, last, end))

    def _change(self, choice: SheetChoice) -> None:
        if self._mapping is not None and self.book is not None:
            self.mapping_changed.emit(choosing.with_sheet(self._mapping, choice, self.book))

    def _show_cell(self, place: CellPlace) -> None:
        text = self.view.grid.text(place.row, place.column)
        label = place._replace(sheet="").label
        part = self._part_of(place, text)
        shown = f"{label}の一部：{part}" if part else f"{label}：{text[:_LONG]}"
        self._cell.setText(shown.replace("\n", " ⏎ "))
        self._cell.setToolTip(tip(text))

    def _part_of(self, place: CellPlace, text: str) -> str:
        """Return the part of a cell that was read, where the cell holds more than that."""
        parts = [text[each.start : each.end] for each in self._origins if each.place == place]
        part = min(parts, key=len, default=text).strip()
        return part[:_LONG] if part != text.strip() else ""

    # Layout

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.addWidget(self._taken)
        where.addStretch()
        caption, end = Label("見出し行(&H)"), Label("終わり(&E)")
        caption.setBuddy(self._first)
        end.setBuddy(self._end)
        self._of_lists = (caption, self._first, Label("～"), self._last, end, self._end)
        for widget in self._of_lists:
            where.addWidget(widget)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.view)
        parts.addWidget(self._labels)
        parts.setChildrenCollapsible(False)
        parts.setSizes(_SHARES)
        self._labels.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._tabs)
        column.addLayout(where)
        column.addWidget(parts, 1)
        column.addWidget(self._cell)


def _row_box(name: str, label: str) -> QSpinBox:
    box = QSpinBox(minimum=1)
    box.setKeyboardTracking(False)
    box.setObjectName(name)
    box.setAccessibleName(label)
    box.setAccessibleDescription("行")
    return box
