"""Which headings and actions of a plan are those of a table that was read."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.checks.relisting import tells_apart
from kyodo_desktop.domain.nodes import heading_node, is_heading, is_placement, row_id, term_node
from kyodo_desktop.domain.numbering import number
from kyodo_desktop.domain.plan_update.siblings import table_siblings
from kyodo_desktop.domain.search import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable

    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.outline import Outline

    Path = tuple[tuple[str, str], ...]

_NEAR = 0.8
_SAME_NUMBER_NEAR = 0.5
_MOST_PAIRS = 40_000  # of titles that are compared letter by letter


class Pairs(NamedTuple):
    """`headings` are the plan's by the path of the table's, `actions` by their place in it."""

    headings: dict[Path, int]
    actions: dict[int, int]


class _Item(NamedTuple):
    """What is compared of a heading or an action; `above` is the plan's heading over it.

    `shown` is its number, or the one that follows from its place where it has none.
    """

    key: Hashable
    above: int | None
    number: str
    title: str
    shown: str = ""


def paired(outline: Outline, term_id: int, found: FoundPlan, apart: Collection[int]) -> Pairs:
    """Pair what is found with what stands in the term: by number and title, title, near title.

    The actions `apart`, by their place in the table, are paired by equal title only.
    """
    headings = _paired_headings(outline, term_id, found)
    numbers, style = shown_numbers(outline), outline.levels[-1].numbering
    places = {
        each.nth: place
        for below in table_siblings(found.actions).values()
        for place, each in enumerate(below, start=1)
        if not each.again
    }
    known = [
        _Item(action.id, row_id(above), shown := key(numbers[home]), key(action.title), shown)
        for home in outline.below(term_node(term_id))
        if (action := outline.action_at(home))
        and not outline.is_relisted(home)
        and (above := outline.parent(home)) is not None
    ]
    new = [
        _Item(place, headings.get(each.path), key(each.number), key(each.title), key(shown))
        for place, each in enumerate(found.actions)
        for shown in [each.number or number(style, places[place])]
    ]
    pairs = _Pairing(new, known)
    pairs.where_equal(lambda each: (each.above, each.shown, each.title))
    pairs.where_equal(lambda each: (each.above, each.title))
    pairs.where_equal(lambda each: (each.number, each.title))
    pairs.where_equal(lambda each: each.title)
    pairs.forget(apart)
    pairs.where_near(lambda each: (each.above, each.number), _SAME_NUMBER_NEAR)
    pairs.where_near(lambda each: each.above, _NEAR)
    pairs.where_near(lambda _: None, _NEAR)
    return Pairs(headings, pairs.found)


def shown_numbers(outline: Outline) -> dict[int, str]:
    """Return the printed numbers of all nodes, as `Outline.number` does for one."""
    shown: dict[int, str] = {}
    style = outline.levels[-1].numbering
    for children in outline.children.values():
        headings = 0
        for place, node in enumerate(children, start=1):
            if is_placement(node):
                shown[node] = outline.placements[row_id(node)].number or number(style, place)
                continue
            headings += 1
            level = outline.level_of(node).numbering
            shown[node] = outline.headings[row_id(node)].number or number(level, headings)
    return shown


def key(text: str) -> str:
    """Return a text in which width, kana, case and spaces make no difference."""
    return "".join(search_key(text).split())


def _paired_headings(outline: Outline, term_id: int, found: FoundPlan) -> dict[Path, int]:
    """Pair the headings from the top down, each under the pair of the one above."""
    pairs: dict[Path, int] = {}
    below: defaultdict[Path, list[_Item]] = defaultdict(list)
    for each in found.headings:
        below[each.path].append(_Item(each.own_path, None, key(each.number), key(each.title)))
    for path in sorted(below, key=len):
        if path and path not in pairs:
            continue
        above = pairs[path] if path else None
        node = term_node(term_id) if above is None else heading_node(above)
        known = [
            _Item(row_id(each), None, key(outline.number(each)), key(outline.title(each)))
            for each in outline.children.get(node, ())
            if is_heading(each)
        ]
        pairing = _Pairing(below[path], known)
        pairing.where_equal(lambda each: (each.number, each.title))
        pairing.where_equal(lambda each: each.title)
        pairing.where_near(lambda each: each.number, _SAME_NUMBER_NEAR)
        pairing.where_near(lambda _: None, _NEAR)
        pairs |= pairing.found
    return pairs


class _Pairing:
    """Pairs each of `new` with one of `known`, round after round with what is left."""

    def __init__(self, new: Iterable[_Item], known: Iterable[_Item]) -> None:
        self.found: dict[Any, Any] = {}
        self._new = {each.key: each for each in new}
        self._known = {each.key: each for each in known}

    def forget(self, keys: Iterable[Hashable]) -> None:
        """Leave some of `new` without a pair."""
        for each in keys:
            self._new.pop(each, None)

    def where_equal(self, feature: Callable[[_Item], Hashable]) -> None:
        """Pair those with the same feature, in their order."""
        free: defaultdict[Hashable, list[_Item]] = defaultdict(list)
        for known in reversed(self._known.values()):
            free[feature(known)].append(known)
        for new in list(self._new.values()):
            if free[feature(new)]:
                self._pair(new, free[feature(new)].pop())

    def where_near(self, feature: Callable[[_Item], Hashable], least: float) -> None:
        """Pair those with the same feature whose titles are near each other, the nearest first."""
        free: defaultdict[Hashable, list[_Item]] = defaultdict(list)
        for known in self._known.values():
            free[feature(known)].append(known)
        if sum(len(free[feature(new)]) for new in self._new.values()) > _MOST_PAIRS:
            return
        rated = [
            (-nearness, new, known)
            for new in self._new.values()
            for known in free[feature(new)]
            if (nearness := _nearness(new, known, least)) >= least
        ]
        for _, new, known in sorted(rated, key=lambda each: each[0]):
            if new.key in self._new and known.key in self._known:
                self._pair(new, known)

    def _pair(self, new: _Item, known: _Item) -> None:
        self.found[new.key] = known.key
        del self._new[new.key]
        del self._known[known.key]


def _nearness(new: _Item, known: _Item, least: float) -> float:
    """Return how much of two titles is the same; 小学校 and 中学校 have nothing in common."""
    if new.number != known.number or not new.number:
        telling = (list(filter(tells_apart, each.title)) for each in (new, known))
        if next(telling) != next(telling):
            return 0.0
    matcher = SequenceMatcher(None, new.title, known.title, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
