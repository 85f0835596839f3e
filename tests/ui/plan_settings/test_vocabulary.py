"""The editors of the plan's own words say what they affect, and ask what replaces what goes."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton, QTableWidget

from kyodo_desktop.services import rounds
from kyodo_desktop.ui.plan_settings.vocabulary import ReplacementDialog
from kyodo_desktop.ui.widgets.forms import ErrorLine
from tests import edits
from tests.builders import marks
from tests.ui.driving import dialog, run


@pytest.fixture
def workspace(window):
    return window.plan.workspace


@pytest.fixture
def statuses(window, workspace):
    run(window, "statuses")
    return dialog(window)


def table(shown, name="statuses") -> QTableWidget:
    return shown.findChild(QTableWidget, name)


def effects(shown) -> str:
    return shown.findChild(QPlainTextEdit, "effects").toPlainText()


def click(shown, name):
    shown.findChild(QPushButton, name).click()


def answer(shown, heir):
    """Choose a replacement in the question that is open."""
    (question,) = [each for each in shown.findChildren(ReplacementDialog) if each.isVisible()]
    heirs = question.findChild(QComboBox, "heir")
    heirs.setCurrentIndex(heirs.findText(heir))
    question.accept()


def test_each_status_says_how_many_lines_it_has_and_nothing_changes_unasked(statuses, workspace):
    assert [table(statuses).item(row, 6).text() for row in range(3)] == [
        "進捗状況5行",
        "進捗状況7行",
        "進捗状況21行",
    ]
    assert effects(statuses) == ""
    statuses.accept()
    assert workspace.undo_label is None


def test_marks_that_change_places_are_told_of_and_are_one_step(statuses, workspace):
    before = marks(workspace.outline)
    table(statuses).item(0, 0).setText("◇")
    table(statuses).item(1, 0).setText("✓")
    assert "「✓ 完了」→「◇ 完了」：進捗状況5行の表示が変わります。" in effects(statuses)
    statuses.accept()
    assert marks(workspace.outline) == before.translate(str.maketrans("✓◇", "◇✓"))
    workspace.undo()
    assert marks(workspace.outline) == before


def test_a_used_status_is_replaced_when_it_is_deleted(statuses, workspace):
    before = Counter(marks(workspace.outline))
    table(statuses).setCurrentCell(1, 0)
    click(statuses, "remove_status")
    answer(statuses, "・ 継続中")
    assert "進捗状況7行は「・ 継続中」に変わります。" in effects(statuses)
    statuses.accept()
    after = Counter(marks(workspace.outline))
    assert after["◇"] == 0
    assert after["・"] == before["・"] + before["◇"]


def test_a_replacement_that_goes_as_well_hands_on_what_it_got(statuses, workspace):
    table(statuses).setCurrentCell(0, 0)
    click(statuses, "remove_status")
    answer(statuses, "◇ 完了の目途")
    table(statuses).setCurrentCell(0, 0)
    click(statuses, "remove_status")
    answer(statuses, "・ 継続中")
    statuses.accept()
    assert set(marks(workspace.outline)) == {"・"}


def test_a_status_of_a_closed_round_stays_and_the_reason_is_told(window, workspace):
    rounds.close_round(workspace, workspace.outline.round.id)
    run(window, "statuses")
    shown = dialog(window)
    click(shown, "remove_status")
    (told,) = [each.text() for each in shown.findChildren(ErrorLine) if each.text()]
    assert told.startswith("「✓ 完了」は確定済みの調査「平成27年度」で使われている")
    assert table(shown).rowCount() == 3
    table(shown).item(0, 1).setText("済み")
    assert "うち確定済みの調査 5" in effects(shown)
    shown.accept()
    assert workspace.outline.statuses[1].label == "済み"


def test_a_colour_is_chosen(statuses, workspace):
    colours = table(statuses).cellWidget(0, 5)
    colours.setCurrentIndex(colours.findText("紫"))
    assert "色が、画面とExcelで変わります" in effects(statuses)
    statuses.accept()
    assert workspace.outline.statuses[1].colour == "#7b5ea7"


def test_directions_are_renamed_added_and_replaced(window, workspace):
    edits.set_direction(workspace, [1], 1)
    run(window, "directions")
    shown = dialog(window)
    names = table(shown, "direction_table")
    assert names.item(0, 1).text() == "今後の方向性1件"
    names.setCurrentCell(0, 0)
    click(shown, "remove_direction")
    answer(shown, "拡充")
    click(shown, "add_direction")
    names.item(names.rowCount() - 1, 0).setText("見直し")
    shown.accept()
    outline = workspace.outline
    assert [each.label for each in outline.directions.values()][-1] == "見直し"
    assert outline.directions[outline.outlooks[1].direction_id].label == "拡充"
