"""What is selected can be read, light and dark."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QListView, QTreeView, QWidget

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, progress, rounds, vocabularies
from kyodo_desktop.ui.history.page import HistoryPage
from kyodo_desktop.ui.inquiries.states_dialog import StatesDialog
from kyodo_desktop.ui.tree.columns import TreeColumn
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.appearance import SIGN, TEXT, contrast, legible, mixed
from kyodo_desktop.ui.widgets.item_views import selection
from tests import edits
from tests.builders import action_of
from tests.ui.driving import outline, select, tree

BOOTH, CENTRE = "市民活動ブースの設置", "市民活動サポートセンターの創設"
NEARLY = 1.25
_ROWS = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


def dress(*, is_dark):
    colours = theme.of_scheme(is_dark=is_dark)
    theme.dress(colours, theme.palette_of(colours))


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def looks(qapp, request):
    if request.param:
        dress(is_dark=True)
    yield
    if request.param:
        dress(is_dark=False)


def colours(widget, room):
    """Return the ground of a part of a widget, and the ink that stands out most from it."""
    image = widget.grab(room).toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = Counter(memoryview(bytes(image.constBits())).cast("I"))
    ground = QColor(found.most_common(1)[0][0])
    return ground, max((QColor(each) for each in found), key=lambda each: contrast(each, ground))


def assert_legible(widget, room, least=TEXT):
    ground, ink = colours(widget, room)
    assert contrast(ink, ground) >= least, (ground.name(), ink.name())


def cell(view, node, column):
    index = view.model().index_of(node)
    view.scrollTo(index)
    return view.visualRect(index.siblingAtColumn(column))


@pytest.mark.parametrize("has_focus", [True, False], ids=["with focus", "without"])
def test_a_selected_row_of_the_tree_can_be_read(window, looks, has_focus):
    workspace = window.plan.workspace
    edits.set_due(workspace, action_of(outline(window), BOOTH), "H24.3")
    progress.delete_line(workspace, outline(window).lines[action_of(outline(window), BOOTH)][0].id)
    vocabularies.add_section(workspace, "企画課")
    view = tree(window)
    select(window, CENTRE)
    (view if has_focus else window.editor.findChild(object, "line_text_1")).setFocus()
    for title in (BOOTH, CENTRE):
        node = select(window, title)
        assert_is_ours(view, cell(view, node, TreeColumn.TITLE), has_focus)
        assert_legible(view.viewport(), cell(view, node, TreeColumn.TITLE))
        assert_is_ours(view, cell(view, node, TreeColumn.LEAD), has_focus)
    booth = select(window, BOOTH)  # 未記入 and overdue
    for column in (TreeColumn.STATUS, TreeColumn.DUE):
        assert_legible(view.viewport(), cell(view, booth, column))


def assert_is_ours(view, room, has_focus):
    """Tell the ground of a cell, and of what stands before the first one, from Qt's."""
    ours = selection(view.palette(), has_focus=has_focus).ground
    ground, _ = colours(view.viewport(), room)
    assert contrast(ground, ours) < NEARLY
    before = view.viewport().grab(QRect(4, room.center().y(), 1, 1)).toImage().pixelColor(0, 0)
    assert contrast(before, ours) < NEARLY


def test_the_words_beside_the_bar_of_a_selected_heading_can_be_read(window, looks):
    view = tree(window)
    view.setFocus()
    room = cell(view, select(window, "環境づくり"), TreeColumn.PROGRESS)
    ground, _ = colours(view.viewport(), room)
    assert_legible(view.viewport(), room)
    image = view.viewport().grab(room).toImage()
    line = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert len([each for each in line if contrast(QColor(each), ground) >= SIGN]) >= 2


def test_a_selected_entry_of_the_history_can_be_read(qtbot, workspace, looks):
    action_id = action_of(workspace.outline, BOOTH)
    edits.set_note(workspace, action_id, "備考を書いた")
    view = HistoryPage(lambda: workspace)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_nodes([workspace.outline.home(action_id)])
    entries = view.findChild(QListView)
    qtbot.waitUntil(lambda: entries.model().rowCount() > 0)
    entries.setCurrentIndex(entries.model().index(0, 0))
    room = entries.visualRect(entries.currentIndex())
    third = room.height() // 3
    for top in (room.top(), room.top() + third, room.top() + 2 * third):
        assert_legible(entries.viewport(), QRect(room.left(), top, room.width(), third))


def test_a_selected_section_of_the_states_can_be_read(qtbot, window, looks):
    workspace = window.plan.workspace
    details.assign(
        workspace,
        [action_of(outline(window), BOOTH)],
        vocabularies.add_section(workspace, "企画課"),
        Role.LEAD,
    )
    dialog = StatesDialog(workspace, window)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = dialog.findChild(QTreeView, "states")
    index = shown.model().index(0, 0)
    shown.selectionModel().setCurrentIndex(index, _ROWS)
    for column in (0, 2):
        assert_legible(shown.viewport(), shown.visualRect(index.siblingAtColumn(column)))


def test_the_status_of_a_closed_round_can_be_read(window, looks):
    select(window, BOOTH)
    rounds.close_round(window.plan.workspace, outline(window).round.id)
    QApplication.processEvents()
    word = window.editor.findChild(QWidget, "status_word")
    assert word.isVisible()
    assert word.isEnabled(), "what can only be read is not grey"
    assert_legible(word, word.rect())


@pytest.mark.parametrize("ground", ["#ffffff", "#cde5e1", "#777777", "#1f4f4a", "#000000"])
@pytest.mark.parametrize("colour", ["#ffff00", "#2c7a4b", "#3b6fb6", "#808080", "#000000"])
def test_a_colour_is_moved_until_it_can_be_read(colour, ground):
    assert contrast(legible(colour, QColor(ground)), QColor(ground)) >= TEXT


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert legible("#1b2321", QColor("white")) == QColor("#1b2321")


def test_a_mixture_is_what_is_seen_of_both():
    assert mixed(QColor("#000000"), QColor("#ffffff"), 0.2) == QColor("#cccccc")
