"""回答状況: who is late comes first, a mail to copy, and the way to the actions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox

from tests.ui.driving import dialog, outline, run
from tests.ui.inquiries.hands import OTHERS, fill, press

LEAD = "市民活動推進課"


@pytest.fixture
def states(window, forms, look_at, take, clock):
    """The lead section's answer is in, and the day is past."""
    fill(forms[LEAD], "市民活動ブースの設置", 状態="✓")
    look_at(forms[LEAD])
    take("take")
    dialog(window).reject()
    clock.time = clock.time.replace(month=12, day=20)
    run(window, "inquiry_states")
    return dialog(window)


def rows(shown):
    listed = shown._list
    return [
        [listed.topLevelItem(row).text(column) for column in range(listed.columnCount())]
        for row in range(listed.topLevelItemCount())
    ]


def test_what_is_late_comes_first(states, forms):
    assert [row[:2] for row in rows(states)] == [
        [OTHERS[0], "期限超過"],
        [OTHERS[1], "期限超過"],
        [LEAD, "取込済"],
    ]
    assert rows(states)[2][3:] == [
        "令和8年11月23日",
        "令和8年12月7日",
        "令和8年11月23日",
        "令和8年11月23日",
        "―",
        "―",
        forms[LEAD].name,
    ]
    assert states._summary.text() == "期限超過 2課、取込済 1課"


def test_only_those_that_are_waited_for_can_be_shown(states):
    states.findChild(QCheckBox, "waited_for").setChecked(True)
    assert [row[0] for row in rows(states)] == list(OTHERS)


def test_a_mail_to_those_who_are_late_is_copied(window, states):
    press(window, "copy_reminder")
    text = QGuiApplication.clipboard().text()
    assert "、".join(OTHERS) in text
    assert LEAD not in text
    assert OTHERS[0] in states._reminded.text()


def test_a_double_click_shows_the_actions_of_the_section_in_the_tree(window, states):
    item = states._list.topLevelItem(0)
    states._list.setCurrentItem(item)
    states._list.itemActivated.emit(item, 0)
    assert not states.isVisible()
    (chosen,) = window.tree.selected_action_ids()
    assert outline(window).lead(chosen) == OTHERS[0]
    assert window.tree.query.section_id


def test_enter_shows_no_actions_where_none_or_several_are_chosen(window, states, qtbot):
    states._list.setFocus()
    for choose in (states._list.clearSelection, states._list.selectAll):
        states._list.setCurrentItem(states._list.topLevelItem(0))
        choose()
        qtbot.keyClick(states._list, Qt.Key.Key_Return)
        assert states.isVisible()


def test_a_form_can_be_made_again(window, states, qtbot, tmp_path):
    states._list.setCurrentItem(states._list.topLevelItem(1))
    press(window, "forms_again")
    asking = dialog(window)
    asked = asking.asked
    assert [outline(window).sections[each].name for each in asked.section_ids] == [OTHERS[1]]
    asking.reject()
    assert dialog(window) is states
    assert states._list.currentItem().text(0) == OTHERS[1]
    press(window, "forms_again")
    dialog(window)._folder.setText(str(tmp_path / "照会"))
    with qtbot.waitSignal(window.features.inquiries.ended):
        dialog(window).accept()
    assert not states.isVisible()
