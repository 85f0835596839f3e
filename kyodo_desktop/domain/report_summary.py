"""概要 on one page, and what is late: how many, whose, what changed, what the committee said."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import overview, predecessors, terms
from kyodo_desktop.domain.comparing.fields import status_id
from kyodo_desktop.domain.comparing.kinds import ChangeKind
from kyodo_desktop.domain.counting import placements_under
from kyodo_desktop.domain.nodes import is_placement, row_id, term_node
from kyodo_desktop.domain.plan import Role, StatusKind
from kyodo_desktop.domain.totals import NO_SECTION, term_before, term_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.comparing.comparison import Comparison, ItemChange
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.overview import Dated, Group
    from kyodo_desktop.domain.plan import Opinion, Status
    from kyodo_desktop.domain.totals import TermTotals

MOST_LISTED = 5
LATE, MOVED, APART = "期限超過", "状態の変更", "集計に含めない"
NEW, DROPPED, MERGED = "新規", "削除", "統合"
ARROW = " → "


class SummaryFigure(NamedTuple):
    """How many, and how many more than in the round before; nothing where there is none.

    `group` says which statuses are counted, where it is statuses.
    """

    label: str
    value: int
    change: int | None
    group: Group | None = None


class SummaryBar(NamedTuple):
    """A topmost heading, and its 実行計画数 in each of the groups."""

    node: int
    label: str
    counts: tuple[int, ...]


class TermSummary(NamedTuple):
    """The figures of a term's node, and a bar for each of its topmost headings."""

    term: int
    figures: tuple[SummaryFigure, ...]
    groups: tuple[Group, ...]
    bars: tuple[SummaryBar, ...]


class ListedAction(NamedTuple):
    """An action in a list; `place` is its number with those above it, behind its term if needed.

    `section` are its leading ones, `due` is a month (YYYY-MM), `what` says why it is listed.
    """

    place: str
    title: str
    section: str
    status: Status | None
    due: str | None
    what: str


class ActionList(NamedTuple):
    """The first few of some actions, and how many more there are."""

    actions: tuple[ListedAction, ...]
    more: int

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.actions) + self.more


class ChangedActions(NamedTuple):
    """What is another than in the round before: by its status, as new, or by texts alone.

    Of `reworded` also 今後の方向性 may be another.
    """

    moved: frozenset[int]
    added: frozenset[int]
    reworded: frozenset[int]

    @property
    def in_words(self) -> tuple[tuple[str, int], ...]:
        """How many there are of each, behind its words."""
        return (
            (MOVED, len(self.moved)),
            ("新規", len(self.added)),
            ("文や方向性だけの変更", len(self.reworded)),
        )


class ReportSummary(NamedTuple):
    """What a director asks of a round; `opinion` is the committee's 総括.

    `done` became done since the round before, `late` is late, the longest first, and of
    `redirected` 今後の方向性 is another, or they were dropped or merged. `late_sections` are all
    that lead something late, with how much it is, the most first; unless the plan `knows_late`,
    nothing open has a month in which it is due. `carried` actions still stand as in the round
    before, since nobody has confirmed them. `moves` say from which status
    to which how many actions went, the most first. `other_opinions` are those on headings.
    """

    terms: tuple[TermSummary, ...]
    done: ActionList
    late: ActionList
    late_sections: tuple[tuple[str, int], ...]
    knows_late: bool
    redirected: ActionList
    changed: ChangedActions | None
    carried: int
    carried_sections: tuple[tuple[str, int], ...]
    moves: tuple[tuple[str, int], ...]
    opinion: Opinion | None
    other_opinions: int


def report_summary(outline: Outline, comparison: Comparison | None, month: str) -> ReportSummary:
    """Sum up the reported terms by a month (YYYY-MM), which is that of `reported_month`.

    The comparison is with the round before; without one nothing has changed.
    """
    before = None if comparison is None else comparison.before
    counted = term_totals(outline, before)
    late = _late(outline, month)
    changed = None if comparison is None else changed_actions(outline, comparison)
    carried = [each for each in _actions(outline) if outline.is_carried(each)]
    return ReportSummary(
        terms=tuple(_of_term(outline, before, each, month, changed) for each in counted),
        done=_first(() if comparison is None else done_actions(outline, comparison)),
        late=_first(overdue_actions(outline, month)),
        late_sections=_by_section(outline, [each.action_id for each in late]),
        knows_late=knows_late(outline),
        redirected=_first(() if comparison is None else redirected_actions(outline, comparison)),
        changed=changed,
        carried=len(carried),
        carried_sections=_by_section(outline, carried),
        moves=() if comparison is None else tuple(_moves(comparison)),
        opinion=outline.opinions.get(None),
        other_opinions=sum(
            bool(each.text) for heading, each in outline.opinions.items() if heading is not None
        ),
    )


