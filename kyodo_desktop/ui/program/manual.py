"""The window of the manual: beside the work, never in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.paths import bundled
from kyodo_desktop.ui import outside, placing
from kyodo_desktop.ui.program.manual_pages import INDEX
from kyodo_desktop.ui.widgets import appearance, forms, plain, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


_SIZE = (980, 700)
_SEARCH_WIDTH = 260
_SHARES = [300, 680]
_APART = 4  # one hit from the next
_PASSAGE = Qt.ItemDataRole.UserRole


class ManualWindow(QDialog):
    """Shows the manual; F1 brings the page that fits what is in front."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("使い方")
        forms.EnterPresses(self)
        self.browser = ManualBrowser()
        self.browser.setAccessibleName("説明")
        self._search = _search_box()
        self._count = plain.Label()
        self._hits = QListWidget()
        self._hits.setObjectName("manual_hits")
        self._hits.setAccessibleName("見つかった所")
        self._hits.setWordWrap(True)
        self._hits.setSpacing(theme.px(_APART))
        self._hits.hide()
        sides = QSplitter()
        sides.addWidget(self._hits)
        sides.addWidget(self.browser)
        sides.setSizes(_SHARES)
        sides.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.addLayout(self._bar())
        column.addWidget(sides, 1)
        self._connect()
        self.resize(*_SIZE)
        placing.bound(self)
        placing.place(self, self.size(), QByteArray())
        self.browser.setFocus()

    def look_up(self, words: str) -> None:
        """List where in the manual the words stand."""
        from kyodo_desktop.ui.program.manual_search import passages_with

        found = passages_with(words)
        self._hits.clear()
        for passage in found:
            hit = f"{_around(passage.text, words)}\n　{passage.place}"
            item = QListWidgetItem(hit, self._hits)
            item.setData(_PASSAGE, passage[:2])
        self._hits.setVisible(bool(words.strip()))
        self._count.setText(f"{len(found):,}か所" if words.strip() else "")

    def _go_on(self) -> None:
        """Show the next place of the words, the first one again after the last."""
        if count := self._hits.count():
            self._hits.setCurrentRow((self._hits.currentRow() + 1) % count)

    def _show_hit(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            page, block = item.data(_PASSAGE)
            self.browser.show_block(page, block, self._search.text())

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        self._back = self._button("戻る(&B)", "left")
        self._forward = self._button("進む(&W)", "right")
        self._index = self._button("目次(&I)", "manual")
        self._outside = self._button("ブラウザーで開く・印刷(&P)", "")
        for button in (self._back, self._forward, self._index):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self._count)
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
        self._search.textChanged.connect(self.look_up)
        self._search.returnPressed.connect(self._go_on)
        self._hits.currentItemChanged.connect(self._show_hit)
        QShortcut(QKeySequence.StandardKey.Find, self, self._search.setFocus)


def _search_box() -> QLineEdit:
    box = QLineEdit()
    box.setObjectName("manual_search")
    box.setPlaceholderText("使い方を検索（Ctrl+F）")
    box.setAccessibleName("使い方を検索")
    box.setClearButtonEnabled(True)
    box.setFixedWidth(_SEARCH_WIDTH)
    return box


def _first(words: str) -> str:
    return words.split(maxsplit=1)[0].rstrip()


def _around(text: str, words: str) -> str:
    """Return what of a passage is read in the list: where the first of the words is."""
    place = max(text.find(_first(words)) - _BEFORE, 0)
    return f"{'…' if place else ''}{text[place : place + _LONGEST]}"


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
_BEFORE, _LONGEST = 12, 60  # of a passage in the list of hits


def page_url(name: str) -> QUrl:
    """Return where a page lies: its name, with an anchor behind # if it has one."""
    page, _, anchor = name.partition("#")
    url = QUrl.fromLocalFile(str(bundled("resources", "manual", f"{page}.html")))
    if anchor:
        url.setFragment(anchor)
    return url


class ManualBrowser(plain.LinkedView):
    """Follows links from page to page; those which lead out of the manual are asked for."""

    outside_requested = Signal(QUrl)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("manual_page")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settle.timeout.connect(self._fit)
        self._width = 0
        theme.notifier().changed.connect(self.reload)

    def show_page(self, name: str) -> None:
        self.setSource(page_url(name))

    def show_block(self, name: str, number: int, words: str) -> None:
        """Show a line of a page, with the first of the words marked that is in it as typed."""
        self.show_page(name)
        cursor = QTextCursor(self.document().findBlockByNumber(number))
        marked = self.document().find(_first(words), cursor)
        self.setTextCursor(cursor if marked.isNull() else marked)
        self.verticalScrollBar().setValue(
            self.verticalScrollBar().value() + self.cursorRect().top() - self.height() // 3
        )

    # Qt's interface

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        types = self.document().ResourceType
        if kind == types.StyleSheetResource.value:
            return f"{bytes(super().loadResource(kind, name)).decode()}\n{_colours()}"
        if kind != types.ImageResource.value:
            return super().loadResource(kind, name)
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


def _colours() -> str:
    """Return the rules that give the pages the colours of the theme."""
    tokens = theme.tokens()
    accent, line = (each.name() for each in (tokens.accent, tokens.line))
    return f"h2 {{ color: {accent}; }}\nth, td {{ border-color: {line}; }}\n"
