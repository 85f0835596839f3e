"""Edits what the plan says of itself, and the names of its levels."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QTabWidget, QWidget

from kyodo_desktop.domain import errors, vocabulary
from kyodo_desktop.domain.inputs import checked_line, checked_text, checked_title
from kyodo_desktop.domain.replies.addressing import Contact
from kyodo_desktop.services.plan_settings import (
    ACTOR_FIELD,
    CONTACT_FIELDS,
    MUNICIPALITY_FIELD,
    PRINCIPLE_FIELD,
    PlanSettings,
    checked_actors,
    checked_contact,
    checked_principles,
    plan_settings,
)
from kyodo_desktop.ui.plan_settings import editors
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.vocabularies import Uses


_TITLE, _ORDINANCE, _DEFINITION, _POLICY = "計画名", "根拠となる条例", "定義", "推進方針"
_COUNTED, _EFFECT_LINES = "実行計画{:,}件", 3
_CONTACT_EXPLANATION = "照会元は、回答票に問い合わせ先として印刷します。"
_CONTACT_EFFECT = "照会元は、次に作る回答票と再依頼文から変わります。送った回答票は変わりません。"
_LEVELS_EXPLANATION = "階層の名前と番号の付け方は、画面とExcelの両方に反映されます。"
_NAMES_EXPLANATION = (
    "名前や順番を変えても、各実行計画の{0}の選択はそのまま残ります。"
    "削除すると、使っている実行計画から外れます。"
)


class PlanSettingsDialog(forms.FormDialog):
    """Takes the settings as they are, and gives them as they shall be."""

    def __init__(
        self,
        outline: Outline,
        actor_uses: Uses,
        principle_uses: Uses,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("計画の設定", parent)
        settings = plan_settings(outline)
        self._outline, self._before = outline, settings
        self._actor_uses, self._principle_uses = actor_uses, principle_uses
        self._title = forms.line_edit(settings.title, "title")
        self._municipality = forms.line_edit(settings.municipality, "municipality")
        self._ordinance = forms.line_edit(settings.ordinance, "ordinance")
        self._contact = [
            forms.line_edit(text, f"contact_{name}")
            for name, text in settings.contact._asdict().items()
        ]
        self._period = inputs.PeriodEditor(settings.first_fiscal_year, settings.last_fiscal_year)
        self._actors = editors.NamesEditor(
            "actor", ACTOR_FIELD, settings.actors, _counted(actor_uses, settings.actors)
        )
        self._definition = _text(settings.definition, "definition")
        self._principles = editors.NamesEditor(
            "principle",
            PRINCIPLE_FIELD,
            settings.principles,
            _counted(principle_uses, settings.principles),
        )
        self._policy = _text(settings.policy, "policy")
        self._levels = editors.LevelsEditor(settings.levels, fixed=True)
        tabs = QTabWidget()
        tabs.addTab(self._basics(), "基本情報(&B)")
        tabs.addTab(self._long_texts(), "本文(&X)")
        for editor, field, title in (
            (self._actors, ACTOR_FIELD, "主体(&C)"),
            (self._principles, PRINCIPLE_FIELD, "基本原則(&R)"),
        ):
            tabs.addTab(
                forms.explained(_NAMES_EXPLANATION.format(field), forms.FormField(editor, field)),
                title,
            )
        levels = forms.FormField(self._levels, editors.LEVELS_FIELD)
        tabs.addTab(forms.explained(_LEVELS_EXPLANATION, levels), "階層と番号(&L)")
        self._effects = editors.EffectsBox(_EFFECT_LINES)
        self.content.addWidget(tabs, 1)
        self.content.addWidget(self._effects)
        for changed in (
            self._actors.changed,
            self._principles.changed,
            self._levels.changed,
        ):
            changed.connect(self._show_effects)
        for edit in self._contact:
            edit.textChanged.connect(self._show_effects)
        self.resize(640, 560)
        self._title.setFocus()

    @property
    def settings(self) -> PlanSettings:
        """The settings as they are typed; raises InvalidInputError until it was accepted."""
        return PlanSettings(
            checked_title(self._title.text(), _TITLE),
            checked_text(self._ordinance.text(), _ORDINANCE).strip(),
            checked_text(self._definition.toPlainText(), _DEFINITION).strip(),
            checked_text(self._policy.toPlainText(), _POLICY).strip(),
            *self._period.years,
            principles=checked_principles(self._principles.entries),
            actors=checked_actors(self._actors.entries),
            levels=self._levels.levels,
            contact=checked_contact(Contact(*(edit.text() for edit in self._contact))),
            municipality=checked_line(self._municipality.text(), MUNICIPALITY_FIELD),
        )

    def read(self) -> PlanSettings:
        return self.settings

    def _show_effects(self) -> None:
        self._effects.show_effects(self._effect_sentences())

    def _effect_sentences(self) -> Iterator[str]:
        before = self._before
        for old, editor, uses in (
            (before.actors, self._actors, self._actor_uses),
            (before.principles, self._principles, self._principle_uses),
        ):
            yield from vocabulary.effects(old, editor.entries, uses, {}, _COUNTED)
        if [edit.text() for edit in self._contact] != [*before.contact]:
            yield _CONTACT_EFFECT
        with suppress(errors.InvalidInputError):  # a name that is empty is told of at the OK
            yield from vocabulary.level_effects(self._outline, self._levels.levels)

    def _basics(self) -> QWidget:
        page = QWidget()
        form = forms.new_form(page)
        forms.add_row(form, "計画名(&T)", forms.FormField(self._title, _TITLE))
        municipality = forms.FormField(self._municipality, MUNICIPALITY_FIELD)
        forms.add_row(form, f"{MUNICIPALITY_FIELD}(&N)", municipality)
        forms.add_row(form, "計画期間(&P)", forms.FormField(self._period, inputs.PERIOD_FIELD))
        forms.add_row(form, "根拠となる条例(&O)", forms.FormField(self._ordinance, _ORDINANCE))
        for field, edit, key in zip(CONTACT_FIELDS, self._contact, "SMH", strict=True):
            forms.add_row(form, f"{field}(&{key})", forms.FormField(edit, field))
        form.addRow("", _explanation(_CONTACT_EXPLANATION))
        return page

    def _long_texts(self) -> QWidget:
        page = QWidget()
        form = forms.new_form(page)
        forms.add_row(form, "定義(&D)", forms.FormField(self._definition, _DEFINITION))
        forms.add_row(form, "推進方針(&P)", forms.FormField(self._policy, _POLICY))
        return page


def _explanation(text: str) -> plain.Label:
    label = plain.Label(text)
    label.setWordWrap(True)
    return label


def _text(text: str, name: str) -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setObjectName(name)
    edit.setTabChangesFocus(True)
    edit.setMinimumHeight(4 * edit.fontMetrics().lineSpacing())
    return edit


def _counted(uses: Uses, entries: tuple[vocabulary.NameEntry, ...]) -> dict[int, str]:
    return {
        each.id: _COUNTED.format(uses.get(each.id, vocabulary.UNUSED).total)
        for each in entries
        if each.id is not None
    }
