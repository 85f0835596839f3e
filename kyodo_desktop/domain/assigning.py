"""Who leads and who helps: one section leads an action, unless a person wants several."""

from __future__ import annotations

from collections import Counter
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.plan import Assignment, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kyodo_desktop.domain.outline import Outline

Parts = dict[int, Role]


class Giving(Enum):
    """What becomes of the sections that had the part before a section is given it.

    HAND_OVER lets those help which led, also the section itself. REPLACE takes them out. ADD
    leaves them as they are. A section that leads is never made to help by the latter two.
    """

    HAND_OVER = auto()
    REPLACE = auto()
    ADD = auto()


class Share(NamedTuple):
    """A part of a section, and in how many of some actions it has it."""

    section_id: int
    role: Role
    actions: int


def parts(assigned: Iterable[Assignment]) -> Parts:
    """Return the part of each section."""
    return {each.section_id: Role(each.role) for each in assigned}


def given(before: Parts, section_id: int, role: Role, giving: Giving) -> Parts:
    """Return the parts after the section was given one."""
    if giving is Giving.HAND_OVER:
        after = dict(before)
        if role is Role.LEAD:
            after = dict.fromkeys(before, Role.RELATED)
        return after | {section_id: role}
    if role is Role.RELATED and before.get(section_id) is Role.LEAD:
        return before
    after = dict(before)
    if giving is Giving.REPLACE:
        after = {each: part for each, part in before.items() if part is not role}
    return after | {section_id: role}


def united(actions: Sequence[Iterable[Assignment]], leads: Collection[int] = ()) -> Parts:
    """Return the parts in the action that several become, the kept one first.

    Without chosen `leads` those of the first one that has any lead; all others help.
    """
    each_one = [parts(assigned) for assigned in actions]
    leading = [[id_ for id_, role in one.items() if role is Role.LEAD] for one in each_one]
    leads = leads or next(filter(None, leading), [])
    return {
        section_id: Role.LEAD if section_id in leads else Role.RELATED
        for section_id in dict.fromkeys(section_id for one in each_one for section_id in one)
    }


def leads_of(outline: Outline, action_id: int) -> tuple[int, ...]:
    """Return the sections that lead an action."""
    assigned = outline.assignments.get(action_id, ())
    return tuple(each.section_id for each in assigned if each.role == Role.LEAD)


def shares(outline: Outline, action_ids: Iterable[int]) -> list[Share]:
    """Return what the actions have together: who leads first, the most frequent first."""
    found = Counter(
        (each.section_id, Role(each.role))
        for action_id in action_ids
        for each in outline.assignments.get(action_id, ())
    )
    order = {section_id: place for place, section_id in enumerate(outline.sections)}
    return sorted(
        (Share(*part, count) for part, count in found.items()),
        key=lambda share: (share.role is not Role.LEAD, -share.actions, order[share.section_id]),
    )
