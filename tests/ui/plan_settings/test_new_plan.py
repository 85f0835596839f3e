"""Of a new plan only the title must be typed; whatever does not fit is said in its place."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTabWidget,
)

from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.services.new_plan import create_plan, default_plan
from kyodo_desktop.ui.plan_settings.new_plan import NewPlanDialog
from kyodo_desktop.ui.widgets.forms import FormField
from tests.builders import opened


@pytest.fixture
def dialog(qtbot):
    dialog = NewPlanDialog(default_plan(date(2026, 11, 23)))
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


@pytest.fixture
def titled(dialog):
    line(dialog, "title").setText("環境計画")
    line(dialog, "municipality").setText("○○市 ")
    return dialog


def line(dialog, name) -> QLineEdit:
    return dialog.findChild(QLineEdit, name)


def spin(dialog, name) -> QSpinBox:
    return dialog.findChild(QSpinBox, name)


def errors(dialog) -> list[str]:
    return [field.error for field in dialog.findChildren(FormField) if field.error]


def test_the_title_is_all_that_must_be_typed(titled, qtbot, tmp_path, clock):
    with qtbot.waitSignal(titled.accepted):
        titled.accept()
    path = tmp_path / "新しい.kyodo"
    create_plan(path, titled.plan, author="市民 花子", now=clock())
    plan = opened(path, clock)
    outline = plan.workspace.outline
    assert (outline.plan.title, outline.plan.municipality) == ("環境計画", "○○市")
    assert [level.name for level in outline.levels] == ["推進項目", "施策", "実行計画"]
    assert [term.name for term in outline.terms.values()] == ["前期", "後期"]
    assert outline.round.as_of == "2026-11-23"
    plan.close()


def test_without_a_title_the_dialog_stays_and_says_so_under_the_field(dialog, qtbot):
    with qtbot.assertNotEmitted(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert errors(dialog) == ["「計画名」が空です。文字を入力してください。"]


def test_a_message_goes_when_what_it_says_is_no_longer_so(dialog):
    dialog.accept()
    line(dialog, "title").setText("計画")
    line(dialog, "as_of").setText("きのう")
    dialog.accept()
    [error] = errors(dialog)
    assert error.startswith("「基準日」")


def test_an_error_on_another_page_turns_to_it(titled):
    tabs = titled.findChild(QTabWidget)
    line(titled, "level_name_1").clear()
    titled.accept()
    assert tabs.tabText(tabs.currentIndex()).startswith("階層と番号")
    assert errors(titled) == ["「階層名」が空です。文字を入力してください。"]


@pytest.mark.parametrize(
    "typed", ["H32", "平成32", "平成32年度", "R2", "令和2年度", "2020", "２０２０"]
)
def test_a_year_is_typed_in_any_form(titled, typed):
    year = spin(titled, "first_fiscal_year")
    year.lineEdit().setText(typed)
    year.interpretText()
    assert year.value() == 2020
    assert year.text() == "令和2年度（2020）"
    assert titled.plan.first_fiscal_year == 2020


@pytest.mark.parametrize("typed", ["", "来年", "平成", "99999", "H27.13"])
def test_what_is_no_year_gives_way_to_the_year_before_it(titled, typed):
    year = spin(titled, "first_fiscal_year")
    year.lineEdit().setText(typed)
    year.interpretText()
    assert year.value() == 2026


def test_other_years_are_divided_into_the_terms(titled):
    spin(titled, "first_fiscal_year").setValue(2011)
    spin(titled, "last_fiscal_year").setValue(2020)
    assert titled.plan.terms == (("前期", 2011, 2015), ("後期", 2016, 2020))


def test_where_a_term_ends_the_next_one_begins(titled):
    spin(titled, "term_end_1").setValue(2028)
    assert titled.plan.terms == (("前期", 2026, 2028), ("後期", 2029, 2035))


@pytest.mark.parametrize(
    ("choice", "terms"),
    [
        (0, (("全期間", 2026, 2035),)),
        (2, (("前期", 2026, 2028), ("中期", 2029, 2031), ("後期", 2032, 2035))),
    ],
)
def test_a_plan_has_one_to_three_terms(titled, choice, terms):
    titled.findChild(QComboBox, "term_count").setCurrentIndex(choice)
    assert titled.plan.terms == terms


def test_years_the_wrong_way_round_are_refused(titled):
    spin(titled, "last_fiscal_year").setValue(2020)
    titled.accept()
    assert len(errors(titled)) == 1
    assert "計画期間" in errors(titled)[0]


def test_a_term_without_a_year_is_refused(titled):
    spin(titled, "term_end_1").setValue(2035)
    titled.accept()
    assert errors(titled) == ["「期」の終了年度が、開始年度より前になっています。"]


@pytest.mark.parametrize(
    ("count", "names"),
    [
        (2, ["推進項目", "実行計画"]),
        (5, ["推進項目", "施策", "小項目", "細目", "実行計画"]),
    ],
)
def test_levels_come_and_go_above_the_action(titled, count, names):
    spin(titled, "level_count").setValue(count)
    assert [name for name, _ in titled.plan.levels] == names


def test_the_round_is_of_the_fiscal_year_of_its_day(titled):
    line(titled, "as_of").setText("H28.3")
    assert titled.plan.round_as_of == "2016-03-31"
    assert titled.plan.round_fiscal_year == 2015


def test_a_day_shows_itself_in_japanese_years_when_it_is_left(titled):
    day = line(titled, "as_of")
    day.setText("2015-10-31")
    day.editingFinished.emit()
    assert day.text() == "平成27年10月31日"


class TestStatuses:
    def test_stay_as_they_are_unless_they_are_edited(self, titled):
        assert titled.plan.statuses == default_plan(date(2026, 11, 23)).statuses

    def test_are_added_with_mark_name_and_meaning(self, titled):
        titled.findChild(QPushButton, "add_status").click()
        table = titled.findChild(QTableWidget, "statuses")
        table.item(3, 0).setText("×")
        table.item(3, 1).setText("中止")
        kinds = table.cellWidget(3, 3)
        kinds.setCurrentIndex(kinds.findData("stopped"))
        table.item(3, 4).setCheckState(Qt.CheckState.Unchecked)
        added = titled.plan.statuses[3]
        assert added[:2] == ("×", "中止")
        assert added.kind is StatusKind.STOPPED
        assert not added.counted

    def test_are_moved_and_deleted(self, titled):
        titled.findChild(QTableWidget, "statuses").setCurrentCell(2, 0)
        titled.findChild(QPushButton, "status_up").click()
        assert [status.mark for status in titled.plan.statuses] == ["✓", "・", "◇"]
        titled.findChild(QPushButton, "remove_status").click()
        assert [status.mark for status in titled.plan.statuses] == ["✓", "◇"]

    def test_cannot_all_be_deleted(self, titled):
        remove = titled.findChild(QPushButton, "remove_status")
        remove.click()
        remove.click()
        assert not remove.isEnabled()
        assert len(titled.plan.statuses) == 1

    @pytest.mark.parametrize(
        ("mark", "message"),
        [("", "「状態の記号」が空です"), ("◇", "「状態の記号」の「◇」が2つあります")],
    )
    def test_need_marks_of_their_own(self, titled, mark, message):
        titled.findChild(QTableWidget, "statuses").item(0, 0).setText(mark)
        titled.accept()
        assert titled.isVisible()
        assert errors(titled)[0].startswith(message)


def test_what_was_wrong_of_a_field_goes_when_the_field_is_changed(dialog):
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    ok.click()
    assert len(errors(dialog)) == 1
    line(dialog, "round_name").setText("別の名前")
    assert len(errors(dialog)) == 1  # another field
    line(dialog, "title").setText("計画")
    assert errors(dialog) == []
    line(dialog, "title").clear()
    ok.click()
    assert len(errors(dialog)) == 1


def test_a_table_that_was_wrong_is_looked_at_again_when_a_cell_is_changed(titled):
    table = titled.findChild(QTableWidget, "statuses")
    before = table.item(0, 1).text()
    table.item(0, 1).setText("")
    titled.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    assert len(errors(titled)) == 1
    table.item(0, 1).setText(before)
    assert errors(titled) == []
