"""The columns of the list: chosen, moved, kept, and stepping back where room is short."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtWidgets import QMenu

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.arranging import Order
from kyodo_desktop.ui.tree.columns import (
    BY_NAME,
    COLUMNS,
    LABELS,
    ColumnLayout,
    TreeColumn,
    fitted,
    reached,
)
from kyodo_desktop.ui.tree.pane import TreePane
from tests import edits
from tests.builders import action_of
from tests.ui.driving import run, select, tree

BOOTH = "市民活動ブースの設置"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
AT_FIRST = {place: column.width for place, column in enumerate(COLUMNS) if column.shown}
ALL = list(range(len(COLUMNS)))
NAME, STATUS, PROGRESS, DUE, LEAD = (
    *(TreeColumn.TITLE, TreeColumn.STATUS, TreeColumn.PROGRESS),
    *(TreeColumn.DUE, TreeColumn.LEAD),
)


def test_each_field_that_takes_part_has_a_column():
    fields = set(action_fields.taking_part(action_fields.Use.TREE))
    assert {column.field for column in COLUMNS} - {None} == fields
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (852, [NAME, STATUS, PROGRESS, DUE, LEAD]),
        (700, [NAME, STATUS, PROGRESS, DUE, LEAD]),
        (600, [NAME, STATUS, PROGRESS, DUE]),
        (507, [NAME, STATUS, PROGRESS, DUE]),
        (450, [NAME, STATUS, DUE]),
        (400, [NAME, STATUS]),
    ],
)
def test_columns_step_back_one_after_the_other(room, shown):
    widths = fitted(AT_FIRST, room, ALL)
    assert sorted(widths) == shown
    assert sum(widths.values()) == room


def test_the_name_shrinks_before_it_and_no_further_than_to_its_least():
    assert fitted(AT_FIRST, 852, ALL)[NAME] == 308
    assert fitted(AT_FIRST, 700, ALL)[NAME] == 256
    assert fitted(AT_FIRST, 507, ALL)[NAME] == 240


def test_what_a_person_added_steps_back_first():
    note = BY_NAME["note"]
    widths = fitted({**AT_FIRST, note: 200}, 852, ALL)
    assert note not in widths
    assert LEAD in widths


def test_a_column_that_the_list_is_limited_by_stays():
    assert LEAD in fitted(AT_FIRST, 600, ALL, kept={LEAD})


def test_the_columns_follow_the_width_of_the_list(hands):
    hands.pane.resize(1000, 640)
    assert visible(hands) == ["番号・名称", "状態", "進捗状況", "完了予定", "担当課"]
    hands.pane.resize(540, 640)
    assert visible(hands) == ["番号・名称", "状態", "進捗状況", "完了予定"]
    hands.pane.resize(300, 640)
    assert visible(hands) == ["番号・名称", "状態"]


def visible(hands):
    return [LABELS[place] for place in hands.view.columns.visible()]


def choose(hands, *labels):
    menu = hands.view.columns.columns_menu(hands.pane)
    for action in menu.actions():
        if action.text() in labels:
            action.trigger()


def test_columns_are_chosen_in_the_menu_of_the_head(hands):
    hands.pane.resize(1400, 640)
    choose(hands, "備考", "前回の状態", "担当課")
    assert visible(hands) == [
        *("番号・名称", "状態", "進捗状況", "完了予定", "備考", "前回の状態"),
    ]
    menu = hands.view.columns.columns_menu(hands.pane)
    assert not next(each for each in menu.actions() if each.text() == "状態").isEnabled()


def test_a_column_for_which_there_is_no_room_says_so(hands, qtbot):
    hands.pane.resize(620, 640)
    with qtbot.waitSignal(hands.pane.refused) as told:
        choose(hands, "備考")
    assert "備考" in told.args[0]
    assert "備考" not in visible(hands)


def test_a_column_is_moved_with_keys_and_the_name_stays_first(hands, qtbot):
    hands.pane.resize(1000, 640)
    hands.select(BOOTH)
    view = hands.view
    ring = view.currentIndex().siblingAtColumn(DUE)
    view.selectionModel().setCurrentIndex(ring, view.selectionModel().SelectionFlag.NoUpdate)
    with qtbot.waitSignal(view.columns.chosen):
        hands.press(Qt.Key.Key_Left, CTRL_SHIFT)
    assert visible(hands) == ["番号・名称", "状態", "完了予定", "進捗状況", "担当課"]
    for _ in range(3):
        hands.press(Qt.Key.Key_Left, CTRL_SHIFT)
    assert visible(hands) == ["番号・名称", "完了予定", "状態", "進捗状況", "担当課"]
    for _ in range(5):
        hands.press(Qt.Key.Key_Right, CTRL_SHIFT)
    assert visible(hands) == ["番号・名称", "状態", "進捗状況", "担当課", "完了予定"]
    assert view.currentIndex().column() == DUE


def test_a_column_is_moved_from_its_menu(hands):
    hands.pane.resize(1000, 640)

    def moves(place):
        menu = hands.view.columns.menu(place)
        return [each for each in menu.actions() if each.text()[:4] in ("列を左へ", "列を右へ")]

    left, right = moves(TreeColumn.LEAD)
    assert (left.isEnabled(), right.isEnabled()) == (True, False)
    left.trigger()
    assert visible(hands)[-2:] == ["担当課", "完了予定"]
    assert not any(each.isEnabled() for each in moves(TreeColumn.TITLE))


def test_choice_order_widths_and_sorting_are_kept(hands, qtbot):
    hands.pane.resize(1400, 640)
    choose(hands, "備考")
    head = hands.view.columns
    head.moveSection(head.visualIndex(BY_NAME["note"]), 1)
    head.resizeSection(TreeColumn.LEAD, 131)
    head.order_requested.emit(Order(column="due", descending=True))
    state = QByteArray(hands.pane.save_header())
    other = TreePane()
    qtbot.addWidget(other)
    other.resize(1400, 640)
    other.show()
    other.restore_header(state)
    kept = other._view.columns
    assert [LABELS[place] for place in kept.visible()][:3] == ["番号・名称", "備考", "状態"]
    assert kept.sectionSize(TreeColumn.LEAD) == 131
    assert other.order == Order(column="due", descending=True)


@pytest.mark.parametrize("state", [b"", b"\x00\x00\x00\xff", b"[1]", b'{"order": 3}'])
def test_what_another_version_has_kept_is_passed_over(hands, state):
    before = visible(hands)
    hands.pane.restore_header(QByteArray(state))
    assert visible(hands) == before


def test_a_column_that_has_come_since_stands_behind_the_others():
    kept = ColumnLayout(order=("title", "status"), shown=frozenset({"title", "gone"}))
    found = ColumnLayout.unpacked(kept.packed())
    assert found is not None
    assert found.order[:2] == ("title", "status")
    assert set(found.order) == set(BY_NAME)
    assert found.shown == {"title"}


def rows(hands):
    return [title for title in hands.rows() if title]


def click_head(hands, column):
    head = hands.view.columns
    place = QRect(
        head.sectionViewportPosition(column), 0, head.sectionSize(column), head.height()
    ).center()
    hands.qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_list_is_sorted_by_a_click_the_other_way_round_and_back(hands):
    workspace = hands.workspace
    edits.set_due(workspace, action_of(workspace.outline, BOOTH), "H24.1")
    before = hands.rows()
    head = hands.view.columns
    click_head(hands, TreeColumn.DUE)
    assert hands.rows()[0] == BOOTH
    click_head(hands, TreeColumn.DUE)
    assert head.order == Order(column="due", descending=True)
    click_head(hands, TreeColumn.DUE)
    assert hands.rows() == before


def test_a_click_shows_no_order_that_what_is_typed_holds_up(hands, qtbot):
    hands.pane.resize(1000, 640)
    head = hands.view.columns
    click_head(hands, TreeColumn.DUE)
    hands.view.save_value = lambda *_: False
    index = hands.index(BOOTH).siblingAtColumn(TreeColumn.LEAD)
    hands.view.setCurrentIndex(index)
    qtbot.keyClick(hands.view, Qt.Key.Key_X)
    click_head(hands, TreeColumn.DUE)
    assert hands.pane.order == Order(column="due")
    assert head.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder


def test_the_list_is_sorted_by_the_column_of_the_ring_without_a_mouse(window):
    node = select(window, BOOTH)
    view = tree(window)
    view.setCurrentIndex(view.model().index_of(node, TreeColumn.STATUS))
    for order in (Order(column="status"), Order(column="status", descending=True), Order()):
        run(window, "sort")
        assert window.tree.order == order


def test_the_menu_of_the_head_leads_back_to_the_order_of_the_plan(hands):
    before = hands.rows()
    click_head(hands, TreeColumn.STATUS)
    assert hands.rows() != before
    menu = hands.view.columns.menu(TreeColumn.STATUS)
    (back,) = [each for each in menu.actions() if each.objectName() == "in_order"]
    back.trigger()
    assert hands.rows() == before


def test_the_list_can_be_limited_from_the_menu_of_a_column(hands, qtbot):
    menu = hands.view.columns.menu(TreeColumn.STATUS)
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(hands.pane.limit_requested) as asked:
        next(each for each in menu.actions() if each.text() == "完了").trigger()
    assert asked.args == [None, (next(iter(hands.workspace.outline.statuses)),)]


def test_the_pointer_tells_what_a_cut_name_says(hands):
    assert hands.index(BOOTH).data(Qt.ItemDataRole.ToolTipRole) == f"① {BOOTH}"


@pytest.mark.parametrize("room", [400, 450, 600, 852])
@pytest.mark.parametrize("column", range(1, len(COLUMNS)))
def test_a_column_that_is_gone_to_has_room_in_the_place_of_others(room, column):
    wanted = {**AT_FIRST, column: COLUMNS[column].width}
    widths = reached(wanted, room, ALL, column)
    assert {NAME, column} <= set(widths)
    assert sum(widths.values()) == room


def test_in_a_narrow_list_each_column_is_gone_to_with_the_arrows(hands):
    hands.pane.resize(420, 640)
    choose(hands, "備考")
    assert visible(hands) == ["番号・名称", "状態"]
    hands.select(BOOTH)
    seen = []
    for key in [Qt.Key.Key_Right] * 6 + [Qt.Key.Key_Left] * 6:
        hands.press(key)
        column = hands.view.currentIndex().column()
        seen.append(LABELS[column])
        assert seen[-1] in visible(hands)
        assert hands.view.columns.length() <= hands.view.viewport().width()
    chosen = ["番号・名称", "状態", "進捗状況", "完了予定", "担当課", "備考"]
    assert seen == [*chosen[1:], "備考", *reversed(chosen[:-1]), "番号・名称"]
    assert visible(hands) == ["番号・名称", "状態"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_space_ticks_a_column_and_the_menu_stays_open(hands, qtbot):
    hands.pane.resize(1400, 640)
    menu = hands.view.columns.columns_menu(hands.pane)
    menu.popup(hands.pane.mapToGlobal(hands.pane.rect().center()))
    note = next(each for each in menu.actions() if each.text() == "備考")
    menu.setActiveAction(note)
    for shown in (True, False):
        qtbot.keyClick(menu, Qt.Key.Key_Space)
        assert (note.isChecked(), menu.isVisible()) == (shown, True)
        assert ("備考" in visible(hands)) is shown
    menu.close()
