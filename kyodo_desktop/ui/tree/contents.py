"""What the tree shows: a plan as it is now, or the part of it that is searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from kyodo_desktop.domain import counting, nodes, refresh, search, tree_filter
from kyodo_desktop.domain.terms import overdue_cutoff
from kyodo_desktop.ui import jobs
from kyodo_desktop.ui.tree.cells import PlanCells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.tree.model import PlanTreeModel
    from kyodo_desktop.ui.tree.view import ViewState


_NAMED = ("section", "actor", "principle")  # tables by whose names actions are found


class HitCount(NamedTuple):
    """How many rows answer a query, and of how many actions they are."""

    rows: int
    actions: int


class TreeContents(QObject):
    """Fills the tree from one plan, and follows its edits.

    An edit hides no row, even one that no longer answers the query: what is being filled in
    stays where it is until something else is asked for. `this_month` is the present one (YYYY-MM).
    """

    counted = Signal(object)  # how many answer the query, as HitCount; None while not known

    def __init__(
        self, model: PlanTreeModel, state: ViewState, outline: Outline, this_month: str
    ) -> None:
        super().__init__(model)
        self._this_month = this_month
        self._model, self._state, self._outline = model, state, outline
        self._tally = counting.Tally(outline)
        self._cells = PlanCells(outline, self._tally, self._month)
        self._index = search.SearchIndex(outline)
        self._query = search.Query()
        self._filter: tree_filter.TreeFilter | None = None
        self._kept: set[int] = set()
        self._idle = jobs.IdleWork(self)
        state.begin(levels_to_open(outline))
        self._show(anew=True)
        self._idle.begin(self._preparing())

    @property
    def _month(self) -> str:
        """The month (YYYY-MM) before which unfinished work is late."""
        return overdue_cutoff(self._outline, self._this_month)

    @property
    def part(self) -> tree_filter.TreeFilter | None:
        """What the query leaves of the plan; None is all of it."""
        return self._filter

    def leave(self) -> None:
        """Show nothing any more."""
        self._idle.stop()
        self._model.clear()
        self.deleteLater()

    def search(self, query: search.Query) -> None:
        """Show what answers the query; `counted` tells how much that is, now or soon."""
        self._query, self._kept = query, set()
        self._apply_query()
        found, counts = 0, iter(()) if self._filter is None else self._filter.counts()
        for count in counts:
            found += count
            if found > FEW_HITS:
                break
        few = self._filter is not None and found <= FEW_HITS
        before, self._state.all_open = self._state.all_open, few
        self._show(anew=few or before)
        self.counted.emit(self._found(found) if few else None)
        if self._filter is None:
            self._idle.begin(self._preparing())
        elif not few:
            self._idle.begin(self._counting(found, counts))

    def follow(self, outline: Outline, changes: ChangeSet) -> None:
        """Show what an edit made of the plan, or what another round says of it."""
        older, self._outline = self._outline, outline
        if changes.whole:
            self._begin_again()
            return
        actions = refresh.actions_touched(changes)
        headings = {nodes.heading_node(row.id) for row in changes.rows if row.table == "heading"}
        same_shape = older.roots == outline.roots and (
            older.children is outline.children or older.children == outline.children
        )
        self._tally.move_on(outline, actions, headings)
        self._cells = PlanCells(outline, self._tally, self._month)
        if any(row.table in _NAMED for row in changes.rows):
            self._index = search.SearchIndex(outline)
        else:
            self._index.move_on(outline, actions, same_headings=same_shape and not headings)
        terms = {nodes.term_node(row.id) for row in changes.rows if row.table == "term"}
        self._show_again({*terms, *headings, *_placements(outline, actions)})

    def _begin_again(self) -> None:
        """Show another round; what is open and chosen stays so."""
        self._tally = counting.Tally(self._outline)
        self._cells = PlanCells(self._outline, self._tally, self._month)
        self._index = search.SearchIndex(self._outline)
        self._apply_query()
        self._show(anew=True)
        self._work_on()

    def _show_again(self, touched: set[int]) -> None:
        self._kept |= touched
        self._apply_query()
        self._show()
        self._model.repaint(touched)
        self._work_on()

    def _work_on(self) -> None:
        """Do the rest while the user does nothing."""
        if self._filter is None:
            self._idle.begin(self._preparing())
        else:
            self._idle.begin(self._counting(0, self._filter.counts()))

    def _apply_query(self) -> None:
        self._filter = None
        if not self._query.is_empty:
            self._filter = tree_filter.TreeFilter(
                self._outline, self._index, self._query, self._kept
            )

    def _show(self, *, anew: bool = False) -> None:
        self._model.show(self._outline, self._cells, self._filter, anew=anew)

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
