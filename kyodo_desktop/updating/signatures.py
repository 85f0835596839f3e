"""Tells whether the holder of a key signed a text; the one door to the library for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyodo_desktop.updating.keys import ReleaseKey


def is_signed(text: bytes, signature: bytes, key: ReleaseKey) -> bool:
    """Tell whether this is the signature (Ed25519) of that key under exactly this text."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key.public).verify(text, signature)
    except (BadSignatureError, ValueError):  # the latter for a signature of another length
        return False
    return True
