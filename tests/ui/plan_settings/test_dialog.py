"""The plan's own texts and levels go in, and come out as they were edited."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTabWidget,
)

from kyodo_desktop.domain.replies.addressing import Contact
from kyodo_desktop.domain.vocabulary import NameEntry, UseCount
from kyodo_desktop.services.plan_settings import plan_settings
from kyodo_desktop.ui.plan_settings.dialog import PlanSettingsDialog
from kyodo_desktop.ui.widgets.forms import FormField


@pytest.fixture
def dialog(qtbot, workspace):
    dialog = PlanSettingsDialog(workspace.outline, {1: UseCount(12)}, {})
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_what_is_not_edited_comes_out_as_it_went_in(dialog, workspace):
    assert dialog.settings == plan_settings(workspace.outline)


def test_the_number_of_levels_cannot_be_changed(dialog):
    assert not dialog.findChild(QSpinBox, "level_count").isVisibleTo(dialog)


def test_texts_and_levels_are_edited(dialog):
    dialog.findChild(QLineEdit, "title").setText(" 新しい題 ")
    dialog.findChild(QPlainTextEdit, "definition").setPlainText("一行目\n二行目\n")
    dialog.findChild(QLineEdit, "level_name_1").setText("基本目標")
    styles = dialog.findChild(QComboBox, "level_style_1")
    styles.setCurrentIndex(styles.findData("Ⅰ"))
    for name, text in (("section", "企画課"), ("person", "鈴木 "), ("telephone", "")):
        dialog.findChild(QLineEdit, f"contact_{name}").setText(text)
    assert dialog.settings.contact == Contact("企画課", "鈴木", "")
    dialog.findChild(QLineEdit, "municipality").setText(" 隣の市 ")
    assert (dialog.settings.title, dialog.settings.municipality) == ("新しい題", "隣の市")
    assert dialog.settings.definition == "一行目\n二行目"
    assert dialog.settings.levels[0] == ("基本目標", "Ⅰ")
    assert dialog.findChild(QPlainTextEdit, "effects").toPlainText().splitlines() == [
        "照会元は、次に作る回答票と再依頼文から変わります。送った回答票は変わりません。",
        "「推進項目」→「基本目標」：画面とExcelの見出しが変わります。",
        "基本目標の番号5か所が変わります。例：「1 環境づくり」→「Ⅰ 環境づくり」",
    ]


def test_an_actor_is_renamed_moved_and_deleted_by_its_id(dialog):
    before = dialog.settings.actors
    table = dialog.findChild(QTableWidget, "actor_table")
    assert [table.item(row, 1).text() for row in range(2)] == ["実行計画12件", "実行計画0件"]
    table.item(0, 0).setText("住民")
    table.setCurrentCell(0, 0)
    dialog.findChild(QPushButton, "actor_down").click()
    assert dialog.settings.actors[:2] == (before[1], NameEntry("住民", before[0].id))
    dialog.findChild(QPushButton, "remove_actor").click()
    assert dialog.settings.actors == before[1:]
    effects = dialog.findChild(QPlainTextEdit, "effects").toPlainText()
    assert effects == "「市民」を削除します。実行計画12件から外れます。"
    dialog.findChild(QPushButton, "add_actor").click()
    table.item(4, 0).setText("学校")
    assert dialog.settings.actors == (*before[1:], NameEntry("学校"))


def test_a_principle_that_stands_twice_is_pointed_at(dialog):
    table = dialog.findChild(QTableWidget, "principle_table")
    table.item(0, 0).setText(table.item(1, 0).text())
    dialog.accept()
    tabs = dialog.findChild(QTabWidget)
    assert dialog.isVisible()
    assert tabs.tabText(tabs.currentIndex()).startswith("基本原則")


def test_a_character_that_cannot_be_kept_is_pointed_at(dialog):
    dialog.findChild(QPlainTextEdit, "policy").setPlainText("方針\x07です")
    dialog.accept()
    tabs = dialog.findChild(QTabWidget)
    [message] = [field.error for field in dialog.findChildren(FormField) if field.error]
    assert dialog.isVisible()
    assert tabs.tabText(tabs.currentIndex()).startswith("本文")
    assert "「推進方針」の3文字目" in message
