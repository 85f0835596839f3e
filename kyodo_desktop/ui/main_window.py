"""The one window: the start page, or the plan's tree with the editor beside it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui import actions, features, messages, placing, shell, sides
from kyodo_desktop.ui.editor.pane import EditorPane
from kyodo_desktop.ui.files.state import PlanStatus, plan_title
from kyodo_desktop.ui.tree.pane import TreePane

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.errors import PlanError
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.ui.files.commands import FileCommands
    from kyodo_desktop.ui.files.start_page import StartPage
    from kyodo_desktop.ui.settings import Settings

TITLE = "協働プラン進捗管理"
_SIZE = QSize(1366, 728)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHARES = (680, 686)
_STAYS = "入力中の文をまだ保存できないため、その項目を表示し続けています。"
_LOWEST = 90  # of the work: below that a panel has to give way


class MainWindow(QMainWindow):
    """Lays out the parts and keeps them showing the same plan; the commands do the work."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.settings = settings
        self.now = now
        self.plan: OpenPlan | None = None
        self._discards = False  # what cannot be saved, and closes
        self._refusal = ""  # what was said last of text that cannot be saved
        self._router = shell.ChangeRouter()
        self._fulfilled: actions.Needs | None = None
        self.tree = TreePane()
        self.editor = EditorPane()
        self.message_bar = messages.MessageBar()
        self.status = PlanStatus()
        self._lay_out()
        self.features = features.Features(self, self.tree, self.editor, self.sides)
        commands = {**self.features.commands(), "other_side": self.go_to_other_side}
        self.actions_by_name = actions.install(
            self, commands, self._save_or_show, self.features.rounds.chooser
        )
        self._connect()
        self._restore_layout()
        self._router.show_plan(None)
        self._show_state()

    # What the features may ask for (see `Shell`)

    @property
    def frame(self) -> QMainWindow:
        return self

    @property
    def files(self) -> FileCommands:
        return self.features.files

    def follow(self, tables: Collection[str], listener: shell.Listener) -> None:
        self._router.follow(tables, listener)

    def show_refusal(self, error: PlanError, again: Callable[[], None] | None) -> None:
        self.features.typing.note_failure()
        self.message_bar.show_error(error.message, again)
        self._enable()  # a step that can never be taken back is gone

    def show_plan(self, plan: OpenPlan | None) -> None:
        """Show an open plan, or the start page without one."""
        self.features.typed.withdraw()
        self.features.typing.close()
        self.plan = plan
        if plan is None:
            self.tree.clear()
            self.editor.clear()
            self._pages.setCurrentWidget(self._scrolled_start)
            self.start_page.setFocus()
            if self.isVisible():
                self.start_page.show_recent(self.settings.recent_files)
        else:
            self.editor.show_plan(plan.workspace)
            self.tree.show_plan(plan.workspace)
            plan.workspace.subscribe(self._follow)
            self._pages.setCurrentWidget(self._scrolled_work)
            self.sides.bring_up(self.tree)
            self.tree.setFocus()
        self.features.checks.show_plan()
        self.features.file_state.show_plan(plan)
        self._router.show_plan(plan.workspace.outline if plan else None)
        self._show_state()
        self.features.typing.follow(plan)

    def commit(self) -> bool:
        """Save the text that is being typed; False when some of it cannot be saved."""
        self.tree.commit()
        return self.editor.commit()

    def go_to_other_side(self) -> None:
        """Bring the focus from the tree to the editor, and from anywhere else to the tree."""
        focus = QApplication.focusWidget()
        has_focus = focus is not None and self.tree.isAncestorOf(focus)
        if has_focus or self.editor.isHidden():
            self.sides.bring_up(self.editor)
            self.editor.take_focus()
        else:
            self.sides.bring_up(self.tree)
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @cached_property
    def start_page(self) -> StartPage:
        """The page without a plan, made when it is first needed."""
        from kyodo_desktop.services.sample import sample_label, sample_names
        from kyodo_desktop.ui.files.start_page import StartPage

        page = StartPage(sample_label(sample_names()[0]))
        page.sample_requested.connect(self.files.open_sample)
        page.new_requested.connect(self.files.ask_for_new)
        page.import_requested.connect(self.features.imports.ask_and_import)
        page.open_requested.connect(self.files.ask_and_open)
        page.recent_requested.connect(self.files.open)
        self._scrolled_start.setWidget(page)
        return page

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # In a window Qt leaves Enter to nobody, though a button has the focus.
        focus = self.focusWidget()
        if event.key() in _ENTER and isinstance(focus, QAbstractButton):
            focus.click()
        elif self.editor.isHidden() and (field := self.editor.field_of(event)) is not None:
            self.sides.bring_up(self.editor)
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.commit() and not self._discards:
            event.ignore()
            self.features.typing.ask_to_discard(self._close_anyway)
            return
        self.settings.set_layout("window", self.saveGeometry())
        self.settings.set_layout("splitter", self.sides.state())
        self.settings.set_layout("tree", self.tree.save_header())
        self.features.checks.remember()
        self.settings.last_file = self.plan.path if self.plan else None
        self.settings.save()
        super().closeEvent(event)
        self.hide()
        self.files.release()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.features.checks.fit()

    # Layout

    def _lay_out(self) -> None:
        self.sides = sides.SidePanes(self.tree, self.editor, ("一覧", "編集"))
        self.sides.share(_SHARES)
        self._views = QStackedWidget()
        self._views.addWidget(self.sides)
        self._work = QWidget()
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self._views, 1)
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(_LOWEST)
        self._pages.addWidget(QWidget())  # nothing, until it is known what to show
        self._scrolled_work, self._scrolled_start = sides.ScrolledPage(), sides.ScrolledPage()
        self._scrolled_work.setWidget(self._work)
        self._pages.addWidget(self._scrolled_work)
        self._pages.addWidget(self._scrolled_start)
        self.setCentralWidget(self._pages)
        self.setStatusBar(self.status)

    def _restore_layout(self) -> None:
        placing.place(self, _SIZE, self.settings.layout("window"))
        for name, restore in (
            ("splitter", self.sides.restore),
            ("tree", self.tree.restore_header),
        ):
            state = self.settings.layout(name)
            if not state.isEmpty():
                restore(state)

    def _connect(self) -> None:
        self.tree.selection_changed.connect(self._select)
        self.tree.called_up.connect(lambda: self.sides.bring_up(self.tree))
        self.tree.opened.connect(lambda: self.sides.bring_up(self.editor))
        self.editor.jump_requested.connect(self.tree.select)
        self.editor.failed.connect(self.message_bar.show_error)
        self.editor.failed_for_now.connect(self.message_bar.show_error)
        self.editor.failed.connect(self._remember_refusal)
        self.editor.settled.connect(self._forget_refusal)
        self.message_bar.jump_requested.connect(self.tree.select)
        self.features.paper.wanted.connect(self._show_view)
        self.features.file_state.changed.connect(self._show_file_state)
        self.status.checks_requested.connect(self.features.checks.open)
        self.features.checks.counted.connect(self.status.show_findings)
        self.follow(("plan",), lambda *_: self._show_title())

    @Slot(object)
    def _show_view(self, view: QWidget | None) -> None:
        """Show another view of the plan in the whole width; None is the list and its side."""
        shown = view or self.sides
        if self._views.indexOf(shown) < 0:
            self._views.addWidget(shown)
        self._views.setCurrentWidget(shown)
        if view is None:
            self.tree.setFocus()

    def _close_anyway(self) -> None:
        self._discards = True
        self.close()

    # Following the plan

    @Slot(list)
    def _select(self, nodes: list[int]) -> None:
        self.message_bar.withdraw_retry()
        if not self.editor.show_nodes(nodes):
            self.tree.keep(self.editor.nodes)
            if self.tree.is_searched():  # what is typed next is for the search, not for the field
                self.message_bar.show_error(f"{_STAYS}{self._refusal}")
                self._refusal = self.message_bar.text
            else:
                self._show_refused()
        self._enable()

    def _save_or_show(self) -> bool:
        """Save what is typed; False, with the focus on it, when some cannot be saved."""
        is_saved = self.commit()
        if not is_saved:
            self._show_refused()
        return is_saved

    def _show_refused(self) -> None:
        self.sides.bring_up(self.editor)
        self.editor.take_focus()

    @Slot(str)
    def _remember_refusal(self, text: str) -> None:
        self._refusal = text

    @Slot()
    def _forget_refusal(self) -> None:
        if self.message_bar.text == self._refusal:
            self.message_bar.clear()

    def _follow(self, changes: ChangeSet) -> None:
        if self.plan is None:
            return  # what could not be saved before is saved in the moment of closing
        self.message_bar.clear()
        self._show_state()
        self._router.dispatch(self.plan.workspace.outline, changes)

    @Slot()
    def _show_file_state(self) -> None:
        """Show whether the plan may be edited now, and by whom it is."""
        assert self.plan is not None, "a plan is followed while it is open"
        self.tree.set_editable(not self.plan.workspace.read_only_because)
        self.editor.refresh()
        self.features.checks.show_plan()
        self._show_title()
        self._show_state()

    def _show_title(self) -> None:
        title = f"{plan_title(self.plan)} - {TITLE}" if self.plan else TITLE
        self.setWindowTitle(title)

    def _show_state(self) -> None:
        """Show when the plan was saved, and what can be done with it now."""
        self.status.follow(self.plan)
        self._enable()

    def _enable(self) -> None:
        """Enable the commands that can be of use now, and name what undo and redo would do."""
        fulfilled = actions.possible(self.plan, has_selection=bool(self.tree.selected_nodes()))
        if fulfilled != self._fulfilled:
            self._fulfilled = fulfilled
            actions.enable(self.actions_by_name, fulfilled)
            self.features.edits.name_levels()
        workspace = self.plan.workspace if self.plan else None
        undo, redo = self.actions_by_name["undo"], self.actions_by_name["redo"]
        actions.name_step(undo, "元に戻す(&U)", workspace.undo_label if workspace else None)
        actions.name_step(redo, "やり直し(&R)", workspace.redo_label if workspace else None)
