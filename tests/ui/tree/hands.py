"""What a person does with the tree, for tests."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStackedWidget,
    QTreeView,
)

from kyodo_desktop.domain.search import Query
from tests.builders import node_of
from tests.ui.driving import tree

_ADD = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class Hands:
    """Clicks, types and looks."""

    def __init__(self, pane, workspace, qtbot):
        self.pane, self.workspace, self.qtbot = pane, workspace, qtbot
        self.view = pane.findChild(QTreeView)

    def node(self, title, *, nth=0):
        return node_of(self.workspace.outline, title, nth=nth)

    def select(self, *titles):
        """Select rows, the first one by moving there, the others in addition."""
        self.pane.select(self.node(titles[0]))
        for title in titles[1:]:
            self.view.selectionModel().select(self.index(title), _ADD)

    def index(self, title):
        return self.view.model().index_of(self.node(title))

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.view, key, modifiers)

    def search(self, text):
        """Show what has these words, as the search box asks for it."""
        self.pane.search(Query(text))

    def rows(self):
        """Return the titles in sight, as one sees them when scrolling down."""
        found, index = [], self.view.model().index(0, 0)
        while index.isValid():
            found.append(index.data(Qt.ItemDataRole.EditRole))
            index = self.view.indexBelow(index)
        return found

    def current(self):
        node = self.pane.current_node()
        return None if node is None else self.workspace.outline.title(node)

    def nothing_found(self):
        return self.pane.findChild(QStackedWidget).currentIndex() == 1

    def open_rows(self):
        """Return the titles of what is open."""
        found, waiting = [], [QModelIndex()]
        model = self.view.model()
        while waiting:
            above = waiting.pop()
            for row in range(model.rowCount(above)):
                index = model.index(row, 0, above)
                if self.view.isExpanded(index):
                    found.append(index.data(Qt.ItemDataRole.EditRole))
                    waiting.append(index)
        return found


def is_typing(window):
    """Tell whether a name is being typed in place."""
    return tree(window).state() == QAbstractItemView.State.EditingState


def editor_of(window):
    """Return what a name is being typed into in place."""
    editors = tree(window).viewport().findChildren(QLineEdit)
    (editor,) = [each for each in editors if each.isVisible()]
    return editor
