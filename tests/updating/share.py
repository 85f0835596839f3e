"""A shared folder with a Setup to update to."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

VERSION = "999.0.0"  # newer than any that the program will have


def publish(folder: Path, version: str = VERSION, setup: bytes = b"MZ setup", **changed) -> Path:
    """Put a Setup and its `latest.json`, with some values changed, into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    latest = {
        "version": version,
        "file": f"KyodoDesktop-{version}-Setup.exe",
        "sha256": hashlib.sha256(setup).hexdigest(),
        "notes": "・集計表に割合を加えました。",
        **changed,
    }
    (folder / latest["file"]).write_bytes(setup)
    text = json.dumps(latest, ensure_ascii=False)
    (folder / "latest.json").write_text(text, encoding="utf-8")
    return folder
