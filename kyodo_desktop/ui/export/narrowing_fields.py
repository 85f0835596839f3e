"""Inputs for what of the plan a report tells, in the plan's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox

from kyodo_desktop.domain.narrowing import (
    CHANGED_CHOICE,
    SECTION_CHOICE,
    STATUS_CHOICE,
    TERM_CHOICE,
    Narrowing,
    words_of,
)
from kyodo_desktop.ui.export.several import SeveralButton
from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFormLayout

    from kyodo_desktop.domain.outline import Outline


class NarrowingFields(QObject):
    """Offers the headings of the terms that are chosen.

    `changed` comes with those that were chosen and are of no such term.
    """

    changed = Signal(list)

    def __init__(self, outline: Outline, parent: QObject) -> None:
        super().__init__(parent)
        self._outline = outline
        words = words_of(outline)
        self._terms = SeveralButton("terms", TERM_CHOICE, words.terms)
        self._tops = SeveralButton("tops", outline.levels[0].name, words.headings)
        self._sections = SeveralButton("sections", SECTION_CHOICE, words.sections)
        self._statuses = SeveralButton("statuses", STATUS_CHOICE, words.statuses)
        self._changed_only = QCheckBox(f"{CHANGED_CHOICE}(&L)")
        self._changed_only.setObjectName("changed_only")
        self._changed_only.setEnabled(words.changed_only)
        self._terms.changed.connect(self._offer_tops)
        for each in (self._tops, self._sections, self._statuses):
            each.changed.connect(self._tell)
        self._changed_only.toggled.connect(self._tell)

    @property
    def chosen(self) -> Narrowing:
        """What is chosen."""
        return Narrowing(
            terms=self._terms.chosen,
            headings=self._tops.chosen,
            sections=self._sections.chosen,
            statuses=self._statuses.chosen,
            changed_only=self._changed_only.isChecked(),
        )

    def choose(self, wanted: Narrowing) -> list[str]:
        """Choose this, and return the words that the plan does not know."""
        can = self._changed_only.isEnabled()
        self._changed_only.setChecked(wanted.changed_only and can)
        return [
            *([CHANGED_CHOICE] if wanted.changed_only and not can else ()),
            *self._terms.choose(wanted.terms),
            *self._tops.choose(wanted.headings),
            *self._sections.choose(wanted.sections),
            *self._statuses.choose(wanted.statuses),
        ]

    def add_to(self, form: QFormLayout) -> None:
        """Add the inputs with their labels; a single term leaves nothing to choose."""
        if len(self._outline.terms) > 1:
            forms.add_row(form, f"{TERM_CHOICE}(&R)", self._terms)
        forms.add_row(form, f"{plain.whole(self._outline.levels[0].name)}(&H)", self._tops)
        forms.add_row(form, f"{SECTION_CHOICE}(&G)", self._sections)
        forms.add_row(form, f"{STATUS_CHOICE}(&J)", self._statuses)
        form.addRow("", self._changed_only)

    def _offer_tops(self) -> None:
        self.changed.emit(self._tops.offer(words_of(self._outline, self._terms.chosen).headings))

    def _tell(self) -> None:
        self.changed.emit([])
