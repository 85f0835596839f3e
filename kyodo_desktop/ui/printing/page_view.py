"""Shows one page of a report at a time, as it will be on paper."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from kyodo_desktop.printing.drawing import PageDrawer

_AROUND = 16  # px of the design around the page
_INCH = 25.4  # millimetres
_STEPS = {
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}


class Fit(Enum):
    """How large the page is shown."""

    WHOLE = auto()
    WIDTH = auto()


class PageView(QScrollArea):
    """Shows a page, or a text in its place while there is none; keys of pages turn them."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("print_pages")
        self.setAccessibleName("印刷するページ")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setBackgroundRole(QPalette.ColorRole.Mid)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fit = Fit.WHOLE
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self.show_text("")

    @property
    def page(self) -> int:
        """The number of the page, 0 while there is none."""
        return self._sheet.place + 1 if self._sheet.drawer else 0

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return self._sheet.drawer.page_count if self._sheet.drawer else 0

    def show_pages(self, drawer: PageDrawer) -> None:
        """Show the first of these pages."""
        self._sheet.show_page(drawer, 0)
        self._settle()

    def show_text(self, text: str) -> None:
        """Show a text in the place of pages."""
        self._sheet.show_text(text)
        self._settle()

    def turn(self, step: int) -> None:
        """Show a page that many further on, or the last there is."""
        if self._sheet.drawer is not None:
            place = max(0, min(self._sheet.place + step, self.page_count - 1))
            self._sheet.show_page(self._sheet.drawer, place)
            self.verticalScrollBar().setValue(0)
            self._settle()

    def fit(self, how: Fit) -> None:
        """Show the page as a whole, or as wide as the view."""
        self._fit = how
        self._settle()

    def _settle(self) -> None:
        """Give the sheet its size, and say which page it is."""
        room = self.maximumViewportSize() - QSize(2, 2) * theme.px(_AROUND)
        self._sheet.resize(self._sheet.size_in(room, self._fit))
        self.setAccessibleDescription(
            f"{self.page} / {self.page_count} ページ" if self.page else self._sheet.text
        )
        self.turned.emit()

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self.turn(step)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The keys of pages are for the pages also where the focus is on the paper.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step:
                self.turn(step)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()


class _Sheet(QWidget):
    """The page itself, drawn once a size."""

    def __init__(self) -> None:
        super().__init__()
        self.drawer: PageDrawer | None = None
        self.place = 0
        self.text = ""
        self._picture = QPixmap()

    def show_page(self, drawer: PageDrawer, place: int) -> None:
        self.drawer, self.place = drawer, place
        self._picture = QPixmap()
        self.update()

    def show_text(self, text: str) -> None:
        self.drawer, self.text = None, text
        self._picture = QPixmap()
        self.update()

    def size_in(self, room: QSize, fit: Fit) -> QSize:
        """Return the size of the page in a room of the view."""
        if self.drawer is None:
            return room
        paper = self.drawer.laid.paper
        width = max(1, room.width())
        if fit is Fit.WHOLE:
            width = max(1, min(width, room.height() * paper.across // paper.down))
        return QSize(width, width * paper.down // paper.across)

    # Qt's interface

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.drawer is None:
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), middle, self.text)
            return
        if self._picture.deviceIndependentSize().toSize() != self.size():
            self._picture = self._drawn(self.drawer)
        painter.drawPixmap(0, 0, self._picture)

    def _drawn(self, drawer: PageDrawer) -> QPixmap:
        picture = QPixmap(self.size() * self.devicePixelRatio())
        picture.setDevicePixelRatio(self.devicePixelRatio())
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawer.draw(painter, self.place, self.width() * _INCH / drawer.laid.paper.across)
        painter.end()
        return picture
