"""The list by section, due month, status and last change, and sorted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kyodo_desktop.domain.arranging import FLAT, Arrangement, Order
from kyodo_desktop.domain.search import Query
from kyodo_desktop.services import progress, removing, structure
from tests.builders import action_of
from tests.ui.driving import outline, run, select, tree

BOOTH, FUND = "市民活動ブースの設置", "市民活動支援基金の創設"


def groups(hands):
    """Return the words of the groups in sight."""
    model = hands.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("by", FLAT)
def test_every_action_stands_once_under_its_group(hands, by):
    hands.pane.arrange(by)
    model = hands.view.model()
    counted = sum(model.rowCount(model.index(row, 0)) for row in range(model.rowCount()))
    assert counted == len(hands.workspace.outline.placed)
    assert hands.pane.order == Order(by)


def test_a_group_says_how_many_and_a_row_where_it_stands(hands):
    hands.pane.arrange("status")
    assert groups(hands) == ["完了　5件", "完了の目途　7件", "継続中　20件"]
    assert hands.index(BOOTH).data() == f"1-(1)-① {BOOTH}"


def test_an_edited_row_stays_where_it_is_until_the_list_is_made_anew(hands):
    hands.pane.arrange("status")
    index = hands.index(BOOTH)
    before = index.parent().data(), index.row()
    statuses = list(hands.workspace.outline.statuses)
    progress.set_status(hands.workspace, [action_of(hands.workspace.outline, BOOTH)], statuses[0])
    index = hands.index(BOOTH)
    assert (index.parent().data(), index.row()) == before
    hands.pane.arrange("status")
    assert hands.index(BOOTH).parent().data() == "完了　6件"


def test_what_is_deleted_goes_and_what_is_added_comes(hands):
    hands.pane.arrange("status")
    removing.delete(hands.workspace, [hands.node(BOOTH)])
    assert BOOTH not in hands.rows()
    hands.workspace.undo()
    assert BOOTH in hands.rows()
    structure.add_action(hands.workspace, hands.node("活動拠点の整備"), "倉庫の設置")
    assert "未記入　1件" in groups(hands)


def test_the_choice_outlives_the_other_order_and_the_way_back(hands):
    hands.select(BOOTH)
    hands.pane.arrange("due")
    assert hands.current() == BOOTH
    hands.pane.arrange("tree")
    assert hands.current() == BOOTH
    assert len(hands.rows()) == 2 + 5 + 14 + 34


def test_a_group_is_nothing_that_a_command_could_be_for(hands):
    hands.pane.arrange("status")
    hands.view.setCurrentIndex(hands.view.model().index(0, 0))
    assert hands.pane.current_node() is None
    assert hands.pane.selected_nodes() == []


def test_a_heading_that_is_to_be_shown_brings_the_plan_back(hands):
    hands.pane.arrange("status")
    hands.select("環境づくり")
    assert hands.current() == "環境づくり"
    assert hands.pane.order == Order()


def test_a_search_limits_a_flat_list_too(hands):
    hands.pane.arrange("status")
    hands.pane.search(Query("ホームページ"))
    assert 0 < sum(title in hands.rows() for title in hands.rows()) < 10
    hands.pane.search(Query())
    assert groups(hands) == ["完了　5件", "完了の目途　7件", "継続中　20件"]


def test_rows_of_a_flat_list_are_not_dragged(hands):
    hands.pane.arrange("status")
    assert not hands.index(BOOTH).flags() & Qt.ItemFlag.ItemIsDragEnabled


@pytest.mark.parametrize("by", FLAT)
def test_the_window_leads_there_and_back(window, by):
    select(window, BOOTH)
    run(window, f"show_{by}")
    assert window.tree.order == Order(by)
    assert tree(window).isVisible()
    run(window, "in_order")
    assert window.tree.order == Order(Arrangement.TREE)
    assert outline(window).title(window.tree.current_node()) == BOOTH


@pytest.mark.parametrize("move", ["move_up", "move_down", "move_in", "move_out"])
def test_a_row_does_not_move_unseen_where_the_order_is_another_one(window, move):
    select(window, FUND)
    run(window, "show_status")
    before = outline(window)
    run(window, move)
    assert outline(window) is before
    assert "計画の順に戻す" in window.toast.text


def test_on_the_paper_rows_move_whatever_the_order_of_the_list(window):
    run(window, "show_status")
    run(window, "show_paper")
    select(window, FUND)
    before = outline(window)
    run(window, "move_up")
    assert outline(window) is not before
