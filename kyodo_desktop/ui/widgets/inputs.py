"""Inputs: texts of one line and of several, a list to choose from, years and days."""

from __future__ import annotations

import re
import unicodedata
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from kyodo_desktop.domain import errors, fiscal_year, inputs
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SEPARATORS = re.compile("[\u2028\u2029]")
_MARGIN, _ASIDE = 1, 3  # such that texts stand where those of one line do


class _Typed(QWidget if TYPE_CHECKING else object):  # type: ignore[misc]
    """What fields of one line and of several have in common."""

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_for_others(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class LineField(_Typed, QLineEdit):
    """A field of one line."""

    def typed(self) -> str:
        return self.text()

    def put(self, text: str) -> None:
        """Show the text as the state to which the field's own undo leads back."""
        place = self.cursorPosition()
        if text != self.text() or self.isUndoAvailable():
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))

    def retype(self, text: str) -> None:
        """Put the text in the place of all that is there, as if it had been typed."""
        self.selectAll()
        self.insert(text)

    def to_start(self) -> None:
        self.setCursorPosition(0)

    def to_end(self) -> None:
        self.setCursorPosition(len(self.text()))

    def can_undo(self) -> bool:
        return self.isUndoAvailable()

    def can_redo(self) -> bool:
        return self.isRedoAvailable()


