"""Brings a Setup from the shared folder to this PC and makes sure that it is the right one."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.atomic_files import atomic_write
from kyodo_desktop.updating.release import Release, UpdateError, published

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LARGEST = 300_000_000
_BLOCK = 1_048_576


class Download(NamedTuple):
    """A Setup on this PC, and the folder that it was taken from."""

    release: Release
    setup: Path
    source: Path


def newer_release(
    source: Path, downloads: Path, current: str, *, skipped: str = ""
) -> Release | None:
    """Return what is published, if it is newer than the current version and not to be skipped.

    Raises UpdateError. Where nothing is to be installed, nothing stays in `downloads`.
    """
    release = published(source)
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
    with suppress(UpdateError):
        check(download.setup, release)
        return download
    try:
        downloads.mkdir(parents=True, exist_ok=True)
        with atomic_write(download.setup) as beside:
            _copy(source / release.file, beside, progress)
            check(beside, release)
    except OSError as error:
        raise UpdateError(
            f"「{source / release.file}」をこのPCにコピーできませんでした（{error.strerror}）。"
            "今のバージョンはそのままお使いになれます。"
        ) from error
    return download


def check(setup: Path, release: Release) -> None:
    """Raise UpdateError unless the file is there and is, to the byte, what was published."""
    try:
        with setup.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UpdateError(f"「{setup}」を読めませんでした。もう一度確認してください。") from error
    if found != release.sha256:
        raise UpdateError(
            f"「{release.file}」の中身が公開されたものと違います。"
            "コピーの途中か、書き換えられたおそれがあるため、更新は行いません。"
        )


def remove_downloads(downloads: Path, *, keep: str = "") -> None:
    """Delete older Setups and half copies, except what another program is using."""
    with suppress(OSError):
        for file in downloads.iterdir():
            if file.name != keep:
                with suppress(OSError):
                    file.unlink()


def _copy(source: Path, target: Path, progress: Callable[[int, int], object]) -> None:
    with source.open("rb") as original, target.open("wb") as copy:
        size = os.fstat(original.fileno()).st_size
        if size > _LARGEST:
            raise UpdateError(f"「{source}」は大きすぎます（{size:,}バイト）。更新は行いません。")
        for done in range(0, size, _BLOCK):
            copy.write(original.read(_BLOCK))
            progress(min(done + _BLOCK, size), size)
