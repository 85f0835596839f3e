"""An open plan goes on through whatever happens to its file, and never writes to another's."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from time import monotonic, sleep

import pytest
from sqlmodel import Session

from kyodo_desktop.domain.errors import OvertakenError, ReadOnlyError, UnreachableError
from kyodo_desktop.services import checking, files, new_plan, progress, structure
from kyodo_desktop.services.files import InUseError
from kyodo_desktop.store import lock
from tests import edits
from tests.builders import opened

moves_open_files = pytest.mark.skipif(
    os.name == "nt", reason="Windows lets nobody move a file that is open"
)


def look(plan):
    """Have the file looked at once more, and do what that calls for.

    One look may be under way already, with what was there before: the second one counts.
    """
    for _ in range(2):
        before, end = plan.sight, monotonic() + 10
        plan.look_now()
        while plan.sight is before:
            assert monotonic() < end, "no look at the file"
            sleep(0.001)
    return plan.follow()


def note(plan, text, action_id=1):
    edits.set_note(plan.workspace, action_id, text)


def note_in(plan, action_id=1):
    return plan.workspace.outline.actions[action_id].note


def session_of(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT holder, commits FROM session").fetchone()


@pytest.fixture
def writer(sample_file, clock):
    plan = opened(sample_file, clock)
    plan.watch()
    look(plan)
    yield plan
    plan.close()


@pytest.fixture
def reader(writer, sample_file, clock):
    plan = opened(sample_file, clock, author="別の 太郎", read_only=True)
    plan.watch()
    look(plan)
    yield plan
    plan.close()


@pytest.fixture
def silence(monkeypatch):
    """Nobody is waited for."""
    monkeypatch.setattr(lock, "SILENT_AFTER", 0.0)


def overtake(plan, sample_file, clock):
    """Let another window take a plan over, as after a drop that its holder slept through."""
    plan._lock._unlock()
    other = opened(sample_file, clock, author="別の 太郎")
    assert other.workspace.read_only_because == ""
    return other


def test_a_plan_that_is_only_looked_at_keeps_its_bytes(sample_file, clock):
    before = sample_file.read_bytes()
    plan = opened(sample_file, clock)
    plan.watch()
    look(plan)
    plan.close()
    assert sample_file.read_bytes() == before


def restored(plan, sample_file, clock, made):
    plan.close()
    files.restore(sample_file, made, clock())


def notes_in_file(file):
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT note FROM action WHERE id IN (1, 2) ORDER BY id")
        return [note for (note,) in found]


def test_each_commit_is_counted_and_named_in_its_step(writer, sample_file):
    note(writer, "一")
    note(writer, "二", 2)
    holder, commits = session_of(sample_file)
    assert (len(holder), commits) == (16, 2)
    with closing(sqlite3.connect(sample_file)) as connection:
        numbers = connection.execute("SELECT commit_number FROM operation ORDER BY id").fetchall()
    assert numbers == [(0,), (1,), (2,)]


def test_a_reader_is_told_who_edits_and_sees_each_edit_at_its_next_look(writer, reader):
    assert (reader.holder.who, reader.may_edit) == ("市民 花子", False)
    note(writer, "読めるか")
    progress.add_line(writer.workspace, 1, "新しい行")
    heard = []
    reader.workspace.subscribe(heard.append)
    look(reader)
    assert reader.workspace.outline == writer.workspace.outline
    assert {row.table for changes in heard for row in changes.rows} == {"action", "progress"}
    assert not look(reader)
    assert len(heard) == 1


def test_a_reader_sees_that_typing_came_to_nothing(writer, reader):
    for text in ("途中", "途中まで"):
        edits.set_note(writer.workspace, 1, text)
        look(reader)
    edits.set_note(writer.workspace, 1, "")
    look(reader)
    assert note_in(reader) == ""
    assert reader.workspace.outline == writer.workspace.outline


def test_a_reader_sees_undo_and_what_was_added_moved_and_removed(writer, reader, sample_file):
    outline = writer.workspace.outline
    heading = outline.children[outline.roots[0]][0]
    added = structure.add_heading(writer.workspace, heading)
    structure.rename(writer.workspace, added, "新しい見出し")
    look(reader)
    assert reader.workspace.outline == writer.workspace.outline
    while writer.workspace.undo():
        look(reader)
        assert reader.workspace.outline == writer.workspace.outline


def test_a_reader_reads_anew_when_very_much_has_changed(writer, reader, monkeypatch):
    monkeypatch.setattr("kyodo_desktop.store.news.MOST_ROWS", 3)
    for action_id in range(1, 6):
        note(writer, "メモ", action_id)
    look(reader)
    assert reader.workspace.outline == writer.workspace.outline


def test_a_reader_sees_what_was_confirmed_and_that_it_was_confirmed_anew(writer, reader):
    finding = checking.check(writer.workspace)[0].finding
    for text in ("確認", "もう一度確認"):
        checking.confirm(writer.workspace, finding, text)
        look(reader)
        assert writer.workspace.outline.confirmations
        assert reader.workspace.outline == writer.workspace.outline


def test_a_reader_sees_that_the_plan_was_restored(writer, reader, sample_file, clock):
    made = files.back_up_now(sample_file, clock())
    note(writer, "戻される文")
    look(reader)
    restored(writer, sample_file, clock, made)
    look(reader)
    assert note_in(reader) == ""
    other = opened(sample_file, clock)
    note(other, "戻した後の文", 2)
    look(reader)
    assert [note_in(reader), note_in(reader, 2)] == notes_in_file(sample_file)
    other.close()


def test_a_reader_is_not_told_of_each_sign_of_life(writer, reader, monkeypatch):
    monkeypatch.setattr(lock, "BEAT", 0.0)
    writer._watch._next_beat = 0.0
    look(writer)
    assert not look(reader)
    assert reader.holder.beat


def test_a_reader_may_edit_when_the_writer_has_closed_and_asks(writer, reader):
    note(writer, "先の人")
    reader.ask_to_edit()
    look(reader)
    assert "別のウィンドウで編集中" in reader.workspace.read_only_because
    assert not reader.is_asking
    writer.close()
    look(reader)
    assert reader.may_edit
    reader.ask_to_edit()
    look(reader)
    assert (reader.workspace.read_only_because, reader.may_edit) == ("", False)
    note(reader, "次の人")
    assert note_in(reader) == "次の人"


def test_a_window_that_was_overtaken_writes_nothing_and_reads_what_the_other_wrote(
    writer, sample_file, clock
):
    note(writer, "前")
    other = overtake(writer, sample_file, clock)
    note(other, "別の人の文")
    with pytest.raises(OvertakenError):
        note(writer, "書けない")
    look(writer)
    assert note_in(writer) == "別の人の文"
    assert look(writer)
    assert writer.holder.who == "別の 太郎"
    with pytest.raises(ReadOnlyError):
        note(writer, "まだ書けない")
    other.close()
    look(writer)
    writer.ask_to_edit()
    look(writer)
    note(writer, "また書ける")
    assert session_of(sample_file)[1] == 3


def test_a_copy_that_went_another_way_is_not_gone_on_with_unasked(
    writer, sample_file, clock, tmp_path
):
    copy = tmp_path / "写し" / sample_file.name
    copy.parent.mkdir()
    shutil.copy(sample_file, copy)
    other = opened(copy, clock, author="別の 太郎")
    note(other, "別の道", 2)
    other.close()
    note(writer, "ここの文")
    if os.name != "nt":
        copy.replace(sample_file)
        look(writer)
        assert writer.workspace.read_only_because
        writer.ask_to_edit()
        look(writer)
        note(writer, "読んだうえでの文", 2)
        assert [note_in(writer), note_in(writer, 2)] == notes_in_file(sample_file)


def test_an_edit_whose_answer_was_lost_is_known_after_the_next_look(writer, monkeypatch):
    note(writer, "前")
    look(writer)
    commit = Session.commit

    def commit_without_answer(session):
        commit(session)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    before = writer.sight
    writer.look_now()
    while writer.sight is before:
        sleep(0.001)
    with monkeypatch.context() as drive:
        drive.setattr(Session, "commit", commit_without_answer)
        with pytest.raises(UnreachableError):
            note(writer, "前あ")
    writer.follow()
    assert writer.workspace.out_of_reach, "that look was from before"
    look(writer)
    assert note_in(writer) == "前あ"
    note(writer, "前あい")
    assert writer.workspace.read_only_because == ""


def test_a_window_learns_from_a_look_that_it_was_overtaken(writer, sample_file, clock):
    other = overtake(writer, sample_file, clock)
    note(other, "別の人の文")
    assert look(writer)
    assert "別のウィンドウ" in writer.workspace.read_only_because
    assert note_in(writer) == "別の人の文"
    other.close()
    look(writer)
    assert writer.workspace.read_only_because, "to write again needs a wish"


@pytest.mark.usefixtures("silence")
def test_where_it_is_not_known_whether_somebody_still_edits_it_becomes_known_by_itself(
    sample_file, clock, monkeypatch
):
    monkeypatch.setattr(lock, "SILENT_AFTER", 3600.0)
    sample_file.with_name(f"{sample_file.name}.who").write_text(
        '["別の 太郎", "PC-02", "きのう", "b2", 3]', encoding="utf-8"
    )
    plan = opened(sample_file, clock)
    plan.watch()
    look(plan)
    assert "確かめているため" in plan.workspace.read_only_because
    monkeypatch.setattr(lock, "SILENT_AFTER", 0.0)
    look(plan)
    assert plan.workspace.read_only_because == ""
    note(plan, "書ける")
    plan.close()
    assert len(files.backups_of(sample_file)) == 1


@moves_open_files
def test_a_share_that_goes_and_comes_back_is_gone_on_with(writer, sample_file, tmp_path):
    note(writer, "前")
    gone = sample_file.parent.rename(tmp_path.parent / f"{tmp_path.name}-gone")
    assert look(writer)
    with pytest.raises(UnreachableError, match=r"つながっていないため.*そのまま続けます"):
        note(writer, "書けない")
    gone.rename(sample_file.parent)
    assert look(writer)
    writer.workspace.end_typing()
    note(writer, "後")
    writer.workspace.undo()
    assert note_in(writer) == "前"


@moves_open_files
def test_a_lock_that_cannot_be_had_for_a_moment_is_asked_for_again(writer, sample_file):
    gone = sample_file.parent.rename(sample_file.parent.with_name("よそ"))
    look(writer)
    file = gone / f"{sample_file.name}.lock"
    file.unlink()
    file.mkdir()
    gone.rename(sample_file.parent)
    look(writer)
    assert writer.workspace.out_of_reach
    file = sample_file.with_name(file.name)
    file.rmdir()
    look(writer)
    note(writer, "また書ける")


@moves_open_files
def test_who_types_before_it_is_noticed_that_the_file_was_moved_is_told_the_same(
    writer, sample_file
):
    note(writer, "前")
    moved = sample_file.rename(sample_file.with_name("よそ.kyodo"))
    with pytest.raises(UnreachableError):
        note(writer, "書けない")
    moved.rename(sample_file)
    look(writer)
    note(writer, "後")


@moves_open_files
def test_a_plan_that_was_lost_can_be_opened_again_as_soon_as_it_was_closed(
    writer, sample_file, clock
):
    moved = sample_file.rename(sample_file.with_name("よそ.kyodo"))
    look(writer)
    writer.close()
    moved.rename(sample_file)
    again = opened(sample_file, clock)
    assert again.workspace.read_only_because == ""
    again.close()


@moves_open_files
def test_a_file_that_was_moved_away_is_told_and_its_return_is_enough(writer, sample_file):
    note(writer, "前")
    moved = sample_file.rename(sample_file.with_name("名前を変えた.kyodo"))
    assert look(writer)
    with pytest.raises(UnreachableError, match=r"元の場所にありません.*コピーを保存"):
        note(writer, "書けない")
    moved.rename(sample_file)
    look(writer)
    note(writer, "後")
    with closing(sqlite3.connect(sample_file)) as connection:
        assert connection.execute("SELECT note FROM action WHERE id = 1").fetchone() == ("後",)


@moves_open_files
def test_what_was_written_to_a_file_that_was_deleted_can_be_kept(writer, sample_file, clock):
    note(writer, "残したい文")
    sample_file.unlink()
    look(writer)
    target = sample_file.with_name("控え.kyodo")
    new_plan.save_copy(
        sample_file, target, author="花子", now=clock(), copy=writer.workspace.copy_to
    )
    kept = opened(target, clock)
    assert note_in(kept) == "残したい文"
    assert kept.workspace.plan_key == writer.workspace.plan_key
    kept.close()


@moves_open_files
def test_another_file_in_the_place_of_the_plan_is_never_written_to(
    writer, sample_file, clock, tmp_path
):
    old = shutil.copy(sample_file, tmp_path / "前の控え.kyodo")
    note(writer, "前")
    kept = sample_file.rename(tmp_path / "よけた.kyodo")
    shutil.copy(old, sample_file)
    before = sample_file.read_bytes()
    assert look(writer)
    with pytest.raises(UnreachableError, match="別のファイルに置き換わっています"):
        note(writer, "書けない")
    assert sample_file.read_bytes() == before
    kept.replace(sample_file)
    look(writer)
    note(writer, "後")
    assert session_of(sample_file)[1] == 2


@moves_open_files
def test_a_plan_whose_file_is_away_is_closed_at_once(writer, sample_file):
    sample_file.rename(sample_file.with_name("名前を変えた.kyodo"))
    look(writer)
    writer.close()


@moves_open_files
def test_a_second_name_of_a_file_meets_the_same_lock(writer, sample_file, clock, tmp_path):
    folder = tmp_path / "別の場所"
    folder.mkdir()
    linked = folder / "別名.kyodo"
    linked.symlink_to(sample_file)
    with pytest.raises(InUseError):
        opened(linked, clock)
    linked.unlink()
    linked.hardlink_to(sample_file)
    plan = opened(linked, clock)
    with pytest.raises(ReadOnlyError, match="ハードリンク"):
        note(plan, "書けない")
    plan.close()


def test_a_read_that_comes_out_malformed_is_no_damage_of_a_plan_that_was_whole(writer):
    def read_badly():
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        with writer.workspace.reading():
            raise error

    with pytest.raises(UnreachableError, match="正しく読み取れませんでした"):
        read_badly()
    look(writer)
    note(writer, "また書ける")
