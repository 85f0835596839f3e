"""Which actions became one: 同じ実行計画としてまとめる, seen from what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline


def joined_into(outline: Outline, action_id: int) -> list[int]:
    """Return the actions that were joined into this one, also by way of each other."""
    found = [action_id]
    for target in found:  # which grows while it is walked
        found += [gone for gone, row in outline.joinings.items() if row.into_id == target]
    return found[1:]
