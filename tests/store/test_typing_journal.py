"""What is typed is on the disk until it is settled, whatever becomes of the process."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kyodo_desktop.domain.inputs import TypedText
from kyodo_desktop.store import typing_journal
from kyodo_desktop.store.typing_journal import TypingJournal, left_texts
from tests.disk import nearly_full_disk, plain_user

ROOT = Path(__file__).parents[2]
KEY, OTHER_KEY = "0123456789abcdef", "fedcba9876543210"
WRITER = """
import sys
from pathlib import Path
from kyodo_desktop.domain.inputs import TypedText
from kyodo_desktop.store.typing_journal import TypingJournal

journal = TypingJournal(Path(sys.argv[1]), sys.argv[2], "計画.kyodo", "市民 花子")
journal.put(TypedText("note:1", "1-(1)-① 市民", "備考", "前", "書きかけ"))
print(journal.flush(), flush=True)
sys.stdin.read()
"""


def text(place="note:1", words="書きかけの言葉", before="前の言葉"):
    return TypedText(place, "4-(2)-① 市民活動", "備考", before, words, "2026-11-30T09:00:00+09:00")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "typing"


@pytest.fixture
def journal(folder):
    journal = TypingJournal(folder, KEY, "計画.kyodo", "市民 花子")
    yield journal
    journal.close()


def left(folder, key=KEY):
    """Return all that is offered, and let go of it."""
    found = left_texts(folder, key)
    texts = [each for one in found for each in one.texts.values()]
    for one in found:
        one.release()
    return texts


def files(folder):
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_what_is_not_settled_is_offered_when_the_journal_is_closed(journal, folder):
    journal.put(text())
    journal.put(text("due:2", "H3"))
    journal.settle("due:2")
    journal.close()
    assert left(folder) == [text()]


def test_a_text_takes_the_place_of_the_earlier_one_of_its_field(journal, folder):
    for words in ("か", "かき", "かきか"):
        journal.put(text(words=words))
        assert journal.flush()
    journal.close()
    assert left(folder) == [text(words="かきか")]


def test_an_emptied_field_is_kept_as_well(journal, folder):
    journal.put(text(words=""))
    journal.close()
    assert left(folder) == [text(words="")]


def test_when_all_is_settled_no_file_is_left(journal, folder):
    journal.put(text())
    assert journal.flush()
    assert files(folder)
    journal.settle("note:1")
    journal.close()
    assert files(folder) == []


def test_nothing_is_made_before_something_is_typed(journal, folder):
    journal.settle("note:1")
    journal.close()
    assert not folder.exists()


def test_a_living_window_keeps_its_texts_to_itself_and_others_have_theirs(journal, folder):
    other = TypingJournal(folder, KEY, "計画.kyodo", "")
    journal.put(text())
    other.put(text("note:2"))
    assert journal.flush()
    assert other.flush()
    assert left(folder) == []
    other.close()
    assert left(folder) == [text("note:2")]
    journal.close()
    assert {each.place for each in left(folder)} == {"note:1", "note:2"}


def test_what_one_window_offers_no_other_one_does(journal, folder):
    journal.put(text())
    journal.close()
    held = left_texts(folder, KEY)
    assert left_texts(folder, KEY) == []
    held[0].release()
    assert left(folder) == [text()]


def test_the_texts_of_another_plan_are_not_offered(journal, folder):
    journal.put(text())
    journal.close()
    assert left(folder, OTHER_KEY) == []
    assert left(folder, "../../0123") == []


def test_a_text_that_is_dropped_is_not_offered_again(journal, folder):
    journal.put(text())
    journal.put(text("note:2"))
    journal.close()
    (held,) = left_texts(folder, KEY)
    held.drop(["note:1"])
    held.release()
    assert left(folder) == [text("note:2")]
    (held,) = left_texts(folder, KEY)
    held.drop(["note:2"])
    held.release()
    assert files(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_killed_process_leaves_what_it_had_written(folder):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, folder, KEY],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout.readline() == b"True\n"
        assert left(folder) == []
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdin.close()
    assert [each.text for each in left(folder)] == ["書きかけ"]
    assert [each.text for each in left(folder)] == ["書きかけ"], "again, until it is dropped"


def test_a_number_of_a_process_that_is_given_again_hides_nothing(journal, folder):
    """This very process wrote the file: its number is alive, its lock is not."""
    journal.put(text())
    journal.close()
    (path,) = folder.glob("*.jsonl")
    assert f'"pid": {os.getpid()}' in path.read_text(encoding="utf-8")
    assert left(folder) == [text()]


@pytest.mark.parametrize("torn", [1, 20, 60])
def test_a_torn_last_line_costs_only_itself(journal, folder, torn):
    journal.put(text())
    assert journal.flush()
    journal.put(text("note:2"))
    journal.close()
    (path,) = folder.glob("*.jsonl")
    path.write_bytes(path.read_bytes()[:-torn])
    assert text() in left(folder)


def test_what_is_no_journal_is_passed_over(journal, folder):
    journal.put(text())
    journal.close()
    (path,) = folder.glob("*.jsonl")
    with path.open("ab") as file:
        file.write(b'\xff\xfe\n[1]\n{"place": 3, "text": "x"}\n' + b"[" * 100_000 + b"\n{}\n")
    assert left(folder) == [text()]


def test_letters_which_no_file_can_hold_are_kept_all_the_same(journal, folder):
    odd = text(words="\ud83d 改行\nと\u2028と\x00")
    journal.put(odd)
    journal.close()
    assert left(folder) == [odd]


def test_a_full_disk_is_told_to_the_log_once_and_tried_again(journal, folder, caplog, monkeypatch):
    monkeypatch.setattr(typing_journal, "_RETRY", 0.02)
    with nearly_full_disk(100):
        for words in ("一", "二", "三"):
            journal.put(text(words=words * 50))
            assert not journal.flush(0.1)
        assert journal.is_failing
    assert journal.flush()
    assert not journal.is_failing
    assert len(caplog.records) == 1
    journal.close()
    assert left(folder) == [text(words="三" * 50)]


def test_a_disk_that_fills_up_keeps_what_was_there(journal, folder, monkeypatch):
    monkeypatch.setattr(typing_journal, "_RETRY", 0.02)
    journal.put(text())
    assert journal.flush()
    (path,) = folder.glob("*.jsonl")
    with nearly_full_disk(path.stat().st_size + 30):
        journal.put(text("note:2", "二" * 50))
        assert not journal.flush(0.1)
        journal.close()
    assert text() in left(folder)


def test_a_folder_that_may_not_be_written_troubles_nobody(tmp_path, caplog):
    with plain_user():
        journal = TypingJournal(Path("/proc/typing"), KEY, "", "")
        journal.put(text())
        assert not journal.flush(0.1)
        journal.close()
        assert left_texts(Path("/proc/typing"), KEY) == []
    assert [each.levelname for each in caplog.records] == ["WARNING"]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows other permissions")
def test_only_the_user_may_read_it(journal, folder):
    journal.put(text())
    assert journal.flush()
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="Windows knows other permissions")
def test_what_is_written_anew_is_for_the_user_again(journal, folder):
    journal.put(text())
    journal.put(text("due:2", "H3"))
    journal.close()
    [path] = folder.glob("*.jsonl")
    path.chmod(0o644)
    [found] = left_texts(folder, KEY)
    found.drop(["due:2"])
    found.release()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert left(folder) == [text()]


def test_it_is_on_the_disk_though_typing_never_pauses(journal, folder):
    assert typing_journal.PAUSE < 0.5
    for number in range(10_000):
        journal.put(text(words=f"{number}字"))
        time.sleep(0.002)
        if any(folder.glob("*.jsonl")):
            return
    pytest.fail("it waits for a pause")


def test_ten_thousand_keystrokes_do_not_make_it_grow(journal, folder, monkeypatch):
    monkeypatch.setattr(typing_journal, "PAUSE", 0)
    monkeypatch.setattr(typing_journal.os, "fsync", lambda _handle: None)
    largest, words = 0, ""
    for number in range(10_000):
        words = f"{words}あ"[-2_000:]
        journal.put(text(words=words[number % 3 :]))
        if number % 500 == 0:
            assert journal.flush()
            largest = max([largest, *(each.stat().st_size for each in folder.glob("*.jsonl"))])
    journal.close()
    assert 0 < largest < 2 * typing_journal._ROOM
    assert len(left(folder)) == 1


def test_the_folder_is_kept_small_and_the_newest_stay(folder, monkeypatch):
    for number in range(4):
        journal = TypingJournal(folder, KEY, "", "")
        journal.put(text(f"note:{number}", "長い文" * 100))
        journal.close()
        for path in folder.glob("*.jsonl"):
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10))
    size = max(each.stat().st_size for each in folder.glob("*.jsonl"))
    monkeypatch.setattr(typing_journal, "_FOLDER_ROOM", 2 * size + 10)
    journal = TypingJournal(folder, OTHER_KEY, "", "")
    journal.put(text())
    journal.close()
    assert [each.place for each in left(folder)] == ["note:2", "note:3"]


def test_what_was_left_half_written_goes_with_the_next_journal(journal, folder):
    folder.mkdir()
    for name in ("0-1.new", "0-1.jsonl.lock"):
        (folder / name).touch()
    journal.put(text())
    assert journal.flush()
    assert not [name for name in files(folder) if name.startswith("0-1")]
