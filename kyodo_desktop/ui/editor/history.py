"""履歴: what was done to an action or to the whole plan, and a way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import errors, fiscal_year
from kyodo_desktop.domain.changes import FieldChange, field_changes
from kyodo_desktop.services.history import Entry, entries, revert_operation
from kyodo_desktop.ui.widgets import appearance, forms, item_views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


_NO_HISTORY = (
    "まだ変更はありません。この実行計画を変更すると、"
    "だれが、いつ、何をどう変えたかが、ここに残ります。"
)
_NO_HISTORY_OF_PLAN = (
    "まだ変更はありません。計画を変更すると、だれが、いつ、何をどう変えたかが、ここに残ります。"
)


class HistoryView(QWidget):
    """A list of entries, the newest first, for the editor's tab and for a dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: HistoryModel | None = None
        self._list = _new_list()
        self._note = item_views.EmptyNote(self._list, "")
        self._revert = QPushButton("この変更を元に戻す(&B)")
        self._revert.setObjectName("revert_operation")
        self._revert.setAutoDefault(False)
        self._revert.clicked.connect(self._revert_chosen)
        self._error = forms.ErrorLine()
        copy = QAction("コピー(&C)", self._list)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy)
        self._list.addAction(copy)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._revert)
        column = QVBoxLayout(self)
        column.addWidget(self._list, 1)
        column.addWidget(self._error)
        column.addLayout(buttons)

    def show_history(self, workspace: Workspace, action_id: int | None) -> None:
        """Show the history of one action, or of the whole plan."""
        outdated = (self._model, self._list.selectionModel())
        self._model = HistoryModel(workspace, action_id, self)
        self._list.setModel(self._model)
        self._note.setText(_NO_HISTORY_OF_PLAN if action_id is None else _NO_HISTORY)
        self._note.follow()
        self._list.selectionModel().selectionChanged.connect(self._look_at)
        self._look_at()
        for each in outdated:
            if each is not None:
                each.deleteLater()

    def refresh(self) -> None:
        """Add what was done since; for the one who shows the view to call after an edit."""
        if self._model is not None:
            self._model.refresh()
            self._look_at()

    def _chosen(self) -> int | None:
        """Return the row of the entry that is chosen."""
        rows = self._list.selectionModel().selectedRows() if self._model else []
        return rows[0].row() if rows else None

    def _look_at(self) -> None:
        row, model = self._chosen(), self._model
        self._error.show_error("")
        self._revert.setEnabled(
            row is not None
            and model is not None
            and not model.is_reverted(row)
            and not model.workspace.read_only_because
        )

    def _revert_chosen(self) -> None:
        row = self._chosen()
        if self._model is None or row is None:
            return
        try:
            revert_operation(self._model.workspace, self._model.entry(row).id)
        except errors.PlanError as error:
            self._error.show_error(error.message)
        else:
            self.refresh()

    def _copy(self) -> None:
        row = self._chosen()
        if self._model is not None and row is not None:
            QGuiApplication.clipboard().setText(self._model.text(row))


def _new_list() -> QListView:
    entries = QListView()
    entries.setObjectName("history")
    entries.setAccessibleName("履歴")
    entries.setFrameShape(QFrame.Shape.NoFrame)
    entries.setItemDelegate(HistoryDelegate(entries))
    entries.setResizeMode(QListView.ResizeMode.Adjust)
    entries.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    entries.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    entries.setAlternatingRowColors(True)
    return entries


