"""点検 in the real window: look, jump, remedy, confirm."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTreeView,
)

from kyodo_desktop.domain.checks.rules import RULES
from kyodo_desktop.ui.checks.panel import ChecksPanel
from tests.ui.driving import dialog, outline, run


@pytest.fixture
def window(new_window):
    return new_window


def panel(window):
    return window.findChild(ChecksPanel)


def findings(window):
    return window.findChild(QTreeView, "findings")


def groups(window):
    model = findings(window).model()
    return [model.index(row, 0).data() for row in range(model.rowCount(QModelIndex()))]


def choose(window, rule, nth=0):
    """Choose a finding of a rule."""
    names = [text.split("（")[0] for text in groups(window)]
    model = findings(window).model()
    group = model.index(names.index(RULES[rule].name), 0)
    index = model.index(nth, 0, group)
    findings(window).setCurrentIndex(index)
    return index


def press(window, name):
    button = window.findChild(QPushButton, f"checks_{name}")
    assert button.isVisible()
    assert button.isEnabled()
    button.click()


def status(window):
    return window.findChild(QTabBar, "side_tabs").tabText(1)


@pytest.fixture
def settle(qtbot):
    """A function that waits until the list shows the plan as it is now."""

    def settle(window):
        qtbot.waitUntil(lambda: status(window) != "点検")

    return settle


@pytest.fixture
def checked(window, settle):
    """The window with its findings."""
    run(window, "checks")
    settle(window)
    return window


def test_the_panel_opens_on_demand_with_what_was_found(checked):
    assert panel(checked).isVisible()
    assert "再掲候補（2件）" in groups(checked)
    assert "文中の完了予定（6件）" in groups(checked)
    assert "方向性が空欄（34件）" in groups(checked)
    assert status(checked) == "点検 48"


def test_a_chosen_finding_is_told_whole_and_a_click_jumps_to_it(checked):
    index = choose(checked, "similar")
    assert "名称が似ていて" in checked.findChild(QLabel, "checks_sentence").text()
    findings(checked).activated.emit(index)
    assert outline(checked).title(checked.tree.current_node()) == "市政への参画機会の拡充"


def test_all_dates_are_taken_over_with_one_click_and_the_list_follows(checked, settle):
    press(checked, "all_dues")
    settle(checked)
    assert not any("文中の完了予定" in each for each in groups(checked))
    run(checked, "undo")
    settle(checked)
    assert "文中の完了予定（6件）" in groups(checked)


def test_a_remedy_is_one_click(checked, settle):
    choose(checked, "prerequisite_candidate")
    press(checked, "remedy")
    settle(checked)
    assert "先に終える候補（3件）" in groups(checked)


def test_a_finding_is_confirmed_with_a_note_and_opened_again(checked, settle):
    choose(checked, "similar")
    press(checked, "confirm")
    asked = dialog(checked)
    asked.findChild(QLineEdit, "note").setText("別の事業")
    asked.accept()
    settle(checked)
    assert not any("類似候補" in each for each in groups(checked))
    checked.findChild(QCheckBox, "with_confirmed").setChecked(True)
    index = choose(checked, "similar")
    assert index.siblingAtColumn(1).data().startswith("（確認済み：別の事業）")
    press(checked, "unconfirm")
    settle(checked)
    checked.findChild(QCheckBox, "with_confirmed").setChecked(False)
    assert "類似候補（1件）" in groups(checked)


def test_rules_are_switched_off(checked, settle):
    press(checked, "rules")
    asked = dialog(checked)
    asked.findChild(QCheckBox, "direction_empty").setChecked(False)
    asked.accept()
    settle(checked)
    assert not any("方向性" in each for each in groups(checked))


def test_the_panel_is_found_as_it_was_left(checked, settings):
    run(checked, "checks")
    assert not panel(checked).isVisible()
    checked.side.show_tab("checks")
    assert panel(checked).isVisible()
    assert checked.actions_by_name["checks"].isChecked()
    run(checked, "close_plan")
    assert not panel(checked).isVisible()
    checked.close()
    assert settings.layout("checks") == b"open"


def test_a_plan_that_is_only_read_can_be_looked_at(empty_window, sample_file, settle):
    assert empty_window.files.open(sample_file, read_only=True)
    run(empty_window, "checks")
    settle(empty_window)
    choose(empty_window, "due_in_text")
    for name in ("remedy", "all_dues", "confirm", "rules"):
        assert not empty_window.findChild(QPushButton, f"checks_{name}").isEnabled()
    assert findings(empty_window).currentIndex().data(Qt.ItemDataRole.DisplayRole)


@pytest.mark.parametrize("size", [(911, 472), (683, 344)])
def test_the_panel_does_not_make_the_window_larger_than_a_small_screen(window, size, settle):
    window.resize(*size)
    QApplication.processEvents()
    run(window, "checks")
    settle(window)
    assert window.size().toTuple() == size
    for seen in (
        window.foot,
        window.findChild(QPushButton, "checks_confirm"),
        window.tree.findChild(QTreeView),
    ):
        place = QRect(seen.mapTo(window, QPoint(0, 0)), seen.size())
        assert window.rect().contains(place), seen
        assert not seen.visibleRegion().isEmpty()


def test_the_panel_keeps_to_its_share_when_the_window_becomes_lower(window, settle):
    run(window, "checks")
    settle(window)
    assert panel(window).height() == 260
    window.resize(911, 472)
    QApplication.processEvents()
    assert panel(window).height() <= 0.45 * 472
