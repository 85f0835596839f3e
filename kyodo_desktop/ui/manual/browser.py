"""Shows a page of the manual, with its pictures as wide as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTextBrowser, QWidget

from kyodo_desktop.paths import bundled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_MARGIN = 110  # those of the text, as the style sheet gives them, and the scroll bar
_SETTLED = 150  # milliseconds without a change of size
INDEX = "index"


def page_url(name: str) -> QUrl:
    """Return where a page lies."""
    return QUrl.fromLocalFile(str(bundled("resources", "manual", f"{name}.html")))


class ManualBrowser(QTextBrowser):
    """Follows links from page to page; those which lead out of the manual are asked for.

    `searched` tells whether a search found anything.
    """

    searched = Signal(bool)
    outside_requested = Signal(QUrl)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("manual_page")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settle.timeout.connect(self._fit)
        self._fitted_width = 0

    def show_page(self, name: str) -> None:
        self.setSource(page_url(name))

    def look_for(self, words: str) -> None:
        """Go to the next place of the words, from the top again after the last."""
        found = not words or self.find(words)
        if not found:
            begin = self.textCursor()
            self.moveCursor(begin.MoveOperation.Start)
            found = self.find(words)
        self.searched.emit(found)

    # Qt's interface

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        found = super().loadResource(kind, name)
        if kind != self.document().ResourceType.ImageResource.value:
            return found
        image = QImage(self.source().resolved(QUrl(name)).toLocalFile())
        ratio = self.devicePixelRatioF()
        room = self._room()
        if image.width() > room * ratio:
            image = image.scaledToWidth(
                int(room * ratio), Qt.TransformationMode.SmoothTransformation
            )
        image.setDevicePixelRatio(max(ratio, image.width() / room))
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def _room(self) -> int:
        return max(self.viewport().width() - _MARGIN, _MARGIN)

    def _fit(self) -> None:
        """Draw the pictures anew when the room for them has changed."""
        if self._fitted_width not in (0, self._room()):
            place = self.verticalScrollBar().value()
            self.reload()
            self.verticalScrollBar().setValue(place)
        self._fitted_width = self._room()

    def _follow(self, link: QUrl) -> None:
        target = self.source().resolved(link)
        if target.isLocalFile():
            self.setSource(target)
        else:
            self.outside_requested.emit(target)
