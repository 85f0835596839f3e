"""What would change in the plan, ticked by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton, QTableView

from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.plan_update.update import Difference, Gone, Update, UpdatePart
from kyodo_desktop.ui.importing.changes_list import ChangesList
from kyodo_desktop.ui.importing.changes_model import ChangesModel
from tests.ui.importing.tables import FOUND, SHEET

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
UPDATE = Update(
    (
        Difference(UpdatePart.STATUS, "△", "", "△ 一部", None, 0),
        Difference(UpdatePart.HEADING, "3 しくみ", "", "", CellPlace(SHEET, 8, 1), 1),
        Difference(
            *(UpdatePart.ACTION, "1 交流会", "", "3 しくみ", CellPlace(SHEET, 9, 2), 2),
            needs=frozenset({0, 1}),
        ),
        Difference(UpdatePart.TITLE, "2 手引", "手引", "手引の作成", CellPlace(SHEET, 6, 2), 3),
        Difference(
            *(UpdatePart.PROGRESS, "2 手引", "○ 集めた", "◎ 刷った", CellPlace(SHEET, 6, 5), 3),
            which="令和6年度",
        ),
    ),
    (Gone(5, "9 昔の取組", "1 人づくり"),),
    ("令和5年度は確定済みのため、2件の進捗状況を取り込みません。",),
    7,
    FOUND,
)


@pytest.fixture
def changes(qtbot):
    changes = ChangesList()
    qtbot.addWidget(changes)
    changes.show_update(UPDATE)
    changes.show()
    return changes


def tick(changes, row, wanted):
    model = changes.findChild(QTableView, "changes_table").model()
    state = Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked
    assert model.setData(model.index(row, 0), state.value, Qt.ItemDataRole.CheckStateRole)


def test_the_model_keeps_the_rules_of_models(qapp):
    model = ChangesModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_update(UPDATE)
    model.show_update(None)
    assert tester


def test_all_changes_are_chosen_at_first(changes):
    assert changes.chosen == {0, 1, 2, 3, 4}


def test_what_needs_a_change_goes_and_comes_with_it(changes):
    tick(changes, 1, wanted=False)
    assert changes.chosen == {0, 3, 4}
    tick(changes, 2, wanted=True)
    assert changes.chosen == {0, 1, 2, 3, 4}


def test_all_or_none_are_chosen_with_a_button(changes):
    changes.findChild(QPushButton, "tick_none").click()
    assert changes.chosen == frozenset()
    changes.findChild(QPushButton, "tick_all").click()
    assert changes.chosen == {0, 1, 2, 3, 4}


def test_what_stays_and_what_cannot_be_taken_is_told(changes):
    told = changes.findChild(QLabel, "update_summary").text()
    assert "変更 5件・変わらない項目 7件" in told
    assert "表にない1件は、そのまま残ります：「9 昔の取組」" in told
    assert "確定済み" in told


def test_a_change_of_what_a_round_says_names_the_round(changes):
    model = changes.findChild(QTableView, "changes_table").model()
    parts = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert parts[3:] == ["名称", "進捗状況（令和6年度）"]


def test_the_value_of_the_table_is_seen_beside_that_of_the_plan(changes):
    changes.resize(590, 400)  # what the page gives it on a screen of 1366 points
    table = changes.findChild(QTableView, "changes_table")
    before, after = (table.visualRect(table.model().index(3, column)) for column in (2, 3))
    assert table.viewport().rect().contains(after)
    assert abs(before.width() - after.width()) <= 1


def test_a_change_leads_to_its_cell(changes, qtbot):
    table = changes.findChild(QTableView, "changes_table")
    with qtbot.waitSignal(changes.place_chosen) as chosen:
        table.setCurrentIndex(table.model().index(3, 1))
    assert chosen.args == [CellPlace(SHEET, 6, 2)]
