"""What a query leaves of the tree, found out only where somebody looks.

A window shows 30 rows of 100,000. Whether a heading is shown needs one match below it, and
what stands below a closed heading need not be known at all: so a frequent word is answered
as fast as a rare one.
"""

from __future__ import annotations

from itertools import compress, count, repeat
from operator import contains
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.search import Query, SearchIndex, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kyodo_desktop.domain.outline import Outline

_BLOCK = 256  # placements that are compared at a time


class TreeFilter:
    """The part of an outline that answers a query: the matches and what stands above them.

    The nodes `kept` are shown whether they match or not.
    """

    def __init__(
        self, outline: Outline, index: SearchIndex, query: Query, kept: Collection[int] = ()
    ) -> None:
        index.complete()
        self._outline = outline
        self._admits = query.admitted(outline) if query.filters else None
        # The longest is the rarest, mostly; the others are looked for where it is.
        self._words = sorted(words_of(query.text), key=len, reverse=True)
        self._nodes, self._texts, self._spans = index.nodes, index.texts, index.spans
        present = [node for node in (*kept, *query.besides) if outline.exists(node)]
        self._kept = {*present, *(above for node in present for above in outline.ancestors(node))}
        # One byte a placement: does it match? Only the blocks that are known tell.
        self._matches = bytearray(len(self._nodes))
        self._known = bytearray(len(self._nodes) // _BLOCK + 1)

    @property
    def roots(self) -> tuple[int, ...]:
        """Return the terms that are shown."""
        return tuple(filter(self.shows, self._outline.roots))

    def children(self, node: int) -> tuple[int, ...]:
        """Return those of a node's children that are shown, in their order."""
        children = self._outline.children.get(node, ())
        start, _ = self._spans[node]
        for _ in self._learning(start, start + len(children)):
            pass
        return tuple(
            child
            # Placements come first, here as in the index.
            for place, child in enumerate(children, start)
            if (self._matches[place] if is_placement(child) else self.shows(child))
        )

    def shows(self, node: int) -> bool:
        """Tell whether a term or a heading is shown."""
        return node in self._kept or self._has_match(node)

    def has_children(self, node: int) -> bool:
        """Tell whether anything is shown under a term or a heading."""
        return bool(self._outline.children.get(node)) and (
            self._has_match(node) or bool(self.children(node))
        )

    def matches(self) -> list[int]:
        """Return all placements that match, in printed order."""
        for _ in self._learning(0, len(self._nodes)):
            pass
        return list(filter(is_placement, compress(self._nodes, self._matches)))

    def counts(self) -> Iterator[int]:
        """Yield how many placements match, block by block."""
        for first in range(0, len(self._nodes), _BLOCK):
            for _ in self._learning(first, first + _BLOCK):
                pass
            yield self._matches.count(1, first, first + _BLOCK)

    def actions(self) -> set[int]:
        """Return the actions of the placements that match."""
        for _ in self.counts():
            pass
        nodes = filter(is_placement, compress(self._nodes, self._matches))
        return set(map(self._outline.action_id_at, nodes))

    def _has_match(self, node: int) -> bool:
        start, end = self._spans[node]
        if self._matches.find(1, start, end) >= 0:
            return True
        return any(self._matches.find(1, start, end) >= 0 for _ in self._learning(start, end))

    def _learning(self, start: int, end: int) -> Iterator[None]:
        """Find out block by block which placements between two places match; stop at will."""
        for number in range(start // _BLOCK, (min(end, len(self._nodes)) - 1) // _BLOCK + 1):
            if not self._known[number]:
                self._known[number] = 1
                first = number * _BLOCK
                self._matches[first : first + _BLOCK] = self._compared(first, first + _BLOCK)
                yield

    def _compared(self, start: int, end: int) -> bytearray:
        texts = self._texts[start:end]
        first, *others = self._words or [""]
        found = bytearray(map(contains, texts, repeat(first)))
        for word in others:
            for place in compress(count(), found):
                found[place] = word in texts[place]
        if self._admits is not None:
            for place in compress(count(), found):
                node = self._nodes[start + place]
                found[place] = is_placement(node) and self._admits(
                    self._outline.action_id_at(node)
                )
        if self._kept:
            for place, node in enumerate(self._nodes[start:end]):
                found[place] |= node in self._kept
        return found
