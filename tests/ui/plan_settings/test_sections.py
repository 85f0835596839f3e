"""The list of sections is edited at once, step by step, and refuses what would break the plan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTreeWidget

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services.details import assign
from kyodo_desktop.services.vocabularies import add_section
from kyodo_desktop.ui.plan_settings.sections import SectionsDialog
from kyodo_desktop.ui.widgets.forms import ErrorLine
from tests.builders import action_of, opened

NAMES = ["市民活動推進課", "企画課", "総務課"]


@pytest.fixture
def dialog(qtbot, workspace):
    for name in NAMES:
        if name not in names(workspace):
            add_section(workspace, name)
    dialog = SectionsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def names(workspace) -> list[str]:
    return [section.name for section in workspace.outline.sections.values()]


def rows(dialog) -> list[str]:
    tree = dialog.findChild(QTreeWidget, "sections")
    return [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]


def go_to(dialog, name):
    tree = dialog.findChild(QTreeWidget, "sections")
    [item] = tree.findItems(name, Qt.MatchFlag.MatchExactly)
    tree.setCurrentItem(item)
    return item


def click(dialog, name):
    dialog.findChild(QPushButton, name).click()


def message(dialog) -> str:
    return dialog.findChild(ErrorLine).text()


def test_the_sections_are_shown_in_their_order_with_their_uses(dialog, workspace):
    section = list(workspace.outline.sections.values())[1]
    assign(workspace, [action_of(workspace.outline, "市民活動保険の導入")], section.id, Role.LEAD)
    dialog.refresh()
    assert rows(dialog) == NAMES
    assert go_to(dialog, "企画課").text(1) == "1件"


def test_enter_adds_the_section_that_is_typed(dialog, workspace, qtbot):
    new = dialog.findChild(QLineEdit, "new_section")
    new.setText("福祉課")
    qtbot.keyClick(new, Qt.Key.Key_Return)
    assert names(workspace) == rows(dialog) == [*NAMES, "福祉課"]
    assert new.text() == ""
    workspace.undo()
    assert names(workspace) == NAMES


def test_a_name_that_is_there_already_is_refused_and_stays_to_be_corrected(dialog, workspace):
    new = dialog.findChild(QLineEdit, "new_section")
    new.setText("企画課")
    click(dialog, "add")
    assert names(workspace) == NAMES
    assert "「企画課」は既にあります" in message(dialog)
    assert new.text() == "企画課"


def test_a_name_is_edited_in_the_list(dialog, workspace, qtbot):
    go_to(dialog, "企画課")
    click(dialog, "rename")
    editor = dialog.findChild(QTreeWidget, "sections").findChild(QLineEdit)
    editor.setText("企画政策課")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(workspace)[1] == rows(dialog)[1] == "企画政策課")
    assert dialog.isVisible()


def test_the_delete_key_deletes_a_section_but_not_while_its_name_is_edited(
    dialog, workspace, qtbot
):
    go_to(dialog, "企画課")
    click(dialog, "rename")
    tree = dialog.findChild(QTreeWidget, "sections")
    editor = tree.findChild(QLineEdit)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert names(workspace) == NAMES
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    assert names(workspace) == ["市民活動推進課", "総務課"]


def test_a_refused_name_gives_way_to_the_old_one(dialog, workspace):
    go_to(dialog, "企画課").setText(0, "総務課")
    assert rows(dialog) == names(workspace) == NAMES
    assert message(dialog)


def test_sections_are_moved_as_far_as_the_list_goes(dialog, workspace):
    go_to(dialog, "総務課")
    assert not dialog.findChild(QPushButton, "down").isEnabled()
    click(dialog, "up")
    click(dialog, "up")
    assert names(workspace) == rows(dialog) == ["総務課", "市民活動推進課", "企画課"]
    assert not dialog.findChild(QPushButton, "up").isEnabled()


def test_an_unused_section_is_deleted(dialog, workspace):
    go_to(dialog, "企画課")
    click(dialog, "delete")
    assert rows(dialog) == ["市民活動推進課", "総務課"]
    workspace.undo()
    assert names(workspace) == NAMES


def test_one_in_use_is_not_deleted_and_says_by_how_many(dialog, workspace):
    section = list(workspace.outline.sections.values())[1]
    assign(workspace, [action_of(workspace.outline, "市民活動保険の導入")], section.id, Role.LEAD)
    go_to(dialog, "企画課")
    click(dialog, "delete")
    assert rows(dialog) == NAMES
    assert "実行計画1件" in message(dialog)


def test_a_plan_that_is_only_read_cannot_be_edited_here(qtbot, sample_file, clock):
    plan = opened(sample_file, clock, read_only=True)
    dialog = SectionsDialog(plan.workspace)
    qtbot.addWidget(dialog)
    dialog.open()
    buttons = [dialog.findChild(QPushButton, name) for name in ("add", "rename", "delete")]
    assert not any(button.isEnabled() for button in buttons)
    plan.close()
