"""Asks for name, fiscal year and day of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from kyodo_desktop.domain.inputs import checked_title
from kyodo_desktop.services.rounds import DAY_FIELD, NAME_FIELD, YEAR_FIELD, RoundInput
from kyodo_desktop.ui.dialogs.date_inputs import DayEdit, FiscalYearBox
from kyodo_desktop.ui.plain import Label
from kyodo_desktop.ui.widgets.forms import Field, FormDialog, add_row, new_form

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[RoundInput], object]


class RoundDialog(FormDialog):
    """Gives what is typed; `check` raises InvalidInputError for what the plan cannot take."""

    def __init__(
        self,
        title: str,
        asked: RoundInput,
        *,
        done: str,
        check: Check,
        explanation: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, done=done)
        self._check = check
        self._name = QLineEdit(asked.name)
        self._name.setObjectName("round_name")
        self._year = FiscalYearBox(asked.fiscal_year)
        self._year.setObjectName("round_year")
        self._day = DayEdit(asked.as_of, DAY_FIELD)
        self._day.setObjectName("round_day")
        if explanation:
            told = Label(explanation)
            told.setObjectName("explanation")
            told.setWordWrap(True)
            self.content.addWidget(told)
        form = new_form()
        add_row(form, "調査名(&N)", Field(self._name, NAME_FIELD))
        add_row(form, "年度(&Y)", Field(self._year, YEAR_FIELD))
        add_row(form, "基準日(&D)", Field(self._day, DAY_FIELD))
        self.content.addLayout(form)
        self.content.addStretch(1)
        self.setMinimumWidth(440)
        self._name.selectAll()

    @property
    def asked(self) -> RoundInput:
        """What is typed; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    def read(self) -> RoundInput:
        name = checked_title(self._name.text(), NAME_FIELD)
        asked = RoundInput(name, self._year.value(), self._day.day)
        self._check(asked)
        return asked
