"""Inputs of years and days, shown in 和暦 and typed in any form."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QWidget

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import (
    day_label,
    fiscal_year_label,
    fiscal_year_of,
    parse_day,
    parse_month,
    period_label,
)
from kyodo_desktop.domain.inputs import YEARS, checked_years
from kyodo_desktop.ui.widgets.plain import Label

PERIOD_FIELD = "計画期間"


class FiscalYearBox(QSpinBox):
    """A fiscal year: 平成32, H32, 令和2年度 and 2020 are the same year.

    What cannot be read as a year gives way to the year before it, as in every spin box.
    """

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.setRange(YEARS[0], YEARS[-1])
        self.setValue(year)

    # Qt's interface

    def textFromValue(self, value: int) -> str:
        return f"{fiscal_year_label(value)}（{value}）"

    def valueFromText(self, text: str) -> int:
        return self._parsed(text) or self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        year = self._parsed(text)
        fits = year is not None and self.minimum() <= year <= self.maximum()
        state = QValidator.State.Acceptable if fits else QValidator.State.Intermediate
        return state, text, position

    def _parsed(self, text: str) -> int | None:
        typed = unicodedata.normalize("NFKC", text.removesuffix(self.suffix()))
        year = typed.partition("(")[0].strip().removesuffix("年度").removesuffix("年")
        try:
            month = parse_month(f"{year}年度", era_from=self.value())
        except InvalidInputError:
            return None
        return fiscal_year_of(month) if month else None


class PeriodEditor(QWidget):
    """First and last fiscal year, and under them how the plan prints them."""

    changed = Signal(int, int)

    def __init__(self, first: int, last: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last, self._label = FiscalYearBox(first), FiscalYearBox(last), Label()
        self._first.setObjectName("first_fiscal_year")
        self._first.setAccessibleName("始まりの年度")
        self._last.setObjectName("last_fiscal_year")
        self._last.setAccessibleName("終わりの年度")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(3, 1)
        for column, widget in enumerate((self._first, Label("～"), self._last)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self._label, 1, 0, 1, 4)
        for box in (self._first, self._last):
            box.valueChanged.connect(self._tell)
        self._show_label()
        self.setFocusProxy(self._first)

    @property
    def years(self) -> tuple[int, int]:
        """First and last; raises InvalidInputError where they stand the wrong way round."""
        return checked_years(*self.typed_years, PERIOD_FIELD)

    @property
    def typed_years(self) -> tuple[int, int]:
        """First and last as they stand there, whichever way round."""
        return self._first.value(), self._last.value()

    def _tell(self) -> None:
        self._show_label()
        self.changed.emit(self._first.value(), self._last.value())

    def _show_label(self) -> None:
        first, last = self._first.value(), self._last.value()
        label = f"{period_label(first, last)}（{last - first + 1}年間）"
        self._label.setText(label if first <= last else "")


class DayEdit(QLineEdit):
    """A day, typed in any form; left, it shows itself in 和暦."""

    def __init__(self, day: str, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._era_from = fiscal_year_of(day)
        self.setText(day_label(day))
        self.setPlaceholderText("例: H27.10.31")
        self.editingFinished.connect(self._settle)

    @property
    def day(self) -> str:
        """The day as `YYYY-MM-DD`; raises InvalidInputError."""
        return parse_day(self.text(), era_from=self._era_from, field=self._field)

    def _settle(self) -> None:
        try:
            self.setText(day_label(self.day))
        except InvalidInputError:
            return  # said when the dialog is to close
