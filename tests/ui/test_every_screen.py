"""Every screen, for those who use it without a mouse or hear it read out."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

import pytest
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QTabBar

from kyodo_desktop.domain.nodes import NodeKind
from kyodo_desktop.ui.widgets import theme
from tests.screenshots import SCENES
from tests.ui import hearing
from tests.ui.driving import tree
from tests.ui.screens import COMMANDS, each_tab, shown_by
from tests.ui.test_keys import nodes_of, sample_file  # noqa: F401

KINDS = {
    "names": hearing.unheard,
    "way": hearing.lost_on_the_way,
    "rings": partial(hearing.without_ring, known=set()),
    "words": partial(hearing.illegible, known=set()),
}
TABS = ("main", "checks", "comparison", "history")
_FOUND: dict[str, set[str]] = defaultdict(set)


@pytest.fixture
def found(window):
    """What is wrong with the screens, by kind: found for all kinds in one walk through them."""
    if not _FOUND:
        for _ in each_state(window):
            look_at(window)
        for name in COMMANDS:
            for screen in shown_by(window, name):
                if isinstance(screen, QDialog):
                    for _ in each_tab(screen):
                        look_at(screen)
    return _FOUND


def look_at(screen):
    for kind, look in KINDS.items():
        _FOUND[kind] |= look(screen)


def each_state(window):
    """Let the window show its tabs, for one node, for several and for a heading."""
    actions = nodes_of(window, NodeKind.PLACEMENT)
    choices = ([nodes_of(window, NodeKind.HEADING)[0]], actions[:2], actions[:1])
    for chosen in choices:
        window.tree.select_all(chosen)
        for tab in TABS if len(chosen) == 1 else TABS[:1]:
            window.side.show_tab(tab)
            QApplication.processEvents()
            yield
    window.side.show_tab("main")


def test_every_control_has_a_name_and_is_heard_as_what_it_is(found):
    assert found["names"] == set()


def test_tab_leads_once_through_every_screen_in_its_order_and_out_of_every_field(found):
    assert found["way"] == set()


def test_the_focus_is_seen_on_every_control(found):
    assert found["rings"] == set()


def test_all_words_can_be_read(found):
    assert found["words"] == set()


def dark():
    colours = theme.of_scheme(is_dark=True)
    return colours, theme.palette_of(colours)


def high_contrast():
    """White on black, as Windows has it: the selection is yellow."""
    palette = QPalette(QColor("black"))
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.Button):
        palette.setColor(role, QColor("black"))
    for role in (
        *(QPalette.ColorRole.WindowText, QPalette.ColorRole.Text),
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(role, QColor("white"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#ffff00"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("black"))
    return theme.of_palette(palette), palette


@pytest.fixture(params=[dark, high_contrast])
def other_look(qapp, request):
    light = theme.of_scheme(is_dark=False)
    theme.dress(*request.param())
    yield
    theme.dress(light, theme.palette_of(light))


@pytest.mark.parametrize("name", ["plan_settings", "export"])
def test_all_words_can_be_read_and_the_focus_is_seen_in_other_looks(other_look, window, name):
    for screen in shown_by(window, name):
        for _ in each_tab(screen):
            assert hearing.illegible(screen, known=set()) == set()
            assert hearing.without_ring(screen, known=set()) == set()


def test_the_window_can_be_read_and_shows_its_focus_in_other_looks(other_look, window):
    rings = partial(hearing.without_ring, known=set())
    words = partial(hearing.illegible, known=set())
    for _ in each_state(window):
        assert rings(window) | words(window) == set()


def heard(widget):
    """Return what is read out of a control, and of the cells of a view."""
    found = QAccessible.queryAccessibleInterface(widget)
    children = map(found.child, range(min(found.childCount(), 200)))
    name = QAccessible.Text.Name
    return " ".join([found.text(name), *(each.text(name) for each in children if each)])


def test_status_delay_and_counts_are_heard_and_are_no_mere_colours(window, qtbot):
    window.tree.select(nodes_of(window, NodeKind.PLACEMENT)[0])
    row = heard(tree(window))
    for said in ("完了の目途、前回のまま", "期限超過", "完了 2/6"):
        assert said in row, "of an action and of the heading above it"
    figures = window.findChildren(QAbstractButton)
    told = " ".join(heard(each) for each in figures if each.isVisible())
    for said in ("確認済 54のうち0件", "期限超過 1件", "未記入 25件", "変更 24件"):
        assert said in told
    tabs = window.side.findChild(QTabBar, "side_tabs")
    qtbot.waitUntil(lambda: any(char.isdigit() for char in tabs.tabText(1)))
    assert "点検" in heard(tabs)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_start_page_and_a_table_that_is_taken_in_leave_nobody_out(empty_window):
    looks = {**KINDS, "rings": partial(hearing.without_ring, known=set())}
    for name in ("start", "import"):
        shown = SCENES[name](empty_window) or empty_window
        QApplication.processEvents()
        for _ in each_tab(shown):
            assert set().union(*(look(shown) for look in looks.values())) == set()
        shown.close()
