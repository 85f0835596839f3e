"""Keeps the findings of a plan up to date without holding up those who edit it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from kyodo_desktop.domain.checks.context import counts_by_node
from kyodo_desktop.ui.jobs import Job

if TYPE_CHECKING:
    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.services.checking import Checked
    from kyodo_desktop.services.workspace import Workspace

_PAUSE = 150  # milliseconds after an edit, so that many edits are checked once
_LONGER_PAUSE = 1_000  # while only the counts are seen
_REST = 3  # times as long as the last reading took: it slows down what is done meanwhile


def is_open(checked: Checked) -> bool:
    """Tell what is to be looked at from what was, and from what is only told."""
    return not checked.is_confirmed and not checked.finding.notice


class ChecksWatch(QObject):
    """Reads the plan beside the window, when nothing was edited for a moment.

    `found` brings what it found in the plan as it is, `outdated` tells of an edit since;
    `counts` is how much of it is open, by node.
    The rules are loaded with the first reading, for a fast start.
    """

    found = Signal(list)
    outdated = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._is_looked_at = False
        self._is_current = False
        self._took = 0  # milliseconds
        self.counts: Counter[int] = Counter()
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._read)

    def show_plan(self, workspace: Workspace | None) -> bool:
        """Watch a plan, or none; tell whether it is another than before."""
        if workspace is self._workspace:
            return False
        self._workspace = workspace
        self._set_outdated()
        if workspace is not None:
            workspace.subscribe(self._follow)
        return True

    def set_looked_at(self, is_looked_at: bool) -> None:
        """Say whether the findings are in front, which are then brought sooner."""
        self._is_looked_at = is_looked_at
        if is_looked_at:
            self._begin(0)

    def _follow(self, _changes: ChangeSet) -> None:
        self._set_outdated()

    def _set_outdated(self) -> None:
        self._is_current = False
        self.outdated.emit()
        longer = max(_LONGER_PAUSE, _REST * self._took)
        self._begin(_PAUSE if self._is_looked_at else longer)

    def _begin(self, pause: int) -> None:
        if self._workspace is not None and not self._is_current:
            self._timer.start(pause)

    def _read(self) -> None:
        if self._job is not None or self._workspace is None:
            return  # the end of the job that runs begins the next one
        from kyodo_desktop.services import checking

        plan = checking.check_context(self._workspace)
        outline, clock = plan.outline, QElapsedTimer()
        clock.start()

        def read(_control: JobControl) -> tuple[list[Checked], Counter[int]]:
            found = checking.run(plan)
            return found, counts_by_node(
                outline, (each.finding.node for each in found if is_open(each))
            )

        self._job = Job(read, self)

        def report(result: tuple[list[Checked], Counter[int]]) -> None:
            found, self.counts = result
            self._took = clock.elapsed()
            self._job = None
            if self._workspace is not None and self._workspace.outline is outline:
                self._is_current = True
                self.found.emit(found)
            self._begin(0)

        def fail(error: Exception) -> None:
            self._job = None
            raise error

        self._job.succeeded.connect(report)
        self._job.failed.connect(fail)
        self._job.start()
