"""The head of the side: what is chosen, where it stands, the way on from it, and the tabs.

It is of one height whatever is chosen, so that the tabs never jump.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import fiscal_year, nodes, plan
from kyodo_desktop.domain.terms import outside_the_round, term_of
from kyodo_desktop.ui.widgets import forms, plain, theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline

_TOP, _PATH, _TITLE, _TABS, _LINE = 8, 20, 32, 31, 1
_SIDE = 16
_OUTSIDE = "この調査の対象外"
_WHOLE = "計画全体"
_NEXT = "次期"


class _Tabs(QTabBar):
    """Keeps room for three digits in a tab that counts: those behind it stay where they are."""

    # Qt's interface

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        if self.tabData(index):
            count = self.tabText(index).partition(" ")[2]
            metrics = self.fontMetrics()
            kept = max(metrics.horizontalAdvance(" 888"), metrics.horizontalAdvance(f" {count}"))
            used = metrics.horizontalAdvance(f" {count}") if count else 0
            size.setWidth(size.width() + kept - used)
        return size


class SideHead(QWidget):
    """Path and title, the steps to the action before and the next one, and the tabs.

    Beside the path stands where else an action is: in other places of the plan, in the term
    before and in the next one; and that the round that is shown does not ask for its term.
    """

    jump_requested = Signal(int)
    step_requested = Signal(int)  # 1 to the next action, -1 to the one before

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side_head")
        self._path = _label("node_path", plain.ElidedLabel(Qt.TextElideMode.ElideMiddle))
        self._outside = _label("outside_the_round", plain.Label())
        self._related = QToolButton()
        self._related.setObjectName("related")
        self._related.setProperty("role", "link")
        self._related.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._related.setMenu(QMenu(self._related))
        forms.MenuKey(self._related)
        self._title = plain.ElidedLabel()
        self._title.setObjectName("node_title")
        self._title.setProperty("role", "heading")
        self._before = self._step("previous_action", "◀ 前へ", "前の実行計画へ", -1)
        self._next = self._step("next_action", "次へ ▶", "次の実行計画へ", 1)
        self.tabs = _Tabs()
        self.tabs.setObjectName("side_tabs")
        self.tabs.setAccessibleName("右側の表示")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self._line = QFrame()
        self._line.setProperty("role", "line")
        self._lay_out()
        self._fit()
        theme.notifier().changed.connect(self._fit)

    def show_nodes(self, outline: Outline | None, chosen: Sequence[int]) -> None:
        """Show which nodes are chosen; without a plan, nothing."""
        facts = _facts(outline, chosen) if outline else _Facts("", "", "")
        self._path.setText(facts.path)
        self._title.setText(facts.title)
        self._title.setAccessibleName(plain.whole(f"{facts.level} {facts.title}".strip()))
        self._outside.setText(_OUTSIDE if facts.outside else "")
        self._outside.setToolTip(plain.tip(facts.outside))
        self._outside.setHidden(not facts.outside)
        self._offer(facts.related)
        is_action = len(chosen) == 1 and nodes.is_placement(chosen[0])
        for button in (self._before, self._next):
            button.setVisible(is_action)

    def _offer(self, related: Sequence[Related]) -> None:
        self._related.setHidden(not related)
        words = "・".join(each.word for each in related)
        self._related.setText(f"{plain.whole(words)} ▾")
        menu = self._related.menu()
        menu.clear()
        for each in related:
            menu.addAction(plain.whole(each.caption)).setEnabled(False)
            for text, node in each.links:
                leads = menu.addAction(plain.whole(text))
                leads.triggered.connect(lambda _=False, node=node: self.jump_requested.emit(node))

    def _step(self, name: str, text: str, hint: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(plain.tip(hint))
        button.setAccessibleName(hint)
        button.setAutoRaise(True)
        button.setProperty("role", "flat")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        room = button.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        button.setSizePolicy(room)
        button.clicked.connect(lambda: self.step_requested.emit(step))
        return button

    def _lay_out(self) -> None:
        self._above, self._middle, self._below = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._above.addWidget(self._path, 1)
        self._above.addWidget(self._outside)
        self._above.addWidget(self._related)
        self._middle.addWidget(self._title, 1)
        self._middle.addWidget(self._before)
        self._middle.addWidget(self._next)
        self._below.addWidget(self.tabs, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        for row in (self._above, self._middle, self._below):
            self._column.addLayout(row)
        self._column.addWidget(self._line)

    def _fit(self) -> None:
        """Take the measures of the present zoom."""
        px = theme.px
        self.setFixedHeight(px(_TOP) + px(_PATH) + px(_TITLE) + px(_TABS) + _LINE)
        self._column.setContentsMargins(px(_SIDE), px(_TOP), px(_SIDE), 0)
        for row in (self._above, self._middle):
            row.setSpacing(px(_SIDE) // 2)
        self._path.setFixedHeight(px(_PATH))
        self._title.setFixedHeight(px(_TITLE))
        self.tabs.setFixedHeight(px(_TABS))
        self._line.setFixedHeight(_LINE)


class Related(NamedTuple):
    """Where else an action is: in short, in full, and the ways there."""

    word: str
    caption: str
    links: tuple[tuple[str, int], ...]


class _Facts(NamedTuple):
    """What the head says."""

    path: str
    title: str
    level: str
    outside: str = ""
    related: tuple[Related, ...] = ()


def _facts(outline: Outline, chosen: Sequence[int]) -> _Facts:
    match chosen:
        case []:
            return _Facts(_WHOLE, outline.plan.title, "")
        case [node]:
            outside = outside_the_round(outline, term_of(outline, node))
            if nodes.is_term(node):
                term = outline.terms[nodes.row_id(node)]
                years = fiscal_year.period_label(term.first_fiscal_year, term.last_fiscal_year)
                return _Facts(outline.plan.title, f"{term.name}　{years}", "", outside)
            path, level = path_of(outline, node), outline.level_of(node).name
            return _Facts(path, outline.label(node), level, outside, tuple(related(outline, node)))
    paths = {path_of(outline, node) for node in chosen}
    common = paths.pop() if len(paths) == 1 else outline.plan.title
    return _Facts(common, f"{len(chosen):,}件を選択", "")


def path_of(outline: Outline, node: int) -> str:
    """Return what stands above the node: 前期 › 1 環境づくり › (1) 活動拠点の整備."""
    above = reversed(list(outline.ancestors(node)))
    return " › ".join(outline.label(each) for each in above)


def related(outline: Outline, node: int) -> Iterator[Related]:
    """Yield where else an action stands, where it comes from and where it goes on."""
    action = outline.action_at(node)
    if action is None:
        return
    here = [nodes.placement_node(each) for each in outline.placed[action.id]]
    others = tuple(
        (f"{path_of(outline, each)} › {outline.number(each)}", each)
        for each in here
        if each != node
    )
    if others:
        caption = "この掲載は再掲です。ほかの掲載" if outline.is_relisted(node) else "再掲"
        yield Related(f"再掲 ほか{len(others)}か所", caption, others)
    yield from _from(outline, action)
    yield from _onward(outline, action)


def _from(outline: Outline, action: plan.Action) -> Iterator[Related]:
    merged = {
        each.action_id: plan.Choice(each.choice).label
        for each in outline.successions.values()
        if each.successor_id == action.id
    }
    if action.continues_id is not None:
        merged.setdefault(action.continues_id, plan.Choice.CONTINUE.label)
    for word in dict.fromkeys(merged.values()):
        old = [outline.actions[each] for each, choice in merged.items() if choice == word]
        caption = f"{outline.terms[old[0].term_id].name}から{word}"
        yield Related(caption, caption, tuple(_links(outline, old)))


def _onward(outline: Outline, action: plan.Action) -> Iterator[Related]:
    found = outline.successions.get(action.id)
    if found is None:
        return
    if found.successor_id is None:
        terms = outline.terms.values()
        name = next((each.name for each in terms if each.continues_id == action.term_id), _NEXT)
        caption = f"{name}へは引き継いでいません（完了・廃止）"
        yield Related(f"{name}へ引き継ぎなし", caption, ())
        return
    heir = outline.actions[found.successor_id]
    caption = f"{outline.terms[heir.term_id].name}へ{plan.Choice(found.choice).label}"
    yield Related(caption, caption, tuple(_links(outline, [heir])))


def _links(outline: Outline, actions: Sequence[plan.Action]) -> Iterator[tuple[str, int]]:
    """Yield the labels of actions with their homes, of those that stand anywhere."""
    for each in actions:
        places = outline.placed.get(each.id)
        if places:
            node = nodes.placement_node(places[0])
            yield outline.label(node), node


def _label(name: str, label: plain.Label) -> plain.Label:
    label.setObjectName(name)
    label.setProperty("role", "caption")
    return label
