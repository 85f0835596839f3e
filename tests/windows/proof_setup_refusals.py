"""What keeps Setup from its work is told in its code and its log, and nothing is changed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.windows.pc import (
    NEWER_SETUP,
    OLDER_SETUP,
    PC,
    PYTHON,
    SECONDS,
    SETUP,
    UNINSTALL_KEY,
    until,
    windows_path,
)
from tests.windows.setups import (
    Exit,
    files,
    is_whole,
    lines,
    run,
    small_disk,
    stopped,
    temporary_files_on,
)

FILE_SYSTEM = r"HKLM\System\CurrentControlSet\Control\FileSystem"
# A question of Setup's, answered as its user would.
ANSWER = """
import ctypes, sys, time
from ctypes import wintypes
user = ctypes.windll.user32
end = time.monotonic() + float(sys.argv[2])
text = ctypes.create_unicode_buffer(2000)
dialog = 0
while not (text.value and user.GetDlgItem(dialog, int(sys.argv[1]))) and time.monotonic() < end:
    time.sleep(0.1)
    dialog = user.FindWindowW("#32770", None)  # on a slow PC first the one that counts to 100 %
    user.GetWindowTextW(user.GetDlgItem(dialog, 0xFFFF), text, 2000)
sys.stdout.buffer.write(text.value.encode())
while user.IsWindow(dialog) and time.monotonic() < end:
    user.PostMessageW(dialog, 0x0111, int(sys.argv[1]), 0)
    time.sleep(0.1)
"""
# Keeps a folder open for itself as long as a file is there.
HOLD = """
import ctypes, os, sys, time
opened = ctypes.windll.kernel32.CreateFileW(sys.argv[1], 0x80000000, 0, None, 3, 0x02000000, None)
open(sys.argv[2], "w").close()
while os.path.exists(sys.argv[2]):
    time.sleep(0.1)
