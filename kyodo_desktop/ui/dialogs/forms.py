"""What the dialogs that ask for values have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

_ON_LIGHT, _ON_DARK = "#b3261e", "#ff8a80"
_HALF = 128


class ErrorLine(Label):
    """A line that says what is wrong, and takes no room while nothing is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("error")
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        palette = self.palette()
        is_light = palette.color(QPalette.ColorRole.Window).lightness() >= _HALF
        palette.setColor(
            QPalette.ColorRole.WindowText, QColor(_ON_LIGHT if is_light else _ON_DARK)
        )
        self.setPalette(palette)
        self.show_error("")

    def show_error(self, message: str) -> None:
        is_new = message != self.text()
        self.setText(message)
        self.setVisible(bool(message))
        if is_new:
            self.changed.emit()


class Field(QWidget):
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

    @property
    def error(self) -> str:
        return self._error.text()

    def show_error(self, message: str) -> None:
        """Say what is wrong; an empty message takes it away."""
        self._error.show_error(message)
        self.editor.setAccessibleDescription(message)


class FormDialog(QDialog):
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
        column = QVBoxLayout(self)
        column.addLayout(self.content, 1)
        column.addWidget(self._error)
        column.addWidget(self.buttons)

    @abstractmethod
    def read(self) -> object:
        """Return what is typed and chosen; raises InvalidInputError."""

    def accept(self) -> None:
        for field in self.findChildren(Field):
            field.show_error("")
        self._error.show_error("")
        try:
            self.read()
        except InvalidInputError as error:
            self._point_at(error)
            return
        super().accept()

    def _point_at(self, error: InvalidInputError) -> None:
        fields = [each for each in self.findChildren(Field) if error.field in each.names]
        for field in fields:
            field.show_error(str(error))
            go_to(field)
        if not fields:
            self._error.show_error(str(error))
        self._grow()

    def _grow(self) -> None:
        """Make room for a message: the height of wrapped text is not in a minimum size."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        needed = max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())
        self.resize(self.width(), max(self.height(), needed))


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


def focus_target(field: QWidget) -> QWidget:
    """Return what gets the focus in the place of a field: the key of a label follows no proxy."""
    proxy = field.focusProxy()
    return field if proxy is None else focus_target(proxy)


def go_to(field: QWidget) -> None:
    """Bring the focus to a field, which may stand on another tab."""
    page: QWidget | None = field
    while page is not None:
        above = page.parentWidget()
        tabs = above.parentWidget() if isinstance(above, QStackedWidget) else None
        if isinstance(tabs, QTabWidget):
            tabs.setCurrentWidget(page)
        page = above
    field.setFocus(Qt.FocusReason.OtherFocusReason)


def push_button(text: str, name: str, clicked: Callable[[], object] | None = None) -> QPushButton:
    """Return a button that Enter does not press while something else has the focus."""
    button = QPushButton(text, autoDefault=False)
    button.setObjectName(name)
    if clicked is not None:
        button.clicked.connect(lambda _checked: clicked())
    return button


def line_edit(text: str, name: str) -> QLineEdit:
    """Return an input of one line that shows the beginning of its text."""
    edit = QLineEdit(text)
    edit.setObjectName(name)
    edit.setCursorPosition(0)
    return edit
