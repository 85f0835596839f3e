"""A closed round (確定) is read-only in SQLite itself, whoever writes to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


REFUSAL = "the round is closed"
"""What SQLite says when a trigger refuses; `failures` says it to the user."""

GUARDED = ("progress", "outlook", "opinion", "confirmation")
"""The tables whose rows belong to a round."""

_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


def triggers() -> Iterator[str]:
    """Yield the statements that make the triggers, as `db/` has them."""
    for table in GUARDED:
        for verb, rows in (("INSERT", "NEW"), ("UPDATE", "OLD NEW"), ("DELETE", "OLD")):
            rounds = ", ".join(f"{row}.round_id" for row in rows.split())
            yield (
                f"CREATE TRIGGER {table}_{verb.lower()}_closed BEFORE {verb} ON {table} "
                "WHEN EXISTS (SELECT 1 FROM round "
                f"WHERE id IN ({rounds}) AND closed_at IS NOT NULL) {_REFUSE}"
            )
    # Closing and reopening change `closed_at`; while it stays, the rest stays as well.
    yield (
        "CREATE TRIGGER round_update_closed BEFORE UPDATE ON round "
        f"WHEN OLD.closed_at IS NOT NULL AND NEW.closed_at IS NOT NULL {_REFUSE}"
    )
    yield (
        "CREATE TRIGGER round_delete_closed BEFORE DELETE ON round "
        f"WHEN OLD.closed_at IS NOT NULL {_REFUSE}"
    )
