"""A window that is typed into until it is killed, for test_killed_window.py and by hand.

    python -m tests.ui.typed.typing_window PLAN KIND
types a section, a title or into a dialog, says so, and waits.

    python -m tests.ui.typed.typing_window PLAN stamps COUNT
types a new text again and again, and prints for each how many milliseconds later it was on
the disk: the numbers of the journal under load.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from kyodo_desktop.paths import user_journal_folder
from kyodo_desktop.ui.editor import editing
from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.settings import Settings
from tests.builders import node_of
from tests.ui.tree.hands import editor_of

ACTION, TYPED = "市民活動支援補助金の創設", "書きかけの言葉"


def main(plan: Path, kind: str, count: int) -> None:
    sys.excepthook = fail
    application = QApplication([])
    if kind == "stamps":
        editing.SAVE_AFTER = 10_000_000
    window = MainWindow(Settings(plan.with_name("settings.ini")), lambda: datetime.now(UTC))
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    assert window.files.open(plan)
    QApplication.processEvents()
    window.tree.select(node_of(window.plan.workspace.outline, ACTION))
    QApplication.processEvents()
    if kind == "stamps":
        Stamps(window, count)
    else:
        QTimer.singleShot(0, window, lambda: begin(window, kind))
    application.exec()


def fail(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    print(f"failed: {error}", flush=True)
    os._exit(1)


def begin(window: MainWindow, kind: str) -> None:
    """Type, and say that it is typed."""
    if kind == "section":
        boxes = window.editor.findChildren(QComboBox, "section_name")
        type_into(next(each for each in boxes if each.isVisible()).lineEdit())
    elif kind == "title":
        window.tree.edit_current()
        type_into(editor_of(window))
    elif kind == "dialog":
        window.actions_by_name["new_round"].trigger()
        dialog = QApplication.activeModalWidget()
        QTimer.singleShot(400, dialog, lambda: type_and_say(dialog))
        return
    print("typed", flush=True)


def type_and_say(dialog) -> None:
    type_into(next(each for each in dialog.findChildren(QLineEdit) if each.isVisible()))
    print("typed", flush=True)


def type_into(field: QLineEdit | QPlainTextEdit) -> None:
    field.setFocus()
    field.selectAll()
    put = field.insertPlainText if isinstance(field, QPlainTextEdit) else field.insert
    put(TYPED)


class Stamps(QObject):
    """Types at any moment of the watch's round, and waits beside it until the file has it."""

    found = Signal()

    def __init__(self, window: MainWindow, count: int) -> None:
        super().__init__(window)
        self.found.connect(self.next)
        self.window, self.left = window, count
        self.field = window.editor.findChild(QPlainTextEdit, "note")
        self.field.setFocus()
        self.random = random.Random(count)
        self.next()

    def next(self) -> None:
        if not self.left:
            os._exit(0)
        self.left -= 1
        QTimer.singleShot(self.random.randrange(600), self.window, self.type)

    def type(self) -> None:
        words = f"{self.left}番目の言葉"
        self.field.setPlainText(words)
        typed_at = time.monotonic()
        threading.Thread(target=self.wait, args=(words, typed_at), daemon=True).start()

    def wait(self, words: str, typed_at: float) -> None:
        wanted = words.encode()
        while not any(wanted in read(path) for path in user_journal_folder().glob("*.jsonl")):
            time.sleep(0.002)
        print(round((time.monotonic() - typed_at) * 1000), flush=True)
        self.found.emit()


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0)
