"""Edits a heading or a term, and says how far what stands below it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.current_terms import is_over
from kyodo_desktop.domain.nodes import NodeKind, kind_of, row_id
from kyodo_desktop.domain.term_names import term_of
from kyodo_desktop.services import structure
from kyodo_desktop.services.opinions import opinion_key, set_opinion
from kyodo_desktop.ui.editor.form_page import FormPage
from kyodo_desktop.ui.editor.live_text import LiveText
from kyodo_desktop.ui.editor.status_counts import StatusCounts
from kyodo_desktop.ui.editor.text_fields import GrowingText, LineField

if TYPE_CHECKING:
    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing

_COUNTED = frozenset({"progress", "placement", "heading", "status", "round"})


class HeadingForm(FormPage):
    """The title and the number of one heading; a term has no number."""

    def __init__(self, editing: Editing) -> None:
        super().__init__("heading_form")
        self._title = LiveText(LineField(), editing, structure.rename)
        self._number = LiveText(LineField(), editing, structure.renumber)
        self._counts = StatusCounts()
        self._editing = editing
        self._opinion = LiveText(GrowingText(lines=3), editing, set_opinion)
        for name, label, text in (
            ("heading_title", "名称", self._title),
            ("heading_number", "番号", self._number),
        ):
            text.field.setObjectName(name)
            text.field.setAccessibleName(label)
        self.add("名称(&N)", self._title.field, self._title.error)
        self._number_row = self.add("番号(&B)", self._number.field, self._number.error)
        self._counts_row = self.add("進み具合", self._counts)
        self._opinion.field.setObjectName("opinion")
        self._opinion.field.setAccessibleName("委員会意見")
        self._opinion_row = self.add("委員会意見(&I)", self._opinion.field, self._opinion.error)

    def show_node(self, outline: Outline, node: int, changes: ChangeSet | None) -> None:
        """Show a heading or a term; it counts again unless the changes are known to be others."""
        is_heading = kind_of(node) is NodeKind.HEADING
        for text in (self._title, self._number):
            text.field.setReadOnly(not self._editing.is_open)
        self.form.setRowVisible(self._number_row, is_heading)
        self._title.show_text(node, outline.title(node))
        if is_heading:
            typed = outline.headings[row_id(node)].number
            hint = "空欄なら自動" if typed else f"空欄なら自動（今は {outline.number(node)}）"
            self._number.field.setPlaceholderText(hint)
            self._number.show_text(node, typed)
        is_asked_for = not is_over(outline, term_of(outline, node))
        self._show_opinion(outline, node, is_asked_for=is_asked_for)
        self.form.setRowVisible(self._counts_row, is_asked_for)
        if changes is None or changes.whole or any(row.table in _COUNTED for row in changes.rows):
            self._counts.show_counts(outline, node)

    def _show_opinion(self, outline: Outline, node: int, *, is_asked_for: bool) -> None:
        """Show 委員会意見 where there may be one: at a term (総括) and at its headings."""
        is_highest = kind_of(node) is NodeKind.TERM or outline.depth(node) == 0
        has_one = is_highest and outline.round is not None and is_asked_for
        self.form.setRowVisible(self._opinion_row, has_one)
        if has_one:
            opinion = outline.opinions.get(opinion_key(node))
            hint = "総括としての意見" if kind_of(node) is NodeKind.TERM else ""
            self._opinion.field.setPlaceholderText(hint)
            self._opinion.show_text(node, opinion.text if opinion else "")
            self._opinion.field.setReadOnly(not self._editing.is_round_open)
