"""A Setup comes from the shared folder whole and as published, or not at all."""

from __future__ import annotations

import hashlib
import os
import sys

import pytest

from kyodo_desktop.domain.errors import CancelledError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.updating.errors import UpdateError
from kyodo_desktop.updating.fetching import checked, fetched, newer_release
from kyodo_desktop.updating.release import published, read
from tests.updating.share import KEYS, VERSION, publish

NAME = f"KyodoDesktop-{VERSION}-Setup.exe"


@pytest.fixture
def share(tmp_path):
    return publish(tmp_path / "共有 #1" / "更新", setup=os.urandom(3_000_000))


@pytest.fixture
def downloads(tmp_path):
    return tmp_path / "downloads"


def files(folder):
    return sorted(each.name for each in folder.iterdir())


def test_the_setup_is_copied_as_it_was_published(share, downloads):
    download = fetched(published(share, KEYS), share, downloads)
    assert download.setup.read_bytes() == (share / NAME).read_bytes()
    assert download.source == share
    assert files(downloads) == [NAME]


def test_the_way_there_is_told(share, downloads):
    reports = []
    fetched(
        published(share, KEYS),
        share,
        downloads,
        progress=lambda done, total: reports.append((done, total)),
    )
    assert reports[-1] == (3_000_000, 3_000_000)
    assert reports == sorted(reports)
    assert len(reports) > 1


def test_a_setup_that_is_here_is_not_copied_again(share, downloads):
    fetched(published(share, KEYS), share, downloads)
    (share / NAME).unlink()
    assert fetched(published(share, KEYS), share, downloads).setup.is_file()


def test_a_setup_that_was_changed_here_is_copied_again(share, downloads):
    download = fetched(published(share, KEYS), share, downloads)
    download.setup.write_bytes(b"MZ something else")
    fetched(published(share, KEYS), share, downloads)
    with checked(download) as setup:
        assert setup.name == str(download.setup)


def test_older_setups_half_copies_and_what_a_killed_setup_left_are_deleted(share, downloads):
    downloads.mkdir()
    for name in ("KyodoDesktop-0.1.0-Setup.exe", "~0123456789ab.exe"):
        (downloads / name).write_bytes(b"old")
    (downloads / "nsd1A2B.tmp" / "parts").mkdir(parents=True)
    (downloads / "nsd1A2B.tmp" / "parts" / "System.dll").touch()
    fetched(published(share, KEYS), share, downloads)
    assert files(downloads) == [NAME]


def test_a_half_copied_setup_is_refused_and_leaves_nothing(share, downloads):
    os.truncate(share / NAME, 1_500_000)
    with pytest.raises(UpdateError, match=r"1,500,000バイト.*3,000,000バイト.*コピーの途中"):
        fetched(published(share, KEYS), share, downloads)
    assert files(downloads) == []


def test_a_setup_that_is_not_there_is_named(share, downloads):
    (share / NAME).unlink()
    with pytest.raises(UpdateError, match=NAME):
        fetched(published(share, KEYS), share, downloads)
    assert files(downloads) == []


@pytest.mark.parametrize("size", [3_000_001, 10_000_000_000])
def test_a_setup_of_another_size_is_refused_before_it_is_copied(share, downloads, size):
    os.truncate(share / NAME, size)  # takes no room on the disk
    reports = []
    with pytest.raises(UpdateError, match="サイズ"):
        fetched(
            published(share, KEYS),
            share,
            downloads,
            progress=lambda *done: reports.append(done),
        )
    assert reports == []
    assert files(downloads) == []


def test_a_setup_that_grows_while_it_is_copied_fills_no_disk(share, downloads):
    most = []

    def grow(done, total):
        with (share / NAME).open("ab") as file:
            file.write(bytes(2_000_000))
        most.append(max(each.stat().st_size for each in downloads.iterdir()))

    with pytest.raises(UpdateError, match="サイズ"):
        fetched(published(share, KEYS), share, downloads, progress=grow)
    assert max(most) <= 3_000_000
    assert files(downloads) == []


def test_a_share_that_breaks_off_in_the_middle_leaves_nothing(share, downloads):
    with pytest.raises(UpdateError, match="コピーの途中"):
        fetched(
            published(share, KEYS),
            share,
            downloads,
            progress=lambda _done, _total: os.truncate(share / NAME, 1_200_000),
        )
    assert files(downloads) == []


def test_nothing_is_written_to_the_share(share, downloads):
    before = {each.name: each.stat().st_mtime_ns for each in (share, *share.iterdir())}
    fetched(published(share, KEYS), share, downloads)
    assert {each.name: each.stat().st_mtime_ns for each in (share, *share.iterdir())} == before