"""
RUN = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1]))"
ANSWER_NO = "7"
ANSWER_OK = "1"
NEEDED = re.compile(r"必要なのは (\d+) MB")
# Wine knows one user, who is always the one that is signed in.
SESSION_OF_ANOTHER = r"""
#include <windows.h>
#include <string.h>
BOOL WINAPI WTSQuerySessionInformationW(HANDLE s, DWORD id, int kind, WCHAR **text, DWORD *bytes)
{
    *text = calloc(256, sizeof **text);
    wcscpy(*text, kind == 7 ? L"CITY" : L"hanako");
    return TRUE;
}
void WINAPI WTSFreeMemory(void *text) { free(text); }
"""


@pytest.fixture
def empty(pc, home):
    """No version is there."""
    shutil.rmtree(home, ignore_errors=True)
    pc.run("reg", "delete", UNINSTALL_KEY, "/f")


@pytest.fixture
def older(pc, home, empty):
    """The older version is there; its files with their sizes."""
    assert run(pc, OLDER_SETUP).code == Exit.DONE
    return files(home)


def test_a_second_setup_leaves_the_first_one_alone(pc, home, empty, tmp_path):
    log = tmp_path / "first.log"
    with stopped(pc, NEWER_SETUP, f"/LOG={windows_path(log)}", at=home / "_kyodo_new") as first:
        second = run(pc, OLDER_SETUP)
        assert second.code == Exit.BUSY
        assert "もう1つ動いている" in second.end
        assert (home / "_kyodo_new").exists()
    assert first.returncode == 0
    assert lines(log)[-1] == "終わりました。（終了コード 0）"
    assert is_whole(home)
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "99.0.0"


def test_a_setup_and_the_uninstaller_keep_out_of_each_others_way(pc, home, older):
    with stopped(pc, NEWER_SETUP, at=home / "_kyodo_new") as first:
        assert run(pc, home / "uninstall.exe").code == Exit.BUSY
        assert files(home).items() >= older.items()
    assert first.returncode == 0
    assert is_whole(home)


def test_a_setup_that_was_killed_keeps_no_other_from_working(pc, home, empty):
    with stopped(pc, NEWER_SETUP, at=home / "_kyodo_new") as first:
        first.kill()
    assert run(pc, NEWER_SETUP).code == Exit.DONE
    assert is_whole(home)


def test_files_that_vanish_while_they_are_unpacked_are_missed(pc, home, older, tmp_path):
    log = tmp_path / "a.log"
    unpacked = home / "_kyodo_new" / "_internal"
    with stopped(pc, NEWER_SETUP, f"/LOG={windows_path(log)}", at=unpacked / "PySide6") as setup:
        next(each for each in unpacked.iterdir() if each.is_file()).unlink()
    assert setup.returncode == Exit.FAILED
    assert "展開したファイルがそろっていません" in lines(log)[-1]
    assert files(home) == older
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "0.0.1"


@pytest.mark.parametrize("place", ["", r"Q:\よそのPCの場所"], ids=["deleted", "of another PC"])
def test_a_registration_without_the_program_keeps_nobody_from_installing(pc, home, empty, place):
    assert run(pc, NEWER_SETUP).code == Exit.DONE
    shutil.rmtree(home)
    if place:
        pc.run("reg", "add", UNINSTALL_KEY, "/v", "InstallLocation", "/d", place, "/f")
    assert run(pc, OLDER_SETUP).code == Exit.DONE
    assert is_whole(home)
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == "0.0.1"
    assert pc.registered(UNINSTALL_KEY, "InstallLocation").endswith(r"Programs\KyodoDesktop")


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        (r"Q:\KyodoDesktop", "「Q:\\KyodoDesktop」に書き込めません"),
        (r"\\nobody\nothing\KyodoDesktop", "に書き込めません"),
        ("C:\\", "ドライブから書いたフォルダーの名前ではありません"),
        ("KyodoDesktop", "ドライブから書いたフォルダーの名前ではありません"),
        ('C:\\KyodoDesktop /LOG="C:\\a.log"', "/D= は引用符で囲むか"),
        ("C:\\" + "市民協働課のフォルダー\\" * 20 + "終", "長すぎて"),
    ],
    ids=[
        "no such drive",
        "no such share",
        "a whole drive",
        "not from a drive",
        "a switch",
        "long",
    ],
)
def test_a_folder_that_cannot_be_used_is_told_with_the_reason(pc, empty, folder, told):
    before = set((pc.prefix / "drive_c").iterdir())
    done = run(pc, NEWER_SETUP, folder=folder)
    assert done.code == Exit.FOLDER_UNUSABLE
    assert told in done.end
    assert set((pc.prefix / "drive_c").iterdir()) == before


@pytest.mark.parametrize(
    "words",
    [
        '/D="{folder}" /S /LOG="{log}"',
        '/S /LOG="{log}" /D="{folder}"',
        '"/D={folder}" /S "/LOG={log}"',  # as PowerShell writes it
        r'/S "/D=\"{folder}\"" "/LOG=\"{log}\""',  # as it does of quotes within quotes
        '/S /LOG="{log}" /D={folder}',
    ],
)
def test_a_folder_and_a_log_are_understood_in_quotes_and_in_any_order(pc, home, empty, words):
    folder, log = pc.prefix / "drive_c" / "市民 協働課" / "kyodo", pc.home / "その 記録.log"
    log.unlink(missing_ok=True)
    line = words.format(folder=windows_path(folder), log=windows_path(log))
    assert pc.run(PYTHON, "-c", RUN, f'"{windows_path(NEWER_SETUP)}" {line}').code == Exit.DONE
    assert lines(log)[-1] == "終わりました。（終了コード 0）"
    assert is_whole(folder)
    assert not home.exists()
    shutil.rmtree(folder.parent)


@pytest.mark.parametrize("log", ['/LOG="{log}" ', ""], ids=["before", "after"])
def test_a_log_that_stands_with_an_unusable_folder_is_written(pc, home, empty, tmp_path, log):
    path = windows_path(tmp_path / "a.log")
    before = log.format(log=path)
    after = "" if log else f' /S /LOG="{path}"'
    line = f'"{windows_path(NEWER_SETUP)}" /S {before}/D="Q:\\a b"{after}'
    assert pc.run(PYTHON, "-c", RUN, line).code == Exit.FOLDER_UNUSABLE
    assert "「Q:\\a b」に書き込めません" in lines(tmp_path / "a.log")[-1]
    assert not home.exists()


def test_a_folder_with_a_program_of_anothers_is_refused(pc, empty, tmp_path):
    (tmp_path / "foo.exe").write_bytes(b"theirs")
    done = run(pc, NEWER_SETUP, folder=windows_path(tmp_path))
    assert done.code == Exit.FOLDER_UNUSABLE
    assert "ほかのプログラムが入っています" in done.end
    assert [each.name for each in tmp_path.iterdir()] == ["foo.exe"]


def test_what_another_program_holds_is_named(pc, home, empty, tmp_path):
    assert run(pc, NEWER_SETUP).code == Exit.DONE
    before, sign = files(home), tmp_path / "held"
    inside = windows_path(home / "_internal")
    holder = pc.start(PYTHON, "-c", HOLD, inside, windows_path(sign))
    until(sign.exists)
    try:
        done = [run(pc, each) for each in (NEWER_SETUP, home / "uninstall.exe")]
    finally:
        sign.unlink()
        holder.wait(SECONDS)
    for each in done:
        assert each.code == Exit.FAILED
        assert re.search(r"動かせなかったもの: 「C:\\[^」]+\\_internal」", each.end)
        moved = re.compile(r"「C:\\[^」]+\\_internal」を「C:\\[^」]+\\_kyodo_old\\_internal」に")
        assert any(moved.match(line) for line in each.lines)
    assert files(home) == before


def test_a_long_folder_does_where_windows_allows_it(pc, empty):
    folder = "/".join(["市民協働課のフォルダー" * 7] * 3)
    assert len(f"C:/{folder}") > 230
    pc.run("reg", "add", FILE_SYSTEM, "/v", "LongPathsEnabled", "/t", "REG_DWORD", "/d", "1", "/f")
    try:
        assert run(pc, NEWER_SETUP, folder=f"C:\\{folder}".replace("/", "\\")).code == Exit.DONE
    finally:
        pc.run("reg", "delete", FILE_SYSTEM, "/v", "LongPathsEnabled", "/f")
    installed = pc.prefix / "drive_c" / folder
    assert is_whole(installed)
    assert pc.run(installed / "kyodo.exe", "--version").code == 0
    assert run(pc, installed / "uninstall.exe").code == Exit.DONE


@pytest.fixture
def stage():
    """A folder that everybody may look into, as pytest's own may not."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_folder_of_anothers_is_not_taken_for_a_program_that_runs(pc, empty, stage):
    theirs = stage / "KyodoDesktop"
    assert run(pc, OLDER_SETUP, folder=windows_path(theirs)).code == Exit.DONE
    before = files(theirs)
    subprocess.run(["chmod", "-R", "a+rX,go-w", theirs], check=True)
    plain = PC(stage / "user" / "pc", plain_user=True)
    plain.prefix.parent.mkdir()
    plain.switch_on()
    try:
        done = run(plain, shutil.copy(NEWER_SETUP, stage), folder=windows_path(theirs))
        gone = run(plain, theirs / "uninstall.exe")
    finally:
        plain.switch_off()
    assert done.code == Exit.FOLDER_UNUSABLE
    assert "に書き込めません" in done.end
    assert "権限" in done.end
    assert gone.code == Exit.FOLDER_UNUSABLE
    assert files(theirs) == before


