"""Cells of the list are typed into where they stand: nothing typed is lost, refused is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, progress, rounds, vocabularies
from kyodo_desktop.ui.tree.columns import BY_NAME, TreeColumn
from tests import edits
from tests.builders import action_of, node_of
from tests.ui.driving import outline, run, select, tree
from tests.ui.tree.hands import editor_of, is_typing

BOOTH, CENTRE = "市民活動ブースの設置", "協働のまちづくり推進課の設置"
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def go_to(window, title, column):
    """Choose a row and put the ring on one of its cells."""
    node = select(window, title)
    head = window.tree._view.columns
    if head.isSectionHidden(column):
        head.show_column(column, True)
    view = tree(window)
    view.setFocus()
    view.selectionModel().setCurrentIndex(
        view.model().index_of(node, column), view.selectionModel().SelectionFlag.NoUpdate
    )
    return node


def type_into(window, qtbot, text, key=Qt.Key.Key_Return):
    """Open the current cell with F2, type a text over what is there, and leave with a key."""
    qtbot.keyClick(tree(window), Qt.Key.Key_F2)
    editor_of(window).setText(text)
    editor_of(window).setModified(True)
    if key is not None:
        qtbot.keyClick(editor_of(window), key)
        QApplication.processEvents()


def action(window, title):
    return outline(window).actions[action_of(outline(window), title)]


def lines(window, title):
    return [line.text for line in outline(window).lines.get(action_of(outline(window), title), ())]


@pytest.mark.parametrize("typed", ["H29.3", "平成29年3月", "2017-03", "29/3"])
def test_a_month_is_typed_in_any_form_and_enter_goes_to_the_one_below(window, qtbot, typed):
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, typed)
    assert action(window, BOOTH).due == "2017-03"
    assert not is_typing(window)
    below = tree(window).currentIndex()
    assert below.internalId() == node_of(outline(window), CENTRE), "headings are passed over"
    assert below.column() == TreeColumn.DUE


def test_tab_goes_to_the_cell_beside(window, qtbot):
    node = go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "H29.3", Qt.Key.Key_Tab)
    assert action(window, BOOTH).due == "2017-03"
    current = tree(window).currentIndex()
    assert (current.internalId(), current.column()) == (node, TreeColumn.LEAD)


def at(window):
    current = tree(window).currentIndex()
    return current.internalId(), current.column()


def type_letters(window, qtbot, text, key):
    """Begin a text in the current cell by typing it, and leave with a key."""
    for letter in text:
        qtbot.keyClicks(editor_of(window) if is_typing(window) else tree(window), letter)
    qtbot.keyClick(editor_of(window), key)
    QApplication.processEvents()


def test_after_tab_enter_goes_to_where_the_row_began_one_row_below_as_in_excel(window, qtbot):
    below = node_of(outline(window), CENTRE)
    go_to(window, BOOTH, TreeColumn.PROGRESS)
    type_letters(window, qtbot, "begun", Qt.Key.Key_Tab)
    assert not is_typing(window), "Tab opens nothing"
    type_letters(window, qtbot, "H29.3", Qt.Key.Key_Return)
    assert at(window) == (below, TreeColumn.PROGRESS)
    assert (lines(window, BOOTH), action(window, BOOTH).due) == (["begun"], "2017-03")


def test_a_row_may_begin_with_the_digit_of_a_status(window, qtbot):
    below = node_of(outline(window), CENTRE)
    go_to(window, BOOTH, TreeColumn.STATUS)
    for key in (Qt.Key.Key_1, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(tree(window), key)
    type_letters(window, qtbot, "H29.3", Qt.Key.Key_Return)
    assert at(window) == (below, TreeColumn.STATUS)


@pytest.mark.parametrize("way", ["another row", "further left", "the mouse"])
def test_a_row_begins_anew_where_somebody_goes_elsewhere(window, qtbot, way):
    below = node_of(outline(window), CENTRE)
    go_to(window, BOOTH, TreeColumn.PROGRESS)
    type_letters(window, qtbot, "begun", Qt.Key.Key_Tab)
    column, view = TreeColumn.DUE, tree(window)
    if way == "another row":
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            qtbot.keyClick(view, key)
    elif way == "further left":
        for key in (*[Qt.Key.Key_Left] * 2, *[Qt.Key.Key_Right] * 2):
            qtbot.keyClick(view, key)
    else:
        place = view.visualRect(view.currentIndex()).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    type_letters(window, qtbot, "H29.3", Qt.Key.Key_Return)
    assert at(window) == (below, column)


def test_esc_gives_the_old_value_back(window, qtbot):
    before = action(window, BOOTH).due
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "H29.3", Qt.Key.Key_Escape)
    assert action(window, BOOTH).due == before
    assert not is_typing(window)


def test_a_letter_begins_a_text_in_the_place_of_the_old_one(window, qtbot):
    go_to(window, BOOTH, TreeColumn.DUE)
    for key in (Qt.Key.Key_H, Qt.Key.Key_2, Qt.Key.Key_9, Qt.Key.Key_Period, Qt.Key.Key_3):
        qtbot.keyClick(editor_of(window) if is_typing(window) else tree(window), key)
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert action(window, BOOTH).due == "2017-03"


def test_a_digit_is_a_status_on_name_and_status_and_a_text_elsewhere(window, qtbot):
    statuses = list(outline(window).statuses.values())
    action_id = action_of(outline(window), BOOTH)
    for column in (TreeColumn.TITLE, TreeColumn.STATUS):
        go_to(window, BOOTH, column)
        for place in (3, 1):
            qtbot.keyClick(tree(window), Qt.Key.Key_0 + place)
            assert outline(window).status(action_id) == statuses[place - 1]
    go_to(window, BOOTH, TreeColumn.PROGRESS)
    qtbot.keyClick(tree(window), Qt.Key.Key_3)
    assert editor_of(window).text() == "3"
    assert outline(window).status(action_id) == statuses[0]


def test_the_input_method_begins_a_text_and_its_first_key_is_not_lost(window, qtbot):
    go_to(window, BOOTH, TreeColumn.PROGRESS)
    view = tree(window)
    assert view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(view, QInputMethodEvent("き", []))
    assert is_typing(window)
    done = QInputMethodEvent()
    done.setCommitString("協議中")
    QApplication.sendEvent(view, done)
    assert editor_of(window).text() == "協議中"
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert lines(window, BOOTH) == ["協議中"]


def test_the_only_line_is_typed_in_place_and_a_first_one_made(window, qtbot):
    for line in outline(window).lines[action_of(outline(window), BOOTH)]:
        progress.delete_line(window.plan.workspace, line.id)
    for text in ("準備を始めた", "開設した"):
        go_to(window, BOOTH, TreeColumn.PROGRESS)
        type_into(window, qtbot, text)
        assert lines(window, BOOTH) == [text]


@pytest.mark.parametrize("way", ["F2", "double click", "letter"])
def test_several_lines_are_edited_beside_the_list(window, qtbot, way):
    action_id = action_of(outline(window), BOOTH)
    progress.add_line(window.plan.workspace, action_id, "二行目")
    node = go_to(window, BOOTH, TreeColumn.PROGRESS)
    with qtbot.waitSignal(window.tree.edit_requested) as asked:
        if way == "double click":
            double_click(window, qtbot)
        else:
            qtbot.keyClick(tree(window), Qt.Key.Key_F2 if way == "F2" else Qt.Key.Key_A)
    assert asked.args == [node, "text"]
    assert not is_typing(window)


def double_click(window, qtbot):
    view = tree(window)
    place = view.visualRect(view.currentIndex()).center()
    for click in (qtbot.mouseClick, qtbot.mouseDClick):
        click(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))


def test_a_double_click_edits_the_cell_under_it(window, qtbot):
    edits.set_due(window.plan.workspace, action_of(outline(window), BOOTH), "H28.3")
    go_to(window, BOOTH, TreeColumn.DUE)
    double_click(window, qtbot)
    assert editor_of(window).text() == "平成28年3月"


def test_enter_leads_to_the_field_in_the_editor(window, qtbot):
    node = go_to(window, BOOTH, TreeColumn.STATUS)
    with qtbot.waitSignal(window.tree.edit_requested) as asked:
        qtbot.keyClick(tree(window), Qt.Key.Key_Return)
    assert asked.args == [node, "text"]
    assert window.editor.isAncestorOf(window.focusWidget())


def test_what_is_refused_stays_in_its_cell_until_it_is_mended(window, qtbot):
    before = action(window, BOOTH).due
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "来年の春")
    assert action(window, BOOTH).due == before
    assert editor_of(window).text() == "来年の春"
    assert "来年の春" in window.toast.text
    assert not window.commit()
    assert editor_of(window).text() == "来年の春"
    editor_of(window).setText("H29.3")
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert action(window, BOOTH).due == "2017-03"
    assert window.commit()


def test_what_is_refused_can_be_given_up(window, qtbot):
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "来年の春")
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)
    assert not is_typing(window)
    assert window.commit()


def test_a_filter_waits_for_what_is_to_be_mended(window, qtbot):
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "来年の春")
    window.tree.show_section(next(iter(outline(window).sections)))
    assert editor_of(window).text() == "来年の春"


def test_what_is_typed_is_kept_in_the_journal(window, qtbot):
    for column, typed, label in (
        (TreeColumn.DUE, "H29.3", "完了予定"),
        (TreeColumn.PROGRESS, "開設した", "進捗状況（平成27年度）"),
        (TreeColumn.LEAD, "企画課、秘書", "主担当"),
    ):
        go_to(window, BOOTH, column)
        type_into(window, qtbot, typed, None)
        (kept,) = window.tree.unsaved()
        assert (kept.text.text, kept.text.field) == (typed, label)
        qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)
        assert window.tree.unsaved() == []


def test_what_is_typed_outlives_an_edit_from_elsewhere(window, qtbot):
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "H29.3", None)
    edits.set_note(window.plan.workspace, action_of(outline(window), CENTRE), "別の人")
    qtbot.waitUntil(lambda: action(window, BOOTH).due == "2017-03")


def test_a_refused_text_outlives_an_edit_from_elsewhere(window, qtbot):
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "来年の春")
    edits.set_note(window.plan.workspace, action_of(outline(window), CENTRE), "別の人")
    qtbot.waitUntil(lambda: is_typing(window))
    assert editor_of(window).text() == "来年の春"
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)


def leads(window, title):
    return outline(window).section_names(action_of(outline(window), title), Role.LEAD)


def test_sections_are_typed_by_their_names_and_others_keep_their_part(window, qtbot):
    workspace, action_id = window.plan.workspace, action_of(outline(window), BOOTH)
    ids = {
        name: vocabularies.add_section(workspace, name) for name in ("企画課", "環境課", "税務課")
    }
    details.assign(workspace, [action_id], ids["税務課"], Role.RELATED)
    go_to(window, BOOTH, TreeColumn.LEAD)
    type_into(window, qtbot, "企画課、環境課")
    assert leads(window, BOOTH) == ["企画課", "環境課"]
    assert outline(window).section_names(action_id, Role.RELATED) == ["税務課"]
    go_to(window, BOOTH, TreeColumn.LEAD)
    type_into(window, qtbot, "宇宙課")
    assert "宇宙課" in window.toast.text
    assert is_typing(window)
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)


def test_a_section_that_is_in_no_list_is_added_where_that_is_wanted(window, qtbot):
    go_to(window, BOOTH, TreeColumn.LEAD)
    type_into(window, qtbot, "企画課、危機管理課")
    assert "「危機管理課」は担当課の一覧にありません" in window.toast.text
    assert "主担当" not in window.toast.text
    assert editor_of(window).text() == "企画課、危機管理課"
    window.toast.findChild(QAbstractButton, "message_action").click()
    qtbot.waitUntil(lambda: leads(window, BOOTH) == ["企画課", "危機管理課"])
    assert not is_typing(window)
    assert not window.toast.text


def test_the_last_of_several_sections_is_completed(window, qtbot):
    for name in ("企画課", "環境課"):
        vocabularies.add_section(window.plan.workspace, name)
    go_to(window, BOOTH, TreeColumn.LEAD)
    type_into(window, qtbot, "企画課、", None)
    completer = editor_of(window).completer()
    completer.setCompletionPrefix(completer.splitPath("企画課、環")[0])
    assert completer.currentCompletion() == "企画課、環境課"
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)


def choice(window):
    view = window.tree._view
    return view.choice(view.currentIndex(), outline(window))


def test_a_status_is_chosen_from_a_small_choice(window, qtbot):
    go_to(window, BOOTH, TreeColumn.STATUS)
    menu = choice(window)
    assert [each.text() for each in menu.actions()] == [
        *("完了\t1", "完了の目途\t2", "継続中\t3"),
    ]
    assert [each.isChecked() for each in menu.actions()] == [False, True, False]
    menu.actions()[2].trigger()
    action_id = action_of(outline(window), BOOTH)
    assert outline(window).status(action_id).label == "継続中"


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(
    "keys", [(Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, ALT)]
)
def test_the_choice_opens_below_the_cell(window, qtbot, keys):
    go_to(window, BOOTH, TreeColumn.STATUS)
    qtbot.keyClick(tree(window), *keys)
    menu = window.findChild(QMenu, "status_choice")
    assert menu.isVisible()
    menu.close()


def test_a_direction_is_chosen_and_its_text_typed(window, qtbot):
    action_id = action_of(outline(window), BOOTH)
    go_to(window, BOOTH, TreeColumn.DIRECTION)
    menu = choice(window)
    offered = {each.text(): each for each in menu.actions() if each.text()}
    assert next(iter(offered)) == "（未定）"
    offered["拡充"].trigger()
    found = outline(window).outlooks[action_id]
    assert outline(window).directions[found.direction_id].label == "拡充"
    offered["文を編集…"].trigger()
    editor_of(window).setText("場所を増やす")
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert outline(window).outlooks[action_id].text == "場所を増やす"


def test_in_a_closed_round_its_cells_are_not_typed_into_and_dates_are(window, qtbot):
    rounds.close_round(window.plan.workspace, outline(window).round.id)
    for column in (TreeColumn.PROGRESS, TreeColumn.DIRECTION):
        go_to(window, BOOTH, column)
        qtbot.keyClick(tree(window), Qt.Key.Key_A)
        assert not is_typing(window)
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "H29.3")
    assert action(window, BOOTH).due == "2017-03"


def test_left_and_right_open_and_close_as_trees_do_and_move_the_ring_in_a_row(window, qtbot):
    view = tree(window)
    heading = node_of(outline(window), "活動拠点の整備")
    booth = go_to(window, BOOTH, TreeColumn.TITLE)

    def press(key):
        qtbot.keyClick(view, key)
        current = view.currentIndex()
        return current.internalId(), current.column()

    assert press(Qt.Key.Key_Right) == (booth, TreeColumn.STATUS)
    assert press(Qt.Key.Key_Left) == (booth, TreeColumn.TITLE)
    assert press(Qt.Key.Key_Left) == (heading, TreeColumn.TITLE)
    assert press(Qt.Key.Key_Left) == (heading, TreeColumn.TITLE)
    assert not view.isExpanded(view.currentIndex())
    assert press(Qt.Key.Key_Right) == (heading, TreeColumn.TITLE)
    assert view.isExpanded(view.currentIndex())
    assert press(Qt.Key.Key_Right) == (booth, TreeColumn.TITLE)


def test_a_value_is_filled_down_in_one_step(window, qtbot):
    edits.set_due(window.plan.workspace, action_of(outline(window), BOOTH), "H30.1")
    others = [action_of(outline(window), title) for title in (CENTRE, "市民活動支援補助金の創設")]
    before = [outline(window).actions[each].due for each in others]
    nodes = [outline(window).home(each) for each in (action_of(outline(window), BOOTH), *others)]
    window.tree.select_all(nodes)
    view = tree(window)
    view.selectionModel().setCurrentIndex(
        view.model().index_of(nodes[-1], TreeColumn.DUE),
        view.selectionModel().SelectionFlag.NoUpdate,
    )
    qtbot.keyClick(view, Qt.Key.Key_D, CTRL)
    assert [outline(window).actions[each].due for each in others] == ["2018-01"] * 2
    assert "2件" in window.toast.text
    run(window, "undo")
    assert [outline(window).actions[each].due for each in others] == before


def test_a_note_in_a_column_of_its_own_is_typed_in_place(window, qtbot):
    go_to(window, BOOTH, BY_NAME["note"])
    type_into(window, qtbot, "写真あり")
    assert action(window, BOOTH).note == "写真あり"


def test_what_can_neither_be_saved_nor_be_shown_any_more_is_kept(window, qtbot):
    workspace = window.plan.workspace
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "H29.3", None)
    edits.set_note(workspace, action_of(outline(window), CENTRE), "別の人")
    workspace.read_only_because = "別の人が編集中です。"
    window.tree.set_editable(False)
    QApplication.processEvents()
    assert not is_typing(window)
    assert [each.text.text for each in window.tree.unsaved()] == ["H29.3"]
    workspace.read_only_because = ""
    window.tree.set_editable(True)
    window.tree.commit()


def test_what_is_typed_for_one_round_never_comes_into_another(window, qtbot):
    workspace = window.plan.workspace
    before = outline(window).round.id
    other = rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    workspace.show_round(before)
    go_to(window, BOOTH, TreeColumn.PROGRESS)
    type_into(window, qtbot, "前の調査に書いた", None)
    workspace.show_round(other)
    QApplication.processEvents()
    assert "前の調査に書いた" not in lines(window, BOOTH)
    window.features.typing.scan()
    (kept,) = window.features.typing.journal.texts.values()
    assert (kept.text, kept.place.endswith(f":{before}")) == ("前の調査に書いた", True)


def test_closing_says_of_a_cell_whether_its_text_goes_or_is_kept(window, qtbot):
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "来年の春")
    typing = window.features.typing
    assert (typing.loses, typing.keeps) == (True, False)
    editor_of(window).setText("H29.3")
    assert (typing.loses, typing.keeps) == (False, True)
    assert window.commit()


STEPS = {
    "Enter": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Shift+Tab": Qt.Key.Key_Backtab,
    "down": Qt.Key.Key_Down,
    "up": Qt.Key.Key_Up,
    "page down": Qt.Key.Key_PageDown,
}
REFUSED = {"1": TreeColumn.DUE, "H98": TreeColumn.DUE, "宇宙課": TreeColumn.LEAD}


def refuse(window, qtbot, text, leave):
    """Type what no cell can have, try to leave, and return the row where that was."""
    node = go_to(window, BOOTH, REFUSED[text])
    type_into(window, qtbot, text, None)
    if leave == "the mouse":
        view = tree(window)
        place = view.visualRect(view.model().index_of(outline(window).roots[0])).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    elif leave == "the focus":
        tree(window).setFocus()
    else:
        qtbot.keyClick(editor_of(window), STEPS[leave])
    QApplication.processEvents()
    return node


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("leave", [*STEPS, "the mouse", "the focus"])
def test_a_refused_field_keeps_row_and_focus_however_it_is_left(window, qtbot, text, leave):
    node = refuse(window, qtbot, text, leave)
    assert at(window) == (node, REFUSED[text])
    assert window.tree.selected_nodes() == [node]
    assert editor_of(window).hasFocus()
    assert editor_of(window).text() == text
    assert window.toast.text
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)
    assert not is_typing(window)
    assert tree(window).hasFocus()
    qtbot.keyClick(tree(window), Qt.Key.Key_F2)
    assert editor_of(window).text() != text


def test_undo_in_a_refused_field_takes_back_what_is_typed_there(window, qtbot):
    edits.set_note(window.plan.workspace, action_of(outline(window), CENTRE), "前の変更")
    before = outline(window)
    refuse(window, qtbot, "1", "down")
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Z, CTRL)
    assert outline(window) is before
    assert is_typing(window)


CHOICES = [TreeColumn.STATUS, TreeColumn.LEAD, TreeColumn.DIRECTION, BY_NAME["related"]]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize("column", CHOICES)
def test_alt_and_down_opens_the_choices_of_a_cell_and_moves_no_row(window, qtbot, column, is_open):
    vocabularies.add_section(window.plan.workspace, "企画課")
    node = go_to(window, BOOTH, column)
    before = outline(window)
    if is_open and column not in (TreeColumn.STATUS, TreeColumn.DIRECTION):
        qtbot.keyClick(tree(window), Qt.Key.Key_F2)
    qtbot.keyClick(editor_of(window) if is_typing(window) else tree(window), Qt.Key.Key_Down, ALT)
    assert at(window) == (node, column)
    if is_typing(window):
        popup = editor_of(window).completer().popup()
        assert popup.isVisible()
        assert popup.model().rowCount() == len(outline(window).sections)
        popup.hide()
        qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)
    else:
        (menu,) = [each for each in window.findChildren(QMenu) if each.isVisible()]
        menu.close()
    assert outline(window) is before


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_in_an_open_field_alt_and_an_arrow_move_nothing(window, qtbot, key):
    node = go_to(window, BOOTH, TreeColumn.DUE)
    before = outline(window)
    qtbot.keyClick(tree(window), Qt.Key.Key_F2)
    qtbot.keyClick(editor_of(window), key, ALT)
    assert (at(window), is_typing(window)) == ((node, TreeColumn.DUE), True)
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape)
    assert outline(window) is before


def test_a_row_that_is_moved_out_of_its_heading_says_where_it_went(window, qtbot):
    go_to(window, BOOTH, TreeColumn.TITLE)
    before = outline(window).parent(node_of(outline(window), BOOTH))
    qtbot.keyClick(tree(window), Qt.Key.Key_Left, ALT)
    node = node_of(outline(window), BOOTH)
    above = outline(window).parent(node)
    assert above != before
    assert f"「{outline(window).title(above)}」の下へ移動しました" in window.toast.text
    run(window, "undo")
    assert outline(window).parent(node) == before


@pytest.mark.parametrize("way", ["Esc", "the old value", "another value"])
def test_why_a_cell_was_refused_goes_when_it_is_right(window, qtbot, way):
    go_to(window, BOOTH, TreeColumn.DUE)
    type_into(window, qtbot, "H29.3")
    refuse(window, qtbot, "1", "down")
    assert window.toast.text
    assert "保存していない" in window.foot._saved.text()
    if way != "Esc":
        editor_of(window).retype("H29.3" if way == "the old value" else "H29.4")
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Escape if way == "Esc" else Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not is_typing(window)
    assert window.toast.text == ""
    assert "保存済み" in window.foot._saved.text()
