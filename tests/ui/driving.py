"""What a person does with the window, for tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QTreeView, QTreeWidget, QWidget

from tests.builders import node_of


def run(window, name):
    """Trigger a command by the name of its action."""
    action = window.actions_by_name[name]
    assert action.isEnabled(), f"{name} is disabled"
    action.trigger()


def dialog(window) -> QDialog:
    """Return the dialog that is open, or of several the one above all others."""
    shown = [each for each in window.findChildren(QDialog) if each.isVisible()]
    below = {each.parent() for each in shown}
    (found,) = [each for each in shown if each not in below]
    return found


def choose_file(window, path):
    """Choose a path in the file dialog that is open."""
    found = dialog(window)
    assert isinstance(found, QFileDialog)
    found.fileSelected.emit(str(path))
    found.reject()
    QApplication.processEvents()


def select(window, title, *, nth=0):
    """Choose an item of the tree and return its node."""
    node = node_of(outline(window), title, nth=nth)
    window.tree.select(node)
    return node


def select_nothing(window):
    """Leave nothing chosen in the tree."""
    tree(window).clearSelection()


def choose_heading(window, title):
    """Choose a heading in the dialog that asks for one."""
    chooser = dialog(window)
    headings = chooser.findChild(QTreeWidget)
    flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    headings.setCurrentItem(headings.findItems(title, flags)[0])
    chooser.accept()


def unfold(window):
    """Show all fields of the action that is chosen."""
    window.editor.findChild(QWidget, "details").unfold()


def outline(window):
    return window.plan.workspace.outline


def tree(window) -> QTreeView:
    return window.tree.findChild(QTreeView)
