"""The two sides of the window: beside each other, or in a narrow window one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

NARROW = 1024  # logical pixels: two sides in less than this cut each other short


class Sides(QWidget):
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
