"""The page from file to result, walked as a person would."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QTabBar,
    QTableView,
)

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.choosing import Meaning
from kyodo_desktop.ui.importing.page import ImportPage

LONG = 20_000
MARKED = 90  # of the veil over a cell that a value is from
TABLE = """\
見本市 協働推進計画,,,,
番号,取組,担当課,評価,実績
基本目標1　人づくり,,,,
1,講座の開催,市民協働課,○,講座を3回開いた。
2,手引の作成,広報広聴課,△,原稿を集めている。
基本目標2　場づくり,,,,
3,広場の整備,都市計画課,○,広場を整備した。
4,交流会の開催,市民協働課,△,来年度に開く。
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "見本.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


@pytest.fixture
def page(qtbot):
    page = ImportPage()
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def read(page, qtbot, table):
    """Read a file and wait for the result."""

    def read(path=table):
        with qtbot.waitSignal(page.settled, timeout=LONG):
            page.read(path)
        return page.found

    return read


@pytest.fixture
def after(page, qtbot):
    """Do something and wait until the table is read again."""

    def after(act):
        with qtbot.waitSignal(page.settled, timeout=LONG):
            act()
        return page.found

    return after


def child(page, kind, name):
    found = page.findChild(kind, name)
    assert found is not None
    return found


def doubts_of(page):
    doubts = page._found._doubts.model()
    return [doubts.index(row, 0).data() for row in range(doubts.rowCount())]


def titles(found):
    return [each.title for each in found.rows.found.actions]


def test_a_table_is_read_without_any_choice(page, read):
    found = read()
    assert titles(found) == ["講座の開催", "手引の作成", "広場の整備", "交流会の開催"]
    assert child(page, QLabel, "counts").text().startswith("見出し 2・取組 4・進捗状況 4")
    assert child(page, QPushButton, "import").isEnabled()


def test_the_columns_of_the_file_stand_beside_what_was_found(page, read):
    read()
    sheet = page._sheet.view
    headers = [
        sheet.model().headerData(column, Qt.Orientation.Horizontal).split("\n")[1]
        for column in range(5)
    ]
    assert headers == ["番号：取組", "取組", "担当課", "状態", "進捗状況"]
    sheet.setCurrentIndex(sheet.model().index(4, 2))
    assert "手引の作成" in page._found.found.currentIndex().data()
    page._found.found.setCurrentIndex(page._found.found.model().index(1, 0))
    assert sheet.currentIndex().row() == 3


def test_another_meaning_of_a_column_is_read_at_once(page, read, after):
    read()
    view = page._sheet.view
    choice = choosing.with_column(view._choice, view.grid, 5, Meaning(ColumnRole.NOTE))
    found = after(lambda: view.sheet_changed.emit(choice))
    assert "講座を3回開いた。" in found.rows.found.actions[0].note


def test_of_many_choices_only_the_last_one_is_shown(page, read, after, qtbot):
    read()
    shown = []
    page.reader.found_anew.connect(shown.append)
    title = page._head.title

    def type_quickly():
        for text in ("見", "見本", "見本の計画"):
            title.setText(text)
            title.textEdited.emit(text)
        assert not child(page, QPushButton, "import").isEnabled()

    after(type_quickly)
    assert [each.rows.found.title for each in shown] == ["見本の計画"]


def test_where_the_table_ends_is_told_by_its_rows(page, read, after):
    read()
    found = after(lambda: child(page, QSpinBox, "last_row").setValue(5))
    assert titles(found) == ["講座の開催", "手引の作成"]


def test_a_word_of_the_table_is_given_another_name_and_meaning(page, read, after):
    read()
    words = page._found._statuses
    found = after(lambda: words._cell(0, 1).setText("順調"))
    assert found.rows.found.statuses[0].label == "順調"


def test_a_year_is_typed_in_any_form_or_explained(page, read, after):
    read()
    rounds = page._found._rounds
    rounds._cell(0, 1).setText("いつか")
    assert "いつか" in page._error.text()
    found = after(lambda: rounds._cell(0, 1).setText("R6.3"))
    assert found.rows.found.rounds[-1].as_of == "2024-03-31"
    assert page._error.text() == ""


def test_levels_are_named_anew(page, read, after):
    read()
    found = after(lambda: page._found._levels._levels._names[0].setText("柱"))
    assert found.rows.found.levels[0][0] == "柱"


def test_a_choice_is_kept_in_a_file_and_used_again(page, read, after, tmp_path):
    read()
    kept = tmp_path / "取込設定.json"
    after(lambda: page._found._levels._levels._names[0].setText("柱"))
    page.mappings.save(kept)
    read()
    assert page.found.rows.found.levels[0][0] != "柱"
    found = after(lambda: page.mappings.load(kept))
    assert found.rows.found.levels[0][0] == "柱"
    after(page.mappings._go_back)
    assert page.found.rows.found.levels[0][0] != "柱"


