"""Lists of actions in other orders than the plan's: under groups, or sorted by one value."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from kyodo_desktop.domain import fiscal_year, terms
from kyodo_desktop.domain.assigning import leads_of
from kyodo_desktop.domain.nodes import group_node, is_group, is_placement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kyodo_desktop.domain.outline import Outline


class Arrangement(StrEnum):
    """In which order actions stand; TREE is the plan's own."""

    TREE = "tree"
    SECTION = "section"
    DUE = "due"
    STATUS = "status"
    UPDATED = "updated"

    @property
    def label(self) -> str:
        """The words for the choice."""
        return _LABELS[self]


_LABELS = {
    Arrangement.TREE: "計画の順",
    Arrangement.SECTION: "担当課別",
    Arrangement.DUE: "完了予定順",
    Arrangement.STATUS: "状態別",
    Arrangement.UPDATED: "更新日順",
}


FLAT = tuple(each for each in Arrangement if each is not Arrangement.TREE)


class Order(NamedTuple):
    """In which order actions stand: arranged, or sorted by a column where that is named."""

    by: Arrangement = Arrangement.TREE
    column: str = ""
    descending: bool = False

    @property
    def is_flat(self) -> bool:
        """Whether the headings of the plan are left out."""
        return bool(self.column) or self.by is not Arrangement.TREE


class RowGroup(NamedTuple):
    """Some placements under one word."""

    label: str
    nodes: tuple[int, ...]


class Today(NamedTuple):
    """What dates are compared with: the month before which work is late, and the day today."""

    month: str
    today: str


def homes(outline: Outline, placements: Iterable[int]) -> list[int]:
    """Return where the actions of some placements are at home, each once, in the same order."""
    return list(
        dict.fromkeys(outline.home(outline.action_id_at(placement)) for placement in placements)
    )


def grouped(
    outline: Outline,
    by: Arrangement,
    placements: Iterable[int],
    at: Today,
    updated: Mapping[int, str],
) -> list[RowGroup]:
    """Return the actions of some placements in groups, in printed order in each.

    `updated` is when each action was changed last. By date they are in the order of the dates.
    """
    key_of = {
        Arrangement.SECTION: _by_section,
        Arrangement.DUE: _by_due,
        Arrangement.STATUS: _by_status,
        Arrangement.UPDATED: _by_update,
    }[by]
    key = key_of(outline, at, updated)
    found: dict[tuple[Any, str], list[tuple[Any, int]]] = {}
    for node in homes(outline, placements):
        rank, label, within = key(outline.action_id_at(node))
        found.setdefault((rank, label), []).append((within, node))
    return [
        RowGroup(
            label, tuple(node for _, node in sorted(found[rank, label], key=lambda each: each[0]))
        )
        for rank, label in sorted(found)
    ]


_Key = tuple[Any, str, Any]  # the rank of the group, its words, the rank in the group
_LAST = 1_000_000
_NO_SECTION, _NO_DUE, _NO_STATUS, _NEVER = "担当課なし", "完了予定なし", "未記入", "記録なし"


def _by_section(
    outline: Outline, _at: Today, _updated: Mapping[int, str]
) -> Callable[[int], _Key]:
    places = {section_id: place for place, section_id in enumerate(outline.sections)}

    def key(action_id: int) -> _Key:
        lead = next(iter(leads_of(outline, action_id)), None)
        if lead is None:
            return _LAST, _NO_SECTION, 0
        return places[lead], outline.sections[lead].name, 0

    return key


def _by_due(outline: Outline, at: Today, _updated: Mapping[int, str]) -> Callable[[int], _Key]:
    over = terms.terms_over(outline)

    def key(action_id: int) -> _Key:
        due, term_id = outline.actions[action_id].due, outline.actions[action_id].term_id
        if due is None:
            return _LAST, _NO_DUE, ""
        if outline.is_overdue(action_id, at.month) and term_id not in over:
            return 0, "期限超過", due
        year = fiscal_year.fiscal_year_of(due)
        return year, fiscal_year.fiscal_year_label(year), due

    return key


