"""The head of the side says what is chosen, and leads to where else it stands."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton

from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.services import next_term
from kyodo_desktop.ui.side.head import SideHead
from tests.builders import action_of, node_of

TITLE, GRANT = "市民活動支援基金の創設", "市民活動支援補助金の創設"


@pytest.fixture
def head(qtbot):
    head = SideHead()
    qtbot.addWidget(head)
    head.resize(504, head.height())
    head.show()
    return head


@pytest.fixture
def choose(head, workspace):
    def choose(*titles):
        nodes = [node_of(workspace.outline, title) for title in titles]
        head.show_nodes(workspace.outline, nodes)

    return choose


def says(head):
    return [head.findChild(QLabel, name).text() for name in ("node_path", "node_title")]


def related(head):
    return head.findChild(QToolButton, "related")


def captions(head):
    return [each.text() for each in related(head).menu().actions()]


def test_it_says_what_is_chosen_and_where_it_stands(head, choose, workspace):
    plan = workspace.outline.plan.title
    choose(TITLE)
    assert says(head) == [
        "前期 › 1 環境づくり › (3) 財政的援助及び活動資金の確保",
        f"② {TITLE}",
    ]
    assert head.findChild(QLabel, "node_title").accessibleName() == f"実行計画 ② {TITLE}"
    choose("環境づくり")
    assert says(head) == ["前期", "1 環境づくり"]
    choose("前期")
    assert says(head) == [plan, "前期　平成23～27年度"]
    choose()
    assert says(head) == ["計画全体", plan]
    choose(TITLE, GRANT)
    assert says(head) == ["前期 › 1 環境づくり › (3) 財政的援助及び活動資金の確保", "2件を選択"]
    choose(TITLE, "環境づくり")
    assert says(head) == [plan, "2件を選択"]


def test_it_is_of_one_height_whatever_is_chosen(head, choose):
    places = set()
    for titles in ((TITLE,), ("環境づくり",), ("前期",), (), (TITLE, GRANT)):
        choose(*titles)
        places.add((head.height(), head.tabs.geometry().getRect()))
    assert len(places) == 1


def test_only_an_action_has_a_next_one(head, choose):
    choose(TITLE)
    assert head.findChild(QToolButton, "next_action").isVisible()
    choose("環境づくり")
    assert not head.findChild(QToolButton, "next_action").isVisible()


def test_a_title_that_has_no_room_is_in_the_tooltip(head, choose):
    title = head.findChild(QLabel, "node_title")
    choose(TITLE)
    assert title.toolTip() == ""
    head.resize(240, head.height())
    assert title.toolTip() == f"② {TITLE}"


def test_it_leads_to_the_other_places_of_an_action(qtbot, head, workspace):
    home, other = (placement_node(placement) for placement in workspace.outline.placed[2])
    head.show_nodes(workspace.outline, [home])
    assert related(head).text() == "再掲 ほか1か所 ▾"
    with qtbot.waitSignal(head.jump_requested) as jump:
        related(head).menu().actions()[1].trigger()
    assert jump.args == [other]
    head.show_nodes(workspace.outline, [other])
    assert captions(head)[0] == "この掲載は再掲です。ほかの掲載"


def test_an_action_that_stands_once_has_no_other_places(head, choose):
    choose(TITLE)
    assert not related(head).isVisible()


def test_it_leads_from_term_to_term(qtbot, head, choose, workspace):
    draft = next_term.proposed(workspace)
    grant, fund = (action_of(draft.outline, each) for each in (GRANT, TITLE))
    next_term.draw_up(workspace, editing.merge(draft, [grant, fund], fund))
    choose(TITLE)
    assert captions(head)[0] == "後期へ統合"
    new = node_of(workspace.outline, TITLE, nth=1)
    with qtbot.waitSignal(head.jump_requested) as jump:
        related(head).menu().actions()[1].trigger()
    assert jump.args == [new]
    head.show_nodes(workspace.outline, [new])
    assert captions(head)[0] == "前期から統合"
    assert len(captions(head)) == 3
    choose("協働スイカ塾の開設")
    assert captions(head)[0].startswith("後期へは引き継いでいません（")
