"""A file or a folder that may not be written opens for reading, and says so at an edit."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from kyodo_desktop.domain.errors import OpeningError, ReadOnlyError
from tests import edits
from tests.builders import opened
from tests.disk import plain_user


@pytest.fixture
def public_file(sample_master):
    """The sample in a folder which a plain user may reach (pytest's own are private)."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(shutil.copy(sample_master, folder))
        for path in (file.parent, file):
            path.chmod(0o777)
        yield file
        file.parent.chmod(0o777)


def edit(plan):
    edits.set_note(plan.workspace, 1, "メモ")


def test_a_read_only_file_opens_for_reading(public_file, clock):
    public_file.chmod(0o444)
    before = public_file.read_bytes()
    with plain_user():
        plan = opened(public_file, clock)
        with pytest.raises(ReadOnlyError, match=r"ファイルが読み取り専用のため.*コピーして"):
            edit(plan)
        plan.close()
    assert public_file.read_bytes() == before


def test_a_read_only_folder_opens_for_reading(public_file, clock):
    public_file.parent.chmod(0o555)
    before = public_file.read_bytes()
    with plain_user():
        plan = opened(public_file, clock)
        with pytest.raises(ReadOnlyError, match=r"フォルダーに書き込めないため.*コピーして"):
            edit(plan)
        plan.close()
    assert public_file.read_bytes() == before
    assert list(public_file.parent.iterdir()) == [public_file]


def test_a_file_that_may_not_be_read_is_told(public_file, clock):
    public_file.chmod(0o000)
    with plain_user(), pytest.raises(OpeningError, match="読む権限がない"):
        opened(public_file, clock)
