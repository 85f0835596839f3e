"""The side shows the page of its tab for what is chosen, and nothing of it moves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from kyodo_desktop.ui.side.pane import SidePane
from kyodo_desktop.ui.widgets import theme
from tests.builders import node_of
from tests.ui.driving import outline, run, select, tree

BOOTH, HEADING = "市民活動ブースの設置", "環境づくり"


class Page(QWidget):
    """Remembers what it was to show."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def show_nodes(self, nodes):
        self.shown.append(list(nodes))


@pytest.fixture
def editor():
    return Page()


@pytest.fixture
def side(qtbot, workspace, editor):
    side = SidePane(editor)
    qtbot.addWidget(side)
    side.show_plan(workspace)
    side.show()
    return side


def labels(side):
    tabs = side.findChild(QTabBar, "side_tabs")
    return [tabs.tabText(place) for place in range(tabs.count())]


def nodes(workspace, *titles):
    return [node_of(workspace.outline, title) for title in titles]


def test_a_page_is_made_when_it_is_first_shown_and_follows_while_it_is_in_front(
    side, editor, workspace
):
    made = []
    side.add_tab("history", "履歴", lambda: made.append(Page()) or made[0])
    (booth,), (heading,) = nodes(workspace, BOOTH), nodes(workspace, HEADING)
    side.show_nodes([booth])
    assert made == []
    side.show_tab("history")
    side.show_nodes([heading])
    assert made[0].shown == [[booth], [heading]]
    side.show_tab("main")
    side.show_nodes([booth])
    assert len(made) == 1
    assert made[0].shown == [[booth], [heading]]
    assert editor.shown[-1] == [booth]


def test_tabs_have_their_order_and_their_counts(side):
    for name, label in (("history", "履歴"), ("checks", "点検"), ("comparison", "比較")):
        side.add_tab(name, label, Page)
    side.set_count("checks", 8)
    assert labels(side) == ["編集", "点検 8", "比較", "履歴"]
    side.set_count("checks", None)
    assert labels(side)[1] == "点検"


def test_what_is_no_action_has_an_overview(side, editor, workspace):
    overview = Page()
    side.set_overview(lambda: overview)
    assert (labels(side), side.page) == (["集計"], overview)
    side.show_nodes(nodes(workspace, BOOTH))
    assert (labels(side), side.page) == (["編集"], editor)
    side.show_nodes(nodes(workspace, HEADING))
    assert (labels(side), side.page) == (["集計"], overview)
    side.show_nodes(nodes(workspace, HEADING, "担い手づくり"))
    assert (labels(side), side.page) == (["編集"], editor)


def test_a_plan_that_begins_has_its_first_steps_there(side, workspace):
    steps = Page()
    side.set_overview(Page)
    side.set_steps(lambda: steps, lambda outline: len(outline.placed) > 10)
    assert (labels(side), side.page) == (["手順"], steps)


def test_another_tab_is_told_once(qtbot, side):
    side.add_tab("history", "履歴", Page)
    with qtbot.waitSignal(side.tab_changed) as changed:
        side.show_tab("history")
    assert changed.args == ["history"]
    with qtbot.assertNotEmitted(side.tab_changed):
        side.show_tab("history")


def fixed(window):
    """Return where everything stands that must not move."""
    parts = {
        "list": window.tree,
        "header": tree(window).header(),
        "side": window.side,
        "tabs": window.findChild(QTabBar, "side_tabs"),
        "toolbar": window.toolbar,
        "foot": window.foot,
    }
    parts |= {each.objectName(): each for each in window.toolbar.findChildren(QToolButton)}
    return {
        name: QRect(each.mapTo(window, QPoint(0, 0)), each.size()).getRect()
        for name, each in parts.items()
    }


@pytest.mark.parametrize("width", [1366, 1024, 911])
def test_nothing_moves_whatever_is_chosen(window, width):
    window.resize(width, 700)
    select(window, BOOTH)
    QApplication.processEvents()
    before, size = fixed(window), window.size()
    shown = outline(window)
    for chosen in (
        [node_of(shown, HEADING)],
        [shown.roots[0]],
        [node_of(shown, BOOTH), node_of(shown, HEADING)],
        [node_of(shown, "市政への参画機会の拡充")],
    ):
        window.tree.select_all(chosen)
        QApplication.processEvents()
        assert fixed(window) == before
    tree(window).clearSelection()
    QApplication.processEvents()
    assert fixed(window) == before
    assert window.size() == size
    window.resize(1366, 728)


def test_a_wider_window_gives_most_of_its_width_to_the_list(window):
    for width, side in ((1366, 504), (1920, 603), (1024, 504)):
        window.resize(width, 700)
        QApplication.processEvents()
        assert window.side.width() == side
    window.resize(1366, 728)


def test_the_next_action_is_the_next_one_of_the_list(window):
    select(window, BOOTH)
    titles = []
    for step in ("next_action", "next_action", "previous_action"):
        window.side.findChild(QToolButton, step).click()
        titles.append(outline(window).title(window.tree.current_node()))
    assert titles == [
        "協働のまちづくり推進課の設置",
        "市民活動サポートセンターの創設",
        "協働のまちづくり推進課の設置",
    ]


def test_the_next_action_is_found_below_what_is_folded_and_beyond_the_end_is_none(window):
    run(window, "collapse")
    select(window, "前期")
    run(window, "next_action")
    assert outline(window).title(window.tree.current_node()) == BOOTH
    run(window, "previous_action")
    assert outline(window).title(window.tree.current_node()) == BOOTH


def test_escape_leads_back_to_the_list_and_then_shows_all_of_it(window, qtbot):
    select(window, BOOTH)
    window.strip.search.setText("ブース")
    note = window.editor.findChild(QWidget, "outlook_text")
    note.setFocus()
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    assert tree(window).hasFocus()
    rows = tree(window).model().rowCount(tree(window).model().index(0, 0))
    qtbot.keyClick(tree(window), Qt.Key.Key_Escape)
    assert tree(window).model().rowCount(tree(window).model().index(0, 0)) > rows


def test_the_first_tab_names_what_it_would_show_while_another_is_in_front(window):
    window.side.show_tab("history")
    select(window, BOOTH)
    assert labels(window.side)[0] == "編集"
    select(window, HEADING)
    assert labels(window.side)[0] == "集計"
    assert window.side.tab == "history"


@pytest.mark.parametrize(
    ("tab", "name"), [("checks", "findings"), ("history", "history"), ("comparison", "changes")]
)
def test_a_page_of_a_low_window_scrolls_and_keeps_room_for_rows(window, tab, name):
    select(window, BOOTH)
    window.side.show_tab(tab)
    window.resize(683, 364)
    window.sides.bring_up(window.side)
    QApplication.processEvents()
    shown = window.side.page.findChild(QAbstractScrollArea, name)
    assert shown.height() >= theme.px(160)
    parts = [each for each in window.side.page.findChildren(QPushButton) if each.isVisible()]
    boxes = [
        QRect(each.mapTo(window.side.page, QPoint()), each.size()) for each in (shown, *parts)
    ]
    for place, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[:place])
