"""前回との比較: two states of a plan side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.comparing.fields import (
    ACTION_FIELDS,
    HEADING_FIELDS,
    ComparedField,
    fields_that_can_differ,
    status_id,
)
from kyodo_desktop.domain.comparing.kinds import ChangeKind
from kyodo_desktop.domain.comparing.text_diff import Pieces, Segments, Whole, diff_pieces, names
from kyodo_desktop.domain.nodes import heading_node, is_heading, is_placement, row_id, term_node
from kyodo_desktop.domain.terms import in_term, reported_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline

Terms = frozenset[int]


class FieldDifference(NamedTuple):
    """A field as it is shown before and after; an empty text is nothing.

    What is said in a round (`is_of_round`) is no change of the plan itself.
    """

    kind: ChangeKind
    label: str
    before: Pieces
    after: Pieces
    is_of_round: bool = False
    is_public: bool = True

    @property
    def old(self) -> str:
        """The text before."""
        return "".join(self.before)

    @property
    def new(self) -> str:
        """The text after."""
        return "".join(self.after)

    def marked(self) -> tuple[Segments, Segments]:
        """Return both texts with what changed marked; a choice changes as a whole."""
        return diff_pieces(self.before, self.after)


class ItemChange(NamedTuple):
    """What became of one heading or action.

    `before` and `after` are its nodes, those of an action its home; an added item has no
    `before`, a dropped one no `after`. A MERGED one has become part of the item at `after`.
    `level` is what the plan calls it (施策, 実行計画 …).
    """

    before: int | None
    after: int | None
    level: str
    kinds: frozenset[ChangeKind]
    fields: tuple[FieldDifference, ...]

    @property
    def is_gone(self) -> bool:
        """Whether the item no longer stands for itself."""
        return self.after is None or ChangeKind.MERGED in self.kinds

    @property
    def is_of_round(self) -> bool:
        """Whether only what a round says of the item has changed."""
        stayed = self.before is not None and not self.is_gone
        return stayed and all(field.is_of_round for field in self.fields)

    def published(self) -> ItemChange | None:
        """Return what may be published of it; nothing where only internal fields differ."""
        fields = tuple(each for each in self.fields if each.is_public)
        hidden = {each.kind for each in self.fields} - {each.kind for each in fields}
        if self.before is not None and self.after is not None and not (self.kinds - hidden):
            return None
        return self._replace(fields=fields, kinds=self.kinds - hidden)

    @property
    def labels(self) -> list[str]:
        """The words for its kinds, in their order."""
        return [kind.label for kind in ChangeKind if kind in self.kinds]


class ChangePlace(NamedTuple):
    """Where an item stands: 1-(2)-②, and the labels of the headings above, from the top.

    Both are behind its term where it stands among several.
    """

    number: str
    above: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a plan.

    `transitions` counts the actions (実行計画数) that stand in both by their status before and
    after; None is 未記入. `changes` are in the printed order of `after`, what was dropped
    where it stood.
    """

    before: Outline
    after: Outline
    transitions: Counter[tuple[int | None, int | None]]
    changes: tuple[ItemChange, ...]
    terms: tuple[Terms, Terms]

    def published(self) -> Comparison:
        """Return the comparison without the changes of internal fields."""
        changes = (each.published() for each in self.changes)
        return replace(self, changes=tuple(each for each in changes if each is not None))

    def in_term(self, node: int, text: str, *, old: bool) -> str:
        """Return what is said of a node of a side; of several terms there it names its own."""
        outline = self.before if old else self.after
        filled = [each for each in self.terms[not old] if outline.children.get(term_node(each))]
        return in_term(outline, node, text, filled)

    def whereabouts(self, change: ItemChange) -> tuple[Outline, int]:
        """Return the state and the node of an item: as it stands now, else as it stood."""
        if change.after is None or change.is_gone:
            assert change.before is not None, "an item stands before or after"
            return self.before, change.before
        return self.after, change.after

    def place(self, change: ItemChange) -> ChangePlace:
        """Return the whole place of an item, as it is now, else as it was."""
        outline, node = self.whereabouts(change)
        old = outline is self.before
        number, above = outline.path_number(node), " ＞ ".join(_labels_above(outline, node))
        return ChangePlace(
            self.in_term(node, number, old=old), self.in_term(node, above, old=old).strip("　")
        )


