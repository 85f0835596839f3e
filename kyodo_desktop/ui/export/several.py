"""Inputs that take several of known words: a list with ticks, and a button that offers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QSizePolicy, QWidget

from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QStyleOptionButton

_ALL = "すべて"
_PRESS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
_WORD = Qt.ItemDataRole.UserRole


class TickList(QListWidget):
    """Words in their order, of which some are ticked; those which are out say why.

    Others may say something as well, and can be ticked all the same.
    """

    def __init__(self, name: str, label: str, words: Iterable[str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._kept: set[str] = set()
        self._remarks: Mapping[str, str] = {}
        self._out = ""  # why words are out
        for word in words:
            item = QListWidgetItem(word, self)
            item.setData(_WORD, word)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.setCurrentRow(0)

    def ticked(self) -> tuple[str, ...]:
        """Return the chosen words; of those which are out, what they were before."""
        return tuple(
            each.data(_WORD)
            for each in self._items()
            if each.checkState() is Qt.CheckState.Checked or each.data(_WORD) in self._kept
        )

    def tick(self, words: Collection[str]) -> None:
        """Choose these."""
        for each in self._items():
            is_on = each.data(_WORD) in words
            if not each.flags() & Qt.ItemFlag.ItemIsEnabled:
                self._keep(each.data(_WORD), is_on=is_on)
            else:
                each.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def remark(self, remarks: Mapping[str, str]) -> None:
        """Say something of these words, and nothing of others."""
        self._remarks = remarks
        self._tell()

    def leave_out(self, words: Collection[str], why: str) -> None:
        """Let these not be chosen, and say why; all others may be."""
        self._out = why
        for each in self._items():
            word, flags = each.data(_WORD), each.flags()
            is_out = word in words
            if is_out != bool(flags & Qt.ItemFlag.ItemIsEnabled):
                continue
            if is_out:
                self._keep(word, is_on=each.checkState() is Qt.CheckState.Checked)
                each.setCheckState(Qt.CheckState.Unchecked)
                each.setFlags(flags & ~Qt.ItemFlag.ItemIsEnabled)
            else:
                each.setFlags(flags | Qt.ItemFlag.ItemIsEnabled)
                each.setCheckState(
                    Qt.CheckState.Checked if word in self._kept else Qt.CheckState.Unchecked
                )
                self._kept.discard(word)
        self._tell()

    def _tell(self) -> None:
        for each in self._items():
            word = each.data(_WORD)
            is_out = not each.flags() & Qt.ItemFlag.ItemIsEnabled
            remark = self._out if is_out else self._remarks.get(word, "")
            each.setText(f"{word}（{remark}）" if remark else word)

    def _keep(self, word: str, *, is_on: bool) -> None:
        if is_on:
            self._kept.add(word)
        else:
            self._kept.discard(word)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]


class SeveralButton(plain.ElidedButton):
    """Shows which words are chosen, and offers all of them; with none chosen it is all."""

    changed = Signal()

    def __init__(self, name: str, label: str, words: Iterable[str]) -> None:
        super().__init__(_ALL)
        self.setObjectName(name)
        self.setProperty("role", "choice")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._label = label
        menu = _StayingMenu(self)
        self._all = menu.addAction(_ALL)
        self._all.setCheckable(True)
        self._all.triggered.connect(lambda: self.choose(()))
        menu.addSeparator()
        self.setMenu(menu)
        self._words: dict[str, QAction] = {}
        self.offer(words)
        forms.MenuKey(self)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen words in their order; none are all of them."""
        return tuple(word for word, action in self._words.items() if action.isChecked())

    def offer(self, words: Iterable[str]) -> list[str]:
        """Offer these words, and return those that were chosen and are not among them."""
        chosen, menu = self.chosen, self.menu()
        for action in self._words.values():
            menu.removeAction(action)
            action.deleteLater()
        self._words = {word: menu.addAction(plain.whole(word)) for word in words}
        for action in self._words.values():
            action.setCheckable(True)
            action.triggered.connect(self._show)
        return self.choose(chosen)

    def choose(self, words: Collection[str]) -> list[str]:
        """Choose these, and return those that are not offered."""
        for word, action in self._words.items():
            action.setChecked(word in words)
        self._show()
        return [each for each in words if each not in self._words]

    def _show(self) -> None:
        chosen = self.chosen
        self._all.setChecked(not chosen)
        text = "、".join(chosen) or _ALL
        self.setText(plain.whole(text))
        self.setToolTip(plain.tip(text))
        self.setAccessibleName(f"{self._label}：{text}")
        self.changed.emit()

    # Qt's interface

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = f" {option.text}"  # a style sheet leaves no room before it


class _StayingMenu(QMenu):
    """A menu that stays open while its entries are ticked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(False)

    # Qt's interface

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_press = event.type() == QEvent.Type.KeyPress and event.key() in _PRESS
        if not (is_press and self._tick(self.activeAction())):
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True
