"""Where windows stand: within what the screens have room for, whatever their scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from collections.abc import Sequence


_MARGIN = 16


def place(window: QWidget, size: QSize, remembered: QByteArray) -> None:
    """Place a window that is not shown yet: where it was, else in the middle of the screen.

    A place on a screen that is gone, or too large for today's scale, is moved into sight. A
    screen that is too small for the wanted size is filled.
    """
    title = _title_height(window)
    if not remembered.isEmpty() and window.restoreGeometry(remembered):
        if not window.isMaximized():
            screens = [each.availableGeometry() for each in QGuiApplication.screens()]
            window.setGeometry(in_sight(window.geometry(), screens, title))
        return
    available = window.screen().availableGeometry()
    content = QRect(0, 0, size.width(), size.height())
    content.moveCenter(available.center() + QPoint(0, title // 2))
    window.setGeometry(in_sight(content, [available], title))
    if window.size() != size:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def bound(dialog: QDialog) -> None:
    """Give a dialog that is not shown yet its room: at the present zoom, and within its screen.

    Its own sizes are those of the design at 100 %. One whose parts need more room than the
    screen has gets scroll bars; its buttons stay in sight.
    """
    _grow(dialog)
    available = dialog.screen().availableSize()
    room = QSize(available.width(), available.height() - _title_height(dialog))
    layout = dialog.layout()
    if isinstance(layout, QBoxLayout) and layout.minimumSize().boundedTo(room) != (
        layout.minimumSize()
    ):
        _let_scroll(dialog, layout)
    if layout is not None and dialog.minimumWidth():
        needed = max(dialog.minimumWidth(), layout.totalMinimumSize().width())
        dialog.setMinimumWidth(min(needed, room.width()))
    if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
        dialog.resize(dialog.size().boundedTo(room))


def _grow(dialog: QDialog) -> None:
    layout, style = dialog.layout(), dialog.style()
    usual = style.pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin, None, dialog)
    if layout is not None and layout.contentsMargins().left() == usual:
        layout.setContentsMargins(*[theme.px(_MARGIN)] * 4)
    if dialog.minimumWidth():
        dialog.setMinimumWidth(theme.px(dialog.minimumWidth()))
    if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
        dialog.resize(theme.px(dialog.width()), theme.px(dialog.height()))


def _let_scroll(dialog: QDialog, layout: QBoxLayout) -> None:
    buttons = [each for each in dialog.findChildren(QDialogButtonBox) if layout.indexOf(each) >= 0]
    for each in buttons:
        layout.removeWidget(each)
    content = QWidget()
    content.setLayout(layout)
    scrolled = QScrollArea()
    scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the focus of its parts
    scrolled.setFrameShape(QFrame.Shape.NoFrame)
    scrolled.setWidgetResizable(True)
    scrolled.setWidget(content)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(scrolled)
    for each in buttons:
        each.setContentsMargins(layout.contentsMargins())
        column.addWidget(each)


def in_sight(content: QRect, screens: Sequence[QRect], title: int) -> QRect:
    """Return the content of a window whole on the screen of which it covers most.

    `title` is the height of the title bar above the content. A window that no screen shows goes
    to the middle of the first one.
    """
    frame = content.adjusted(0, -title, 0, 0)
    screen = max(screens, key=lambda each: _area(each.intersected(frame)))
    size = frame.size().boundedTo(screen.size())
    if not screen.intersects(frame):
        frame = QRect(screen.topLeft(), size)
        frame.moveCenter(screen.center())
    left = min(max(frame.left(), screen.left()), screen.right() + 1 - size.width())
    top = min(max(frame.top(), screen.top()), screen.bottom() + 1 - size.height())
    return QRect(left, top + title, size.width(), size.height() - title)


def _title_height(window: QWidget) -> int:
    return window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)


def _area(rectangle: QRect) -> int:
    return rectangle.width() * rectangle.height() if rectangle.isValid() else 0
