"""The editors of a plan's own words: entries in a table, levels, terms and statuses."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import fiscal_year, numbering, plan, vocabulary
from kyodo_desktop.domain.inputs import checked_title, checked_years
from kyodo_desktop.services import vocabularies
from kyodo_desktop.ui.widgets import forms, inputs, item_views, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


USES_HEADER = "使用"


class EntriesEditor(QWidget):
    """A table with a row for each entry, and the buttons that change the list.

    A subclass says how an entry stands in its row. `may_delete` is asked before an entry
    that has an id goes; `uses` says by id what stands in the last column.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        headers: Sequence[str],
        *,
        stretched: int,
        uses: Mapping[int, str] | None,
        fewest: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.may_delete: Callable[[Any], bool] = lambda _entry: True
        self._uses = uses
        self._fewest = fewest
        self._uses_column = len(headers)
        self._table = _new_table([*headers, USES_HEADER], stretched)
        self._table.setColumnHidden(self._uses_column, uses is None)
        item_views.EmptyNote(
            self._table, "まだ1つもありません。「追加」を押すと、1行ずつ加えられます。"
        )
        self._table.cellChanged.connect(lambda *_: self.changed.emit())
        self._table.currentCellChanged.connect(lambda *_: self._enable())
        self._remove = forms.push_button("削除(&D)", f"remove_{name}", self._delete)
        self._up = forms.push_button("上へ(&U)", f"{name}_up", lambda: self._shift(-1))
        self._down = forms.push_button("下へ(&W)", f"{name}_down", lambda: self._shift(+1))
        add = forms.push_button("追加(&A)", f"add_{name}", self._add)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._table, 0, 0, 5, 1)
        for row, button in enumerate((add, self._remove, self._up, self._down)):
            grid.addWidget(button, row, 1)
        grid.setRowStretch(4, 1)
        self.setFocusProxy(self._table)

    @property
    def entries(self) -> list[Any]:
        """The entries as they are typed, unchecked."""
        return [self._read_row(row) for row in range(self._table.rowCount())]

    def remove(self, row_id: int) -> None:
        """Take an entry out."""
        entries, row = self.entries, self._table.currentRow()
        self._fill([each for each in entries if each.id != row_id], row)

    # What a subclass says of its entries

    @abstractmethod
    def _write_row(self, row: int, entry: Any) -> None:
        """Show an entry in a row."""

    @abstractmethod
    def _read_row(self, row: int) -> Any:
        """Return the entry that a row shows."""

    @abstractmethod
    def _new_entry(self) -> Any:
        """Return an entry to begin with."""

    # Filling and editing

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self._table.item(row, column)
        assert cell is not None
        return cell

    def _fill(self, entries: Sequence[Any], current: int = 0) -> None:
        with QSignalBlocker(self._table):
            self._table.setRowCount(len(entries))
            for row, entry in enumerate(entries):
                self._write_row(row, entry)
                self._table.setItem(row, self._uses_column, self._use_of(entry))
            self._table.setCurrentCell(min(current, len(entries) - 1), 0)
        self._enable()
        self.changed.emit()

    def _use_of(self, entry: Any) -> QTableWidgetItem:
        use = QTableWidgetItem(
            "新規" if entry.id is None else (self._uses or {}).get(entry.id, "")
        )
        use.setFlags(use.flags() & ~Qt.ItemFlag.ItemIsEditable)
        use.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return use

    def _add(self) -> None:
        entries = [*self.entries, self._new_entry()]
        self._fill(entries, len(entries) - 1)
        self._table.setFocus()
        self._table.editItem(self._table.currentItem())

    def _delete(self) -> None:
        entries, row = self.entries, self._table.currentRow()
        if entries[row].id is None or self.may_delete(entries[row]):
            self._fill([*entries[:row], *entries[row + 1 :]], row)

    def _shift(self, steps: int) -> None:
        entries, row = self.entries, self._table.currentRow()
        entries.insert(row + steps, entries.pop(row))
        self._fill(entries, row + steps)

    def _enable(self) -> None:
        count, row = self._table.rowCount(), self._table.currentRow()
        self._remove.setEnabled(row >= 0 and count > self._fewest)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < count - 1)


