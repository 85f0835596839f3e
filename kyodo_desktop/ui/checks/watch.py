"""Keeps the findings of a plan up to date without holding up those who edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kyodo_desktop.ui.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.services.checking import Checked
    from kyodo_desktop.services.workspace import Workspace

_PAUSE = 150  # milliseconds after an edit, so that many edits are checked once
_LONGER_PAUSE = 1_000  # while only the counts are seen


class ChecksWatch(QObject):
    """Reads the plan beside the window, when nothing was edited for a moment.

    `found` brings what it found in the plan as it is, `outdated` tells of an edit since.
    The rules are loaded with the first reading, for a fast start.
    """

    found = Signal(list)
    outdated = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._is_looked_at = False
        self._is_current = False
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
        self._begin(_PAUSE if self._is_looked_at else _LONGER_PAUSE)

    def _begin(self, pause: int) -> None:
        if self._workspace is not None and not self._is_current:
            self._timer.start(pause)

    def _read(self) -> None:
        if self._job is not None or self._workspace is None:
            return  # the end of the job that runs begins the next one
        from kyodo_desktop.services import checking

        plan = checking.check_context(self._workspace)
        outline = plan.outline
        self._job = Job(lambda _control: checking.run(plan), self)

        def report(found: Sequence[Checked]) -> None:
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
