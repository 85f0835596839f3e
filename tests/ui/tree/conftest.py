"""The tree's pane on the sample plan, with Qt's tester watching its model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from kyodo_desktop.ui.tree.pane import TreePane
from tests.ui.tree.hands import Hands


@pytest.fixture
def pane(qtbot, workspace):
    pane = TreePane()
    model = pane.findChild(QAbstractItemModel)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, pane)
    pane.show_plan(workspace)
    pane.resize(620, 640)
    with qtbot.waitExposed(pane):
        pane.show()
    yield pane
    pane.clear()
    pane.close()
    pane.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def hands(pane, workspace, qtbot):
    return Hands(pane, workspace, qtbot)
