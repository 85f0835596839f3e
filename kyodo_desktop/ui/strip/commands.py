"""Counts the figures of the strip as the plan changes, and shows what is asked for in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot

from kyodo_desktop.domain import errors, nodes, refresh, standing, terms
from kyodo_desktop.domain.search import Query
from kyodo_desktop.ui.jobs import IdleWork
from kyodo_desktop.ui.shell import Commands, Shell
from kyodo_desktop.ui.strip import strip as parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.checking import Checked
    from kyodo_desktop.services.inquiries.asking import Unanswered
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.strip.figure import FigureKind
    from kyodo_desktop.ui.strip.strip import Strip
    from kyodo_desktop.ui.tree.contents import HitCount
    from kyodo_desktop.ui.tree.pane import TreePane

_COUNTED = ("action", "placement", "progress", "outlook", "status", "term", "round", "level")
_FEW = 2_000  # actions, which are counted at once
_OF_THE_ROUND = {
    parts.CONFIRMED: standing.RoundState.UNCONFIRMED,
    parts.OVERDUE: standing.RoundState.OVERDUE,
    parts.EMPTY: standing.RoundState.EMPTY,
    parts.CHANGED: standing.RoundState.CHANGED,
}


class StripCommands(Commands):
    """Owns what the list is limited to; `counted` tells in words how much of it is shown."""

    counted = Signal(str, bool)  # the words, and whether that is less than all

    def __init__(self, shell: Shell, strip: Strip, tree: TreePane) -> None:
        super().__init__(shell)
        self._strip, self._tree = strip, tree
        self._tally: standing.RoundTally | None = None
        self._counted_plan: Workspace | None = None
        self._open: Sequence[Checked] = ()
        self._unanswered: Unanswered | None = None
        self._found: HitCount | None = None
        self._idle = IdleWork(self)
        strip.changed.connect(self._search)
        strip.search.left.connect(tree.go_to_first)
        strip.search.next_wanted.connect(tree.go_to_next_hit)
        tree.counted.connect(self._show_found)
        tree.all_requested.connect(strip.clear)
        tree.limit_requested.connect(self.limit)
        tree.section_requested.connect(self.show_section)
        shell.follow(_COUNTED, self._follow)
        shell.follow(("inquiry", "section"), self._ask_later)

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"search": self.focus_search, "next_hit": self._tree.go_to_next_hit}

    def focus_search(self) -> None:
        """Let a query be typed; what is found is seen in the list."""
        self._tree.called_up.emit()
        self._strip.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._strip.search.selectAll()

    def limit(
        self, section_id: int | None = None, status_ids: Collection[int | None] = ()
    ) -> None:
        """Limit the list to a section or to some statuses as well; nothing lifts that."""
        words = self._words(section_id, status_ids)
        self._strip.limit(words, section_id=section_id, status_ids=status_ids)

    def show_section(self, section_id: int) -> None:
        """Show the actions of a section, and nothing else."""
        self._strip.limit(self._words(section_id, ()), section_id=section_id, alone=True)

    @Slot(str, object)
    def show_actions(self, words: str, action_ids: frozenset[int]) -> None:
        """Show these actions, which `words` name, and nothing else."""
        self._strip.limit(words, among=action_ids, alone=True)

    def show_overdue(self) -> None:
        """Show what is late, and nothing else."""
        self._strip.choose(parts.OVERDUE)

    @Slot(list)
    def show_findings(self, found: Sequence[Checked] | None) -> None:
        """Count what 点検 has found; None while that is not known."""
        known = found or ()
        self._open = [each for each in known if not each.is_confirmed and not each.finding.notice]
        figure = self._strip.figures[parts.FINDINGS]
        if found is None:
            figure.show_value(None, counts="点検で見つかったことを数えています。")
            return
        among = self._among(parts.FINDINGS) or ()
        hint = f"点検で見つかった要確認 {len(self._open):,}件（{self._unit} {len(among):,}）"
        figure.show_value(len(self._open), counts=hint)
        self._strip.widen()

    # Following the plan

    def _follow(self, changes: ChangeSet, _before: Outline | None) -> None:
        plan = self._shell.plan
        if plan is None:
            self._tally = self._counted_plan = None
            self._idle.stop()
            self._strip.clear()
            return
        outline = plan.workspace.outline
        if changes.whole:
            self._begin_again(outline)
        elif self._tally is not None:
            self._tally.move_on(outline, self._month, refresh.actions_touched(changes))
            self._show_figures(self._tally)
        else:
            self._idle.begin(self._counting())
        if self._strip.wanted.is_all:
            self._tell_all(outline)

    def _begin_again(self, outline: Outline) -> None:
        is_other_plan = self._counted_plan is not self._workspace
        self._counted_plan, self._tally = self._workspace, None
        if len(outline.placed) <= _FEW:
            self._tally = standing.RoundTally(outline, self._month)
            self._show_figures(self._tally)
        else:
            self._idle.begin(self._counting())
        if is_other_plan:
            self._strip.clear()
            self._strip.begin()
            self.show_findings(None)
        elif not self._strip.wanted.is_all:
            self._search()  # in the round that is shown now
        self._ask_later()

    def _counting(self) -> Iterator[None]:
        """Count a big plan while the user does nothing."""
        tally = standing.RoundTally(self._workspace.outline, self._month, at_once=False)
        yield from tally.count()
        self._tally = tally
        self._show_figures(tally)

    @property
    def _month(self) -> str:
        workspace = self._workspace
        return terms.overdue_cutoff(workspace.outline, f"{workspace.now():%Y-%m}")

    @property
    def _unit(self) -> str:
        return self._workspace.outline.levels[-1].name

    def _show_figures(self, tally: standing.RoundTally) -> None:
        counted, unit, show = tally.figures, self._unit, self._show
        shown, previous = self._workspace.outline.round, self._workspace.outline.previous
        once = f"{unit}の数です。再掲は数えません。"
        if shown is None:
            asked = "調査を始めると、記入と確認の済んだ数を表示します。"
        else:
            asked = f"「{shown.name}」で記入か確認の済んだもの。{once}"
        show(parts.CONFIRMED, counted.confirmed, asked, counted.asked)
        show(parts.OVERDUE, counted.overdue, f"完了予定を過ぎて終わっていないもの。{once}")
        show(parts.EMPTY, counted.empty, f"状態がまだ記入されていないもの。{once}")
        before = f"「{previous.round.name}」から" if previous else ""
        changed = f"{before}進捗状況か今後の方向性が変わったもの。{once}"
        show(parts.CHANGED, counted.changed, changed if previous else "前回の調査がありません。")
        self._strip.widen()

    def _show(self, kind: FigureKind, value: int, counts: str, of_all: int = 0) -> None:
        self._strip.figures[kind].show_value(value, of_all, counts=counts)

    def _ask_later(self, *_: object) -> None:
        """Ask who has not answered when the window has nothing else to do."""
        QTimer.singleShot(0, self, self._show_unanswered)

    def _show_unanswered(self) -> None:
        if self._shell.plan is None:
            return
        from kyodo_desktop.services.inquiries.asking import unanswered

        try:
            self._unanswered = unanswered(self._workspace, f"{self._shell.now():%Y-%m-%d}")
        except errors.PlanError:  # the file is out of reach, as is said elsewhere
            return
        waited, asked = len(self._unanswered.section_ids), self._unanswered.asked
        hint = f"照会した{asked:,}課のうち、回答がまだ届いていない課"
        self._show(parts.UNANSWERED, waited, hint if asked else "照会はまだしていません。")
        self._strip.widen()

    # What is asked for

    def _search(self) -> None:
        if self._shell.plan is None:
            return
        self._tree.commit()  # a name that is refused shows its row, and all the others
        self._found = None
        self._tree.search(self._query())
        if self._strip.wanted.is_all:
            self._tell_all(self._workspace.outline)
        elif self._found is None:
            self.counted.emit(f"{self._strip.description}を表示中", True)

    def _query(self) -> Query:
        wanted = self._strip.wanted
        found = () if wanted.figure is not parts.FINDINGS else self._open
        headings = (
            each.finding.node for each in found if not nodes.is_placement(each.finding.node)
        )
        return Query(
            text=wanted.text,
            statuses=wanted.status_ids,
            section_id=wanted.section_id,
            standing=_OF_THE_ROUND.get(wanted.figure) if wanted.figure else None,
            month=self._month,
            among=self._among(wanted.figure) if wanted.among is None else wanted.among,
            besides=frozenset(headings),
        )

    def _among(self, kind: FigureKind | None) -> frozenset[int] | None:
        """Return the actions that a figure is about which the outline alone does not tell."""
        outline = self._workspace.outline
        if kind is parts.FINDINGS:
            places = (each.finding.node for each in self._open)
            return frozenset(
                outline.action_id_at(each)
                for each in places
                if nodes.is_placement(each) and outline.exists(each)
            )
        if kind is parts.UNANSWERED:
            from kyodo_desktop.services.inquiries.asking import actions_asked_of

            sections = self._unanswered.section_ids if self._unanswered else ()
            return actions_asked_of(self._workspace, sections)
        return None

    def _words(self, section_id: int | None, status_ids: Iterable[int | None]) -> str:
        outline = self._workspace.outline
        section = outline.sections.get(section_id or 0)
        chosen = [each.word for each in outline.statuses.values() if each.id in set(status_ids)]
        chosen += ["未記入"] if None in status_ids else []
        named = (("担当課", section.name if section else ""), ("状態", "・".join(chosen)))
        return "　".join(f"{name}：{text}" for name, text in named if text)

    # How much is shown

    @Slot(object)
    def _show_found(self, found: HitCount | None) -> None:
        self._found = found
        if found is None or self._shell.plan is None or self._strip.wanted.is_all:
            return
        of_actions = f"（{self._unit} {found.actions:,}）" if found.rows != found.actions else ""
        text = f"{self._strip.description} {found.rows:,}件を表示中{of_actions}"
        self.counted.emit(text, True)

    def _tell_all(self, outline: Outline) -> None:
        rows, actions = len(outline.placements), len(outline.placed)
        self.counted.emit(f"掲載 {rows:,}件（{self._unit} {actions:,}）", False)
