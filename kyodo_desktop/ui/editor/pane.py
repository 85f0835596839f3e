"""The editor pane: shows what is chosen in the tree and lets it be changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.ui.editor.editing import Editing
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeVar

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.inputs import Unsaved
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.checking import Checked
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.editor.action_form import ActionForm
    from kyodo_desktop.ui.editor.heading_form import HeadingForm
    from kyodo_desktop.ui.editor.many_form import ManyForm

    Page = TypeVar("Page", bound=QWidget)


_STATUS_KEYS = range(1, 10)
_DETAILS = b"details"
_HINT = "左の一覧で項目を選ぶと、ここに内容が表示されます。"


class HeadingPlace(Protocol):
    """Where the fields of a heading are shown, if not here."""

    def take(self, content: QScrollArea) -> None:
        """Show these fields from now on."""

    def unfold(self) -> None:
        """Bring the fields into sight."""


class EditorPane(QWidget):
    """Each kind of page is made when it is first needed, and used again from then on.

    The fields of a heading go to the `heading_place`, if there is one.
    """

    failed = Signal(str)
    failed_for_now = Signal(str, object)  # and what tries again
    settled = Signal()
    done = Signal(str)  # what an edit of many actions did
    saving = Signal()
    jump_requested = Signal(int)
    step_requested = Signal(int)  # to the next action, or with -1 to the one before
    findings_requested = Signal()  # all that is to be looked at

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor_pane")
        self._editing: Editing | None = None
        self._nodes: list[int] = []
        self._pages: dict[Callable[[Editing], Any], Any] = {}
        self._pick_status: Callable[[int], None] | None = None
        self.heading_place: HeadingPlace | None = None
        self._are_details_open = False
        self._findings: Sequence[Checked] = ()
        self._hint = _new_hint()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        self._set_up_keys()
        self._zoom = theme.zoom()
        theme.notifier().changed.connect(self._follow_zoom)
        self.clear()

    def show_plan(self, workspace: Workspace) -> None:
        """Edit another plan; nothing of it is chosen yet."""
        self.clear()
        self._editing = Editing(workspace, self)
        self._editing.failed.connect(self.failed)
        self._editing.failed_for_now.connect(self.failed_for_now)
        self._editing.settled.connect(self.settled)
        self._editing.done.connect(self.done)
        self._editing.saving.connect(self.saving)
        self._editing.jump_requested.connect(self.jump_requested)
        self._editing.step_requested.connect(self.step_requested)
        workspace.subscribe(lambda changes: self._on_changed(workspace, changes))

    def clear(self) -> None:
        """Show no plan; call `commit` before."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        if self._editing is not None:
            self._editing.deleteLater()
        self._editing, self._nodes = None, []
        self._show_nothing()

    def refresh(self) -> None:
        """Show the chosen nodes again: what may be edited is another now."""
        self._show()

    @property
    def nodes(self) -> list[int]:
        """The nodes that are shown."""
        return self._nodes

    def show_nodes(self, nodes: Sequence[int]) -> bool:
        """Show what is chosen: nothing, one node, or what several have in common.

        False, and no change, while something typed for the present ones cannot be saved.
        """
        if list(nodes) == self._nodes:
            return True
        if not self.commit():
            return False
        self._nodes = list(nodes)
        self._show()
        return True

    def commit(self) -> bool:
        """Save all text that is being typed, also what the input method still composes.

        False when a text cannot be saved; it is kept and `failed` says why.
        """
        if self._editing is None:
            return True
        QGuiApplication.inputMethod().commit()
        return self._editing.commit()

    def unsaved(self) -> list[Unsaved]:
        """Return all that is typed and not saved."""
        return self._editing.unsaved() if self._editing else []

    def lost(self) -> set[str]:
        """Return the places of texts whose rows are gone."""
        return self._editing.lost if self._editing else set()

    def type_section(self, name: str) -> None:
        """Put a name into the entry of a section on the page that is shown."""
        from kyodo_desktop.ui.editor.sections import SectionPicker

        for picker in self.findChildren(SectionPicker):
            if picker.isVisible():
                picker.retype(name)

    def state(self) -> QByteArray:
        """Return what is unfolded, for `restore`."""
        return QByteArray(_DETAILS if self._are_details_open else b"")

    def restore(self, state: QByteArray) -> None:
        """Unfold what was so before."""
        self._are_details_open = state == QByteArray(_DETAILS)

    def show_findings(self, found: Sequence[Checked]) -> None:
        """Show of these what is about the action that is shown."""
        self._findings = found
        self._show_own_findings()

    def go_to_entry(self, name: str = "") -> None:
        """Bring the focus to a field in sight by its name; else to where typing begins.

        That is 進捗状況 of an action.
        """
        page = self._stack.currentWidget()
        field = page.findChild(QWidget, name) if page is not None and name else None
        if field is not None and field.isVisible():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._stack.currentWidget() is self._pages.get(_action_form):
            self._pages[_action_form].entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.take_focus()

    def take_focus(self) -> None:
        """Bring the focus to what could not be saved, else where it was, else to an input."""
        if self._stack.currentWidget() is self._hint and self.heading_place is not None:
            self.heading_place.unfold()
        page = self._stack.currentWidget()
        last = page.focusWidget() if page else None
        if self._editing is not None and self._editing.go_to_refused():
            return
        if last is not None and last.isVisible():
            last.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._editing is None or not self._editing.go_to_first():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.focusNextChild()

    def _follow_zoom(self) -> None:
        """Make the pages anew in another size; what cannot be saved keeps its page as it is."""
        if theme.zoom() == self._zoom or self._editing is None or not self.commit():
            return
        self._zoom = theme.zoom()
        focus = self.focusWidget()
        name = focus.objectName() if focus is not None and focus.hasFocus() else ""
        for new_page in (_action_form, _many_form):
            page = self._pages.pop(new_page, None)
            if page is not None:
                self._editing.forget_inputs(page)
                self._stack.removeWidget(page)
                page.setParent(None)
                page.deleteLater()
        self._show()
        again = self.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, workspace: Workspace, changes: ChangeSet) -> None:
        if self._editing is not None and self._editing.workspace is workspace:
            self._show(changes)

    def _show(self, changes: ChangeSet | None = None) -> None:
        """Show the chosen nodes as they are now; `changes` tells what differs, if it is known."""
        if self._editing is None:
            return
        outline = self._editing.outline
        self._nodes = [node for node in self._nodes if outline.exists(node)]
        match self._nodes:
            case []:
                self._show_nothing()
            case [node] if is_placement(node):
                form = self._action_page()
                form.show_node(outline, node, changes)
                self._pick_status = form.pick_status
                self._show_own_findings()
            case [node]:
                self._page(_heading_form).show_node(outline, node)
                self._pick_status = None
            case several:
                many = self._page(_many_form)
                many.show_nodes(outline, several)
                self._pick_status = many.pick_status

    def _action_page(self) -> ActionForm:
        """Bring the page of one action to the front, as unfolded as it was left."""
        is_new = _action_form not in self._pages
        form = self._page(_action_form)
        if is_new:
            form.details.unfold(self._are_details_open)
            form.details.unfolded.connect(self._remember_details)
            form.findings.open_requested.connect(self.findings_requested)
        return form

    def _remember_details(self, are_open: bool) -> None:
        self._are_details_open = are_open

    def _show_own_findings(self) -> None:
        """Show what is to be looked at in the action that is shown, if one is."""
        form = self._pages.get(_action_form)
        if form is None or self._editing is None or len(self._nodes) != 1:
            return
        outline = self._editing.outline
        action = outline.action_at(self._nodes[0])
        if action is not None:
            form.findings.show_findings(
                [
                    each.finding.message
                    for each in self._findings
                    if not each.is_confirmed and _is_about(outline, each.finding.node, action.id)
                ]
            )

    def _show_nothing(self) -> None:
        self._pick_status = None
        self._stack.setCurrentWidget(self._hint)

    def _page(self, new_page: Callable[[Editing], Page]) -> Page:
        """Bring the page to the front."""
        page: Page | None = self._pages.get(new_page)
        if page is None:
            assert self._editing is not None
            page = self._pages[new_page] = new_page(self._editing)
            self._keep(page, new_page)
        if self._stack.indexOf(page) < 0:
            self._stack.setCurrentWidget(self._hint)
        elif page is not self._stack.currentWidget():
            self._stack.setCurrentWidget(page)
        return page

    def _keep(self, page: Any, new_page: Callable[[Editing], Any]) -> None:
        if new_page is _heading_form and self.heading_place is not None:
            self.heading_place.take(page)
        else:
            self._stack.addWidget(page)

    def _set_up_keys(self) -> None:
        """Let Alt and a digit give a status, and a digit alone where it is not text."""
        for key in _STATUS_KEYS:
            self._add_keys((str(key), f"Alt+{key}"), partial(self._give_status, key))
        self._add_keys(("Ctrl+Up",), partial(self.step_requested.emit, -1))
        self._add_keys(("Ctrl+Down",), partial(self.step_requested.emit, 1))
        self._add_keys(("Ctrl+Return", "Ctrl+Enter"), self._confirm)

    def _add_keys(self, keys: Sequence[str], run: Callable[[], object]) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys([QKeySequence(key) for key in keys])
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(_unless_covered, run))

    def _confirm(self) -> None:
        page = self._stack.currentWidget()
        if page is self._pages.get(_action_form):
            self._pages[_action_form].confirm_and_go_on()

    def _give_status(self, key: int) -> None:
        if self._pick_status is not None:
            self._pick_status(key)


def _unless_covered(run: Callable[[], object]) -> None:
    """Do what a key asks for, but not behind an open menu, which the key is not for."""
    if QApplication.activePopupWidget() is None:
        run()


def _new_hint() -> Label:
    hint = Label(_HINT)
    hint.setObjectName("editor_hint")
    hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
    hint.setWordWrap(True)
    hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return hint


def _is_about(outline: Outline, node: int, action_id: int) -> bool:
    """Tell whether a node is one of the places of an action."""
    return is_placement(node) and outline.exists(node) and outline.action_id_at(node) == action_id


# Each page is imported when it is first needed: the start is sooner.


def _action_form(editing: Editing) -> ActionForm:
    """Return the page of one action."""
    from kyodo_desktop.ui.editor.action_form import ActionForm

    return ActionForm(editing)


def _heading_form(editing: Editing) -> HeadingForm:
    """Return the page of a heading or a term."""
    from kyodo_desktop.ui.editor.heading_form import HeadingForm

    return HeadingForm(editing)


def _many_form(editing: Editing) -> ManyForm:
    """Return the page of several nodes."""
    from kyodo_desktop.ui.editor.many_form import ManyForm

    return ManyForm(editing)
