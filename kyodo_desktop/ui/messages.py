"""What the window says: a line above the work until it is read, and that it is at work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from kyodo_desktop.paths import is_folder, is_there
from kyodo_desktop.ui.outside import open_file, show_in_folder
from kyodo_desktop.ui.widgets import appearance, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SIGN = 16
AGAIN = "もう一度"
_MARGIN = 8


class Banner(NamedTuple):
    """A message that holds for a while, and a button about it."""

    text: str
    button: str = ""
    do: Callable[[], None] | None = None


class MessageBar(QFrame):
    """Shows one message at a time; a banner comes back when a passing one is closed.

    A message about a file has buttons that open it and its folder, one that says what can be
    done about it has a button that does.
    """

    jump_requested = Signal(int)  # the node that a link in a message leads to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._banner = Banner("")
        self._file: Path | None = None
        self._do: Callable[[], None] | None = None
        self._text = plain.Label()
        self._text.setObjectName("message")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._text.linkActivated.connect(lambda link: self.jump_requested.emit(int(link)))
        self._sign = plain.Label()
        self._open = _button("開く", "open_exported", self._open_file)
        self._open_folder = _button("フォルダーを開く", "open_exported_folder", self.show_file)
        self._doing = _button(AGAIN, "message_action", self._do_it)
        self._close = QToolButton()
        appearance.give_icon(self._close, "clear")
        self._close.setAutoRaise(True)
        self._close.setToolTip("このお知らせを閉じる")
        self._close.setAccessibleName("お知らせを閉じる")
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._doing)
        row.addWidget(self._open)
        row.addWidget(self._open_folder)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty when the bar is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def set_banner(
        self, text: str, button: str = "", do: Callable[[], None] | None = None
    ) -> None:
        """Show a message for as long as it holds, and what can be done; an empty one ends it."""
        before, self._banner = self._banner, Banner(text, button, do)
        if not self.text or self.text == before.text or text:
            self._show_banner()

    @Slot(str)
    def show_error(self, text: str, retry: Callable[[], None] | None = None) -> None:
        """Say what did not go as wished, until it is closed or something else is done.

        `retry` tries once more.
        """
        self._show(text, "warning")
        self._offer(AGAIN, retry)

    def withdraw_retry(self) -> None:
        """Take the offer to try once more away: it would be about something else by now."""
        if self._text.text() != self._banner.text:
            self._offer("", None)

    def show_info(self, text: str) -> None:
        """Say what was done, as long."""
        self._show(text, "saved")

    def show_file_info(self, text: str, path: Path, *, open_now: bool = False) -> None:
        """Say what was written to a file or a folder, and offer to open it or do so at once."""
        self._show(text, "saved", file=path)
        if open_now:
            self._say_why_not(open_file, after=f"{text}\n")

    def show_folder_info(self, text: str, path: Path) -> None:
        """Say what was written to a file that is not for looking at, and offer its folder."""
        self._show(text, "saved", file=path)
        self._open.hide()

    @Slot()
    def show_file(self) -> None:
        """Show the file that the message is about in its folder."""
        self._say_why_not(show_in_folder)

    def show_rich_info(self, markup: str) -> None:
        """Say what was done in rich text, whose links lead to nodes of the tree."""
        self._show(markup, "saved", Qt.TextFormat.RichText)

    @Slot()
    def clear(self) -> None:
        """Take the passing message away."""
        if not self.isHidden():
            self._show_banner()

    def _show_banner(self) -> None:
        self._show(self._banner.text, "warning")
        self._offer(self._banner.button, self._banner.do)

    def _offer(self, button: str, do: Callable[[], None] | None) -> None:
        self._do = do
        self._doing.setText(button)
        self._doing.setVisible(do is not None)

    def _do_it(self) -> None:
        do = self._do
        assert do is not None, "the button is hidden without"
        do()

    def _open_file(self) -> None:
        self._say_why_not(open_file)

    def _say_why_not(self, show: Callable[[Path], str], *, after: str = "") -> None:
        """Show the file; where that fails, say so and leave what may still help."""
        assert self._file is not None, "the buttons are hidden without a file"
        reason = show(self._file)
        if reason:
            self._show(
                after + reason, "warning", file=self._file if is_there(self._file) else None
            )

    def _show(
        self,
        text: str,
        sign: str,
        form: Qt.TextFormat = Qt.TextFormat.PlainText,
        file: Path | None = None,
    ) -> None:
        self._file = file
        self._offer("", None)
        self._open.setVisible(file is not None and not is_folder(file))
        self._open_folder.setVisible(file is not None)
        self._text.setTextFormat(form)
        self._text.setText(text)
        self._sign.setPixmap(appearance.icon(sign).pixmap(_SIGN))
        self._close.setVisible(text != self._banner.text)
        self.setVisible(bool(text))


def _button(text: str, name: str, show: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.clicked.connect(show)
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
