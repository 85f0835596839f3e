"""The one window: the start page, or the plan's tree with the editor beside it."""

from __future__ import annotations

from functools import cached_property, reduce
from operator import or_
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

from kyodo_desktop.ui import actions, messages, placing, shell, sides
from kyodo_desktop.ui.actions import Needs
from kyodo_desktop.ui.checks.commands import CheckCommands
from kyodo_desktop.ui.comparing.commands import ComparingCommands
from kyodo_desktop.ui.editor.pane import EditorPane
from kyodo_desktop.ui.export.commands import ExportCommands
from kyodo_desktop.ui.files.commands import FileCommands
from kyodo_desktop.ui.files.standing import FileStanding, PlanStatus, plan_title
from kyodo_desktop.ui.importing.commands import ImportCommands
from kyodo_desktop.ui.inquiries.answer_commands import AnswerCommands
from kyodo_desktop.ui.inquiries.commands import InquiryCommands
from kyodo_desktop.ui.joining.commands import JoinCommands
from kyodo_desktop.ui.next_term.commands import TermCommands
from kyodo_desktop.ui.pasting.commands import ClipboardCommands
from kyodo_desktop.ui.plan_settings.commands import PlanSettingsCommands
from kyodo_desktop.ui.program.commands import ProgramCommands
from kyodo_desktop.ui.program.updates import UpdateCommands
from kyodo_desktop.ui.rounds.chooser import RoundChooser
from kyodo_desktop.ui.rounds.commands import RoundCommands
from kyodo_desktop.ui.tree.commands import EditCommands
from kyodo_desktop.ui.tree.pane import TreePane
from kyodo_desktop.ui.typed.offering import TypedTexts
from kyodo_desktop.ui.typed.watch import TypingWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.errors import PlanError
    from kyodo_desktop.services.files import OpenPlan
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
        self._fulfilled: Needs | None = None
        self.tree = TreePane()
        self.editor = EditorPane()
        self.message_bar = messages.MessageBar()
        self.status = PlanStatus()
        self._rounds = RoundChooser()
        self._lay_out()
        self._compose()
        self._connect()
        self._restore_layout()
        self._router.show_plan(None)
        self._show_state()

    def _compose(self) -> None:
        """Make the features, and let those meet that need each other."""
        self.rounds = RoundCommands(self)
        self.edits = EditCommands(
            self, self.tree, self.rounds.ask_to_reopen, self._show_refused_title
        )
        self.joins = JoinCommands(self)
        self.terms = TermCommands(self)
        self.checks = CheckCommands(self)
        self.exports = ExportCommands(self)
        self.imports = ImportCommands(self, self.exports.ask_and_bring_back)
        self.inquiries, self.answers = InquiryCommands(self), AnswerCommands(self)
        self.answers.table_dropped.connect(self.imports.import_table)
        self.updates = UpdateCommands(self)
        self.typing = TypingWatch(self, self.editor, (self.tree.unsaved, self.answers.unsaved))
        resumes = {
            "state:next_term": self.terms.resume,
            "state:import": self.imports.resume,
            "state:answers": self.answers.resume,
        }
        self.typed = TypedTexts(self, self.typing, self._type_section, resumes)
        self.files = FileCommands(self, self.typing.ask_to_discard)
        self.files.opened.connect(self.typed.offer_later)
        self._standing = FileStanding(self)
        self._standing.changed.connect(self._show_standing)
        comparing, clipboard = ComparingCommands(self), ClipboardCommands(self)
        comparing.contrast_export_wanted.connect(self.exports.ask_and_export_contrast)
        comparing.history_export_wanted.connect(self.exports.ask_and_export_history)
        self.tree.copy_requested.connect(clipboard.copy_rows)
        self.tree.paste_requested.connect(clipboard.ask_and_paste)
        groups: tuple[shell.Commands, ...] = (
            *(self.files, self._standing, self.edits, clipboard, self.joins, self.rounds),
            *(self.inquiries, self.answers, self.checks, comparing, self.terms),
            *(self.exports, self.imports, self.updates),
            *(PlanSettingsCommands(self), ProgramCommands(self)),
        )
        commands = {name: run for each in groups for name, run in each.commands().items()}
        commands["other_side"] = self.go_to_other_side
        self.actions_by_name = actions.install(self, commands, self._save_or_show, self._rounds)

    # What the features may ask for (see `Shell`)

    @property
    def frame(self) -> QMainWindow:
        return self

    def follow(self, tables: Collection[str], listener: shell.Listener) -> None:
        self._router.follow(tables, listener)

    def show_refusal(self, error: PlanError, again: Callable[[], None] | None) -> None:
        self.typing.note_failure()
        self.message_bar.show_error(error.message, again)

    def show_plan(self, plan: OpenPlan | None) -> None:
        """Show an open plan, or the start page without one."""
        self.typed.withdraw()
        self.typing.close()
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
        self.checks.show_plan()
        self._standing.show_plan(plan)
        self._router.show_plan(plan.workspace.outline if plan else None)
        self._show_state()
        self.typing.follow(plan)

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
        page.import_requested.connect(self.imports.ask_and_import)
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
            self.typing.ask_to_discard(self._close_anyway)
            return
        self.settings.set_layout("window", self.saveGeometry())
        self.settings.set_layout("splitter", self.sides.state())
        self.settings.set_layout("tree", self.tree.save_header())
        self.checks.remember()
        self.settings.last_file = self.plan.path if self.plan else None
        self.settings.save()
        super().closeEvent(event)
        self.hide()
        self.files.release()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.checks.fit()

    # Layout

    def _lay_out(self) -> None:
        self.sides = sides.SidePanes(self.tree, self.editor, ("一覧", "編集"))
        self.sides.share(_SHARES)
        self._work = QWidget()
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self.sides, 1)
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
        self._rounds.picked.connect(self.rounds.show_round)
        self.status.checks_requested.connect(self.checks.open)
        self.checks.counted.connect(self.status.show_findings)
        self.follow(("round",), lambda *_: self._show_rounds())
        self.follow(("plan",), lambda *_: self._show_title())

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

    def _show_refused_title(self, node: int, title: str) -> None:
        """Let a title that was typed into the tree and refused be mended in the editor."""
        self.sides.bring_up(self.editor)
        self.editor.resume_title(node, title)

    def _type_section(self, name: str) -> None:
        self.sides.bring_up(self.editor)
        self.editor.type_section(name)

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
        self._router.hand_on(self.plan.workspace.outline, changes)

    @Slot()
    def _show_standing(self) -> None:
        """Show whether the plan may be edited now, and by whom it is."""
        assert self.plan is not None, "a plan is followed while it is open"
        self.tree.set_editable(not self.plan.workspace.read_only_because)
        self.editor.refresh()
        self.checks.show_plan()
        self._show_title()
        self._show_state()

    def _show_title(self) -> None:
        title = f"{plan_title(self.plan)} - {TITLE}" if self.plan else TITLE
        self.setWindowTitle(title)

    def _show_rounds(self) -> None:
        self._rounds.show_rounds(self.plan.workspace.outline if self.plan else None)

    def _show_state(self) -> None:
        """Show when the plan was saved, and what can be done with it now."""
        self.status.follow(self.plan)
        self._enable()
        workspace = self.plan.workspace if self.plan else None
        undo, redo = self.actions_by_name["undo"], self.actions_by_name["redo"]
        actions.name_step(undo, "元に戻す(&U)", workspace.undo_label if workspace else None)
        actions.name_step(redo, "やり直し(&R)", workspace.redo_label if workspace else None)

    def _enable(self) -> None:
        """Enable the commands that can be of use now."""
        fulfilled = self._possible()
        if fulfilled != self._fulfilled:
            self._fulfilled = fulfilled
            actions.enable(self.actions_by_name, fulfilled)
            self.edits.name_levels()

    def _possible(self) -> Needs:
        if self.plan is None:
            return Needs.NOTHING
        workspace = self.plan.workspace
        shown = workspace.outline.round
        conditions = {
            Needs.PLAN: True,
            Needs.EDITING: not workspace.read_only_because,
            Needs.RIGHT_TO_EDIT: self.plan.may_edit,
            Needs.SELECTION: bool(self.tree.selected_nodes()),
            Needs.OPEN_ROUND: shown is not None and not shown.closed_at,
            Needs.CLOSED_ROUND: shown is not None and bool(shown.closed_at),
            Needs.STEP_BACK: workspace.next_undo is not None,
            Needs.STEP_AGAIN: workspace.next_redo is not None,
        }
        return reduce(or_, (need for need, holds in conditions.items() if holds))
