"""回答の取込: files come from a dialog or are dropped, are read, looked at and taken in."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication

from kyodo_desktop.domain import errors, inputs
from kyodo_desktop.ui import messages
from kyodo_desktop.ui.asking import prepare, show_warning
from kyodo_desktop.ui.shell import Commands, Shell, repeatable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.ui.inquiries.batch import Batch, ReadBatch, ReceivedFile, Standing
    from kyodo_desktop.ui.inquiries.review_dialog import ReviewDialog

_PLAN, _TEXTS = ".kyodo", (".csv", ".tsv", ".txt", ".json")
_AFTER_PAINTING = 50  # milliseconds
_TITLE = "回答の取込"
_TOGETHER = (
    "計画のファイル「{}」がほかのファイルといっしょにドロップされたため、何も開いていません。"
    "先に計画だけを、それから回答票だけをドロップしてください。"
)
_HOW_TO_GO_ON = "回答の確認は、「調査」→「回答の取込」で続けられます。"
_NOTHING_FOUND = "回答票（Excelファイル）が見つかりませんでした。別のフォルダーを選んでください。"
_BUSY = (
    "別の画面を開いているため、「{}」は読み込んでいません。"
    "開いている画面を閉じてから、もう一度ドラッグ＆ドロップしてください。"
)
_WITHOUT_PLAN = (
    "回答票を取り込むには、先にその計画を開いてください。"
    "開いてから、もう一度ファイルをドラッグ＆ドロップしてください。"
)


class AnswerCommands(Commands):
    """Keeps the files and what was decided about them as long as the plan is open.

    `table_dropped` comes for a file that is no answer, `read` when files were read or it was
    given up, `taken` when answers were taken in.
    """

    table_dropped = Signal(object)  # a path
    read = Signal()
    taken = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._dialog: ReviewDialog | None = None
        self._dialog_plan: OpenPlan | None = None  # the one that the dialog is about
        self._received: Batch | None = None
        self._decided: dict[Path, list[list[object]]] = {}  # before the files are read again
        QTimer.singleShot(0, self, self._wait_for_drops)  # later, for a fast start

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"answers": self.show}

    def show(self) -> None:
        """Show the answers that have come, compared with the plan as it is now."""
        self._open().refresh()
        if self._batch.files:
            self.read_files([])

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Open a plan that was dropped, read answers, and take any other table for one to import.

        Which it is, a workbook tells by what is in it.
        """
        plans = [path for path in paths if path.suffix.lower() == _PLAN]
        if plans and len(paths) > 1:
            show_warning(
                self._window, _TITLE, _TOGETHER.format("」「".join(each.name for each in plans))
            )
        elif plans:
            self._shell.files.open(plans[0])
        elif len(paths) == 1 and paths[0].suffix.lower() in _TEXTS:
            self.table_dropped.emit(paths[0])
        elif self._shell.commit():
            self._read(paths, self._show_dropped)

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read more files, look at all answers anew, and show them."""
        self._read(paths, self._show_read)

    def unsaved(self) -> list[inputs.Unsaved]:
        """Return what was decided about answers that are not taken in yet."""
        if self._dialog_plan is not self._shell.plan:
            return []
        unfinished = self._received.unfinished() if self._received else ()
        decided = {each.path: each.decisions() for each in unfinished}
        decided |= self._decided
        if not decided:
            return []
        state = [{"path": str(path), "decisions": each} for path, each in decided.items()]
        names = "、".join(path.name for path in decided)
        count = sum(map(len, decided.values()))
        text = inputs.TypedText(
            "state:answers",
            f"画面「{_TITLE}」",
            "選んだ内容",
            "",
            f"{names}（{count:,}か所を選択済み、未取込）",
            state=json.dumps(state, ensure_ascii=False),
        )
        return [inputs.Unsaved(text, is_invalid=False)]

    def resume(self, state: str) -> None:
        """Show answers as they were looked at before. Raises ReadingError where it cannot be."""
        try:
            read = json.loads(state)
            decided = {Path(each["path"]): list(map(list, each["decisions"])) for each in read}
        except (ValueError, KeyError, TypeError) as error:
            raise errors.ReadingError(
                "控えの内容を読み取れないため、続きから開けません。"
                "回答票をもう一度読み込んでください。"
            ) from error
        missing = [path.name for path in decided if not path.exists()]
        if missing:
            raise errors.MissingFileError(
                f"回答票（{'、'.join(missing)}）が見つからないため、続きから開けません。"
                "控えは残してあります。ファイルを元の場所に戻してから、もう一度お試しください。"
            )
        self._forget_another_plan()
        self._decided = decided
        self.read_files(list(decided))

    @property
    def _batch(self) -> Batch:
        """The files so far; what reads them is loaded for the first."""
        if self._received is None:
            from kyodo_desktop.ui.inquiries.batch import Batch

            self._received = Batch()
        return self._received

    def _wait_for_drops(self) -> None:
        from kyodo_desktop.ui.widgets.dropping import FileDrops

        drops = FileDrops(self._window)
        drops.dropped.connect(self.take_dropped)
        drops.refused.connect(self._tell_refused)

    def _tell_refused(self, paths: Sequence[Path]) -> None:
        """Say in front of the dialog that is open why files behind it are not taken."""
        names = "」「".join(each.name for each in paths)
        show_warning(QApplication.activeModalWidget() or self._window, _TITLE, _BUSY.format(names))

    def _read(self, paths: Sequence[Path], then: Callable[[ReadBatch], None]) -> None:
        from kyodo_desktop.ui.inquiries.batch import read_batch

        self._forget_another_plan()
        known = self._batch.answers()
        shown = self._dialog if self._dialog and self._dialog.isVisible() else self._window
        self._run_job(
            partial(read_batch, paths, known, self._standing()),
            "回答票を読んでいます…",
            partial(self._go_on_with, self._dialog_plan, then),
            self._raise,
            above=shown,
        )

    def _standing(self) -> Standing | None:
        """Return what the answers are compared with."""
        from kyodo_desktop.services.inquiries.asking import inquiries, plan_key
        from kyodo_desktop.ui.inquiries.batch import Standing

        if self._shell.plan is None:
            return None
        workspace = self._workspace
        return Standing(workspace.outline, plan_key(workspace), inquiries(workspace))

    def _go_on_with(
        self, plan: OpenPlan | None, then: Callable[[ReadBatch], None], read: ReadBatch
    ) -> None:
        """Go on, unless another plan was opened meanwhile."""
        if plan is self._shell.plan:
            then(read)
        else:
            self.read.emit()

    def _show_dropped(self, read: ReadBatch) -> None:
        """Show answers; a file alone that is none is a table to import."""
        if read.lone_table is not None:
            self.table_dropped.emit(read.lone_table)
            self.read.emit()
        else:
            self._show_read(read)

    def take(self, files: Sequence[ReceivedFile]) -> None:
        """Take answers in, each as a step of its own."""
        from kyodo_desktop.ui.inquiries.batch import Taking

        if self._dialog is not None:
            self._dialog.setEnabled(False)
        taking = Taking(self._workspace, files, self)
        if self._dialog is not None:
            taking.advanced.connect(self._dialog.show_progress)
        taking.ended.connect(self._show_taken)
        taking.start()

    def _show_read(self, read: ReadBatch) -> None:
        """Show what was read, then keep that it came: in turns, so that nothing waits long."""
        if self._shell.plan is None:
            show_warning(self._window, _TITLE, _WITHOUT_PLAN)
            self.read.emit()
            return
        new = self._batch.add(read.files)
        for file in self._batch.files:
            file.decide_again(self._decided.pop(file.path, ()))
        self._batch.show_reviews(read.reviews)
        dialog = self._open()
        if read.was_asked:
            dialog.show_done("", "" if read.files else _NOTHING_FOUND)
        note = partial(self._record_received, self._dialog_plan, new)
        QTimer.singleShot(0, dialog, partial(dialog.refresh, new))
        # Begun behind the refresh: where that comes late, the note waits for it all the same.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(_AFTER_PAINTING, self, note))

    @repeatable
    def _record_received(self, plan: OpenPlan | None, files: Sequence[ReceivedFile]) -> None:
        """Keep that answers have come, also if nobody takes them in today."""
        from kyodo_desktop.services.inquiries import accepting

        newest = [each for each in files if not self._batch.newer(each)]
        answers = [each.answer for each in newest if each.answer and each.is_open]
        if plan is self._shell.plan and answers and not self._workspace.read_only_because:
            with self._editing():
                accepting.record_received(self._workspace, answers)
        self.read.emit()

    def _show_taken(self, done: str, refused: str) -> None:
        dialog = self._open()
        dialog.setEnabled(True)
        dialog.refresh()
        dialog.show_done(done, refused)
        self.taken.emit()
        self.read_files([])

    def _open(self) -> ReviewDialog:
        """Show the dialog, made when it is first needed for the plan."""
        from kyodo_desktop.ui.inquiries.review_dialog import ReviewDialog

        self._forget_another_plan()
        if self._dialog is None:
            self._dialog = ReviewDialog(self._workspace, self._batch, self._window)
            prepare(self._dialog)
            self._dialog.paths_given.connect(self.read_files)
            self._dialog.taking_requested.connect(self.take)
            self._dialog.action_requested.connect(self._go_to)
            self._dialog.round_requested.connect(self._show_round)
        self._dialog.open()
        return self._dialog

    def _forget_another_plan(self) -> None:
        if self._dialog_plan is not self._shell.plan:
            if self._dialog is not None:
                self._dialog.deleteLater()
            self._dialog, self._received, self._dialog_plan = None, None, self._shell.plan
            self._decided = {}

    def _go_to(self, action_id: int) -> None:
        outline = self._workspace.outline
        if action_id in outline.placed:
            self._shell.tree.select(outline.home(action_id))
            self._shell.toast.show_info(_HOW_TO_GO_ON)

    def _show_round(self, round_id: int) -> None:
        """Show the round that an answer is about, and look at all answers anew."""
        if self._shell.commit():
            name = self._workspace.outline.rounds[round_id].name
            with messages.busy(self._window, f"調査「{name}」を表示しています…"):
                self._workspace.show_round(round_id)
            self.read_files([])

    def _raise(self, error: Exception) -> None:
        self.read.emit()
        raise error
