"""The entries of the history as a list shows them: read page by page, wrapped, in full words."""

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
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from kyodo_desktop.domain import fiscal_year
from kyodo_desktop.domain.changes import FieldChange, field_changes
from kyodo_desktop.services import history
from kyodo_desktop.ui.widgets import appearance, item_views, theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

PAGE = 50
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """The steps that are asked for, the newest first.

    It pages by the id of the last entry, so an edit made meanwhile shifts nothing. `is_named`
    says that each change names its action, where that is not known anyway.
    """

    def __init__(
        self,
        workspace: Workspace,
        wanted: history.HistoryFilter,
        parent: QObject,
        *,
        is_named: bool = True,
    ) -> None:
        super().__init__(parent)
        self.workspace, self.wanted = workspace, wanted
        self._is_named = is_named
        self._entries: list[history.Entry] = []
        self._reversed: set[int] = set()
        self._complete = False
        self.fetchMore(QModelIndex())

    def entry(self, row: int) -> history.Entry:
        return self._entries[row]

    def is_reverted(self, row: int) -> bool:
        """Tell whether a later entry reversed this one, and still stands."""
        return self._entries[row].id in self._reversed

    def text(self, row: int) -> str:
        """Return the entry in full, as one text."""
        entry = self._entries[row]
        mark = "（元に戻し済み）" if self.is_reverted(row) else ""
        head = (when_and_who(entry), f"{entry.label}{mark}")
        changes = what_changed(self.workspace.outline, entry, named=self._is_named)
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
            self._note_reversed()
            self.endResetModel()
            return
        if added:
            self.beginInsertRows(QModelIndex(), 0, added - 1)
        self._entries[: len(known)] = page
        self._note_reversed()
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
            self._note_reversed()
            self.endInsertRows()

    def _read(self, before: int | None) -> list[history.Entry]:
        return history.entries(self.workspace, wanted=self.wanted, before=before, limit=PAGE)

    def _note_reversed(self) -> None:
        oldest = self._entries[-1].id if self._entries else 0
        self._reversed = history.reversed_steps(self.workspace, oldest)


_LONGEST = 600  # characters of old and new; the whole can be copied
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
_SMALL = 12
Block = tuple[QFont, QColor, str]


class HistoryList(QListView):
    """Wraps its entries anew for another width, which Qt does for another height only.

    The width is another one when the first entry comes that does not fit, too.
    """

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class HistoryDelegate(QStyledItemDelegate):
    """Wraps the text of an entry at the width of the view, over a thin line."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    # Qt's interface

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        room = QRect(0, 0, width - 2 * theme.px(8), 0)
        height = sum(
            QFontMetrics(font).boundingRect(room, _WRAPPED, text).height()
            for font, _, text in self._blocks(index)
        )
        return QSize(width, height + 2 * theme.px(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        ground = item_views.paint_ground(painter, option)
        room: QRect = option.rect.adjusted(theme.px(8), theme.px(8), -theme.px(8), 0)
        for font, ink, text in self._blocks(index):
            painter.setFont(font)
            painter.setPen(appearance.legible(ink, ground))
            height = QFontMetrics(font).boundingRect(room, _WRAPPED, text).height()
            painter.drawText(room, _WRAPPED, text)
            room.setTop(room.top() + height)
        painter.restore()

    def _blocks(self, index: Index) -> Iterator[Block]:
        tokens = theme.tokens()
        when, what, *changes = index.data().split("\n", 2)
        yield theme.font(_SMALL), tokens.ink2, when
        yield theme.font(bold=True), tokens.ink, what
        for text in changes:
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
            yield theme.font(), tokens.ink, shown


_SHORT = 24  # two texts of this length stand in one line
_NOTHING = "（空）"
_NOT_WHOLE = "（この変更の記録の一部を読み取れません）"
_ADDED_OR_DELETED = ("追加", "削除")


def when_and_who(entry: history.Entry) -> str:
    """令和8年11月23日 18:05　市民 花子."""
    return f"{fiscal_year.day_label(entry.at[:10])} {entry.at[11:16]}　{entry.author}"


def what_changed(outline: Outline, entry: history.Entry, *, named: bool) -> str:
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
