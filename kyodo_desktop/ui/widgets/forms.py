"""Dialogs and pages of labelled fields that say what is wrong, and layouts that fit the room."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QMetaObject,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.errors import InvalidInputError, PlanError
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent


Button = TypeVar("Button", bound=QAbstractButton)


class ErrorLine(Label):
    """A line that says what is wrong, and takes no room while nothing is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("error")
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_error("")

    def show_error(self, message: str) -> None:
        is_new = message != self.text()
        self.setText(message)
        self.setVisible(bool(message))
        if is_new:
            self.changed.emit()


class FormField(QWidget):
    """An input, and the line under it that says what is wrong.

    `names` are those by which an InvalidInputError calls the field.
    """

    def __init__(self, editor: QWidget, *names: str) -> None:
        super().__init__()
        self.names = names
        self.editor = editor
        self._error = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(editor)
        column.addWidget(self._error)
        self.setFocusProxy(editor)
        self._changes = _Changes()

    @property
    def error(self) -> str:
        return self._error.text()

    def show_error(self, message: str) -> None:
        """Say what is wrong; an empty message takes it away."""
        self._error.show_error(message)
        self.editor.setAccessibleDescription(message)
        if message:  # which may be wrong no more after the next change
            self._changes.await_in(self.editor, lambda: self.show_error(""))


class StayingDialog(QDialog):
    """A dialog that is there until what it asks for is done, so that a refusal loses nothing.

    One that `stays` does not close when it is accepted, but tells of it by `completed`: what is
    asked next stands above it, and who asks is `done` with it at the end. While it waits for
    slow work it can be neither accepted again nor left.
    """

    stays = False
    waits = False
    completed = Signal()

    # Qt's interface

    def accept(self) -> None:
        if self.waits:
            return
        if self.stays:
            self.completed.emit()
        else:
            super().accept()

    def reject(self) -> None:
        if not self.waits:
            super().reject()


class FormDialog(StayingDialog):
    """A dialog that closes only with a value that fits, and else says where it does not.

    A subclass fills `content`, and gives the value from `read`.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, done: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.content = QVBoxLayout()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        if done:
            self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(done)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._error = ErrorLine()
        self._changes = _Changes()
        column = QVBoxLayout(self)
        column.addLayout(self.content, 1)
        column.addWidget(self._error)
        column.addWidget(self.buttons)

    @abstractmethod
    def read(self) -> object:
        """Return what is typed and chosen; raises InvalidInputError."""

    def accept(self) -> None:
        for field in self.findChildren(FormField):
            field.show_error("")
        self._error.show_error("")
        try:
            self.read()
        except InvalidInputError as error:
            self.show_refusal(error)
            return
        super().accept()

    def show_refusal(self, error: PlanError) -> None:
        """Say why there is nothing to be done with what is typed: at its field, if it is that."""
        named = error.field if isinstance(error, InvalidInputError) else None
        fields = [each for each in self.findChildren(FormField) if named in each.names]
        for field in fields:
            field.show_error(str(error))
            go_to(field)
        if not fields:
            self._error.show_error(str(error))
            self._changes.await_in(self, lambda: self._error.show_error(""))
        self._grow()

    # Qt's interface

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fields = (each for each in self.findChildren(FormField) if each.isVisibleTo(self))
        if self.focusWidget() is None and (first := next(fields, None)) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grow()

    def event(self, event: QEvent) -> bool:
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()  # a text that takes one line more would press the others
        return is_handled

    def _grow(self) -> None:
        """Make room for a message: the height of wrapped text is not in a minimum size."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        needed = max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())
        self.resize(self.width(), max(self.height(), needed))


class _Changes:
    """Tells of the next change of something in a field, or in any field of a dialog."""

    def __init__(self) -> None:
        self._connections: list[QMetaObject.Connection] = []

    def await_in(self, root: QWidget, tell: Callable[[], object]) -> None:
        """Have it told of the next change below a widget, of those that are there now."""
        self.end()
        for each in (root, *root.findChildren(QWidget)):
            for signal in _changes_of(each):
                self._connections.append(signal.connect(lambda *_: self._tell(tell)))

    def end(self) -> None:
        """Await none."""
        for each in self._connections:
            QObject.disconnect(each)
        self._connections.clear()

    def _tell(self, tell: Callable[[], object]) -> None:
        self.end()
        tell()


