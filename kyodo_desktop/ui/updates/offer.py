"""A newer version that lies ready on this PC: quietly offered, and installed if that is meant."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from kyodo_desktop import __version__
from kyodo_desktop.ui.asking import ask, show_warning
from kyodo_desktop.ui.widgets.plain import whole
from kyodo_desktop.updating.launching import setup_starter

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.ui.shell import Shell
    from kyodo_desktop.updating.fetching import Download


class UpdateOffer(QObject):
    """One more entry in the line of menus, which leads to the dialog.

    No dialog by itself: it would take the keys of somebody who is typing. No bar above the
    work either: it would move what somebody is about to click. The menus are in sight on
    every page, within reach of the keys, and have room at their end.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.frame)
        self._shell, self._window = shell, shell.frame
        self._entry: QAction | None = None
        self.start_setup = setup_starter()

    def show(self, download: Download) -> None:
        """Put the entry there, in the place of an older one."""
        self.withdraw()
        self._entry = QAction(f"● 新しい版 {whole(download.release.version)}(&U)", self)
        self._entry.setObjectName("update")
        self._entry.triggered.connect(lambda _checked: self.open(download))
        self._window.menuBar().addAction(self._entry)

    def open(self, download: Download) -> None:
        """Let the user read what is new, and decide."""
        from kyodo_desktop.ui.updates.dialog import UpdateDialog

        self._shell.commit()
        release = download.release
        dialog = UpdateDialog(__version__, release.version, release.notes, self._window)
        dialog.skipped.connect(partial(self._skip, release.version))
        ask(dialog, partial(self._install, download))

    def withdraw(self) -> None:
        """Take the entry away."""
        if self._entry is not None:
            self._window.menuBar().removeAction(self._entry)
            self._entry.deleteLater()
            self._entry = None

    def _skip(self, version: str) -> None:
        self._shell.settings.skipped_version = version
        self.withdraw()

    def _install(self, download: Download) -> None:
        """Close the window and start Setup; if that fails the window comes back and says why."""
        from kyodo_desktop.updating.fetching import check
        from kyodo_desktop.updating.release import UpdateError

        assert self.start_setup is not None, "without it there is no look"
        plan = self._shell.plan
        # The program goes on without a window until it is known whether Setup started.
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            if not self._window.close():
                return
            check(download.setup, download.release)
            self._setup = self.start_setup(download.setup, download.source)
        except (OSError, UpdateError) as error:
            self._come_back(plan.path if plan else None, error)
        else:
            QApplication.quit()
        finally:
            QApplication.setQuitOnLastWindowClosed(True)

    def _come_back(self, path: Path | None, error: Exception) -> None:
        self._window.show()
        if path is not None:
            self._shell.files.open(path)
        reason = error.strerror if isinstance(error, OSError) else error
        show_warning(
            self._window,
            "更新を始められません",
            f"新しい版に入れ替えられませんでした。今の版はそのままお使いになれます。\n{reason}",
        )