def compare(
    before: Outline, after: Outline, *, terms: tuple[Terms, Terms] | None = None
) -> Comparison:
    """Compare two states of a plan, each with what its own round says.

    `terms` are those to compare on either side; without them each state stands for the
    terms that its round is about.
    """
    comparer = _Comparer(before, after, terms)
    actions = paired_actions(comparer.before, comparer.after)
    return Comparison(
        before,
        after,
        Counter(
            (status_id(before, old), status_id(after, new)) for new, old in actions.old.items()
        ),
        tuple(comparer.changes(actions)),
        (comparer.before.terms, comparer.after.terms),
    )


def compare_action(before: Outline, after: Outline, action_id: int) -> ItemChange | None:
    """Return what became of one action that stands in the plan; nothing if it is the same."""
    new_terms = frozenset({after.actions[action_id].term_id})
    old = _old(before, action_id, after.actions[action_id].continues_id)
    if old is None:
        return _Comparer(before, after, (new_terms, new_terms)).added(action_id)
    old_terms = frozenset({before.actions[old].term_id})
    return _Comparer(before, after, (old_terms, new_terms)).action(old, action_id)


def _old(before: Outline, *candidates: int | None) -> int | None:
    """Return the action that stands in the plan, at best in the term of the round."""
    known = [each for each in candidates if each is not None and each in before.placed]
    terms = _terms_of(before)
    of_the_round = (each for each in known if before.actions[each].term_id in terms)
    return next(iter((*of_the_round, *known)), None)


