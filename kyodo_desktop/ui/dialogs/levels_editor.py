"""Names and numbering of a plan's levels, from the top down to the action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from kyodo_desktop.domain.inputs import checked_title
from kyodo_desktop.domain.numbering import BRACKETED, BRACKETED_KANA, KANA, ROMAN, STYLES
from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELD = "階層名"
FEWEST, MOST = 2, 5
_NAME_LIMIT = 50
_SPARE = (("大項目", ROMAN), ("中項目", BRACKETED), ("小項目", KANA), ("細目", BRACKETED_KANA))


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
        self._count.setRange(FEWEST, MOST)
        self._count.setSuffix(" 段")
        self._count.setValue(len(levels))
        for column, widget in enumerate((_caption("階層の数(&N)", self._count), self._count)):
            self._grid.addWidget(widget, 0, column)
            widget.setVisible(not fixed)
        self._captions: list[Label] = []
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
                checked_title(self._names[row].text(), FIELD, _NAME_LIMIT),
                self._styles[row].currentData(),
            )
            for row in self._rows()
        )

    def _rows(self) -> list[int]:
        return [*range(self._count.value() - 1), MOST - 1]

    def _add_row(self, row: int, name: str, style: str) -> None:
        edit, styles = QLineEdit(name), QComboBox()
        edit.setObjectName(f"level_name_{row}")
        styles.setObjectName(f"level_style_{row}")
        styles.setAccessibleName("番号の形式")
        for each, label in STYLES.items():
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


def _caption(text: str, buddy: QWidget) -> Label:
    label = Label(text)
    label.setBuddy(buddy)
    return label
