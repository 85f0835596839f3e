"""What a dialog has been given so far: its texts and choices, whatever dialog it is."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import shiboken6
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGroupBox,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QWidget,
)

from kyodo_desktop.domain.inputs import TypedText, Unsaved
from kyodo_desktop.ui.editor.editing import Editing
from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANY_CHOICES = 3  # so many without a text are work as well
_CELLS = 500  # of a table; a larger one is not typed by hand
_SEARCHES = ("filter", "search")
_KEY = "typed_key"


@runtime_checkable
class Resumable(Protocol):
    """A dialog that can be opened again as it was left."""

    def unfinished(self) -> TypedText | None:
        """Return what was chosen so far, if something was."""


class DialogInputs:
    """Compares the inputs of a dialog with what they held when it was opened.

    What stands in the plan's own fields (see `Editing`) is known by its row. A dialog that
    is `Resumable` tells itself what was chosen: only a cell that is being typed is added.
    """

    def __init__(self, dialog: QDialog) -> None:
        self._dialog = dialog
        self._name = type(dialog).__name__
        self._token = secrets.token_hex(4)
        self._numbered = 0
        self._editings = dialog.findChildren(Editing)
        self._at_first: dict[str, str] = {}
        list(self._inputs())  # each is known from now on

    @property
    def is_there(self) -> bool:
        """Tell whether the dialog can still be typed into."""
        return shiboken6.isValid(self._dialog) and self._dialog.isVisible()

    @property
    def prefix(self) -> str:
        """What the places of this dialog's own texts begin with.

        Another one of its class has other places: what was kept of this one stays.
        """
        return f"dialog:{self._name}:{self._token}:"

    def unsaved(self, at: str) -> Iterator[Unsaved]:
        """Yield what was typed and chosen since."""
        for editing in self._editings:
            yield from editing.unsaved()
        if isinstance(self._dialog, Resumable):
            state = self._dialog.unfinished()
            if state is not None:
                yield Unsaved(state._replace(at=at), is_invalid=False)
        changed = [
            (key, label, text, is_typed)
            for key, label, text, is_typed in self._inputs()
            if text != self._at_first.get(key, "")
        ]
        if len(changed) < _MANY_CHOICES and not any(is_typed for *_, is_typed in changed):
            return
        title = self._dialog.windowTitle()
        for key, label, text, _ in changed:
            before = self._at_first.get(key, "")
            yield Unsaved(
                TypedText(
                    f"{self.prefix}{key}",
                    f"画面「{title}」",
                    field=label,
                    before=before,
                    text=text,
                    at=at,
                ),
                is_invalid=False,
            )

    def lost(self) -> set[str]:
        """Return the places of texts whose rows are gone."""
        return set().union(*(each.lost for each in self._editings))

    def _inputs(self) -> Iterator[tuple[str, str, str, bool]]:
        """Yield the key, the label and the text of each input, and whether it is typed."""
        in_plan = {each.field for editing in self._editings for each in editing.inputs}
        labels = {label.buddy(): label.text() for label in self._dialog.findChildren(Label)}
        is_resumable = isinstance(self._dialog, Resumable)
        for field in self._dialog.findChildren(QLineEdit if is_resumable else QWidget):
            if field in in_plan or field.window() is not self._dialog:
                continue
            if is_resumable and not _is_in_a_view(field):
                continue
            text = _text(field)
            if text is not None:
                is_typed = isinstance(field, QLineEdit | QPlainTextEdit)
                key = self._key(field)
                if not (isinstance(field, QLineEdit) and field.isModified()):
                    self._at_first.setdefault(key, text)
                yield key, _label(field, labels), text, is_typed
            elif isinstance(field, QTableWidget):
                yield from self._cells(field)

    def _cells(self, table: QTableWidget) -> Iterator[tuple[str, str, str, bool]]:
        if table.rowCount() * table.columnCount() > _CELLS:
            return
        key = self._key(table)
        for row in range(table.rowCount()):
            for column in range(table.columnCount()):
                cell, header = table.item(row, column), table.horizontalHeaderItem(column)
                if cell is not None:
                    name = header.text() if header is not None else ""
                    cell_key = f"{key}:{row}:{column}"
                    self._at_first.setdefault(cell_key, cell.text())
                    yield cell_key, f"{row + 1}行目 {name}", cell.text(), True

    def _key(self, field: QWidget) -> str:
        """Return a name that the field keeps: its own, or one that it is given."""
        owner = _owner(field)
        if owner.objectName() and not owner.objectName().startswith("qt_"):
            return owner.objectName()
        if owner.property(_KEY) is None:
            self._numbered += 1
            owner.setProperty(_KEY, f"{type(owner).__name__}{self._numbered}")
        return str(owner.property(_KEY))


def _text(field: QWidget) -> str | None:
    """Return what is typed or chosen; nothing where that cannot be, or need not be kept."""
    if any(word in field.objectName() for word in _SEARCHES):
        return None
    if isinstance(field, QLineEdit):
        return None if field.isReadOnly() else field.text()
    if isinstance(field, QPlainTextEdit):
        return None if field.isReadOnly() else field.toPlainText()
    if isinstance(field, QComboBox):
        return None if field.isEditable() else field.currentText()
    if isinstance(field, QAbstractButton | QGroupBox) and field.isCheckable():
        return "はい" if field.isChecked() else "いいえ"
    return None


def _label(field: QWidget, labels: dict[QWidget, str]) -> str:
    owner = _owner(field)
    caption = owner.text() if isinstance(owner, QAbstractButton) else ""
    above = owner.parentWidget()
    found = (
        owner.accessibleName()
        or labels.get(owner)
        or (labels.get(above) if above is not None else "")
        or caption
        or (owner.title() if isinstance(owner, QGroupBox) else "")
        or (field.placeholderText() if isinstance(field, QLineEdit) else "")
    )
    return _plain(found) or "入力"


def _plain(label: str) -> str:
    """Return a label without the key that leads to its field: 名称(&N) → 名称."""
    head, mark, tail = label.partition("(&")
    return f"{head}{tail[2:]}".strip() if mark else label.replace("&", "").strip()


def _owner(field: QWidget) -> QWidget:
    """Return what a field of one line is the inside of, else the field."""
    proxy = field.focusProxy()
    return proxy if isinstance(field, QLineEdit) and proxy is not None else field


def _is_in_a_view(field: QWidget) -> bool:
    above = field.parentWidget()
    grand = above.parentWidget() if above is not None else None
    return isinstance(field, QLineEdit) and isinstance(grand, QAbstractItemView)
