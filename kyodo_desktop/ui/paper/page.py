"""紙面 in the window: the table that follows a plan, and shares with the tree what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyodo_desktop.domain import action_fields, nodes, refresh
from kyodo_desktop.ui.paper.cells import COLUMNS, PaperColumn, PaperTexts, texts_of
from kyodo_desktop.ui.paper.editing import PaperEditor
from kyodo_desktop.ui.paper.view import PaperView
from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QInputMethodEvent, QShowEvent

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.inputs import Unsaved
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.tree_filter import TreeFilter
    from kyodo_desktop.services.workspace import Workspace

TABLES = (
    *("plan", "level", "status", "direction", "section", "round", "term"),
    *("heading", "action", "placement", "progress", "outlook"),
)
"""What stands in 紙面."""


class PaperPage(QWidget):
    """Shows what the tree shows of a plan; while it is out of sight it does nothing."""

    chosen = Signal(list)
    status_requested = Signal(list, int)  # action ids, status id
    failed = Signal(str)
    failed_for_now = Signal(str, object)
    saving = Signal()
    context_menu_requested = Signal(QPoint)  # on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper_page")
        self._workspace: Workspace | None = None
        self._outline: Outline | None = None  # the one that is shown
        self._part: TreeFilter | None = None
        self._is_stale = False
        self._is_choosing = False
        self.view = PaperView()
        self.setFocusProxy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.editor: PaperEditor | None = None
        self.view.chosen.connect(self._tell_choice)
        self.view.edit_requested.connect(self._edit)
        self.view.typed.connect(self._type)
        self.view.composed.connect(self._compose)
        self.view.choice_typed.connect(self._pick)
        self.view.customContextMenuRequested.connect(
            lambda place: self.context_menu_requested.emit(self.view.viewport().mapToGlobal(place))
        )
        theme.notifier().changed.connect(self.view.restyle)

    def show_plan(
        self,
        workspace: Workspace | None,
        part: TreeFilter | None = None,
        words: tuple[str, ...] = (),
    ) -> None:
        """Show a plan, or none."""
        is_other = workspace is not self._workspace
        self._workspace, self._outline = workspace, None
        if is_other and self.editor is not None:
            self.editor.end()
            self.editor = None
        if workspace is None:
            self.view.clear()
            return
        if is_other:
            self.view.clear()
            self.editor = self._new_editor(workspace)
        self.show_part(part, words)

    def show_part(self, part: TreeFilter | None, words: tuple[str, ...] = ()) -> None:
        """Show what a search or a filter leaves; None is all of the plan.

        The words that are searched for are marked.
        """
        self.view.words = words
        self._part = part
        self._show_again(None)

    def follow(self, changes: ChangeSet, part: TreeFilter | None) -> None:
        """Show what an edit made of the plan."""
        self._part = part
        self._show_again(changes)

    def commit(self) -> bool:
        """Save what is typed; False when it cannot be saved."""
        return self.editor is None or self.editor.commit()

    def unsaved(self) -> list[Unsaved]:
        """Return what is typed and not saved."""
        return [] if self.editor is None else self.editor.unsaved()

    @property
    def has_refused(self) -> bool:
        """Whether a text in a cell could not be saved."""
        return self.editor is not None and self.editor.has_refused

    def current_rect(self) -> QRect:
        """Return where the current cell, or what is typed, stands on the screen."""
        view = self.view
        if not view.currentIndex().isValid():
            return QRect()
        rect = view.visualRect(view.currentIndex())
        if self.editor is not None:
            rect = rect.united(self.editor.room)
        return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def take_focus(self) -> None:
        """Bring the focus to what is typed, else to the table."""
        if self.editor is not None and self.editor.cell is not None:
            self.editor.take_focus()
        else:
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def current_field(self) -> action_fields.Field[Any] | None:
        """Return what the current cell is about; a number stands for the status."""
        table, index = self.view.table, self.view.currentIndex()
        if table is None or not index.isValid() or index.column() < table.levels:
            return None
        return _FIELDS[COLUMNS[index.column() - table.levels]]

    def edit_name(self, node: int) -> None:
        """Let the name of a node be typed in its cell."""
        table, row = self.view.table, self.view.row_of(node)
        if table is None or row is None:
            return
        column = table.levels + COLUMNS.index(PaperColumn.ACTION)
        if nodes.is_heading(node):
            column = table.rows[row].path.index(node)
        self.view.choose([node], column)
        self._edit(self.view.rows.index(row, column))

    def choose(self, chosen: Sequence[int]) -> None:
        """Show what is chosen in the tree."""
        if self._is_choosing or self._outline is None:
            return
        self._is_choosing = True
        self.view.choose(list(chosen))
        self._is_choosing = False

    # Qt's interface

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._show_again(None)

    def _new_editor(self, workspace: Workspace) -> PaperEditor:
        editor = PaperEditor(self.view, workspace)
        editor.failed.connect(self.failed)
        editor.failed_for_now.connect(self.failed_for_now)
        editor.saving.connect(self.saving)
        return editor

    def _edit(self, index: QModelIndex, place: QPoint | None = None) -> None:
        if self.editor is not None:
            cell = self.editor.cell_at(index.row(), index.column(), place)
            if cell is not None:
                self.view.bring(index)
                self.editor.begin(cell)

    def _type(self, index: QModelIndex, text: str) -> None:
        if self.editor is not None:
            cell = self.editor.cell_at(index.row(), index.column())
            if cell is not None:
                self.view.bring(index)
                self.editor.begin(cell, typed=text)

    def _compose(self, event: QInputMethodEvent) -> None:
        if self.editor is None or not self.editor.compose(event):
            event.ignore()

    def _pick(self, index: QModelIndex, key: int) -> None:
        """Do as the key of a direction says, in its column, else as that of a status."""
        outline, placements = self._outline, filter(nodes.is_placement, self.view.chosen_nodes())
        if outline is None or self.editor is None:
            return
        actions = list(dict.fromkeys(map(outline.action_id_at, placements)))
        if not actions:
            return
        if self.editor.is_of_outlooks(index.column()):
            self.editor.give_direction(actions, key)
        elif key <= len(outline.statuses):
            self.status_requested.emit(actions, list(outline.statuses)[key - 1])

    def _tell_choice(self) -> None:
        if self._is_choosing:
            return
        chosen = self.view.chosen_nodes()
        if chosen:
            self._is_choosing = True
            self.chosen.emit(chosen)
            self._is_choosing = False

    def _show_again(self, changes: ChangeSet | None) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        outline, before = workspace.outline, self._outline
        self._outline = outline
        table = self.view.table
        is_same = (
            changes is not None
            and not changes.whole
            and before is not None
            and table is not None
            and self._part is None
            and before.children is outline.children
            and before.levels == outline.levels
            and before.terms is outline.terms
        )
        if is_same and table is not None and changes is not None:
            texts = PaperTexts(outline, table)
            self.view.show_texts(texts, _touched(outline, changes), same_rows=True)
            self._refresh_editor()
            return
        self._is_choosing = True
        is_known = changes is not None and not changes.whole
        touched = _touched(outline, changes) if changes is not None and is_known else None
        self.view.show_texts(texts_of(outline, self._part), touched)
        self._is_choosing = False
        self._refresh_editor()

    def _refresh_editor(self) -> None:
        if self.editor is not None:
            self.editor.refresh()


_FIELDS: dict[PaperColumn, action_fields.Field[Any]] = {
    PaperColumn.NUMBER: action_fields.STATUS,
    PaperColumn.ACTION: action_fields.TITLE,
    PaperColumn.PROGRESS: action_fields.PROGRESS,
    PaperColumn.OUTLOOK: action_fields.DIRECTION,
}
_OF_MANY = ("plan", "level", "status", "direction", "section")  # tables whose words stand widely


def _touched(outline: Outline, changes: ChangeSet) -> set[int] | None:
    """Return the nodes whose cells may say something else; None may be any."""
    if any(row.table in _OF_MANY for row in changes.rows):
        return None
    headings = {nodes.heading_node(row.id) for row in changes.rows if row.table == "heading"}
    return headings | {
        nodes.placement_node(each)
        for action in refresh.actions_touched(changes)
        for each in outline.placed.get(action, ())
    }
