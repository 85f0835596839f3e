"""How a new plan's years are divided into terms (前期・後期)."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from kyodo_desktop.domain.fiscal_year import period_label
from kyodo_desktop.domain.inputs import checked_title, checked_years
from kyodo_desktop.ui.dialogs.date_inputs import FiscalYearBox
from kyodo_desktop.ui.plain import Label

FIELD = "期"
_NAMES = (("全期間",), ("前期", "後期"), ("前期", "中期", "後期"))
_MOST = len(_NAMES)
_NAME_LIMIT = 50

Terms = tuple[tuple[str, int, int], ...]
"""Name, first and last fiscal year of each."""


class TermsEditor(QWidget):
    """One to three terms that follow each other without a gap: only where they end is chosen."""

    def __init__(self, terms: Terms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = terms[0][1], terms[-1][2]
        self._count = QComboBox()
        self._count.setObjectName("term_count")
        self._count.addItems(["分けない", *("・".join(names) for names in _NAMES[1:])])
        self._count.setCurrentIndex(len(terms) - 1)
        self._names = [QLineEdit() for _ in range(_MOST)]
        self._periods = [Label() for _ in range(_MOST)]
        self._ends = [FiscalYearBox(self._last) for _ in range(_MOST - 1)]
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
                checked_title(self._names[row].text(), FIELD, _NAME_LIMIT),
                *checked_years(first, last, FIELD),
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
            label.setText(period_label(first, last) if first <= last else "")
