"""The program's own window on plans of any size."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.files import plan_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.ui.main_window import MainWindow

SIZES = (1_000, 10_000, 100_000)


def windows() -> Iterator[tuple[int, MainWindow]]:
    """Yield how many actions there are, and the window that shows them.

    The plan was opened once already, so that it has its backup of the day.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KYODO_DESKTOP_HOME"] = folder
        from kyodo_desktop import app
        from kyodo_desktop.ui.main_window import MainWindow
        from kyodo_desktop.ui.settings import Settings

        application = app.prepared()
        for actions in SIZES:
            window = MainWindow(Settings(Path(folder, "settings.ini")), app.now)
            window.show()
            window.files.open(plan_file(Path(folder, f"{actions}.kyodo"), actions))
            application.processEvents()
            yield actions, window
            window.close()
