"""The table as it is in the file beside the plan that was found in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from kyodo_desktop.domain.importing.doubts import doubts_of
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.ui.importing.doubt_rows import DoubtRows
from kyodo_desktop.ui.importing.doubts_list import DoubtsList
from kyodo_desktop.ui.importing.found_model import FoundModel
from kyodo_desktop.ui.importing.found_rows import FoundKind, FoundRows
from kyodo_desktop.ui.importing.found_view import FoundView
from kyodo_desktop.ui.importing.role_header import MeaningMenu
from kyodo_desktop.ui.importing.row_kinds import row_kinds
from kyodo_desktop.ui.importing.sheet_model import SheetModel
from kyodo_desktop.ui.importing.sheet_view import SheetTableView
from tests.ui.importing.tables import FOUND, GRID, MAPPING, SHEET

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
# What the platform of the tests says whenever a menu opens.
opens_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ROWS = FoundRows(FOUND, [SHEET])


@pytest.fixture
def sheet(qtbot):
    view = SheetTableView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show_sheet(GRID)
    view.show_choices(MAPPING)
    view.show_kinds(row_kinds(GRID, MAPPING, ROWS))
    view.show()
    return view


@pytest.fixture
def found(qtbot):
    view = FoundView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show_rows(ROWS)
    view.show()
    return view


def texts(view, column=0):
    model = view.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def open_menu():
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MeaningMenu))


def test_the_models_keep_the_rules_of_models(qapp):
    sheet, found = SheetModel(), FoundModel()
    testers = [QAbstractItemModelTester(each, FATAL) for each in (sheet, found)]
    sheet.show_sheet(GRID)
    sheet.show_choices(MAPPING)
    sheet.show_kinds(row_kinds(GRID, MAPPING, ROWS))
    found.show_rows(ROWS)
    found.close_all((FoundKind.HEADING,))
    found.show_rows(None)
    assert testers


def test_columns_and_rows_are_told_in_words(sheet):
    model = sheet.model()
    headers = [model.headerData(column, HORIZONTAL) for column in range(5)]
    assert headers == ["A\n番号：取組", "B\n取組", "C\n担当課", "D\n状態", "E\n進捗状況"]
    assert model.headerData(6, VERTICAL) == "7 取り込まない"
    assert model.index(3, 4).data() == "3回開いた。 述べ60人"
    assert "\n" in model.index(3, 4).data(Qt.ItemDataRole.ToolTipRole)


def test_a_group_row_is_seen_over_the_whole_table(sheet):
    assert sheet.columnSpan(2, 0) == 5


@opens_menu
def test_a_column_is_given_another_meaning_with_the_keys(sheet, qtbot):
    sheet.setCurrentIndex(sheet.model().index(3, 4))
    QTest.keyClick(sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = open_menu()
    assert [each.text() for each in menu.actions() if each.isChecked()] == ["進捗状況"]
    with qtbot.waitSignal(sheet.sheet_changed) as changed:
        next(each for each in menu.actions() if each.text() == "備考").trigger()
    menu.close()
    [choice] = changed.args
    assert choice.columns[4].role is ColumnRole.NOTE


@opens_menu
def test_the_box_above_a_column_opens_the_same_menu(sheet):
    header = sheet.horizontalHeader()
    place = header.box_of(1).center()
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    menu = open_menu()
    assert menu.title() == "B列の意味"
    menu.close()


def test_the_result_is_a_tree_in_words(found):
    assert texts(found)[:6] == [
        "1 人づくり",
        *("1 講座の開催", "3回開いた。 述べ60人", "教材を作った。", "→ 継続"),
        "2 手引の作成",
    ]
    assert texts(found, 1)[1:4] == ["一部", "実施", "一部"]
    badges = [found.model().index(row, 1).data(Qt.ItemDataRole.DecorationRole) for row in (0, 1)]
    assert [badge is not None for badge in badges] == [False, True]
    assert texts(found, 2)[5] == "広報課、協働課"
    assert texts(found)[-1] == "1 講座の開催（再掲）"


def test_the_result_opens_and_closes_with_keys_and_mouse(found):
    found.setCurrentIndex(found.model().index(0, 0))
    QTest.keyClick(found, Qt.Key.Key_Left)
    assert texts(found) == ["1 人づくり", "2 場づくり", "1 講座の開催（再掲）"]
    QTest.keyClick(found, Qt.Key.Key_Right)
    assert len(texts(found)) == 9
    at_arrow = found.visualRect(found.model().index(0, 0)).topLeft()
    at_arrow += found.visualRect(found.model().index(0, 0)).center() - at_arrow
    at_arrow.setX(6)
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=at_arrow)
    assert len(texts(found)) == 3


def test_only_headings_and_actions_can_be_shown(found):
    found.close_actions()
    assert len(texts(found)) == 5
    found.open_all()
    assert len(texts(found)) == 9


def test_what_was_closed_stays_closed_when_the_table_is_read_again(found):
    found.setCurrentIndex(found.model().index(1, 0))
    QTest.keyClick(found, Qt.Key.Key_Left)
    found.show_rows(FoundRows(FOUND, [SHEET]))
    assert len(texts(found)) == 6


def test_a_row_leads_to_its_cell_and_a_cell_to_its_row(found, sheet, qtbot):
    with qtbot.waitSignal(found.place_chosen) as chosen:
        found.setCurrentIndex(found.model().index(3, 0))
    assert chosen.args == [CellPlace(SHEET, 5, 5)]
    with qtbot.assertNotEmitted(sheet.cell_chosen):
        sheet.go_to(CellPlace(SHEET, 5, 5))
    assert sheet.currentIndex().row() == 4
    with qtbot.assertNotEmitted(found.place_chosen):
        found.go_to(CellPlace(SHEET, 6, 2))
    assert found.currentIndex().data() == "2 手引の作成"


def test_what_to_look_at_is_listed_by_its_reason_with_its_place(qtbot):
    view = DoubtsList()
    qtbot.addWidget(view)
    view.show_rows(DoubtRows(doubts_of(FOUND, FOUND.unread)))
    assert texts(view) == [
        *(
            "取り込んでいないところ　1件",
            "どの状態か分かりません。　1件",
            "「進捗状況」シート 6行 D列",
        ),
    ]
    with qtbot.waitSignal(view.place_chosen) as chosen:
        view.setCurrentIndex(view.model().index(2, 0))
    assert chosen.args == [CellPlace(SHEET, 6, 4)]
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().split("\t")
    assert copied[1:] == ["「進捗状況」シート 6行 D列", "どの状態か分かりません。", "？"]


def test_a_reason_of_many_cells_is_closed_at_first_and_stays_as_it_was_left(qtbot):
    many = [Unread(CellPlace(SHEET, row, 4), "", "備考に入れました。") for row in range(1, 20)]
    view = DoubtsList()
    qtbot.addWidget(view)
    view.show_rows(DoubtRows(doubts_of(FOUND, many)))
    assert texts(view) == ["取り込んだが確かめるところ　19件", "備考に入れました。　19件"]
    view.setCurrentIndex(view.model().index(1, 0))
    QTest.keyClick(view, Qt.Key.Key_Right)
    view.show_rows(DoubtRows(doubts_of(FOUND, many[:15])))
    assert len(texts(view)) == 17
