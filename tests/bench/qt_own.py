"""The yardstick of the tree: Qt's own C++ model and filter with the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from kyodo_desktop.domain.counting import Tally
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.search import search_key
from kyodo_desktop.ui.tree.cells import PlanCells
from kyodo_desktop.ui.tree.columns import COLUMNS
from kyodo_desktop.ui.tree.contents import levels_to_open

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline

MONTH = "2015-11"
_SHOWN = [place for place, column in enumerate(COLUMNS) if column.shown]
_SEARCHED = Qt.ItemDataRole.UserRole + 1


class QtWindow(QWidget):
    """A search box over a tree, with Qt's recursive filter between a standard model and a view.

    The texts to search are folded beforehand, as ours are. It opens what ours opens: the
    same levels at first, and all of it while little is found.
    """

    def __init__(self, outline: Outline) -> None:
        super().__init__()
        self._outline = outline
        self._cells = PlanCells(outline, Tally(outline), MONTH)
        self.model = QStandardItemModel(0, len(_SHOWN), self)
        self.model.setHorizontalHeaderLabels([COLUMNS[place].label for place in _SHOWN])
        self._opened: list[QStandardItem] = []
        opened = levels_to_open(outline)
        for root in outline.roots:
            self._append(self.model.invisibleRootItem(), root, opened)
        self.filter = QSortFilterProxyModel(self)
        self.filter.setRecursiveFilteringEnabled(True)
        self.filter.setFilterRole(_SEARCHED)
        self.filter.setSourceModel(self.model)
        self.rare: set[str] = set()
        """What finds so little that all of it is opened; told, so that nothing is counted."""
        self._searched_before = ""
        self.search = QLineEdit()
        self.search.textChanged.connect(self._search)
        self.tree = QTreeView()
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setModel(self.filter)
        self._lay_out()

    def _append(self, parent: QStandardItem, node: int, opened: set[int]) -> None:
        items = [QStandardItem(self._cells.text(node, column)) for column in _SHOWN]
        items[0].setData(self._searched(node), _SEARCHED)
        parent.appendRow(items)
        if node in opened:
            self._opened.append(items[0])
        for child in self._outline.children.get(node, ()):
            self._append(items[0], child, opened)

    def _searched(self, node: int) -> str:
        texts = [self._outline.title(node)]
        if is_placement(node):
            action_id = self._outline.action_id_at(node)
            texts += [line.text for line in self._outline.lines.get(action_id, ())]
            texts.append(self._outline.lead(action_id))
        return search_key("\n".join(texts))

    def _search(self, text: str) -> None:
        words = search_key(text).split()
        if len(words) > 1:
            self.filter.setFilterRegularExpression(_all_of(words))
        else:
            self.filter.setFilterFixedString("".join(words))
        if text in self.rare:
            self.tree.expandAll()
        elif self._searched_before in self.rare:
            self.tree.collapseAll()
            self._open_levels()
        self._searched_before = text

    def _open_levels(self) -> None:
        for item in self._opened:
            self.tree.expand(self.filter.mapFromSource(item.index()))

    def _lay_out(self) -> None:
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        bar = QWidget()
        QVBoxLayout(bar).addWidget(self.search)
        column = QVBoxLayout(self)
        column.addWidget(bar)
        column.addWidget(self.tree)
        self._open_levels()
        self.tree.setCurrentIndex(self.filter.index(0, 0))


def _all_of(words: list[str]) -> QRegularExpression:
    pattern = "^" + "".join(f"(?=.*{QRegularExpression.escape(word)})" for word in words)
    return QRegularExpression(pattern, QRegularExpression.PatternOption.DotMatchesEverythingOption)