def test_a_setup_that_is_exchanged_for_one_of_its_size_is_refused(share, downloads):
    (share / NAME).write_bytes(os.urandom(3_000_000))
    with pytest.raises(UpdateError, match=r"中身.*書き換えられた.*情報政策課に伝えて"):
        fetched(published(share, KEYS), share, downloads)
    assert files(downloads) == []


def test_a_copy_can_be_called_off_and_leaves_nothing(share, downloads):
    reports = []
    control = JobControl(lambda *done: (reports.append(done), control.cancel()))
    with pytest.raises(CancelledError, match="取りやめ"):
        fetched(published(share, KEYS), share, downloads, progress=control.report)
    assert len(reports) == 1
    assert files(downloads) == []


def test_a_place_that_cannot_be_written_to_is_told(share, downloads):
    downloads.write_text("in the way")
    with pytest.raises(UpdateError, match="コピーできません"):
        fetched(published(share, KEYS), share, downloads)


def test_the_check_sees_a_single_changed_byte(share, downloads):
    download = fetched(published(share, KEYS), share, downloads)
    with download.setup.open("r+b") as file:
        first = file.read(1)
        file.seek(0)
        file.write(bytes([first[0] ^ 1]))
    with pytest.raises(UpdateError, match="中身"), checked(download):
        pass


def test_the_check_sees_a_single_byte_more(share, downloads):
    download = fetched(published(share, KEYS), share, downloads)
    with download.setup.open("ab") as file:
        file.write(b"+")
    with pytest.raises(UpdateError, match="サイズ"), checked(download):
        pass


def test_a_setup_that_went_meanwhile_does_not_pass_the_check(share, downloads):
    download = fetched(published(share, KEYS), share, downloads)
    download.setup.unlink()
    with pytest.raises(UpdateError, match="もう一度"), checked(download):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_what_leads_elsewhere_is_neither_written_to_nor_run_nor_emptied(
    share, downloads, tmp_path
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "計画.kyodo").touch()
    downloads.symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(UpdateError, match="リンク"):
        fetched(published(share, KEYS), share, downloads)
    assert files(elsewhere) == ["計画.kyodo"]
    downloads.unlink()
    download = fetched(published(share, KEYS), share, downloads)
    download.setup.rename(elsewhere / NAME)
    download.setup.symlink_to(elsewhere / NAME)
    with pytest.raises(UpdateError, match="リンク"), checked(download):
        pass


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere there are no junctions")
def test_a_junction_is_neither_written_to_nor_emptied(share, downloads, tmp_path):
    import _winapi

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "計画.kyodo").touch()
    try:
        _winapi.CreateJunction(str(elsewhere), str(downloads))
    except OSError as error:
        pytest.skip(f"this Windows makes no junctions: {error}")
    with pytest.raises(UpdateError, match="リンク"):
        fetched(published(share, KEYS), share, downloads)
    assert files(elsewhere) == ["計画.kyodo"]


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere nothing can be kept from others")
def test_what_was_checked_cannot_be_changed_moved_or_replaced(share, downloads):
    download = fetched(published(share, KEYS), share, downloads)
    other = downloads / "evil.exe"
    other.write_bytes(b"MZ evil")
    with checked(download):
        for attempt in (
            lambda: download.setup.open("r+b"),
            download.setup.unlink,
            lambda: download.setup.rename(downloads / "away.exe"),
            lambda: other.replace(download.setup),
        ):
            with pytest.raises(PermissionError):
                attempt()
    other.replace(download.setup)


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere nothing can be kept from others")
def test_what_somebody_can_still_write_to_does_not_pass_the_check(share, downloads):
    download = fetched(published(share, KEYS), share, downloads)
    with (
        download.setup.open("r+b"),
        pytest.raises(UpdateError, match="もう一度"),
        checked(download),
    ):
        pass


def test_a_newer_version_is_found(share, downloads):
    release = newer_release(read(share), KEYS, downloads, "0.1.0")
    assert release is not None
    assert release.sha256 == hashlib.sha256((share / NAME).read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("current", "skipped"), [(VERSION, ""), ("1000.0.0", ""), ("0.1.0", VERSION)]
)
def test_where_there_is_nothing_to_install_no_setup_is_kept(share, downloads, current, skipped):
    fetched(published(share, KEYS), share, downloads)
    assert newer_release(read(share), KEYS, downloads, current, skipped=skipped) is None
    assert files(downloads) == []


def test_a_skipped_version_does_not_hide_the_one_after_it(share, downloads):
    assert newer_release(read(share), KEYS, downloads, "0.1.0", skipped="0.2.0") is not None
