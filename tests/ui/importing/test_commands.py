"""A table becomes a plan, from the menu to the open plan."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from kyodo_desktop.services.dump import dump
from kyodo_desktop.ui.importing.page import ImportPage
from tests.ui.driving import choose_file, outline, run
from tests.ui.inquiries.hands import drop

TABLE = """\
番号,取組,担当課,評価,実績
基本目標1　人づくり,,,,
1,講座の開催,市民協働課,○,講座を3回開いた。
2,手引の作成,広報広聴課,△,原稿を集めている。
3,広場の整備,都市計画課,○,広場を整備した。
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "見本.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def page_of(window):
    [page] = [each for each in window.findChildren(ImportPage) if each.isVisible()]
    return page


def read(window, qtbot, table):
    run(window, "import_table")
    choose_file(window, table)
    page = page_of(window)
    if page.found is None:
        qtbot.waitSignal(page.settled).wait()
    return page


def test_a_table_becomes_a_plan_without_a_plan_being_open(empty_window, qtbot, table, tmp_path):
    page = read(empty_window, qtbot, table)
    assert page.target.isHidden()
    page.findChild(QPushButton, "import").click()
    [where] = [each for each in page.findChildren(QFileDialog) if each.isVisible()]
    with qtbot.waitSignal(empty_window.features.imports.ended):
        where.fileSelected.emit(str(tmp_path / "見本.kyodo"))
    where.reject()
    assert {each.title for each in outline(empty_window).actions.values()} == {
        *("講座の開催", "手引の作成", "広場の整備")
    }
    assert "計画を作りました（取組 3件）" in empty_window.toast.text


def test_nothing_is_written_when_the_page_is_left(empty_window, qtbot, table, tmp_path):
    before = sorted(tmp_path.iterdir())
    read(empty_window, qtbot, table).reject()
    assert sorted(tmp_path.iterdir()) == before


def test_where_the_file_cannot_be_written_the_page_stays(empty_window, qtbot, table, tmp_path):
    page = read(empty_window, qtbot, table)
    with qtbot.waitSignal(empty_window.features.imports.ended):
        empty_window.features.imports.make(page, page.found, tmp_path / "ない" / "見本.kyodo")
    assert page.isVisible()
    assert page._error.text()
    assert page.findChild(QPushButton, "import").isEnabled()
    page.reject()


def test_a_plan_of_that_name_is_kept_and_told(empty_window, qtbot, table, sample_file):
    page = read(empty_window, qtbot, table)
    with qtbot.waitSignal(empty_window.features.imports.ended):
        empty_window.features.imports.make(page, page.found, sample_file)
    (kept,) = sample_file.with_name("富里市_バックアップ").glob("*_置換前.kyodo")
    assert f"「{kept}」に残してあります" in empty_window.toast.text


def test_a_plan_that_another_window_has_is_left_and_told(empty_window, qtbot, table, plan):
    page = read(empty_window, qtbot, table)
    with qtbot.waitSignal(empty_window.features.imports.ended):
        empty_window.features.imports.make(page, page.found, plan.path)
    assert "編集中です" in page._error.text()
    page.reject()


def test_the_command_has_its_keys(empty_window):
    assert empty_window.actions_by_name["import_table"].shortcut().toString() == "Ctrl+I"


def test_next_years_table_updates_the_open_plan_in_one_step(empty_window, qtbot, table, tmp_path):
    page = read(empty_window, qtbot, table)
    with qtbot.waitSignal(empty_window.features.imports.ended):
        empty_window.features.imports.make(page, page.found, tmp_path / "見本.kyodo")
    before = dump(empty_window.plan.workspace)
    table.write_text(TABLE.replace("手引の作成", "手引の改訂"), encoding="utf-8-sig")
    with qtbot.waitSignal(empty_window.features.imports.compared):
        page = read(empty_window, qtbot, table)
    assert page.target.is_update
    assert [each.new for each in page.update_shown.differences] == ["手引の改訂"]
    button = page.findChild(QPushButton, "import")
    assert button.text() == "1件を取り込む(&I)"
    with qtbot.waitSignal(empty_window.features.imports.ended):
        button.click()
    assert "手引の改訂" in {each.title for each in outline(empty_window).actions.values()}
    assert "1件の変更を取り込みました" in empty_window.toast.text
    run(empty_window, "undo")
    assert dump(empty_window.plan.workspace) == before


def test_while_an_update_is_taken_it_can_be_cancelled(empty_window, qtbot, table, tmp_path):
    page, imports = read(empty_window, qtbot, table), empty_window.features.imports
    with qtbot.waitSignal(imports.ended):
        imports.make(page, page.found, tmp_path / "見本.kyodo")
    before = dump(empty_window.plan.workspace)
    table.write_text(TABLE.replace("手引の作成", "手引の改訂"), encoding="utf-8-sig")
    with qtbot.waitSignal(imports.compared):
        page = read(empty_window, qtbot, table)
    with qtbot.waitSignal(imports.ended):
        page.findChild(QPushButton, "import").click()
        page.reject()
    assert page.isVisible()
    assert "取りやめました" in page._error.text()
    assert dump(empty_window.plan.workspace) == before
    with qtbot.waitSignal(imports.ended):
        page.findChild(QPushButton, "import").click()
    assert dump(empty_window.plan.workspace) != before


def test_the_open_plan_is_left_alone_where_a_new_one_is_wanted(window, qtbot, table):
    page = read(window, qtbot, table)
    assert not page.target.isHidden()
    assert not page.target.is_update
    assert page.update_shown is None
    with qtbot.waitSignal(window.features.imports.compared):
        page.target.propose_update()
    assert page.update_shown is not None or page._error.text()
    page.reject()


def test_a_table_that_is_dropped_on_the_window_is_shown(empty_window, qtbot, table):
    empty_window.features.answers.take_dropped([table])
    page = page_of(empty_window)
    if page.found is None:
        qtbot.waitSignal(page.settled).wait()
    assert len(page.found.rows.found.actions) == 3
    page.reject()


def test_a_table_that_is_opened_as_a_plan_is_shown_and_another_dropped_on_the_page(
    empty_window, qtbot, table, tmp_path
):
    assert not empty_window.files.open(table)
    page = page_of(empty_window)
    other = tmp_path / "別の見本.csv"
    other.write_text(TABLE, encoding="utf-8-sig")
    drop(page, other)
    qtbot.waitUntil(lambda: page.reader.path == other)
    drop(page, table, other)
    qtbot.waitUntil(lambda: "1つだけ" in page._error.text())
    page.reject()


def test_all_data_of_a_plan_that_is_dropped_on_the_page_is_not_read_as_a_table(
    empty_window, qtbot, table, sample_file, tmp_path, command
):
    data = tmp_path / "全データ.csv"
    assert command("export", sample_file, data, "--data")[0] == 0
    page = read(empty_window, qtbot, table)
    drop(page, data)
    qtbot.waitUntil(lambda: "書き出した全データ" in page._error.text())
    assert page.reader.path == table
    page.reject()


def test_what_is_dropped_behind_an_open_page_is_told(empty_window, qtbot, table):
    page = read(empty_window, qtbot, table)
    drop(empty_window.start_page, table)
    qtbot.waitUntil(lambda: told_over(page) is not None)
    box = told_over(page)
    assert "「見本.csv」は読み込んでいません" in box.text()
    box.reject()
    page.reject()


def told_over(page):
    return next((each for each in page.findChildren(QMessageBox) if each.isVisible()), None)
