"""A window with text that fits no field asks what shall become of it, wherever it is typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from kyodo_desktop.paths import user_journal_folder
from kyodo_desktop.ui.tree.columns import TreeColumn
from tests.ui.driving import dialog, run, select, tree
from tests.ui.tree.hands import editor_of

ACTION = "市民活動支援補助金の創設"
CELLS = {"1": TreeColumn.DUE, "来年の春": TreeColumn.DUE, "宇宙課": TreeColumn.LEAD}
PLACES = [*CELLS, "name", "editor", "paper"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def type_wrongly(window, qtbot, place):
    """Type a text that fits no field, leave it downwards, and return a way to the field."""
    node = select(window, ACTION)
    if place == "editor":
        due = window.editor.findChild(QLineEdit, "due")
        due.setFocus()
        due.setText("いつか")
        return lambda: due
    if place == "paper":
        run(window, "show_paper")
        run(window, "rename")
        window.features.paper.page.editor.field.retype(" ")
        return lambda: window.features.paper.page.editor.field
    view = tree(window)
    view.setFocus()
    flags = view.selectionModel().SelectionFlag.NoUpdate
    column = CELLS.get(place, TreeColumn.TITLE)
    view.selectionModel().setCurrentIndex(view.model().index_of(node, column), flags)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor_of(window).retype("" if place == "name" else place)
    qtbot.keyClick(editor_of(window), Qt.Key.Key_Down)
    QApplication.processEvents()
    return lambda: editor_of(window)


def ask_to_close(window, way):
    window.features.typing.scan()
    if way == "window":
        window.close()
    else:
        run(window, "close_plan")
    return dialog(window)


@pytest.mark.parametrize("way", ["window", "plan"])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_thrown_away_is_not_offered_again(window, qtbot, place, way):
    type_wrongly(window, qtbot, place)
    box = ask_to_close(window, way)
    assert "捨てて閉じる" in box.findChild(QPushButton, "discard").text()
    box.findChild(QPushButton, "discard").click()
    window._discards = False
    assert window.plan is None
    QApplication.processEvents()
    window.features.typing.scan()
    assert list(user_journal_folder().glob("*")) == []


@pytest.mark.parametrize("way", ["window", "plan"])
@pytest.mark.parametrize("place", PLACES)
def test_going_back_leads_to_what_is_to_be_mended(window, qtbot, place, way):
    field = type_wrongly(window, qtbot, place)
    window.strip.search.setFocus()
    ask_to_close(window, way).reject()
    qtbot.waitUntil(lambda: field().hasFocus())
    qtbot.keyClick(field(), Qt.Key.Key_Escape)
    if place == "editor":
        field().setText("")
    assert window.commit()
