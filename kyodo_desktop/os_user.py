"""Who works at this computer, as far as the operating system knows."""

from __future__ import annotations

import getpass


def os_user() -> str:
    """Return the login name; some machines know none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "利用者"