def knows_late(outline: Outline) -> bool:
    """Tell whether some of what is reported has a month in which it is due, if any is open."""
    actions = _actions(outline)
    is_open = any(map(outline.is_open, actions))
    return not is_open or any(outline.actions[each].due for each in actions)


def overdue_actions(outline: Outline, month: str) -> tuple[ListedAction, ...]:
    """Return all that is late by a month (YYYY-MM), the longest first; `what` is how long."""
    found = _late(outline, month)
    return tuple(_dated(outline, each, overview.months_label(each.months)) for each in found)


def _late(outline: Outline, month: str) -> list[Dated]:
    return overview.overdue(outline, _actions(outline), month)


def _by_section(outline: Outline, actions: Iterable[int]) -> tuple[tuple[str, int], ...]:
    """Return how many of the actions each section leads."""
    led = (outline.section_names(each, Role.LEAD) or [NO_SECTION] for each in actions)
    return tuple(Counter(chain.from_iterable(led)).most_common())


def actions_due_soon(outline: Outline, month: str) -> tuple[ListedAction, ...]:
    """Return all that is due in a month or the two after it; `what` is in how many months."""
    found = overview.due_soon(outline, _actions(outline), month)
    return tuple(_dated(outline, each, overview.months_label(-each.months)) for each in found)


def _first(actions: Iterable[ListedAction]) -> ActionList:
    found = tuple(actions)
    return ActionList(found[:MOST_LISTED], max(0, len(found) - MOST_LISTED))


def _actions(outline: Outline, term_id: int | None = None) -> dict[int, int]:
    """Return the actions of a term, else of all that are reported, each with a place."""
    chosen = terms.reported_terms(outline) if term_id is None else [term_id]
    placements = (each for term in chosen for each in placements_under(outline, term_node(term)))
    return overview.actions_at(outline, placements)


# Figures and bars


def _of_term(
    outline: Outline,
    before: Outline | None,
    totals: TermTotals,
    month: str,
    changed: ChangedActions | None,
) -> TermSummary:
    groups = totals.columns.groups
    figures = (
        *_figures_of_statuses(outline, totals, groups),
        *_figures_of_work(outline, before, row_id(totals.term), month, changed),
    )
    bars = tuple(
        SummaryBar(row.node, row.name, tuple(each.count(row.now) for each in groups))
        for row in totals.net.rows
        if row.node is not None
    )
    return TermSummary(totals.term, figures, groups, bars)


def _figures_of_statuses(
    outline: Outline, totals: TermTotals, groups: Iterable[Group]
) -> Iterator[SummaryFigure]:
    total = totals.net.total
    now, before = total.now, total.before
    change = None if before is None else now.total() - before.total()
    yield SummaryFigure(outline.levels[-1].name, now.total(), change)
    counted = [(each.label, each, each) for each in groups]
    apart = [(APART, totals.columns.outside, None)] if totals.columns.apart else []
    for label, group, shown in (*counted, *apart):
        change = None if before is None else total.change(group)
        yield SummaryFigure(label, group.count(now), change, shown)


def _figures_of_work(
    outline: Outline,
    before: Outline | None,
    term_id: int,
    month: str,
    changed: ChangedActions | None,
) -> Iterator[SummaryFigure]:
    """Yield how many are late, and of how many the status is another than in the round before."""
    actions = _actions(outline, term_id)
    late = len(overview.overdue(outline, actions, month))
    earlier = None if before is None else term_before(outline, before, term_id)
    change = None
    if before is not None and before.round is not None and earlier is not None:
        then = _actions(before, earlier)
        change = late - len(overview.overdue(before, then, before.round.as_of[:7]))
    if knows_late(outline):
        yield SummaryFigure(LATE, late, change)
    if changed is not None:
        yield SummaryFigure(MOVED, len(changed.moved & {*actions}), None)


