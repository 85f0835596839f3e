"""Shows one page of a report at a time, as it will be on paper."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QScrollArea

from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QWheelEvent

    from kyodo_desktop.printing.drawing import PageDrawer

_AROUND = 16  # px of the design around the page
_INCH = 25.4  # millimetres
_STEP, _LARGEST = 1.25, 4.0  # times as large as what fits
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
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setBackgroundRole(QPalette.ColorRole.Mid)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._drawer: PageDrawer | None = None
        self._place = 0
        self._fit, self._scale = Fit.WHOLE, 1.0
        self._sheet = Label()
        self._sheet.setObjectName("print_sheet")
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet.setWordWrap(True)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._sheet)
        self.setWidget(self._sheet)
        self.show_text("")

    @property
    def page(self) -> int:
        """The number of the page, 0 while there is none."""
        return self._place + 1 if self._drawer else 0

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return self._drawer.page_count if self._drawer else 0

    def show_pages(self, drawer: PageDrawer) -> None:
        """Show the first of these pages."""
        self._drawer, self._place = drawer, 0
        self._draw()

    def show_text(self, text: str) -> None:
        """Show a text in the place of pages."""
        self._drawer = None
        self._sheet.setText(text)
        self._sheet.setAccessibleName(text)
        self._sheet.resize(self._room)
        self.turned.emit()

    def turn(self, step: int) -> None:
        """Show a page that many further on, or the last there is."""
        if self._drawer is not None:
            self._place = max(0, min(self._place + step, self.page_count - 1))
            self.verticalScrollBar().setValue(0)
            self._draw()

    def fit(self, how: Fit) -> None:
        """Show the page as a whole, or as wide as the view."""
        self._fit, self._scale = how, 1.0
        self._draw()

    def zoom(self, steps: int) -> None:
        """Show the page larger by some steps, or smaller again, down to what fits."""
        self._scale = min(max(self._scale * _STEP**steps, 1.0), _LARGEST)
        self._draw()

    @property
    def _room(self) -> QSize:
        return self.maximumViewportSize() - QSize(2, 2) * theme.px(_AROUND)

    def _draw(self) -> None:
        """Draw the page as large as it is shown, and say which one it is."""
        if self._drawer is None:
            return
        paper, room = self._drawer.laid.paper, self._room
        width = room.width()
        if self._fit is Fit.WHOLE:
            width = min(width, room.height() * paper.across // paper.down)
        width = round(width * self._scale)
        size = QSize(max(1, width), max(1, width * paper.down // paper.across))
        picture = QPixmap(size * self.devicePixelRatio())
        picture.setDevicePixelRatio(self.devicePixelRatio())
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._drawer.draw(painter, self._place, width * _INCH / paper.across)
        painter.end()
        self._sheet.setPixmap(picture)
        self._sheet.adjustSize()
        self._sheet.setAccessibleName(f"印刷するページ　{self.page} / {self.page_count} ページ")
        self.turned.emit()

    # Qt's interface

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if turn and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if turn > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

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
        if self._drawer is None:
            self._sheet.resize(self._room)
        self._draw()