def _changes_of(widget: QWidget) -> tuple[SignalInstance, ...]:
    match widget:
        case QLineEdit() | QPlainTextEdit():
            return (widget.textChanged,)
        case QComboBox():
            return (widget.currentIndexChanged,)
        case QAbstractButton():
            return (widget.toggled,)
        case QAbstractItemView() if (model := widget.model()) is not None:
            return (model.dataChanged, model.rowsInserted, model.rowsRemoved)
    return ()


def new_form(page: QWidget | None = None) -> QFormLayout:
    """Return a form whose inputs fill the width on every system."""
    form = QFormLayout(page)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    return form


def add_row(form: QFormLayout, label: str, field: QWidget) -> None:
    """Add an input with its label; `&` in the label gives the key that leads to it."""
    caption = Label(label)
    caption.setBuddy(focus_target(field))
    form.addRow(caption, field)


def explained(explanation: str, field: QWidget) -> QWidget:
    """Return a page with a field, and above it what the field is for."""
    page = QWidget()
    column = QVBoxLayout(page)
    text = Label(explanation)
    text.setWordWrap(True)
    column.addWidget(text)
    column.addWidget(field)
    column.addStretch()
    return page


def focus_target(field: QWidget) -> QWidget:
    """Return what gets the focus in the place of a field: the key of a label follows no proxy."""
    proxy = field.focusProxy()
    return field if proxy is None else focus_target(proxy)


def go_to(field: QWidget) -> None:
    """Bring the focus to a field, which may stand on another tab or be folded away."""
    page: QWidget | None = field
    while page is not None:
        above = page.parentWidget()
        tabs = above.parentWidget() if isinstance(above, QStackedWidget) else None
        if isinstance(tabs, QTabWidget):
            tabs.setCurrentWidget(page)
        if isinstance(page, FoldedPart):
            page.unfold()
        page = above
    field.setFocus(Qt.FocusReason.OtherFocusReason)


def push_button(text: str, name: str, clicked: Callable[[], object] | None = None) -> QPushButton:
    """Return a button that Enter does not press while something else has the focus."""
    button = QPushButton(text, autoDefault=False)
    button.setObjectName(name)
    if clicked is not None:
        button.clicked.connect(lambda _checked: clicked())
    return button


class EnterPresses(QObject):
    """Lets Enter press the button of a dialog that has the focus, as in the window.

    Qt leaves it to the default button of the dialog, which stands elsewhere.
    """

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        dialog.installEventFilter(self)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_pressed = event.type() == QEvent.Type.KeyPress and watched is self._dialog
        if is_pressed and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            focus = self._dialog.focusWidget()
            if isinstance(focus, QPushButton | QToolButton) and focus.isEnabled():
                focus.click()
                return True
        return super().eventFilter(watched, event)


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MenuKey(QObject):
    """Lets Alt+↓ open the menu of a button, as it opens what a combo box offers.

    Qt would move the focus to a neighbour.
    """

    def __init__(self, button: QPushButton | QToolButton) -> None:
        super().__init__(button)
        self._button = button
        button.installEventFilter(self)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held == Qt.KeyboardModifier.AltModifier:
                if event.type() == QEvent.Type.KeyPress:
                    self._button.showMenu()
                event.accept()
                return True
        return super().eventFilter(watched, event)


@contextmanager
def lending_focus(to: QWidget, *buttons: QWidget) -> Iterator[None]:
    """Bring the focus to `to` where the button that has it cannot be pressed any more.

    Qt would give it to a neighbour, which the next key would press.
    """
    focus = to.window().focusWidget()
    yield
    if focus in buttons and (focus.isHidden() or not focus.isEnabled()):
        to.setFocus(Qt.FocusReason.OtherFocusReason)


def line_edit(text: str, name: str) -> QLineEdit:
    """Return an input of one line that shows the beginning of its text."""
    edit = QLineEdit(text)
    edit.setObjectName(name)
    edit.setCursorPosition(0)
    return edit


_MARGIN = 8
_NARROW = 30  # in widths of a character: below that the labels stand above their fields