class NamesEditor(EntriesEditor):
    """A list of names: directions, 主体 or 基本原則."""

    def __init__(
        self,
        name: str,
        header: str,
        names: Sequence[vocabulary.NameEntry],
        uses: Mapping[int, str],
    ) -> None:
        super().__init__(name, (header,), stretched=0, uses=uses, fewest=0)
        self._table.setObjectName(f"{name}_table")
        self._table.setAccessibleName(header)
        self._fill(names)

    def _write_row(self, row: int, entry: vocabulary.NameEntry) -> None:
        cell = QTableWidgetItem(entry.text)
        cell.setData(Qt.ItemDataRole.UserRole, entry.id)
        self._table.setItem(row, 0, cell)

    def _read_row(self, row: int) -> vocabulary.NameEntry:
        cell = self._cell(row, 0)
        return vocabulary.NameEntry(cell.text(), cell.data(Qt.ItemDataRole.UserRole))

    def _new_entry(self) -> vocabulary.NameEntry:
        return vocabulary.NameEntry("")


def _new_table(headers: Sequence[str], stretched: int) -> QTableWidget:
    table = QTableWidget(0, len(headers))
    table.setHorizontalHeaderLabels(headers)
    table.verticalHeader().hide()
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table


LEVELS_FIELD = "階層名"
FEWEST, MOST = 2, 5
_NAME_LIMIT = 50
_SPARE = (
    ("大項目", numbering.ROMAN),
    ("中項目", numbering.BRACKETED),
    ("小項目", numbering.KANA),
    ("細目", numbering.BRACKETED_KANA),
)


class LevelsEditor(QWidget):
    """One row a level. Where their number may change, rows come and go above the last one.

    The last row is always that of the action, whatever the depth of the plan.
    """

    changed = Signal()

    def __init__(
        self, levels: Sequence[tuple[str, str]], *, fixed: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 1)
        self._count = QSpinBox()
        self._count.setObjectName("level_count")
        inputs.give_margin(self._count)
        self._count.setRange(FEWEST, MOST)
        self._count.setSuffix(" 段")
        self._count.setValue(len(levels))
        for column, widget in enumerate((_caption("階層の数(&N)", self._count), self._count)):
            self._grid.addWidget(widget, 0, column)
            widget.setVisible(not fixed)
        self._captions: list[plain.Label] = []
        self._names: list[QLineEdit] = []
        self._styles: list[QComboBox] = []
        *headings, action = levels
        unused = _SPARE[len(headings) :]
        for row, (name, style) in enumerate([*headings, *unused, action], start=1):
            self._add_row(row, name, style)
        self._count.valueChanged.connect(self._show_rows)
        self._count.valueChanged.connect(self.changed)
        self._show_rows()
        self.setFocusProxy(self._names[0] if fixed else self._count)

    @property
    def levels(self) -> tuple[tuple[str, str], ...]:
        """Name and style of each level; raises InvalidInputError for an empty name."""
        return tuple(
            (
                checked_title(self._names[row].text(), LEVELS_FIELD, _NAME_LIMIT),
                self._styles[row].currentData(),
            )
            for row in self._rows()
        )

    def _rows(self) -> list[int]:
        return [*range(self._count.value() - 1), MOST - 1]

    def _add_row(self, row: int, name: str, style: str) -> None:
        edit, styles = QLineEdit(name), inputs.ListBox()
        edit.setObjectName(f"level_name_{row}")
        styles.setObjectName(f"level_style_{row}")
        styles.setAccessibleName("番号の形式")
        for each, label in numbering.STYLES.items():
            styles.addItem(label, each)
        styles.setCurrentIndex(styles.findData(style))
        edit.textChanged.connect(self.changed)
        styles.currentIndexChanged.connect(self.changed)
        caption = _caption("", edit)
        self._captions.append(caption)
        self._names.append(edit)
        self._styles.append(styles)
        for column, widget in enumerate((caption, edit, styles)):
            self._grid.addWidget(widget, row, column)

    def _show_rows(self) -> None:
        shown = self._rows()
        for row in range(MOST):
            for widget in (self._captions[row], self._names[row], self._styles[row]):
                widget.setVisible(row in shown)
        for place, row in enumerate(shown, start=1):
            last = "（最下層）" if row == MOST - 1 else ""
            self._captions[row].setText(f"第{place}階層{last}")


def _caption(text: str, buddy: QWidget) -> plain.Label:
    label = plain.Label(text)
    label.setBuddy(buddy)
    return label


TERMS_FIELD = "期"
_NAMES = (("全期間",), ("前期", "後期"), ("前期", "中期", "後期"))
_MOST = len(_NAMES)

Terms = tuple[tuple[str, int, int], ...]
"""Name, first and last fiscal year of each."""


