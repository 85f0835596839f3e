"""The editor with the sample plan, unfolded, in a window of its own that has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from kyodo_desktop.ui.editor.pane import EditorPane
from tests.builders import node_of


@pytest.fixture
def pane(qtbot, workspace):
    pane = EditorPane()
    qtbot.addWidget(pane)
    pane.resize(740, 640)
    pane.restore(QByteArray(b"details"))
    pane.show_plan(workspace)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    return pane


@pytest.fixture
def choose(pane, workspace):
    """Choose nodes by their titles, as a click in the tree would."""

    def choose(*titles: str) -> list[int]:
        nodes = [node_of(workspace.outline, title) for title in titles]
        pane.show_nodes(nodes)
        return nodes

    return choose


@pytest.fixture
def find(qtbot, pane):
    """Return the visible widget with this object name; new ones appear after a moment."""

    def find(name: str):
        def visible():
            return [each for each in pane.findChildren(QWidget, name) if each.isVisible()]

        qtbot.waitUntil(lambda: len(visible()) == 1)
        return visible()[0]

    return find
