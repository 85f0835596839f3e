"""Why there is no update, in the words that the user reads."""

from __future__ import annotations

AS_BEFORE = "更新は行いません。今のバージョンはそのままお使いになれます。"
"""What an update that is refused leaves behind."""

TELL = "この内容を、情報政策課に伝えてください。"
"""What to do where something may have been tampered with."""


class UpdateError(Exception):
    """Says what happened, what was kept, and what to do next."""
