"""Whatever a plan's words look like, every screen shows them as they are."""

from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser, QTreeView

from kyodo_desktop.domain.checks.rules import RULES
from kyodo_desktop.domain.nodes import NodeKind, kind_of
from kyodo_desktop.pages.options import LISTING, ReportOptions
from kyodo_desktop.services import checking, progress
from tests import edits
from tests.builders import opened
from tests.hostile import MARKUP, WORDS, hostile_copy
from tests.ui.inquiries.hands import sent
from tests.ui.looking import misread, texts_of
from tests.ui.screens import COMMANDS, dialogs, each_tab, shown_by


@pytest.fixture(scope="session")
def hostile_master(full_master, tmp_path_factory):
    return hostile_copy(full_master, tmp_path_factory.mktemp("hostile") / "hostile.kyodo")


@pytest.fixture
def sample_file(hostile_master, tmp_path):
    """A plan in a file whose name is no better than what is in it."""
    folder = tmp_path / "<b>太字<"  # the rest is the name of the file below
    folder.mkdir()
    (folder / "b>&amp; A&B\u202e逆").mkdir()
    path = folder / "b>&amp; A&B\u202e逆" / "名前A&B\u202e.kyodo"
    path.write_bytes(hostile_master.read_bytes())
    return path


@pytest.fixture
def settings(settings):
    settings.display_name = f"花子{WORDS}"
    return settings


@pytest.fixture
def plain():
    """Look through a screen, each of its tabs, and fail over what is not shown as it is."""

    def plain(screen):
        for _ in each_tab(screen):
            look(screen)

    return plain


@pytest.mark.parametrize("kind", NodeKind)
def test_the_window_shows_the_words_as_they_are(window, plain, kind):
    outline = window.plan.workspace.outline
    nodes = [each for root in outline.roots for each in (root, *outline.below(root))]
    for node in [each for each in nodes if kind_of(each) is kind][:8]:
        window.tree.select(node)
        plain(window)
    assert sum(MARKUP in text for _, _, text in texts_of(window)) > 100


def test_what_the_commands_show_is_shown_as_it_is(window, plain):
    for name in COMMANDS:
        window.tree.select(node_at(window, NodeKind.PLACEMENT))
        for screen in shown_by(window, name):
            if screen is not window:
                plain(screen)
    plain(window)


def look(screen):
    faults = misread(screen)
    assert not faults, "\n".join(sorted(faults))


def test_several_actions_are_shown_as_they_are(window, plain):
    choose_two(window)
    plain(window)


def test_two_actions_are_joined_as_they_are(window, plain):
    nodes = choose_two(window)
    window.actions_by_name["join"].trigger()
    plain(*dialogs(window))
    dialogs(window)[0].accept()
    look(window)
    window.actions_by_name["undo"].trigger()
    assert nodes
    look(window)


def test_a_comparison_is_shown_as_it_is(window, plain, qtbot):
    edits.set_note(window.plan.workspace, 1, WORDS.strip("\0"))
    window.actions_by_name["compare"].trigger()
    changes = window.findChild(QTextBrowser, "changes")
    qtbot.waitUntil(lambda: MARKUP in changes.toPlainText())
    plain(window)


def test_findings_are_shown_as_they_are(window, plain, qtbot):
    workspace = window.plan.workspace
    checking.use_rules(workspace, RULES)
    for action_id in workspace.outline.lines:
        edits.set_due(workspace, action_id, "H24.3")
    window.features.checks.open()
    model = window.findChild(QTreeView, "findings").model()
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    plain(window)
    window.actions_by_name["checks"].trigger()


def test_a_table_of_others_is_shown_as_it_is(window, plain, qtbot, tmp_path):
    words = WORDS.strip("\0").replace('"', "'")
    rows = ["番号,取組,担当課,評価,実績", f"{words},,,,"]
    rows += [f"{place},取組{place}{words},課{words},○{words},実績{words}" for place in range(1, 5)]
    table = tmp_path / "表A&B\u202e.csv"
    table.write_text("\n".join(each.replace("\u2028", "") for each in rows), encoding="utf-8-sig")
    window.features.imports.import_table(table)
    (page,) = dialogs(window)
    if page.found is None:
        qtbot.waitSignal(page.settled).wait()
    assert len(page.found.rows.found.actions) == 4
    plain(page)
    page.deleteLater()


def test_what_is_pasted_is_shown_as_it_is(window, plain):
    data = QMimeData()
    data.setText(f"番号\t取組名\t担当課\t評価\n1\t講座{WORDS}\t課{WORDS}\tたぶん{WORDS}\n")
    QGuiApplication.clipboard().setMimeData(data)
    window.tree.select(node_at(window, NodeKind.HEADING))
    window.tree.setFocus()
    window.actions_by_name["paste"].trigger()
    plain(*dialogs(window))


def test_answers_are_shown_as_they_are(window, plain, qtbot, tmp_path):
    workspace = window.plan.workspace
    files = sent(workspace, tmp_path / "回答A&B\u202e", covering=f"文{MARKUP}")
    line = next(line for lines in workspace.outline.lines.values() for line in lines)
    progress.set_line_text(workspace, line.id, f"別の文{MARKUP}")
    with qtbot.waitSignal(window.features.answers.read):
        window.features.answers.take_dropped([*files.values()])
    plain(*dialogs(window))


def test_a_plan_that_is_open_elsewhere_is_told_as_it_is(empty_window, plain, sample_file, clock):
    with closing(opened(sample_file, clock, author=f"花子{WORDS}")):
        assert not empty_window.files.open(sample_file)
        (question,) = dialogs(empty_window)
        assert MARKUP in question.text()
        plain(question)


def test_what_cannot_be_opened_is_told_as_it_is(window, plain, tmp_path):
    other = tmp_path / f"{MARKUP.replace('/', '')}\u202e.kyodo"
    other.write_text("これは計画ではありません", encoding="utf-8")
    assert not window.files.open(other)
    plain(*dialogs(window))


def test_the_start_page_names_files_as_they_are(empty_window, plain, sample_file):
    for path in (sample_file, sample_file.with_name("ない\u202e.kyodo")):
        empty_window.settings.remember_file(path)
    empty_window.files.show_recent(empty_window.start_page)
    plain(empty_window)
    assert any("名前A&B" in text for _, _, text in texts_of(empty_window))


def test_what_was_written_is_told_as_it_is(window, qtbot, tmp_path):
    options = ReportOptions(parts=(LISTING,), font="ＭＳ ゴシック")
    with qtbot.waitSignal(window.features.exports.ended):
        window.features.exports.export(
            [tmp_path / "表<b>A&B\u202e.xlsx"], options, open_afterwards=False
        )
    assert "A&B〔U+202E〕" in window.toast.text
    look(window)


def choose_two(window):
    """Choose two actions of one term, as a person does with Shift."""
    first = node_at(window, NodeKind.PLACEMENT)
    window.tree.select(first)
    tree = window.tree.findChild(QTreeView)
    QTest.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    nodes = window.tree.selected_nodes()
    assert len(nodes) == 2
    return nodes


def node_at(window, kind):
    outline = window.plan.workspace.outline
    return next(each for each in outline.below(outline.roots[0]) if kind_of(each) is kind)
