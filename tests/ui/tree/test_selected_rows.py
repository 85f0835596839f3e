"""Commands act on the rows that are selected and shown, wherever the keys have led."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kyodo_desktop.domain.nodes import is_placement
from tests.builders import node_of
from tests.ui.driving import outline, run, select, tree
from tests.ui.tree.hands import editor_of, is_typing

BOOTH, CENTRE = "市民活動ブースの設置", "市民活動サポートセンターの創設"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown])
def test_a_key_that_leads_far_away_selects_with_ctrl_as_well(window, qtbot, key):
    chosen = []
    for modifiers in (Qt.KeyboardModifier.NoModifier, CTRL):
        select(window, BOOTH)
        qtbot.keyClick(tree(window), key, modifiers)
        chosen.append(window.tree.selected_nodes())
        assert window.editor.nodes == chosen[-1]
    assert chosen[0] == chosen[1] != [node_of(outline(window), BOOTH)]


def test_with_shift_rows_are_added_and_with_ctrl_and_space_too(window, qtbot):
    select(window, BOOTH)
    qtbot.keyClick(tree(window), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(window.tree.selected_nodes()) == 2
    select(window, BOOTH)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(tree(window), key, CTRL)
    assert len(window.tree.selected_nodes()) == 2
    qtbot.keyClick(tree(window), Qt.Key.Key_Space, CTRL)
    assert window.tree.selected_nodes() == window.editor.nodes == [node_of(outline(window), BOOTH)]


def test_a_click_with_ctrl_adds_a_row_and_takes_it_out_again(window, qtbot):
    node = select(window, BOOTH)
    view = tree(window)
    index = view.model().index_of(outline(window).roots[0])
    for chosen in ([outline(window).roots[0], node], [node]):
        view.scrollTo(index)
        place = view.visualRect(index).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, place)
        assert window.tree.selected_nodes() == chosen


def go_on_without_selecting(window, qtbot):
    """Select the booth, and make another row current alone."""
    node = select(window, BOOTH)
    qtbot.keyClick(tree(window), Qt.Key.Key_Up, CTRL)
    assert window.tree.selected_nodes() == [node]
    return node


def test_the_row_that_is_shown_is_the_one_that_is_renamed(window, qtbot):
    node = go_on_without_selecting(window, qtbot)
    run(window, "rename")
    assert editor_of(window).text() == BOOTH
    assert window.tree.selected_nodes() == [node]


def test_the_row_that_is_shown_is_the_one_that_is_copied_and_moved(window, qtbot):
    heading = node_of(outline(window), "活動拠点の整備")
    node = go_on_without_selecting(window, qtbot)
    run(window, "duplicate")
    assert len(outline(window).children[heading]) == 2
    assert go_on_without_selecting(window, qtbot) == node
    qtbot.keyClick(tree(window), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert outline(window).children[heading][1] == node


def test_nothing_is_done_to_a_row_that_is_not_selected(window, qtbot):
    before = outline(window)
    go_on_without_selecting(window, qtbot)
    tree(window).clearSelection()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_Delete):
        qtbot.keyClick(tree(window), key)
    qtbot.keyClick(tree(window), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert not is_typing(window)
    assert not window.toast.text
    assert outline(window) is before


def test_several_names_are_not_typed_at_once_and_the_window_says_so(window):
    window.tree.select_all([node_of(outline(window), each) for each in (BOOTH, CENTRE)])
    run(window, "rename")
    assert not is_typing(window)
    assert "1つずつ" in window.toast.text


def test_each_of_several_selected_rows_is_copied_behind_itself_in_one_step(window):
    plan = window.plan.workspace
    heading = next(
        node
        for node, below in plan.outline.children.items()
        if len(below) > 1 and all(map(is_placement, below))
    )
    chosen = plan.outline.children[heading]
    names = [plan.outline.title(each) for each in chosen]
    window.tree.select_all(chosen)
    run(window, "duplicate")
    found = [plan.outline.title(each) for each in plan.outline.children[heading]]
    assert found == [name for name in names for _ in range(2)]
    assert len(window.tree.selected_nodes()) == len(names)
    run(window, "undo")
    assert plan.outline.children[heading] == chosen
