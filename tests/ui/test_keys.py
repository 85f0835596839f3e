"""No key means two things at once: in the window in all its states, and in every dialog."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGroupBox,
    QLabel,
    QMenu,
    QMenuBar,
    QTabBar,
    QTreeView,
)

from kyodo_desktop.domain.nodes import NodeKind, kind_of
from kyodo_desktop.services import rounds
from tests.screenshots import SCENES
from tests.ui.driving import outline
from tests.ui.screens import COMMANDS, each_tab, shown_by


@pytest.fixture
def sample_file(full_master, tmp_path):
    """A plan with something of everything, so that every dialog has something to show."""
    path = tmp_path / "full.kyodo"
    path.write_bytes(full_master.read_bytes())
    return path


@pytest.fixture(autouse=True)
def _in_japanese(qapp):
    """Let Qt's own buttons have the words, and the keys, that they have in the program."""
    translator = QTranslator()
    assert translator.load(
        "qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    )
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def doubles(root):
    """Return each key that does more than one thing in a window, with what it does."""
    owners = defaultdict(set)
    for key, owner in keys_of(root):
        if not key.isEmpty():
            owners[key.toString()].add(owner)
    found = {key: each for key, each in owners.items() if len(each) > 1}
    for menu in root.findChildren(QMenu):
        found |= doubles_in(menu)
    return found


def doubles_in(menu):
    menu.aboutToShow.emit()
    owners = defaultdict(list)
    for action in menu.actions():
        key = QKeySequence.mnemonic(action.text())
        if not key.isEmpty():
            owners[f"{key.toString()} in {menu.title()}"].append(action.text())
    return {key: each for key, each in owners.items() if len(each) > 1}


def keys_of(root):
    """Yield the keys of what can be seen in a window, and of its commands."""
    for action in root.findChildren(QAction):
        if is_of(action, root):
            for key in action.shortcuts():
                yield key, action.text()
    for shortcut in root.findChildren(QShortcut):
        if is_of(shortcut, root) and is_in_reach(shortcut):
            yield shortcut.key(), f"{shortcut.parent().objectName()} {shortcut.key().toString()}"
    for bar in root.findChildren(QMenuBar):
        for action in bar.actions():
            yield QKeySequence.mnemonic(action.text()), action.text()
    for widget in root.findChildren(object):
        if widget.isWidgetType() and widget.isVisible() and widget.window() is root:
            yield from ((key, f"{text} {id(widget)}") for key, text in keys_of_widget(widget))


def is_of(thing, root):
    """Tell what belongs to a window from what belongs to its dialogs."""
    while not thing.isWidgetType():
        thing = thing.parent()
    return thing.window() is root or isinstance(thing, QMenu)


def is_in_reach(shortcut):
    widget_only = Qt.ShortcutContext.WidgetShortcut
    return shortcut.context() != widget_only and shortcut.isEnabled()


def keys_of_widget(widget):
    match widget:
        case QLabel():
            if widget.buddy() is not None:
                yield QKeySequence.mnemonic(widget.text()), widget.text()
        case QAbstractButton():
            yield widget.shortcut(), widget.text()
        case QGroupBox():
            yield QKeySequence.mnemonic(widget.title()), widget.title()
        case QTabBar():
            for place in range(widget.count()):
                text = widget.tabText(place)
                yield QKeySequence.mnemonic(text), text


def assert_no_doubles(screen):
    for _ in each_tab(screen):
        assert not doubles(screen)


def nodes_of(window, kind):
    shown = outline(window)
    nodes = [each for root in shown.roots for each in (root, *shown.below(root))]
    return [each for each in nodes if kind_of(each) is kind]


@pytest.mark.parametrize("width", [1366, 911])
def test_in_the_window_whatever_is_chosen(window, width):
    window.resize(width, 700)
    for node in [each for kind in NodeKind for each in nodes_of(window, kind)[:3]]:
        window.tree.select(node)
        for side in (window.editor, window.tree):
            window.sides.bring_up(side)
            assert_no_doubles(window)
    window.resize(1366, 728)


def test_in_the_window_while_several_are_chosen(window):
    window.tree.select_all(nodes_of(window, NodeKind.PLACEMENT)[:3])
    assert_no_doubles(window)


def test_in_the_window_while_the_round_is_closed(window):
    window.tree.select(nodes_of(window, NodeKind.PLACEMENT)[0])
    rounds.close_round(window.plan.workspace, outline(window).round.id)
    assert_no_doubles(window)


def test_in_the_window_while_the_plan_is_read_only(window, sample_file):
    assert window.files.open(sample_file, read_only=True)
    window.tree.select(nodes_of(window, NodeKind.PLACEMENT)[0])
    assert_no_doubles(window)


def test_in_the_window_whatever_finding_is_chosen(window, qtbot):
    window.features.checks.open()
    window.tree.select(nodes_of(window, NodeKind.PLACEMENT)[0])
    findings = window.findChild(QTreeView, "findings")
    qtbot.waitUntil(lambda: findings.model().rowCount() > 0)
    model = findings.model()
    for place in range(model.rowCount()):
        findings.setCurrentIndex(model.index(0, 0, model.index(place, 0)))
        assert_no_doubles(window)
    window.actions_by_name["checks"].trigger()


def test_at_the_start(empty_window):
    assert_no_doubles(empty_window)


def test_in_what_the_commands_show(window):
    window.tree.select(nodes_of(window, NodeKind.PLACEMENT)[0])
    for name in COMMANDS:
        for screen in shown_by(window, name):
            assert_no_doubles(screen)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_in_all_screens_that_are_pictured(empty_window):
    for reach in SCENES.values():
        shown = reach(empty_window) or empty_window
        QApplication.processEvents()
        assert_no_doubles(shown)
        if shown is not empty_window:
            shown.close()
            QApplication.processEvents()
