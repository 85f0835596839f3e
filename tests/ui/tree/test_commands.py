"""The commands that change the tree, as they are reached from the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from tests.builders import marks, node_of
from tests.ui.driving import choose_heading, dialog, outline, run, select, tree

BOOTH = "市民活動ブースの設置"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def names(window, title):
    """Return the titles under the heading."""
    return [
        outline(window).title(node)
        for node in outline(window).children[node_of(outline(window), title)]
    ]


def type_name(window, qtbot, text):
    """Type over the name that is open in the tree, and press Enter."""
    editor = tree(window).viewport().findChild(QLineEdit)
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_new_action_stands_behind_the_current_one_and_is_named_in_place(window, qtbot):
    select(window, BOOTH)
    run(window, "add_action")
    type_name(window, qtbot, "交流スペースの設置")
    assert names(window, "活動拠点の整備") == [BOOTH, "交流スペースの設置"]


def test_a_new_heading_stands_behind_the_heading_of_the_current_action(window, qtbot):
    select(window, BOOTH)
    run(window, "add_heading")
    type_name(window, qtbot, "交流の場の整備")
    assert names(window, "環境づくり")[:2] == ["活動拠点の整備", "交流の場の整備"]


def test_an_action_cannot_be_added_to_a_term_and_the_window_says_where(window):
    select(window, "後期")
    run(window, "add_action")
    assert "見出し" in window.toast.text


def test_the_first_heading_of_a_term_can_be_added(window, qtbot):
    select(window, "後期")
    run(window, "add_heading")
    type_name(window, qtbot, "環境づくり2")
    assert names(window, "後期") == ["環境づくり2"]


def test_deleting_asks_first_and_undo_brings_everything_back(window):
    before = marks(outline(window))
    select(window, "環境づくり")
    run(window, "delete")
    question = dialog(window)
    assert "実行計画" in question.informativeText()
    question.findChild(QPushButton, "delete").click()
    assert len(marks(outline(window))) == len(before) - 7
    run(window, "undo")
    assert marks(outline(window)) == before


@pytest.mark.parametrize(
    "titles", [(BOOTH,), ("環境づくり",), (BOOTH, "市民活動支援補助金の創設")]
)
def test_what_an_undo_brings_back_is_selected_and_shown(window, titles):
    nodes = [node_of(outline(window), each) for each in titles]
    window.tree.select_all(nodes)
    run(window, "delete")
    dialog(window).findChild(QPushButton, "delete").click()
    assert set(nodes).isdisjoint(window.tree.selected_nodes())
    run(window, "undo")
    assert window.tree.selected_nodes() == nodes
    assert window.editor.nodes == nodes
    run(window, "redo")
    assert set(nodes).isdisjoint(window.tree.selected_nodes())


def test_an_undo_that_brings_nothing_back_leaves_the_choice_alone(window):
    select(window, BOOTH)
    run(window, "move_to")
    choose_heading(window, "担い手支援の充実")
    other = select(window, "環境づくり")
    run(window, "undo")
    assert window.tree.selected_nodes() == [other]


def test_not_deleting_changes_nothing(window):
    before = marks(outline(window))
    select(window, "環境づくり")
    run(window, "delete")
    dialog(window).reject()
    assert marks(outline(window)) == before


def test_the_delete_key_asks_too(window, qtbot):
    select(window, BOOTH)
    qtbot.keyClick(tree(window), Qt.Key.Key_Delete)
    assert "1件" in dialog(window).informativeText()
    dialog(window).reject()


def test_alt_and_an_arrow_move_and_a_refused_move_says_why(window, qtbot):
    select(window, "市民活動支援基金の創設")
    qtbot.keyClick(tree(window), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(window, "財政的援助及び活動資金の確保")[0] == "市民活動支援基金の創設"
    qtbot.keyClick(tree(window), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert "先頭" in window.toast.text


def test_an_action_is_relisted_under_the_chosen_heading(window):
    select(window, BOOTH)
    run(window, "relist")
    choose_heading(window, "担い手支援の充実")
    assert BOOTH in names(window, "担い手支援の充実")
    assert len(marks(outline(window))) == 35


def test_actions_are_moved_to_the_chosen_heading(window):
    select(window, BOOTH)
    run(window, "move_to")
    choose_heading(window, "担い手支援の充実")
    assert names(window, "担い手支援の充実")[-1] == BOOTH


def test_a_copy_is_new_and_chosen(window):
    select(window, BOOTH)
    run(window, "duplicate")
    assert marks(outline(window)).startswith("◇ ")
    assert window.tree.current_node() == node_of(outline(window), BOOTH, nth=1)


@pytest.mark.parametrize(
    ("key", "modifiers"), [(Qt.Key.Key_Y, CTRL), (Qt.Key.Key_Z, CTRL | SHIFT)]
)
def test_a_step_is_done_again_with_either_key(window, qtbot, key, modifiers):
    select(window, BOOTH)
    run(window, "duplicate")
    run(window, "undo")
    qtbot.keyClick(tree(window), key, modifiers)
    assert names(window, "活動拠点の整備") == [BOOTH, BOOTH]
