"""A window into which somebody types, for gone.py.

It is told `type`, `rest` and `jump` on its input, and prints ten times a second what was typed
so far, what its field shows, for how long nothing could happen in it, and what it says.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from kyodo_desktop import app
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.settings import Settings
from kyodo_desktop.ui.widgets.inputs import GrowingText
from tests.torture.children import Failures, head_of

FIELD = "outlook_text"
LETTERS = "協働のまちづくり推進計画を市民とともに進める0123456789"
_BEAT, _KEY, _REPORT = 10, 35, 100  # milliseconds
_ACTIONS = 3


class Typist(QObject):
    """Types a letter at a time, and measures how long the window is deaf."""

    def __init__(self, window: MainWindow, failures: list[str]) -> None:
        super().__init__(window)
        self._window = window
        self._failures = failures
        self._typed: dict[int, str] = {}
        self._place = self._count = 0
        self._last, self._longest = monotonic(), 0.0
        self._keys = QTimer(self, interval=_KEY)
        self._keys.timeout.connect(self._type)
        for interval, run in ((_BEAT, self._beat), (_REPORT, self._report)):
            timer = QTimer(self, interval=interval, timerType=Qt.TimerType.PreciseTimer)
            timer.timeout.connect(run)
            timer.start()
        self._told = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._told.activated.connect(self._listen)
        self._jump()

    def _listen(self) -> None:
        known = {"type": self._keys.start, "rest": self._keys.stop, "jump": self._jump}
        for word in os.read(0, 1024).decode().split() or ["quit"]:
            known.get(word, QApplication.quit)()

    def _beat(self) -> None:
        now = monotonic()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def _jump(self) -> None:
        """Go on to another action."""
        outline = self._window.plan.workspace.outline
        nodes = [
            node for root in outline.roots for node in outline.below(root) if is_placement(node)
        ]
        self._place = (self._place + 1) % _ACTIONS
        self._window.tree.select(nodes[self._place])
        QApplication.processEvents()
        field = self._field()
        field.setFocus()
        self._typed.setdefault(self._action_id(), field.typed())

    def _type(self) -> None:
        action_id, field = self._action_id(), self._field()
        letter = LETTERS[self._count % len(LETTERS)]
        self._count += 1
        cursor = field.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        field.setTextCursor(cursor)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, key)
        self._typed[action_id] = self._typed.get(action_id, "") + letter

    def _field(self) -> GrowingText:
        fields = self._window.editor.findChildren(GrowingText, FIELD)
        return next(each for each in fields if each.isVisible())

    def _action_id(self) -> int:
        (node,) = self._window.editor.nodes
        return self._window.plan.workspace.outline.action_at(node).id

    def _report(self) -> None:
        self._beat()
        window = self._window
        boxes = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
        errors = window.editor.findChildren(QLabel, "error")
        report = {
            "typed": self._typed,
            "shown": [self._action_id(), self._field().typed()],
            "deaf": self._longest,
            "said": [
                *(each.text() for each in boxes),
                *(each.text() for each in errors if each.isVisible()),
                window.toast.text,
            ],
            "read_only": window.plan.workspace.read_only_because,
            "failures": list(self._failures),
        }
        self._longest = 0.0
        self._failures.clear()
        print(json.dumps(report, ensure_ascii=False), flush=True)


def main() -> None:
    plan, home = map(Path, sys.argv[1:])
    failures: list[str] = []
    logging.getLogger().addHandler(Failures(failures.append))
    application = app.prepared()
    settings = Settings(home / "settings.ini")
    settings.display_name = "書く人"
    window = MainWindow(settings, app.now)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 728)
    window.show()
    assert window.files.open(plan)
    window.activateWindow()
    QApplication.processEvents()
    Typist(window, failures)
    sys.excepthook = lambda _kind, error, _trace: failures.append(head_of(error))
    application.exec()


if __name__ == "__main__":
    main()
