"""The whole plan at one moment, as of one round, indexed for walking up and down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import (
    heading_node,
    is_heading,
    is_placement,
    is_term,
    kind_of,
    placement_node,
    row_id,
    term_node,
)
from kyodo_desktop.domain.numbering import number
from kyodo_desktop.domain.plan import (
    ENDED,
    KIND_ORDER,
    Action,
    ActionActor,
    ActionPrinciple,
    Actor,
    Assignment,
    Confirmation,
    Direction,
    Heading,
    Joining,
    Level,
    MutedRule,
    Opinion,
    Outlook,
    Placement,
    Plan,
    Prerequisite,
    Principle,
    Progress,
    Revision,
    RevisionReason,
    Role,
    Round,
    Section,
    Status,
    StatusKind,
    Succession,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OUR_ACTION_WORD = "実行計画"
"""What our sentences call an action, where the plan may have another word."""

_JOINTS = frozenset("-－‐.．・ー")
"""What may follow on the number above in one that says both."""


def with_action_word(text: str, word: str) -> str:
    """Return a sentence of ours with a plan's own word for its actions."""
    return text.replace(OUR_ACTION_WORD, word)


@dataclass(frozen=True, slots=True)
class Record:
    """`lines` and `outlooks` are keyed by action, `opinions` by heading (None is 総括)."""

    round: Round
    lines: dict[int, tuple[Progress, ...]]
    outlooks: dict[int, Outlook]
    opinions: dict[int | None, Opinion] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline never changes; after an edit there is a new one.

    A view that still holds the old one shows old data, never broken data. The tables are
    keyed by id and stand in their printed order; `lines`, `assignments` and `outlooks` are
    keyed by action, `children` by node. Placements come before sub-headings.

    `previous` is the round before the one that is shown. `prerequisites`, `action_actors`,
    `action_principles` and `successions` are keyed by action, `joinings` by the action that
    is gone, `opinions` by heading (None is 総括), `confirmations` by rule and subject.

    `chosen_terms` are those that somebody wants reported; none are those of the round.
    """

    plan: Plan
    levels: tuple[Level, ...]
    principles: dict[int, Principle]
    actors: dict[int, Actor]
    statuses: dict[int, Status]
    directions: dict[int, Direction]
    sections: dict[int, Section]
    rounds: dict[int, Round]
    round: Round | None
    terms: dict[int, Term]
    headings: dict[int, Heading]
    actions: dict[int, Action]
    placements: dict[int, Placement]
    lines: dict[int, tuple[Progress, ...]]
    assignments: dict[int, tuple[Assignment, ...]]
    outlooks: dict[int, Outlook]
    children: dict[int, tuple[int, ...]]
    placed: dict[int, tuple[int, ...]]
    opinions: dict[int | None, Opinion] = field(default_factory=dict)
    confirmations: dict[tuple[str, str], Confirmation] = field(default_factory=dict)
    previous: Record | None = None
    prerequisites: dict[int, tuple[Prerequisite, ...]] = field(default_factory=dict)
    action_actors: dict[int, tuple[ActionActor, ...]] = field(default_factory=dict)
    action_principles: dict[int, tuple[ActionPrinciple, ...]] = field(default_factory=dict)
    joinings: dict[int, Joining] = field(default_factory=dict)
    successions: dict[int, Succession] = field(default_factory=dict)
    revisions: dict[int, Revision] = field(default_factory=dict)
    revision_reasons: dict[int, RevisionReason] = field(default_factory=dict)
    muted_rules: dict[int, MutedRule] = field(default_factory=dict)
    chosen_terms: tuple[int, ...] = ()

    # Rounds

    @property
    def record(self) -> Record | None:
        """What the round that is shown says."""
        if self.round is None:
            return None
        return Record(self.round, self.lines, self.outlooks, self.opinions)

    def as_of(
        self,
        record: Record | None,
        previous: Record | None = None,
        confirmations: dict[tuple[str, str], Confirmation] | None = None,
    ) -> Outline:
        """Return the same plan with what another round says, or without a round."""
        return replace(
            self,
            round=record.round if record else None,
            lines=record.lines if record else {},
            outlooks=record.outlooks if record else {},
            opinions=record.opinions if record else {},
            previous=previous,
            confirmations=confirmations or {},
        )

    # Walking

    @property
    def roots(self) -> tuple[int, ...]:
        """The nodes of the terms."""
        return tuple(map(term_node, self.terms))

    def exists(self, node: int) -> bool:
        """Tell whether the node is in the plan."""
        table = (self.terms, self.headings, self.placements)[kind_of(node) - 1]
        return row_id(node) in table

    def parent(self, node: int) -> int | None:
        """Return the node above; a term has none."""
        if is_placement(node):
            return heading_node(self.placements[row_id(node)].heading_id)
        if is_term(node):
            return None
        heading = self.headings[row_id(node)]
        if heading.parent_id is None:
            return term_node(heading.term_id)
        return heading_node(heading.parent_id)

    def ancestors(self, node: int) -> Iterator[int]:
        """Yield what stands above the node, the nearest first."""
        above = self.parent(node)
        while above is not None:
            yield above
            above = self.parent(above)

    def below(self, node: int) -> Iterator[int]:
        """Yield everything under the node, in printed order."""
        for child in self.children.get(node, ()):
            yield child
            if not is_placement(child):
                yield from self.below(child)

    def depth(self, node: int) -> int:
        """Return how deep the node stands: 0 for a heading directly under its term."""
        return sum(1 for _ in self.ancestors(node)) - 1

    # Reading one node

    def action_id_at(self, node: int) -> int:
        """Return the id of the action that a placement shows."""
        return self.placements[row_id(node)].action_id

    def action_at(self, node: int) -> Action | None:
        """Return the action that a placement shows; nothing for a term or a heading."""
        if not is_placement(node):
            return None
        return self.actions[self.action_id_at(node)]

    def title(self, node: int) -> str:
        """Return the title, or the name of a term."""
        if is_placement(node):
            return self.actions[self.action_id_at(node)].title
        if is_heading(node):
            return self.headings[row_id(node)].title
        return self.terms[row_id(node)].name

    def number(self, node: int) -> str:
        """Return the printed number: as typed, else from the position and the level's style."""
        if is_placement(node):
            placement = self.placements[row_id(node)]
            siblings = self.children[heading_node(placement.heading_id)]
            return placement.number or number(self.levels[-1].numbering, siblings.index(node) + 1)
        if is_heading(node):
            return self.headings[row_id(node)].number or self._heading_number(node)
        return ""

    def _heading_number(self, node: int) -> str:
        above = self.parent(node)
        assert above is not None
        siblings = [each for each in self.children[above] if is_heading(each)]
        return number(self.level_of(node).numbering, siblings.index(node) + 1)

    def level_of(self, node: int) -> Level:
        """Return the level (推進項目, 施策, 実行計画 …) of a heading or a placement."""
        if is_placement(node):
            return self.levels[-1]
        return self.levels[min(self.depth(node), len(self.levels) - 2)]

    def label(self, node: int) -> str:
        """Return number and title as one text."""
        return f"{self.number(node)} {self.title(node)}".strip()

    def path_number(self, node: int) -> str:
        """Return the number of a node behind those of what it stands under: 1-(2)-②.

        What has no number of its own has none: those of its place would be another's.
        """
        return self.place_number(node) if self.number(node) else ""

    def place_number(self, node: int) -> str:
        """Return the numbers of a node and of what it stands under, as far as these have any.

        A number that begins with the one above it (1-1 under 1) says both, and so does the same
        one again if it has parts (1-1 under 1-1).
        """
        path = ""
        for each in [node, *self.ancestors(node)][-2::-1]:
            printed = self.number(each)
            begins = bool(path) and printed.startswith(path)
            joint = printed[len(path) : len(path) + 1] or path
            says_both = begins and not _JOINTS.isdisjoint(joint)
            path = printed if says_both else "-".join(filter(None, (path, printed)))
        return path

    def place_label(self, node: int) -> str:
        """Return a title behind its numbers from the top: 1-(2) 活動拠点の整備."""
        return f"{self.place_number(node)} {self.title(node)}".strip()

    @property
    def action_word(self) -> str:
        """What the plan calls its actions: 実行計画, 取組, 事業."""
        return self.levels[-1].name

    def worded(self, text: str) -> str:
        """Return a sentence of ours with the plan's own word for its actions."""
        return with_action_word(text, self.action_word)

    def is_relisted(self, node: int) -> bool:
        """Tell whether this placement is a 再掲, not the action's home."""
        if not is_placement(node):
            return False
        placement = self.placements[row_id(node)]
        return self.placed[placement.action_id][0] != placement.id

    # Reading one action

    def home(self, action_id: int) -> int:
        """Return the node of the placement where an action in the plan is at home."""
        return placement_node(self.placed[action_id][0])

    def status(self, action_id: int) -> Status | None:
        """Return the least advanced status of the action's lines; nothing is 未記入."""
        return self.status_of(self.lines.get(action_id, ()))

    def status_of(self, lines: tuple[Progress, ...]) -> Status | None:
        """Return the least advanced status of some lines."""
        if not lines:
            return None
        if len(lines) == 1:
            only = lines[0].status_id
            return None if only is None else self.statuses[only]
        marked = [self.statuses[line.status_id] for line in lines if line.status_id is not None]
        return min(marked, key=_advance, default=None)

    def is_carried(self, action_id: int) -> bool:
        """Tell whether anything said of the action still stands as in the round before."""
        outlook = self.outlooks.get(action_id)
        if outlook is not None and outlook.carried:
            return True
        return any(line.carried for line in self.lines.get(action_id, ()))

    def lead(self, action_id: int) -> str:
        """Return the names of the leading sections."""
        return "、".join(self.section_names(action_id, Role.LEAD))

    def section_names(self, action_id: int, role: Role) -> list[str]:
        """Return the names of the sections with this part in the action."""
        return [
            self.sections[each.section_id].name
            for each in self.assignments.get(action_id, ())
            if each.role == role
        ]

    def is_overdue(self, action_id: int, month: str) -> bool:
        """Tell whether the due month lies before `month` and the action has not ended."""
        due = self.actions[action_id].due
        return due is not None and due < month and self.is_open(action_id)

    def is_open(self, action_id: int) -> bool:
        """Tell whether there is anything left to do."""
        status = self.status(action_id)
        return status is None or status.kind not in ENDED


def _advance(status: Status) -> tuple[int, int]:
    return KIND_ORDER[StatusKind(status.kind)], -status.position
