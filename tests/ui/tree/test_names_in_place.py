"""A name that is typed in place, in the tree of the window: never lost, never cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from kyodo_desktop.services import rounds
from kyodo_desktop.ui.strip import strip
from kyodo_desktop.ui.tree.columns import TreeColumn
from tests.builders import action_of, node_of
from tests.ui.driving import outline, run, select, tree
from tests.ui.tree.hands import editor_of, is_typing

BOOTH, CENTRE = "市民活動ブースの設置", "市民活動サポートセンターの創設"
TYPED = "交流ブースの設置"
CTRL = Qt.KeyboardModifier.ControlModifier


def press_enter(window, qtbot):
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt takes the name later


def type_over(window, title, text=TYPED):
    """Type a text over the name of a row, without saying that it is done."""
    node = select(window, title)
    run(window, "rename")
    editor_of(window).setText(text)
    return node


def switch(kind):
    return lambda window: window.strip.choose(kind)


def choose_status(window):
    window.features.strip.limit(status_ids=[1])


def search(window):
    window.strip.search.setText("どこにもない言葉")


def jump(window):
    window.editor.jump_requested.emit(node_of(outline(window), CENTRE))


def show_another_round(window):
    window.features.rounds.show_round(next(iter(outline(window).rounds)))


def command(name):
    return lambda window: run(window, name)


COMMANDS = ("expand", "collapse", "search", "compare", "undo")
ACTS = {
    **{kind.name: switch(kind) for kind in strip.KINDS},
    **{name: command(name) for name in COMMANDS},
    "status": choose_status,
    "text": search,
    "jump": jump,
    "round": show_another_round,
}


@pytest.mark.parametrize("act", ACTS)
def test_a_name_is_saved_whatever_is_done_next(window, act):
    rounds.open_round(window.plan.workspace, "平成28年度", 2016, "2016-10-31")
    action_id = action_of(outline(window), BOOTH)
    said = []
    window.plan.workspace.subscribe(
        lambda _: said.append(outline(window).actions[action_id].title)
    )
    type_over(window, BOOTH)
    ACTS[act](window)
    assert TYPED in said
    assert not is_typing(window)


def test_a_name_is_saved_before_another_file_is_opened(window, sample_file, tmp_path):
    other = tmp_path / "other.kyodo"
    other.write_bytes(sample_file.read_bytes())
    node = type_over(window, BOOTH)
    assert window.files.open(other)
    assert window.files.open(sample_file)
    assert outline(window).title(node) == TYPED


def test_the_name_of_a_new_row_is_saved_as_a_filter_hides_it(window):
    select(window, BOOTH)
    run(window, "add_action")
    editor_of(window).setText(TYPED)
    switch(strip.OVERDUE)(window)
    assert node_of(outline(window), TYPED)
    switch(strip.EMPTY)(window)
    assert not is_typing(window)


def test_a_name_is_saved_as_another_filter_shows_all_again(window):
    window.strip.search.setText("ブース")
    node = type_over(window, BOOTH)
    window.strip.clear()
    assert outline(window).title(node) == TYPED


def test_a_name_outlives_what_changes_the_rows_from_elsewhere(window, qtbot):
    rounds.open_round(window.plan.workspace, "平成28年度", 2016, "2016-10-31")
    node = type_over(window, BOOTH)
    window.plan.workspace.show_round(next(iter(outline(window).rounds)))
    qtbot.waitUntil(lambda: outline(window).title(node) == TYPED)


@pytest.mark.parametrize(("text", "why"), [("長" * 700, "長すぎます"), ("", "空です")])
@pytest.mark.parametrize("leave", ["Enter", "Tab", "filter", "another row", "another field"])
def test_a_refused_name_is_told_and_waits_uncut_in_its_cell(window, qtbot, text, why, leave):
    node = type_over(window, BOOTH, text)
    match leave:
        case "Enter":
            press_enter(window, qtbot)
        case "Tab":
            qtbot.keyClick(editor_of(window), Qt.Key.Key_Tab)
            QApplication.processEvents()
        case "filter":
            switch(strip.CHANGED)(window)
        case "another row":
            place = tree(window).visualRect(
                tree(window).model().index_of(outline(window).roots[0])
            )
            qtbot.mouseClick(
                tree(window).viewport(), Qt.MouseButton.LeftButton, pos=place.center()
            )
        case "another field":
            window.editor.findChild(QLineEdit, "due").setFocus()
    assert outline(window).title(node) == BOOTH
    assert editor_of(window).text() == text
    assert window.editor.findChild(QLineEdit, "action_title").text() == BOOTH
    assert why in window.toast.text
    assert not window.commit()
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)
    assert not is_typing(window)
    assert outline(window).title(node) == BOOTH
    assert window.commit()


def test_a_refused_name_of_a_heading_waits_to_be_mended_too(window, qtbot):
    node = type_over(window, "活動拠点の整備", "長" * 700)
    press_enter(window, qtbot)
    assert "長すぎます" in window.toast.text
    assert window.tree.unsaved()[0].is_invalid
    editor_of(window).setText(TYPED)
    press_enter(window, qtbot)
    assert outline(window).title(node) == TYPED
    assert not is_typing(window)


def test_a_refused_name_keeps_a_command_from_running(window):
    node = type_over(window, BOOTH, "")
    before = outline(window)
    run(window, "duplicate")
    assert outline(window) is before
    assert window.editor.nodes == [node]
    assert is_typing(window)


def test_tab_saves_a_name_and_goes_on_to_the_cell_beside_it(window, qtbot):
    node = type_over(window, BOOTH)
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert outline(window).title(node) == TYPED
    assert window.tree.selected_nodes() == [node]
    assert tree(window).currentIndex().column() == TreeColumn.STATUS
    assert not is_typing(window)


def names(window, title):
    node = node_of(outline(window), title)
    return [outline(window).title(each) for each in outline(window).children[node]]


def name_row(window, qtbot, text, key=Qt.Key.Key_Return):
    """Type into the open cell, press a key, and let the next row come."""
    editor_of(window).setText(text)
    qtbot.keyClick(editor_of(window), key)
    for _ in range(3):  # Qt ends the typing later, then it is told
        QApplication.processEvents()


@pytest.mark.parametrize("last", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
@pytest.mark.parametrize(
    ("command", "beside", "above"),
    [("add_action", BOOTH, "活動拠点の整備"), ("add_heading", "市の体制", "前期")],
)
def test_rows_are_added_as_long_as_names_come(window, qtbot, command, beside, above, last):
    before = names(window, above)
    select(window, beside)
    run(window, command)
    for name in ("一つ目", "二つ目"):
        name_row(window, qtbot, name)
    name_row(window, qtbot, "", last)
    assert names(window, above) == [*before, "一つ目", "二つ目"]
    assert outline(window).title(window.tree.current_node()) == "二つ目"
    assert not is_typing(window)


def test_a_new_row_that_is_given_up_is_gone_whatever_was_typed(window, qtbot):
    select(window, BOOTH)
    run(window, "add_action")
    name_row(window, qtbot, "やはり", Qt.Key.Key_Escape)
    assert names(window, "活動拠点の整備") == [BOOTH]
    assert outline(window).title(window.tree.current_node()) == BOOTH


def test_a_command_stands_for_the_row_before_one_without_a_name(window, qtbot):
    select(window, BOOTH)
    run(window, "add_action")
    name_row(window, qtbot, "一つ目")
    run(window, "duplicate")
    assert names(window, "活動拠点の整備") == [BOOTH, "一つ目", "一つ目"]


def test_a_new_row_without_a_name_goes_as_another_one_is_chosen(window, qtbot):
    select(window, BOOTH)
    run(window, "add_action")
    name_row(window, qtbot, "一つ目")
    place = tree(window).visualRect(tree(window).model().index_of(outline(window).roots[0]))
    qtbot.mouseClick(tree(window).viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    qtbot.waitUntil(lambda: names(window, "活動拠点の整備") == [BOOTH, "一つ目"])
    assert window.tree.current_node() == outline(window).roots[0]


def test_a_new_row_without_a_name_stays_as_something_else_of_it_is_filled_in(window, qtbot):
    select(window, BOOTH)
    run(window, "add_action")
    name_row(window, qtbot, "", Qt.Key.Key_Tab)
    assert names(window, "活動拠点の整備") == [BOOTH, "新しい実行計画"]
    assert tree(window).currentIndex().column() == TreeColumn.STATUS


def test_a_new_name_that_is_refused_waits_to_be_mended(window, qtbot):
    select(window, BOOTH)
    run(window, "add_action")
    name_row(window, qtbot, "長" * 700)
    assert "長すぎます" in window.toast.text
    name_row(window, qtbot, "一つ目")
    name_row(window, qtbot, "", Qt.Key.Key_Escape)
    assert names(window, "活動拠点の整備") == [BOOTH, "一つ目"]


def test_an_unnamed_row_is_no_text_that_could_be_lost(window):
    select(window, BOOTH)
    run(window, "add_action")
    assert window.tree.unsaved() == []


def test_where_rows_stand_in_another_order_one_row_is_added(window, qtbot):
    select(window, BOOTH)
    run(window, "show_status")
    run(window, "add_action")
    name_row(window, qtbot, "一つ目")
    assert not is_typing(window)
    assert names(window, "活動拠点の整備") == [BOOTH, "一つ目"]


def test_a_name_that_is_typed_over_is_told_with_the_way_back(window, qtbot):
    node = select(window, BOOTH)
    qtbot.keyClick(tree(window), Qt.Key.Key_X)
    name_row(window, qtbot, TYPED)
    assert outline(window).title(node) == TYPED
    assert BOOTH in window.toast.text
    assert TYPED in window.toast.text


def test_a_name_that_is_typed_over_comes_back_with_esc(window, qtbot):
    node = select(window, BOOTH)
    qtbot.keyClick(tree(window), Qt.Key.Key_X)
    name_row(window, qtbot, TYPED, Qt.Key.Key_Escape)
    assert outline(window).title(node) == BOOTH
    assert not window.toast.text