def test_a_file_that_is_no_way_of_reading_is_refused_and_the_result_stays(page, read, table):
    read()
    page.mappings.load(table)
    assert page._error.text()
    assert len(page.found.rows.found.actions) == 4


def test_a_file_that_is_no_table_is_explained(page, read, tmp_path):
    path = tmp_path / "写真.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert read(path) is None
    assert "写真.xlsx" in page._error.text()
    assert not child(page, QPushButton, "import").isEnabled()


def test_the_table_that_was_read_is_back_where_another_file_cannot_be(page, read, after, tmp_path):
    read()
    after(lambda: page._head.title.textEdited.emit("わたしの計画"))
    other = tmp_path / "壊.xlsx"
    other.write_bytes(b"not a workbook")
    found = read(other)
    assert page.reader.path is not None
    assert page.reader.path.name == "見本.csv"
    assert found.rows.found.title == "わたしの計画"
    assert len(titles(found)) == 4
    told = page.findChild(QLabel, "error").text()
    assert "壊.xlsx" in told
    assert told.endswith("前の表に戻りました。")


def test_sheets_are_left_out_and_taken_in(page, read, after, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    rows = [line.split(",") for line in TABLE.splitlines()]
    for sheet, name in ((book.active, "人事課"), (book.create_sheet(), "メモ")):
        sheet.title = name
        for row in rows if name == "人事課" else [["覚え書き"], ["7月に会議"]]:
            sheet.append(row)
    path = tmp_path / "二枚.xlsx"
    book.save(path)
    read(path)
    tabs, taken = child(page, QTabBar, "sheets"), child(page, QCheckBox, "sheet_taken")
    assert [tabs.tabText(each) for each in range(2)] == ["人事課", "メモ（除外）"]
    tabs.setCurrentIndex(1)
    found = after(taken.click)
    assert [each.sheet for each in found.mapping.sheets] == ["人事課", "メモ"]
    tabs.setCurrentIndex(0)
    found = after(taken.click)
    assert titles(found) == []
    assert "取り込める行がありません" in page._error.text()


def test_going_back_to_the_present_choice_changes_nothing(page, read):
    found = read()
    page.mappings._go_back()
    assert page.found is found
    assert child(page, QPushButton, "import").isEnabled()


def test_while_something_is_written_the_page_stays(page, read):
    read()
    page.say_busy("計画を作っています…")
    page.reject()
    assert page.isVisible()
    assert not child(page, QPushButton, "import").isEnabled()
    page.say_ready()
    assert child(page, QPushButton, "import").isEnabled()
    page.reject()
    assert not page.isVisible()


def test_enter_alone_takes_the_table_in(page, read, qtbot):
    page.activateWindow()
    read()
    with qtbot.waitSignal(page.import_requested):
        QTest.keyClick(page, Qt.Key.Key_Return)


def many_in_a_cell(tmp_path):
    path = tmp_path / "まとめ.csv"
    path.write_text(
        "協働推進計画　進捗状況（令和4年度）,,,\n"
        "推進項目,実行計画,担当課,進捗状況\n"
        '(1)人づくり,"①講座の開催\n②手引の作成\n③交流会の開催",協働課,'
        '"✓ 三回開いた。\n・ 原稿を集めている。\n・ 来年度に開く。"\n'
        '(2)場づくり,"④広場の整備\n⑤看板の設置",都市課,"✓ 整備した。\n・ 場所を決めた。"\n'
        '(3)仕組みづくり,"⑥要綱の改正\n⑦窓口の設置",総務課,"✓ 改めた。\n・ 課を決めた。"\n',
        encoding="utf-8-sig",
    )
    return path


def test_another_way_to_read_the_whole_is_chosen_and_left_again(page, read, after, tmp_path):
    found = read(many_in_a_cell(tmp_path))
    box = child(page, QComboBox, "readings")
    assert len(titles(found)) == 7
    assert box.currentText().endswith("7件")
    other = next(each for each in range(1, box.count()) if " 3件" in box.itemText(each))

    def choose(place):
        box.setCurrentIndex(place)
        box.activated.emit(place)

    found = after(lambda: choose(other))
    assert len(titles(found)) == 3
    assert box.currentIndex() == other
    found = after(lambda: choose(0))
    assert len(titles(found)) == 7


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_another_way_to_read_is_chosen_with_the_keys(page, read, after, tmp_path, qtbot):
    read(many_in_a_cell(tmp_path))
    box = child(page, QComboBox, "readings")
    box.setFocus()
    box.showPopup()
    qtbot.waitUntil(box.view().isVisible)
    QTest.keyClick(box.view(), Qt.Key.Key_Down)
    found = after(lambda: QTest.keyClick(box.view(), Qt.Key.Key_Return))
    assert len(titles(found)) == 3
    assert not box.view().isVisible()


def test_a_name_that_was_typed_stays_with_another_reading(page, read, after, tmp_path):
    read(many_in_a_cell(tmp_path))
    after(lambda: page._head.title.textEdited.emit("わたしの計画"))
    box = child(page, QComboBox, "readings")
    found = after(lambda: box.activated.emit(1))
    assert found.rows.found.title == "わたしの計画"


def test_several_in_a_cell_are_marked_and_told_apart(page, read, tmp_path):
    read(many_in_a_cell(tmp_path))
    model = page._found.found.model()
    row = next(each for each in range(model.rowCount()) if "手引" in model.index(each, 0).data())
    page._found.found.setCurrentIndex(model.index(row, 0))
    sheet = page._sheet.view.model()
    marked = {
        (at.row() + 1, at.column() + 1)
        for at in (sheet.index(row, column) for row in range(5) for column in range(4))
        if at.data(Qt.ItemDataRole.BackgroundRole) is not None
        and at.data(Qt.ItemDataRole.BackgroundRole).alpha() > MARKED
    }
    assert {(3, 2), (3, 4)} <= marked
    assert {each[0] for each in marked} == {3}
    assert child(page, QLabel, "cell").text() == "3行 B列の一部：手引の作成"


def test_cells_are_given_to_one_action_or_to_several(page, read, after, tmp_path):
    read(many_in_a_cell(tmp_path))
    found = after(child(page, QCheckBox, "splits").click)
    assert len(titles(found)) == 3
    assert child(page, QCheckBox, "hidden_taken").isHidden()


def test_hidden_rows_are_taken_where_that_is_said(page, read, after, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (line.split(",") for line in TABLE.splitlines()):
        book.active.append(row)
    book.active.row_dimensions[5].hidden = True
    path = tmp_path / "非表示.xlsx"
    book.save(path)
    assert titles(read(path)) == ["講座の開催", "広場の整備", "交流会の開催"]
    assert doubts_of(page)[0] == "取り込んでいないところ　1件"
    found = after(child(page, QCheckBox, "hidden_taken").click)
    assert "手引の作成" in titles(found)
    assert child(page, QComboBox, "readings").currentText().endswith("（設定を変更）　…　取組 4件")
    assert not any("取り込んでいない" in each for each in doubts_of(page))


@pytest.fixture
def form(tmp_path):
    from openpyxl import Workbook

    from tests.domain.importing.forms_layouts import LAYOUTS

    book = Workbook()
    book.remove(book.active)
    for grid in LAYOUTS["labels_at_the_left"]():
        sheet = book.create_sheet(grid.sheet)
        for row in grid.rows:
            sheet.append(row)
        for top, left, bottom, right in grid.merges:
            sheet.merge_cells(None, top, left, bottom, right)
    path = tmp_path / "様式.xlsx"
    book.save(path)
    return path


def test_the_labels_of_forms_are_given_another_meaning(page, read, after, form):
    before = read(form)
    labels = child(page, QTableView, "form_labels")
    assert labels.isVisible()
    assert child(page, QSpinBox, "first_heading_row").isHidden()
    label = next(each for each in labels.model().labels if each.words == "取組の概要")
    labels.setCurrentIndex(labels.model().index(labels.model().labels.index(label), 0))
    assert child(page, QLabel, "cell").text().endswith("取組の概要")
    said = choosing.with_label(before.mapping, label, Meaning(ColumnRole.NOTE))
    found = after(lambda: labels.mapping_changed.emit(said))
    assert not any(each.description for each in found.rows.found.actions)
    kept = form.with_suffix(".json")
    page.mappings.save(kept)
    after(page.mappings._go_back)
    found = after(lambda: page.mappings.load(kept))
    assert not any(each.description for each in found.rows.found.actions)
    assert child(page, QComboBox, "readings").currentText().startswith("取込設定「様式」")


def test_a_sheet_of_forms_is_left_out_and_taken_in(page, read, after, form):
    count = len(titles(read(form)))
    tabs, taken = child(page, QTabBar, "sheets"), child(page, QCheckBox, "sheet_taken")
    tabs.setCurrentIndex(2)
    assert len(titles(after(taken.click))) == count - 1
    assert tabs.tabText(2).endswith("（除外）")
    assert len(titles(after(taken.click))) == count


def test_marks_that_nobody_explains_are_told_until_they_have_a_meaning(page, read, after):
    read()
    (reason,) = [each for each in doubts_of(page) if "意味が表にない" in each]
    assert reason.startswith("「○」「△」の意味が表にないため、仮に「○」「△」は継続中として")
    words = page._found._statuses
    assert [each.label for each in words.statuses] == ["○", "△"]
    after(lambda: words._table.item(0, 1).setText("実施"))
    (reason,) = [each for each in doubts_of(page) if "意味が表にない" in each]
    assert reason.startswith("「△」の意味が表にないため")
    kinds = words._table.cellWidget(1, 2)
    after(lambda: kinds.setCurrentIndex(kinds.findText("未着手")))
    assert not any("意味が表にない" in each for each in doubts_of(page))
