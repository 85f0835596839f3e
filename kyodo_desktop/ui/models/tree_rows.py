"""Which nodes are the rows of the tree, in plain Python: what the model knows without Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.ui.models.row_steps import Nodes, RowSteps, row_steps

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.sieve import Sieve

ROOT = 0  # stands above the terms; no node is 0
_MANY_STEPS = 50  # with more of them it is faster to begin anew


class TreeRows:
    """The part of an outline that a sieve lets through; without one all of it.

    Children are looked up when they are asked for, and then kept in `children`: of a heading
    that nobody opened nothing is known.
    """

    def __init__(self, outline: Outline | None = None, sieve: Sieve | None = None) -> None:
        self.outline = outline
        self.children: dict[int, Nodes] = {}
        self._sieve = sieve
        # Rows of terms and headings, and what stands above a node: views ask for these most.
        self._rows: dict[int, int] = {}
        self._places_above: dict[int, tuple[int, int, int]] = {}

    def under(self, node: int) -> Nodes:
        """Return the children of a node."""
        found = self.children.get(node)
        if found is None:
            found = _shown(self.outline, self._sieve, node)
            self._set(node, found)
        return found

    def has_children(self, node: int) -> bool:
        """Tell whether a node has children, without looking up which."""
        if self.outline is None or is_placement(node):
            return False
        if node in self.children or node == ROOT:
            return bool(self.under(node))
        return _has_children(self.outline, self._sieve, node)

    def row(self, node: int) -> int | None:
        """Return the row of a node below its parent; None where it is not shown."""
        row = self._rows.get(node)
        if row is not None or node == ROOT or self.outline is None:
            return row
        if not self.outline.exists(node):
            return None
        above = self.outline.parent(node)
        children = self.under(ROOT if above is None else above)
        if is_placement(node):
            return children.index(node) if node in children else None
        return self._rows.get(node)

    def place_above(self, node: int) -> tuple[int, int, int]:
        """Return row, column and node of what stands above a node; the node may be ROOT."""
        place = self._places_above.get(node)
        if place is None:
            above = None if self.outline is None or not node else self.outline.parent(node)
            row = None if above is None else self.row(above)
            place = (0, 0, ROOT) if above is None or row is None else (row, 0, above)
            self._places_above[node] = place
        return place

    def node_before(self, above: int, row: int) -> int | None:
        """Return the sibling before which something put at a row stands; None is last."""
        shown = self.under(above)
        if row < 0 or not shown or self.outline is None:
            return None
        if row < len(shown):
            return shown[row]
        # Behind the last one that is shown, which is not the last one while others are hidden.
        every = self.outline.children[above]
        place = every.index(shown[-1]) + 1
        return every[place] if place < len(every) else None

    # From one part to another

    def steps_to(
        self, outline: Outline, sieve: Sieve | None, kept: Collection[int]
    ) -> dict[int, RowSteps] | None:
        """Return the steps below each node whose children are known.

        A node that had children and has none now, or the other way round, counts as known too:
        views remember of each row whether it can be opened. None says to begin anew: rows
        change places, many come and go, or one of `kept` goes.
        """
        found: dict[int, RowSteps] = {}
        gone: set[int] = set()
        waiting = [ROOT] if ROOT in self.children else []
        while waiting:
            node = waiting.pop()
            before = self.children[node]
            steps = row_steps(before, _shown(outline, sieve, node))
            if steps is None or len(steps.away) + len(steps.added) > _MANY_STEPS:
                return None
            found[node] = steps
            gone.update(each for first, last in steps.away for each in before[first : last + 1])
            new = set(steps.after).difference(before) if steps.added else ()
            waiting += [
                each
                for each in steps.after
                if each in self.children or (each not in new and self._turns(outline, sieve, each))
            ]
        return found if found and not self._any_in(gone, kept) else None

    def take_away(self, node: int, first: int, last: int) -> None:
        """Forget a run of rows below a node."""
        children = self.children[node]
        for child in children[first : last + 1]:
            self._forget(child)
        self._set(node, children[:first] + children[last + 1 :])

    def move_on(self, outline: Outline, sieve: Sieve | None, known: Collection[int]) -> None:
        """Look up in a newer outline from now on; only the children of `known` stay."""
        self.outline, self._sieve = outline, sieve
        self.children = {node: self.children[node] for node in known}

    def add(self, node: int, first: int, added: Nodes) -> None:
        """Put a run of rows below a node."""
        children = self.children[node]
        self._set(node, children[:first] + added + children[first:])

    def _set(self, node: int, children: Nodes) -> None:
        self.children[node] = children
        self._places_above.clear()
        for row, child in enumerate(children):
            if not is_placement(child):
                self._rows[child] = row

    def _forget(self, node: int) -> None:
        self._rows.pop(node, None)
        for child in self.children.pop(node, ()):
            if not is_placement(child):
                self._forget(child)

    def _turns(self, outline: Outline, sieve: Sieve | None, node: int) -> bool:
        """Look up the children of a node if it gets its first ones or loses its last ones."""
        if is_placement(node) or self.has_children(node) == _has_children(outline, sieve, node):
            return False
        self.under(node)
        return True

    def _any_in(self, gone: set[int], kept: Collection[int]) -> bool:
        """Tell whether any of the nodes kept goes, or stands under one that goes."""
        if not gone or self.outline is None:
            return False
        ancestors = self.outline.ancestors
        return any(not gone.isdisjoint((node, *ancestors(node))) for node in kept)


def _has_children(outline: Outline, sieve: Sieve | None, node: int) -> bool:
    return node in outline.children if sieve is None else sieve.has_children(node)


def _shown(outline: Outline | None, sieve: Sieve | None, node: int) -> Nodes:
    if outline is None or is_placement(node):
        return ()
    if node == ROOT:
        return outline.roots if sieve is None else sieve.roots
    return outline.children.get(node, ()) if sieve is None else sieve.children(node)