class _Comparer:
    def __init__(self, before: Outline, after: Outline, terms: tuple[Terms, Terms] | None) -> None:
        old_terms, new_terms = terms or (_terms_of(before), _terms_of(after))
        self.before, self.after = Side(before, old_terms), Side(after, new_terms)
        self._headings = paired_headings(self.before, self.after)
        self._action_fields = fields_that_can_differ(ACTION_FIELDS, before, after)
        self._heading_fields = fields_that_can_differ(HEADING_FIELDS, before, after)
        self._may_have_moved = before.placements is not after.placements or old_terms != new_terms

    def changes(self, actions: PairedActions) -> Iterator[ItemChange]:
        gone = self._gone(actions)
        yield from gone.get(None, ())
        old_headings = {new: old for old, new in self._headings.items()}
        for node in self.after.nodes():
            if is_placement(node):
                action_id = self.after.outline.action_id_at(node)
                old = actions.old.get(action_id)
                change = self.added(action_id) if old is None else self.action(old, action_id)
            else:
                change = self._heading(old_headings.get(row_id(node)), row_id(node))
            if change is not None:
                yield change
            yield from gone.get(node, ())

    def added(self, action_id: int) -> ItemChange:
        """Return a new action with all that is known of it."""
        node, outline = self.after.outline.home(action_id), self.after.outline
        fields = [
            _difference(field, (), pieces)
            for field in ACTION_FIELDS[1:]
            if (pieces := field.pieces(outline, action_id))
        ]
        return _change(outline, None, node, fields, {ChangeKind.ADDED})

    def action(self, old: int, new: int) -> ItemChange | None:
        """Return what differs between an action and the one that it was."""
        before, after = self.before.outline, self.after.outline
        fields = list(self._placed(old, new))
        if old == new:
            fields += _differences(self._action_fields, before, old, after, new)
        else:
            fields += _differences_between_terms(before, old, after, new)
        if not fields:
            return None
        return _change(after, before.home(old), after.home(new), fields)

    def _placed(self, old: int, new: int) -> Iterator[FieldDifference]:
        """Yield where else an action stands, and under which number."""
        if not self._may_have_moved:
            return
        before, after = self.before.outline, self.after.outline
        olds = [before.placements[each] for each in before.placed[old]]
        news = [after.placements[each] for each in after.placed[new]]
        old_headings = [self._headings.get(each.heading_id) for each in olds]
        new_headings = [each.heading_id for each in news]
        if old_headings[0] != new_headings[0] or set(old_headings) != set(new_headings):
            yield FieldDifference(
                ChangeKind.MOVED if old_headings[0] != new_headings[0] else ChangeKind.RELISTED,
                "掲載先",
                _paths(before, [each.heading_id for each in olds]),
                _paths(after, new_headings),
            )
        if olds[0].number != news[0].number:
            yield FieldDifference(
                ChangeKind.RENUMBERED,
                "番号",
                (Whole(before.number(before.home(old))),),
                (Whole(after.number(after.home(new))),),
            )

    def _heading(self, old: int | None, new: int) -> ItemChange | None:
        before, after, node = self.before.outline, self.after.outline, heading_node(new)
        if old is None:
            return _change(after, None, node, [], {ChangeKind.ADDED})
        if not self._heading_fields and not self._may_have_moved:
            return None
        fields = _differences(self._heading_fields, before, old, after, new)
        old_parent, new_parent = before.headings[old].parent_id, after.headings[new].parent_id
        if (None if old_parent is None else self._headings.get(old_parent)) != new_parent:
            was, is_now = (
                () if parent is None else _paths(outline, [parent])
                for outline, parent in ((before, old_parent), (after, new_parent))
            )
            fields.insert(0, FieldDifference(ChangeKind.MOVED, "上の見出し", was, is_now))
        return _change(after, heading_node(old), node, fields) if fields else None

    def _gone(self, actions: PairedActions) -> dict[int | None, list[ItemChange]]:
        """Return what no longer stands for itself, by the node behind which it stood."""
        gone: defaultdict[int | None, list[ItemChange]] = defaultdict(list)
        new_of = {old: new for new, old in actions.old.items()}
        last: int | None = None
        for node in self.before.nodes():
            if is_heading(node):
                heading_id = self._headings.get(row_id(node))
                still = None if heading_id is None else heading_node(heading_id)
                merged = None
            else:
                action_id = self.before.outline.action_id_at(node)
                still = self._home_of(new_of.get(action_id))
                merged = self._home_of(actions.merged.get(action_id))
            if still is None:
                gone[last].append(self._dropped(node, merged))
            else:
                last = still
        return gone

    def _home_of(self, action_id: int | None) -> int | None:
        return None if action_id is None else self.after.outline.home(action_id)

    def _dropped(self, node: int, merged: int | None) -> ItemChange:
        outline = self.before.outline
        fields: list[FieldDifference] = []
        if merged is not None:
            into = Whole(self.after.outline.label(merged))
            fields.append(FieldDifference(ChangeKind.MERGED, "統合先", (), (into,)))
        if is_placement(node):
            action_id = outline.action_id_at(node)
            fields += [
                _difference(field, pieces, ())
                for field in ACTION_FIELDS[1:]
                if (pieces := field.pieces(outline, action_id))
            ]
        kind = ChangeKind.DROPPED if merged is None else ChangeKind.MERGED
        return ItemChange(
            node, merged, outline.level_of(node).name, frozenset({kind}), tuple(fields)
        )


def _change(
    after: Outline,
    old: int | None,
    new: int,
    fields: Sequence[FieldDifference],
    kinds: set[ChangeKind] | None = None,
) -> ItemChange:
    found = kinds or {field.kind for field in fields}
    return ItemChange(old, new, after.level_of(new).name, frozenset(found), tuple(fields))


def _difference(field: ComparedField, before: Pieces, after: Pieces) -> FieldDifference:
    return FieldDifference(
        field.kind,
        field.label,
        before,
        after,
        is_of_round=field.is_of_round,
        is_public=field.is_public,
    )


def _differences(
    fields: Sequence[ComparedField], before: Outline, old: int, after: Outline, new: int
) -> list[FieldDifference]:
    return [
        _difference(field, field.pieces(before, old), field.pieces(after, new))
        for field in fields
        if field.value(before, old) != field.value(after, new)
    ]


def _differences_between_terms(
    before: Outline, old: int, after: Outline, new: int
) -> list[FieldDifference]:
    """Compare what is read: other actions have other ids in another term."""
    texts = (
        (field, field.pieces(before, old), field.pieces(after, new)) for field in ACTION_FIELDS
    )
    return [
        _difference(field, old_pieces, new_pieces)
        for field, old_pieces, new_pieces in texts
        if old_pieces != new_pieces
    ]


