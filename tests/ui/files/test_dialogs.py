"""A backup is chosen by its date and counts; one that cannot be read is not offered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTreeWidget

from kyodo_desktop.services.files import backups_of, restore
from kyodo_desktop.services.structure import rename
from kyodo_desktop.ui.files.dialogs import RestoreDialog
from tests.builders import node_of, opened


@pytest.fixture
def backups(sample_file, clock):
    """Two daily backups; the older one is damaged."""
    opened(sample_file, clock).close()
    [first] = backups_of(sample_file)
    first.path.write_bytes(b"not a database")
    clock.time += timedelta(days=1)
    opened(sample_file, clock).close()
    return backups_of(sample_file)


@pytest.fixture
def dialog(qtbot, backups):
    dialog = RestoreDialog(backups)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


@pytest.fixture
def rows(dialog):
    tree = dialog.findChild(QTreeWidget, "backups")
    return [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]


def test_a_backup_shows_its_date_its_size_and_its_counts(rows, backups):
    texts = [rows[0].text(column) for column in range(6)]
    assert texts[0].startswith(("令和", "平成"))
    assert texts[1] == backups[0].path.name
    assert texts[2].endswith(("KB", "kB"))
    assert texts[3:] == ["19", "32", "33"]


def test_one_that_cannot_be_read_is_marked_and_not_offered(dialog, rows):
    assert "読み取れません" in rows[1].text(1)
    assert not rows[1].flags() & Qt.ItemFlag.ItemIsSelectable
    rows[1].setSelected(True)
    assert dialog.chosen is None


def test_nothing_is_restored_before_one_is_chosen(dialog):
    button = dialog.findChild(QPushButton, "restore")
    assert not button.isEnabled()
    dialog.accept()
    assert dialog.isVisible()


def test_it_says_that_the_present_file_is_kept(dialog):
    assert "今のファイルは" in dialog.findChild(QLabel, "explanation").text()


def test_it_says_how_much_room_the_backups_take_and_may_take(dialog):
    text = dialog.findChild(QLabel, "explanation").text()
    assert "バックアップは全部で" in text
    assert "合計500" in text


def test_one_of_another_name_or_another_plan_says_so(qtbot, backups):
    former = backups[0]._replace(former_name="前期計画")
    dialog = RestoreDialog([former, backups[0]._replace(is_other=True)])
    qtbot.addWidget(dialog)
    tree = dialog.findChild(QTreeWidget, "backups")
    texts = [tree.topLevelItem(row).text(1) for row in range(2)]
    assert texts == [
        f"「前期計画」だったとき（{former.path.name}）",
        f"別の計画（{former.path.name}）",
    ]


def test_the_chosen_one_is_given_and_can_be_restored(dialog, rows, qtbot, sample_file, clock):
    plan = opened(sample_file, clock)
    rename(plan.workspace, node_of(plan.workspace.outline, "環境づくり"), "変えた題")
    plan.close()
    rows[0].treeWidget().setCurrentItem(rows[0])
    with qtbot.waitSignal(dialog.accepted):
        dialog.findChild(QPushButton, "restore").click()
    assert restore(sample_file, dialog.chosen, clock()).exists()
    plan = opened(sample_file, clock)
    assert node_of(plan.workspace.outline, "環境づくり")
    plan.close()


def test_where_there_is_no_backup_it_says_so(qtbot):
    dialog = RestoreDialog([])
    qtbot.addWidget(dialog)
    dialog.open()
    assert "まだありません" in dialog.findChild(QLabel, "explanation").text()
    assert dialog.chosen is None
