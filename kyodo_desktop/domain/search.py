"""Which parts of the plan a search and the filters show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import NodeKind, heading_node, placement_node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.outline import Outline

_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def folded(text: str) -> str:
    """Return a key in which width, kana and case make no difference: ｻﾎﾟｰﾄ = さぽーと.

    For comparing only: it also turns ① into 1 and ㈱ into (株).
    """
    return unicodedata.normalize("NFKC", text).casefold().translate(_TO_KATAKANA)


@dataclass(frozen=True, slots=True)
class Query:
    """What the user wants to see; the empty query shows everything.

    `statuses` holds status ids, None for 未記入. `overdue_from` is the month (YYYY-MM)
    before which an open action is late. `among` limits the answer to these actions.
    """

    text: str = ""
    statuses: frozenset[int | None] = frozenset()
    section_id: int | None = None
    overdue_from: str | None = None
    among: frozenset[int] | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether everything is wanted."""
        return not self.text.split() and not self.filters

    @property
    def filters(self) -> bool:
        """Tell whether anything but the text limits what is shown."""
        limits = (self.section_id, self.overdue_from, self.among)
        return bool(self.statuses) or any(limit is not None for limit in limits)


class SearchIndex:
    """The folded texts of all actions, so that a keystroke compares and nothing else.

    Folding 100,000 actions takes a second: `prepare` does a part of it, to be called while
    the user does nothing; `found` does what is left.
    """

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._texts: dict[int, str] = {}
        self._waiting = list(outline.actions)

    @property
    def is_ready(self) -> bool:
        """Tell whether all texts are folded."""
        return not self._waiting

    def prepare(self, count: int) -> None:
        """Fold the next `count` actions."""
        for action_id in self._waiting[-count:]:
            if action_id in self._outline.actions:
                self._texts[action_id] = folded(_searched(self._outline, action_id))
        del self._waiting[-count:]

    def move_on(self, outline: Outline, action_ids: Iterable[int]) -> None:
        """Search a newer outline, in which these actions differ."""
        self._outline = outline
        for action_id in action_ids:
            self._texts.pop(action_id, None)
            if action_id in outline.actions:
                self._texts[action_id] = folded(_searched(outline, action_id))

    def found(self, query: Query) -> list[int]:
        """Return the nodes which answer every part of the query, without their ancestors.

        A word in the title of a heading finds all that stands below the heading.
        """
        outline, words = self._outline, folded(query.text).split()
        if not words:
            return _placements(outline, query, outline.actions)
        self.prepare(len(self._waiting))
        named = [_headings_named(outline, word) for word in words]
        if not any(named):
            return _placements(outline, query, self._with_words(words))
        headings = [] if query.filters else list(frozenset.intersection(*named))
        return [
            *map(heading_node, headings),
            *(
                placement_node(place.id)
                for place in outline.placements.values()
                if all(
                    place.heading_id in under or word in self._texts[place.action_id]
                    for word, under in zip(words, named, strict=True)
                )
                and _passes(outline, query, place.action_id)
            ),
        ]

    def _with_words(self, words: list[str]) -> list[int]:
        found = list(self._texts)
        for word in words:
            found = [action_id for action_id in found if word in self._texts[action_id]]
        return found


def _placements(outline: Outline, query: Query, action_ids: Iterable[int]) -> list[int]:
    return [
        placement_node(placement_id)
        for action_id in action_ids
        if _passes(outline, query, action_id)
        for placement_id in outline.placed.get(action_id, ())
    ]


def _headings_named(outline: Outline, word: str) -> frozenset[int]:
    """Return the ids of the headings with the word in their title, and of all below them."""
    found: set[int] = set()
    for heading in outline.headings.values():
        if heading.id not in found and word in folded(heading.title):
            found.add(heading.id)
            found.update(
                node >> 2
                for node in outline.below(heading_node(heading.id))
                if node & 3 == NodeKind.HEADING
            )
    return frozenset(found)


def with_ancestors(outline: Outline, nodes: Iterable[int]) -> frozenset[int]:
    """Return the nodes and all that stands above them, so that a match is seen in its place."""
    found: set[int] = set()
    for node in nodes:
        found.add(node)
        above = outline.parent(node)
        while above is not None and above not in found:
            found.add(above)
            above = outline.parent(above)
    return frozenset(found)


def _searched(outline: Outline, action_id: int) -> str:
    action = outline.actions[action_id]
    outlook = outline.outlooks.get(action_id)
    texts = [action.title, action.description, action.note, outlook.text if outlook else ""]
    texts += [line.text for line in outline.lines.get(action_id, ())]
    texts += [
        outline.sections[each.section_id].name for each in outline.assignments.get(action_id, ())
    ]
    return "\n".join(texts)


def _passes(outline: Outline, query: Query, action_id: int) -> bool:
    if query.among is not None and action_id not in query.among:
        return False
    if query.statuses:
        status = outline.status(action_id)
        if (None if status is None else status.id) not in query.statuses:
            return False
    if query.section_id is not None and all(
        each.section_id != query.section_id for each in outline.assignments.get(action_id, ())
    ):
        return False
    return query.overdue_from is None or outline.is_overdue(action_id, query.overdue_from)
