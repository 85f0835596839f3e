"""まとめる, 分ける and what is done first in the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, progress, structure, vocabularies
from kyodo_desktop.services.checking import check
from tests import edits
from tests.builders import action_of, node_of
from tests.ui.driving import dialog, outline, run, select, unfold

CENTRE = "市民活動サポートセンターの創設"
BOOTH = "市民活動ブースの設置"


@pytest.fixture
def both(window):
    """Choose the two actions with which the centre was entered twice."""
    nodes = [node_of(outline(window), CENTRE, nth=nth) for nth in range(2)]
    window.tree.select_all(nodes)
    return [action_of(outline(window), CENTRE, nth=nth) for nth in range(2)]


def find(parent, kind, name):
    (found,) = [each for each in parent.findChildren(kind, name) if each.isVisible()]
    return found


def menu_of(button, text):
    menu = button.findChild(QMenu)
    return next(each for each in menu.actions() if each.text() == text)


def test_two_selected_actions_are_shown_side_by_side_and_become_one(window, both):
    kept, gone = both
    run(window, "join")
    page = dialog(window)
    assert any("<u" in each.text() for each in page.findChildren(QLabel))
    find(page, QPushButton, "take_2_進捗状況").click()
    QApplication.processEvents()
    assert find(page, QPlainTextEdit, "joined_line_1").toPlainText() == "平成28年2月開設予定"
    find(page, QPlainTextEdit, "joined_line_1").setPlainText("平成28年3月に開設した")
    find(page, QLineEdit, "joined_due").setText("H28.3")
    page.accept()
    assert [line.text for line in outline(window).lines[kept]] == ["平成28年3月に開設した"]
    assert outline(window).actions[kept].due == "2016-03"
    assert gone not in outline(window).placed
    assert window.tree.selected_action_ids() == [kept]
    assert "まとめました" in window.toast.text


def test_what_does_not_fit_is_told_on_the_page_which_stays(window, both):
    run(window, "join")
    page = dialog(window)
    find(page, QLineEdit, "joined_due").setText("いつか")
    page.accept()
    assert page.isVisible()
    assert any("読み取れません" in each.text() for each in page.findChildren(QLabel, "error"))
    page.reject()
    assert len(outline(window).placed) == 32


@pytest.mark.parametrize(
    ("row", "lead", "helping"),
    [(0, "企画課", ["総務課"]), (1, "総務課", ["企画課"]), (2, "企画課、総務課", [])],
)
def test_it_is_asked_which_of_the_two_leads_goes_on(window, both, row, lead, helping):
    workspace = window.plan.workspace
    for action_id, name in zip(both, ("企画課", "総務課"), strict=True):
        section_id = vocabularies.add_section(workspace, name)
        details.assign(workspace, [action_id], section_id, Role.LEAD)
    run(window, "join")
    page = dialog(window)
    leads = find(page, QComboBox, "joined_leads")
    assert leads.currentText() == "企画課"
    leads.setCurrentIndex(row)
    page.accept()
    assert outline(window).lead(both[0]) == lead
    assert outline(window).section_names(both[0], Role.RELATED) == helping


def test_a_lead_that_the_two_have_in_common_is_not_asked_for(window, both):
    details.assign(window.plan.workspace, both, 1, Role.LEAD)
    run(window, "join")
    assert dialog(window).findChild(QComboBox, "joined_leads") is None
    dialog(window).accept()
    assert outline(window).lead(both[0]) == "市民活動推進課"


def test_both_lines_can_stand_one_after_the_other(window, both):
    run(window, "join")
    page = dialog(window)
    find(page, QPushButton, "take_both").click()
    page.accept()
    assert len(outline(window).lines[both[0]]) == 2


def test_what_only_one_of_the_two_says_is_not_lost(window, both):
    kept, gone = both
    workspace = window.plan.workspace
    progress.delete_line(workspace, outline(window).lines[kept][0].id)
    edits.set_start(workspace, gone, 2014)
    window.tree.select_all([node_of(outline(window), CENTRE, nth=nth) for nth in range(2)])
    run(window, "join")
    dialog(window).accept()
    assert [line.text for line in outline(window).lines[kept]] == ["平成28年2月開設予定"]
    assert outline(window).actions[kept].start_fiscal_year == 2014


def test_the_other_one_is_looked_for_by_name(window):
    select(window, CENTRE)
    run(window, "join")
    chooser = dialog(window)
    chooser.findChild(QLineEdit, "action_search").setText("ｻﾎﾟｰﾄ")
    names = chooser.findChild(QListWidget, "actions")
    assert [
        CENTRE in names.item(row).text()
        for row in range(names.count())
        if not names.item(row).isHidden()
    ] == [True]
    chooser.accept()
    QApplication.processEvents()
    dialog(window).reject()


def test_one_of_two_placements_becomes_an_action_of_its_own(window, both):
    run(window, "join")
    dialog(window).accept()
    select(window, CENTRE, nth=1)
    run(window, "split")
    assert [action_of(outline(window), CENTRE, nth=nth) for nth in range(2)] == both
    select(window, BOOTH)
    run(window, "split")
    assert "二か所以上" in window.toast.text


def test_the_finding_that_two_are_one_leads_to_the_same_page(window):
    found = [each.finding for each in check(window.plan.workspace)]
    window.features.checks.remedy(next(each for each in found if each.rule == "relisting"))
    assert dialog(window).windowTitle() == "重複をまとめる（再掲にする）"
    dialog(window).reject()


def test_a_prerequisite_is_added_shown_and_taken_away(window):
    select(window, BOOTH)
    unfold(window)
    find(window, QPushButton, "add_prerequisite").click()
    chooser = dialog(window)
    chooser.findChild(QLineEdit, "action_search").setText("サポートセンター")
    chooser.accept()
    QApplication.processEvents()
    centre, booth = action_of(outline(window), CENTRE), action_of(outline(window), BOOTH)
    assert [each.required_id for each in outline(window).prerequisites[booth]] == [centre]
    chip = find(window, QPushButton, f"required_{centre}")
    assert chip.text() == f"{CENTRE}（◇ 完了の目途）"
    menu_of(chip, "この実行計画へ移動").trigger()
    assert window.tree.selected_action_ids() == [centre]
    assert BOOTH in find(window, QLabel, "waiting").text()
    find(window, QLabel, "waiting").linkActivated.emit(str(node_of(outline(window), BOOTH)))
    QApplication.processEvents()
    menu_of(
        find(window, QPushButton, f"required_{centre}"), "先に終える実行計画から外す"
    ).trigger()
    assert booth not in outline(window).prerequisites


def test_those_that_waited_are_listed_when_the_required_one_is_done(window):
    workspace = window.plan.workspace
    centre, booth = action_of(outline(window), CENTRE), action_of(outline(window), BOOTH)
    fund = action_of(outline(window), "市民活動支援基金の創設")
    details.add_prerequisite(workspace, booth, centre)
    details.add_prerequisite(workspace, booth, fund)
    progress.set_status(workspace, [centre], 1)
    told = window.toast.text
    assert "完了しました" in told
    assert BOOTH in told
    assert "ほかに「市民活動支援基金の創設」も先に終えます" in told
    window.toast.jump_requested.emit(node_of(outline(window), BOOTH))
    assert window.tree.selected_action_ids() == [booth]
    workspace.undo()
    assert window.toast.text == ""
    workspace.redo()
    assert window.toast.text == ""


def test_three_placements_lead_to_each_other(window):
    workspace = window.plan.workspace
    first = node_of(outline(window), BOOTH)
    for heading in ("担い手支援の充実", "調査機能の充実"):
        structure.relist(workspace, first, node_of(outline(window), heading))
    select(window, BOOTH, nth=1)
    places = find(window, QToolButton, "related").menu().actions()
    assert places[0].text().startswith("この掲載は再掲です")
    assert len(places) == 3
