"""Finds what somebody without a mouse, or without sight, would miss on a screen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from kyodo_desktop.ui.widgets.appearance import SIGN, TEXT, contrast
from kyodo_desktop.ui.widgets.inputs import page_around

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox),
    *(QLineEdit, QPlainTextEdit, QTextEdit),
)
_ROLE = QAccessible.Role
_NO_CONTROL = {_ROLE.NoRole, _ROLE.Client, _ROLE.Window, _ROLE.LayeredPane, _ROLE.Border}
_NOT_OURS = ("qt_", "ScrollLeftButton", "ScrollRightButton")
_MOST_LINKS = 200
_BY_TAB = Qt.FocusPolicy.TabFocus


def known_as(widget: QWidget) -> str:
    """Return what a developer looks for: 「QPushButton add in StatusDialog」."""
    return f"{type(widget).__name__} {widget.objectName()} in {type(widget.window()).__name__}"


def unheard(screen: QWidget) -> set[str]:
    """Return the controls that have no name, or of which nobody hears what they are."""
    found = set()
    for widget in (screen, *seen_in(screen)):
        heard = QAccessible.queryAccessibleInterface(widget)
        if not (widget is screen or is_control(widget)):
            continue
        name = heard.text(QAccessible.Text.Name) if heard else ""
        if not name.strip() and not isinstance(widget, QTabBar):
            found.add(f"no name: {known_as(widget)}")
        if widget is not screen and (heard is None or heard.role() in _NO_CONTROL):
            found.add(f"no role: {known_as(widget)}")
        if isinstance(widget, QTabBar) and not all(map(widget.tabText, range(widget.count()))):
            found.add(f"a tab without a name: {known_as(widget)}")
    return found


def is_control(widget: QWidget) -> bool:
    """Tell what is used, or comes to have the focus, from what only is looked at."""
    if widget.objectName().startswith(_NOT_OURS) or widget.focusProxy() is not None:
        return False
    if isinstance(widget.parent(), (QComboBox, QAbstractSpinBox)):
        return False
    if isinstance(widget, (QLabel, QHeaderView)):
        return False  # whose text is its name, and that is heard with its view
    return isinstance(widget, _CONTROLS) or bool(widget.focusPolicy() & _BY_TAB)


def seen_in(screen: QWidget) -> Iterator[QWidget]:
    """Yield the widgets of a screen that can be seen, those of its dialogs not."""
    for each in screen.findChildren(QWidget):
        if each.isVisible() and each.window() is screen:
            yield each


# The way by Tab


def lost_on_the_way(screen: QWidget) -> set[str]:
    """Return what Tab and Shift+Tab do otherwise than to lead once through all in order."""
    wanted = {each for each in seen_in(screen) if is_reached_by_tab(each)}
    if not wanted:
        return set()
    onward = _walk(screen, Qt.Key.Key_Tab, len(wanted))
    back = _walk(screen, Qt.Key.Key_Backtab, len(wanted))
    found = {f"not reached: {known_as(each)}" for each in wanted - set(onward)}
    found |= {f"not reached backwards: {known_as(each)}" for each in wanted - set(back)}
    found |= {
        f"reached {count} times: {known_as(each)}"
        for each, count in Counter(onward).items()
        if count > 1
    }
    return found | _disordered(screen, onward)


def _disordered(screen: QWidget, onward: list[QWidget]) -> set[str]:
    """Return where the way goes back; once it has to, from the last to the first."""
    found = {
        f"against the order: {known_as(after)} behind {known_as(before)}"
        for before, after in zip(onward, [*onward[1:], *onward[:1]], strict=True)
        if _is_before(*_places(after, before, screen))
    }
    return found if len(found) > 1 else set()


def is_reached_by_tab(widget: QWidget) -> bool:
    """Tell whether Tab has to stop here; of exclusive buttons it stops at the chosen one."""
    if not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    if not widget.focusPolicy() & _BY_TAB or widget.visibleRegion().isEmpty():
        return False
    if isinstance(widget, QAbstractButton) and not widget.isChecked():
        group = widget.group()
        if group is not None and group.exclusive() and group.checkedButton() is not None:
            return False
        if widget.autoExclusive():
            return not any(
                each.isChecked()
                for each in widget.parent().findChildren(type(widget))
                if each.autoExclusive()
            )
    return True


def _walk(screen: QWidget, key: Qt.Key, count: int) -> list[QWidget]:
    """Press a key until the focus is where it was; in a text it goes from link to link."""
    first = screen.focusWidget()
    if first is None or not is_reached_by_tab(first):
        QTest.keyClick(first or screen, key)
        first = screen.focusWidget()
    visited = [first]
    for _ in range(_MOST_LINKS + 2 * count):
        QTest.keyClick(visited[-1] or screen, key)
        now = screen.focusWidget()
        if now is first and visited[-1] is not first:
            break
        if now is not visited[-1]:
            visited.append(now)
    return [each for each in visited if each is not None]


def _places(one: QWidget, other: QWidget, screen: QWidget) -> tuple[QRect, QRect]:
    """Return where two controls stand; what lies in a page that scrolls stands where that is."""
    pages = [page_around(each) for each in (one, other)]
    if pages[0] is pages[1]:
        ground = pages[0].widget() if pages[0] else screen
        return _place(one, ground), _place(other, ground)
    return _place(pages[0] or one, screen), _place(pages[1] or other, screen)


def _place(widget: QWidget, screen: QWidget) -> QRect:
    return QRect(widget.mapTo(screen, QPoint()), widget.size())


def _is_before(one: QRect, other: QRect) -> bool:
    """Tell what is read before something else: above it in its column, or left in its row."""
    shares_row = min(one.bottom(), other.bottom()) > max(one.top(), other.top())
    if shares_row:
        return one.right() <= other.left()
    shares_column = min(one.right(), other.right()) > max(one.left(), other.left())
    return shares_column and one.bottom() <= other.top()


# What shows where the focus is


def without_ring(screen: QWidget, known: set[Hashable]) -> set[str]:
    """Return the controls that look with the focus as they do without it; each kind once."""
    found = set()
    for widget in list(seen_in(screen)):
        kind = (type(widget), widget.property("role"), widget.property("frameShape"))
        if kind in known or not is_reached_by_tab(widget):
            continue
        known.add(kind)
        if not shows_focus(widget):
            found.add(f"no ring: {known_as(widget)}")
    return found


def shows_focus(widget: QWidget) -> bool:
    """Tell whether enough of a control changes enough when it gets the focus."""
    screen = widget.window()
    others = (each for each in seen_in(screen) if each is not widget and is_reached_by_tab(each))
    next(others, screen).setFocus(Qt.FocusReason.TabFocusReason)
    before = _pixels(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if not widget.hasFocus():
        return True  # it hands the focus on
    changed = Counter(
        (one, other) for one, other in zip(before, _pixels(widget), strict=True) if one != other
    )
    missing = min(widget.width(), widget.height())
    for (one, other), count in changed.most_common():
        if missing > 0 and contrast(QColor(one), QColor(other)) >= SIGN:
            missing -= count
    return missing <= 0


def _pixels(widget: QWidget) -> memoryview:
    """Return what is seen of a widget, on what is behind it."""
    screen = widget.window()
    seen = widget.visibleRegion().boundingRect()
    image = screen.grab(seen.translated(widget.mapTo(screen, QPoint()))).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(bytes(image.constBits())).cast("I")


# What can be read


def illegible(screen: QWidget, known: set[Hashable]) -> set[str]:
    """Return labels and buttons whose words do not stand out from what is behind them."""
    found = set()
    for widget in seen_in(screen):
        if not isinstance(widget, (QLabel, QAbstractButton)) or not widget.isEnabled():
            continue
        kind = (type(widget), widget.property("role"), widget.objectName(), type(widget.parent()))
        is_whole = widget.visibleRegion().boundingRect() == widget.rect()
        if kind in known or not widget.text().strip() or not is_whole or _is_icon(widget):
            continue
        known.add(kind)
        colours = [QColor(each) for each, _ in Counter(_pixels(widget)).most_common()]
        is_sign = not any(map(str.isalnum, widget.text()))  # dots and arrows are thin
        enough = SIGN if is_sign else TEXT
        if not any(contrast(each, colours[0]) >= enough for each in colours):
            best = max(contrast(each, colours[0]) for each in colours)
            found.add(f"contrast {best:.1f}: {known_as(widget)} {widget.text()[:12]!r}")
    return found


def _is_icon(widget: QWidget) -> bool:
    """Tell a button whose words are not shown."""
    only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return (
        isinstance(widget, QToolButton)
        and widget.toolButtonStyle() == only
        and not widget.icon().isNull()
    )
