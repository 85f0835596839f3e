"""How the window's pages give way: two sides beside each other or one at a time, and scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QTabBar, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

NARROW = 1024  # logical pixels: two sides in less than this cut each other short


class SidePanes(QWidget):
    """A splitter. While the window is narrow, tabs above it say which side is shown.

    The height plays no part: one side is no lower than two.
    """

    def __init__(self, first: QWidget, second: QWidget, names: tuple[str, str]) -> None:
        super().__init__()
        self._sides = (first, second)
        self._wide_state = QByteArray()  # the last one beside each other
        self._tabs = QTabBar()
        self._tabs.setObjectName("sides")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for name in names:
            self._tabs.addTab(name)
        self._tabs.setVisible(False)
        self._tabs.currentChanged.connect(self._show_current)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self._remember)
        for side in self._sides:
            self._splitter.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._splitter, 1)

    @property
    def is_narrow(self) -> bool:
        """Tell whether there is room for one side only."""
        return not self._tabs.isHidden()

    def share(self, widths: tuple[int, int]) -> None:
        """Give the sides their widths, or the ratio of them."""
        self._splitter.setSizes(widths)
        self._remember()

    def state(self) -> QByteArray:
        """Return the shares of the sides as they are beside each other, for `restore`."""
        return self._wide_state

    def restore(self, state: QByteArray) -> None:
        """Share the width as before."""
        self._splitter.restoreState(state)
        self._remember()

    def bring_up(self, side: QWidget) -> None:
        """Show a side, which may be shown already."""
        self._tabs.setCurrentIndex(self._sides.index(side))

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        if is_narrow and not self.is_narrow:
            self._tabs.setVisible(True)
            self._show_current()
        elif self.is_narrow and not is_narrow:
            self._tabs.setVisible(False)
            for side in self._sides:
                side.setVisible(True)
            self._splitter.restoreState(self._wide_state)
        else:
            self._remember()

    def _remember(self) -> None:
        if not self.is_narrow:
            self._wide_state = self._splitter.saveState()

    def _show_current(self) -> None:
        if self.is_narrow:
            current = self._sides[self._tabs.currentIndex()]
            for side in self._sides:
                side.setVisible(side is current)


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
