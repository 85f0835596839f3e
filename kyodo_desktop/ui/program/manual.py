"""The window of the manual: beside the work, never in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.paths import bundled
from kyodo_desktop.ui import outside, placing
from kyodo_desktop.ui.widgets import appearance, plain

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


_SIZE = (860, 680)
_SEARCH_WIDTH = 200


class ManualWindow(QDialog):
    """Shows the manual; F1 brings the page that fits what is in front."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("使い方")
        self.browser = ManualBrowser()
        self._search = QLineEdit()
        self._search.setObjectName("manual_search")
        self._search.setPlaceholderText("このページを検索")
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(_SEARCH_WIDTH)
        self._missing = plain.Label()
        column = QVBoxLayout(self)
        column.addLayout(self._bar())
        column.addWidget(self.browser, 1)
        self._connect()
        self.resize(*_SIZE)
        placing.bound(self)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        self._back = self._button("戻る(&B)", "left")
        self._forward = self._button("進む(&W)", "right")
        self._index = self._button("目次(&I)", "manual")
        self._outside = self._button("ブラウザーで開く・印刷(&P)", "")
        for button in (self._back, self._forward, self._index):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self._missing)
        bar.addWidget(self._search)
        bar.addWidget(self._outside)
        return bar

    @staticmethod
    def _button(text: str, picture: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        if picture:
            appearance.give_icon(button, picture)
        return button

    def _open_outside(self, url: QUrl) -> None:
        reason = outside.open_page(url)
        if reason:
            box = plain.MessageBox.saying(
                plain.MessageBox.Icon.Warning, self.windowTitle(), reason, parent=self
            )
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.open()

    def _connect(self) -> None:
        browser = self.browser
        self._back.clicked.connect(browser.backward)
        self._forward.clicked.connect(browser.forward)
        browser.backwardAvailable.connect(self._back.setEnabled)
        browser.forwardAvailable.connect(self._forward.setEnabled)
        self._back.setEnabled(False)
        self._forward.setEnabled(False)
        self._index.clicked.connect(lambda: browser.show_page(INDEX))
        self._outside.clicked.connect(lambda: self._open_outside(browser.source()))
        browser.outside_requested.connect(self._open_outside)
        self._search.returnPressed.connect(lambda: browser.look_for(self._search.text()))
        self._search.textChanged.connect(lambda _text: self._missing.clear())
        browser.searched.connect(lambda found: self._missing.setText("" if found else "なし"))
        QShortcut(QKeySequence.StandardKey.Find, self, self._search.setFocus)


def show_manual(page: str, parent: QWidget) -> ManualWindow:
    """Show a page beside a window; a modal dialog has a manual of its own, which it lets live."""
    window = parent.findChild(ManualWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if window is None:
        window = ManualWindow(parent)
    window.browser.show_page(page)
    window.show()
    window.activateWindow()
    return window


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
        self._width = 0

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
        if self._width not in (0, self._room()):
            place = self.verticalScrollBar().value()
            self.reload()
            self.verticalScrollBar().setValue(place)
        self._width = self._room()

    def _follow(self, link: QUrl) -> None:
        target = self.source().resolved(link)
        if target.isLocalFile():
            self.setSource(target)
        else:
            self.outside_requested.emit(target)
