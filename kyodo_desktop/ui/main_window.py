"""The one window: the start page, or the plan's tree with the side beside it."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSize, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui import (
    actions,
    features,
    foot,
    jobs,
    messages,
    placing,
    shell,
    sides,
    toolbar,
)
from kyodo_desktop.ui.editor.pane import EditorPane
from kyodo_desktop.ui.files.state import plan_title, saved_text
from kyodo_desktop.ui.side.pane import MAIN, SidePane
from kyodo_desktop.ui.strip.strip import Strip
from kyodo_desktop.ui.tree.pane import TreePane
from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.errors import PlanError
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.ui.files.commands import FileCommands
    from kyodo_desktop.ui.files.start_page import StartPage
    from kyodo_desktop.ui.settings import Settings

TITLE = "協働プラン進捗管理"
_SIZE = QSize(1366, 728)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOT_SAVED = "保存していない入力があります"
_STAYS = "入力中の文をまだ保存できないため、その項目を表示し続けています。"
_IN_THE_HEAD = ("plan", "term", "level", "heading", "action", "placement", "succession", "round")
_MOVED = {
    "fill_down": "Ctrl+D は上のセルと同じ内容を入れるキーになりました。複製は Ctrl+Shift+D です。",
    "replace": "Ctrl+H は置換のキーになりました。変更の履歴は F9 です。",
}
_LOWEST = 90  # of the work: below that a panel has to give way


class MainWindow(QMainWindow):
    """Lays out the parts and keeps them showing the same plan; the commands do the work."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.settings = settings
        self.now = now
        self.plan: OpenPlan | None = None
        self._discards = False  # what cannot be saved, and closes
        self._has_closed = False
        self._first_view = b""  # of the first plan that is shown
        self._refusal = ""  # what was said last of text that cannot be saved
        self._router = shell.ChangeRouter()
        self._fulfilled: actions.Needs | None = None
        self.tree = TreePane()
        self.editor = EditorPane()
        self.side = SidePane(self.editor)
        self.strip = Strip()
        self.toast = messages.Toast(self, now)
        self.foot = foot.Foot()
        theme.set_zoom(settings.zoom)
        self._lay_out()
        self.features = features.Features(
            self, self.tree, self.editor, strip=self.strip, show_editor=self.show_editor
        )
        commands = self.features.commands() | self._commands()
        self.actions_by_name = actions.install(self, commands, self._save_or_show)
        self._lay_out_work()
        self._connect()
        self._announce_moved_keys()
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
        self.toast.show_error(error.message, again)
        self._enable()  # a step that can never be taken back is gone

    def show_plan(self, plan: OpenPlan | None) -> None:
        """Show an open plan, or the start page without one."""
        self.features.typed.withdraw()
        self.features.typing.close()
        self.plan = plan
        if plan is None:
            self.tree.clear()
            self.editor.clear()
            self.side.show_plan(None)
            self._pages.setCurrentWidget(self._scrolled_start)
            self.start_page.setFocus()
        else:
            self.editor.show_plan(plan.workspace)
            self.side.show_plan(plan.workspace)
            self.tree.show_plan(plan.workspace)
            plan.workspace.subscribe(self._follow)
            self._pages.setCurrentWidget(self._work)
            self.sides.bring_up(self.tree)
            self.tree.setFocus()
        self.features.checks.show_plan()
        self.features.file_state.show_plan(plan)
        self._router.show_plan(plan.workspace.outline if plan else None)
        self._show_state()
        self.features.typing.follow(plan)
        if plan is not None and self._first_view == foot.PAPER.encode():
            self.features.paper.show_paper()
        if plan is not None:
            self._first_view = b""  # another plan is shown in the list
        if plan is None and self.isVisible():
            self.files.show_recent(self.start_page)

    def commit(self) -> bool:
        """Save the text that is being typed; False when some of it cannot be saved."""
        is_saved = self.tree.commit()
        return self.features.paper.commit() and self.editor.commit() and is_saved

    def show_editor(self) -> None:
        """Bring the editor to the front of the side, and the side into sight."""
        self.side.show_tab(MAIN)
        self.sides.bring_up(self.side)

    def go_to_next_pane(self, step: int = 1) -> None:
        """Bring the focus to the next part of the window, or the one before: where it was last.

        A part that is out of sight in a narrow window is brought up.
        """
        focus = QApplication.focusWidget()
        panes = list(self._panes())
        inside = [each.isAncestorOf(focus) for each, _ in panes] if focus else []
        here = inside.index(True) if True in inside else 0 if step < 0 else -1
        panes[(here + step) % len(panes)][1]()

    def go_to_tree(self) -> None:
        """Bring the focus to the list, or to 紙面 in its place."""
        if self.features.paper.is_shown:
            self.features.paper.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.sides.bring_up(self.tree)
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_side(self) -> None:
        """Bring the focus to what is beside the list."""
        self.sides.bring_up(self.side)
        self.side.take_focus()

    def _panes(self) -> Iterator[tuple[QWidget, Callable[[], None]]]:
        """Yield the parts that F6 leads to, in its order."""
        if self.features.paper.is_shown:
            yield self.features.paper.page, self.go_to_tree
        else:
            yield self.tree, self.go_to_tree
            yield self.side, self.go_to_side
        if self.strip.takes_focus:
            yield self.strip, self.strip.take_focus
        yield self.toolbar, self.toolbar.take_focus
        if self.toast.isVisible():
            yield self.toast, self.toast.take_focus

    def _commands(self) -> dict[str, Callable[[], None]]:
        return {
            "next_pane": self.go_to_next_pane,
            "previous_pane": partial(self.go_to_next_pane, -1),
            "next_action": partial(self.tree.select_next_action, 1),
            "previous_action": partial(self.tree.select_next_action, -1),
            "zoom_in": partial(self.zoom, 1),
            "zoom_out": partial(self.zoom, -1),
            "zoom_normal": partial(self.zoom, 0),
        }

    @Slot(int)
    def zoom(self, step: int) -> None:
        """Show everything one step larger or smaller; 0 is as at first."""
        steps = theme.STEPS
        place = steps.index(theme.zoom()) + step if step else steps.index(100)
        theme.set_zoom(steps[min(max(place, 0), len(steps) - 1)])
        self.settings.zoom = theme.zoom()

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
        self.files.serve(page)
        self._scrolled_start.setWidget(page)
        return page

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # In a window Qt leaves Enter to nobody, though a button has the focus.
        focus = self.focusWidget()
        if event.key() in _ENTER and isinstance(focus, QAbstractButton):
            focus.click()
        elif event.key() == Qt.Key.Key_Escape and self.plan is not None:
            self._step_back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._has_closed and self.isHidden():  # who clicks twice asks again as the program ends
            return
        for dialog in self.findChildren(jobs.ProgressDialog):
            if dialog.is_waited_for:  # who closes now has seen nothing of it yet
                event.ignore()
                dialog.open()
                return
        if not self.commit() and not self._discards:
            event.ignore()
            self.features.typing.ask_to_discard(self._close_anyway)
            return
        self.settings.set_layout("window", self.saveGeometry())
        self.settings.set_layout("side", self.sides.state())
        self.settings.set_layout("tree", self.tree.save_header())
        view = foot.PAPER if self._views.currentWidget() is not self.sides else foot.LIST
        self.settings.set_layout("view", QByteArray(view.encode()))
        self.settings.set_layout("editor", self.editor.state())
        if self.plan is None or not self.plan.is_backup:
            self.settings.last_file = self.plan.path if self.plan else None
        self.settings.save()
        super().closeEvent(event)
        self._has_closed = True
        self.hide()
        self.files.release()

    # Layout

    def _lay_out(self) -> None:
        self.sides = sides.SidePanes(self.tree, self.side, ("一覧", "内容"))
        self._views = QStackedWidget()
        self._views.addWidget(self.sides)
        self._work = QWidget()
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(_LOWEST)
        self._pages.addWidget(QWidget())  # nothing, until it is known what to show
        self._scrolled_start = sides.ScrolledPage()
        self._pages.addWidget(self._work)
        self._pages.addWidget(self._scrolled_start)
        self.setCentralWidget(self._pages)

    def _lay_out_work(self) -> None:
        """Fill the page of the work.

        Tab goes through the parts as they come to the page, and round. A page of the side comes
        when it is first shown: the side is the last one, and the foot the first.
        """
        rounds = self.features.rounds.chooser
        rounds.offer_more([self.actions_by_name[name] for name in ("new_round", "rounds")])
        self.toolbar = toolbar.Toolbar(
            self.actions_by_name, rounds, self.features.edits.fill_adding
        )
        self.toolbar.set_search(self.strip.search)
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.foot)
        column.insertWidget(0, self.toolbar)
        column.insertWidget(1, self.strip)
        column.insertWidget(2, self._views, 1)

    def _restore_layout(self) -> None:
        placing.place(self, _SIZE, self.settings.layout("window"))
        self._first_view = bytes(self.settings.layout("view").data())
        for name, restore in (
            ("side", self.sides.restore),
            ("tree", self.tree.restore_header),
            ("editor", self.editor.restore),
        ):
            state = self.settings.layout(name)
            if not state.isEmpty():
                restore(state)

    def _connect(self) -> None:
        self.tree.selection_changed.connect(self._select)
        self.tree.called_up.connect(lambda: self.sides.bring_up(self.tree))
        self.tree.opened.connect(self.show_editor)
        self.side.called_up.connect(self._leave_paper)
        self.side.entered.connect(self.go_to_side)
        self.tree.edit_requested.connect(self._edit_beside)
        self.tree.refusal_changed.connect(self._show_state)
        self.tree.arranged.connect(lambda _order: self._show_arrangement())
        self.side.jump_requested.connect(self.tree.select)
        self.side.step_requested.connect(self.tree.select_next_action)
        self.foot.zoom_requested.connect(self.zoom)
        self.foot.offer_views(foot.LIST, foot.PAPER, *foot.FLAT)
        self.foot.view_requested.connect(self._ask_for_view)
        self.editor.jump_requested.connect(self.tree.select)
        self.editor.step_requested.connect(self.tree.select_next_action)
        self.editor.done.connect(self.features.edits.show_step)
        self.editor.failed.connect(self.toast.show_error)
        self.editor.failed_for_now.connect(self.toast.show_error)
        self.editor.failed.connect(self._remember_refusal)
        self.editor.settled.connect(self._forget_refusal)
        self.features.typing.back_wanted.connect(self._show_refused)
        self.toast.jump_requested.connect(self.tree.select)
        self.features.paper.wanted.connect(self._show_view)
        places = self.tree, self.sides, self._views, self._pages
        self.toast.float_over(places, self._current_rect)
        self.toast.left.connect(self.go_to_tree)
        self.tree.scrolled.connect(self.toast.place)
        self.tree.selection_changed.connect(self.toast.place)
        self.features.strip.counted.connect(
            lambda text, limited: self.foot.show_count(text, show_all=limited)
        )
        self.foot.show_all_requested.connect(self.strip.clear)
        self.features.file_state.changed.connect(self._show_file_state)
        self.follow(("plan",), lambda *_: self._show_title())
        self.follow(_IN_THE_HEAD, lambda *_: self._show_heads())

    def _current_rect(self) -> QRect:
        """Return the current row on the screen, which no message shall cover."""
        is_paper = self.features.paper.is_shown
        return self.features.paper.page.current_rect() if is_paper else self.tree.current_rect()

    @Slot(object)
    def _show_view(self, view: QWidget | None) -> None:
        """Show another view of the plan in the whole width; None is the list and its side."""
        shown = view or self.sides
        if self._views.indexOf(shown) < 0:
            self._views.addWidget(shown)
        self._views.setCurrentWidget(shown)
        if view is None:
            self.tree.setFocus()
        self._show_arrangement()

    def _show_arrangement(self) -> None:
        """Mark at the foot which view is in front, and in which order the list stands."""
        is_list = self._views.currentWidget() is self.sides
        by = str(self.tree.order.by) if self.tree.order.is_flat else foot.LIST
        self.foot.show_view((by if by in foot.FLAT else foot.LIST) if is_list else foot.PAPER)

    @Slot(int, str)
    def _edit_beside(self, node: int, field: str) -> None:
        """Go on with the field of a node in the editor."""
        if self.editor.nodes != [node]:
            self.tree.select(node)
        self.show_editor()
        self.editor.go_to_entry(field)

    @Slot()
    def _leave_paper(self) -> None:
        """Show the list and its side, which something in the side is asked for."""
        if self.features.paper.is_shown:
            self._show_view(None)

    @Slot(str)
    def _ask_for_view(self, view: str) -> None:
        name = "in_order" if view == foot.LIST else f"show_{view}"
        self.actions_by_name[name].trigger()

    def _announce_moved_keys(self) -> None:
        """Let those who press a key for what it did before be told once where that has gone."""
        for name, text in _MOVED.items():
            if name in self.actions_by_name:
                self.actions_by_name[name].triggered.connect(
                    partial(self._say_what_moved, name, text)
                )

    def _say_what_moved(self, name: str, text: str) -> None:
        if self.settings.is_first_time(name):
            self.toast.show_info(text)

    def _close_anyway(self) -> None:
        self._discards = True
        self.close()

    # Following the plan

    @Slot(list)
    def _select(self, nodes: list[int]) -> None:
        self.toast.withdraw_retry()
        if not self.editor.show_nodes(nodes):
            self.tree.keep(self.editor.nodes)
            if self.strip.is_searched():  # what is typed next is for the search, not for the field
                self.toast.show_error(f"{_STAYS}{self._refusal}")
                self._refusal = self.toast.text
            else:
                self._show_refused()
        self.side.show_nodes(self.editor.nodes)
        self.features.checks.show_nodes(self.editor.nodes)
        self._enable()

    def _save_or_show(self) -> bool:
        """Save what is typed; False, with the focus on it, when some cannot be saved."""
        is_saved = self.commit()
        if not is_saved:
            self._show_refused()
        return is_saved

    def _show_refused(self) -> None:
        if self.features.paper.has_refused:
            self.features.paper.page.take_focus()
            return
        if self.tree.has_refused:
            self.go_to_tree()
            return
        self.show_editor()
        self.editor.take_focus()

    def _step_back(self) -> None:
        """Return to the list; from there, show all of it again."""
        focus = QApplication.focusWidget()
        plan = self.features.paper.page if self.features.paper.is_shown else self.tree
        if focus is not None and plan.isAncestorOf(focus):
            self.tree.show_all()
        else:
            self.go_to_tree()

    @Slot(str)
    def _remember_refusal(self, text: str) -> None:
        self._refusal = text

    @Slot()
    def _forget_refusal(self) -> None:
        if self.toast.text == self._refusal:
            self.toast.clear()

    def _follow(self, changes: ChangeSet) -> None:
        if self.plan is None:
            return  # what could not be saved before is saved in the moment of closing
        self.toast.clear()
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
        if self.plan is not None:
            stands = _NOT_SAVED if self.tree.has_refused else saved_text(self.plan)
            self.foot.show_saved(stands, str(self.plan.path))
        self._enable()

    def _show_heads(self) -> None:
        """Show what the chosen nodes are called by now."""
        self.side.refresh()

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