def test_too_small_a_drive_is_told_beforehand(pc, empty):
    with small_disk(pc, "s:", 60) as disk:
        done = run(pc, NEWER_SETUP, folder=r"S:\KyodoDesktop")
        assert done.code == Exit.NO_SPACE
        assert "「S:\\」の空き容量が足りません" in done.end
        assert list(disk.iterdir()) == []
    with small_disk(pc, "t:", 3), temporary_files_on(pc, "T:"):
        done = run(pc, NEWER_SETUP)
        assert done.code == Exit.NO_SPACE
        assert "「T:\\」" in done.end
        assert "一時ファイルの場所" in done.end


def test_what_setup_asks_for_is_enough(pc, empty):
    with small_disk(pc, "s:", 60), temporary_files_on(pc, "S:"):
        told = run(pc, NEWER_SETUP, folder=r"S:\KyodoDesktop").end
    needed = int(told.partition("足りません。")[2].partition(" MB")[0])
    with small_disk(pc, "s:", needed + 1) as disk, temporary_files_on(pc, "S:"):
        done = run(pc, NEWER_SETUP, folder=r"S:\KyodoDesktop")
        assert done.code == Exit.DONE
        assert is_whole(disk / "KyodoDesktop")


def test_a_released_setup_needs_no_more_on_both_drives_than_it_asks_for(pc, empty):
    with small_disk(pc, "s:", 1), small_disk(pc, "t:", 3), temporary_files_on(pc, "T:"):
        told = run(pc, SETUP, folder=r"S:\KyodoDesktop")
    asked = [int(each[1]) for line in told.lines if (each := NEEDED.search(line))]
    assert (told.code, len(asked)) == (Exit.NO_SPACE, 2)
    with (
        small_disk(pc, "s:", asked[0]) as disk,
        small_disk(pc, "t:", asked[1] + 1),  # where Setup keeps a part of its own already
        temporary_files_on(pc, "T:"),
    ):
        assert run(pc, SETUP, folder=r"S:\KyodoDesktop").code == Exit.DONE
        assert is_whole(disk / "KyodoDesktop")


