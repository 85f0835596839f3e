"""How much of a plan is open when it is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import is_heading

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline

MANY = 500  # rows; more than these are not opened unasked
FEW_HITS = MANY // 2  # with the headings above them these are not more


def levels_to_open(outline: Outline) -> set[int]:
    """Return the terms, and level by level what stands below while that is not too much."""
    opened: set[int] = set()
    level, rows = list(outline.roots), len(outline.roots)
    while level:
        below = [child for node in level for child in outline.children.get(node, ())]
        rows += len(below)
        if opened and rows > MANY:
            break
        opened.update(level)
        level = [node for node in below if is_heading(node)]
    return opened
