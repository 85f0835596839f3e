"""今回 with 前回 beside it: what is shown, confirmed and typed from one action to the next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kyodo_desktop.services import progress, rounds
from kyodo_desktop.ui.widgets.segments import StatusSegments
from tests.builders import action_of, node_of

FUND, GRANT, TRAINING = "市民活動支援基金の創設", "市民活動支援補助金の創設", "職員研修の実施"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def next_round(workspace):
    """A round that has begun with what the last one said."""
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")


@pytest.fixture
def steps(pane, workspace):
    """Go to another of three actions, as the tree would."""
    titles = [GRANT, FUND, TRAINING]
    places = [node_of(workspace.outline, title) for title in titles]

    def go(step):
        here = places.index(pane.nodes[0])
        pane.show_nodes([places[min(max(here + step, 0), 2)]])

    pane.step_requested.connect(go)
    pane.show_nodes([places[0]])
    return [action_of(workspace.outline, title) for title in titles]


@pytest.mark.usefixtures("next_round")
def test_the_state_says_what_is_confirmed_and_changed(choose, find, workspace):
    choose(FUND)
    action = action_of(workspace.outline, FUND)
    assert find("this_round_name").text() == "今回　平成28年度"
    assert find("previous_round").text() == "前回　平成27年度"
    assert find("round_state").text() == "未確認　前回のまま"
    rounds.accept_carried(workspace, [action])
    assert find("round_state").text() == "確認済　前回のまま"
    progress.set_status(workspace, [action], 1)
    assert find("round_state").text() == "確認済　変更あり"
    progress.delete_line(workspace, workspace.outline.lines[action][0].id)
    assert find("round_state").text() == "未記入"


@pytest.mark.usefixtures("next_round")
def test_each_line_of_before_is_level_with_its_counterpart(choose, find, workspace):
    choose(TRAINING)
    QApplication.processEvents()
    for number in (1, 2):
        now, before = find(f"line_text_{number}"), find(f"previous_text_{number}")
        assert now.mapToGlobal(now.rect().topLeft()).y() == pytest.approx(
            before.mapToGlobal(before.rect().topLeft()).y(), abs=1
        )
    action = action_of(workspace.outline, TRAINING)
    progress.delete_line(workspace, workspace.outline.lines[action][1].id)
    assert "派遣中" in find("previous_text_1").text(), "what has no counterpart follows the last"


@pytest.mark.usefixtures("next_round")
def test_before_stands_below_where_the_pane_is_narrow(pane, choose, find, qtbot):
    choose(FUND)
    heading, before = find("this_round_name"), find("previous_round")
    assert before.mapTo(pane, before.rect().topLeft()).x() > heading.geometry().right()
    pane.resize(380, 640)
    qtbot.waitUntil(
        lambda: (
            before.mapTo(pane, before.rect().topLeft()).y()
            > find("outlook_text").mapTo(pane, find("outlook_text").rect().bottomLeft()).y()
        )
    )


def test_without_a_round_before_the_plate_says_so(choose, find):
    choose(FUND)
    assert find("previous_round").text() == "前回はありません。"


def test_without_a_round_it_is_said_what_to_do(pane, choose, find, workspace):
    choose(FUND)
    action = action_of(workspace.outline, FUND)
    find("this_round").show_action(workspace.outline.as_of(None), action)
    assert "調査を始める" in find("round_notice").text()
    assert not pane.findChild(QWidget, "status_1").isVisible()
    assert find("due").isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.usefixtures("next_round")
def test_ctrl_enter_saves_confirms_and_goes_on_in_the_same_field(
    qtbot, find, workspace, steps, key
):
    text = find("line_text_1")
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(text, "x")
    qtbot.keyClick(text, key, CTRL)
    outline = workspace.outline
    assert outline.lines[steps[0]][0].text.endswith("x")
    assert not outline.is_carried(steps[0])
    assert outline.is_carried(steps[1])
    assert text.hasFocus()
    assert text.typed() == outline.lines[steps[1]][0].text
    assert text.textCursor().atEnd()


@pytest.mark.parametrize("name", ["line_text_1", "outlook_text", "due", "note", "direction"])
def test_ctrl_and_a_cursor_key_go_on_in_the_same_field(qtbot, pane, find, steps, name):
    field = find(name)
    field.setFocus()
    for key, place in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1)):
        qtbot.keyClick(field, key, CTRL)
        assert pane.nodes == [node_of(pane._editing.outline, (GRANT, FUND, TRAINING)[place])]
        assert field.hasFocus()
    if hasattr(field, "textCursor"):
        assert field.textCursor().atEnd()


def test_from_a_line_that_the_next_action_has_not_it_goes_to_the_last_one(
    qtbot, find, steps, workspace
):
    find("line_text_1").setFocus()
    for _ in range(2):
        qtbot.keyClick(find("line_text_1"), Qt.Key.Key_Down, CTRL)
    find("line_text_2").setFocus()
    qtbot.keyClick(find("line_text_2"), Qt.Key.Key_Up, CTRL)
    assert find("line_text_1").hasFocus()


@pytest.mark.usefixtures("next_round")
def test_what_is_typed_stays_with_the_action_at_which_it_was_typed(qtbot, find, workspace, steps):
    outlook = find("outlook_text")
    outlook.setFocus()
    outlook.insertPlainText("先の見通し")
    qtbot.keyClick(outlook, Qt.Key.Key_Down, CTRL)
    assert outlook.typed() == ""
    assert workspace.outline.outlooks[steps[0]].text == "先の見通し"


@pytest.mark.parametrize("name", ["line_text_1", "due", "start", "status_2"])
def test_alt_and_a_digit_give_a_status_wherever_the_focus_is(qtbot, find, workspace, steps, name):
    find(name).setFocus()
    qtbot.keyClick(find(name), Qt.Key.Key_2, ALT)
    assert workspace.outline.status(steps[0]).mark == "◇"
    assert find(name).hasFocus()


def test_the_cursor_keys_go_through_the_segments_and_pick_nothing(qtbot, find, workspace, steps):
    find("status_1").setFocus()
    qtbot.keyClick(find("status_1"), Qt.Key.Key_Right)
    assert find("status_2").hasFocus()
    assert workspace.undo_label is None
    qtbot.keyClick(find("status_2"), Qt.Key.Key_Space)
    assert workspace.outline.status(steps[0]).mark == "◇"


def test_an_edit_touches_only_what_shows_it(qtbot, find, workspace, steps):
    note, title = find("note"), find("action_title")
    start = find("start")
    texts = note.textChanged, title.textChanged, find("outlook_text").textChanged
    with (
        qtbot.assertNotEmitted(texts[0]),
        qtbot.assertNotEmitted(texts[1]),
        qtbot.assertNotEmitted(texts[2]),
        qtbot.assertNotEmitted(start.currentIndexChanged),
    ):
        find("status_3").click()


def test_an_edit_leaves_the_page_where_it_is_scrolled_to(pane, find, steps, qtbot):
    pane.resize(501, 300)
    page = find("action_form")
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 100)
    page.verticalScrollBar().setValue(90)
    pane.findChild(QPushButton, "status_3").click()
    QApplication.processEvents()
    assert page.verticalScrollBar().value() == 90


@pytest.mark.usefixtures("next_round")
def test_nothing_of_the_first_block_moves_from_one_action_to_the_next(pane, choose, find):
    def places():
        QApplication.processEvents()
        names = ("status_1", "line_text_1", "add_line", "direction", "confirm_and_next", "due")
        return [find(name).mapTo(pane, find(name).rect().topLeft()) for name in names]

    choose(FUND)
    before = places()
    choose("協働人材バンクの創設")
    assert places() == before


@pytest.mark.usefixtures("next_round")
def test_a_closed_round_can_be_read_and_copied_in_full_ink(pane, choose, find, workspace):
    choose(FUND)
    rounds.close_round(workspace, workspace.outline.round.id)
    assert find("read_only_sentence").text().startswith("確定済の調査です。")
    assert find("status_word").findChildren(QLabel)[1].text() == "継続中"
    for name in ("status_1", "add_line", "confirm_and_next", "accept"):
        assert not pane.findChild(QWidget, name).isVisible()
    text, direction = find("line_text_1"), find("direction")
    assert text.isReadOnly()
    assert text.isEnabled()
    text.selectAll()
    text.copy()
    assert QApplication.clipboard().text() == text.typed()
    assert direction.is_locked
    assert direction.isEnabled()
    assert find("due").isReadOnly() is False, "what is no matter of the round can be changed"


def test_a_locked_list_is_copied_and_never_opened(qtbot, find, choose, workspace):
    choose(FUND)
    rounds.close_round(workspace, workspace.outline.round.id)
    direction = find("direction")
    direction.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F4):
        qtbot.keyClick(direction, key)
        assert not direction.view().isVisible()
    qtbot.keyClick(direction, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "（未定）"


def test_many_statuses_are_offered_as_a_list(qtbot, workspace):
    known = list(workspace.outline.statuses.values())
    more = [known[2]._replace(id=id_, label=f"段階{id_:02}の長い名前") for id_ in range(4, 31)]
    segments = StatusSegments()
    qtbot.addWidget(segments)
    segments.resize(280, 32)
    segments.offer((*known, *more))
    segments.show_status(2)
    segments.show()
    found = segments.findChild(QWidget, "status_list")
    assert found.isVisible()
    assert found.currentText() == "◇ 完了の目途"
    with qtbot.waitSignal(segments.picked) as picked:
        found.activated.emit(0)
    assert picked.args == [1]


def test_a_status_where_nothing_stood_yet_leads_on_to_its_text(choose, find, workspace, qtbot):
    action = action_of(workspace.outline, FUND)
    for line in workspace.outline.lines[action]:
        progress.delete_line(workspace, line.id)
    choose(FUND)
    find("add_line").setFocus()
    qtbot.keyClick(find("add_line"), Qt.Key.Key_1, ALT)
    assert find("line_text_1").hasFocus()


@pytest.fixture
def opened_list(qtbot, find, steps):
    """The list of 今後の方向性, opened with a key, and its second value marked."""
    box = find("direction")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    yield box
    box.hidePopup()


def direction_of(workspace, action):
    outlook = workspace.outline.outlooks.get(action)
    return outlook.direction_id if outlook else None


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_tab_takes_what_is_marked_and_goes_on(qtbot, find, opened_list, workspace, steps):
    qtbot.keyClick(opened_list.view(), Qt.Key.Key_Tab)
    assert not opened_list.view().isVisible()
    assert direction_of(workspace, steps[0]) is not None
    assert find("outlook_text").hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_every_row_of_the_list_is_whole(opened_list):
    view = opened_list.view()
    QApplication.processEvents()
    rows = sum(view.sizeHintForRow(row) for row in range(opened_list.count()))
    assert view.viewport().height() >= rows


def test_the_number_that_is_given_by_itself_is_whole(find, steps):
    field = find("action_number")
    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) < field.width() - 16
