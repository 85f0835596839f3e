"""Fills the page of 集計 with what there is to say of one node."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kyodo_desktop.domain import errors, nodes, overview
from kyodo_desktop.domain.terms import overdue_cutoff
from kyodo_desktop.services import overview as questions
from kyodo_desktop.services.inquiries.asking import inquiries, inquiry_states
from kyodo_desktop.ui.overview import contents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.counting import Counts
    from kyodo_desktop.domain.plan import Round
    from kyodo_desktop.domain.replies.states import InquiryState
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.overview.page import OverviewPage

_AT_ONCE = 1_000  # placements
_MOST_ROUNDS = 12
_TWO = 2


class Filling:
    """What is counted already comes at once, the lists by steps: in a large plan they take long.

    `earlier` keeps what rounds say that are not shown.
    """

    def __init__(
        self,
        page: OverviewPage,
        workspace: Workspace,
        counts: overview.OverviewCounts,
        seen: questions.LastSeen,
        earlier: dict[int, dict[int, int | None]],
    ) -> None:
        self.is_large = False
        self._page, self._workspace, self._counts = page, workspace, counts
        self._seen, self._earlier = seen, earlier
        self._outline = workspace.outline
        self._node: int | None = None

    def fill(self, node: int | None) -> Iterator[None]:
        """Show a term, a heading, or of None the whole plan; return the steps that are left."""
        self._node = node
        page, outline, counts = self._page, self._outline, self._counts
        why = overview.why_nothing(outline, node)
        page.fields.setVisible(node is not None)
        page.say_instead(why)
        if why:
            return iter(())
        placements, below = counts.places(node), counts.actions(node)
        page.figures.show_figures(contents.figures(counts, node, len(below)))
        page.bars.show_rows(contents.bars(counts, node))
        page.placed.show_rows(contents.actions(outline, node))
        has_before = counts.counts_before(node) is not None
        page.show_legend(contents.legend(counts, node), has_before=has_before)
        self.is_large = len(placements) > _AT_ONCE
        if self.is_large:
            page.hide_lists()
        return self._lists(placements, below)

    @property
    def _is_whole(self) -> bool:
        """Whether it is about the plan rather than about a heading of it."""
        return self._node is None or nodes.is_term(self._node)

    def _lists(self, placements: list[int], below: dict[int, int]) -> Iterator[None]:
        outline, page = self._outline, self._page
        month = overdue_cutoff(outline, f"{self._workspace.now():%Y-%m}")
        late = overview.overdue(outline, below, month)
        page.late = contents.Opening(self._node, is_overdue=True, words="期限超過")
        page.overdue.show_rows(contents.dated(outline, late, is_late=True))
        page.overdue.say(f"{len(late):,}件・長い順")
        yield
        soon = overview.due_soon(outline, below, month)
        page.soon.show_rows(contents.dated(outline, soon, is_late=False))
        page.soon.say(f"{len(soon):,}件")
        yield
        try:
            self._show_news(below)
            yield
            self._show_unanswered()
            yield
            yield from self._show_trend(placements)
        except errors.PlanError:  # the file is away for a while, which the strip says
            page.hide_asked()

    def _show_news(self, below: dict[int, int]) -> None:
        found = questions.news_since(self._workspace, self._seen)
        rows = contents.news(self._outline, found, below, whole=self._is_whole)
        more = f"・新しい{contents.LONGEST}件" if len(rows) > contents.LONGEST else ""
        since = f"{contents.short_day(self._seen.at)}から　" if self._seen.at else ""
        self._page.news.show_rows(rows[: contents.LONGEST])
        self._page.news.say(f"{since}{len(rows):,}件{more}")

    def _show_unanswered(self) -> None:
        states = self._waited_for if self._is_whole else []
        due = min((each.due_on for each in states if each.due_on), default="")
        until = f"・期限 {contents.short_day(due)}" if due else ""
        self._page.unanswered.show_rows(contents.unanswered(states)[: contents.LONGEST])
        self._page.unanswered.say(f"{len(states):,}課{until}")

    @cached_property
    def _waited_for(self) -> list[InquiryState]:
        if not inquiries(self._workspace):
            return []
        today = f"{self._workspace.now():%Y-%m-%d}"
        return [
            each for each in inquiry_states(self._workspace, today) if each.state.is_waited_for
        ]

    def _show_trend(self, placements: list[int]) -> Iterator[None]:
        """Count round by round up to the one that is shown."""
        outline, rounds = self._outline, list(self._outline.rounds.values())
        assert outline.round is not None, "without a round there is a sentence"
        last = next(n for n, each in enumerate(rounds) if each.id == outline.round.id)
        counted: list[tuple[Round, Counts]] = []
        for each in rounds[max(0, last + 1 - _MOST_ROUNDS) : last]:
            if each.id not in self._earlier:
                self._earlier[each.id] = questions.statuses_in(self._workspace, each.id)
            counts = overview.counts_in(outline, placements, self._earlier[each.id])
            counted.append((each, counts))
            yield
        counted.append((outline.round, self._counts.counts(self._node)))
        columns = list(contents.trend(counted, overview.groups(outline)))
        self._page.show_trend(columns if len(columns) >= _TWO else [])
