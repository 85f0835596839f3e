"""What the overview says of a plan below one node, as rows and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import fiscal_year, nodes, overview
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.ui.overview.figures import Figure
from kyodo_desktop.ui.overview.lists import ListCell, Row, Shares
from kyodo_desktop.ui.overview.trend import TrendColumn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kyodo_desktop.domain.counting import Counts
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.overview import Dated, Group, OverviewCounts
    from kyodo_desktop.domain.plan import Round, Status
    from kyodo_desktop.domain.replies.states import InquiryState
    from kyodo_desktop.services.overview import Happening

LONGEST = 10  # rows of a list that could go on
MOST_HERE = 100  # of the actions of one heading
_OVERDUE = "▲"
_ACTIONS, _PLACES = "{}数（再掲を除く）", "{}の掲載数"


class Opening(NamedTuple):
    """What a figure or a row opens: a node, or the actions of some statuses below a node.

    `is_all` asks for all the actions below it, `is_overdue` for what is late, `section_id` for
    what a section answers, `round_id` for what a round says.
    """

    node: int | None = None
    status_ids: frozenset[int | None] = frozenset()
    is_overdue: bool = False
    is_all: bool = False
    section_id: int | None = None
    round_id: int | None = None
    words: str = ""

    @property
    def is_limited(self) -> bool:
        """Whether it is about actions below the node, and not about the node itself."""
        return self.is_overdue or self.is_all or bool(self.status_ids)


def figures(counts: OverviewCounts, node: int | None, actions: int) -> list[Figure]:
    """Return the great figures: what is done of all, the other groups, and the actions.

    Where actions stand in several places, those that count places say so, in the report's words.
    """
    outline = counts.outline
    shown, now, before = _counted(counts, node)
    total = overview.total(shown, now)
    done = [each for each in shown if each.kind is StatusKind.DONE]
    named = _PLACES if len(counts.places(node)) != actions else "{}"
    first = Figure(
        named.format(done[0].label if len(done) == 1 else StatusKind.DONE.label),
        overview.done(shown, now),
        _change(done, now, before),
        of=total,
        stands_for=_opening(node, done),
    )
    others = [
        Figure(
            named.format(each.label),
            each.count(now),
            _change([each], now, before),
            stands_for=_opening(node, [each]),
        )
        for each in shown
        if each.kind is not StatusKind.DONE
    ]
    word = outline.levels[-1].name
    whole = Figure(
        _ACTIONS.format(word), actions, stands_for=Opening(node, is_all=True, words=word)
    )
    return [first, *others, whole]


def _counted(
    counts: OverviewCounts, node: int | None
) -> tuple[list[Group], Counts, Counts | None]:
    """Return the groups with what they count now and before; 未記入 only where there is any."""
    now, before = counts.counts(node), counts.counts_before(node)
    shown = overview.groups(counts.outline)
    if not now[None] and not (before and before[None]):
        shown.remove(overview.UNFILLED)
    return shown, now, before


def _change(shown: Sequence[Group], now: Counts, before: Counts | None) -> str:
    if before is None:
        return ""
    return overview.change(
        sum(each.count(now) for each in shown), sum(each.count(before) for each in shown)
    )


def _opening(node: int | None, shown: Sequence[Group]) -> Opening:
    ids = frozenset(status_id for each in shown for status_id in each.status_ids)
    return Opening(node, ids, words="・".join(each.label for each in shown))


def legend(counts: OverviewCounts, node: int | None) -> list[tuple[Status | None, str]]:
    """Return what the colours of the bars mean."""
    shown, _, _ = _counted(counts, node)
    return [(each.status, each.label) for each in shown]


def bars(counts: OverviewCounts, node: int | None) -> list[Row]:
    """Return a row a heading: its name, its bar, and how many are done."""
    outline = counts.outline
    shown, _, _ = _counted(counts, node)
    return [_bar_row(counts, shown, each) for each in overview.rows_below(outline, node)]


def _bar_row(counts: OverviewCounts, shown: Sequence[Group], node: int) -> Row:
    outline = counts.outline
    now, before = counts.counts(node), counts.counts_before(node)
    total, done = overview.total(shown, now), overview.done(shown, now)
    change = "" if before is None else overview.change(done, overview.done(shown, before))
    label = outline.label(node)
    parts = _in_words(shown, now)
    spoken = parts if before is None else f"{parts}（前回：{_in_words(shown, before)}）"
    done_cell = ListCell(f"{_done_word(shown)} {done:,}/{total:,}", is_bold=True, aside=change)
    parts_of = tuple(
        Opening(node, each.status_ids, words=each.label) for each in shown if each.count(now)
    )
    shares = Shares(_shares(shown, now), _shares(shown, before), parts_of)
    bar = ListCell(shares=shares, spoken=spoken)
    return Row((ListCell(label), bar, done_cell), Opening(node), f"{label}\n{spoken}")


def _shares(
    shown: Sequence[Group], counts: Counts | None
) -> tuple[tuple[Status | None, int], ...]:
    if counts is None:
        return ()
    return tuple((each.status, count) for each in shown if (count := each.count(counts)))


def _in_words(shown: Sequence[Group], counts: Counts) -> str:
    return "、".join(f"{each.label} {each.count(counts):,}" for each in shown)


def _done_word(shown: Sequence[Group]) -> str:
    done = [each for each in shown if each.kind is StatusKind.DONE]
    return done[0].label if len(done) == 1 else StatusKind.DONE.label


def actions(outline: Outline, node: int | None) -> list[Row]:
    """Return the actions right below the lowest heading, each with its status."""
    if node is None or overview.rows_below(outline, node):
        return []
    placed = [each for each in outline.children.get(node, ()) if nodes.is_placement(each)]
    rows = [_action_row(outline, each) for each in placed[:MOST_HERE]]
    left = len(placed) - len(rows)
    more = ListCell(f"ほか{left:,}件は一覧にあります", "ink2")
    word = outline.levels[-1].name
    return (
        [*rows, Row((ListCell(), more), Opening(node, is_all=True, words=word))] if left else rows
    )


def _action_row(outline: Outline, node: int) -> Row:
    status = outline.status(outline.action_id_at(node))
    word = overview.NOT_FILLED_IN if status is None else status.label
    badge = ListCell(word, badges=(status,), spoken=word)
    return Row((badge, ListCell(outline.label(node))), Opening(node), outline.title(node))


def dated(outline: Outline, found: Sequence[Dated], *, is_late: bool) -> list[Row]:
    """Return a row an action with its date, section and how long it is late."""
    rows = []
    for each in found[:LONGEST]:
        month = fiscal_year.short_label(each.due)
        date = ListCell(
            f"{_OVERDUE} {month}" if is_late else month,
            "danger" if is_late else "ink",
            is_bold=is_late,
            spoken=fiscal_year.month_label(each.due),
        )
        cells = [date, ListCell(outline.title(each.node)), ListCell(outline.lead(each.action_id))]
        if is_late:
            cells.append(ListCell(overview.months_label(each.months), is_right=True))
        rows.append(Row(tuple(cells), Opening(each.node), outline.label(each.node)))
    return rows


def news(
    outline: Outline, found: Sequence[Happening], below: Mapping[int, int], *, whole: bool
) -> list[Row]:
    """Return a row a change: badge → badge or what was changed, the name, and who did it."""
    rows = []
    for each in found:
        node = None if each.action_id is None else below.get(each.action_id)
        if node is None and (each.action_id is not None or not whole):
            continue
        what, spoken = ListCell(each.what if node is not None else "", "ink2"), ""
        if each.is_status:
            statuses = tuple(map(outline.statuses.get, (each.before or 0, each.after or 0)))
            words = (status.label if status else overview.NOT_FILLED_IN for status in statuses)
            spoken = "から".join(words)
            what = ListCell(badges=statuses, spoken=spoken)
        title = outline.title(node) if node is not None else each.what
        cells = (what, ListCell(title), ListCell(each.author, "ink2", is_right=True))
        hint = f"{title}\n{spoken or each.what}\n{fiscal_year.moment_label(each.at)} {each.author}"
        rows.append(Row(cells, Opening(node) if node is not None else None, hint))
    return rows


def unanswered(states: Sequence[InquiryState]) -> list[Row]:
    """Return a row a section that was asked and has not answered."""
    return [
        Row(
            (ListCell(each.section.name), ListCell(f"{each.actions:,}件", is_right=True)),
            Opening(section_id=each.section.id, words=each.section.name),
            each.section.name,
        )
        for each in states
        if each.state.is_waited_for
    ]


def short_day(at: str) -> str:
    """2015-10-30 → 10月30日."""
    return f"{int(at[5:7])}月{int(at[8:10])}日"


def trend(rounds: Sequence[tuple[Round, Counts]], shown: Sequence[Group]) -> Iterator[TrendColumn]:
    """Yield a column a round that says anything of what is counted."""
    for each, counts in rounds:
        total, done = overview.total(shown, counts), overview.done(shown, counts)
        if total:
            yield TrendColumn(
                name=each.name,
                shares=_shares(shown, counts),
                total=total,
                done=done,
                spoken=f"{each.name}：{_in_words(shown, counts)}、計 {total:,}",
                stands_for=Opening(round_id=each.id),
            )
