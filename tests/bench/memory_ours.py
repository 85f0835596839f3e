"""Opens a plan in the window, lets it make ready for searching, and prints its megabytes."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil
from PySide6.QtCore import QTimer

from kyodo_desktop import app
from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.settings import Settings


def main() -> None:
    path = Path(sys.argv[1])
    application = app.prepared()
    window = MainWindow(Settings(path.with_suffix(".ini")), app.now)
    window.show()
    window.files.open(path)
    while any(timer.isActive() for timer in window.tree.findChildren(QTimer)):
        application.processEvents()
    print(psutil.Process().memory_info().rss / 1e6)
    window.close()


if __name__ == "__main__":
    main()
