"""Keys by which texts are compared that people type differently; never for storing."""

from __future__ import annotations

import unicodedata


def squeezed(text: str) -> str:
    """Return a key in which only width, case and white space make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
