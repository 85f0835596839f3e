"""What nobody sees is seen on the screen, and turns no line around."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QPlainTextEdit, QTreeView

from tests import edits
from tests.builders import action_of, node_of
from tests.ui.driving import outline, select

RAW, SHOWN = "相談\u202e窓口(1)\u2066の\0開設", "相談〔U+202E〕窓口(1)〔U+2066〕の〔U+0000〕開設"


@pytest.fixture
def sample_file(sample_file):
    with closing(sqlite3.connect(sample_file)) as connection, connection:
        connection.execute(
            "UPDATE action SET title = :raw, note = :raw WHERE id = 1", {"raw": RAW}
        )
    return sample_file


def stored(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT title, note FROM action WHERE id = 1").fetchone()


def runs_from_left_to_right(text, font):
    """Tell whether each character is drawn to the right of the one before it."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    places = [line.cursorToX(place)[0] for place in range(len(text))]
    return places == sorted(places)


def test_a_cell_of_the_tree_is_drawn_from_left_to_right(window):
    tree = window.tree.findChild(QTreeView)
    index = tree.model().index_of(node_of(outline(window), SHOWN))
    assert SHOWN in index.data()
    assert runs_from_left_to_right(index.data(), tree.font())
    assert not runs_from_left_to_right(RAW, tree.font())


def test_to_look_at_a_text_changes_nothing_of_it(window, sample_file):
    select(window, SHOWN)
    note = window.editor.findChild(QPlainTextEdit, "note")
    assert note.toPlainText() == SHOWN
    note.setFocus()
    assert window.commit()
    window.tree.setFocus()
    assert stored(sample_file) == (RAW, RAW)


def test_what_is_pasted_shows_its_signs_when_the_field_is_left(window):
    title = "市民活動サポートセンターの創設"
    select(window, title)
    note = window.editor.findChild(QPlainTextEdit, "note")
    note.setFocus()
    note.insertPlainText("\u200f2015/11/02\u202e")
    assert window.commit()
    assert note.toPlainText() == "〔U+200F〕2015/11/02〔U+202E〕"
    action_id = action_of(outline(window), title)
    assert outline(window).actions[action_id].note == note.toPlainText()


def test_undo_brings_the_signs_back(window, sample_file):
    edits.set_note(window.plan.workspace, 1, "別の文")
    window.actions_by_name["undo"].trigger()
    assert outline(window).actions[1].note == SHOWN
    assert stored(sample_file) == (RAW, RAW)