class ScrollPage(QScrollArea):
    """A page of which that part stays in sight which has the focus. `content` is filled."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.content = _Content(self)
        self.content.setProperty("role", "page")
        self.setWidget(self.content)
        self._kept: tuple[QLayout, tuple[int, int]] | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def keep_width(self, layout: QLayout, margins: tuple[int, int]) -> None:
        """Give the content margins at its sides and ends, and leave its width as it is.

        A scroll bar takes its room from the margin: what is in the page does not move.
        """
        self._kept = layout, margins
        self._fit_margins()
        theme.notifier().changed.connect(self._fit_margins)

    def _fit_margins(self) -> None:
        if self._kept is not None:
            layout, (side, end) = self._kept
            bar = self.width() - self.viewport().width()
            right = max(0, theme.px(side) - bar)
            layout.setContentsMargins(theme.px(side), theme.px(end), right, theme.px(end))

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_margins()

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep what has the focus in sight, which Qt does for the Tab key alone.

        Under the mouse nothing may move. Later, because a page that comes up is laid out later.
        """
        is_ours = now is not None and self.isAncestorOf(now)
        if is_ours and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        """Show the row of what has the focus, with what is said under it, and it above all.

        A part that fills much of the page is no row: to show all of it would only move it.
        """
        focus = self.focusWidget()
        row, most = focus, self.viewport().height() // 3
        while row is not None and row is not self.content:
            above = row.parentWidget()
            if above is None or above is self.content or above.height() > most:
                break
            row = above
        for part in (row, focus):
            if part is not None:
                self.ensureWidgetVisible(part, 0, _MARGIN)


class _Content(QWidget):
    """What scrolls. Where it cannot be scrolled to the side, it is never wider than its page.

    Else one long word in it would push all that stands at the right out of sight.
    """

    def __init__(self, page: ScrollPage) -> None:
        super().__init__()
        self._page = page

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        policy = self._page.horizontalScrollBarPolicy()
        return QSize(0, hint.height()) if policy == _NO_BAR else hint


_NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class FormPage(ScrollPage):
    """Fields with their labels before them, or above them where the page is narrow."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.form = new_form(self.content)

    def add(self, label: str, *parts: QWidget, leads_to: QWidget | None = None) -> QWidget:
        """Add a field of parts that stand above each other, and return the whole of it.

        `&` in the label gives the key that leads to the first part, or to another one. A
        focus proxy would not do for that: with one the Tab key skips what stands before it.
        """
        field = parts[0] if len(parts) == 1 else in_column(*parts)
        self.form.addRow(captioned(label, leads_to or parts[0]), field)
        return field

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < _NARROW * self.fontMetrics().horizontalAdvance("あ")
        policy = QFormLayout.RowWrapPolicy
        self.form.setRowWrapPolicy(policy.WrapAllRows if narrow else policy.DontWrapRows)
        super().resizeEvent(event)


class FoldedPart(QWidget):
    """A part that is folded away behind a line that says in short what is in it."""

    unfolded = Signal(bool)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title, self._summary = title, ""
        self._button = _FoldLine(title)
        self._button.setObjectName(f"{name}_fold")
        self._button.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._button)
        self._body: QWidget | None = None
        self._is_open = False
        self.summarize("")

    @property
    def is_open(self) -> bool:
        """Tell whether what is in it is shown."""
        return self._is_open

    def set_body(self, body: QWidget | None) -> None:
        """Say what is folded; None while there is nothing."""
        self._body = body
        if body is not None:
            self._column.addWidget(body)
            body.setVisible(self._is_open)

    def summarize(self, summary: str) -> None:
        """Say in short what is in it."""
        self._summary = summary
        self._button.show_state(summary, is_open=self._is_open)
        state = "開いています" if self._is_open else "閉じています"
        self._button.setAccessibleName(f"{self._title}（{state}）　{summary}".strip("　"))

    def unfold(self, is_open: bool = True) -> None:
        """Show what is in it, or fold it away."""
        if is_open == self._is_open:
            return
        self._is_open = is_open
        self.unfolded.emit(is_open)
        if self._body is not None:
            self._body.setVisible(is_open)
        self.summarize(self._summary)

    def _turn(self) -> None:
        self.unfold(not self._is_open)


class _FoldLine(QPushButton):
    """The line itself: an arrow, the title, and in smaller letters what is in the part."""

    def __init__(self, title: str) -> None:
        super().__init__(autoDefault=False)
        self._title, self._summary, self._is_open = title, "", False
        self.setProperty("role", "fold")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_state(self, summary: str, *, is_open: bool) -> None:
        """Show whether the part is open, and what is in it."""
        self._summary, self._is_open = summary, is_open
        self.setToolTip(tip(summary))
        self.update()

    # Qt's interface

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the ground and the focus
        painter, tokens = QPainter(self), theme.tokens()
        room = self.rect().adjusted(theme.px(4), 0, -theme.px(4), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        for text, font, ink in (
            ("▾ " if self._is_open else "▸ ", theme.font(), tokens.ink),
            (f"{self._title}　", theme.font(bold=True), tokens.ink),
            (self._summary, theme.font(12), tokens.ink2),
        ):
            painter.setFont(font)
            painter.setPen(ink)
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, middle, shown)
            room.setLeft(room.left() + metrics.horizontalAdvance(text))


class Divider(QWidget):
    """A thin line between two parts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    # Qt's interface

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.tokens().line)


