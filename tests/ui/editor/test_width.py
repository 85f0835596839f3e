"""Nothing in the editor asks for more than its width, however long a word is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.services import rounds
from kyodo_desktop.ui.editor.pane import EditorPane
from kyodo_desktop.ui.widgets import plain
from tests.hostile import hostile_copy

WORD = "W" * 80  # nowhere to be broken
TITLE = "市民活動支援基金の創設"
WIDTHS = (501, 380, 340)


@pytest.fixture(scope="session")
def long_master(full_master, tmp_path_factory):
    return hostile_copy(full_master, tmp_path_factory.mktemp("long") / "long.kyodo", WORD)


@pytest.fixture
def long_pane(qtbot, long_master, tmp_path):
    """The editor with a plan of long words, which the test opens as it likes."""
    from tests.builders import Clock, opened

    path = tmp_path / "長い.kyodo"
    path.write_bytes(long_master.read_bytes())
    shown = opened(path, Clock())
    pane = EditorPane()
    qtbot.addWidget(pane)
    pane.restore(QByteArray(b"details"))
    pane.show_plan(shown.workspace)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    yield pane, shown.workspace
    pane.clear()
    shown.close()


def sticking_out(pane):
    """Return what stands further to the right than the page that it is in can show."""
    for _ in range(4):
        QApplication.processEvents()
    found = set()
    for page in pane.findChildren(QScrollArea):
        if not page.isVisible():
            continue
        room = page.viewport().width()
        inside = (each for each in page.widget().findChildren(QWidget) if each.isVisible())
        for part in inside:
            holder = part.parentWidget()
            if part.mapTo(page.viewport(), part.rect().topRight()).x() > room and not isinstance(
                holder, QComboBox | QLineEdit
            ):
                found.add(f"{type(part).__name__} {part.objectName()}")
    return found


def cut_off(pane):
    """Return the wrapping texts that are wider or higher than their labels."""
    labels = [
        each for each in pane.findChildren(plain.Label) if each.isVisible() and each.wordWrap()
    ]
    return {
        f"{each.objectName()}: {each.text()[:20]}"
        for each in labels
        if each.minimumSizeHint().width() > each.width()
        or each.heightForWidth(each.width()) > each.height()
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_long_words_of_the_plan_keep_within_the_pane(long_pane, width):
    pane, workspace = long_pane
    pane.resize(width, 700)
    outline = workspace.outline
    nodes = [each for root in outline.roots for each in outline.below(root) if is_placement(each)]
    for chosen in (*([each] for each in nodes[:6]), nodes[:3]):
        pane.show_nodes(chosen)
        assert sticking_out(pane) == set()
        assert cut_off(pane) == set()


@pytest.mark.parametrize("width", WIDTHS)
def test_long_words_in_every_message_keep_within_the_pane(qtbot, pane, choose, find, width):
    choose(TITLE)
    pane.resize(width, 700)
    for name in ("due", "action_title", "action_number"):
        find(name).setText(WORD)
    names = find("section_name")
    names.setEditText(WORD)
    assert not pane.commit()
    names.setFocus()
    find("note").setFocus()
    shown = [each for each in pane.findChildren(QWidget, "error") if each.isVisible()]
    assert len(shown) >= 2
    assert sticking_out(pane) == set()
    assert cut_off(pane) == set()
    assert find("new_section").width() >= find("new_section").minimumSizeHint().width()
    assert WORD in next(each.text() for each in shown if "担当課" in each.text())


def test_a_name_of_nobody_moves_nothing_that_stands_above(qtbot, pane, choose, find, workspace):
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    choose(TITLE)
    pane.resize(501, 700)
    QApplication.processEvents()
    names = ("status_1", "line_text_1", "previous_round", "accept", "due", "section_name")
    before = [find(name).mapTo(pane, find(name).rect().topLeft()) for name in names]
    find("section_name").setFocus()
    before[-1] = find("section_name").mapTo(pane, find("section_name").rect().topLeft())
    find("section_name").setEditText("まだない新しい名前の担当課で長いもの")
    qtbot.keyClick(find("section_name"), Qt.Key.Key_Return)
    assert find("new_section").isVisible()
    QApplication.processEvents()
    assert [find(name).mapTo(pane, find(name).rect().topLeft()) for name in names] == before


def test_what_is_copied_from_a_long_word_is_that_word(qtbot):
    label = plain.Label(WORD)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    qtbot.addWidget(label)
    label.show()
    label.setSelection(0, len(QLabel.text(label)))
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == WORD
    assert label.text() == WORD


def test_markup_stays_markup_around_a_long_word(qtbot):
    label = plain.rich_label()
    label.setWordWrap(True)
    markup = f'<a href="12345678901234567890">{WORD}&amp;&lt;</a>'
    label.setText(markup)
    qtbot.addWidget(label)
    assert label.text() == markup
    assert label.minimumSizeHint().width() < 200


def test_a_long_button_ends_in_the_room_that_it_has(qtbot):
    button = plain.ElidedButton(WORD)
    qtbot.addWidget(button)
    assert button.minimumSizeHint().width() < QPushButton(WORD).minimumSizeHint().width()
    assert button.toolTip() == WORD
