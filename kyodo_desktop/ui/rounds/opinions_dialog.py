"""委員会意見 of a round on one page: the 総括, then one for each highest heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from kyodo_desktop.domain.current_terms import terms_over
from kyodo_desktop.domain.nodes import NodeKind, row_id
from kyodo_desktop.services.opinions import opinion_key, set_opinion
from kyodo_desktop.ui.dialogs.forms import ErrorLine
from kyodo_desktop.ui.editor.editing import Editing
from kyodo_desktop.ui.editor.form_page import FormPage
from kyodo_desktop.ui.editor.live_text import LiveText
from kyodo_desktop.ui.editor.text_fields import GrowingText

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        self._error = ErrorLine()
        self._editing.failed.connect(self._error.show_error)
        page = FormPage("opinions")
        for node, label in opinion_nodes(outline):
            page.add(label, *self._field(node, label, outline))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        hint = QLabel("推進委員会の意見を、調査ごとに記録します。変更はすぐに保存されます。")
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(page, 1)
        column.addWidget(self._error)
        column.addWidget(buttons)
        self.resize(720, 560)

    def _field(self, node: int, label: str, outline: Outline) -> tuple[QWidget, QWidget]:
        text = LiveText(GrowingText(lines=3), self._editing, set_opinion)
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


def opinion_nodes(outline: Outline) -> Iterator[tuple[int, str]]:
    """Yield what there may be opinions on: the 総括 at a term, then its highest headings."""
    over = terms_over(outline)
    current = [node for node in outline.roots if row_id(node) not in over]
    yield current[-1], OVERALL
    for term in current:
        for node in outline.children.get(term, ()):
            if node & 3 == NodeKind.HEADING:
                yield node, outline.label(node).replace("&", "&&")