def _paths(outline: Outline, heading_ids: Sequence[int]) -> Pieces:
    return names(_path(outline, heading_node(each)) for each in heading_ids)


def _path(outline: Outline, node: int) -> str:
    return " ＞ ".join((*_labels_above(outline, node), outline.label(node)))


def _labels_above(outline: Outline, node: int) -> list[str]:
    above = [outline.label(each) for each in outline.ancestors(node) if is_heading(each)]
    return above[::-1]


# Which heading and which action of one state of a plan is which in another


@dataclass(frozen=True, slots=True)
class Side:
    """The terms of a plan that are compared."""

    outline: Outline
    terms: Terms

    @property
    def headings(self) -> set[int]:
        """The ids of the headings."""
        rows = self.outline.headings.values()
        return {row.id for row in rows if row.term_id in self.terms}

    @property
    def actions(self) -> list[int]:
        """The ids of the actions that stand in the plan."""
        known = self.outline.actions
        return [each for each in self.outline.placed if known[each].term_id in self.terms]

    def nodes(self) -> Iterator[int]:
        """Yield headings and actions in printed order, an action where its home is."""
        for term_id in self.outline.terms:
            if term_id in self.terms:
                yield from filter(self._is_itself, self.outline.below(term_node(term_id)))

    def _is_itself(self, node: int) -> bool:
        return not self.outline.is_relisted(node)


def _terms_of(outline: Outline) -> Terms:
    """Return the terms that are reported; where nothing is in any of them yet, all."""
    return frozenset(reported_terms(outline) or outline.terms)


def paired_headings(before: Side, after: Side) -> dict[int, int]:
    """Return the heading after by the heading before: by id, between terms by equal title."""
    olds, news = before.headings, after.headings
    pairs = {each: each for each in olds & news}
    if before.terms == after.terms:
        return pairs
    free = [row_id(node) for node in after.nodes() if is_heading(node)]
    free = [each for each in free if each not in pairs]
    for node in before.nodes():
        if is_heading(node) and row_id(node) not in pairs:
            found = _of_equal_title(before, after, row_id(node), free, pairs)
            if found is not None:
                pairs[row_id(node)] = found
                free.remove(found)
    return pairs


def _of_equal_title(
    before: Side, after: Side, old: int, free: list[int], pairs: dict[int, int]
) -> int | None:
    """Return a heading with the same title, if there is one at the same place."""
    row = before.outline.headings[old]
    parent = None if row.parent_id is None else pairs.get(row.parent_id)
    known = after.outline.headings
    equal = [each for each in free if known[each].title == row.title]
    depth = before.outline.depth(heading_node(old))
    level = [each for each in equal if after.outline.depth(heading_node(each)) == depth]
    here = [each for each in level if known[each].parent_id == parent]
    return next(iter(here or level), None)


@dataclass(frozen=True, slots=True)
class PairedActions:
    """`old` is the action before by the action after; `merged` is the reverse.

    A merged action of before has become part of one that is paired with another.
    """

    old: dict[int, int]
    merged: dict[int, int]


def paired_actions(before: Side, after: Side) -> PairedActions:
    """Pair the actions by id, then each new one with what it continues."""
    olds, news = before.actions, after.actions
    known = set(news)
    old = {each: each for each in olds if each in known}
    left = [each for each in olds if each not in known]
    free = set(left)
    for new in news:
        continues = after.outline.actions[new].continues_id
        if new not in old and continues in free:
            old[new] = continues
            free.discard(continues)
    merged: dict[int, int] = {}
    for each in left:
        successor = _successor(after.outline, each)
        if each not in free or successor not in known:
            continue
        if successor in old:
            merged[each] = successor
        else:
            old[successor] = each
    return PairedActions(old, merged)


def _successor(outline: Outline, action_id: int) -> int | None:
    """Return the action that an action has become part of, in the next term or in its own."""
    if action_id in outline.successions:
        return outline.successions[action_id].successor_id
    joining = outline.joinings.get(action_id)
    return None if joining is None else joining.into_id
