"""委員会意見 of a round beside 市の対応: on the whole, then on each highest heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QSizePolicy, QVBoxLayout, QWidget

from kyodo_desktop.domain import fiscal_year, nodes
from kyodo_desktop.domain.terms import in_term, terms_over
from kyodo_desktop.services import rounds
from kyodo_desktop.ui.editor.editing import Editing, LiveText
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

OVERALL = "総括"


class OpinionsDialog(QDialog):
    """What is typed is saved at once; the dialog closes when all of it could be.

    It closes as well when another round is shown, by an edit from elsewhere.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outline = workspace.outline
        assert outline.round is not None
        self.setWindowTitle(f"委員会意見（{outline.round.name}）")
        self._outline, self._round_id = outline, outline.round.id
        self._rows: list[tuple[int, LiveText, LiveText]] = []
        self._editing = Editing(workspace, self)
        self._error = forms.ErrorLine()
        self._editing.failed.connect(self._error.show_error)
        page = forms.FormPage("opinions")
        self._fill(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        self._hint = plain.Label()
        self._hint.setObjectName("opinions_hint")
        self._hint.setWordWrap(True)
        column.addWidget(self._hint)
        column.addWidget(page, 1)
        column.addWidget(self._error)
        column.addWidget(buttons)
        self.resize(900, 560)
        self._show()
        self.destroyed.connect(workspace.subscribe(lambda _changes: self._follow()))

    def _follow(self) -> None:
        self._outline = self._editing.outline
        shown = self._outline.round
        if shown is None or shown.id != self._round_id:
            super().reject()
        else:
            self._show()

    def _show(self) -> None:
        """Show what stands in the plan now, but for headings that are gone."""
        self._hint.setText(f"推進委員会の意見と市の対応を、調査ごとに記録します。{self._state()}")
        for node, left, right in self._rows:
            if not self._outline.exists(node):
                continue
            opinion = self._outline.opinions.get(rounds.opinion_key(node))
            left.show_text(node, opinion.text if opinion else "")
            right.show_text(node, opinion.response if opinion else "")
            for each in (left, right):
                each.field.setReadOnly(not self._editing.is_round_open)

    def _state(self) -> str:
        if self._editing.is_round_open:
            return "変更はすぐに保存されます。"
        shown = self._outline.round
        is_closed = shown is not None and shown.closed_at is not None
        return f"{'この調査は確定済み' if is_closed else '読み取り専用'}のため、閲覧のみです。"

    def _fill(self, page: forms.FormPage) -> None:
        """Add the 総括 and the highest headings; those of several terms below their names."""
        outline = self._outline
        over = terms_over(outline)
        current = [node for node in outline.roots if nodes.row_id(node) not in over]
        headings = {term: _highest_headings(outline, term) for term in current}
        terms = [term for term in current if headings[term]]
        titles = map(_column_title, (rounds.OPINION_FIELD, rounds.RESPONSE_FIELD))
        page.form.addRow("", forms.in_row(*titles))
        self._add(page, current[-1], OVERALL, OVERALL)
        for term in terms:
            if len(terms) > 1:
                page.form.addRow(_title(outline, term))
            for node in headings[term]:
                label = outline.label(node)
                name = in_term(outline, node, label, terms)
                self._add(page, node, label.replace("&", "&&"), name)

    def _add(self, page: forms.FormPage, node: int, label: str, name: str) -> None:
        """Add the row of a heading, or of the 総括; `name` tells it from all others."""
        left, right = (
            LiveText(inputs.GrowingText(lines=3), self._editing, save)
            for save in (rounds.set_opinion, rounds.set_response)
        )
        self._rows.append((node, left, right))
        left.field.setAccessibleName(f"{name}への意見")
        right.field.setAccessibleName(f"{name}への市の対応")
        for column, each in (("opinion", left), ("response", right)):
            each.field.setObjectName(f"{column}_{rounds.opinion_key(node) or 0}")
        columns = (forms.in_column(each.field, each.error) for each in (left, right))
        page.add(label, forms.in_row(*columns, at_top=True), leads_to=left.field)

    # Qt's interface

    def reject(self) -> None:
        if self._editing.commit():
            super().reject()


def _highest_headings(outline: Outline, term: int) -> list[int]:
    below = outline.children.get(term, ())
    return [node for node in below if nodes.is_heading(node)]


def _column_title(text: str) -> plain.Label:
    """Return a title that takes the same room as the fields below it."""
    label = plain.Label(text)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return label


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
