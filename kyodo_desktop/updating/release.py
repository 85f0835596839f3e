"""What a shared folder says about the newest version; nothing in it is believed unchecked.

Whoever may write to the folder can put anything there. So a release counts only if the holder of
one of the program's keys has signed it: its version, the name, size and hash of its Setup, and
its notes, since people read and believe those.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.updating.errors import AS_BEFORE, TELL, UpdateError
from kyodo_desktop.updating.signatures import is_signed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kyodo_desktop.updating.keys import ReleaseKey

LATEST = "latest.json"
LARGEST = 300_000_000
LONGEST_NOTES = 10_000
_PURPOSE = "KyodoDesktop release 1"  # nothing else that the key may sign begins like this
_BYTES = 65_536
_NUMBER = "(0|[1-9][0-9]{0,3})"
_PATTERNS = {
    "version": rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}",
    "file": r"KyodoDesktop-[0-9.]+-Setup\.exe",
    "sha256": "[0-9a-f]{64}",
    "notes": f"(?s:.{{0,{LONGEST_NOTES}}})",
    "key": "[0-9a-f]{16}",
    "signature": "[0-9a-f]{128}",
}
# Control characters, surrogates, and what turns the direction of a text or hides in it.
_UNSEEN = ("Cc", "Cf", "Cs")


class Release(NamedTuple):
    """A version, what its Setup must be like, what is new in it, and who says so."""

    version: str
    size: int
    sha256: str
    notes: str
    signer: ReleaseKey

    @property
    def file(self) -> str:
        """The name of the Setup, which holds no folder."""
        return f"KyodoDesktop-{self.version}-Setup.exe"

    @property
    def readable_notes(self) -> str:
        """The notes without what cannot be seen."""
        return "".join(
            each
            for each in self.notes
            if each == "\n" or unicodedata.category(each) not in _UNSEEN
        )

    @property
    def signed_text(self) -> bytes:
        """What the signature is under: no two releases have the same, nor has anything else.

        Only the notes, which come last, may hold a line break.
        """
        setup = (self.version, self.file, str(self.size), self.sha256)
        lines = (_PURPOSE, self.signer.name, *setup, self.notes)
        return "\n".join(lines).encode("utf-8", "surrogatepass")

    def is_newer_than(self, version: str) -> bool:
        """Compare the versions number by number."""
        return _numbers(self.version) > _numbers(version)


def published(folder: Path, keys: Iterable[ReleaseKey]) -> Release:
    """Return what the folder offers, signed with one of the keys; raises UpdateError."""
    return parsed(read(folder), keys)


def read(folder: Path) -> bytes:
    """Return the file for `parsed` to check, however long that takes; raises UpdateError."""
    try:
        with (folder / LATEST).open("rb") as file:
            return file.read(_BYTES + 1)
    except OSError as error:
        raise UpdateError(
            f"「{folder}」にある新しいバージョンの情報（{LATEST}）を読めませんでした。"
            "共有フォルダーにつながっているか確かめてください。"
        ) from error


def parsed(data: bytes, keys: Iterable[ReleaseKey]) -> Release:
    """Return the release that a `latest.json` describes; raises UpdateError.

    Keys of the file that are not known here are those of a later version.
    """
    if len(data) > _BYTES:
        raise _wrong("サイズ")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _wrong("書き方") from error
    if isinstance(found, dict) and not {"key", "signature"} <= found.keys():
        raise UpdateError(
            f"新しいバージョンの情報（{LATEST}）に署名がなく、だれが出したものか確かめられません。"
            f"{AS_BEFORE}{TELL}"
        )
    texts = {key: _checked(found, key) for key in _PATTERNS}
    signer = _signer(texts["key"], keys)
    release = Release(texts["version"], _size(found), texts["sha256"], texts["notes"], signer)
    if texts["file"] != release.file:
        raise _wrong("file")
    if not is_signed(release.signed_text, bytes.fromhex(texts["signature"]), signer):
        raise UpdateError(
            f"新しいバージョンの情報（{LATEST}）の内容が、{signer.holder}の署名と合いません。"
            f"書き換えられたおそれがあります。{AS_BEFORE}{TELL}"
        )
    return release


def described(release: Release, signature: bytes) -> str:
    """Return what `parsed` reads; programs up to 0.3.0 read it as well, without the signature."""
    latest = {
        "version": release.version,
        "file": release.file,
        "size": release.size,
        "sha256": release.sha256,
        "notes": release.notes,
        "key": release.signer.name,
        "signature": signature.hex(),
    }
    return json.dumps(latest, ensure_ascii=False, indent=1) + "\n"


def _checked(found: Any, key: str) -> str:
    text = found.get(key) if isinstance(found, dict) else None
    if not isinstance(text, str) or not re.fullmatch(_PATTERNS[key], text):
        raise _wrong(key)
    return text


def _size(found: Any) -> int:
    size = found.get("size")
    if type(size) is not int or not 0 < size <= LARGEST:
        raise _wrong("size")
    return size


def _signer(name: str, keys: Iterable[ReleaseKey]) -> ReleaseKey:
    for key in keys:
        if key.name == name:
            return key
    raise UpdateError(
        f"新しいバージョンの情報（{LATEST}）は、このプログラムの知らない鍵（{name}）で署名されています。"
        f"{AS_BEFORE}{TELL}"
    )


def _wrong(what: str) -> UpdateError:
    return UpdateError(
        f"新しいバージョンの情報（{LATEST}）が正しくありません（{what}）。{AS_BEFORE}"
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
