"""A workbook is written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.pages.export_file import atomic_export
from tests.disk import kept_from_others


def write(path, content=b"new"):
    with atomic_export(path) as beside:
        beside.write_bytes(content)


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "報告書.xlsx"
    path.write_bytes(b"old")
    return path


def test_the_new_file_takes_the_place_of_the_old(old):
    write(old)
    assert old.read_bytes() == b"new"
    assert list(old.parent.iterdir()) == [old]


def test_an_error_on_the_way_leaves_the_old_file_and_nothing_else(old):
    with pytest.raises(TypeError):
        write(old, "not bytes")
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("報告書.xls", r"「報告書\.xls」.*\.xlsx"),
        ("ない/報告書.xlsx", "フォルダー.*見つかりません。別の保存先"),
        ("フォルダー.xlsx", "「フォルダー.xlsx」という名前のフォルダー.*別の名前"),
        pytest.param(
            f"{'長' * 90}.xlsx",
            "名前が長すぎる.*別の名前",
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows counts letters, not bytes"),
        ),
    ],
)
def test_a_name_that_cannot_be_written_is_refused_before_any_work(tmp_path, name, message):
    (tmp_path / "フォルダー.xlsx").mkdir()
    with pytest.raises(ExportError, match=message), atomic_export(tmp_path / name):
        pytest.fail("the work was begun")
    assert [path.name for path in tmp_path.iterdir()] == ["フォルダー.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows itself locks an open file")
@pytest.mark.parametrize("owner", ["~$報告書.xlsx", ".~lock.報告書.xlsx#"])
def test_a_file_open_in_another_program_is_left_alone(old, owner):
    (old.parent / owner).touch()
    with pytest.raises(ExportError, match=r"「報告書\.xlsx」.*開かれている.*別の名前"):
        write(old)
    assert old.read_bytes() == b"old"


def test_a_file_that_windows_keeps_from_others_is_left_alone(old):
    with kept_from_others(old), pytest.raises(ExportError, match=r"開かれている.*別の名前"):
        write(old)
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_a_read_only_file_is_left_alone(old):
    old.chmod(0o444)
    with pytest.raises(ExportError, match=r"読み取り専用.*別の名前"):
        write(old)
    assert old.read_bytes() == b"old"


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="neither Windows nor root minds the mode of a folder",
)
def test_a_read_only_folder_is_named(old):
    old.parent.chmod(0o555)
    try:
        with pytest.raises(ExportError, match=r"フォルダー.*書き込めない.*別の保存先"):
            write(old)
    finally:
        old.parent.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a file")
def test_a_full_disk_leaves_the_old_file(old):
    code = """if True:
        import resource, sys
        from pathlib import Path
        from kyodo_desktop.domain.errors import ExportError
        from kyodo_desktop.pages.export_file import atomic_export
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            with atomic_export(Path(sys.argv[1])) as beside:
                beside.write_bytes(bytes(5000))
        except ExportError as error:
            sys.stdout.buffer.write(error.message.encode())
    """
    run = subprocess.run([sys.executable, "-c", code, old], capture_output=True, check=True)
    assert "空き容量が足りない" in run.stdout.decode()
    assert "元のファイルはそのままです" in run.stdout.decode()
    new = old.with_name("新しい報告書.xlsx")
    run = subprocess.run([sys.executable, "-c", code, new], capture_output=True, check=True)
    assert "元のファイル" not in run.stdout.decode()
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_what_a_killed_program_left_beside_is_removed(old):
    left = old.with_name("~0123456789ab.xlsx")
    left.write_bytes(b"PK half")
    os.utime(left, (0, 0))
    write(old)
    assert list(old.parent.iterdir()) == [old]


def test_the_new_file_may_be_read_by_those_who_could_read_the_old(old):
    old.chmod(0o640)
    write(old)
    assert old.stat().st_mode & 0o777 == 0o640 or os.name == "nt"
