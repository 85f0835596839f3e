"""The tab 比較: what became of the chosen part of the plan between two rounds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyodo_desktop.domain import errors, nodes
from kyodo_desktop.domain.comparing import comparison
from kyodo_desktop.domain.comparing.fields import status_id
from kyodo_desktop.domain.comparing.kinds import ChangeKind
from kyodo_desktop.services.history_rewind import as_of_round
from kyodo_desktop.ui import jobs, messages
from kyodo_desktop.ui.comparing.changes import ChangesView
from kyodo_desktop.ui.widgets import forms, inputs, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

_PAUSE = 300  # milliseconds after an edit, so that many edits are compared once
_NO_ROUND = (
    "調査がまだないため、比較できません。先に「調査」→「新しい調査を始める」で始めてください。"
)
_ONE_ROUND = (
    "調査がまだ1つだけなので、比較できません。"
    "「調査」→「新しい調査を始める」で次の調査を始めると、ここに変更を表示します。"
)
Transition = tuple[int | None, int | None]
"""The statuses of an action before and after; None is 未記入."""


class ComparisonPage(QWidget):
    """Compares beside the window while it is in front; the title of a change leads to its row."""

    node_requested = Signal(object)
    print_wanted = Signal(object)  # the whole Comparison
    compared = Signal()

    def __init__(self, plan: Callable[[], Workspace | None]) -> None:
        """`plan` gives the one that is open now."""
        super().__init__()
        self._plan = plan
        self.setObjectName("comparison_page")
        self._workspace: Workspace | None = None
        self._nodes: list[int] = []
        self._comparison: comparison.Comparison | None = None
        self._is_current = False
        self._before: tuple[int, Outline] | None = None
        self._job: jobs.Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._earlier, self._later = _choice("earlier", "前の調査"), _choice("later", "後の調査")
        self._kind = _choice("kind", "変更の種類")
        self._summary = plain.Label()
        self._summary.setObjectName("comparison_summary")
        self._summary.setWordWrap(True)
        self._changes = ChangesView()
        self._copy = forms.push_button("コピー", "copy_changes", self._changes.copy_all)
        self._print = forms.push_button(
            "印刷…", "print_comparison", lambda: self.print_wanted.emit(self._comparison)
        )
        self._lay_out()
        self._timer.timeout.connect(self._compare)
        for choice in (self._earlier, self._later):
            choice.picked.connect(self._compare)
        self._kind.picked.connect(self._limit)
        self._changes.node_requested.connect(self.node_requested)
        theme.notifier().changed.connect(self._limit)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    def show_plan(self) -> None:
        """Offer the rounds of the plan that is open now: the one that is shown, and its last."""
        workspace = self._plan()
        if workspace is not self._workspace:
            self._workspace, self._nodes = workspace, []
        self._before = None
        self._is_current = False
        if self._job is not None:
            self._job.abandon()
        self._offer()
        if self.isVisible():
            self._compare()

    def follow(self) -> None:
        """Compare anew, at once or when the page is next in front: the plan has changed."""
        self._is_current = False
        if self.isVisible():
            self._timer.start()

    def show_nodes(self, chosen: Sequence[int]) -> None:
        """Show the changes of these nodes and of all below them; of nothing, all changes."""
        if self._plan() is not self._workspace:
            self.show_plan()
        self._nodes = list(chosen)
        if self._is_current:
            self._limit()
        else:
            self._compare()

    def take_focus(self) -> None:
        """Bring the focus to what is listed."""
        self._changes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _offer(self) -> None:
        outline = self._workspace.outline if self._workspace else None
        rounds = list(reversed(outline.rounds.values())) if outline else []
        for choice in (self._earlier, self._later):
            choice.offer([(each.id, each.label) for each in rounds])
            choice.setEnabled(len(rounds) > 1)
        if outline is not None and rounds:
            ids = [each.id for each in rounds]
            shown = outline.round.id if outline.round else ids[0]
            place = min(ids.index(shown) + 1, len(ids) - 1)
            self._earlier.show_value(ids[place])
            self._later.show_value(shown)
        self._show_nothing("" if len(rounds) > 1 else _ONE_ROUND if rounds else _NO_ROUND)

    def _compare(self) -> None:
        workspace = self._workspace
        if workspace is None or not self._earlier.isEnabled():
            return
        if self._job is not None:
            self._job.abandon()
        self._summary.setText("比較しています…")
        try:
            with messages.busy(self, ""):
                before, after = self._read_before(workspace), self._read(workspace, self._later)
        except errors.PlanError as error:
            self._show_nothing(error.message)
            return
        self._is_current = True
        self._job = jobs.Job(lambda _control: comparison.compare(before, after), self)
        self._job.succeeded.connect(self._show)
        self._job.start()

    def _read_before(self, workspace: Workspace) -> Outline:
        """Return what the earlier round saw, read once for one round."""
        wanted = cast("int", self._earlier.value())
        if self._before is None or self._before[0] != wanted:
            self._before = (wanted, self._read(workspace, self._earlier))
        return self._before[1]

    def _read(self, workspace: Workspace, choice: inputs.ChoiceBox) -> Outline:
        return as_of_round(workspace, cast("int", choice.value()))

    def _show(self, found: comparison.Comparison) -> None:
        self._comparison = found
        self._limit()
        self.compared.emit()

    def _show_nothing(self, reason: str) -> None:
        self._comparison = None
        self._kind.offer([(None, _ALL)])
        self._summary.setText("")
        self._changes.setPlainText(reason)
        self._enable(0)

    # What is asked for

    def _limit(self) -> None:
        """Show the changes of what is chosen, of the kind that is asked for."""
        if self._comparison is None:
            return
        found = list(self._of_chosen(self._comparison))
        self._offer_kinds(found)
        wanted = self._kind.value()
        shown = [each for each in found if wanted is None or wanted in self._kinds_of(each)]
        self._summary.setText(_summary(found))
        self._changes.show_changes(self._comparison, shown)
        self._enable(len(shown))

    def _of_chosen(self, found: comparison.Comparison) -> Iterator[comparison.ItemChange]:
        if not self._nodes:
            yield from found.changes
            return
        wanted = {node for each in self._nodes for node in _homes(found.after, each)}
        for change in found.changes:
            places = ((found.before, change.before), (found.after, change.after))
            if any(
                node is not None and not wanted.isdisjoint((node, *outline.ancestors(node)))
                for outline, node in places
            ):
                yield change

    def _offer_kinds(self, found: Sequence[comparison.ItemChange]) -> None:
        """Offer the kinds that there are, and from which status to which actions went."""
        counts = Counter(kind for each in found for kind in self._kinds_of(each))
        offered: list[tuple[ChangeKind | Transition | None, str]] = [(None, _ALL)]
        for kind in ChangeKind:
            if kind in counts:
                offered.append((kind, f"{kind.label}（{counts[kind]:,}件）"))
                if kind is ChangeKind.STATUS:
                    offered += self._transitions(counts)
        wanted = self._kind.value()
        self._kind.offer(offered)
        if wanted in dict(offered):
            self._kind.show_value(wanted)

    def _transitions(
        self, counts: Counter[ChangeKind | Transition]
    ) -> Iterator[tuple[Transition, str]]:
        assert self._comparison is not None
        before, after = self._comparison.before, self._comparison.after
        for key, count in counts.most_common():
            if isinstance(key, tuple):
                moved = f"{_word(before, key[0])} → {_word(after, key[1])}"
                yield key, f"　{moved}（{count:,}件）"

    def _kinds_of(self, change: comparison.ItemChange) -> set[ChangeKind | Transition]:
        found: set[ChangeKind | Transition] = set(change.kinds)
        if ChangeKind.STATUS in change.kinds:
            found.add(self._transition(change))
        return found

    def _transition(self, change: comparison.ItemChange) -> Transition:
        assert self._comparison is not None
        assert change.before is not None
        assert change.after is not None
        sides = ((self._comparison.before, change.before), (self._comparison.after, change.after))
        old, new = (status_id(outline, outline.action_id_at(node)) for outline, node in sides)
        return old, new

    def _enable(self, count: int) -> None:
        self._copy.setEnabled(bool(count))
        self._print.setEnabled(self._comparison is not None)
        self._kind.setEnabled(self._kind.count() > 1)

    def _fit(self) -> None:
        self._changes.setMinimumHeight(theme.px(_LEAST))

    def _lay_out(self) -> None:
        rounds, limits = QHBoxLayout(), QHBoxLayout()
        for layout in (rounds, limits):
            layout.setSpacing(theme.px(8))
        rounds.addWidget(self._earlier, 1)
        rounds.addWidget(plain.Label("→"))
        rounds.addWidget(self._later, 1)
        limits.addWidget(self._kind, 1)
        limits.addWidget(self._copy)
        limits.addWidget(self._print)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        column.addLayout(rounds)
        column.addLayout(limits)
        column.addWidget(self._summary)
        column.addWidget(self._changes, 1)


_ALL = "すべての変更"
_LEAST = 160  # high is the list, which the page scrolls with where it is low


def _choice(name: str, label: str) -> inputs.ChoiceBox:
    choice = inputs.ChoiceBox()
    choice.setObjectName(name)
    choice.setAccessibleName(label)
    choice.setToolTip(plain.tip(label))
    choice.setMinimumWidth(theme.px(96))  # less than its longest label has to do
    choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return choice


def _summary(found: Sequence[comparison.ItemChange]) -> str:
    moved = sum(ChangeKind.STATUS in each.kinds for each in found)
    return f"変更 {len(found):,}件（状態が変わった実行計画 {moved:,}）" if found else ""


def _word(outline: Outline, status: int | None) -> str:
    return "未記入" if status is None else outline.statuses[status].word


def _homes(outline: Outline, node: int) -> tuple[int, ...]:
    """Return the node, and of an action that is listed again the place where it is compared."""
    if outline.exists(node) and nodes.is_placement(node):
        return node, outline.home(outline.action_id_at(node))
    return (node,)
