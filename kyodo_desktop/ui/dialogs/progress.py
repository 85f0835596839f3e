"""Shows how far a long work is, and lets it be cancelled; a short one it leaves unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from kyodo_desktop.ui.jobs import Job

_PATIENCE = 300  # milliseconds until it is worth a dialog
_WIDTH = 360


class ProgressDialog(QDialog):
    """Starts the job and is deleted at its end, of which the caller hears from the job.

    Not Qt's own QProgressDialog: that one handles events whenever it is told of progress.
    """

    def __init__(self, job: Job, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self.setWindowTitle("処理中")
        self.setMinimumWidth(_WIDTH)
        self._text = Label(text)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)  # unknown so far
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._text, self._bar, self._buttons):
            column.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self.open)
        job.progressed.connect(self._advance)
        job.succeeded.connect(self.accept)
        job.failed.connect(self.accept)

    def start(self) -> None:
        """Start the job; the dialog opens by itself when it takes long."""
        self._patience.start()
        self._job.start()

    def accept(self) -> None:
        self._patience.stop()
        super().accept()
        self.deleteLater()

    def reject(self) -> None:
        """Ask the work to stop, and stay until it has."""
        self._job.cancel()
        self._text.setText("取りやめています…")
        self._buttons.setEnabled(False)

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
