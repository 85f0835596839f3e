"""Status counts of every heading, kept from one outline to the next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import is_placement, placement_node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.counting import Counts
    from kyodo_desktop.domain.outline import Outline


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
