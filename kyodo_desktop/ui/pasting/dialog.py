"""Shows what was copied in Excel before it comes in: as what, where, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import pasting
from kyodo_desktop.domain.replies.answers import AnswerParser
from kyodo_desktop.ui.widgets import inputs
from kyodo_desktop.ui.widgets.forms import StayingDialog
from kyodo_desktop.ui.widgets.plain import Label, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from kyodo_desktop.domain.outline import Outline


_SIZE = (980, 560)
_SHOWN = 200  # rows; nobody looks through more
_WIDEST = 260
_PROBLEM_LINES = 4
_FEW = 2  # columns of a table that is more likely progress than actions


class PasteTarget(NamedTuple):
    """Where the rows may go: below a heading as actions, or to an action as lines."""

    label: str
    heading: int | None = None
    action_id: int | None = None


class PasteDialog(StayingDialog):
    """Takes the cells and the possible targets, and gives what is to be added to which.

    Nothing is written here. `accept` comes only where something can be added.
    """

    def __init__(
        self,
        outline: Outline,
        cells: pasting.Cells,
        targets: Sequence[PasteTarget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Excelから貼り付け")
        self.resize(*_SIZE)
        self._outline, self._cells, self._targets = outline, cells, targets
        self._words = AnswerParser(outline)
        self._word = outline.levels[-1].name
        self._heads = pasting.headed(cells, self._word)
        self.pasted = pasting.Pasted()
        self._lay_out()
        self._guess()

    @property
    def target(self) -> PasteTarget:
        """The place that is chosen."""
        return self._targets[self._place.currentIndex()]

    # Layout

    def _lay_out(self) -> None:
        self._place = inputs.ListBox()
        self._place.setObjectName("target")
        self._place.addItems([target.label for target in self._targets])
        if self._heads is None and len(self._cells[0]) <= _FEW:
            self._place.setCurrentIndex(len(self._targets) - 1)  # lines, where they can go
        self._place.currentIndexChanged.connect(self._guess)
        self._first = QCheckBox("1行目は見出しなので貼り付けない(&H)")
        self._first.setObjectName("has_headings")
        self._first.setChecked(self._heads is not None)
        self._first.toggled.connect(self._read)
        form = QFormLayout()
        form.addRow("貼り付ける先(&T)", self._place)
        form.addRow("", self._first)
        hint = Label("それぞれの列が何かを確かめてください。違うときは、上の欄で選び直せます。")
        hint.setWordWrap(True)
        self._table = self._made_table()
        self._result = Label()
        self._result.setObjectName("result")
        self._result.setWordWrap(True)
        self._problems = QPlainTextEdit()
        self._problems.setObjectName("problems")
        self._problems.setAccessibleName("読み取れなかったところ")
        self._problems.setReadOnly(True)
        line = self._problems.fontMetrics().lineSpacing()
        self._problems.setFixedHeight(line * (_PROBLEM_LINES + 1))
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(self._table, 1)
        for widget in (self._result, self._problems, self._buttons):
            column.addWidget(widget)

    def _made_table(self) -> QTableWidget:
        rows = self._cells[:_SHOWN]
        width = len(self._cells[0])
        table = QTableWidget(len(rows), width)
        table.setObjectName("cells")
        table.setAccessibleName("コピーした表")
        self._header = ColumnHeader(width, self._word, table)
        self._header.chosen.connect(self._read)
        table.setHorizontalHeader(self._header)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setWordWrap(True)
        items = [[QTableWidgetItem(text) for text in texts] for texts in rows]
        for row, texts in enumerate(items):
            for place, item in enumerate(texts):
                table.setItem(row, place, item)
        self._first_row = items[0]
        table.resizeColumnsToContents()
        narrowest = self._header.fontMetrics().horizontalAdvance("今後の方向性　　　")
        for place in range(width):
            table.setColumnWidth(place, max(narrowest, min(_WIDEST, table.columnWidth(place))))
        table.resizeRowsToContents()
        return table

    # What the rows are

    def _guess(self) -> None:
        """Choose what the columns are, for the target that is chosen now."""
        lines_only = self.target.action_id is not None
        columns = self._heads or pasting.guessed(self._cells, self._words, lines_only=lines_only)
        self._header.choose(columns)
        self._read()

    def _new_sections(self) -> str:
        """Say which sections the plan will get."""
        known = {section.name for section in self._outline.sections.values()}
        names = (name for each in self.pasted.actions for name in (*each.leads, *each.related))
        new = [name for name in dict.fromkeys(names) if name not in known]
        return f"担当課の一覧に「{'」「'.join(new)}」を加えます。" if new else ""

    def _read(self) -> None:
        """Read the rows anew, and say what will come in."""
        skipped = 1 if self._first.isChecked() else 0
        rows, columns = self._cells[skipped:], self._header.columns
        read = pasting.read_actions if self.target.action_id is None else pasting.read_lines
        self.pasted = read(self._outline, rows, columns, first=skipped + 1)
        actions, lines = len(self.pasted.actions), len(self.pasted.lines)
        count = f"{self._word}{actions}件" if actions else f"進捗状況{lines}行"
        message = (
            f"{count}を貼り付けます。" if actions or lines else "貼り付けられる行がありません。"
        )
        self._result.setText(message + self._new_sections())
        self._problems.setPlainText("\n".join(self.pasted.problems))
        self._problems.setVisible(bool(self.pasted.problems))
        done = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        done.setText(whole(f"貼り付け（{count}）") if actions or lines else "貼り付け")
        done.setEnabled(bool(actions or lines))
        for item in self._first_row:
            flags = item.flags() | Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags ^ Qt.ItemFlag.ItemIsEnabled if skipped else flags)


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
    def columns(self) -> list[pasting.PasteColumn]:
        """What is chosen for each column."""
        return [pasting.COLUMNS[box.currentIndex()] for box in self._boxes]

    def choose(self, columns: Sequence[pasting.PasteColumn]) -> None:
        """Show a choice, of which nobody is told."""
        for box, column in zip(self._boxes, columns, strict=True):
            box.blockSignals(True)
            box.setCurrentIndex(pasting.COLUMNS.index(column))
            box.blockSignals(False)

    # Qt's interface

    def sizeHint(self) -> QSize:
        heights = [box.sizeHint().height() for box in self._boxes]
        return QSize(super().sizeHint().width(), max(heights, default=0) + 2 * _MARGIN)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()

    def _box(self, place: int, action_word: str) -> QComboBox:
        box = inputs.ListBox(self)
        box.setObjectName(f"column_{place}")
        box.setAccessibleName(f"{place + 1}列目の内容")
        words = {pasting.TITLE: action_word, pasting.NUMBER: "番号（自動）"}
        for column in pasting.COLUMNS:
            box.addItem(words.get(column, column.heading), column.heading)
        box.currentIndexChanged.connect(self.chosen)
        return box

    def _lay_out(self) -> None:
        for place, box in enumerate(self._boxes):
            left = self.sectionViewportPosition(place)
            box.setGeometry(left, _MARGIN, self.sectionSize(place), self.height() - 2 * _MARGIN)
            box.show()
