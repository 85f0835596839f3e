"""A file of 〇〇_バックアップ is looked at, and is never taken for the plan itself."""

from __future__ import annotations

import pytest

from kyodo_desktop.paths import user_journal_folder
from kyodo_desktop.services import files
from kyodo_desktop.services.typing_journal import text_at
from kyodo_desktop.store.typing_journal import TypingJournal
from tests import edits
from tests.builders import action_of

ACTION = "市民活動支援補助金の創設"


@pytest.fixture
def backup(sample_file, clock):
    return files.back_up_now(sample_file, clock())


@pytest.fixture
def shown(empty_window, backup, qtbot):
    """The window on the backup, after it has seen that nobody edits it."""
    assert empty_window.files.open(backup)
    file_state = empty_window.features.file_state
    file_state._timer.setInterval(0)
    qtbot.waitUntil(lambda: empty_window.plan.may_edit)
    yield empty_window
    file_state._timer.setInterval(500)


def test_a_backup_says_so_and_is_only_read(shown, backup):
    assert shown.strip.state.text == "バックアップ　読み取り専用"
    assert "元の計画を開いて" in shown.strip.state.accessibleName()
    assert f"バックアップ {backup.stem}" in shown.windowTitle()
    assert not shown.actions_by_name["add_action"].isEnabled()


def test_a_backup_is_edited_when_that_is_asked_for(shown, qtbot):
    shown.features.file_state.ask_to_edit()
    qtbot.waitUntil(lambda: not shown.plan.workspace.read_only_because)
    assert shown.strip.state.text.startswith("バックアップを編集中")
    assert "バックアップ" in shown.windowTitle()


def test_a_backup_is_not_remembered_as_a_plan(shown, sample_file, backup):
    shown.settings.last_file = sample_file
    shown.close()
    assert backup not in shown.settings.recent_files
    assert not shown.settings.plan_memory(backup)
    assert shown.settings.last_file == sample_file


def left_in(file, workspace):
    """Leave a text behind as a window does that was killed while it had this file."""
    journal = TypingJournal(user_journal_folder(), workspace.plan_key, str(file), "")
    action = action_of(workspace.outline, ACTION)
    journal.put(text_at(workspace.outline, edits.set_note, action, "書きかけ", ""))
    journal.close()


def is_offered(window):
    window.features.typed.offer()
    return window.features.typed._dialog is not None


def test_what_was_typed_into_the_plan_is_not_offered_in_its_backup(shown, sample_file, backup):
    left_in(sample_file, shown.plan.workspace)
    assert not is_offered(shown)
    assert shown.files.open(sample_file)
    assert is_offered(shown)


def test_what_was_typed_into_a_plan_that_was_renamed_is_offered(shown, sample_file, backup):
    left_in(sample_file, shown.plan.workspace)
    moved = sample_file.rename(sample_file.with_stem("新しい名前"))
    assert shown.files.open(moved)
    assert is_offered(shown)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("計画_バックアップ/計画_2026-11-30.kyodo", True),
        ("計画_バックアップ/計画_2026-11-30_101500_手動.kyodo", True),
        ("計画_バックアップ/ほかの計画.kyodo", False),
        ("計画/計画_2026-11-30.kyodo", False),
    ],
)
def test_a_backup_is_known_by_its_place_and_its_name(tmp_path, place, expected):
    assert files.is_backup(tmp_path / place) is expected
