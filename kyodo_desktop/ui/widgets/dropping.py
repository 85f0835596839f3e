"""Takes files that are dropped anywhere on the window, also on a field that takes text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

_WIDE = 4  # pixels
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class FileDrops(QObject):
    """Hears of files before the widget under the mouse does, which would take their names as text.

    While a dialog is open in front of the window nothing is taken: they are `refused`. A frame
    around the window shows that files over it are welcome.
    """

    dropped = Signal(list)  # paths
    refused = Signal(list)  # paths

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._frame: QFrame | None = None
        if window.windowHandle() is None:
            window.installEventFilter(self)
        else:
            self._watch_the_native_window()

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() is QEvent.Type.Show:
                self._watch_the_native_window()
            return False
        if event.type() in _DRAGS:
            assert isinstance(event, QDragMoveEvent)
            return self._accept_drag(event)
        if event.type() is QEvent.Type.DragLeave:
            self._show_frame(shown=False)
        if event.type() is QEvent.Type.Drop:
            self._show_frame(shown=False)
            assert isinstance(event, QDropEvent)
            return self._take(event)
        return False

    def _watch_the_native_window(self) -> None:
        """Watch where drags arrive; it exists since the window is shown."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)  # once, however often the window is shown
            self._window.removeEventFilter(self)

    def _accept_drag(self, event: QDragMoveEvent) -> bool:
        if not local_paths(event.mimeData()):
            return False
        _accept_copy(event)
        self._show_frame(shown=self._is_in_front())
        return True

    def _is_in_front(self) -> bool:
        return QApplication.activeModalWidget() in (None, self._window)

    def _show_frame(self, *, shown: bool) -> None:
        if self._frame is None and shown:
            self._frame = QFrame(self._window)
            self._frame.setObjectName("drop_frame")
            self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if self._frame is not None and shown:
            colour = theme.tokens().accent.name()
            self._frame.setStyleSheet(f"#drop_frame {{ border: {_WIDE}px solid {colour}; }}")
        if self._frame is not None:
            self._frame.setGeometry(self._window.rect())
            self._frame.setVisible(shown)
            self._frame.raise_()

    def _take(self, event: QDropEvent) -> bool:
        paths = local_paths(event.mimeData())
        if not paths:
            return False
        _accept_copy(event)
        # Later, when the program that the files come from no longer waits for an answer.
        taken = self.dropped if self._is_in_front() else self.refused
        QTimer.singleShot(0, self, lambda: taken.emit(paths))
        return True


def _accept_copy(event: QDropEvent) -> None:
    """Never move: the program that the files come from would then delete them."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of a drag; none where anything else is among it."""
    urls = data.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return [Path(url.toLocalFile()) for url in urls]
