"""The figures: what they count, how they look at every width, and by keyboard and ear."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QToolButton

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, progress, rounds, structure, vocabularies
from kyodo_desktop.services.inquiries import asking
from kyodo_desktop.ui.strip import strip as parts
from tests import edits
from tests.builders import action_of

BOOTH = "市民活動ブースの設置"


def rows_of(hands):
    """Return the placements that are shown, and their actions."""
    found, index = [], hands.view.model().index(0, 0)
    while index.isValid():
        found.append(index.internalId())
        index = hands.view.indexBelow(index)
    placements = [each for each in found if is_placement(each)]
    return placements, {hands.workspace.outline.action_id_at(each) for each in placements}


@pytest.fixture
def mixed(hands):
    """A second round in which something of everything is to be found."""
    rounds.open_round(hands.workspace, "平成28年度", 2016, "2016-10-31")
    outline = hands.workspace.outline
    progress.set_status(hands.workspace, list(outline.actions)[:3], 1)
    for each in list(outline.actions)[5:9]:
        edits.set_due(hands.workspace, each, "H28.3")
    for title in ("倉庫", "掲示板"):
        structure.add_action(hands.workspace, hands.node("活動拠点の整備"), title)
    return hands


def test_what_a_figure_says_is_what_it_shows(mixed):
    for kind in (parts.CONFIRMED, parts.OVERDUE, parts.EMPTY, parts.CHANGED):
        figure = mixed.figure(kind.name)
        figure.click()
        rows, actions = rows_of(mixed)
        assert len(actions) == figure.left > 0, kind
        of_actions = f"（実行計画 {len(actions)}）" if len(rows) != len(actions) else ""
        assert mixed.counted.endswith(f" {len(rows)}件を表示中{of_actions}")


def test_the_figures_move_on_with_each_edit(mixed):
    empty, confirmed = mixed.value("empty"), mixed.value("unconfirmed")
    progress.set_status(mixed.workspace, [action_of(mixed.workspace.outline, "倉庫")], 3)
    assert (mixed.value("empty"), mixed.value("unconfirmed")) == (empty - 1, confirmed + 1)
    mixed.workspace.undo()
    assert (mixed.value("empty"), mixed.value("unconfirmed")) == (empty, confirmed)


def test_what_is_filled_in_stays_in_sight_while_its_figure_falls(mixed):
    mixed.press_figure("empty")
    progress.set_status(mixed.workspace, [action_of(mixed.workspace.outline, "倉庫")], 3)
    assert "倉庫" in mixed.rows()
    assert mixed.value("empty") == 1


def test_sections_that_have_not_answered_are_counted_and_their_actions_shown(hands, qtbot):
    workspace = hands.workspace
    section_id = vocabularies.add_section(workspace, "企画課")
    booth = action_of(workspace.outline, BOOTH)
    details.assign(workspace, [booth], section_id, Role.LEAD)
    forms = asking.reply_forms(workspace, [section_id], "2026-12-10", "", "2026-11-23T10:00:00")
    asking.record_sent(workspace, forms)
    qtbot.waitUntil(lambda: hands.value("unanswered") == 1)
    hands.press_figure("unanswered")
    assert hands.counted == "未回答 1件を表示中"
    assert rows_of(hands)[1] == {booth}


def test_in_another_plan_nothing_is_on(hands, sample_file):
    hands.press_figure("unconfirmed") if hands.figure("unconfirmed").isEnabled() else None
    hands.strip.choose(parts.CHANGED)
    assert hands.window.files.open(sample_file)
    assert not any(each.isChecked() for each in hands.strip.figures.values())
    assert hands.window.tree.query.is_empty


def test_a_figure_that_is_none_is_grey_and_leads_nowhere(hands):
    assert not hands.figure("empty").isEnabled()
    assert not hands.figure("overdue").isEnabled()


def test_a_figure_that_is_on_can_be_let_go_of_when_nothing_is_left(mixed):
    mixed.press_figure("empty")
    for title in ("倉庫", "掲示板"):
        action_id = action_of(mixed.workspace.outline, title)
        progress.set_status(mixed.workspace, [action_id], 3)
    assert mixed.value("empty") == 0
    assert mixed.figure("empty").isEnabled()
    mixed.figure("empty").click()
    assert not mixed.figure("empty").isEnabled()


def test_a_figure_keeps_its_place_up_to_three_digits(hands):
    places = [each.geometry() for each in hands.strip.figures.values()]
    for value in (7, 48, 999, 0):
        hands.figure("overdue").show_value(value)
        hands.strip.widen()
        assert [each.geometry() for each in hands.strip.figures.values()] == places
    hands.figure("overdue").show_value(10_000)
    hands.strip.widen()
    wide = [each.geometry() for each in hands.strip.figures.values()]
    assert wide[1].width() > places[1].width()
    hands.figure("overdue").show_value(3)
    hands.strip.widen()
    assert [each.geometry() for each in hands.strip.figures.values()] == wide


@pytest.mark.parametrize("width", [1366, 1024, 911, 800, 683, 500])
def test_nothing_overlaps_at_any_width_and_what_has_no_room_is_in_a_menu(hands, width):
    hands.strip.resize(width, hands.strip.height())
    shown = [each for each in hands.strip.figures.values() if not each.isHidden()]
    more = hands.strip.findChild(QToolButton, "more_figures")
    row = [*shown, *([more] if not more.isHidden() else []), hands.strip.state]
    for left, right in pairwise(row):
        assert left.geometry().right() < right.geometry().left()
    assert row[-1].geometry().right() < width
    gone = [kind for kind, each in hands.strip.figures.items() if each.isHidden()]
    assert gone == [kind for kind in parts.KINDS if kind in parts.GIVE_WAY[: len(gone)]]
    more.menu().aboutToShow.emit()
    captions = [each.text().partition("　")[0] for each in more.menu().actions()]
    assert captions == [kind.caption for kind in gone]
    assert more.isHidden() == (not gone)


def test_a_figure_without_room_is_named_while_it_is_on(mixed):
    more = mixed.strip.findChild(QToolButton, "more_figures")
    mixed.window.resize(683, 600)
    QApplication.processEvents()
    more.menu().aboutToShow.emit()
    (action,) = (each for each in more.menu().actions() if each.text().startswith("変更"))
    action.trigger()
    assert mixed.counted.startswith("変更")
    assert more.text() == "変更 ▾"
    assert mixed.figure("changed").isHidden()
    mixed.window.resize(1366, 728)


def test_it_is_walked_by_keys(mixed, qtbot):
    first = mixed.figure("unconfirmed")
    mixed.strip.take_focus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is mixed.figure("overdue")
    qtbot.keyClick(mixed.figure("overdue"), Qt.Key.Key_Space)
    assert mixed.figure("overdue").isChecked()
    qtbot.keyClick(mixed.figure("overdue"), Qt.Key.Key_Escape)
    assert mixed.strip.wanted.is_all
    qtbot.keyClick(mixed.figure("overdue"), Qt.Key.Key_Left)
    assert first.hasFocus()


def test_the_first_figure_counts_what_it_shows_while_it_is_on(mixed):
    figure = mixed.figure("unconfirmed")
    width, left, of_all = figure.width(), figure.left, figure.value + figure.left
    figure.click()
    assert figure.accessibleName().startswith(f"未確認 {of_all}のうち{left}件")
    assert figure.width() == width
    figure.click()
    assert figure.accessibleName().startswith("確認済")


def test_it_can_be_heard(mixed):
    figure = mixed.figure("unconfirmed")
    heard = QAccessible.queryAccessibleInterface(figure)
    name = heard.text(QAccessible.Text.Name)
    assert name == f"確認済 {figure.value + figure.left}のうち{figure.value}件。" + (
        "押すとまだ確認していないものだけを表示"
    )
    assert heard.state().checkable
    figure.click()
    assert heard.state().checked
    assert "解除" in heard.text(QAccessible.Text.Name)
    assert "実行計画の数です。再掲は数えません。" in figure.toolTip()


def test_a_closed_round_says_so_with_the_way_back(hands):
    rounds.close_round(hands.workspace, hands.workspace.outline.round.id)
    assert "確定済" in hands.strip.state.text
    assert "閲覧のみ" in hands.strip.state.text
    assert "市民 花子" not in hands.strip.state.text
    rounds.reopen_round(hands.workspace, hands.workspace.outline.round.id, "訂正のため")
    assert hands.strip.state.text == "編集中：市民 花子"
