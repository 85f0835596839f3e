"""The keys of the tree, what is chosen in it, and how it stays where it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from kyodo_desktop.services import moving, progress, removing, structure
from kyodo_desktop.services.moving import Way
from kyodo_desktop.ui.tree.columns import TreeColumn
from kyodo_desktop.ui.widgets import theme
from tests.builders import action_of

BOOTH = "市民活動ブースの設置"
SECTION = "協働のまちづくり推進課の設置"
ALT = Qt.KeyboardModifier.AltModifier


def test_a_small_plan_is_open_throughout(hands):
    assert BOOTH in hands.rows()
    assert len(hands.rows()) == 2 + 5 + 14 + 34


def test_the_first_row_is_current_so_that_keys_work_at_once(hands):
    assert hands.current() == "前期"


def test_digits_ask_for_the_status_of_that_place_for_all_selected_actions(hands, qtbot):
    hands.select(BOOTH, "環境づくり", SECTION)
    outline = hands.workspace.outline
    with qtbot.waitSignal(hands.pane.status_requested) as asked:
        hands.press(Qt.Key.Key_2)
    actions = [action_of(outline, BOOTH), action_of(outline, SECTION)]
    assert asked.args == [actions, list(outline.statuses)[1]]


@pytest.mark.parametrize("key", [Qt.Key.Key_4, Qt.Key.Key_9])
def test_a_digit_without_a_status_asks_for_nothing_and_moves_nowhere(hands, qtbot, key):
    hands.select(BOOTH)
    with qtbot.assertNotEmitted(hands.pane.status_requested):
        hands.press(key)
    assert hands.current() == BOOTH


def test_a_digit_on_a_heading_asks_for_nothing(hands, qtbot):
    hands.select("環境づくり")
    with qtbot.assertNotEmitted(hands.pane.status_requested):
        hands.press(Qt.Key.Key_1)


def test_digits_arrive_as_keys_in_the_column_of_the_status_while_the_input_method_is_on(hands):
    hands.select(BOOTH)
    hands.view.setCurrentIndex(hands.index(BOOTH).siblingAtColumn(TreeColumn.STATUS))
    assert not hands.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize("typed", ["2", "２"])
def test_a_digit_that_the_input_method_composes_on_a_name_is_a_status(hands, qtbot, typed):
    hands.select(BOOTH)
    with qtbot.waitSignal(hands.pane.status_requested) as asked:
        QApplication.sendEvent(hands.view, QInputMethodEvent(typed, []))
    assert asked.args[1] == list(hands.workspace.outline.statuses)[1]
    assert hands.view.state() != QAbstractItemView.State.EditingState


@pytest.mark.parametrize(
    ("key", "way"),
    [
        (Qt.Key.Key_Up, Way.UP),
        (Qt.Key.Key_Down, Way.DOWN),
        (Qt.Key.Key_Left, Way.OUT),
        (Qt.Key.Key_Right, Way.IN),
    ],
)
def test_alt_and_an_arrow_ask_for_a_step(hands, qtbot, key, way):
    hands.select(BOOTH)
    with qtbot.waitSignal(hands.pane.shift_requested) as asked:
        hands.press(key, ALT)
    assert asked.args == [way]
    assert hands.current() == BOOTH


def test_delete_asks_to_delete(hands, qtbot):
    with qtbot.waitSignal(hands.pane.delete_requested):
        hands.press(Qt.Key.Key_Delete)


def asked_names(hands):
    """Return the list into which go the names that are asked for from now on."""
    asked = []
    hands.pane.save_with(lambda *_: True, lambda *name: asked.append(name) or True)
    return asked


def test_the_title_alone_is_edited_in_place(hands, qtbot):
    hands.select(BOOTH)
    hands.press(Qt.Key.Key_F2)
    editor = hands.view.viewport().findChild(QLineEdit)
    assert editor.text() == BOOTH
    editor.setText("交流ブースの設置")
    asked = asked_names(hands)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked == [(hands.node(BOOTH), "交流ブースの設置")])


def test_a_title_being_typed_is_taken_when_the_window_asks_for_it(hands, qtbot):
    hands.select(BOOTH)
    hands.pane.activateWindow()
    hands.press(Qt.Key.Key_F2)
    editor = hands.view.viewport().findChild(QLineEdit)
    qtbot.waitUntil(editor.hasFocus)
    editor.setText("交流ブースの設置")
    asked = asked_names(hands)
    hands.pane.commit()
    assert asked == [(hands.node(BOOTH), "交流ブースの設置")]


def test_copy_and_paste_are_asked_for_with_their_keys(hands, qtbot):
    hands.select(BOOTH)
    for key, asked in (
        (Qt.Key.Key_C, hands.pane.copy_requested),
        (Qt.Key.Key_V, hands.pane.paste_requested),
    ):
        with qtbot.waitSignal(asked):
            hands.press(key, Qt.KeyboardModifier.ControlModifier)


def test_a_status_repaints_its_row_and_moves_nothing(hands, qtbot):
    hands.select(BOOTH)
    outline = hands.workspace.outline
    with qtbot.assertNotEmitted(hands.view.model().modelReset):
        progress.set_status(
            hands.workspace, [action_of(outline, BOOTH)], next(iter(outline.statuses))
        )
    assert hands.index(BOOTH).siblingAtColumn(TreeColumn.STATUS).data() == "✓ 完了"
    assert hands.index("環境づくり").siblingAtColumn(TreeColumn.PROGRESS).data() == "完了 3/7"
    assert hands.current() == BOOTH


def test_after_a_move_the_same_rows_are_selected_and_open(hands):
    hands.view.collapse(hands.index("担い手づくり"))
    hands.select(BOOTH)
    open_before = set(hands.open_rows())
    moving.move(hands.workspace, [hands.node(BOOTH)], hands.node("情報の提供と共有"))
    assert hands.pane.selected_nodes() == [hands.node(BOOTH)]
    left_empty = {"活動拠点の整備"}  # nothing is below it that could be shown
    assert set(hands.open_rows()) == open_before - left_empty
    hands.workspace.undo()
    assert set(hands.open_rows()) == open_before


def test_after_a_deletion_the_row_beside_it_is_current(hands):
    hands.select("市民活動サポートセンターの創設")
    removing.delete(hands.workspace, [hands.node("市民活動サポートセンターの創設")])
    assert hands.current() == "活動支援アドバイザーの設置及び派遣"


def test_after_the_deletion_of_an_only_child_its_heading_is_current(hands):
    hands.select(BOOTH)
    removing.delete(hands.workspace, [hands.node(BOOTH)])
    assert hands.current() == "活動拠点の整備"


def test_undoing_a_deletion_brings_the_rows_back_open(hands):
    hands.select("環境づくり")
    removing.delete(hands.workspace, [hands.node("環境づくり")])
    hands.workspace.undo()
    assert BOOTH in hands.rows()


def test_an_added_row_leaves_everything_where_it_is(hands, qtbot):
    hands.select(SECTION)
    with qtbot.assertNotEmitted(hands.view.model().modelReset):
        structure.add_action(hands.workspace, hands.node("活動拠点の整備"), "倉庫の設置")
    assert hands.current() == SECTION
    assert "倉庫の設置" in hands.rows()


def test_the_choice_is_told_once(hands):
    told = []
    hands.pane.selection_changed.connect(told.append)
    hands.select(BOOTH)
    assert told == [[hands.node(BOOTH)]]


def test_the_current_node_is_told(hands, qtbot):
    with qtbot.waitSignal(hands.pane.current_changed) as told:
        hands.select(BOOTH)
    assert told.args == [hands.node(BOOTH)]


def test_no_plan_no_choice(hands, qtbot):
    with qtbot.waitSignal(hands.pane.current_changed) as told:
        hands.pane.clear()
    assert told.args == [None]
    assert hands.pane.selected_nodes() == []


def test_all_closed_leaves_the_headings_of_the_terms(hands):
    hands.pane.collapse_all()
    assert hands.rows() == [
        "前期",
        "環境づくり",
        "担い手づくり",
        "情報の提供と共有",
        "市政への参画",
        "市の体制",
        "後期",
    ]
    hands.pane.expand_all()
    assert BOOTH in hands.rows()


def test_a_plan_for_reading_cannot_be_typed_into(hands):
    hands.workspace.read_only_because = "読み取り専用です。"
    hands.pane.show_plan(hands.workspace)
    hands.select(BOOTH)
    hands.press(Qt.Key.Key_F2)
    assert hands.view.state() != QAbstractItemView.State.EditingState


def is_seen(hands):
    row = hands.view.visualRect(hands.view.currentIndex())
    return row.isValid() and hands.view.viewport().rect().contains(row.center())


@pytest.mark.parametrize("title", [BOOTH, "地域福祉計画の推進"])
def test_the_current_row_stays_in_sight_in_each_size(hands, qtbot, title):
    hands.pane.expand_all()
    rows = hands.rows()
    hands.select(title if title in rows else rows[-1])
    try:
        for zoom in (*theme.STEPS, 100):
            theme.set_zoom(zoom)
            qtbot.waitUntil(lambda: is_seen(hands))
            hands.pane.resize(620, 300 if zoom % 50 else 640)
            assert is_seen(hands)
    finally:
        theme.set_zoom(100)


def test_closing_a_heading_above_takes_the_ring_along(hands):
    hands.select(BOOTH)
    above = hands.index(BOOTH).parent()
    hands.view.collapse(above)
    assert hands.view.currentIndex().internalId() == above.internalId()


def test_closing_everything_leaves_the_ring_on_a_row_in_sight(hands):
    hands.select(BOOTH)
    hands.pane.collapse_all()
    assert hands.current() in hands.rows()
    assert is_seen(hands)
