"""What a shared folder says about the newest version; nothing in it is believed unchecked."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

LATEST = "latest.json"
_BYTES = 65_536
_NUMBER = "(0|[1-9][0-9]{0,3})"
_PATTERNS = {
    "version": rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}",
    "file": r"KyodoDesktop-[0-9.]+-Setup\.exe",
    "sha256": "[0-9A-Fa-f]{64}",
    "notes": "(?s:.{0,10000})",
}
# Control characters, surrogates, and what turns the direction of a text or hides in it.
_UNSEEN = ("Cc", "Cf", "Cs")


class UpdateError(Exception):
    """Why there is no update, in the words that the user reads."""


class Release(NamedTuple):
    """A version, what its Setup must be like, and what is new in it."""

    version: str
    sha256: str
    notes: str

    @property
    def file(self) -> str:
        """The name of the Setup, which holds no folder."""
        return f"KyodoDesktop-{self.version}-Setup.exe"

    def is_newer_than(self, version: str) -> bool:
        """Compare the versions number by number."""
        return _numbers(self.version) > _numbers(version)


def published(folder: Path) -> Release:
    """Return what the folder offers; raises UpdateError."""
    try:
        with (folder / LATEST).open("rb") as file:
            data = file.read(_BYTES + 1)
    except OSError as error:
        raise UpdateError(
            f"「{folder}」にある新しいバージョンの情報（{LATEST}）を読めませんでした。"
            "共有フォルダーにつながっているか確かめてください。"
        ) from error
    return parsed(data)


def parsed(data: bytes) -> Release:
    """Return the release that a `latest.json` describes; raises UpdateError.

    Keys that are not known here are those of a later version.
    """
    if len(data) > _BYTES:
        raise _wrong("サイズ")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _wrong("書き方") from error
    texts = {key: _checked(found, key) for key in _PATTERNS}
    release = Release(texts["version"], texts["sha256"].lower(), _readable(texts["notes"]))
    if texts["file"] != release.file:
        raise _wrong("file")
    return release


def _checked(found: Any, key: str) -> str:
    text = found.get(key) if isinstance(found, dict) else None
    if not isinstance(text, str) or not re.fullmatch(_PATTERNS[key], text):
        raise _wrong(key)
    return text


def _readable(notes: str) -> str:
    return "".join(
        each for each in notes if each == "\n" or unicodedata.category(each) not in _UNSEEN
    )


def _wrong(what: str) -> UpdateError:
    return UpdateError(
        f"新しいバージョンの情報（{LATEST}）が正しくありません（{what}）。更新は行いません。"
        "今のバージョンはそのままお使いになれます。"
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
