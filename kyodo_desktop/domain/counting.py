"""How many actions stand where: 掲載数 counts placements, 実行計画数 actions.

Status counts of every heading, kept from one outline to the next.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import is_heading, is_placement, placement_node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kyodo_desktop.domain.outline import Outline


Counts = Counter[int | None]
"""How many by status id; None is 未記入."""


def placements_under(outline: Outline, node: int) -> list[int]:
    """Return the placements below the node (or the node itself), in printed order."""
    if is_placement(node):
        return [node]
    return [each for each in outline.below(node) if is_placement(each)]


def headings_by_depth(outline: Outline, node: int) -> Counter[int]:
    """Return how many headings stand below, by their depth: 0 right under a term."""
    return Counter(outline.depth(each) for each in outline.below(node) if is_heading(each))


def gross(outline: Outline, placements: Iterable[int]) -> Counts:
    """掲載数（再掲を含む）: an action counts once for every place where it stands."""
    return Counter(_status_id(outline, outline.action_id_at(node)) for node in placements)


def net(outline: Outline, placements: Iterable[int]) -> Counts:
    """実行計画数: an action counts once, wherever it stands."""
    actions = {outline.action_id_at(node) for node in placements}
    return Counter(_status_id(outline, action_id) for action_id in actions)


def percentages(counts: Collection[int]) -> list[float]:
    """Return shares in per cent with one decimal that add up to exactly 100.0.

    Largest-remainder rule: all are cut at 0.1, and the tenths which are left go to those
    that lost most, the earlier one first. All are 0.0 where there is nothing to share.
    """
    total = sum(counts)
    if not total:
        return [0.0] * len(counts)
    tenths = [count * 1000 // total for count in counts]
    by_loss = sorted(range(len(tenths)), key=lambda i: -(list(counts)[i] * 1000 % total))
    for index in by_loss[: 1000 - sum(tenths)]:
        tenths[index] += 1
    return [each / 10 for each in tenths]


def _status_id(outline: Outline, action_id: int) -> int | None:
    status = outline.status(action_id)
    return None if status is None else status.id


class Tally:
    """Counts placements by status below a node, each heading once until it changes."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._counts: dict[int, Counts] = {}

    def under(self, node: int) -> Counts:
        """Return how many placements of each status stand below the node."""
        if node not in self._counts:
            self._counts[node] = self._count(node)
        return self._counts[node]

    def move_on(
        self, outline: Outline, action_ids: Iterable[int], headings: Iterable[int]
    ) -> None:
        """Count for a newer outline, in which these actions and heading nodes differ.

        Where a status means something else now, any action's least advanced one may differ.
        """
        if outline.statuses is not self._outline.statuses:
            self._counts.clear()
        for shown in (self._outline, outline):
            touched = [
                placement_node(placement_id)
                for action_id in action_ids
                for placement_id in shown.placed.get(action_id, ())
            ]
            for node in (*touched, *(each for each in headings if shown.exists(each))):
                self._forget(shown, node)
        self._outline = outline

    def _forget(self, outline: Outline, node: int) -> None:
        self._counts.pop(node, None)
        for above in outline.ancestors(node):
            self._counts.pop(above, None)

    def _count(self, node: int) -> Counts:
        found: Counts = Counter()
        outline = self._outline
        for child in outline.children.get(node, ()):
            if is_placement(child):
                status = outline.status(outline.action_id_at(child))
                found[None if status is None else status.id] += 1
            else:
                found.update(self.under(child))
        return found
