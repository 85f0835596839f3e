"""The public keys of whoever publishes this program: what they signed is taken, and nothing else.

They are data of the program, in `resources/release_keys.json`: two, the second for the day on
which the first is lost or stolen. As long as nobody has put his own there the list is empty, and
the program takes no update at all. `resources/windows/signing.py` makes keys and signs.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any, NamedTuple

from kyodo_desktop.paths import bundled
from kyodo_desktop.updating.errors import UpdateError

FILE = "resources/release_keys.json"
_PUBLIC = "[0-9a-f]{64}"
_HOLDER = r"\S(.{0,58}\S)?"


class ReleaseKey(NamedTuple):
    """Whose it is, as the user reads it, and the 32 bytes of the key itself."""

    holder: str
    public: bytes

    @property
    def name(self) -> str:
        """What the key is called: by what it is, so that no two have the same name."""
        return sha256(self.public).hexdigest()[:16]


def carried() -> tuple[ReleaseKey, ...]:
    """Return the keys that came with the program; raises UpdateError."""
    try:
        return parsed(bundled(FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise UpdateError(
            f"プログラムの部品「{FILE}」（署名を確かめる鍵）を読めないため、更新は行いません。"
            "情報政策課に、プログラムの再インストールを依頼してください。"
        ) from error


def parsed(data: bytes) -> tuple[ReleaseKey, ...]:
    """Return the keys of such a file; raises ValueError where there is anything else in it."""
    found = json.loads(data)
    if not isinstance(found, list):
        raise ValueError("no list of keys")
    return tuple(map(_key, found))


def written(key: ReleaseKey) -> str:
    """Return the key as one entry of the file."""
    entry = {"holder": key.holder, "public": key.public.hex()}
    return json.dumps(entry, ensure_ascii=False)


def _key(entry: Any) -> ReleaseKey:
    match entry:
        case {"holder": str(holder), "public": str(public), **rest} if (
            not rest and re.fullmatch(_HOLDER, holder) and re.fullmatch(_PUBLIC, public)
        ):
            return ReleaseKey(holder, bytes.fromhex(public))
    raise ValueError(f"no key: {entry!r}")
