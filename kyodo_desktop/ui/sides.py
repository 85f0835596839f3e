"""How the window's pages give way: two sides beside each other or one at a time, and scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

NARROW = 800  # logical pixels at 100 %: two sides in less than this cut each other short
_LIST_LEAST, _SIDE_LEAST = 288, 504
_MARGIN = 16
_AT = 1366  # the width of a window in which the second side has its own width
_GROWS = 99 / 554  # of what a window is wider: 600 at 1920, the rest goes to the list


class SidePanes(QWidget):
    """A list and a side of it. While the window is narrow, tabs above say which one is shown.

    What the two contain has no say in their widths: those are the user's, and otherwise grow
    and shrink with the window. The height plays no part: one side is no lower than two.
    """

    def __init__(self, first: QWidget, second: QWidget, names: tuple[str, str]) -> None:
        super().__init__()
        self._sides = (first, second)
        self._own_width: float = _SIDE_LEAST  # of the second side in a window `_AT` wide
        self._tabs = QTabBar()
        self._tabs.setObjectName("sides")
        self._tabs.setAccessibleName("表示する側")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for name in names:
            self._tabs.addTab(name)
        self._tabs.setVisible(False)
        self._tabs.currentChanged.connect(self._show_current)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.splitterMoved.connect(self._remember)
        for side in self._sides:
            self._splitter.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.addWidget(self._tabs)
        self._row.addStretch(1)
        column.addLayout(self._row)
        column.addWidget(self._splitter, 1)
        self.setMinimumWidth(1)  # where the two do not fit in, one of them gives way
        self._fit()
        theme.notifier().changed.connect(self._fit)

    @property
    def is_narrow(self) -> bool:
        """Tell whether there is room for one side only."""
        return not self._tabs.isHidden()

    def share(self, width: int) -> None:
        """Give the second side its width."""
        self._own_width = width - self._growth()
        self._share()

    def state(self) -> QByteArray:
        """Return the user's share of the width, for `restore`."""
        return QByteArray(b"%d" % round(self._own_width))

    def restore(self, state: QByteArray) -> None:
        """Share the width as before."""
        text = bytes(state.data()).decode(errors="replace")
        if text.isdecimal():
            self._own_width = int(text)
            self._share()

    def bring_up(self, side: QWidget) -> None:
        """Show a side, or the one that a widget is in; it may be shown already."""
        places = [each is side or each.isAncestorOf(side) for each in self._sides]
        self._tabs.setCurrentIndex(places.index(True))

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show one side or both, as there is room."""
        was_narrow, is_narrow = self.is_narrow, self.width() < theme.px(NARROW)
        for side, least in zip(self._sides, (_LIST_LEAST, _SIDE_LEAST), strict=True):
            side.setMinimumSize(1 if is_narrow else theme.px(least), 1)
        self._tabs.setVisible(is_narrow)
        margin = theme.px(_MARGIN) if is_narrow else 0
        self._row.setContentsMargins(margin, 0, margin, 0)
        if is_narrow and not was_narrow:
            self._stay_with_focus()
        if is_narrow:
            self._show_current()
        elif was_narrow:
            for side in self._sides:
                side.setVisible(True)
        self._share()

    def _share(self) -> None:
        if not self.is_narrow:
            width = round(self._own_width + self._growth())
            self._splitter.setSizes([self.width() - 1 - width, width])

    def _growth(self) -> float:
        return (self.width() - _AT) * _GROWS

    def _remember(self) -> None:
        if not self.is_narrow:
            self._own_width = self._splitter.sizes()[1] - self._growth()

    def _stay_with_focus(self) -> None:
        """Let the side be shown in which somebody is at work."""
        focus = QApplication.focusWidget()
        if focus is not None and self._splitter.isAncestorOf(focus):
            self.bring_up(focus)

    def _show_current(self) -> None:
        """Show the side of the tab; the focus goes with it, unless it is elsewhere."""
        if not self.is_narrow:
            return
        current = self._sides[self._tabs.currentIndex()]
        other = self._sides[1 - self._tabs.currentIndex()]
        focus = QApplication.focusWidget()
        has_focus = focus is not None and other.isAncestorOf(focus)
        current.setVisible(True)
        if has_focus:
            getattr(current, "take_focus", current.setFocus)()
        other.setVisible(False)


class ScrolledPage(QScrollArea):
    """A page that scrolls up and down where the window is too low for it.

    It is as high as the window unless that is lower than its parts can be: Qt would ask for the
    height that they would like. What has the focus stays in sight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        content: QWidget | None = self.widget()
        width = content.minimumSizeHint().width() if content else 0
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        content: QWidget | None = self.widget()
        focus = content.focusWidget() if content else None
        if focus is not None and self.verticalScrollBar().maximum():
            self.ensureWidgetVisible(focus, 0, 0)

    def _fit(self) -> None:
        content: QWidget | None = self.widget()
        if content is not None:
            least = content.minimumSizeHint().height()
            content.resize(self.viewport().width(), max(self.viewport().height(), least))
