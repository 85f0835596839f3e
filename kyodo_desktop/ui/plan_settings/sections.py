"""Keeps the list of sections; every edit is saved at once and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from kyodo_desktop.domain import errors, vocabulary
from kyodo_desktop.services import vocabularies
from kyodo_desktop.ui.widgets import forms, item_views, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.services.workspace import Workspace


_NAME, _USES = range(2)
_ID = Qt.ItemDataRole.UserRole
_EXPLANATION = "変更はすぐに保存されます。閉じたあとに「元に戻す」で戻せます。"

_NO_SECTIONS = (
    "担当課はまだありません。上に名前を入力して「追加」を押すと、ここに並びます。"
    "実行計画に担当課を入力しても加わります。"
)


class SectionsDialog(QDialog):
    """Shows the sections with how many actions name each; a name is edited in the list."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("担当課の一覧")
        self._workspace = workspace
        self._list = _new_list()
        item_views.EmptyNote(self._list, _NO_SECTIONS)
        self._items: list[QTreeWidgetItem] = []
        self._new = QLineEdit()
        self._new.setObjectName("new_section")
        self._new.setPlaceholderText("例: 市民活動推進課")
        self._new.returnPressed.connect(self._add)
        self._error = forms.ErrorLine()
        self._buttons = {
            name: forms.push_button(text, name, clicked)
            for text, name, clicked in (
                ("名前を変更(&R)", "rename", self._edit_name),
                ("上へ(&U)", "up", lambda: self._shift(-1)),
                ("下へ(&W)", "down", lambda: self._shift(+1)),
                ("削除(&D)", "delete", self._delete),
            )
        }
        self._lay_out()
        QShortcut(
            QKeySequence.StandardKey.Delete,
            self._list,
            self._delete,
            context=Qt.ShortcutContext.WidgetShortcut,
        )
        self._list.itemChanged.connect(self._rename)
        self._list.currentItemChanged.connect(self._enable)
        self.refresh()

    def refresh(self) -> None:
        """Show the sections as they are now; the current one stays current."""
        current = self._current_id()
        uses = vocabularies.uses_of_sections(self._workspace)
        self._items = []
        with QSignalBlocker(self._list):
            self._list.clear()
            for section in self._workspace.outline.sections.values():
                count = uses.get(section.id, vocabulary.UNUSED).total
                item = QTreeWidgetItem([section.name, f"{count:,}件"])
                item.setData(_NAME, _ID, section.id)
                item.setTextAlignment(_USES, Qt.AlignmentFlag.AlignRight)
                if not self._workspace.read_only_because:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self._items.append(item)
            self._list.addTopLevelItems(self._items)
            self._make_current(current)
        self._enable()

    def _lay_out(self) -> None:
        caption = plain.Label("新しい担当課(&N)")
        caption.setBuddy(self._new)
        add = forms.push_button("追加(&A)", "add", self._add)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        for button in close.buttons():
            assert isinstance(button, QPushButton)
            button.setAutoDefault(False)  # Enter adds the section that is typed
        grid = QGridLayout(self)
        grid.setColumnStretch(1, 1)
        grid.addWidget(plain.Label(_EXPLANATION), 0, 0, 1, 3)
        for column, widget in enumerate((caption, self._new, add)):
            widget.setEnabled(not self._workspace.read_only_because)
            grid.addWidget(widget, 1, column)
        grid.addWidget(self._error, 2, 0, 1, 3)
        grid.addWidget(self._list, 3, 0, 5, 2)
        for row, each in enumerate(self._buttons.values(), start=3):
            grid.addWidget(each, row, 2)
        grid.setRowStretch(7, 1)
        grid.addWidget(close, 8, 0, 1, 3)
        self.resize(520, 420)

    def _do(self, edit: Callable[..., object], *arguments: object) -> bool:
        """Carry out an edit, or say under the name why it was refused."""
        self._error.show_error("")
        try:
            edit(self._workspace, *arguments)
        except errors.PlanError as error:
            self._error.show_error(str(error))
        self.refresh()
        return not self._error.text()

    def _add(self) -> None:
        if self._do(vocabularies.add_section, self._new.text()):
            self._new.clear()
            self._list.setCurrentItem(self._items[-1])
        self._new.setFocus()

    def _rename(self, item: QTreeWidgetItem) -> None:
        self._do(vocabularies.rename_section, item.data(_NAME, _ID), item.text(_NAME))

    def _edit_name(self) -> None:
        self._list.setFocus()
        self._list.edit(self._list.currentIndex().siblingAtColumn(_NAME))

    def _shift(self, steps: int) -> None:
        self._do(vocabularies.move_section, self._current_id(), steps)

    def _delete(self) -> None:
        if self._list.currentItem() is not None and not self._workspace.read_only_because:
            self._do(vocabularies.delete_section, self._current_id())

    def _current_id(self) -> int | None:
        item = self._list.currentItem()
        return None if item is None else item.data(_NAME, _ID)

    def _make_current(self, section_id: int | None) -> None:
        for row, item in enumerate(self._items):
            if row == 0 or item.data(_NAME, _ID) == section_id:
                self._list.setCurrentItem(item)

    def _enable(self) -> None:
        row = self._list.currentIndex().row()
        can = row >= 0 and not self._workspace.read_only_because
        for button in self._buttons.values():
            button.setEnabled(can)
        self._buttons["up"].setEnabled(can and row > 0)
        self._buttons["down"].setEnabled(can and row < len(self._items) - 1)


def _new_list() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setObjectName("sections")
    tree.setAccessibleName("担当課の一覧")
    tree.setHeaderLabels(["担当課", "実行計画"])
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.ensurePolished()  # the height of rows is asked for once, and before it is shown
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(_USES, QHeaderView.ResizeMode.ResizeToContents)
    return tree
