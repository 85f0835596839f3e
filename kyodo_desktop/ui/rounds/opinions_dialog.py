"""委員会意見 of a round on one page: the 総括, then one for each highest heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from kyodo_desktop.domain import fiscal_year, nodes
from kyodo_desktop.domain.terms import in_term, terms_over
from kyodo_desktop.services.rounds import opinion_key, set_opinion
from kyodo_desktop.ui.editor.editing import Editing, LiveText
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

OVERALL = "総括"


class OpinionsDialog(QDialog):
    """What is typed is saved at once; the dialog closes when all of it could be."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outline = workspace.outline
        assert outline.round is not None
        self.setWindowTitle(f"委員会意見（{outline.round.name}）")
        self._editing = Editing(workspace, self)
        self._error = forms.ErrorLine()
        self._editing.failed.connect(self._error.show_error)
        page = forms.FormPage("opinions")
        self._fill(page, outline)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        hint = plain.Label(f"推進委員会の意見を、調査ごとに記録します。{self._state(outline)}")
        hint.setObjectName("opinions_hint")
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(page, 1)
        column.addWidget(self._error)
        column.addWidget(buttons)
        self.resize(720, 560)

    def _state(self, outline: Outline) -> str:
        if self._editing.is_round_open:
            return "変更はすぐに保存されます。"
        is_closed = outline.round is not None and outline.round.closed_at is not None
        return f"{'この調査は確定済み' if is_closed else '読み取り専用'}のため、閲覧のみです。"

    def _fill(self, page: forms.FormPage, outline: Outline) -> None:
        """Add the 総括 and the highest headings; those of several terms below their names."""
        over = terms_over(outline)
        current = [node for node in outline.roots if nodes.row_id(node) not in over]
        headings = {term: _highest_headings(outline, term) for term in current}
        terms = [term for term in current if headings[term]]
        page.add(OVERALL, *self._field(current[-1], OVERALL, outline))
        for term in terms:
            if len(terms) > 1:
                page.form.addRow(_title(outline, term))
            for node in headings[term]:
                label = outline.label(node)
                name = in_term(outline, node, label, terms)
                page.add(label.replace("&", "&&"), *self._field(node, name, outline))

    def _field(self, node: int, label: str, outline: Outline) -> tuple[QWidget, QWidget]:
        text = LiveText(inputs.GrowingText(lines=3), self._editing, set_opinion)
        opinion = outline.opinions.get(opinion_key(node))
        text.show_text(node, opinion.text if opinion else "")
        text.field.setObjectName(f"opinion_{opinion_key(node) or 0}")
        text.field.setAccessibleName(f"{label}への意見")
        text.field.setReadOnly(not self._editing.is_round_open)
        return text.field, text.error

    # Qt's interface

    def reject(self) -> None:
        if self._editing.commit():
            super().reject()


def _highest_headings(outline: Outline, term: int) -> list[int]:
    below = outline.children.get(term, ())
    return [node for node in below if nodes.is_heading(node)]


def _title(outline: Outline, term: int) -> plain.Label:
    """Return the name and the years of a term, above what belongs to it."""
    found = outline.terms[nodes.row_id(term)]
    years = fiscal_year.period_label(found.first_fiscal_year, found.last_fiscal_year)
    label = plain.Label(f"{found.name}　{years}")
    label.setObjectName(f"term_{found.id}")
    label.setTextFormat(Qt.TextFormat.PlainText)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
