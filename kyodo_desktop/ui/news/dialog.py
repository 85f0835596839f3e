"""The list of the latest messages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.widgets import appearance, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.ui.messages import Message, MessageOffer

_WIDTH, _HEIGHT = 720, 400
_OFFERS = 2
_NOTHING = "お知らせはまだありません。"


class LatestNewsDialog(QDialog):
    """Shows a message a row, the newest first, and below the whole of the chosen one.

    A button does what its message offered, as long as that holds.
    """

    def __init__(self, news: Sequence[Message], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("最近のお知らせ")
        self._news = news
        self._list = QTreeWidget()
        self._list.setObjectName("latest_news")
        self._list.setAccessibleName("最近のお知らせ")
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setHeaderLabels(["時刻", "お知らせ"])
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._list.addTopLevelItems([_row(each) for each in news])
        self._list.currentItemChanged.connect(lambda *_: self._show())
        self._whole = plain.Label(_NOTHING)
        self._whole.setObjectName("whole_news")
        self._whole.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        self._offers = [self._button(place) for place in range(_OFFERS)]
        column = QVBoxLayout(self)
        column.addWidget(self._list, 1)
        column.addWidget(self._whole)
        column.addWidget(self._buttons)
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)
        self._show()

    def _button(self, place: int) -> QPushButton:
        button = self._buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(f"offer_{place}")
        button.clicked.connect(partial(self._do, place))
        return button

    def _show(self) -> None:
        offers = self._held()
        chosen = self._list.currentIndex().row()
        if chosen >= 0:
            self._whole.setText(self._news[chosen].text)
        for place, button in enumerate(self._offers):
            button.setVisible(place < len(offers))
            button.setText(plain.whole(offers[place].text) if place < len(offers) else "")

    def _held(self) -> list[MessageOffer]:
        chosen = self._list.currentIndex().row()
        return [each for each in self._news[chosen].offers if each.holds()] if chosen >= 0 else []

    def _do(self, place: int) -> None:
        offer = self._held()[place]
        self.reject()
        offer.do()


def _row(news: Message) -> QTreeWidgetItem:
    first = with_signs(news.text).partition("\n")[0]
    row = QTreeWidgetItem([f"{news.at:%H:%M}", first])
    row.setIcon(1, appearance.icon("warning" if news.is_error else "saved"))
    row.setToolTip(1, plain.tip(news.text))
    return row