# Lists


def _dated(outline: Outline, dated: Dated, what: str) -> ListedAction:
    return _listed(outline, dated.node, what)


def _listed(outline: Outline, node: int, what: str) -> ListedAction:
    action_id = outline.action_id_at(node)
    reported = terms.reported_terms(outline)
    return ListedAction(
        place=terms.in_term(outline, node, outline.path_number(node), reported),
        title=outline.title(node),
        section=outline.lead(action_id),
        status=outline.status(action_id),
        due=outline.actions[action_id].due,
        what=what,
    )


def done_actions(outline: Outline, comparison: Comparison) -> Iterator[ListedAction]:
    """Yield what became done since the round before; `what` says from which status."""
    for change in _of_actions(comparison):
        if change.is_gone or change.after is None:
            continue
        action_id = comparison.after.action_id_at(change.after)
        now = outline.status(action_id)
        if now is None or now.kind != StatusKind.DONE or action_id not in outline.placed:
            continue
        then = None if change.before is None else _status_at(comparison.before, change.before)
        if then is None or then.kind != StatusKind.DONE:
            was = _word(then) if change.before is not None else NEW
            yield _listed(outline, outline.home(action_id), f"{was}{ARROW}{_word(now)}")


def redirected_actions(outline: Outline, comparison: Comparison) -> Iterator[ListedAction]:
    """Yield what has another 今後の方向性, or has gone without being done; `what` says which."""
    for change in _of_actions(comparison):
        if change.is_gone and change.before is not None:
            if (status := _status_at(comparison.before, change.before)) is None or (
                status.kind != StatusKind.DONE
            ):
                what = MERGED if ChangeKind.MERGED in change.kinds else DROPPED
                yield _listed(comparison.before, change.before, what)
        elif change.before is not None and change.after is not None:
            action_id = comparison.after.action_id_at(change.after)
            then = _direction(comparison.before, change.before)
            now = _direction(comparison.after, change.after)
            if then and now and then != now and action_id in outline.placed:
                yield _listed(outline, outline.home(action_id), f"{then}{ARROW}{now}")


def changed_actions(outline: Outline, comparison: Comparison) -> ChangedActions:
    """Tell the changes of statuses from those of texts, as far as the terms are reported."""
    actions, moved, added = {*_actions(outline)}, set(), set()
    for change in _of_actions(comparison):
        if change.is_gone or change.after is None:
            continue
        action_id = comparison.after.action_id_at(change.after)
        if change.before is None:
            added.add(action_id)
        elif _key_at(comparison.before, change.before) != status_id(comparison.after, action_id):
            moved.add(action_id)
    differing = {each for each in actions if predecessors.differs_from_previous(outline, each)}
    return ChangedActions(
        frozenset(moved & actions),
        frozenset(added & actions),
        frozenset(differing - moved - added),
    )


def _of_actions(comparison: Comparison) -> Iterator[ItemChange]:
    for change in comparison.changes:
        node = change.after if change.before is None else change.before
        if node is not None and is_placement(node):
            yield change


def _status_at(outline: Outline, node: int) -> Status | None:
    return outline.status(outline.action_id_at(node))


def _key_at(outline: Outline, node: int) -> int | None:
    return status_id(outline, outline.action_id_at(node))


def _moves(comparison: Comparison) -> Iterator[tuple[str, int]]:
    """Yield what became of the statuses of the actions that stand in both rounds."""
    then, now = comparison.before.statuses, comparison.after.statuses
    for (old, new), count in comparison.transitions.most_common():
        if old != new and count:
            was = _word(None if old is None else then[old])
            yield f"{was}{ARROW}{_word(None if new is None else now[new])}", count


def _word(status: Status | None) -> str:
    return overview.NOT_FILLED_IN if status is None else status.word


def _direction(outline: Outline, node: int) -> str:
    outlook = outline.outlooks.get(outline.action_id_at(node))
    if outlook is None or outlook.direction_id is None:
        return ""
    return outline.directions[outlook.direction_id].label
