"""What the tree shows: a plan as it is now, or the part of it that is searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from kyodo_desktop.domain import arranging, counting, nodes, refresh, search, tree_filter
from kyodo_desktop.domain.terms import overdue_cutoff
from kyodo_desktop.ui import jobs
from kyodo_desktop.ui.tree.cells import Lists, PlanCells
from kyodo_desktop.ui.tree.columns import sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.tree.model import PlanTreeModel
    from kyodo_desktop.ui.tree.view_state import ViewState


_NAMED = ("section", "actor", "principle")  # tables by whose names actions are found


class HitCount(NamedTuple):
    """How many rows answer a query, and of how many actions they are."""

    rows: int
    actions: int


class Clock(NamedTuple):
    """What time it is: local time with its offset; and when each action was changed last."""

    now: Callable[[], str]
    moments: Callable[[], dict[int, str]] = dict

    def today(self) -> str:
        """Return the day, YYYY-MM-DD."""
        return self.now()[:10]


class TreeContents(QObject):
    """Fills the tree from one plan, and follows its edits.

    An edit hides no row, even one that no longer answers the query, and moves none in a flat
    list: what is being filled in stays where it is until something else is asked for.
    """

    counted = Signal(object)  # how many answer the query, as HitCount; None while not known

    def __init__(
        self, model: PlanTreeModel, state: ViewState, outline: Outline, clock: Clock
    ) -> None:
        super().__init__(model)
        self._clock = clock
        self._model, self._state, self._outline = model, state, outline
        self._tally = counting.Tally(outline)
        self._moments: dict[int, str] | None = None
        self._order = arranging.Order()
        self._rows: arranging.FlatRows | None = None
        self._query = search.Query()
        self._cells = self._new_cells()
        self._index = search.SearchIndex(outline)
        self._filter: tree_filter.TreeFilter | None = None
        self._kept: set[int] = set()
        self._opens_all = False
        self._idle = jobs.IdleWork(self)
        state.begin(levels_to_open(outline))
        self._show(anew=True)
        self._idle.begin(self._preparing())

    @property
    def _month(self) -> str:
        """The month (YYYY-MM) before which unfinished work is late."""
        return overdue_cutoff(self._outline, self._clock.today()[:7])

    @property
    def order(self) -> arranging.Order:
        """In which order the actions stand."""
        return self._order

    @property
    def part(self) -> tree_filter.TreeFilter | None:
        """What the query leaves of the plan; None is all of it."""
        return self._filter

    def leave(self) -> None:
        """Show nothing any more."""
        self._idle.stop()
        self._model.clear()
        self.deleteLater()

    def arrange(self, order: arranging.Order) -> None:
        """Show the actions in another order, those that answer the query as before."""
        was_flat, self._order, self._kept = self._order.is_flat, order, set()
        self._apply_query()
        if was_flat or order.is_flat:
            self._state.all_open = order.is_flat or self._opens_all
            self._show(anew=True)

    def search(self, query: search.Query) -> None:
        """Show what answers the query; `counted` tells how much that is, now or soon."""
        self._query, self._kept = query, set()
        self._apply_query()
        found, counts = 0, iter(()) if self._filter is None else self._filter.counts()
        for count in counts:
            found += count
            if found > FEW_HITS and not self._order.is_flat:
                break
        else:
            counts = iter(())
        self._opens_all = self._filter is not None and found <= FEW_HITS
        is_flat = self._order.is_flat
        before, self._state.all_open = self._state.all_open, is_flat or self._opens_all
        self._show(anew=self._state.all_open or before)
        is_known = self._filter is not None and (is_flat or self._opens_all)
        self.counted.emit(self._found(found) if is_known else None)
        if self._filter is None:
            self._idle.begin(self._preparing())
        elif not is_known:
            self._idle.begin(self._counting(found, counts))

    def follow(self, outline: Outline, changes: ChangeSet) -> None:
        """Show what an edit made of the plan, or what another round says of it."""
        older, self._outline = self._outline, outline
        if changes.whole:
            self._moments = None
            self._begin_again()
            return
        actions = refresh.actions_touched(changes)
        if self._moments is not None:
            self._moments |= dict.fromkeys(actions, self._clock.now())
        headings = {nodes.heading_node(row.id) for row in changes.rows if row.table == "heading"}
        same_shape = older.roots == outline.roots and (
            older.children is outline.children or older.children == outline.children
        )
        self._tally.move_on(outline, actions, headings)
        if any(row.table in _NAMED for row in changes.rows):
            self._index = search.SearchIndex(outline)
        else:
            self._index.move_on(outline, actions, same_headings=same_shape and not headings)
        if older.placements is not outline.placements and self._rows is not None:
            came = arranging.have_new_homes(older, outline)
            self._rows = None if came else self._rows.without(outline)
        terms = {nodes.term_node(row.id) for row in changes.rows if row.table == "term"}
        self._show_again({*terms, *headings, *_placements(outline, actions)})

    def _begin_again(self) -> None:
        """Show another round; what is open and chosen stays so."""
        self._tally = counting.Tally(self._outline)
        self._index = search.SearchIndex(self._outline)
        self._apply_query()
        self._show(anew=True)
        self._work_on()

    def _show_again(self, touched: set[int]) -> None:
        self._kept |= touched
        rows = self._rows
        self._apply_query()
        self._rows = rows
        self._show(anew=self._order.is_flat and rows is None)
        self._model.repaint(touched)
        self._work_on()

    def _work_on(self) -> None:
        """Do the rest while the user does nothing."""
        if self._filter is None:
            self._idle.begin(self._preparing())
        else:
            self._idle.begin(self._counting(0, self._filter.counts()))

    def _apply_query(self) -> None:
        self._filter, self._rows = None, None
        if not self._query.is_empty:
            self._filter = tree_filter.TreeFilter(
                self._outline, self._index, self._query, self._kept
            )

    def _show(self, *, anew: bool = False) -> None:
        if self._order.is_flat and self._rows is None:
            self._rows = arranging.FlatRows(self._groups())
        self._cells = self._new_cells()
        shape = self._rows if self._order.is_flat else self._filter
        self._model.show(self._outline, self._cells, shape, anew=anew)

    def _new_cells(self) -> PlanCells:
        words = tuple(search.words_of(self._query.text))
        lists = Lists(words, self._rows, self._updated)
        return PlanCells(self._outline, self._tally, self._month, lists)

    def _updated(self) -> dict[int, str]:
        """Return when each action was changed last; asked for once, when somebody looks."""
        if self._moments is None:
            self._moments = self._clock.moments()
        return self._moments

    def _groups(self) -> list[arranging.RowGroup]:
        outline, order = self._outline, self._order
        if self._filter is not None:
            placements = self._filter.matches()
        else:
            placements = [
                node for root in outline.roots for node in counting.placements_under(outline, root)
            ]
        if order.column:
            key = sort_key(outline, order.column, self._updated)
            return arranging.ordered(outline, placements, key, descending=order.descending)
        today = arranging.Today(self._month, self._clock.today())
        updated = self._updated() if order.by is arranging.Arrangement.UPDATED else {}
        return arranging.grouped(outline, order.by, placements, today, updated)

    def _preparing(self) -> Iterator[None]:
        while not self._index.is_ready:
            self._index.prepare()
            yield

    def _counting(self, found: int, counts: Iterator[int]) -> Iterator[None]:
        for count in counts:
            found += count
            yield
        self.counted.emit(self._found(found))

    def _found(self, rows: int) -> HitCount:
        return HitCount(rows, len(self._filter.actions()) if self._filter else 0)


def _placements(outline: Outline, actions: set[int]) -> set[int]:
    return {
        nodes.placement_node(each) for action in actions for each in outline.placed.get(action, ())
    }


MANY = 500  # rows; more than these are not opened unasked
FEW_HITS = MANY // 2  # with the headings above them these are not more


def levels_to_open(outline: Outline) -> set[int]:
    """Return the terms, and level by level what stands below while that is not too much."""
    opened: set[int] = set()
    level, rows = list(outline.roots), len(outline.roots)
    while level:
        below = [child for node in level for child in outline.children.get(node, ())]
        rows += len(below)
        if opened and rows > MANY:
            break
        opened.update(level)
        level = [node for node in below if nodes.is_heading(node)]
    return opened