PAGE = 50
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Entries, the newest first: of one action, or of the plan where `action_id` is None.

    It pages by the id of the last entry, so an edit made meanwhile shifts nothing.
    """

    def __init__(self, workspace: Workspace, action_id: int | None, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._action_id = action_id
        self._entries: list[Entry] = []
        self._reverted: set[int] = set()
        self._complete = False
        self.fetchMore(QModelIndex())

    def entry(self, row: int) -> Entry:
        return self._entries[row]

    def is_reverted(self, row: int) -> bool:
        """Tell whether a later entry reversed this one, and still stands."""
        return self._entries[row].id in self._reverted

    def text(self, row: int) -> str:
        """Return the entry in full, as one text."""
        entry = self._entries[row]
        mark = "（元に戻し済み）" if self.is_reverted(row) else ""
        head = (when_and_who(entry), f"{entry.label}{mark}")
        changes = what_changed(self.workspace.outline, entry, named=self._action_id is None)
        return "\n".join((*head, changes)).rstrip()

    def refresh(self) -> None:
        """Read what was done since; what is shown stays where it is."""
        page = self._read(None)
        newest = self._entries[0].id if self._entries else 0
        added = sum(entry.id > newest for entry in page)
        known = [entry.id for entry in self._entries[: len(page) - added]]
        if [entry.id for entry in page[added:]] != known:
            self.beginResetModel()
            self._entries, self._complete = page, len(page) < PAGE
            self._note_reverted()
            self.endResetModel()
            return
        if added:
            self.beginInsertRows(QModelIndex(), 0, added - 1)
        self._entries[: len(known)] = page
        self._note_reverted()
        if added:
            self.endInsertRows()
        self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    # Qt's interface

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.text(index.row()) if role == Qt.ItemDataRole.DisplayRole else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        page = self._read(self._entries[-1].id if self._entries else None)
        self._complete = len(page) < PAGE
        if page:
            first = len(self._entries)
            self.beginInsertRows(parent, first, first + len(page) - 1)
            self._entries += page
            self._note_reverted()
            self.endInsertRows()

    def _read(self, before: int | None) -> list[Entry]:
        return entries(self.workspace, action_id=self._action_id, before=before, limit=PAGE)

    def _note_reverted(self) -> None:
        """Find what stands reversed: who undoes an undo brings the first step back."""
        self._reverted = set()
        for entry in self._entries:
            if entry.reverses_id is not None and entry.id not in self._reverted:
                self._reverted.add(entry.reverses_id)


_MARGIN = 8
_LONGEST = 600  # characters of old and new; the whole can be copied
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
Block = tuple[QFont, QPalette.ColorRole, str]


class HistoryDelegate(item_views.SelectionDelegate):
    """Wraps the text of an entry at the width of the view."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    # Qt's interface

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        room = QRect(0, 0, width - 2 * _MARGIN, 0)
        height = sum(
            QFontMetrics(font).boundingRect(room, _WRAPPED, text).height()
            for font, _, text in self._blocks(index)
        )
        return QSize(width, height + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        cell = QStyleOptionViewItem(option)
        item_views.show_selection(cell)
        painter.save()
        room: QRect = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, 0)
        for font, role, text in self._blocks(index):
            painter.setFont(font)
            painter.setPen(
                appearance.legible(cell.palette.color(role), item_views.ground_of(cell))
            )
            height = QFontMetrics(font).boundingRect(room, _WRAPPED, text).height()
            painter.drawText(room, _WRAPPED, text)
            room.setTop(room.top() + height)
        painter.restore()

    def _blocks(self, index: Index) -> Iterator[Block]:
        plain = self._view.font()
        bold = QFont(plain)
        bold.setBold(True)
        when, what, *changes = index.data().split("\n", 2)
        yield plain, QPalette.ColorRole.PlaceholderText, when
        yield bold, QPalette.ColorRole.Text, what
        for text in changes:
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
            yield plain, QPalette.ColorRole.Text, shown


_SHORT = 24  # two texts of this length stand in one line
_NOTHING = "（空）"
_NOT_WHOLE = "（この変更の記録の一部を読み取れません）"
_ADDED_OR_DELETED = ("追加", "削除")


def when_and_who(entry: Entry) -> str:
    """令和8年11月23日 18:05　市民 花子."""
    return f"{fiscal_year.day_label(entry.at[:10])} {entry.at[11:16]}　{entry.author}"


def what_changed(outline: Outline, entry: Entry, *, named: bool) -> str:
    """Return every field of the entry with its old and its new text.

    `named` says of which action each is, where that is not known anyway.
    """
    lines = [
        line
        for change in field_changes(outline, entry.rows)
        for line in _lines(change, f"「{change.action}」 " if named and change.action else "")
    ]
    return "\n".join(lines if entry.is_whole else (*lines, _NOT_WHOLE))


def _lines(change: FieldChange, whose: str) -> Iterator[str]:
    if change.field in _ADDED_OR_DELETED:
        yield f"{whose}{change.item}を{change.field}：{change.new or change.old}".rstrip("：")
        return
    name = f"{whose}{change.item}の{change.field}"
    old, new = change.old or _NOTHING, change.new or _NOTHING
    if max(len(old), len(new)) <= _SHORT and "\n" not in old + new:
        yield f"{name}：{old} → {new}"
    else:
        yield f"{name}：{old}"
        yield f"→ {new}"


class HistoryDialog(QDialog):
    """Shows every step of the plan, the newest first; each can be taken back from here.

    `export_wanted` comes when the dialog was closed in order to write the history to Excel.
    """

    export_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("計画全体の履歴")
        view = HistoryView()
        view.show_history(workspace, None)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        export = buttons.addButton("Excelに出力(&E)…", QDialogButtonBox.ButtonRole.ActionRole)
        export.setObjectName("export_history")
        export.setAutoDefault(False)
        export.clicked.connect(self._leave_for_export)
        column = QVBoxLayout(self)
        column.addWidget(view)
        column.addWidget(buttons)
        self.resize(720, 520)

    def _leave_for_export(self) -> None:
        self.accept()
        self.export_wanted.emit()