def keep_room(part: QWidget, *, kept: bool = True) -> None:
    """Let the room of a part stay empty while it is hidden, so that nothing moves, or not."""
    policy = part.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    part.setSizePolicy(policy)


def roled(label: Label, role: str) -> Label:
    """Return a label that is written as its role in the page asks for."""
    label.setProperty("role", role)
    return label


def follow_in_tab_order(previous: QWidget, parts: Sequence[QWidget]) -> None:
    """Let the Tab key go from a widget to its later siblings, one after the other."""
    for part in parts:
        QWidget.setTabOrder(previous, part)
        previous = part


def captioned(label: str, field: QWidget) -> Label:
    """Return a label whose key leads to the field."""
    caption = Label(label)
    caption.setBuddy(focus_target(field))
    return caption


def in_row(*parts: QWidget, at_top: bool = False) -> QWidget:
    """Return one widget of several in a row; `at_top` is for parts that grow downwards."""
    row = QHBoxLayout()
    whole = _together(row, parts)
    if at_top:
        for part in parts:
            row.setAlignment(part, Qt.AlignmentFlag.AlignTop)
    return whole


def in_column(*parts: QWidget) -> QWidget:
    """Return one widget of several that stand above each other."""
    return _together(QVBoxLayout(), parts)


def in_flow(*parts: QWidget) -> QWidget:
    """Return one widget of several, as many in a row as fit."""
    return _together(FlowLayout(), parts)


def _together(layout: QLayout, parts: tuple[QWidget, ...]) -> QWidget:
    whole = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        layout.addWidget(part)
    whole.setLayout(layout)
    return whole


class FlowLayout(QLayout):
    """A layout whose height follows from its width.

    With `fills` its items share what is left over where all of them stand in one row.
    """

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 6, fills: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._fills = fills
        self.setContentsMargins(0, 0, 0, 0)

    # Qt's interface

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() + self._gap for hint in hints)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def rows_in(self, width: int) -> int:
        """Return in how many rows the items stand in a width."""
        rows, used = 1, 0
        for item in self._shown():
            needed = min(item.sizeHint().width(), width)
            if used and used + needed > width:
                rows, used = rows + 1, 0
            used += needed + self._gap
        return rows

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _spare(self, width: int) -> int:
        """Return by how much each item is wider than it asks for."""
        items = self._shown()
        if not (self._fills and items and self.rows_in(width) == 1):
            return 0
        return max(0, width - self.sizeHint().width() + self._gap) // len(items)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Go through the items from left to right and down; return the height they take."""
        place, row_height = rect.topLeft(), 0
        spare = QSize(self._spare(rect.width()), 0)
        for item in self._shown():
            hint = item.sizeHint() + spare
            size = hint.boundedTo(QSize(rect.width(), hint.height()))
            if place.x() > rect.x() and place.x() + size.width() > rect.right() + 1:
                place = QPoint(rect.x(), place.y() + row_height + self._gap)
                row_height = 0
            if move:
                item.setGeometry(QRect(place, size))
            place += QPoint(size.width() + self._gap, 0)
            row_height = max(row_height, size.height())
        return place.y() + row_height - rect.y()


class ButtonRow(FlowLayout, Generic[Button]):
    """Buttons one after the other, which are made when they are needed and used again."""

    def __init__(
        self,
        parent: QWidget,
        new_button: Callable[[int], Button],
        *,
        gap: int = 6,
        fills: bool = False,
    ) -> None:
        super().__init__(parent, gap=gap, fills=fills)
        self._new_button = new_button
        self.buttons: list[Button] = []
        self._make(1)

    def show_buttons(self, count: int) -> list[Button]:
        """Show so many buttons and return them; the caller says what they stand for."""
        self._make(count)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < count)
        return self.buttons[:count]

    def _make(self, count: int) -> None:
        while len(self.buttons) < count:
            button = self._new_button(len(self.buttons))
            self.addWidget(button)
            if self.buttons:
                follow_in_tab_order(self.buttons[-1], [button])
            self.buttons.append(button)
