"""Edits a heading or a term: its name and number, 委員会意見 on it and 市の対応."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import nodes, terms
from kyodo_desktop.services import rounds, structure
from kyodo_desktop.ui.editor.editing import Editing, LiveText
from kyodo_desktop.ui.widgets import forms, inputs

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline


class HeadingForm(forms.FormPage):
    """The title and the number of one heading; a term has no number."""

    def __init__(self, editing: Editing) -> None:
        super().__init__("heading_form")
        self._title = LiveText(inputs.LineField(), editing, structure.rename)
        self._number = LiveText(inputs.LineField(), editing, structure.renumber)
        self._editing = editing
        self._opinion, self._response = (
            LiveText(inputs.GrowingText(lines=3), editing, save)
            for save in (rounds.set_opinion, rounds.set_response)
        )
        for name, label, text in (
            ("heading_title", "名称", self._title),
            ("heading_number", "番号", self._number),
            ("opinion", rounds.OPINION_FIELD, self._opinion),
            ("response", rounds.RESPONSE_FIELD, self._response),
        ):
            text.field.setObjectName(name)
            text.field.setAccessibleName(label)
        self.add("名称", self._title.field, self._title.error)
        self._number_row = self.add("番号", self._number.field, self._number.error)
        self._opinion_rows = [
            self.add(text.field.accessibleName(), text.field, text.error)
            for text in (self._opinion, self._response)
        ]

    def show_node(self, outline: Outline, node: int) -> None:
        """Show a heading or a term."""
        of_heading = nodes.is_heading(node)
        for text in (self._title, self._number):
            text.field.setReadOnly(not self._editing.is_open)
        self.form.setRowVisible(self._number_row, of_heading)
        self._title.show_text(node, outline.title(node))
        if of_heading:
            typed = outline.headings[nodes.row_id(node)].number
            hint = "空欄なら自動" if typed else f"空欄なら自動（今は {outline.number(node)}）"
            self._number.field.setPlaceholderText(hint)
            self._number.show_text(node, typed)
        is_asked_for = not terms.is_over(outline, terms.term_of(outline, node))
        self._show_opinions(outline, node, is_asked_for=is_asked_for)

    def _show_opinions(self, outline: Outline, node: int, *, is_asked_for: bool) -> None:
        """Show 委員会意見 where there may be one: at a term (総括) and at its headings."""
        is_highest = nodes.is_term(node) or outline.depth(node) == 0
        has_one = is_highest and outline.round is not None and is_asked_for
        for row in self._opinion_rows:
            self.form.setRowVisible(row, has_one)
        if has_one:
            opinion = outline.opinions.get(rounds.opinion_key(node))
            hint = "総括としての意見" if nodes.is_term(node) else ""
            self._opinion.field.setPlaceholderText(hint)
            self._opinion.show_text(node, opinion.text if opinion else "")
            self._response.show_text(node, opinion.response if opinion else "")
            for text in (self._opinion, self._response):
                text.field.setReadOnly(not self._editing.is_round_open)
