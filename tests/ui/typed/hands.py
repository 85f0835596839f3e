"""What a person does with the list of what was typed, for tests."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QTreeWidget


def rows(shown):
    tree = shown.findChild(QTreeWidget, "typed_texts")
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [[each.text(column) for column in range(4)] for each in items]


def choose(shown, *places):
    tree = shown.findChild(QTreeWidget, "typed_texts")
    tree.clearSelection()
    for place in places:
        tree.topLevelItem(place).setSelected(True)


def press(shown, name):
    button = shown.findChild(QPushButton, name)
    assert button.isEnabled(), name
    button.click()
