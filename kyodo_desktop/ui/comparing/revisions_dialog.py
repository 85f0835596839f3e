"""見直し: the list of all revisions, which is edited at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from kyodo_desktop.domain import errors, fiscal_year
from kyodo_desktop.services import comparing
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.comparing import before_after_dialog, revision_form
from kyodo_desktop.ui.widgets import forms, item_views, plain

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace

_ID = Qt.ItemDataRole.UserRole
_EXPLANATION = (
    "計画を直したら、その時点を「見直し」として記録します。何が変わったかは、前の見直し"
    "（なければ計画の作成）からの履歴をもとに新旧対照表になります。"
)

_NO_REVISIONS = (
    "見直しはまだ記録されていません。計画を直したあとに「記録する」を押すと、ここに並びます。"
)


class RevisionsDialog(QDialog):
    """Shows the revisions, the newest first; the signals are those of its 新旧対照表.

    It closes with one that was written or printed.
    """

    export_wanted = Signal(object, object)
    print_wanted = Signal(object, object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("見直し")
        self._workspace = workspace
        self._list = QTreeWidget()
        self._list.setObjectName("revisions")
        self._list.setAccessibleName("見直しの一覧")
        self._list.setHeaderLabels(["名前", "決定日", "理由"])
        self._list.setRootIsDecorated(False)
        item_views.EmptyNote(self._list, _NO_REVISIONS)
        self._list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._list.currentItemChanged.connect(self._enable)
        self._list.itemActivated.connect(self._before_after)
        self._error = forms.ErrorLine()
        self._add = forms.push_button("記録する(&A)…", "add_revision", self._ask_for_new)
        self._of_one = (
            forms.push_button("新旧対照表(&T)…", "before_after_of_revision", self._before_after),
            forms.push_button("内容を変更(&E)…", "edit_revision", self._ask_for_changes),
            forms.push_button("記録を削除(&D)", "delete_revision", self._delete),
        )
        self._lay_out()
        self._refresh()

    def _refresh(self, current: int | None = None) -> None:
        self._list.clear()
        for each in reversed(self._workspace.outline.revisions.values()):
            reason = " ".join(each.reason.split())
            item = QTreeWidgetItem([each.name, fiscal_year.day_label(each.decided_on), reason])
            item.setData(0, _ID, each.id)
            self._list.addTopLevelItem(item)
            if current in (None, each.id) and self._list.currentItem() is None:
                self._list.setCurrentItem(item)
        self._enable()

    def _ask_for_new(self) -> None:
        today = f"{self._workspace.now():%Y-%m-%d}"
        self._ask("見直しを記録", revision_form.RevisionInput("", today, ""), None)

    def _ask_for_changes(self) -> None:
        found = self._workspace.outline.revisions[self._current()]
        asked = revision_form.RevisionInput(found.name, found.decided_on, found.reason)
        self._ask("見直しの内容を変更", asked, found.id)

    def _ask(
        self, title: str, asked: revision_form.RevisionInput, revision_id: int | None
    ) -> None:
        def check(typed: revision_form.RevisionInput) -> object:
            return comparing.checked_revision(self._workspace.outline, *typed, revision_id)

        dialog = revision_form.RevisionDialog(title, asked, check, self)
        ask(dialog, lambda: self._save(dialog.asked, revision_id))

    def _save(self, asked: revision_form.RevisionInput, revision_id: int | None) -> None:
        self._error.show_error("")
        if revision_id is None:
            comparing.record_revision(self._workspace, *asked)
        else:
            comparing.edit_revision(self._workspace, revision_id, *asked)
        self._refresh(revision_id)

    def _delete(self) -> None:
        self._error.show_error("")
        try:
            comparing.delete_revision(self._workspace, self._current())
        except errors.PlanError as error:
            self._error.show_error(error.message)
        self._refresh()

    def _before_after(self) -> None:
        dialog = before_after_dialog.BeforeAfterDialog(self._workspace, self, self._current())
        dialog.export_wanted.connect(self.export_wanted)
        dialog.print_wanted.connect(self.print_wanted)
        dialog.accepted.connect(self.accept)
        ask(dialog)

    def _current(self) -> int:
        item = self._list.currentItem()
        assert item is not None, "the buttons are disabled without a revision"
        revision_id: int = item.data(0, _ID)
        return revision_id

    def _enable(self) -> None:
        may_edit = not self._workspace.read_only_because
        chosen = self._list.currentItem() is not None
        self._add.setEnabled(may_edit)
        before_after, *edits = self._of_one
        before_after.setEnabled(chosen)
        for button in edits:
            button.setEnabled(chosen and may_edit)

    def _lay_out(self) -> None:
        explanation = plain.Label(_EXPLANATION)
        explanation.setWordWrap(True)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        grid = QGridLayout(self)
        grid.addWidget(explanation, 0, 0, 1, 2)
        grid.addWidget(self._list, 1, 0, 5, 1)
        for row, button in enumerate((self._add, *self._of_one), start=1):
            grid.addWidget(button, row, 1)
        grid.setRowStretch(5, 1)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._error, 6, 0, 1, 2)
        grid.addWidget(close, 7, 0, 1, 2)
        self.resize(720, 380)
