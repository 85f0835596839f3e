"""The right side of the window: a head of one height, and below it the page of a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.ui.side.head import SideHead
from kyodo_desktop.ui.widgets import forms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

MAIN = "main"
ORDER = (MAIN, "checks", "comparison", "history")
_COUNTED = ("checks",)  # room is kept for what `set_count` says of them
EDIT, OVERVIEW, STEPS = "edit", "overview", "steps"
_LABELS = {EDIT: "編集", OVERVIEW: "集計", STEPS: "手順"}


class SidePane(QWidget):
    """Says what is chosen, and shows it in the page of the tab that is in front.

    A page is made when it is first shown. One that has `show_nodes` gets the chosen nodes when
    it comes to the front and after each other choice while it is there.

    The `main` tab has one of three pages: the editor, what was given by `set_overview` for
    headings, terms and nothing, and what was given by `set_steps` while it is wanted.
    """

    tab_changed = Signal(str)
    called_up = Signal()  # a tab is asked for, whatever else is in front
    entered = Signal()  # a command brings the focus into the tab in front
    jump_requested = Signal(int)
    step_requested = Signal(int)  # 1 to the next action, -1 to the one before

    def __init__(self, editor: QWidget) -> None:
        super().__init__()
        self.setObjectName("side_pane")
        # Its pages have the same ground, unless they choose another.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._workspace: Workspace | None = None
        self._nodes: list[int] = []
        self._names = [MAIN]
        self._labels = {MAIN: _LABELS[EDIT]}
        self._makers: dict[str, Callable[[], QWidget | None]] = {EDIT: lambda: editor}
        self._pages: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}  # what scrolls with a page, or the page itself
        self._in_front = ""
        self._are_steps_wanted: Callable[[Outline], bool] = lambda _outline: False
        self._shown = MAIN
        self.head = SideHead()
        self.head.jump_requested.connect(self.jump_requested)
        self.head.step_requested.connect(self.step_requested)
        self._tabs = self.head.tabs
        self._tabs.addTab(_LABELS[EDIT])
        self._tabs.currentChanged.connect(self._change)
        self._stack = QStackedWidget()
        self._stack.setMinimumSize(1, 1)  # what is in it moves neither the splitter nor the window
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        self._show()

    def add_tab(self, name: str, label: str, make: Callable[[], QWidget | None]) -> None:
        """Offer a page under a name out of `ORDER`, where it has its place."""
        place = sum(ORDER.index(each) < ORDER.index(name) for each in self._names)
        self._names.insert(place, name)
        self._labels[name] = label
        self._makers[name] = make
        self._tabs.insertTab(place, label)
        self._tabs.setTabData(place, name in _COUNTED)

    def set_overview(self, make: Callable[[], QWidget]) -> None:
        """Let the `main` tab show another page than the editor for what is no action."""
        self._makers[OVERVIEW] = make
        self._show()

    def set_steps(
        self, make: Callable[[], QWidget], are_wanted: Callable[[Outline], bool]
    ) -> None:
        """Let the `main` tab show the first steps while a plan asks for them."""
        self._makers[STEPS], self._are_steps_wanted = make, are_wanted
        self._show()

    @property
    def tab(self) -> str:
        """The name of the tab in front."""
        return self._shown

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front."""
        self.called_up.emit()
        self._tabs.setCurrentIndex(self._names.index(name))

    def call_up(self, name: str) -> None:
        """Bring a tab to the front, and the focus into it."""
        self.show_tab(name)
        self.entered.emit()

    @property
    def page(self) -> QWidget | None:
        """The page in front."""
        return self._pages.get(self._in_front)

    def take_focus(self) -> None:
        """Bring the focus into the page in front, to where it was last."""
        page = self.page
        if page is None:
            return
        if take := getattr(page, "take_focus", None):
            take()
            return
        last = page.focusWidget()
        if last is not None and last.isVisible():
            last.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
            page.focusNextChild()

    def set_count(self, name: str, count: int | None) -> None:
        """Show how many there are under a tab; None while that is not known."""
        if name in self._names:
            label = self._labels[name]
            text = label if count is None else f"{label} {count:,}"
            self._tabs.setTabText(self._names.index(name), text)

    def show_plan(self, workspace: Workspace | None) -> None:
        """Let the side belong to another plan, or to none; what is shown of it is chosen next."""
        self._workspace = workspace
        self._nodes = []
        self.refresh()

    def show_nodes(self, nodes: Sequence[int]) -> None:
        """Show what is chosen."""
        self._nodes = list(nodes)
        self._show()

    def refresh(self) -> None:
        """Say anew what the chosen nodes are called and where they stand."""
        outline = self._workspace.outline if self._workspace else None
        self._nodes = [each for each in self._nodes if outline and outline.exists(each)]
        self.head.show_nodes(outline, self._nodes)

    @Slot()
    def _change(self) -> None:
        before, self._shown = self._shown, self._names[self._tabs.currentIndex()]
        if not self._show():
            self.show_tab(before)
        elif self._shown != before:
            self.tab_changed.emit(self._shown)

    def _show(self) -> bool:
        """Show the page in front; False where what was asked for is none."""
        self.refresh()
        kind = self._kind()
        self._labels[MAIN] = _LABELS[kind]
        self._tabs.setTabText(0, _LABELS[kind])
        name = kind if self._shown == MAIN else self._shown
        page = self._page(name)
        if page is None:
            return False
        self._in_front = name
        self._stack.setCurrentWidget(self._holders[name])
        if self._workspace is not None and (show := getattr(page, "show_nodes", None)):
            show(self._nodes)
        return True

    def _page(self, name: str) -> QWidget | None:
        if name not in self._pages:
            page = self._makers[name]()
            if page is None:
                return None
            self._pages[name] = page
            self._holders[name] = page if name in _LABELS else _scrolling(page, name)
            self._stack.addWidget(self._holders[name])
        return self._pages[name]

    def _kind(self) -> str:
        """Return what the `main` tab is for now."""
        if len(self._nodes) > 1 or any(map(is_placement, self._nodes)):
            return EDIT
        if self._workspace is not None and self._are_steps_wanted(self._workspace.outline):
            return STEPS
        has_overview = OVERVIEW in self._makers and self._workspace is not None
        return OVERVIEW if has_overview else EDIT


def _scrolling(page: QWidget, name: str) -> forms.ScrollPage:
    """Return what scrolls with the page of a tab, where the window is too low for all of it."""
    scrolled = forms.ScrollPage(f"{name}_scroll")
    scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    column = QVBoxLayout(scrolled.content)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    return scrolled
