"""What is remembered comes back, and what is unreadable has its default."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from kyodo_desktop.ui.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.ini")


def again(settings: Settings, tmp_path: Path) -> Settings:
    settings.save()
    return Settings(tmp_path / "settings.ini")


def test_the_recent_files_stand_with_the_last_one_first_and_once(settings, tmp_path):
    for name in ("a", "b", "a"):
        settings.remember_file(Path(f"/{name}.kyodo"))
    assert again(settings, tmp_path).recent_files == [Path("/a.kyodo"), Path("/b.kyodo")]


def test_one_recent_file_is_a_list_too(settings, tmp_path):
    settings.remember_file(Path("/計画, 案.kyodo"))
    assert again(settings, tmp_path).recent_files == [Path("/計画, 案.kyodo")]


def test_no_more_than_eight_recent_files_are_kept(settings):
    for number in range(12):
        settings.remember_file(Path(f"/{number}.kyodo"))
    assert len(settings.recent_files) == 8


def test_the_name_is_that_of_the_login_until_one_is_chosen(tmp_path):
    settings = Settings(tmp_path / "new.ini")
    assert settings.display_name == getpass.getuser()
    settings.display_name = "市民 花子"
    assert settings.display_name == "市民 花子"


def test_the_choices_of_an_export_come_back(settings, tmp_path):
    settings.set_report({"font": "游ゴシック", "sheets": ["データ"]})
    assert again(settings, tmp_path).report == {"font": "游ゴシック", "sheets": ["データ"]}


def test_a_damaged_file_gives_the_defaults(tmp_path):
    file = tmp_path / "broken.ini"
    file.write_text("[General]\nreport=}{\nlast_file=\nrecent_files=\n", encoding="utf-8")
    settings = Settings(file)
    assert settings.report == {}
    assert settings.last_file is None
    assert settings.recent_files == []


def test_a_layout_comes_back_as_it_was(settings, tmp_path):
    settings.set_layout("tree", QByteArray(b"\x00\xff state"))
    assert again(settings, tmp_path).layout("tree") == QByteArray(b"\x00\xff state")
    assert settings.layout("never saved").isEmpty()


def test_the_choices_about_updates_come_back(settings, tmp_path):
    assert settings.update_folder is None
    assert settings.skipped_version == ""
    settings.update_folder = Path("/共有 #1/更新, 100%")
    settings.skipped_version = "0.2.0"
    settings = again(settings, tmp_path)
    assert settings.update_folder == Path("/共有 #1/更新, 100%")
    assert settings.skipped_version == "0.2.0"
    settings.update_folder = None
    assert again(settings, tmp_path).update_folder is None


def test_only_a_user_of_an_earlier_version_is_told_what_moved_and_once(settings):
    assert not settings.is_first_time("fill_down")
    settings.set_layout("splitter", QByteArray(b"as it was"))
    assert not settings.is_first_time("fill_down")
    assert settings.is_first_time("replace")
    assert not settings.is_first_time("replace")


@pytest.mark.parametrize(("text", "percent"), [("", 100), ("125", 125), ("groß", 100)])
def test_the_zoom_is_a_number_of_percent(settings, text, percent):
    settings._store.setValue("zoom", text)
    assert settings.zoom == percent
