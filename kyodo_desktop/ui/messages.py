"""What the window says of what just happened, for a while, and that it is at work."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget
from shiboken6 import isValid

from kyodo_desktop.paths import is_folder, is_there
from kyodo_desktop.ui.outside import open_file, show_in_folder
from kyodo_desktop.ui.widgets import appearance, clipped, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

AGAIN = "もう一度"
UNDO = "元に戻す"
SECONDS = 8
"""How long a message stays that is no error; longer while it is pointed at or behind a dialog."""

_LONGER = 2_000  # milliseconds at a time
_MOST = 50  # messages that are kept for the list of the latest
_HEIGHT, _WIDEST, _SIGN, _PAD, _GAP, _ABOVE_FOOT = 40, 720, 16, 16, 12, 16
_MARGIN = 8


class MessageOffer(NamedTuple):
    """What can be done about a message, as long as it `holds`."""

    text: str
    do: Callable[[], None]
    holds: Callable[[], bool] = lambda: True


class Message(NamedTuple):
    """A message as the list of the latest keeps it."""

    at: datetime
    text: str
    is_error: bool
    offers: tuple[MessageOffer, ...]


class Toast(QFrame):
    """Shows one message at a time at the foot of the list, above everything and beside nothing.

    It is in no layout, so that nothing gives way to it; where it would cover the current row
    it stands above that. An error stays until it is closed or something else is done. A
    message about a file has buttons that open it and its folder, one that says what can be
    done about it has a button that does.
    """

    jump_requested = Signal(int)  # the node that a link in a message leads to
    left = Signal()  # with the focus in it, which has nowhere to go back to

    def __init__(self, parent: QWidget, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAccessibleName("お知らせ")
        self.latest: deque[Message] = deque(maxlen=_MOST)
        self._now = now
        self._places: Sequence[QWidget] = (parent,)
        self._current_row: Callable[[], QRect] = QRect
        self._file: Path | None = None
        self._do: Callable[[], None] | None = None
        self._is_error = self._has_more = False
        self._more = ""
        self._came_from: QWidget | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._end)
        self._text = clipped.ClippedLabel(self)
        self._text.setObjectName("message")
        self._text.linkActivated.connect(lambda link: self.jump_requested.emit(int(link)))
        self._sign = plain.Label("", self)
        self._doing = _button(AGAIN, "message_action", self._do_it, self)
        self._open = _button("開く", "open_exported", self._open_file, self)
        self._open_folder = _button(
            "フォルダーを開く", "open_exported_folder", self.show_file, self
        )
        self._details = _button("詳細", "message_details", self._show_details, self)
        self._close = _button("✕", "message_close", self.clear, self)
        self._close.setToolTip("このお知らせを閉じる（Esc）")
        self._close.setAccessibleName("お知らせを閉じる")
        theme.notifier().changed.connect(self._draw_sign)
        theme.notifier().changed.connect(self.place)
        self.hide()

    def float_over(self, places: Sequence[QWidget], current_row: Callable[[], QRect]) -> None:
        """Stand at the foot of the first of these that is seen, clear of the current row.

        The row is asked for on the screen; it is empty where there is none.
        """
        self._places, self._current_row = places, current_row
        for each in places:
            each.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is shown; empty when nothing is."""
        return self._text.whole_text if not self.isHidden() else ""

    @Slot(str)
    def show_error(
        self, text: str, retry: Callable[[], None] | None = None, *other: MessageOffer
    ) -> None:
        """Say what did not go as wished, until it is closed or something else is done.

        `retry` tries once more; `other` is what can be done about it instead.
        """
        offers = [MessageOffer(AGAIN, retry, lambda: False)] if retry else list(other)
        self._show(text, offers, is_error=True)

    def withdraw_retry(self) -> None:
        """Take the offer to try once more away: it would be about something else by now."""
        if self._doing.text() == AGAIN and self._do is not None:
            self._offer([])
            self.place()

    def show_info(self, text: str, *offers: MessageOffer) -> None:
        """Say what was done, for a while, and what can be done about it."""
        self._show(text, offers)

    def show_file_info(
        self, text: str, path: Path, *, open_now: bool = False, details: str = ""
    ) -> None:
        """Say what was written to a file or a folder, and offer to open it or do so at once.

        The details are read by who asks for them.
        """
        self._show(text, file=path, details=details)
        if open_now:
            self._say_why_not(open_file, path, after=f"{text}\n")

    def show_folder_info(self, text: str, path: Path) -> None:
        """Say what was written to a file that is not for looking at, and offer its folder."""
        self._show(text, file=path, has_contents=False)

    @Slot()
    def show_file(self) -> None:
        """Show the file that the message is about in its folder."""
        assert self._file is not None, "the button is hidden without a file"
        self._say_why_not(show_in_folder, self._file)

    def show_rich_info(self, markup: str) -> None:
        """Say what was done in rich text, whose links lead to nodes of the tree."""
        self._show(markup, form=Qt.TextFormat.RichText)

    @Slot()
    def clear(self) -> None:
        """Take the message away; the focus goes back to where it came from."""
        if self.isHidden():
            return
        had_focus = self._has_focus()
        self._timer.stop()
        self.hide()
        if had_focus:
            if self._came_from is not None and isValid(self._came_from):
                self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.left.emit()

    def take_focus(self) -> None:
        """Put the focus on what can be done about the message."""
        if self.isHidden():
            return
        self._came_from = QApplication.focusWidget()
        first = next(each for each in self._buttons if each.isVisible())
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def place(self) -> None:
        """Stand where the list ends by now."""
        if self.isHidden():
            return
        area = self._area()
        x = area.center().x() - self._fit(area) // 2
        y = area.bottom() + 1 - theme.px(_ABOVE_FOOT) - self.height()
        row = self._current_row()
        row.moveTopLeft(self._parent.mapFromGlobal(row.topLeft()))
        here = QRect(x, y, self.width(), self.height())
        above = row.top() - theme.px(_MARGIN) - self.height()
        if not row.isEmpty() and row.intersects(here) and above >= area.top():
            here.moveTop(above)
        self.setGeometry(here)
        self.raise_()

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    # Showing

    @property
    def _parent(self) -> QWidget:
        parent = self.parentWidget()
        assert parent is not None, "it is made with one"
        return parent

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self._doing, self._open, self._open_folder, self._details, self._close

    def _show(
        self,
        text: str,
        offers: Sequence[MessageOffer] = (),
        *,
        file: Path | None = None,
        has_contents: bool = True,
        is_error: bool = False,
        form: Qt.TextFormat = Qt.TextFormat.PlainText,
        details: str = "",
    ) -> None:
        self._file, self._is_error = file, is_error
        self._offer(offers)
        self._open.setVisible(file is not None and has_contents and not is_folder(file))
        self._open_folder.setVisible(file is not None)
        self._text.show_whole(text, form)
        self._more = f"{self._text.spoken}\n{details}".strip()
        self._has_more = bool(details)
        self.setToolTip(plain.tip(self._more))
        self._draw_sign()
        if not text:
            self.clear()
            return
        self.latest.appendleft(Message(self._now(), self._more, is_error, self._kept(offers)))
        self.show()
        self.place()
        self._announce()
        self._timer.start(SECONDS * 1000) if not is_error else self._timer.stop()

    def _kept(self, offers: Sequence[MessageOffer]) -> tuple[MessageOffer, ...]:
        """Return what can still be done when the message is gone."""
        file = self._file
        if file is None:
            return tuple(offers)
        opening = MessageOffer(
            "開く", lambda: self._say_why_not(open_file, file), lambda: is_there(file)
        )
        showing = MessageOffer(
            "フォルダーを開く",
            lambda: self._say_why_not(show_in_folder, file),
            lambda: is_there(file),
        )
        return (opening, showing) if not self._open.isHidden() else (showing,)

    def _announce(self) -> None:
        event = QAccessibleAnnouncementEvent(self, self._text.spoken)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if self._is_error else politeness.Polite)
        QAccessible.updateAccessibility(event)

    def _draw_sign(self) -> None:
        drawn = appearance.icon("warning" if self._is_error else "saved", theme.tokens().on_toast)
        self._sign.setPixmap(drawn.pixmap(theme.px(_SIGN)))

    def _offer(self, offers: Sequence[MessageOffer]) -> None:
        self._do = offers[0].do if offers else None
        self._doing.setText(plain.whole(offers[0].text) if offers else "")
        self._doing.setVisible(bool(offers))

    def _do_it(self) -> None:
        do = self._do
        assert do is not None, "the button is hidden without"
        do()

    def _open_file(self) -> None:
        assert self._file is not None, "the button is hidden without a file"
        self._say_why_not(open_file, self._file)

    def _say_why_not(self, show: Callable[[Path], str], file: Path, *, after: str = "") -> None:
        """Show the file; where that fails, say so and leave what may still help."""
        reason = show(file)
        if reason:
            self._show(after + reason, file=file if is_there(file) else None, is_error=True)

    def _show_details(self) -> None:
        box = plain.MessageBox(self.window())
        box.setWindowTitle("お知らせ")
        box.setText(self._more)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _end(self) -> None:
        is_behind = QApplication.activeModalWidget() is not None
        if self.underMouse() or self._has_focus() or is_behind:
            self._timer.start(_LONGER)
        else:
            self.clear()

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    # Layout

    def _area(self) -> QRect:
        seen = next((each for each in self._places if each.isVisible()), self._parent)
        return QRect(seen.mapTo(self._parent, QPoint(0, 0)), seen.size())

    def _fit(self, area: QRect) -> int:
        """Take the size that the words need, lay out what is in it, and return the width."""
        pad, gap, height = theme.px(_PAD), theme.px(_GAP), theme.px(_HEIGHT)
        self._details.setVisible(self._has_more)
        around = pad + theme.px(_SIGN) + gap + theme.px(_MARGIN)
        most = min(area.width() - 2 * pad, theme.px(_WIDEST)) - around
        self._text.fit(most - self._room_for_buttons())
        if self._text.is_clipped:
            self._details.show()
            self._text.fit(most - self._room_for_buttons())
        height = max(height, self._text.height() + 2 * theme.px(_MARGIN))
        middle, x = height // 2, pad
        self._sign.setGeometry(x, middle - theme.px(_SIGN) // 2, theme.px(_SIGN), theme.px(_SIGN))
        x += theme.px(_SIGN) + gap
        self._text.move(x, middle - self._text.height() // 2)
        x += self._text.width() + gap
        for button in self._buttons:
            if not button.isHidden():
                button.resize(button.sizeHint())
                button.move(x, middle - button.height() // 2)
                x += button.width()
        self.resize(x + theme.px(_MARGIN), height)
        return self.width()

    def _room_for_buttons(self) -> int:
        return theme.px(_GAP) + sum(
            each.sizeHint().width() for each in self._buttons if not each.isHidden()
        )


def _button(text: str, name: str, do: Callable[[], None], parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setProperty("role", "toast")
    button.clicked.connect(do)
    return button


@contextmanager
def busy(place: QWidget, text: str = "") -> Iterator[None]:
    """Show the pointer that means to wait, and what is done in a line of the place's window.

    For work that may take longer than 0.3 s in the window's own thread; what can run beside
    it is a Job. The line is painted at once and events are not handled: a click must not
    begin something else in the middle of an edit.
    """
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    line = _line(place.window(), text) if text and _is_seen(place.window()) else None
    try:
        yield
    finally:
        if line is not None:
            line.hide()
            line.deleteLater()
        QGuiApplication.restoreOverrideCursor()


def _is_seen(window: QWidget) -> bool:
    """Tell whether the window is on the screen: at a quick start it is not yet."""
    handle = window.windowHandle()
    return handle is not None and handle.isExposed()


def _line(window: QWidget, text: str) -> plain.Label:
    """Return a text in the lower left corner, painted."""
    line = plain.Label(text, window)
    line.setObjectName("busy")
    line.setFrameShape(QFrame.Shape.StyledPanel)
    line.setAutoFillBackground(True)
    line.setContentsMargins(_MARGIN, 2, _MARGIN, 2)
    line.resize(min(line.sizeHint().width(), window.width()), line.sizeHint().height())
    line.move(0, window.height() - line.height())
    line.show()
    line.repaint()
    return line