class GrowingText(_Typed, QPlainTextEdit):
    """A field of several lines which is always as high as its text."""

    def __init__(self, *, lines: int = 1) -> None:
        super().__init__()
        self._fewest = lines
        self.document().setDocumentMargin(_MARGIN)
        self.setViewportMargins(_ASIDE, 0, _ASIDE, 0)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.cursorPositionChanged.connect(lambda: QTimer.singleShot(0, self, self._follow))
        self._fit()

    def typed(self) -> str:
        # `toPlainText` would turn every no-break space into a plain one
        return _SEPARATORS.sub("\n", self.document().toRawText())

    def put(self, text: str) -> None:
        """Show the text as the state to which the field's own undo leads back."""
        if text != self.typed():
            cursor = self.textCursor()
            place = cursor.position()
            self.setPlainText(text)
            cursor.setPosition(min(place, len(text)))
            self.setTextCursor(cursor)
        elif self.document().isUndoAvailable():
            self.document().clearUndoRedoStacks()

    def retype(self, text: str) -> None:
        """Put the text in the place of all that is there, as if it had been typed."""
        self.selectAll()
        self.insertPlainText(text)

    def to_start(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def to_end(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.End)

    def can_undo(self) -> bool:
        return self.document().isUndoAvailable()

    def can_redo(self) -> bool:
        return self.document().isRedoAvailable()

    # Qt's interface

    def setReadOnly(self, on: bool) -> None:
        if on == self.isReadOnly():
            return
        super().setReadOnly(on)
        if on:  # Qt leaves out the keyboard
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def _fit(self) -> None:
        margin, block = self.document().documentMargin(), self.document().firstBlock()
        height = self._fewest * self.fontMetrics().lineSpacing() + margin
        needed = 0.0
        while block.isValid():
            needed += self.blockBoundingRect(block).height()  # the last one's with its margin
            block = block.next()
        height = ceil(max(height, needed) + margin) + 1  # without which Qt scrolls by a line
        self.setFixedHeight(height + 2 * self.frameWidth())

    def _follow(self) -> None:
        """Keep the cursor in sight while the text grows over the edge of the page."""
        area = page_around(self)
        content = area.widget() if area else None
        if area and content and self.hasFocus():
            cursor = self.cursorRect()
            place = self.viewport().mapTo(content, cursor.center())
            area.ensureVisible(place.x(), place.y(), 0, cursor.height())


TextField = LineField | GrowingText


def _is_for_others(event: QKeyEvent) -> bool:
    """Tell a key with Alt, for which Qt would write a letter that nothing else is called by.

    Those around the field move its line with the cursor keys.
    """
    return event.modifiers() & ~_KEYPAD == Qt.KeyboardModifier.AltModifier


def page_around(field: QWidget) -> QScrollArea | None:
    """Return the page that scrolls with the field in it."""
    above: QWidget | None = field.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


UNDECIDED: tuple[Hashable, str] = (None, "（未定）")
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_TABS = Qt.Key.Key_Tab, Qt.Key.Key_Backtab
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_LONGEST = 200  # the width of a choice that has to be shown whole
_COMMANDING = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_HELD = Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Meta
_WHEN_TYPING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class ListKeys(QObject):
    """Keeps the keys of an open list to the list: nothing behind it is changed.

    What is typed looks for a value. With `close` a command of the window or of the editor
    closes the list and does no more; without it goes to the field that the list is below.
    """

    def __init__(
        self, opened: QAbstractItemView, close: Callable[[], object] | None = None
    ) -> None:
        super().__init__(opened)
        self._close = close
        opened.installEventFilter(self)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return not _is_enter(event)  # with which Qt's own list already takes the value
            is_pressed = event.type() == QEvent.Type.KeyPress
            if is_pressed and self._close is not None and _is_command(event):
                self._close()
                return True
        return super().eventFilter(watched, event)


class ListBox(QComboBox):
    """Opens a list of whole rows."""

    # Qt's interface

    def showPopup(self) -> None:
        super().showPopup()
        self._fit_popup()

    def _fit_popup(self) -> None:
        """Give the list the room of whole rows: Qt forgets its border, and cuts the last one."""
        view, popup = self.view(), self.view().window()
        if popup is self.window() or self.count() > self.maxVisibleItems():
            return
        needed = sum(map(view.sizeHintForRow, range(self.count())))
        # With room to spare its arrows go, which take the room of a row.
        for spare in (2 * view.sizeHintForRow(0), 0):
            around = popup.height() - view.viewport().height()
            popup.resize(popup.width(), needed + around + spare)
            layout = popup.layout()
            if layout is not None:
                layout.activate()
        over = popup.geometry().bottom() - popup.screen().availableGeometry().bottom()
        popup.move(popup.x(), popup.y() - max(0, over))


class ChoiceBox(ListBox):
    """Offers values by their labels and tells which one the user picked.

    Locked, it is a field that can be read and copied, in full ink.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._offered: Sequence[tuple[Hashable, str]] = ()
        self._is_locked = False
        self._list_keys: ListKeys | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda place: self.picked.emit(self._offered[place][0]))

    def offer(self, values: Sequence[tuple[Hashable, str]]) -> None:
        """Offer other values than before."""
        if values != self._offered:
            self._offered = values
            self.clear()
            self.addItems([label for _, label in values])

    @property
    def is_locked(self) -> bool:
        """Tell whether the value can only be read."""
        return self._is_locked

    def lock(self, on: bool) -> None:
        """Let the value only be read and copied, or be picked."""
        if on != self._is_locked:
            self._is_locked = on
            self.setProperty("locked", on)
            self.setAccessibleDescription("閲覧のみ" if on else "")
            self.style().unpolish(self)
            self.style().polish(self)

    def value(self) -> Hashable:
        """Return the chosen value, None where nothing is chosen."""
        place = self.currentIndex()
        return None if place < 0 else self._offered[place][0]

    def show_value(self, value: Hashable) -> None:
        """Show the value as the chosen one; nothing is chosen where it is not offered."""
        places = [place for place, (each, _) in enumerate(self._offered) if each == value]
        place = places[0] if places else -1
        if place != self.currentIndex():
            self.setCurrentIndex(place)

    # Qt's interface

    def event(self, event: QEvent) -> bool:
        # What is typed looks for a value: a digit is not the key of a status here.
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and _is_typed(event):
            event.accept()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        # Qt measures the ink, without the empty half of a wide bracket: 「（未定）」 was cut off.
        metrics = self.fontMetrics()
        labels = [label for _, label in self._offered]
        ink = max((metrics.boundingRect(each).width() for each in labels), default=0)
        whole = max(map(metrics.horizontalAdvance, labels), default=0)
        return super().sizeHint() + QSize(max(0, whole - ink), 0)

    def minimumSizeHint(self) -> QSize:
        # Qt keeps that of the first choices. A long one makes no page wider than its window.
        return self.sizeHint().boundedTo(QSize(theme.px(_LONGEST), self.maximumHeight()))

    def showPopup(self) -> None:
        if not self._is_locked:
            if self._list_keys is None:
                self._list_keys = ListKeys(self.view(), self.hidePopup)
                self.view().installEventFilter(self)
            super().showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_press and self._list_keys is not None and watched is self._list_keys.parent():
            assert isinstance(event, QKeyEvent)
            if self._goes_on(event):
                return True
        return super().eventFilter(watched, event)

    def _goes_on(self, event: QKeyEvent) -> bool:
        """Take the marked value with Tab, which leads on from the open list."""
        if self.isEditable() or event.key() not in _TABS:
            return False
        place = self.view().currentIndex().row()
        self.hidePopup()
        if place >= 0 and place != self.currentIndex():
            self.setCurrentIndex(place)
            self.activated.emit(place)
        self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._is_locked:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_locked:
            if event.matches(QKeySequence.StandardKey.Copy):
                QGuiApplication.clipboard().setText(self.currentText())
            else:
                event.ignore()
            return
        # Qt would pick at once, out of a list that nobody sees.
        is_typed = not self.isEditable() and _is_typed(event)
        is_move = event.key() in _STEPS or (not self.isEditable() and event.key() in _ENDS)
        if is_typed or is_move:
            self.showPopup()
        if is_typed:
            self.view().keyboardSearch(event.text())
        elif not is_move:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls


def _is_command(event: QKeyEvent) -> bool:
    """Tell a key with Ctrl or Alt; with both it may be a letter (AltGr)."""
    held = event.modifiers() & ~_WHEN_TYPING
    return held in _COMMANDING and event.key() not in _HELD


def _is_enter(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _is_typed(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~_WHEN_TYPING
    return not held and bool(event.text().strip()) and event.text().isprintable()


PERIOD_FIELD = "計画期間"


def give_margin(box: QSpinBox) -> None:
    """Let the text of a box stand as far from its border as in other fields."""
    box.lineEdit().setTextMargins(theme.px(_TEXT_MARGIN), 0, 0, 0)


_TEXT_MARGIN = 5


class FiscalYearBox(QSpinBox):
    """A fiscal year: 平成32, H32, 令和2年度 and 2020 are the same year.

    What cannot be read as a year gives way to the year before it, as in every spin box.
    """

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        give_margin(self)
        self.setRange(inputs.YEARS[0], inputs.YEARS[-1])
        self.setValue(year)

    # Qt's interface

    def textFromValue(self, value: int) -> str:
        return f"{fiscal_year.fiscal_year_label(value)}（{value}）"

    def valueFromText(self, text: str) -> int:
        return self._parsed(text) or self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        year = self._parsed(text)
        fits = year is not None and self.minimum() <= year <= self.maximum()
        state = QValidator.State.Acceptable if fits else QValidator.State.Intermediate
        return state, text, position

    def _parsed(self, text: str) -> int | None:
        typed = unicodedata.normalize("NFKC", text.removesuffix(self.suffix()))
        year = typed.partition("(")[0]
        try:
            return fiscal_year.parse_year(year, near=self.value(), field="年度")
        except errors.InvalidInputError:
            return None


class PeriodEditor(QWidget):
    """First and last fiscal year, and under them how the plan prints them."""

    changed = Signal(int, int)

    def __init__(self, first: int, last: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last, self._label = FiscalYearBox(first), FiscalYearBox(last), Label()
        self._first.setObjectName("first_fiscal_year")
        self._first.setAccessibleName("開始年度")
        self._last.setObjectName("last_fiscal_year")
        self._last.setAccessibleName("終了年度")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(3, 1)
        for column, widget in enumerate((self._first, Label("～"), self._last)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self._label, 1, 0, 1, 4)
        for box in (self._first, self._last):
            box.valueChanged.connect(self._emit_changed)
        self._show_label()
        self.setFocusProxy(self._first)

    @property
    def years(self) -> tuple[int, int]:
        """First and last; raises InvalidInputError where they stand the wrong way round."""
        return inputs.checked_years(*self.typed_years, PERIOD_FIELD)

    @property
    def typed_years(self) -> tuple[int, int]:
        """First and last as they stand there, whichever way round."""
        return self._first.value(), self._last.value()

    def _emit_changed(self) -> None:
        self._show_label()
        self.changed.emit(self._first.value(), self._last.value())

    def _show_label(self) -> None:
        first, last = self._first.value(), self._last.value()
        label = f"{fiscal_year.period_label(first, last)}（{last - first + 1}年間）"
        self._label.setText(label if first <= last else "")


class DayEdit(QLineEdit):
    """A day, typed in any form; left, it shows itself in 和暦."""

    def __init__(self, day: str, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._from_first = False
        self.put(day)
        self.editingFinished.connect(self._settle)

    @property
    def day(self) -> str:
        """The day as `YYYY-MM-DD`; raises InvalidInputError."""
        return fiscal_year.parse_day(
            self.text(),
            near=self._near,
            field=self._field,
            from_first=self._from_first,
        )

    def put(self, day: str) -> None:
        """Show a day; years without an era are read as those of its time from now on."""
        self._near = fiscal_year.fiscal_year_of(day)
        self.setText(fiscal_year.day_label(day))
        self.setPlaceholderText(f"例: {fiscal_year.short_label(day)}")

    def _settle(self) -> None:
        try:
            self.setText(fiscal_year.day_label(self.day))
        except errors.InvalidInputError:
            return  # said when the dialog is to close


class DayLimit(DayEdit):
    """A day with which a period begins or ends; empty it is no limit, and gives an empty text.

    A month or a fiscal year stands for its first day where the period begins with it.
    """

    def __init__(self, today: str, field: str, *, from_first: bool = False) -> None:
        super().__init__(today, field)
        self._from_first = from_first
        self.clear()

    @property
    def day(self) -> str:
        return super().day if self.text().strip() else ""

    def _settle(self) -> None:
        if self.text().strip():
            super()._settle()