class TermsEditor(QWidget):
    """One to three terms that follow each other without a gap: only where they end is chosen."""

    def __init__(self, terms: Terms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = terms[0][1], terms[-1][2]
        self._count = inputs.ListBox()
        self._count.setObjectName("term_count")
        self._count.addItems(["分けない", *("・".join(names) for names in _NAMES[1:])])
        self._count.setCurrentIndex(len(terms) - 1)
        self._names = [QLineEdit() for _ in range(_MOST)]
        self._periods = [plain.Label() for _ in range(_MOST)]
        self._ends = [inputs.FiscalYearBox(self._last) for _ in range(_MOST - 1)]
        self._lay_out()
        self._rename()
        for (name, _, _), edit in zip(terms, self._names, strict=False):
            edit.setText(name)
        for (_, _, last), end in zip(terms[:-1], self._ends, strict=False):
            end.setValue(last)
        self._count.currentIndexChanged.connect(self._rename)
        for end in self._ends:
            end.valueChanged.connect(self._show_periods)
        self._show_periods()
        self.setFocusProxy(self._count)

    @property
    def terms(self) -> Terms:
        """What is chosen; raises InvalidInputError for a missing name or a term of no year."""
        return tuple(
            (
                checked_title(self._names[row].text(), TERMS_FIELD, _NAME_LIMIT),
                *checked_years(first, last, TERMS_FIELD),
            )
            for row, (first, last) in enumerate(self._years())
        )

    def set_years(self, first: int, last: int) -> None:
        """Divide other years, evenly again."""
        self._first, self._last = first, last
        self._divide()

    def _years(self) -> list[tuple[int, int]]:
        lasts = [*(end.value() for end in self._ends[: self._count.currentIndex()]), self._last]
        firsts = [self._first, *(last + 1 for last in lasts)]
        return list(zip(firsts, lasts, strict=False))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._count, 0, 0, 1, 3)
        for row, name in enumerate(self._names):
            name.setObjectName(f"term_name_{row + 1}")
            name.setAccessibleName(f"{row + 1}番目の期の名前")
            grid.addWidget(name, row + 1, 0)
            grid.addWidget(self._periods[row], row + 1, 2)
        for row, end in enumerate(self._ends):
            end.setObjectName(f"term_end_{row + 1}")
            end.setSuffix(" まで")
            end.setAccessibleName(f"{row + 1}番目の期の最後の年度")
            grid.addWidget(end, row + 1, 1)

    def _rename(self) -> None:
        names = _NAMES[self._count.currentIndex()]
        for name, edit in zip(names, self._names, strict=False):
            edit.setText(name)
        for row in range(_MOST):
            self._names[row].setVisible(row < len(names))
            self._periods[row].setVisible(row < len(names))
        for row, end in enumerate(self._ends):
            end.setVisible(row < len(names) - 1)
        self._divide()

    def _divide(self) -> None:
        count = self._count.currentIndex() + 1
        years = self._last - self._first + 1
        for row, end in enumerate(self._ends):
            with QSignalBlocker(end):
                end.setRange(self._first, max(self._first, self._last))
                end.setValue(self._first + years * (row + 1) // count - 1)
        self._show_periods()

    def _show_periods(self) -> None:
        for (first, last), label in zip(self._years(), self._periods, strict=False):
            label.setText(fiscal_year.period_label(first, last) if first <= last else "")


STATUS_FIELDS = (vocabularies.MARK_FIELD, vocabularies.LABEL_FIELD, vocabularies.DEFINITION_FIELD)
_MARK, _LABEL, _DEFINITION, _KIND, _COUNTED, _COLOUR = range(6)
_HEADERS = ("記号", "名前", "凡例の説明", "意味", "集計する", "色")
_COLOURS = {
    plan.StatusKind.NOT_STARTED: "#7a7f87",
    plan.StatusKind.ONGOING: "#3b6fb6",
    plan.StatusKind.NEAR: "#c98a00",
    plan.StatusKind.DONE: "#2e7d4f",
    plan.StatusKind.STOPPED: "#a4505f",
}
# Colours that can be read as text on white and as a tint behind it.
_OFFERED = {
    "#2e7d4f": "緑",
    "#c98a00": "黄",
    "#3b6fb6": "青",
    "#a4505f": "赤",
    "#7a7f87": "灰",
    "#7b5ea7": "紫",
    "#1f8a8a": "青緑",
    "#c0632b": "橙",
}
_SWATCH = 14
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class StatusesEditor(EntriesEditor):
    """A row for each status, in the order of the keys 1 2 3 … that set them."""

    def __init__(
        self,
        statuses: Sequence[vocabulary.StatusEntry],
        uses: Mapping[int, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "status", _HEADERS, stretched=_DEFINITION, uses=uses, fewest=1, parent=parent
        )
        self._table.setObjectName("statuses")
        self._table.setAccessibleName("状態の区分")
        self._fill(statuses)

    @property
    def statuses(self) -> tuple[vocabulary.StatusEntry, ...]:
        """The rows; raises InvalidInputError where one has no mark or name, or a mark is twice."""
        return vocabularies.checked_statuses(self.entries)

    def _read_row(self, row: int) -> vocabulary.StatusEntry:
        mark, label, definition = (
            self._cell(row, column).text() for column in (_MARK, _LABEL, _DEFINITION)
        )
        kind = plan.StatusKind(self._box(row, _KIND).currentData())
        counted = self._cell(row, _COUNTED).checkState() is _CHECKED
        row_id: int | None = self._cell(row, _MARK).data(Qt.ItemDataRole.UserRole)
        colour: str = self._box(row, _COLOUR).currentData()
        return vocabulary.StatusEntry(
            mark,
            label,
            definition=definition,
            kind=kind,
            colour=colour,
            counted=counted,
            id=row_id,
        )

    def _write_row(self, row: int, entry: vocabulary.StatusEntry) -> None:
        for column, text in enumerate(entry[:3]):
            self._table.setItem(row, column, QTableWidgetItem(text))
        self._cell(row, _MARK).setData(Qt.ItemDataRole.UserRole, entry.id)
        kinds = _box(
            _HEADERS[_KIND], {each.value: each.label for each in reversed(plan.StatusKind)}
        )
        _choose(kinds, entry.kind.value)
        colours = _box(_HEADERS[_COLOUR], {entry.colour: "今の色"} | _OFFERED)
        for place in range(colours.count()):
            colours.setItemIcon(place, _swatch(colours.itemData(place)))
        _choose(colours, entry.colour)
        # A status that keeps to the colour of its meaning changes it with the meaning.
        kinds.currentIndexChanged.connect(lambda: self._recolour(kinds, colours))
        kinds.setProperty("kind", entry.kind.value)
        colours.currentIndexChanged.connect(self.changed)
        self._table.setCellWidget(row, _KIND, kinds)
        self._table.setCellWidget(row, _COLOUR, colours)
        counted = QTableWidgetItem()
        counted.setFlags(counted.flags() & ~Qt.ItemFlag.ItemIsEditable)
        counted.setCheckState(_CHECKED if entry.counted else _UNCHECKED)
        self._table.setItem(row, _COUNTED, counted)

    def _new_entry(self) -> vocabulary.StatusEntry:
        kind = plan.StatusKind.NOT_STARTED
        return vocabulary.StatusEntry("", "", "", kind, _COLOURS[kind])

    def _recolour(self, kinds: QComboBox, colours: QComboBox) -> None:
        before, kind = (
            plan.StatusKind(kinds.property("kind")),
            plan.StatusKind(kinds.currentData()),
        )
        kinds.setProperty("kind", kind.value)
        if colours.currentData() == _COLOURS[before]:
            _choose(colours, _COLOURS[kind])
        self.changed.emit()

    def _box(self, row: int, column: int) -> QComboBox:
        box = self._table.cellWidget(row, column)
        assert isinstance(box, QComboBox)
        return box


def _box(name: str, choices: Mapping[str, str]) -> QComboBox:
    box = inputs.ListBox()
    for value, label in choices.items():
        box.addItem(label, value)
    box.setAccessibleName(name)
    return box


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(_SWATCH, _SWATCH)
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)


_UNCHANGED = "変更すると、影響する範囲がここに表示されます。"


class EffectsBox(QWidget):
    """A few lines that can be read, scrolled and copied."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._text = QPlainTextEdit()
        self._text.setObjectName("effects")
        self._text.setAccessibleName("変更の影響")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(_UNCHANGED)
        self._text.setFixedHeight((lines + 1) * self._text.fontMetrics().lineSpacing())
        caption = plain.Label("変更の影響(&E)")
        caption.setBuddy(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(caption)
        column.addWidget(self._text)

    def show_effects(self, sentences: Iterable[str]) -> None:
        """Say what is affected now."""
        self._text.setPlainText("\n".join(sentences))