def test_an_older_windows_is_refused_in_one_sentence(pc, empty):
    pc.run("winecfg", "-v", "win81")
    try:
        done = run(pc, NEWER_SETUP)
    finally:
        pc.run("winecfg", "-v", "win10")
    assert done.code == Exit.WINDOWS_UNFIT
    assert "Windows 10（バージョン 1809 以降）か Windows 11 が必要です" in done.end


@pytest.fixture
def signed_in_as_another(pc, tmp_path):
    """The variables with which the PC says that somebody else sits at it."""
    code, library = tmp_path / "wtsapi32.c", pc.prefix / "drive_c/windows/system32/wtsapi32.dll"
    code.write_text(SESSION_OF_ANOTHER, encoding="ascii")
    before = library.read_bytes()
    library.unlink()
    compile_it = ["x86_64-w64-mingw32-gcc", "-O2", "-s", "-shared", code, "-o", library]
    subprocess.run(compile_it, check=True)
    yield {"WINEDLLOVERRIDES": "wtsapi32=n;mscoree,mshtml,winemenubuilder.exe,winedbg.exe=d"}
    library.write_bytes(before)


def test_another_account_than_the_one_signed_in_is_told(pc, home, empty, signed_in_as_another):
    done = run(pc, NEWER_SETUP, **signed_in_as_another)
    assert done.code == Exit.DONE
    assert [each for each in done.lines if "サインインしている「CITY\\hanako」ではなく" in each]
    assert is_whole(home)


def test_who_is_asked_and_says_no_gets_nothing_installed(pc, home, empty, signed_in_as_another):
    setup = pc.start(NEWER_SETUP, **signed_in_as_another)
    asked = pc.run(PYTHON, "-c", ANSWER, ANSWER_NO, SECONDS).output
    assert setup.wait(SECONDS) == Exit.CANCELLED
    assert "「CITY\\hanako」のスタートメニューには現れません" in asked
    assert "普通にダブルクリック" in asked
    assert not home.exists()


def test_the_account_that_is_signed_in_is_not_spoken_of(pc, empty):
    assert not [each for each in run(pc, NEWER_SETUP).lines if "サインイン" in each]


def test_a_log_is_added_to(pc, empty, tmp_path):
    log = tmp_path / "既にある 記録.log"
    log.write_text("前からある行\n", encoding="utf-8")
    for setup, words in (
        (NEWER_SETUP, f'/S /LOG="{windows_path(log)}"'),
        (OLDER_SETUP, f'"/LOG={windows_path(log)}" /S'),  # as PowerShell writes it
    ):
        pc.run(PYTHON, "-c", RUN, f'"{windows_path(setup)}" {words}')
    told = log.read_text(encoding="utf-8").splitlines()
    assert told[0] == "前からある行"
    assert "終わりました。（終了コード 0）" in told[-3]
    assert told[-1].endswith("先に今のバージョンを削除してください。（終了コード 6）")


@pytest.mark.parametrize("log", [r"Q:\nowhere\a.log", r"%NOWHERE%\a.log"])
def test_a_log_that_cannot_be_written_is_kept_with_the_temporary_files(pc, home, empty, log):
    spare = pc.temp / "KyodoDesktop-Setup.log"
    spare.unlink(missing_ok=True)
    assert pc.run(NEWER_SETUP, "/S", f"/LOG={log}").code == Exit.DONE
    assert is_whole(home)
    told = lines(spare)
    assert "に書けないため（理由: " in told[0]
    assert log in told[0]
    assert told[-1] == "終わりました。（終了コード 0）"


def test_a_log_may_be_named_by_a_variable(pc, home, empty):
    log = pc.temp / "名前.log"
    assert pc.run(NEWER_SETUP, "/S", r"/LOG=%TEMP%\名前.log").code == Exit.DONE
    assert lines(log)[-1] == "終わりました。（終了コード 0）"


def test_who_sees_a_window_is_told_where_the_log_is(pc, home, empty):
    setup = pc.start(NEWER_SETUP, r"/LOG=Q:\nowhere\a.log", r"/D=Q:\nowhere")
    told = pc.run(PYTHON, "-c", ANSWER, ANSWER_OK, SECONDS).output
    setup.kill()
    setup.wait(SECONDS)
    assert "Q:\\nowhere\\a.log" in told
    assert "KyodoDesktop-Setup.log" in told
