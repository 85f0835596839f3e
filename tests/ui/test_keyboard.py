"""What is reached and done by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRegularExpression, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.nodes import is_heading
from kyodo_desktop.services import progress, structure, vocabularies
from kyodo_desktop.services.dump import dump
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.editor.progress_lines import LineRow
from kyodo_desktop.ui.widgets import forms
from tests.builders import action_of, node_of
from tests.ui.driving import outline, run, select, tree, unfold
from tests.ui.screens import COMMANDS, each_tab, shown_by

BOOTH, FUND = "市民活動ブースの設置", "市民活動支援基金の創設"
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def find(window, kind, name):
    (found,) = [each for each in window.findChildren(kind, name) if each.isVisible()]
    return found


def dead_keys(screen):
    """Return the labels whose key leads to nothing that can be seen and typed into."""
    labels = [each for each in screen.findChildren(QLabel) if each.isVisible() and each.buddy()]
    return [
        each.text()
        for each in labels
        if each.window() is screen
        and not QKeySequence.mnemonic(each.text()).isEmpty()
        and (each.buddy().focusPolicy() == Qt.FocusPolicy.NoFocus or not each.buddy().isVisible())
    ]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("command", [None, "export"])
def test_alt_and_down_opens_what_a_button_offers(window, qtbot, command):
    select(window, BOOTH)
    unfold(window)
    screen = window if command is None else next(iter(asked_by(window, command)))
    buttons = [each for each in screen.findChildren(QAbstractButton) if offers(each)]
    assert len(buttons) >= 4
    for button in buttons:
        QTimer.singleShot(0, button.menu(), button.menu().close)
        button.setFocus()
        with qtbot.waitSignal(button.menu().aboutToShow):
            QTest.keyClick(button, Qt.Key.Key_Down, ALT)
        assert screen.isVisible()


def asked_by(window, command):
    run(window, command)
    return [each for each in window.findChildren(QDialog) if each.isVisible()]


def offers(button):
    """Tell whether a button has a menu; in the lines of progress the keys move the line."""
    has_menu = isinstance(button, QPushButton | QToolButton) and button.menu() is not None
    above = button.parentWidget()
    is_of_line = isinstance(above, LineRow) or button.objectName() == "line_menu"
    return has_menu and button.isVisible() and button.isEnabled() and not is_of_line


def test_the_key_of_a_label_leads_to_something_in_sight(window):
    select(window, BOOTH)
    for name in COMMANDS:
        for screen in shown_by(window, name):
            for _ in each_tab(screen):
                assert not dead_keys(screen), name


def test_nothing_can_be_typed_into_a_line_that_is_not_shown(window):
    action = action_of(outline(window), BOOTH)
    progress.delete_line(window.plan.workspace, outline(window).lines[action][0].id)
    select(window, FUND)
    select(window, BOOTH)
    before = dump(window.plan.workspace)
    hidden = window.editor.findChildren(QPlainTextEdit, QRegularExpression("^line_text_"))
    assert hidden
    for field in hidden:
        assert field.isReadOnly()
        field.setPlainText("迷子の文")
    window.commit()
    select(window, FUND)
    assert dump(window.plan.workspace) == before


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_focus(window, qtbot, key):
    select(window, BOOTH)
    button = find(window, QAbstractButton, "status_1")
    button.setFocus()
    qtbot.keyClick(button, key)
    action = action_of(outline(window), BOOTH)
    assert outline(window).status(action).id == next(iter(outline(window).statuses))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_digit_in_a_list_looks_for_a_value_and_gives_no_status(window, qtbot):
    select(window, BOOTH)
    before = dump(window.plan.workspace)
    box = find(window, QComboBox, "start")
    box.setFocus()
    qtbot.keyClick(box, "1")
    assert box.view().isVisible()
    assert dump(window.plan.workspace) == before
    box.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("name", ["start", "direction", "section_name"])
@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_1, ALT),
        (Qt.Key.Key_Down, CTRL),
        (Qt.Key.Key_Up, CTRL),
        (Qt.Key.Key_Return, CTRL),
    ],
)
def test_no_key_changes_anything_behind_an_open_list(window, qtbot, name, key, held):
    select(window, BOOTH)
    before, chosen = dump(window.plan.workspace), window.editor.nodes
    box = find(window, QComboBox, name)
    box.setFocus()
    box.showPopup()
    qtbot.waitUntil(box.view().isVisible)
    qtbot.keyClick(box.view(), key, held)
    assert box.view().isVisible() == (not held), "a command closes the list and does no more"
    assert window.editor.nodes == chosen
    assert dump(window.plan.workspace) == before
    box.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_no_key_changes_anything_behind_suggestions_or_a_menu(window, qtbot):
    select(window, BOOTH)
    before, chosen = dump(window.plan.workspace), window.editor.nodes
    names = find(window, QComboBox, "section_name")
    names.setFocus()
    names.lineEdit().insert("課")
    names.completer().complete()
    suggestions = names.completer().popup()
    qtbot.waitUntil(suggestions.isVisible)
    qtbot.keyClick(suggestions, "1")
    qtbot.keyClick(suggestions, Qt.Key.Key_Down, CTRL)
    suggestions.hide()
    names.lineEdit().clear()
    menu = QMenu(find(window, QAbstractButton, "status_1"))
    menu.addAction("この行を削除")
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.keyClick(menu, "1")
    qtbot.keyClick(menu, Qt.Key.Key_Down, CTRL)
    menu.close()
    assert window.editor.nodes == chosen
    assert dump(window.plan.workspace) == before


@pytest.mark.parametrize("name", ["action_title", "note", "section_name", "search"])
def test_a_key_with_alt_writes_nothing(window, qtbot, name):
    select(window, BOOTH)
    unfold(window)
    field = find(window, QWidget, name)
    field.setFocus()
    before = dump(window.plan.workspace)
    qtbot.keyClick(field, "z", ALT)
    window.commit()
    texts = [each.text() for each in window.findChildren(QLineEdit) if each.isVisible()]
    assert not any(each.endswith("z") for each in texts)
    assert dump(window.plan.workspace) == before


def test_a_command_that_is_held_back_leads_to_what_holds_it_back(window):
    select(window, BOOTH)
    tree(window).setFocus()
    due = find(window, QLineEdit, "due")
    due.setText("来年あたり")
    run(window, "add_action")
    assert due.hasFocus()


@pytest.fixture
def refused_name(window):
    """The 担当課 field with a name that is in no list, after a command that it held back."""
    select(window, BOOTH)
    names = find(window, QComboBox, "section_name")
    names.setFocus()
    names.setEditText("広報")
    run(window, "add_action")
    return names


def test_the_warning_goes_with_its_cause(window, qtbot, refused_name):
    assert "広報" in window.toast.text
    qtbot.keyClick(refused_name, Qt.Key.Key_Escape)
    assert window.toast.text == ""


def test_another_message_stays_when_the_cause_of_a_warning_goes(window, qtbot, refused_name):
    window.toast.show_info("保存しました。")
    qtbot.keyClick(refused_name, Qt.Key.Key_Escape)
    assert window.toast.text == "保存しました。"


def test_nothing_can_be_deleted_from_a_plan_that_is_read_only(window, sample_file, qtbot):
    assert window.files.open(sample_file, read_only=True)
    select(window, BOOTH)
    window.toast.clear()
    qtbot.keyClick(tree(window), Qt.Key.Key_Delete)
    assert "削除できません" in window.toast.text


def test_the_commands_that_add_are_named_after_the_levels(window):
    names = window.actions_by_name
    select(window, "環境づくり")
    assert names["add_heading"].text() == "推進項目を追加(&H)"
    assert names["add_below"].text() == "下に施策を追加(&B)"
    assert names["add_action"].text() == "実行計画を追加(&A)"
    select(window, "活動拠点の整備")
    assert names["add_heading"].text() == "施策を追加(&H)"
    assert not names["add_below"].isEnabled()
    select(window, BOOTH)
    assert names["add_heading"].text() == "施策を追加(&H)"


def test_a_heading_is_added_one_level_below(window):
    node = select(window, "環境づくり")
    before = set(outline(window).children[node])
    run(window, "add_below")
    (added,) = set(outline(window).children[node]) - before
    assert is_heading(added)
    assert outline(window).title(added) == "新しい施策"
    assert window.tree.current_node() == added


def test_a_section_that_is_there_already_is_said_to_be(window, qtbot):
    select(window, BOOTH)
    names = find(window, QComboBox, "section_name")
    for _ in range(2):
        names.setFocus()
        names.setEditText("市民活動推進課")
        qtbot.keyClick(names, Qt.Key.Key_Return)
    assert "すでに" in window.toast.text


def test_tab_goes_through_the_window_as_it_stands(window):
    select(window, "環境づくり")
    select(window, BOOTH)
    tree(window).setFocus()
    order = [tree(window)]
    # Qt's own chain must not be walked: PySide would make each widget the child of the one before.
    while order[-1].focusNextChild() and QApplication.focusWidget() is not order[0]:
        order.append(QApplication.focusWidget())
    parts = [window.side.head, window.editor, window.foot, window.toolbar]
    places = [
        [place for place, each in enumerate(order) if part.isAncestorOf(each)] for part in parts
    ]
    firsts, lasts = [min(each) for each in places], [max(each) for each in places]
    assert all(last < first for last, first in zip(lasts, firsts[1:], strict=False))


def test_an_empty_plan_is_filled_without_a_mouse(window, qtbot):
    term = outline(window).roots[0]
    heading = structure.add_heading(window.plan.workspace, term, "試しの項目")
    window.tree.select(heading)
    for name in ("add_below", "add_action"):
        run(window, name)
        QApplication.processEvents()
        typed = QApplication.focusWidget()
        assert isinstance(typed, QLineEdit)
        typed.setText(name)
        qtbot.keyClick(typed, Qt.Key.Key_Return)
        QApplication.processEvents()  # Qt ends the typing later
    assert outline(window).title(node_of(outline(window), "add_action")) == "add_action"


def test_enter_presses_the_button_of_a_dialog_that_has_the_focus(window, qtbot):
    pressed = []
    shown = QDialog(window)
    column = QVBoxLayout(shown)
    button = forms.push_button("次のページ", "next", lambda: pressed.append("next"))
    for each in (button, QPushButton("印刷", default=True)):
        column.addWidget(each)
    ask(shown)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["next"]
    shown.close()


def test_the_focus_goes_to_the_list_where_its_button_cannot_be_pressed_any_more(window, qtbot):
    select(window, BOOTH)
    progress.set_status(
        window.plan.workspace,
        [action_of(outline(window), BOOTH)],
        next(iter(outline(window).statuses)),
    )
    window.side.call_up("history")
    shown = find(window, QAbstractItemView, "history")
    button = find(window, QAbstractButton, "revert_operation")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not button.isEnabled()
    assert QApplication.focusWidget() is shown


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_a_heading_lets_its_name_be_typed_in_the_list(window, qtbot, key):
    select(window, "環境づくり")
    tree(window).setFocus()
    qtbot.keyClick(tree(window), key)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert tree(window).isAncestorOf(field)
    assert field.text() == "環境づくり"


def test_the_plus_of_the_sections_stays_after_the_focus_has_passed(window, qtbot):
    select(window, FUND)
    vocabularies.add_section(window.plan.workspace, "協働課")
    names = find(window, QComboBox, "section_name")
    names.setEditText("協働課")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    line = names.lineEdit()
    for _ in range(2):
        names.setFocus()
        qtbot.waitUntil(lambda: not names.property("small"))
        find(window, QWidget, "due").setFocus()
        qtbot.waitUntil(lambda: names.property("small"))
        assert line.width() >= line.fontMetrics().horizontalAdvance(line.placeholderText())
