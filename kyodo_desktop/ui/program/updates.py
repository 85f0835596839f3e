"""A newer version of the program: looked for silently or when asked for, offered and installed."""

from __future__ import annotations

import logging
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from kyodo_desktop import __version__, paths
from kyodo_desktop.domain.errors import CancelledError
from kyodo_desktop.ui import asking, jobs
from kyodo_desktop.ui.shell import Commands, Shell
from kyodo_desktop.ui.widgets.plain import MessageBox, whole
from kyodo_desktop.updating import policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.updating.fetching import Download
    from kyodo_desktop.updating.keys import ReleaseKey

_PATIENCE = 1_000  # milliseconds for a look that nobody asked for
_log = logging.getLogger(__name__)


class UpdateCommands(Commands):
    """Looks where the administrator or the user has chosen, else where Setup came from.

    What goes wrong with a look at the start is a line in the log. `ended` comes after each
    look, when the user has been told what there is to tell.
    """

    ended = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.decided = policy.present  # by the administrator; asked anew for each look

    @cached_property
    def offer(self) -> UpdateOffer:
        """What shows a newer version, made when it is first needed."""
        return UpdateOffer(self._shell)

    @cached_property
    def keys(self) -> tuple[ReleaseKey, ...]:
        """Whose releases are taken; raises UpdateError where they cannot be read."""
        from kyodo_desktop.updating import keys

        return keys.carried()

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"check_update": self.check_and_report}

    def check_silently(self) -> None:
        """Look for at most a second; fetch and offer what the user does not want to skip."""
        from kyodo_desktop.updating import fetching, release
        from kyodo_desktop.updating.errors import UpdateError

        downloads, former = paths.user_update_folder(), paths.former_update_folder()
        if former != downloads:
            fetching.remove_downloads(former)
        try:
            folder = self._folder()
        except UpdateError as reason:
            _log.info("no look for updates: %s", reason)
            fetching.remove_downloads(downloads)
            return

        def work(_control: JobControl) -> bytes:
            return release.read(folder)

        job = jobs.Job(work, self._window)
        job.succeeded.connect(partial(self._fetch_silently, folder, downloads))
        job.failed.connect(partial(self._log_failure, folder))
        QTimer.singleShot(_PATIENCE, job, job.abandon)
        job.start()

    def check_and_report(self) -> None:
        """Look now, for as long as the user waits, and say what was found."""
        from kyodo_desktop.ui.program.dialogs import UpdateProgressDialog
        from kyodo_desktop.updating import fetching, release
        from kyodo_desktop.updating.errors import UpdateError

        self._shell.commit()
        try:
            folder = self._folder()
        except UpdateError as reason:
            self._report(str(reason))
            return
        keys, downloads = self.keys, paths.user_update_folder()

        def work(control: JobControl) -> Download | None:
            latest = release.read(folder)
            newer = fetching.newer_release(latest, keys, downloads, __version__)
            return newer and fetching.fetched(newer, folder, downloads, progress=control.report)

        job = jobs.Job(work, self._window)
        dialog = UpdateProgressDialog(job, self._window)
        job.succeeded.connect(self._report_success)
        job.failed.connect(self._report_failure)
        dialog.start()

    def _folder(self) -> Path:
        """Return where to look; raises UpdateError saying why there is nowhere."""
        from kyodo_desktop.updating.errors import UpdateError

        decided = self.decided()
        if self.offer.start_setup is None:
            raise UpdateError("このプログラムの更新は、Windowsでだけ行えます。")
        if not decided.updates:
            raise UpdateError(
                "管理者の設定により、新しいバージョンの確認と更新は行いません。"
                "新しいバージョンは、情報政策課が入れます。"
            )
        if not self.keys:
            raise UpdateError(
                "このプログラムには、配布元の署名を確かめる鍵が入っていないため、更新を行いません。"
                "新しいバージョンについては、情報政策課に尋ねてください。"
            )
        folder = decided.folder or self._shell.settings.update_folder or paths.installed_from()
        if folder is None:
            raise UpdateError(
                "新しいバージョンを探すフォルダーが決まっていません。"
                "「設定」→「環境設定」で、共有フォルダーを指定してください。"
            )
        return folder

    def _fetch_silently(self, folder: Path, downloads: Path, latest: bytes) -> None:
        from kyodo_desktop.updating import fetching

        keys, skipped = self.keys, self._shell.settings.skipped_version

        def work(control: JobControl) -> Download | None:
            newer = fetching.newer_release(latest, keys, downloads, __version__, skipped=skipped)
            return newer and fetching.fetched(newer, folder, downloads, progress=control.report)

        job = jobs.Job(work, self._window)
        job.succeeded.connect(self._show_offer)
        job.failed.connect(partial(self._log_failure, folder))
        job.start()

    def _show_offer(self, download: Download | None) -> None:
        if download is not None:
            self.offer.show(download)
        self.ended.emit()

    def _log_failure(self, folder: Path, error: Exception) -> None:
        _log.warning("no update from %s: %s: %s", folder, type(error).__name__, error)
        self.ended.emit()

    def _report_success(self, download: Download | None) -> None:
        if download is None:
            self._report(f"お使いのバージョン（{__version__}）が最新です。")
        else:
            self.offer.show(download)
            self.offer.open(download)
            self.ended.emit()

    def _report_failure(self, error: Exception) -> None:
        from kyodo_desktop.updating.errors import UpdateError

        if not isinstance(error, UpdateError | CancelledError):
            raise error
        if isinstance(error, UpdateError):
            asking.show_warning(self._window, "新しいバージョンを確認できません", str(error))
        self.ended.emit()

    def _report(self, text: str) -> None:
        icon = MessageBox.Icon.Information
        asking.ask(MessageBox.saying(icon, "新しいバージョンの確認", text, self._window))
        self.ended.emit()


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
        from kyodo_desktop.updating.launching import setup_starter

        self.start_setup = setup_starter()

    def show(self, download: Download) -> None:
        """Put the entry there, in the place of an older one."""
        self.withdraw()
        self._entry = QAction(f"● 新しいバージョン {whole(download.release.version)}(&U)", self)
        self._entry.setObjectName("update")
        self._entry.triggered.connect(lambda _checked: self.open(download))
        self._window.menuBar().addAction(self._entry)

    def open(self, download: Download) -> None:
        """Let the user read what is new, and decide."""
        from kyodo_desktop.ui.program.dialogs import UpdateDialog

        self._shell.commit()
        dialog = UpdateDialog(__version__, download.release, self._window)
        dialog.skipped.connect(partial(self._skip, download.release.version))
        asking.ask(dialog, partial(self._install, download))

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
        from kyodo_desktop.updating.errors import UpdateError
        from kyodo_desktop.updating.fetching import checked

        assert self.start_setup is not None, "without it there is no look"
        plan = self._shell.plan
        # The program goes on without a window until it is known whether Setup started.
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            if not self._window.close():
                return
            with checked(download) as setup:
                self._setup = self.start_setup(setup, download.source)
        except (OSError, UpdateError) as error:
            self._restore_window(plan.path if plan else None, error)
        else:
            QApplication.quit()
        finally:
            QApplication.setQuitOnLastWindowClosed(True)

    def _restore_window(self, path: Path | None, error: Exception) -> None:
        self._window.show()
        if path is not None:
            self._shell.files.open(path)
        reason = error.strerror if isinstance(error, OSError) else error
        asking.show_warning(
            self._window,
            "更新を始められません",
            f"新しいバージョンに入れ替えられませんでした。今のバージョンはそのままお使いになれます。\n{reason}",
        )
