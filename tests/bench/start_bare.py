"""The least that a program of this kind does: its libraries, and a tree of 34 rows painted."""

import os

import sqlmodel  # noqa: F401  what is measured is its import
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTreeView

from tests.bench.painted import when_painted

application = QApplication([])
model = QStandardItemModel()
for place in range(34):
    model.appendRow(QStandardItem(f"実行計画 {place}"))
tree = QTreeView()
tree.setModel(model)
tree.show()
when_painted(tree, lambda: (print("painted", flush=True), os._exit(0)))
application.exec()
