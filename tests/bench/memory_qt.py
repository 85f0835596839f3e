"""Shows a plan's rows with Qt's own model, filter and tree, and prints its megabytes."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing

import psutil
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTreeView

_SEARCHED = Qt.ItemDataRole.UserRole + 1
_HEADINGS = "SELECT id, parent_id, title FROM heading ORDER BY id"
_ACTIONS = """
SELECT placement.heading_id, action.title, status.mark || ' ' || status.label, progress.text
FROM placement JOIN action ON action.id = placement.action_id
LEFT JOIN progress ON progress.action_id = action.id
LEFT JOIN status ON status.id = progress.status_id
ORDER BY placement.heading_id, placement.position
"""


def main() -> None:
    application = QApplication([])
    model = QStandardItemModel(0, 4)
    with closing(sqlite3.connect(sys.argv[1])) as connection:
        _fill(model, connection)
    proxy = QSortFilterProxyModel()
    proxy.setRecursiveFilteringEnabled(True)
    proxy.setFilterRole(_SEARCHED)
    proxy.setSourceModel(model)
    tree = QTreeView()
    tree.setUniformRowHeights(True)
    tree.setModel(proxy)
    tree.expandToDepth(0)
    tree.resize(1366, 728)
    tree.show()
    application.processEvents()
    print(psutil.Process().memory_info().rss / 1e6)
    tree.close()


def _fill(model: QStandardItemModel, connection: sqlite3.Connection) -> None:
    (term,) = connection.execute("SELECT name FROM term").fetchone()
    root = _row(model.invisibleRootItem(), (term, "", "", ""), term)
    headings: dict[int, QStandardItem] = {}
    for heading_id, above, title in connection.execute(_HEADINGS):
        parent = root if above is None else headings[above]
        headings[heading_id] = _row(parent, (title, "", "", ""), title)
    for heading_id, title, status, text in connection.execute(_ACTIONS):
        _row(headings[heading_id], (title, status or "未記入", "", ""), f"{title}\n{text}")


def _row(parent: QStandardItem, texts: tuple[str, ...], searched: str) -> QStandardItem:
    items = [QStandardItem(text) for text in texts]
    items[0].setData(searched, _SEARCHED)
    parent.appendRow(items)
    return items[0]


if __name__ == "__main__":
    main()
