"""Takes answers in, one section a turn of the event loop, so that the window stays awake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services.inquiries.accepting import accept
from kyodo_desktop.services.inquiries.reviewing import review
from kyodo_desktop.ui.inquiries.file_words import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.inquiries.batch import ReceivedFile


class Taking(QObject):
    """Each section is one step. `ended` comes with what was done, and what was not and why.

    The plan changes with each section, so the next one is looked at anew: what became a clash
    meanwhile stays for somebody to decide.
    """

    ended = Signal(str, str)
    advanced = Signal(int, int)  # how many sections are done, of how many

    def __init__(
        self, workspace: Workspace, files: Sequence[ReceivedFile], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._waiting = list(files)
        self._count = len(files)
        self._taken: list[ReceivedFile] = []
        self._refused: list[str] = []

    def start(self) -> None:
        """Begin, after what is going on now."""
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if not self._waiting:
            self.ended.emit(self._done(), "\n".join(self._refused))
            self.deleteLater()
            return
        self.advanced.emit(self._count - len(self._waiting), self._count)
        file = self._waiting.pop(0)
        try:
            self._take(file)
        except PlanError as error:
            self._refused.append(f"{name_of(file)}: {error.message}")
        QTimer.singleShot(0, self, self._go_on)

    def _take(self, file: ReceivedFile) -> None:
        if self._taken:
            assert file.answer is not None
            file.review = review(self._workspace, file.answer)
            if file.undecided():
                self._refused.append(
                    f"{name_of(file)}: 先に取り込んだ課の回答と競合するため、残しました。"
                )
                return
        assert file.review is not None
        chosen, undecided = file.chosen(), file.undecided()
        accept(self._workspace, file.review, chosen)
        left = f"・競合 {undecided:,}件はそのまま" if undecided else ""
        file.taken = f"取込済（{len(chosen):,}件）{left}"
        self._taken.append(file)

    def _done(self) -> str:
        if not self._taken:
            return ""
        cells = sum(len(each.chosen()) for each in self._taken)
        names = name_of(self._taken[0]) if self._count == 1 else f"{len(self._taken):,}課"
        undecided = sum(each.undecided() for each in self._taken)
        left = f"競合 {undecided:,}件は、いまの内容のままにしました。" if undecided else ""
        undo = "「元に戻す」で、課ごとに取り消せます。"
        return f"{names}の回答を取り込みました（{cells:,}件）。{left}{undo}"
