"""Asks what must be known of a new plan; only the title has no default."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QTabWidget, QWidget

from kyodo_desktop.domain.fiscal_year import fiscal_year_of
from kyodo_desktop.domain.inputs import checked_line, checked_title
from kyodo_desktop.services.plan_settings import MUNICIPALITY_FIELD
from kyodo_desktop.ui.plan_settings import editors
from kyodo_desktop.ui.widgets import forms, inputs

if TYPE_CHECKING:
    from kyodo_desktop.services.new_plan import NewPlan


_TITLE, _ROUND, _AS_OF = "計画名", "調査名", "基準日"


class NewPlanDialog(forms.FormDialog):
    """Takes the defaults of `services.new_plan.default_plan` and gives a `NewPlan`."""

    def __init__(self, plan: NewPlan, parent: QWidget | None = None) -> None:
        super().__init__("新しい計画を作る", parent, done="保存先を選んで作成(&S)")
        self._given = plan
        self._title = QLineEdit(plan.title)
        self._title.setObjectName("title")
        self._title.setPlaceholderText("例: 協働のまちづくり推進計画")
        self._municipality = forms.line_edit(plan.municipality, "municipality")
        self._municipality.setPlaceholderText("例: ○○市")
        self._period = inputs.PeriodEditor(plan.first_fiscal_year, plan.last_fiscal_year)
        self._terms = editors.TermsEditor(plan.terms)
        self._period.changed.connect(self._terms.set_years)
        self._round = QLineEdit(plan.round_name)
        self._round.setObjectName("round_name")
        self._as_of = inputs.DayEdit(plan.round_as_of, _AS_OF)
        self._as_of.setObjectName("as_of")
        self._levels = editors.LevelsEditor(plan.levels, fixed=False)
        self._statuses = editors.StatusesEditor(plan.statuses)
        tabs = QTabWidget()
        tabs.addTab(self._basics(), "基本(&B)")
        tabs.addTab(
            forms.explained(
                "計画の階層の名前と、番号の付け方を決めます。いちばん下の階層に進捗を記録します。",
                forms.FormField(self._levels, editors.LEVELS_FIELD),
            ),
            "階層と番号(&L)",
        )
        tabs.addTab(
            forms.explained(
                "進捗状況に付ける印です。上から順に、数字キー 1 2 3 … で付けられます。",
                forms.FormField(self._statuses, *editors.STATUS_FIELDS),
            ),
            "状態(&M)",
        )
        self.content.addWidget(tabs)
        self.setMinimumWidth(640)
        self._title.setFocus()

    @property
    def plan(self) -> NewPlan:
        """The plan as it is typed; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    def read(self) -> NewPlan:
        first, last = self._period.years
        as_of = self._as_of.day
        return replace(
            self._given,
            title=checked_title(self._title.text(), _TITLE),
            municipality=checked_line(self._municipality.text(), MUNICIPALITY_FIELD),
            first_fiscal_year=first,
            last_fiscal_year=last,
            terms=self._terms.terms,
            levels=self._levels.levels,
            statuses=self._statuses.statuses,
            round_name=checked_title(self._round.text(), _ROUND),
            round_as_of=as_of,
            round_fiscal_year=fiscal_year_of(as_of),
        )

    def _basics(self) -> QWidget:
        page = QWidget()
        form = forms.new_form(page)
        forms.add_row(form, "計画名(&T)", forms.FormField(self._title, _TITLE))
        municipality = forms.FormField(self._municipality, MUNICIPALITY_FIELD)
        forms.add_row(form, f"{MUNICIPALITY_FIELD}(&N)", municipality)
        forms.add_row(form, "計画期間(&P)", forms.FormField(self._period, inputs.PERIOD_FIELD))
        forms.add_row(form, "期の分け方(&D)", forms.FormField(self._terms, editors.TERMS_FIELD))
        forms.add_row(form, "最初の調査(&R)", forms.FormField(self._round, _ROUND))
        forms.add_row(form, "基準日(&A)", forms.FormField(self._as_of, _AS_OF))
        return page
