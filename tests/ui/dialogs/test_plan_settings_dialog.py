"""The plan's own texts and levels go in, and come out as they were edited."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QTabWidget

from kyodo_desktop.services.plan_settings import plan_texts
from kyodo_desktop.ui.dialogs.forms import Field
from kyodo_desktop.ui.dialogs.plan_settings import PlanSettingsDialog


@pytest.fixture
def dialog(qtbot, workspace):
    outline = workspace.outline
    levels = [(level.name, level.numbering) for level in outline.levels]
    dialog = PlanSettingsDialog(plan_texts(outline), levels)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_what_is_not_edited_comes_out_as_it_went_in(dialog, workspace):
    assert dialog.texts == plan_texts(workspace.outline)
    assert dialog.levels == (("推進項目", "1"), ("施策", "(1)"), ("実行計画", "①"))


def test_the_number_of_levels_cannot_be_changed(dialog):
    assert not dialog.findChild(QSpinBox, "level_count").isVisibleTo(dialog)


def test_texts_and_levels_are_edited(dialog):
    dialog.findChild(QLineEdit, "title").setText(" 新しい題 ")
    dialog.findChild(QPlainTextEdit, "definition").setPlainText("一行目\n二行目\n")
    dialog.findChild(QLineEdit, "level_name_1").setText("基本目標")
    styles = dialog.findChild(QComboBox, "level_style_1")
    styles.setCurrentIndex(styles.findData("Ⅰ"))
    assert dialog.texts.title == "新しい題"
    assert dialog.texts.definition == "一行目\n二行目"
    assert dialog.levels[0] == ("基本目標", "Ⅰ")


def test_each_line_is_a_principle_or_an_actor_and_empty_lines_are_none(dialog):
    dialog.findChild(QPlainTextEdit, "principles").setPlainText("対等\n\n  共有 \n")
    dialog.findChild(QPlainTextEdit, "actors").setPlainText("")
    assert dialog.texts.principles == ("対等", "共有")
    assert dialog.texts.actors == ()


def test_a_character_that_cannot_be_kept_is_pointed_at(dialog):
    dialog.findChild(QPlainTextEdit, "policy").setPlainText("方針\x07です")
    dialog.accept()
    tabs = dialog.findChild(QTabWidget)
    [message] = [field.error for field in dialog.findChildren(Field) if field.error]
    assert dialog.isVisible()
    assert tabs.tabText(tabs.currentIndex()).startswith("本文")
    assert "「推進方針」の3文字目" in message
