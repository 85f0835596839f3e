"""Brings a Setup from the shared folder to this PC and makes sure that it is the right one."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.atomic_files import atomic_write
from kyodo_desktop.updating.errors import AS_BEFORE, TELL, UpdateError
from kyodo_desktop.updating.holding import opened_alone
from kyodo_desktop.updating.release import Release, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import BufferedReader
    from pathlib import Path

    from kyodo_desktop.updating.keys import ReleaseKey

_BLOCK = 1_048_576


class Download(NamedTuple):
    """A Setup on this PC, and the folder that it was taken from."""

    release: Release
    setup: Path
    source: Path


def newer_release(
    latest: bytes, keys: Iterable[ReleaseKey], downloads: Path, current: str, *, skipped: str = ""
) -> Release | None:
    """Return what a `latest.json` offers, if it is newer than the current version and not skipped.

    Raises UpdateError. Where nothing is to be installed, nothing stays in `downloads`.
    """
    release = parsed(latest, keys)
    if release.is_newer_than(current) and release.version != skipped:
        return release
    remove_downloads(downloads)
    return None


def fetched(
    release: Release,
    source: Path,
    downloads: Path,
    *,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
) -> Download:
    """Copy the Setup of a release unless it is here already; raises UpdateError.

    Nothing but this one Setup stays in `downloads`. `progress` is told (done, total), both in
    bytes; an error of its own ends the copying and leaves nothing.
    """
    download = Download(release, downloads / release.file, source)
    remove_downloads(downloads, keep=release.file)
    with suppress(UpdateError), checked(download):
        return download
    try:
        downloads.mkdir(parents=True, exist_ok=True)
        _expect_no_link(downloads)
        with atomic_write(download.setup) as beside:
            _copy(source / release.file, beside, release, progress)
            with beside.open("rb") as copy:
                _check(copy, release)
    except OSError as error:
        raise UpdateError(
            f"「{source / release.file}」をこのPCの「{downloads}」にコピーできませんでした"
            f"（{error.strerror}）。今のバージョンはそのままお使いになれます。"
        ) from error
    return download


@contextmanager
def checked(download: Download) -> Iterator[BufferedReader]:
    """Give the Setup, which is to the byte what was published and stays so while it is open.

    Raises UpdateError.
    """
    try:
        for place in (download.setup.parent, download.setup):
            _expect_no_link(place)
        setup = opened_alone(download.setup)
    except OSError as error:
        raise UpdateError(
            f"「{download.setup}」を読めませんでした。もう一度確認してください。"
        ) from error
    with setup:
        _check(setup, download.release)
        yield setup


def remove_downloads(downloads: Path, *, keep: str = "") -> None:
    """Delete older Setups, half copies and what Setup unpacked, except what is in use."""
    with suppress(OSError, UpdateError):
        _expect_no_link(downloads)
        for left in downloads.iterdir():
            if left.name == keep:
                continue
            with suppress(OSError):
                left.unlink()
            shutil.rmtree(left, ignore_errors=True)  # unpacked there by a Setup that was killed


def _copy(
    source: Path, target: Path, release: Release, progress: Callable[[int, int], object]
) -> None:
    """Copy as many bytes as were published, however many come."""
    with source.open("rb") as original, target.open("wb") as copy:
        _expect_size(os.fstat(original.fileno()).st_size, release)
        for done in range(0, release.size, _BLOCK):
            copy.write(original.read(min(_BLOCK, release.size - done)))
            progress(min(done + _BLOCK, release.size), release.size)
        _expect_size(os.fstat(original.fileno()).st_size, release)


def _check(setup: BufferedReader, release: Release) -> None:
    _expect_size(os.fstat(setup.fileno()).st_size, release)
    try:
        found = hashlib.file_digest(setup, "sha256").hexdigest()
    except OSError as error:
        raise UpdateError(
            f"「{setup.name}」を読めませんでした。もう一度確認してください。"
        ) from error
    if found != release.sha256:
        raise UpdateError(
            f"「{release.file}」の中身が公開されたものと違います。"
            f"書き換えられたおそれがあります。{AS_BEFORE}{TELL}"
        )


def _expect_size(size: int, release: Release) -> None:
    if size != release.size:
        raise UpdateError(
            f"「{release.file}」のサイズ（{size:,}バイト）が公開されたもの"
            f"（{release.size:,}バイト）と違います。"
            f"コピーの途中か、書き換えられたおそれがあります。{AS_BEFORE}{TELL}"
        )


def _expect_no_link(place: Path) -> None:
    """Raise UpdateError for what leads elsewhere; raises OSError where nothing is."""
    found = place.lstat()
    is_junction = getattr(found, "st_reparse_tag", 0) == _JUNCTION
    if stat.S_ISLNK(found.st_mode) or is_junction:
        raise UpdateError(f"「{place}」が、別の場所へのリンクになっています。{AS_BEFORE}{TELL}")


_JUNCTION = 0xA0000003  # stat.IO_REPARSE_TAG_MOUNT_POINT, which only Windows has
