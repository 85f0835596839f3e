"""A shared folder with a signed Setup to update to, and the keys that are trusted for it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from nacl.signing import SigningKey

from kyodo_desktop.updating.keys import ReleaseKey
from kyodo_desktop.updating.release import Release, described
from resources.windows.signing import TEST_KEY

VERSION = "999.0.0"  # newer than any that the program will have
HOLDER = "試験用"
SECOND_KEY = SigningKey(hashlib.sha256(b"the key in the drawer").digest())
STRANGERS_KEY = SigningKey(hashlib.sha256(b"of somebody else").digest())


def public(private: SigningKey, holder: str = HOLDER) -> ReleaseKey:
    return ReleaseKey(holder, private.verify_key.encode())


KEYS = (public(TEST_KEY), public(SECOND_KEY, "試験用の予備"))


def signed(
    version: str = VERSION,
    setup: bytes = b"MZ setup",
    notes: str = "・集計表に割合を加えました。",
    private: SigningKey = TEST_KEY,
) -> dict:
    """Return what is to stand in the `latest.json` of a Setup."""
    sha256 = hashlib.sha256(setup).hexdigest()
    release = Release(version, len(setup), sha256, notes, public(private))
    return json.loads(described(release, private.sign(release.signed_text).signature))


def publish(
    folder: Path,
    version: str = VERSION,
    setup: bytes = b"MZ setup",
    private: SigningKey = TEST_KEY,
    **changed,
) -> Path:
    """Put a Setup and its `latest.json`, with some values changed unsigned, into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    latest = signed(version, setup, private=private) | changed
    (folder / f"KyodoDesktop-{version}-Setup.exe").write_bytes(setup)
    text = json.dumps(latest, ensure_ascii=False)
    (folder / "latest.json").write_text(text, encoding="utf-8")
    return folder
