"""The one window: the start page, or the plan's tree with the editor beside it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui import actions
from kyodo_desktop.ui.actions import Needs
from kyodo_desktop.ui.answer_commands import AnswerCommands
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.check_commands import CheckCommands
from kyodo_desktop.ui.clipboard_commands import ClipboardCommands
from kyodo_desktop.ui.comparing_commands import ComparingCommands
from kyodo_desktop.ui.data_commands import DataCommands
from kyodo_desktop.ui.edit_commands import EditCommands
from kyodo_desktop.ui.editor.pane import EditorPane
from kyodo_desktop.ui.export_commands import ExportCommands
from kyodo_desktop.ui.file_commands import FileCommands
from kyodo_desktop.ui.import_commands import ImportCommands
from kyodo_desktop.ui.inquiry_commands import InquiryCommands
from kyodo_desktop.ui.join_commands import JoinCommands
from kyodo_desktop.ui.message_bar import MessageBar
from kyodo_desktop.ui.other_commands import OtherCommands
from kyodo_desktop.ui.placing import place
from kyodo_desktop.ui.plan_status import PlanStatus
from kyodo_desktop.ui.round_commands import RoundCommands
from kyodo_desktop.ui.rounds.chooser import RoundChooser
from kyodo_desktop.ui.sides import Sides
from kyodo_desktop.ui.standing import FileStanding
from kyodo_desktop.ui.term_commands import TermCommands
from kyodo_desktop.ui.tree.pane import TreePane
from kyodo_desktop.ui.typed.offering import TypedTexts
from kyodo_desktop.ui.typed.watch import TypingWatch
from kyodo_desktop.ui.update_commands import UpdateCommands

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.ui.settings import Settings
    from kyodo_desktop.ui.start_page import StartPage

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
        self._gives_up = False
        self._refusal = ""  # what was told last of text that cannot be saved
        self._outline: Outline | None = None  # before the edit that is followed next
        self.tree = TreePane()
        self.editor = EditorPane()
        self.message_bar = MessageBar()
        self.status = PlanStatus()
        self._rounds = RoundChooser()
        self._lay_out()
        self.files = FileCommands(self)
        self.edits = EditCommands(self)
        self.checks = CheckCommands(self)
        self.exports = ExportCommands(self)
        self.imports = ImportCommands(self)
        self.rounds = RoundCommands(self)
        self.terms = TermCommands(self)
        self.updates = UpdateCommands(self)
        self.joins = JoinCommands(self)
        self.inquiries, self.answers = InquiryCommands(self), AnswerCommands(self)
        self.typing, self.typed = TypingWatch(self), TypedTexts(self)
        self.data = DataCommands(self)
        self._standing = FileStanding(self)
        more = (self.data, self._standing, ClipboardCommands(self))
        others = (self.joins, ComparingCommands(self), OtherCommands(self), *more)
        commands = (
            *(self.files, self.edits, self.checks, self.exports, self.rounds),
            *(self.terms, self.inquiries, self.answers, self.imports, *others, self.updates),
        )
        self.actions_by_name = actions.install(
            self,
            {name: run for each in commands for name, run in each.commands().items()},
            self._save_or_show,
            self._rounds,
        )
        self._connect()
        self._restore_layout()
        self._refresh()

    @cached_property
    def start_page(self) -> StartPage:
        """The page without a plan, made when it is first needed."""
        from kyodo_desktop.services.sample import sample_label, sample_names
        from kyodo_desktop.ui.start_page import StartPage

        page = StartPage(sample_label(sample_names()[0]))
        page.sample_requested.connect(self.files.open_sample)
        page.new_requested.connect(self.files.ask_for_new)
        page.import_requested.connect(self.imports.ask_and_import)
        page.open_requested.connect(self.files.ask_and_open)
        page.recent_requested.connect(self.files.open)
        self._scrolled_start.setWidget(page)
        return page

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
            self._outline = plan.workspace.outline
            plan.workspace.subscribe(self._follow)
            self._pages.setCurrentWidget(self._scrolled_work)
            self.sides.bring_up(self.tree)
            self.tree.setFocus()
        self.checks.show_plan()
        self._standing.show_plan(plan)
        self._refresh()
        self.typing.follow(plan)

    def refresh_standing(self) -> None:
        """Show whether the plan may be edited now, and by whom it is."""
        assert self.plan is not None, "a plan is followed while it is open"
        self.tree.set_editable(not self.plan.workspace.read_only_because)
        self.editor.refresh()
        self.checks.show_plan()
        self._refresh()

    def commit(self) -> bool:
        """Save the text that is being typed; False when some of it cannot be saved."""
        self.tree.commit()
        return self.editor.commit()

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
        if not self.commit() and not self._gives_up:
            event.ignore()
            self.ask_to_give_up(self._close_anyway)
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
        self.sides = Sides(self.tree, self.editor, ("一覧", "編集"))
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
        self._scrolled_work, self._scrolled_start = _Scrolled(), _Scrolled()
        self._scrolled_work.setWidget(self._work)
        self._pages.addWidget(self._scrolled_work)
        self._pages.addWidget(self._scrolled_start)
        self.setCentralWidget(self._pages)
        self.setStatusBar(self.status)

    def _restore_layout(self) -> None:
        place(self, _SIZE, self.settings.layout("window"))
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
        self.editor.failed.connect(self.message_bar.tell)
        self.editor.failed_for_now.connect(self.message_bar.tell)
        self.editor.failed.connect(self._remember_refusal)
        self.editor.settled.connect(self._forget_refusal)
        self.message_bar.jump_requested.connect(self.tree.select)
        self._rounds.picked.connect(self.rounds.show_round)
        self.answers.table_dropped.connect(self.imports.import_table)
        self.status.checks_requested.connect(self.checks.open)

    def ask_to_give_up(self, go_on: Callable[[], object]) -> None:
        """Say that some text cannot be saved as it is, and go on without it if that is meant."""
        from kyodo_desktop.ui.dialogs.unsaved import UnsavedDialog

        def give_up() -> None:
            self.typing.give_up()
            go_on()

        dialog = UnsavedDialog(
            self.message_bar.text, self, is_lost=self.typing.loses, is_kept=self.typing.keeps
        )
        ask(dialog, give_up)

    def _close_anyway(self) -> None:
        self._gives_up = True
        self.close()

    # Following the plan

    @Slot(list)
    def _select(self, nodes: list[int]) -> None:
        self.message_bar.forget_again()
        if not self.editor.show_nodes(nodes):
            self.tree.keep(self.editor.nodes)
            if self.tree.is_searched():  # what is typed next is for the search, not for the field
                self.message_bar.tell(f"{_STAYS}{self._refusal}")
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
        self._refresh()
        before, self._outline = self._outline, self.plan.workspace.outline
        if before is not None:
            self.joins.tell_who_is_free(before, changes)

    def _refresh(self) -> None:
        self.status.follow(self.plan)
        self._rounds.show_rounds(self.plan.workspace.outline if self.plan else None)
        if self.plan is None:
            self.setWindowTitle(TITLE)
        else:
            self.setWindowTitle(f"{_title(self.plan)} - {TITLE}")
        self.terms.refresh()
        self._enable()

    def _enable(self) -> None:
        """Enable the commands that can be of use now, and name what undo and redo would do."""
        fulfilled, undo, redo = Needs.NOTHING, None, None
        if self.plan is not None:
            workspace = self.plan.workspace
            undo, redo = workspace.undo_label, workspace.redo_label
            fulfilled |= Needs.PLAN
            if not workspace.read_only_because:
                fulfilled |= Needs.EDITING
            if self.plan.may_edit:
                fulfilled |= Needs.RIGHT_TO_EDIT
            if self.tree.selected_nodes():
                fulfilled |= Needs.SELECTION
            shown = workspace.outline.round
            if shown is not None:
                fulfilled |= Needs.CLOSED_ROUND if shown.closed_at else Needs.OPEN_ROUND
        actions.enable(self.actions_by_name, fulfilled)
        if self.plan is not None:
            self.edits.name_levels()
        actions.name_step(self.actions_by_name["undo"], "元に戻す(&U)", undo)
        actions.name_step(self.actions_by_name["redo"], "やり直し(&R)", redo)


def _title(plan: OpenPlan) -> str:
    """Return the plan's title, and that it is only read."""
    title = plan.workspace.outline.plan.title
    if not plan.workspace.read_only_because:
        return title
    who = f"（{plan.holder.who}さんが編集中）" if plan.holder else ""
    return f"{title}［読み取り専用{who}］"


class _Scrolled(QScrollArea):
    """A page that scrolls up and down where the window is too low for it.

    It is as high as the window unless that is lower than its parts can be: Qt would ask for the
    height that they would like. What has the focus stays in sight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        content: QWidget | None = self.widget()
        width = content.minimumSizeHint().width() if content else 0
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        content: QWidget | None = self.widget()
        focus = content.focusWidget() if content else None
        if focus is not None and self.verticalScrollBar().maximum():
            self.ensureWidgetVisible(focus, 0, 0)

    def _fit(self) -> None:
        content: QWidget | None = self.widget()
        if content is not None:
            least = content.minimumSizeHint().height()
            content.resize(self.viewport().width(), max(self.viewport().height(), least))
