"""前回との比較: two states of a plan side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyodo_desktop.domain.comparing.fields import (
    ACTION_FIELDS,
    HEADING_FIELDS,
    ComparedField,
    fields_that_can_differ,
    status_id,
)
from kyodo_desktop.domain.comparing.kinds import FieldDifference, ItemChange, Kind
from kyodo_desktop.domain.comparing.pairing import (
    PairedActions,
    Side,
    Terms,
    paired_actions,
    paired_headings,
    terms_of_round,
)
from kyodo_desktop.domain.comparing.text_diff import Whole, names
from kyodo_desktop.domain.nodes import heading_node, is_heading, is_placement, row_id, term_node
from kyodo_desktop.domain.terms import in_term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.comparing.text_diff import Pieces
    from kyodo_desktop.domain.outline import Outline

__all__ = ["Comparison", "FieldDifference", "ItemChange", "Kind", "compare", "compare_action"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a plan.

    `transitions` counts the actions (実質) that stand in both by their status before and
    after; None is 未記入. `changes` are in the printed order of `after`, what was dropped
    where it stood.
    """

    before: Outline
    after: Outline
    transitions: Counter[tuple[int | None, int | None]]
    changes: tuple[ItemChange, ...]
    terms: tuple[Terms, Terms]

    def in_term(self, node: int, text: str, *, old: bool) -> str:
        """Return what is said of a node of a side; of several terms there it names its own."""
        outline = self.before if old else self.after
        filled = [each for each in self.terms[not old] if outline.children.get(term_node(each))]
        return in_term(outline, node, text, filled)


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
    terms = terms_of_round(before)
    of_the_round = (each for each in known if before.actions[each].term_id in terms)
    return next(iter((*of_the_round, *known)), None)


class _Comparer:
    def __init__(self, before: Outline, after: Outline, terms: tuple[Terms, Terms] | None) -> None:
        old_terms, new_terms = terms or (terms_of_round(before), terms_of_round(after))
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
            FieldDifference(field.kind, field.label, (), pieces)
            for field in ACTION_FIELDS[1:]
            if (pieces := field.pieces(outline, action_id))
        ]
        return _change(outline, None, node, fields, {Kind.ADDED})

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
                Kind.MOVED if old_headings[0] != new_headings[0] else Kind.RELISTED,
                "掲載先",
                _paths(before, [each.heading_id for each in olds]),
                _paths(after, new_headings),
            )
        if olds[0].number != news[0].number:
            yield FieldDifference(
                Kind.RENUMBERED,
                "番号",
                (Whole(before.number(before.home(old))),),
                (Whole(after.number(after.home(new))),),
            )

    def _heading(self, old: int | None, new: int) -> ItemChange | None:
        before, after, node = self.before.outline, self.after.outline, heading_node(new)
        if old is None:
            return _change(after, None, node, [], {Kind.ADDED})
        if not self._heading_fields and not self._may_have_moved:
            return None
        fields = _differences(self._heading_fields, before, old, after, new)
        old_parent, new_parent = before.headings[old].parent_id, after.headings[new].parent_id
        if (None if old_parent is None else self._headings.get(old_parent)) != new_parent:
            paths = (
                () if parent is None else _paths(outline, [parent])
                for outline, parent in ((before, old_parent), (after, new_parent))
            )
            fields.insert(0, FieldDifference(Kind.MOVED, "上の見出し", *paths))
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
            fields.append(FieldDifference(Kind.MERGED, "統合先", (), (into,)))
        if is_placement(node):
            action_id = outline.action_id_at(node)
            fields += [
                FieldDifference(field.kind, field.label, pieces, ())
                for field in ACTION_FIELDS[1:]
                if (pieces := field.pieces(outline, action_id))
            ]
        kind = Kind.DROPPED if merged is None else Kind.MERGED
        return ItemChange(
            node, merged, outline.level_of(node).name, frozenset({kind}), tuple(fields)
        )


def _change(
    after: Outline,
    old: int | None,
    new: int,
    fields: Sequence[FieldDifference],
    kinds: set[Kind] | None = None,
) -> ItemChange:
    found = kinds or {field.kind for field in fields}
    return ItemChange(old, new, after.level_of(new).name, frozenset(found), tuple(fields))


def _differences(
    fields: Sequence[ComparedField], before: Outline, old: int, after: Outline, new: int
) -> list[FieldDifference]:
    return [
        FieldDifference(
            field.kind, field.label, field.pieces(before, old), field.pieces(after, new)
        )
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
        FieldDifference(field.kind, field.label, old_pieces, new_pieces)
        for field, old_pieces, new_pieces in texts
        if old_pieces != new_pieces
    ]


def _paths(outline: Outline, heading_ids: Sequence[int]) -> Pieces:
    return names(_path(outline, heading_node(each)) for each in heading_ids)


def _path(outline: Outline, node: int) -> str:
    above = [each for each in outline.ancestors(node) if is_heading(each)]
    return " ＞ ".join(outline.label(each) for each in (*reversed(above), node))
