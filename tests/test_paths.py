"""Where the program looks for its own files and for those of its user."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kyodo_desktop import paths

ROOT = Path(__file__).parents[1]
OF_THE_USER = (
    paths.user_settings_file,
    paths.user_log_folder,
    paths.user_data_folder,
    paths.user_update_folder,
    paths.former_update_folder,
)


def test_from_source_the_program_finds_its_files_in_the_source_tree():
    assert paths.bundled("db", "env.py") == ROOT / "db" / "env.py"
    assert paths.bundled("resources").is_dir()


def test_from_a_bundle_it_finds_them_in_the_bundle(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.bundled("db", "env.py") == tmp_path / "db" / "env.py"


def test_one_variable_moves_everything_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("KYODO_DESKTOP_HOME", str(tmp_path))
    assert all(place().is_relative_to(tmp_path) for place in OF_THE_USER)


@pytest.mark.parametrize("home", [None, ""])
def test_without_it_the_system_says_where(monkeypatch, home):
    monkeypatch.delenv("KYODO_DESKTOP_HOME", raising=False)
    if home is not None:
        monkeypatch.setenv("KYODO_DESKTOP_HOME", home)
    assert all(place().is_absolute() for place in OF_THE_USER)
    assert all("kyodo_desktop" in place().parts for place in OF_THE_USER)


@pytest.fixture
def note(monkeypatch, tmp_path):
    """What Setup writes beside the program."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "KyodoDesktop.exe"))
    return tmp_path / "installed_from.txt"


class TestInstalledFrom:
    @pytest.mark.parametrize("end", ["", "\r\n"])
    def test_an_installed_program_knows_where_from(self, note, end):
        note.write_bytes(b"\xff\xfe" + f"/共有 #1/更新 & 100%{end}".encode("utf-16-le"))
        assert paths.installed_from() == Path("/共有 #1/更新 & 100%")

    def test_an_unpacked_one_does_not(self, note):
        assert paths.installed_from() is None

    @pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\xff\xfe\x00\xd8", b"abc"])
    def test_a_note_that_cannot_be_read_is_empty_outlook(self, note, data):
        note.write_bytes(data)
        assert paths.installed_from() is None

    def test_from_source_there_is_no_such_place(self):
        assert paths.installed_from() is None


class TestUpdateFolder:
    """A path rule for the folder of the installation has to name the Setups in it as well."""

    def test_an_installed_program_brings_updates_into_its_own_folder(self, note):
        note.write_bytes(b"\xff\xfe")  # also where Setup could not tell where it came from
        assert paths.user_update_folder() == note.with_name("_kyodo_update")
        assert paths.former_update_folder() != paths.user_update_folder()

    def test_an_unpacked_one_leaves_its_folder_as_it_is(self, note):
        assert paths.user_update_folder() == paths.former_update_folder()
