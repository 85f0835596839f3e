"""What the user is asked when a plan is opened, closed or taken back to a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.services.files import SIZE_LIMIT, Backup, InUseError
from kyodo_desktop.ui.widgets.forms import StayingDialog
from kyodo_desktop.ui.widgets.plain import Label, MessageBox, Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kyodo_desktop.domain.errors import DamagedFileError, PassingError, StrangeFileError


_HEADERS = ("作成日時", "ファイル名", "サイズ", "見出し", "実行計画", "進捗状況")
_FILE = 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = range(2, 6)
_KILOBYTES = QLocale.DataSizeFormat.DataSizeTraditionalFormat
_EXPLANATION = (
    "選んだバックアップの時点に計画を戻します。"
    "今のファイルは、先にバックアップのフォルダーへ残しておきます。"
)

_NO_BACKUPS = (
    "この計画のバックアップはまだありません。計画を開くと、1日に1回、計画の隣に自動で作られます。"
)


class RestoreDialog(StayingDialog):
    """Takes the backups, the newest first, and gives the path of the chosen one."""

    def __init__(self, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("バックアップから復元")
        text = Label(f"{_EXPLANATION}\n{_room(backups)}" if backups else _NO_BACKUPS)
        text.setObjectName("explanation")
        text.setWordWrap(True)
        self._list = _new_list()
        self._list.addTopLevelItems([_item(backup) for backup in backups])
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._restore = self._buttons.addButton(
            "この時点に戻す(&R)", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._restore.setObjectName("restore")
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (text, self._list, self._buttons):
            layout.addWidget(widget)
        self._list.itemSelectionChanged.connect(self._enable)
        self._list.itemActivated.connect(self.accept)
        self._enable()
        self._list.setVisible(bool(backups))
        self._list.setFocus()
        self.resize(760, 400 if backups else 0)

    @property
    def chosen(self) -> Path | None:
        """The backup that is selected; nothing where none can be."""
        selected = self._list.selectedItems()
        return selected[0].data(0, Qt.ItemDataRole.UserRole) if selected else None

    def accept(self) -> None:
        if self.chosen is not None:
            super().accept()

    def _enable(self) -> None:
        self._restore.setEnabled(self.chosen is not None)


def _room(backups: Sequence[Backup]) -> str:
    """Return how much room the backups take, and what goes when it is too much."""
    total, limit = (
        QLocale().formattedDataSize(size, 0, _KILOBYTES)
        for size in (sum(backup.size for backup in backups), SIZE_LIMIT)
    )
    return (
        f"バックアップは全部で{total}です。"
        f"直近10日分と、手動や大きな変更の前のバックアップは、消さずに残します。"
        f"それより前は、週に1つ（8週）と月に1つ（24か月）を、合計{limit}まで残します。"
    )


def _name(backup: Backup) -> str:
    """Return the name of the file, and what is special about it."""
    name = backup.path.name
    if backup.actions < 0:
        return f"読み取れません（{name}）"
    if backup.is_other:
        return f"別の計画（{name}）"
    return f"「{backup.former_name}」だったとき（{name}）" if backup.former_name else name


def _new_list() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setObjectName("backups")
    tree.setHeaderLabels(_HEADERS)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAlternatingRowColors(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    tree.header().setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
    for column in _NUMBERS:
        tree.headerItem().setTextAlignment(column, _RIGHT)
    return tree


def _item(backup: Backup) -> QTreeWidgetItem:
    is_readable = backup.actions >= 0
    counts = (backup.headings, backup.actions, backup.lines)
    item = QTreeWidgetItem(
        (
            f"{day_label(backup.made_at.date().isoformat())} {backup.made_at:%H:%M}",
            _name(backup),
            QLocale().formattedDataSize(backup.size, 0, _KILOBYTES),
            *(f"{count:,}" if is_readable else "―" for count in counts),
        )
    )
    item.setData(0, Qt.ItemDataRole.UserRole, backup.path)
    for column in _NUMBERS:
        item.setTextAlignment(column, _RIGHT)
    if not is_readable:
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsSelectable)
        for column in range(len(_HEADERS)):
            item.setForeground(column, QGuiApplication.palette().placeholderText())
    return item


class InUseDialog(Question):
    """`accepted` means: open it read-only."""

    def __init__(self, error: InUseError, parent: QWidget | None = None) -> None:
        super().__init__(
            MessageBox.Icon.Information, "編集中のファイル", str(error), parent=parent
        )
        self.offer("読み取り専用で開く(&R)", "read_only", "キャンセル(&C)", by_default=True)


class StrangeFileDialog(Question):
    """`accepted` means: copy the contents into a new file."""

    def __init__(
        self, error: StrangeFileError | DamagedFileError, parent: QWidget | None = None
    ) -> None:
        super().__init__(MessageBox.Icon.Warning, "計画を開けません", error.message, parent=parent)
        self.offer("中身だけを新しいファイルに移す(&M)…", "copy_contents", "キャンセル(&C)")


class TryAgainDialog(Question):
    """`accepted` means: try again."""

    def __init__(self, error: PassingError, parent: QWidget | None = None) -> None:
        super().__init__(MessageBox.Icon.Warning, "計画を開けません", error.message, parent=parent)
        self.offer("もう一度(&R)", "again", "キャンセル(&C)", by_default=True)


_KEPT = (
    "保存できなかった文字は、このパソコンの控えに残ります。"
    "次にこの計画を開いたときに、欄に入れるかをお尋ねします。"
)


class UnsavedDialog(Question):
    """`accepted` means: close without that text.

    `is_lost` tells that some of it goes then, `is_kept` that some is offered the next time.
    """

    def __init__(
        self, reason: str, parent: QWidget | None = None, *, is_lost: bool, is_kept: bool
    ) -> None:
        kept = _KEPT if is_kept else ""
        lost = "欄に合わない入力は、閉じると消えます。" if is_kept and is_lost else ""
        choice = "この入力を捨てて閉じます" if not is_kept else "このまま閉じます"
        super().__init__(
            MessageBox.Icon.Warning,
            "保存できない入力",
            "保存できない入力が残っています。",
            f"{reason}\nほかの変更はすべて保存されています。{kept}{lost}戻って直すか、{choice}。",
            parent,
        )
        words = "捨てて閉じる(&D)" if not is_kept else "控えを残して閉じる(&D)"
        self.offer(words, "discard", "戻って直す(&B)")
