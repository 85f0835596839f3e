"""The one door: an edit is saved, undone, done again and told, or leaves everything as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import BusyError, ConflictError, RefusedError, StorageError
from kyodo_desktop.services import progress, removing
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries
from kyodo_desktop.store.tables import ActionRow, AssignmentRow, SectionRow
from tests import edits
from tests.builders import action_of, node_of, opened
from tests.effort import cases


def note(workspace):
    return workspace.outline.actions[1].note


def steps(workspace):
    return len(entries(workspace, limit=2000))


def limit_pages(workspace, pages):
    with workspace.reading() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")


def test_an_edit_is_saved_at_once(workspace, sample_file, clock):
    edits.set_note(workspace, 1, "メモ")
    reader = opened(sample_file, clock, read_only=True)
    assert note(reader.workspace) == "メモ"
    reader.close()
    assert workspace.saved_at == clock()


def test_undo_and_redo_go_back_and_forth(workspace):
    edits.set_note(workspace, 1, "メモ")
    assert (workspace.undo_label, workspace.redo_label) == ("備考を入力", None)
    workspace.undo()
    assert (note(workspace), workspace.undo_label, workspace.redo_label) == (
        "",
        None,
        "備考を入力",
    )
    workspace.redo()
    assert (note(workspace), workspace.undo_label, workspace.redo_label) == (
        "メモ",
        "備考を入力",
        None,
    )


def test_where_there_is_nothing_to_take_back_nothing_happens(workspace):
    before = steps(workspace)
    assert workspace.undo() is None
    assert workspace.redo() is None
    assert steps(workspace) == before


def test_a_new_edit_ends_what_could_be_done_again(workspace):
    edits.set_start(workspace, 1, 2015)
    workspace.undo()
    edits.set_start(workspace, 1, 2016)
    assert workspace.redo() is None


@pytest.mark.deep
def test_far_more_steps_than_200_can_be_taken_back(workspace):
    before, steps = dump(workspace), cases(quick=210, deep=1_000)
    for number in range(steps):
        edits.set_start(workspace, 1 + number % 5, 1900 + number % 300)
    after, taken = dump(workspace), 0
    while workspace.undo():
        taken += 1
    assert taken == steps
    assert dump(workspace) == before
    while workspace.redo():
        pass
    assert dump(workspace) == after


def test_an_edit_that_changes_nothing_leaves_no_step(workspace):
    before = steps(workspace)
    edits.set_start(workspace, 1, workspace.outline.actions[1].start_fiscal_year)
    assert workspace.undo_label is None
    assert workspace.saved_at is None
    assert steps(workspace) == before


def test_what_is_refused_only_when_it_is_saved_is_taken_back_whole(workspace):
    before = dump(workspace)

    def assign_to_nobody():
        with workspace.transact("無い担当課") as session:
            session.get_one(ActionRow, 2).note = "半分"
            session.add(AssignmentRow(action_id=1, section_id=999, role="lead"))

    with pytest.raises(RefusedError, match="決まりに合わない"):
        assign_to_nobody()
    edits.set_note(workspace, 1, "次のメモ")
    workspace.undo()
    assert dump(workspace) == before


def test_while_another_program_reads_nothing_is_half_saved_and_later_all_is(
    workspace, sample_file
):
    with workspace.reading() as connection:
        connection.execute("PRAGMA busy_timeout = 0")
    before = dump(workspace)
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as backup_tool:
        backup_tool.execute("BEGIN")
        backup_tool.execute("SELECT * FROM action").fetchone()
        with pytest.raises(BusyError, match="使用中"):
            edits.set_note(workspace, 2, "半分")
    edits.set_note(workspace, 1, "次のメモ")
    workspace.undo()
    assert dump(workspace) == before


def test_an_exception_leaves_everything_as_it_was(workspace):
    before, outline = steps(workspace), workspace.outline

    def fail():
        with workspace.transact("失敗") as session:
            session.add(SectionRow(position=1, name="総務課"))
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert workspace.outline is outline
    assert (workspace.undo_label, steps(workspace)) == (None, before)


def test_a_full_disk_changes_nothing_and_the_next_edit_works(workspace, sample_file):
    before, outline = dump(workspace), workspace.outline
    limit_pages(workspace, 1)
    content = sample_file.read_bytes()
    with pytest.raises(StorageError, match="ディスクの空きがないため"):
        edits.set_note(workspace, 1, "あ" * 30_000)
    assert sample_file.read_bytes() == content
    assert workspace.outline is outline
    assert (workspace.undo_label, workspace.saved_at) == (None, None)
    limit_pages(workspace, 100_000)
    assert dump(workspace) == before
    edits.set_note(workspace, 1, "あ" * 30_000)
    assert len(note(workspace)) == 30_000


def test_an_undo_that_fails_can_be_tried_again(workspace):
    edits.set_note(workspace, 1, "あ" * 30_000)
    removing.delete(workspace, [node_of(workspace.outline, "環境づくり")])
    limit_pages(workspace, 1)
    with pytest.raises(StorageError):
        workspace.undo()
    limit_pages(workspace, 100_000)
    assert workspace.undo_label == "「環境づくり」を削除"
    workspace.undo()
    assert len(note(workspace)) == 30_000


def test_listeners_are_told_when_the_new_outline_is_in_place(workspace):
    told = []
    workspace.subscribe(lambda changes: told.append((changes.label, note(workspace))))
    edits.set_note(workspace, 1, "メモ")
    workspace.undo()
    workspace.redo()
    assert told == [
        ("備考を入力", "メモ"),
        ("元に戻す：備考を入力", ""),
        ("やり直し：備考を入力", "メモ"),
    ]


def test_an_undone_delete_brings_back_the_same_rows_with_their_history(workspace):
    action_id = action_of(workspace.outline, "職員研修の実施")
    line = workspace.outline.lines[action_id][1]
    progress.set_line_text(workspace, line.id, "新しい文")
    before = workspace.outline
    removing.delete(workspace, [node_of(workspace.outline, "市の体制")])
    assert action_id not in workspace.outline.actions
    workspace.undo()
    assert workspace.outline == before
    labels = [entry.label for entry in entries(workspace, action_id=action_id)]
    assert labels[-1] == "進捗状況を入力"
    assert len(labels) == 3


def test_a_row_that_breaks_a_rule_is_refused_in_words(workspace):
    def add_twice():
        with workspace.transact("追加") as session:
            session.add(SectionRow(position=1, name="市民活動推進課"))

    with pytest.raises(RefusedError, match="計画の決まりに合わないため"):
        add_twice()
    assert len(workspace.outline.sections) == 1


@pytest.mark.parametrize("redo", [False, True])
def test_what_somebody_else_wrote_since_is_named_and_neither_undone_nor_redone(
    workspace, sample_file, redo
):
    edits.set_note(workspace, 2, "前のメモ")
    edits.set_note(workspace, 1, "メモ")
    if redo:
        workspace.undo()
    with closing(sqlite3.connect(sample_file)) as other, other:
        other.execute("UPDATE action SET note = '別の窓で' WHERE id = 1")
    with pytest.raises(ConflictError, match="実行計画の備考がさらに変更されています。今の内容は"):
        (workspace.redo if redo else workspace.undo)()
    with closing(sqlite3.connect(sample_file)) as other:
        assert other.execute("SELECT note FROM action WHERE id = 1").fetchone() == ("別の窓で",)
    workspace.undo()  # what lies below can still be taken back
    assert (workspace.undo_label, workspace.outline.actions[2].note) == (None, "")
