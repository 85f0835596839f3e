"""What a cell of the list is changed with: a field over it, or a small choice below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kyodo_desktop.domain import action_fields, field_types
from kyodo_desktop.ui.tree.columns import COLUMNS, TreeColumn
from kyodo_desktop.ui.tree.painting import INDENT, ROW_HEIGHT
from kyodo_desktop.ui.widgets import badges, inputs, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.outline import Outline

    AnyIndex = QModelIndex | QPersistentModelIndex

_LONG = 480  # px that a running text gets where its column is narrower
_MOST_KEYS = 9
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_NEW = "名称　Enterで次へ、Escで終了"


class CellEditor(inputs.LineField):
    """The field over a cell; it knows which one, and whether its text is being composed."""

    def __init__(self, node: int, column: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell_editor")
        self.node, self.column = node, column
        self.is_composing = False
        self.is_of_new_row = False
        self.is_typed_over = False  # begun by a letter in place of what was there
        self.setFrame(False)

    @property
    def is_unnamed(self) -> bool:
        """Whether nobody has typed the name of a new row yet."""
        return self.is_of_new_row and not self.text().strip()

    def name_new_row(self) -> None:
        """Wait for the name of a row that has just been added."""
        self.is_of_new_row = True
        self.setPlaceholderText(_NEW)
        self.clear()

    def commit_composed(self) -> None:
        """Let the input method finish what it composes."""
        if self.hasFocus() or self.is_composing:
            QGuiApplication.inputMethod().commit()

    def offer_choices(self) -> None:
        """Show all that can be completed to, if there is a choice."""
        completer = self.completer()
        if completer is not None:
            completer.setCompletionPrefix("")
            completer.complete()

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        has_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if not has_alt or event.key() not in _ARROWS:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Down:  # the others would move the row
            self.offer_choices()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)


class CellHost(Protocol):
    """The list, as the fields over its cells know it."""

    @property
    def outline(self) -> Outline | None:
        """The plan that is shown."""

    def viewport(self) -> QWidget:
        """Return what the fields lie on."""

    def row_name(self, node: int) -> str:
        """Return number and title of a row."""

    def save(self, editor: CellEditor, index: AnyIndex) -> None:
        """Save what was typed into a cell."""

    def note_editor(self, editor: CellEditor, *, is_open: bool) -> None:
        """Keep in mind which field is open over a cell."""


class CellDelegate(QStyledItemDelegate):
    """Opens fields over cells; the row paints the cells themselves."""

    def __init__(self, view: CellHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view

    # Qt's interface

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(theme.px(ROW_HEIGHT), theme.px(ROW_HEIGHT))

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        column = COLUMNS[index.column()]
        editor = CellEditor(index.internalId(), index.column(), parent)
        editor.setAccessibleName(f"{column.label}、{self._view.row_name(index.internalId())}")
        outline = self._view.outline
        if outline is not None and column.field is not None:
            names = _names(outline, column.field)
            if names:
                editor.setCompleter(NamesCompleter(names, editor))
        self._view.note_editor(editor, is_open=True)
        return editor

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        assert isinstance(editor, CellEditor)
        self._view.note_editor(editor, is_open=False)
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        assert isinstance(editor, CellEditor)
        if not (
            editor.isModified() or editor.is_of_new_row
        ):  # else what is typed would give way to what is stored
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(self, editor: QWidget, _model: object, index: AnyIndex) -> None:
        assert isinstance(editor, CellEditor)
        self._view.save(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        room = QRect(option.rect)
        field = COLUMNS[index.column()].field
        if index.column() == TreeColumn.TITLE:
            room.setLeft(room.left() + theme.px(INDENT) // 3)
        elif field is not None and field.type.is_running_text:
            right = max(room.right(), room.left() + theme.px(_LONG))
            room.setRight(min(right, max(room.right(), self._view.viewport().width() - 1)))
        editor.setGeometry(room.adjusted(0, 0, 0, -1))

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if isinstance(watched, CellEditor) and event.type() == QEvent.Type.FocusOut:
            watched.commit_composed()
        return super().eventFilter(watched, event)


class NamesCompleter(QCompleter):
    """Completes the last of several names in a text."""

    def __init__(self, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(names, parent)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = self.popup()
        assert popup is not None, "Qt makes one when it is asked for it"
        popup.setAccessibleName("担当課の候補")
        inputs.ListKeys(popup)

    # Qt's interface

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(field_types.BETWEEN)[2]]

    def pathFromIndex(self, index: AnyIndex) -> str:
        editor = self.widget()
        assert isinstance(editor, CellEditor)
        before, between, _ = editor.text().rpartition(field_types.BETWEEN)
        return f"{before}{between}{super().pathFromIndex(index)}"


def _names(outline: Outline, field: action_fields.Field[Any]) -> list[str]:
    if not isinstance(field.type, field_types.Sections):
        return []
    return [section.name for section in outline.sections.values()]


def status_menu(outline: Outline, chosen: int | None, choose: Callable[[int], None]) -> QMenu:
    """Return the statuses of a plan to choose one of, each with the key that does the same."""
    menu = QMenu()
    menu.setObjectName("status_choice")
    for place, status in enumerate(outline.statuses.values(), start=1):
        key = f"\t{place}" if place <= _MOST_KEYS else ""
        action = QAction(f"{plain.whole(status.label)}{key}", menu)
        action.setIcon(badges.badge_icon(status))
        _offer(menu, action, status.id, chosen, choose)
    return menu


def value_menu(
    outline: Outline,
    field: action_fields.Field[Any],
    chosen: object,
    choose: Callable[[Any], None],
) -> QMenu:
    """Return the values of a field to choose one of, or none of them."""
    menu = QMenu()
    menu.setObjectName("value_choice")
    for value, text in ((field.type.empty, inputs.UNDECIDED[1]), *field.type.options(outline)):
        action = QAction(plain.whole(text), menu)
        _offer(menu, action, value, chosen, choose)
    return menu


def _offer(
    menu: QMenu, action: QAction, value: Any, chosen: object, choose: Callable[[Any], None]
) -> None:
    action.setCheckable(True)
    action.setChecked(value == chosen)
    action.triggered.connect(lambda: choose(value))
    menu.addAction(action)
    if value == chosen:
        menu.setActiveAction(action)
