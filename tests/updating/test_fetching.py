"""A Setup comes from the shared folder whole and as published, or not at all."""

from __future__ import annotations

import hashlib
import os

import pytest

from kyodo_desktop.domain.errors import CancelledError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.updating.fetching import check, fetched, newer_release
from kyodo_desktop.updating.release import UpdateError, published
from tests.updating.share import VERSION, publish

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
    download = fetched(published(share), share, downloads)
    assert download.setup.read_bytes() == (share / NAME).read_bytes()
    assert download.source == share
    assert files(downloads) == [NAME]


def test_the_way_there_is_told(share, downloads):
    reports = []
    fetched(
        published(share),
        share,
        downloads,
        progress=lambda done, total: reports.append((done, total)),
    )
    assert reports[-1] == (3_000_000, 3_000_000)
    assert reports == sorted(reports)
    assert len(reports) > 1


def test_a_setup_that_is_here_is_not_copied_again(share, downloads):
    fetched(published(share), share, downloads)
    (share / NAME).unlink()
    assert fetched(published(share), share, downloads).setup.is_file()


def test_a_setup_that_was_changed_here_is_copied_again(share, downloads):
    download = fetched(published(share), share, downloads)
    download.setup.write_bytes(b"MZ something else")
    fetched(published(share), share, downloads)
    check(download.setup, download.release)


def test_older_setups_and_half_copies_are_deleted(share, downloads):
    downloads.mkdir()
    for name in ("KyodoDesktop-0.1.0-Setup.exe", "~0123456789ab.exe"):
        (downloads / name).write_bytes(b"old")
    fetched(published(share), share, downloads)
    assert files(downloads) == [NAME]


def test_a_half_copied_setup_is_refused_and_leaves_nothing(share, downloads):
    os.truncate(share / NAME, 1_500_000)
    with pytest.raises(UpdateError, match="コピーの途中"):
        fetched(published(share), share, downloads)
    assert files(downloads) == []


def test_a_setup_that_is_not_there_is_named(share, downloads):
    (share / NAME).unlink()
    with pytest.raises(UpdateError, match=NAME):
        fetched(published(share), share, downloads)
    assert files(downloads) == []


def test_a_setup_of_senseless_size_is_refused_before_it_is_copied(share, downloads):
    os.truncate(share / NAME, 300_000_001)  # takes no room on the disk
    reports = []
    with pytest.raises(UpdateError, match="大きすぎます"):
        fetched(published(share), share, downloads, progress=lambda *done: reports.append(done))
    assert reports == []
    assert files(downloads) == []


def test_a_copy_can_be_called_off_and_leaves_nothing(share, downloads):
    reports = []
    control = JobControl(lambda *done: (reports.append(done), control.cancel()))
    with pytest.raises(CancelledError, match="取りやめ"):
        fetched(published(share), share, downloads, progress=control.report)
    assert len(reports) == 1
    assert files(downloads) == []


def test_a_place_that_cannot_be_written_to_is_told(share, downloads):
    downloads.write_text("in the way")
    with pytest.raises(UpdateError, match="コピーできません"):
        fetched(published(share), share, downloads)


def test_the_check_sees_a_single_changed_byte(share, downloads):
    download = fetched(published(share), share, downloads)
    with download.setup.open("r+b") as file:
        first = file.read(1)
        file.seek(0)
        file.write(bytes([first[0] ^ 1]))
    with pytest.raises(UpdateError, match="中身"):
        check(download.setup, download.release)


def test_a_setup_that_went_meanwhile_does_not_pass_the_check(share, downloads):
    download = fetched(published(share), share, downloads)
    download.setup.unlink()
    with pytest.raises(UpdateError, match="もう一度"):
        check(download.setup, download.release)


def test_a_newer_version_is_found(share, downloads):
    release = newer_release(share, downloads, "0.1.0")
    assert release is not None
    assert release.sha256 == hashlib.sha256((share / NAME).read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("current", "skipped"), [(VERSION, ""), ("1000.0.0", ""), ("0.1.0", VERSION)]
)
def test_where_there_is_nothing_to_install_no_setup_is_kept(share, downloads, current, skipped):
    fetched(published(share), share, downloads)
    assert newer_release(share, downloads, current, skipped=skipped) is None
    assert files(downloads) == []


def test_a_skipped_version_does_not_hide_the_one_after_it(share, downloads):
    assert newer_release(share, downloads, "0.1.0", skipped="0.2.0") is not None
