"""Every screen that the window's commands show, found from the list of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QTabWidget

from kyodo_desktop.ui.actions import MENUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

# What leaves the plan or the program, and what only asks for a file: Qt's dialog is not ours.
# A menu waits for the next click.
_ELSEWHERE = {
    *("zoom_in", "zoom_out", "zoom_normal"),  # which show nothing new, and dress all anew
    "columns",
    *("quit", "open_logs", "check_update", "sample", "close_plan"),
    *("open", "import_table", "export_like", "answers", "export_data", "restore", "save_copy_as"),
}
COMMANDS = sorted(
    {spec.name for specs in MENUS.values() for spec in specs if spec.name} - _ELSEWHERE
)
_ASK_FOR_FILE = ("参照", "ファイル", "フォルダー", "Excel", "選択")


_OF_THE_SYSTEM = (QFileDialog, QPrintDialog)


def shown_by(window, name) -> Iterator[QWidget]:
    """Call a command; yield the window, each dialog, and what a dialog's buttons show."""
    window.actions_by_name[name].trigger()
    QApplication.processEvents()
    yield window
    for shown in dialogs(window):
        yield shown
        for button in shown.findChildren(QPushButton):
            if _leads_on(button):
                button.click()
                QApplication.processEvents()
                for further in dialogs(window):
                    if further is not shown:
                        yield further
                        further.deleteLater()
        if shiboken6.isValid(shown):
            shown.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def each_tab(screen) -> Iterator[None]:
    """Bring each tab of a screen to the front, and end with the last one."""
    yield
    for tabs in screen.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)
            QApplication.processEvents()
            yield


def dialogs(window) -> list[QDialog]:
    """Return the dialogs of ours that are open."""
    found = window.findChildren(QDialog)
    return [each for each in found if each.isVisible() and not isinstance(each, _OF_THE_SYSTEM)]


def _leads_on(button) -> bool:
    if not (shiboken6.isValid(button) and button.isVisible() and button.isEnabled()):
        return False
    return button.text().endswith("…") and not button.text().startswith(_ASK_FOR_FILE)