def _by_status(outline: Outline, _at: Today, _updated: Mapping[int, str]) -> Callable[[int], _Key]:
    places = {status_id: place for place, status_id in enumerate(outline.statuses)}

    def key(action_id: int) -> _Key:
        status = outline.status(action_id)
        return (-1, _NO_STATUS, 0) if status is None else (places[status.id], status.label, 0)

    return key


def _by_update(_outline: Outline, at: Today, updated: Mapping[int, str]) -> Callable[[int], _Key]:
    today = date.fromisoformat(at.today)
    since = [
        (today, "今日"),
        (today - timedelta(days=1), "昨日"),
        (today - timedelta(days=7), "7日以内"),
        (today - timedelta(days=30), "30日以内"),
    ]

    def key(action_id: int) -> _Key:
        moment = updated.get(action_id)
        if moment is None:
            return _LAST, _NEVER, 0
        place = next(
            (place for place, (day, _) in enumerate(since) if moment[:10] >= day.isoformat()),
            len(since),
        )
        label = since[place][1] if place < len(since) else "それより前"
        return place, label, _Backwards(moment)

    return key


class _Backwards(NamedTuple):
    """Sorts the later text before the earlier one."""

    text: str

    def __lt__(self, other: _Backwards) -> bool:  # type: ignore[override]
        return self.text > other.text


def ordered(
    outline: Outline,
    placements: Iterable[int],
    key: Callable[[int], Any],
    *,
    descending: bool = False,
) -> list[RowGroup]:
    """Return the actions of some placements, as one group without a word, by a value of each.

    Whoever has no value (None) stands behind, in either direction.
    """
    nodes = homes(outline, placements)
    values = {node: key(outline.action_id_at(node)) for node in nodes}
    present = [node for node in nodes if values[node] is not None]
    present.sort(key=values.__getitem__, reverse=descending)
    return [RowGroup("", (*present, *(node for node in nodes if values[node] is None)))]


def have_new_homes(before: Outline, after: Outline) -> bool:
    """Tell whether actions stand at home now where none stood."""
    if before.placed is after.placed:
        return False
    known = set(map(before.home, before.placed))
    return any(after.home(each) not in known for each in after.placed)


class Shape(Protocol):
    """What of a plan is shown, and what stands above what."""

    @property
    def roots(self) -> tuple[int, ...]:
        """Return the rows at the top."""

    def children(self, node: int) -> tuple[int, ...]:
        """Return the rows below one, in their order."""

    def has_children(self, node: int) -> bool:
        """Tell whether there are rows below one."""


class FlatRows:
    """Rows of actions under groups; a group without a word is none.

    A group has a node too, which is in no outline.
    """

    def __init__(self, groups: Sequence[RowGroup]) -> None:
        self.groups: dict[int, RowGroup] = {
            group_node(place): group for place, group in enumerate(groups, start=1)
        }
        self._above = {
            node: group_node
            for group_node, group in self.groups.items()
            if group.label
            for node in group.nodes
        }
        self._all = {node for group in groups for node in group.nodes}

    @property
    def roots(self) -> tuple[int, ...]:
        """Return the groups, or the rows where there are none."""
        if len(self.groups) == 1 and not self._above:
            return next(iter(self.groups.values())).nodes
        return tuple(node for node, group in self.groups.items() if group.nodes)

    def children(self, node: int) -> tuple[int, ...]:
        """Return the rows of a group."""
        return () if is_placement(node) else self.groups[node].nodes

    def has_children(self, node: int) -> bool:
        """Tell whether a node is a group."""
        return is_group(node)

    def above(self, node: int) -> int | None:
        """Return the group of a row, if it has one."""
        return self._above.get(node)

    def shows(self, node: int) -> bool:
        """Tell whether a row or a group is there."""
        return node in self._all or node in self.groups

    def without(self, outline: Outline) -> FlatRows:
        """Return the same rows, each where it stood, without those that a newer plan lacks.

        A row whose group would be another one by now stays until the list is made anew.
        """
        return FlatRows(
            [
                RowGroup(group.label, tuple(filter(outline.exists, group.nodes)))
                for group in self.groups.values()
            ]
        )
