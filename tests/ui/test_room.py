"""Whatever says something has room for all of it, in a small window as well."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTreeView,
    QWidget,
)

from kyodo_desktop.ui.actions import MENUS
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.editor.progress_lines import MarkButton
from kyodo_desktop.ui.widgets.inputs import ChoiceBox
from tests.ui.driving import dialog, run, select
from tests.ui.screens import COMMANDS, each_tab, shown_by

ASKING = {spec.name for specs in MENUS.values() for spec in specs if spec.text.endswith("…")}
DIALOGS = [name for name in COMMANDS if name in ASKING | {"checks"}]


def cramped(root):
    """Return what is cut off: boxes narrower than their text, buttons than they need."""
    parts = [each for each in root.findChildren(QComboBox) if each.isVisible()]
    found = {box.objectName() for box in parts if room(box) < text_width(box)}
    for kind in (QCheckBox, QRadioButton, QPushButton):
        buttons = [
            each
            for each in root.findChildren(kind)
            if each.isVisible() and not isinstance(each, MarkButton)  # which measures its mark
        ]
        found |= {each.text() for each in buttons if each.width() < each.minimumSizeHint().width()}
    return found


def text_width(box):
    return box.fontMetrics().horizontalAdvance(box.currentText())


def room(box):
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()


def test_nothing_is_cut_off_in_what_a_command_shows(window):
    cut_off = {}
    for name in DIALOGS:
        select(window, "市民活動ブースの設置")
        if window.actions_by_name[name].isEnabled():
            cut_off[name] = set()
            for screen in shown_by(window, name):
                for _ in each_tab(screen):
                    cut_off[name] |= cramped(screen)
    assert {name: each for name, each in cut_off.items() if each} == {}
    assert len(cut_off) > 20, "one plan for all commands: none before closed the way to the next"


@pytest.mark.parametrize("width", [1366, 911, 683])
def test_nothing_is_cut_off_in_the_window(window, width):
    select(window, "市民活動ブースの設置")
    window.resize(width, 600)
    for side in (window.editor, window.tree):
        window.sides.bring_up(side)
        QApplication.processEvents()
        assert cramped(window) == set()
    window.resize(1366, 728)


def test_a_choice_has_room_for_wide_brackets(qtbot):
    choice = ChoiceBox()
    qtbot.addWidget(choice)
    choice.offer([(1, "短")])
    choice.show_value(1)
    choice.show()
    choice.offer([(1, "（未定）"), (2, "（とても長い名前の調査）")])
    for value in (1, 2):
        choice.show_value(value)
        choice.resize(choice.minimumSizeHint())
        assert room(choice) >= text_width(choice)


def test_a_dialog_with_a_least_width_is_no_narrower_than_what_is_in_it(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = QDialog(parent)
    shown.setMinimumWidth(460)
    row = QHBoxLayout(shown)
    for _ in range(3):
        row.addWidget(QCheckBox("進捗状況一覧に新しい列を加える"))
    ask(shown)
    assert 460 < shown.layout().totalMinimumSize().width() <= shown.minimumWidth()
    assert shown.width() <= shown.screen().availableGeometry().width()
    assert cramped(shown) == set()


def test_the_names_of_both_sides_of_a_new_term_can_be_read(window):
    run(window, "next_term")
    shown = dialog(window)
    assert isinstance(shown, QDialog)
    shown.resize(400, 300)
    QApplication.processEvents()
    for tree in shown.findChildren(QTreeView):
        assert tree.header().length() <= tree.viewport().width()
        assert tree.columnWidth(0) >= 15 * tree.fontMetrics().horizontalAdvance("あ")
