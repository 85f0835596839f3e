"""The head of the editor: which part of the plan it shows, and where else it stands."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyodo_desktop.domain import fiscal_year, nodes, plan
from kyodo_desktop.domain.terms import outside_the_round, term_of
from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline


_CLOSED = "この調査は確定済みです。進捗状況、今後の方向性、委員会意見は閲覧のみです。"


class NodeHeader(QWidget):
    """Level and number, the headings above, and links to where else an action stands.

    Of a term that the round does not ask for it says so, and of a round that is closed.
    """

    jump_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._level = _label("node_level")
        self._level.setFont(_bold(self.font()))
        self._path = _label("node_path")
        self._path.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._outside = _label("outside_the_round")
        self._outside.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._outside.setTextFormat(Qt.TextFormat.PlainText)
        self._closed = _label("closed_round")
        self._closed.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._places, self._terms = self._links("other_places"), self._links("other_terms")
        column = QVBoxLayout(self)
        column.setSpacing(2)
        for label in (self._level, self._path, self._outside, self._closed):
            column.addWidget(label)
        for links in (self._places, self._terms):
            column.addWidget(links)
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_node(self, outline: Outline, node: int) -> None:
        """Show a node of the plan."""
        _write(self._level, f"{_level_name(outline, node)} {outline.number(node)}".strip())
        _write(self._path, path_of(outline, node) or _years(outline, node))
        _write(self._outside, outside_the_round(outline, term_of(outline, node)))
        is_closed = outline.round is not None and outline.round.closed_at is not None
        _write(self._closed, _CLOSED if is_closed else "")
        _write(self._places, _other_places(outline, node))
        _write(self._terms, term_links(outline, node))

    def _links(self, name: str) -> Label:
        label = _label(name)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.linkActivated.connect(lambda link: self.jump_requested.emit(int(link)))
        return label


def path_of(outline: Outline, node: int) -> str:
    """Return what stands above the node: 前期 › 1 環境づくり › (1) 活動拠点の整備."""
    above = reversed(list(outline.ancestors(node)))
    return " › ".join(outline.label(each) for each in above)


def _years(outline: Outline, term: int) -> str:
    """Return the fiscal years of a term, which has nothing above it."""
    found = outline.terms[nodes.row_id(term)]
    return fiscal_year.period_label(found.first_fiscal_year, found.last_fiscal_year)


def _level_name(outline: Outline, node: int) -> str:
    return "期" if nodes.is_term(node) else outline.level_of(node).name


def _other_places(outline: Outline, node: int) -> str:
    """Return the other placements of an action as links; empty when there are none."""
    links = "、".join(_links(outline, node))
    if not links:
        return ""
    if outline.is_relisted(node):
        return f"この掲載は再掲です。ほかの掲載：{links}"
    return f"再掲：{links}"


def _links(outline: Outline, node: int) -> Iterator[str]:
    action = outline.action_at(node)
    for placement_id in outline.placed[action.id] if action else ():
        place = nodes.placement_node(placement_id)
        if place != node:
            where = f"{path_of(outline, place)} › {outline.number(place)}"
            yield f'<a href="{place}">{escape(where)}</a>'


def _label(name: str) -> Label:
    label = Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _write(label: Label, text: str) -> None:
    if text != label.text():
        label.setText(text)
    label.setHidden(not text)


def _bold(font: QFont) -> QFont:
    font.setBold(True)
    return font


_NEXT = "次期"


def term_links(outline: Outline, node: int) -> str:
    """Return where an action comes from and where it goes on, as links; empty where neither."""
    action = outline.action_at(node)
    if action is None:
        return ""
    return "<br>".join([*_from(outline, action), *_onward(outline, action)])


def _from(outline: Outline, action: plan.Action) -> Iterator[str]:
    merged = {
        each.action_id: plan.Choice(each.choice).label
        for each in outline.successions.values()
        if each.successor_id == action.id
    }
    if action.continues_id is not None:
        merged.setdefault(action.continues_id, plan.Choice.CONTINUE.label)
    for word in dict.fromkeys(merged.values()):
        old = [outline.actions[each] for each, choice in merged.items() if choice == word]
        links = "、".join(_link(outline, each) for each in old)
        yield f"{escape(outline.terms[old[0].term_id].name)}から{word}：{links}"


def _onward(outline: Outline, action: plan.Action) -> Iterator[str]:
    found = outline.successions.get(action.id)
    if found is None:
        return
    if found.successor_id is None:
        terms = outline.terms.values()
        name = next((each.name for each in terms if each.continues_id == action.term_id), _NEXT)
        yield f"{escape(name)}へは引き継いでいません（完了・廃止）"
        return
    heir = outline.actions[found.successor_id]
    name = escape(outline.terms[heir.term_id].name)
    yield f"{name}へ{plan.Choice(found.choice).label}：{_link(outline, heir)}"


def _link(outline: Outline, action: plan.Action) -> str:
    """Return the label of an action, leading to its home if it stands anywhere."""
    places = outline.placed.get(action.id)
    if not places:
        return escape(action.title)
    node = nodes.placement_node(places[0])
    return f'<a href="{node}">{escape(outline.label(node))}</a>'
