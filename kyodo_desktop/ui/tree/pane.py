"""The left side of the window: the tree of the plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import action_fields, arranging
from kyodo_desktop.domain.inputs import TypedText, Unsaved
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.search import Query
from kyodo_desktop.domain.standing import RoundState
from kyodo_desktop.services import cells, history, moving, structure, typing_journal
from kyodo_desktop.ui.tree import columns, header
from kyodo_desktop.ui.tree.cells import CellWay
from kyodo_desktop.ui.tree.contents import Clock, TreeContents
from kyodo_desktop.ui.tree.model import PlanTreeModel
from kyodo_desktop.ui.tree.view import PlanTreeView
from kyodo_desktop.ui.widgets import badges
from kyodo_desktop.ui.widgets.plain import Label, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.tree_filter import TreeFilter
    from kyodo_desktop.services.workspace import Workspace


_LEFT = (
    "「{}」に入力した文は、その欄を表示できなくなったため保存していません。"
    "文はこのパソコンの控えにあり、次にこの計画を開いたときに一覧でお見せします。"
)


class OtherView(Protocol):
    """What may stand in the place of the tree, and shows the same nodes as chosen."""

    @property
    def is_shown(self) -> bool:
        """Whether it is in front."""

    def edit_name(self, node: int) -> None:
        """Let the name of a node be typed."""

    def current_field(self) -> action_fields.Field[Any] | None:
        """Return what its current cell is about."""


class TreePane(QWidget):
    """Shows a plan's tree and what of it is searched for; tells what the user wants of it."""

    current_changed = Signal(object)  # a node, or None
    selection_changed = Signal(list)
    status_requested = Signal(list, int)  # action ids, status id
    value_requested = Signal(list, object, object)  # action ids, field, value
    edit_requested = Signal(int, str)  # node, name of a field: to be changed in the editor
    arranged = Signal(object)  # the `Order` in which the actions stand now
    limit_requested = Signal(object, object)  # the id of a section or None, ids of statuses
    shift_requested = Signal(moving.Way)
    delete_requested = Signal()
    copy_requested = Signal()
    paste_requested = Signal()
    move_requested = Signal(list, int, object)  # nodes, parent, sibling to stand before or None
    refused = Signal(str)
    refusal_changed = Signal()  # `has_refused` may be another than before
    named = Signal(int)  # a new row, by Enter
    left_unnamed = Signal(int)  # a new row
    name_replaced = Signal(str, str)  # by another one that was typed over it
    part_changed = Signal()  # another part of the plan is shown
    called_up = Signal()  # something of it is about to be typed into, or looked for
    opened = Signal()  # the current row, by a double click
    context_menu_requested = Signal(QPoint)  # on the screen
    scrolled = Signal()
    counted = Signal(object)  # how much a search found, as HitCount; None while not known
    all_requested = Signal()  # nothing shall be searched for any more
    section_requested = Signal(int)  # and nothing else

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tree_pane")
        self.other_view: OtherView | None = None
        self._workspace: Workspace | None = None
        self._contents: TreeContents | None = None
        self._order = arranging.Order()
        self._waits_to_search = False
        self._left: list[TypedText] = []  # typed into cells that are not shown any more
        self._save: Callable[[int, action_fields.Field[Any], str], bool] = lambda *_: True
        self._rename: Callable[[int, str], bool] = lambda *_: True
        self._announced: tuple[int | None, list[int]] = (None, [])
        self._model = PlanTreeModel(self)
        self._view = PlanTreeView(self._model)
        self._query = Query()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_plan(self, workspace: Workspace) -> None:
        """Show a plan and follow its edits."""
        self.clear()
        self._workspace = workspace
        outline = workspace.outline
        self._model.set_editable(not workspace.read_only_because)
        clock = Clock(
            lambda: workspace.now().isoformat(timespec="seconds"),
            lambda: history.last_moments(workspace),
        )
        self._contents = TreeContents(self._model, self._view.kept, outline, clock)
        self._contents.counted.connect(self.counted)
        if self._order != self._contents.order:
            self._contents.arrange(self._order)
        self._show_rows_or_none()
        workspace.subscribe(self._follow)
        # Later, for a fast start: what is chosen is shown beside the tree as well.
        QTimer.singleShot(0, self, self._choose_something)

    @property
    def rows(self) -> QWidget:
        """What the rows are painted in, for what lies over it while there are none."""
        return self._view

    @property
    def query(self) -> Query:
        """What the tree is limited to."""
        return self._query

    def search(self, query: Query) -> None:
        """Show what answers a query; `counted` tells how much that is."""
        self._query, self._waits_to_search = query, not self.commit()
        if self._waits_to_search:
            return  # what is typed would be hidden, and lost
        self._view.columns.keep(_columns_of(query))
        if self._contents is not None:
            self._contents.search(query)
            self.part_changed.emit()
        self._show_rows_or_none()

    def set_editable(self, editable: bool) -> None:
        """Let titles be typed and rows be moved, or not."""
        self._model.set_editable(editable)

    def clear(self) -> None:
        """Show nothing."""
        if self._contents is not None:
            self._contents.leave()
        self._contents = self._workspace = None
        self._query = Query()
        self._left = []

    @property
    def part(self) -> TreeFilter | None:
        """What is shown of the plan; None is all of it."""
        return None if self._contents is None else self._contents.part

    def select(self, node: int) -> None:
        """Make a node current; a search that hides it ends, and so does a flat list."""
        self.commit()
        self._bring_into_sight((node,))
        self._view.select(node)

    def select_all(self, nodes: Sequence[int]) -> None:
        """Select several nodes, of which the last one becomes current."""
        self.commit()
        self._bring_into_sight(nodes)
        self._view.select_all(nodes)

    def show_below(self, node: int) -> None:
        """Bring the rows below a node into sight, as many as there is room for."""
        self._view.show_below(node)

    def _bring_into_sight(self, nodes: Sequence[int]) -> None:
        def are_hidden() -> bool:
            return not all(self._model.index_of(node).isValid() for node in nodes)

        if self._order.is_flat and not all(map(is_placement, nodes)):
            self._arrange(arranging.Order())
        if are_hidden():
            self.all_requested.emit()

    def keep(self, nodes: Sequence[int]) -> None:
        """Select these nodes again, unless a search hides them."""
        if nodes and all(self._model.index_of(node).isValid() for node in nodes):
            self._view.select_all(nodes)

    def show_all(self) -> None:
        """End the search and every filter."""
        self.all_requested.emit()

    def show_section(self, section_id: int) -> None:
        """Show the actions of a section, and nothing else."""
        self.called_up.emit()
        self.section_requested.emit(section_id)
        self._view.select_first_action()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def select_next_action(self, step: int) -> None:
        """Choose the next action of the list as it is shown, or the one before with -1."""
        self.commit()
        self._view.select_next_action(step)

    def arrange(self, by: arranging.Arrangement | str) -> None:
        """Show the actions in the plan's order, or by section, due month, status or update."""
        order = arranging.Order(arranging.Arrangement(by))
        if order != self._order or order.is_flat:
            self._arrange(order)

    @property
    def order(self) -> arranging.Order:
        """In which order the actions stand."""
        return self._order

    @property
    def is_out_of_order(self) -> bool:
        """Whether rows in front stand in another order than the plan's."""
        is_behind = self.other_view is not None and self.other_view.is_shown
        return self._order.is_flat and not is_behind

    def choose_columns(self) -> None:
        """Let the columns be chosen that are shown."""
        head = self._view.columns
        menu = head.columns_menu(self)
        menu.popup(head.mapToGlobal(head.rect().bottomLeft()))

    def sort_by_current(self) -> None:
        """Sort by the column of the current cell, as a click on its head does."""
        self._view.columns.sort_by(max(0, self._view.currentIndex().column()))

    def save_with(
        self,
        save: Callable[[int, action_fields.Field[Any], str], bool],
        rename: Callable[[int, str], bool],
    ) -> None:
        """Save with these what is typed for an action, and as a name; False where refused."""
        self._save, self._rename = save, rename

    def current_field(self) -> action_fields.Field[Any] | None:
        """Return what the current column is about, if that can be changed."""
        if self.other_view and self.other_view.is_shown:
            return self.other_view.current_field()
        index = self._view.currentIndex()
        return columns.COLUMNS[index.column()].field if index.isValid() else None

    def current_node(self) -> int | None:
        return self._view.current_node()

    def selected_nodes(self) -> list[int]:
        return self._view.selected_nodes()

    def selected_action_ids(self) -> list[int]:
        return self._view.selected_action_ids()

    def go_to_first(self) -> None:
        """Put the focus on what was found, and on its first action unless one is chosen."""
        self.called_up.emit()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.selected_action_ids():
            self._view.select_first_action()

    def go_to_next_hit(self) -> None:
        """Choose the next action in sight behind the current row, from the last on the first."""
        self.commit()
        self._view.select_next_hit()

    def current_rect(self) -> QRect:
        """Return where the current row is on the screen; empty where it is not in sight."""
        view = self._view.viewport()
        cell = self._view.visualRect(self._view.currentIndex()) & view.rect()
        row = QRect(0, cell.top(), view.width(), cell.height()) if not cell.isEmpty() else cell
        return QRect(view.mapToGlobal(row.topLeft()), row.size())

    def edit_current(self) -> None:
        """Let the title of the selected node be typed in place."""
        nodes = self.selected_nodes()
        if len(nodes) == 1 and self.other_view and self.other_view.is_shown:
            self.other_view.edit_name(nodes[0])
            return
        self.called_up.emit()
        self._view.edit_title()

    def name_new(self, node: int) -> None:
        """Let a row that has just been added be named."""
        self.select(node)
        if self.other_view and self.other_view.is_shown:
            self.other_view.edit_name(node)
            return
        self.called_up.emit()
        self._view.name_new(node)

    def commit(self) -> bool:
        """Save what is being typed in place as it is now, and close its editor.

        False where it is refused: it stays open then. The tree calls this itself before it
        shows anything else.
        """
        return self._view.save_typed()

    @property
    def has_refused(self) -> bool:
        """Whether a text in a cell could not be saved."""
        return self._view.has_refused

    def unsaved(self) -> list[Unsaved]:
        """Return what is being typed in place and not as the plan has it, and what was left."""
        left = [Unsaved(each, is_invalid=False) for each in self._left]
        typed = self._view.typed_cell()
        if typed is None or self._workspace is None:
            return left
        node, column, words = typed
        outline = self._workspace.outline
        text = self._typed_text(outline, node, column, words)
        if text.text == text.before:
            return left
        return [*left, Unsaved(text, is_invalid=not _fits(outline, column, words))]

    def _typed_text(self, outline: Outline, node: int, column: int, text: str) -> TypedText:
        """Return what is typed into a cell as the journal keeps it."""
        assert self._workspace is not None
        at = self._workspace.now().isoformat(timespec="seconds")
        if column == columns.TreeColumn.TITLE:
            return typing_journal.text_at(outline, structure.rename, node, text, at)
        field = columns.COLUMNS[column].field
        assert field is not None
        return typing_journal.cell_at(outline, outline.action_id_at(node), field, text, at)

    def expand_all(self) -> None:
        self.commit()
        self._view.kept.open_all()

    def collapse_all(self) -> None:
        """Close everything but the terms."""
        self.commit()
        self._view.kept.close_all()
        self._view.go_above_closed()

    def save_header(self) -> QByteArray:
        """Return what was chosen of the columns and their order, for `restore_header`."""
        return QByteArray(self._view.columns.layout_chosen().packed())

    def restore_header(self, state: QByteArray) -> None:
        found = columns.ColumnLayout.unpacked(bytes(state.data()))
        if found is not None:
            self._view.columns.choose_layout(found)
            self._arrange(header.order_of(found))

    def _arrange(self, order: arranging.Order) -> None:
        if not self.commit():
            self._view.columns.show_order(self._order)  # where a click has shown another one
        else:
            self._order = order
            self._view.columns.show_order(order)
            if self._contents is not None:
                self._contents.arrange(order)
            self._show_rows_or_none()
            self.arranged.emit(order)

    def _follow(self, changes: ChangeSet) -> None:
        if self._contents is not None and self._workspace is not None:
            outline = self._workspace.outline
            if any(row.table in ("status", "section", "level") for row in changes.rows):
                self._view.viewport().update()
            typed, before = self._view.take_typed(), self._model.outline
            if typed is not None and before is not None:
                self._save_later(self._workspace, before, *typed)
            self._contents.follow(outline, changes)
            self._show_rows_or_none()

    def _save_later(
        self, workspace: Workspace, before: Outline, node: int, column: int, text: str
    ) -> None:
        """Save what was typed during an edit from elsewhere, when that is done.

        What belongs to a row or a round that is not shown any more, or can neither be saved nor
        be typed again, is left for the journal.
        """
        kept = self._typed_text(before, node, column, text)

        def save() -> None:
            outline = workspace.outline
            if self._workspace is not workspace:
                return
            is_there = outline.exists(node) and not _is_of_another_round(column, before, outline)
            if not is_there or not (
                self._save_cell(node, column, text) or self._view.type_again(node, column, text)
            ):
                self._leave(kept)

        QTimer.singleShot(0, self, save)

    def _leave(self, text: TypedText) -> None:
        """Let the journal keep a text that no cell shows any more."""
        if text.text != text.before:
            self._left = [each for each in self._left if each.place != text.place] + [text]
            self.refused.emit(_LEFT.format(text.field))

    def _save_cell(self, node: int, column: int, text: str) -> bool:
        field = columns.COLUMNS[column].field
        if self._workspace is None or field is None:
            return True
        if column == columns.TreeColumn.TITLE:
            return self._rename(node, text)
        return self._save(self._workspace.outline.action_id_at(node), field, text)

    def _search_at_last(self) -> None:
        """Do the search that had to wait for what was typed to be mended."""
        if self._waits_to_search:
            QTimer.singleShot(0, self, lambda: self.search(self._query))

    def _show_rows_or_none(self) -> None:
        empty = self._model.outline is not None and not self._model.rowCount()
        self._pages.setCurrentIndex(1 if empty else 0)

    def _announce_choice(self) -> None:
        """Tell what is chosen, if that is another choice than the last one told."""
        if self._view.kept.restoring:
            return
        chosen = self.current_node(), self.selected_nodes()
        before, self._announced = self._announced, chosen
        if chosen[0] != before[0]:
            self.current_changed.emit(chosen[0])
        if chosen[1] != before[1]:
            self.selection_changed.emit(chosen[1])

    def _choose_something(self) -> None:
        # A view that gets the focus makes its first row current, and selects nothing.
        if self._workspace is not None and not self.selected_nodes():
            self._view.select(self.current_node() or self._workspace.outline.roots[0])

    def _offer_limits(self, column: int, menu: QMenu) -> None:
        """Offer in the menu of a column to what the list can be limited there."""
        outline = self._model.outline
        if outline is None:
            return
        if column == columns.TreeColumn.STATUS:
            menu.addSection("この状態だけ表示")
            for status in outline.statuses.values():
                action = menu.addAction(badges.badge_icon(status), whole(status.label))
                action.triggered.connect(partial(self.limit_requested.emit, None, (status.id,)))
        elif column == columns.TreeColumn.LEAD:
            menu.addSection("この担当課だけ表示")
            for section in outline.sections.values():
                action = menu.addAction(whole(section.name))
                action.triggered.connect(partial(self.limit_requested.emit, section.id, ()))

    def _open_beside(self, index: QModelIndex) -> None:
        """Open an action that cannot be changed in place."""
        if self._model.way(index) is CellWay.NONE:
            self.opened.emit()

    def _connect(self) -> None:
        view, model = self._view, self._model
        view.selection_changed.connect(self._announce_choice)
        model.modelReset.connect(self._announce_choice)
        view.status_requested.connect(self.status_requested)
        view.value_requested.connect(self.value_requested)
        view.edit_requested.connect(self.edit_requested)
        view.editing_ended.connect(self._search_at_last)
        view.save_value = self._save_cell
        view.columns.order_requested.connect(self._arrange)
        view.columns.menu_wanted.connect(self._offer_limits)
        view.shift_requested.connect(self.shift_requested)
        view.delete_requested.connect(self.delete_requested)
        view.copy_requested.connect(self.copy_requested)
        view.paste_requested.connect(self.paste_requested)
        view.refused.connect(self.refused)
        view.refusal_changed.connect(self.refusal_changed)
        view.named.connect(self.named)
        view.left_unnamed.connect(self.left_unnamed)
        view.name_replaced.connect(self.name_replaced)
        view.doubleClicked.connect(self._open_beside)
        view.verticalScrollBar().valueChanged.connect(self.scrolled)
        view.customContextMenuRequested.connect(
            lambda place: self.context_menu_requested.emit(view.viewport().mapToGlobal(place))
        )
        # Later, when the drag is over: the model must not change while Qt looks for the place.
        model.move_requested.connect(self.move_requested, Qt.ConnectionType.QueuedConnection)

    def _lay_out(self) -> None:
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._empty_page())
        self.setFocusProxy(self._view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        button = QPushButton("すべて表示")
        button.setObjectName("show_all_again")
        button.clicked.connect(self.all_requested)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(Label("該当する実行計画はありません"), 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        return page


def _fits(outline: Outline, column: int, text: str) -> bool:
    """Tell whether a text is a value of a column; of names the editor tells."""
    field = columns.COLUMNS[column].field
    if field is None:
        return True
    return cells.fits(outline, field, text)


def _is_of_another_round(column: int, before: Outline, now: Outline) -> bool:
    """Tell whether a cell was about a round that is not the one which is shown now."""
    field = columns.COLUMNS[column].field
    is_of_round = field is not None and field.scope is not action_fields.Scope.ACTION
    return is_of_round and _round_of(before) != _round_of(now)


def _round_of(outline: Outline) -> int | None:
    return None if outline.round is None else outline.round.id


def _columns_of(query: Query) -> set[int]:
    """Return the columns that a query is about."""
    about = {
        columns.TreeColumn.LEAD: query.section_id is not None,
        columns.TreeColumn.DUE: query.standing is RoundState.OVERDUE,
    }
    return {int(column) for column, is_limited in about.items() if is_limited}
