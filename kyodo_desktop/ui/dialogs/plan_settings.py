"""Edits what the plan says of itself, and the names of its levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from kyodo_desktop.domain.inputs import checked_text, checked_title
from kyodo_desktop.services.plan_settings import PlanTexts
from kyodo_desktop.ui.dialogs import levels_editor
from kyodo_desktop.ui.dialogs.date_inputs import PERIOD_FIELD, PeriodEditor
from kyodo_desktop.ui.dialogs.forms import Field, FormDialog, add_row, new_form
from kyodo_desktop.ui.dialogs.levels_editor import LevelsEditor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TITLE, _ORDINANCE, _ACTORS = "計画名", "根拠となる条例", "主体"
_DEFINITION, _PRINCIPLES, _POLICY = "定義", "基本原則", "推進方針"


class PlanSettingsDialog(FormDialog):
    """Takes the texts and levels as they are, and gives them as they shall be."""

    def __init__(
        self,
        texts: PlanTexts,
        levels: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("計画の設定", parent)
        self._title = _line(texts.title, "title")
        self._ordinance = _line(texts.ordinance, "ordinance")
        self._period = PeriodEditor(texts.first_fiscal_year, texts.last_fiscal_year)
        self._actors = _text("\n".join(texts.actors), "actors")
        self._definition = _text(texts.definition, "definition")
        self._principles = _text("\n".join(texts.principles), "principles")
        self._policy = _text(texts.policy, "policy")
        self._levels = LevelsEditor(levels, fixed=True)
        tabs = QTabWidget()
        tabs.addTab(self._basics(), "基本情報(&B)")
        tabs.addTab(self._long_texts(), "本文(&X)")
        tabs.addTab(self._naming(), "階層と番号(&L)")
        self.content.addWidget(tabs)
        self.resize(640, 480)
        self._title.setFocus()

    @property
    def texts(self) -> PlanTexts:
        """The texts as they are typed; raises InvalidInputError until the dialog was accepted."""
        return PlanTexts(
            checked_title(self._title.text(), _TITLE),
            checked_text(self._ordinance.text(), _ORDINANCE).strip(),
            checked_text(self._definition.toPlainText(), _DEFINITION).strip(),
            checked_text(self._policy.toPlainText(), _POLICY).strip(),
            *self._period.years,
            principles=_lines(self._principles, _PRINCIPLES),
            actors=_lines(self._actors, _ACTORS),
        )

    @property
    def levels(self) -> tuple[tuple[str, str], ...]:
        """Name and numbering of each level, as many as before."""
        return self._levels.levels

    def read(self) -> tuple[PlanTexts, tuple[tuple[str, str], ...]]:
        return self.texts, self.levels

    def _basics(self) -> QWidget:
        page = QWidget()
        form = new_form(page)
        add_row(form, "計画名(&T)", Field(self._title, _TITLE))
        add_row(form, "計画期間(&P)", Field(self._period, PERIOD_FIELD))
        add_row(form, "根拠となる条例(&O)", Field(self._ordinance, _ORDINANCE))
        add_row(form, "主体（1行に1つ）(&A)", Field(self._actors, _ACTORS))
        return page

    def _long_texts(self) -> QWidget:
        page = QWidget()
        form = new_form(page)
        add_row(form, "定義(&D)", Field(self._definition, _DEFINITION))
        add_row(form, "基本原則\n（1行に1つ）(&R)", Field(self._principles, _PRINCIPLES))
        add_row(form, "推進方針(&P)", Field(self._policy, _POLICY))
        return page

    def _naming(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(QLabel("階層の名前と番号の付け方は、画面とExcelの両方に反映されます。"))
        column.addWidget(Field(self._levels, levels_editor.FIELD))
        column.addStretch()
        return page


def _line(text: str, name: str) -> QLineEdit:
    edit = QLineEdit(text)
    edit.setObjectName(name)
    edit.setCursorPosition(0)
    return edit


def _text(text: str, name: str) -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setObjectName(name)
    edit.setTabChangesFocus(True)
    edit.setMinimumHeight(4 * edit.fontMetrics().lineSpacing())
    return edit


def _lines(edit: QPlainTextEdit, field: str) -> tuple[str, ...]:
    lines: Iterable[str] = (line.strip() for line in edit.toPlainText().splitlines())
    return tuple(checked_title(line, field) for line in lines if line)
