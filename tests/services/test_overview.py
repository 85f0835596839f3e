"""What the overview learns from the plan's file."""

from __future__ import annotations

import pytest

from kyodo_desktop.services import overview, progress, rounds, structure
from tests import edits
from tests.builders import action_of, node_of

BOOTH, STAFF = "市民活動ブースの設置", "職員研修の実施"


@pytest.fixture
def seen(workspace):
    """What was seen before anything happens."""
    return overview.LastSeen(overview.newest_step(workspace))


def told(workspace, seen):
    outline = workspace.outline
    return [
        (
            outline.actions[each.action_id].title if each.action_id else "",
            (each.before, each.after) if each.is_status else each.what,
            each.author,
        )
        for each in overview.news_since(workspace, seen)
    ]


def test_nothing_happened_yet(workspace, seen):
    assert told(workspace, seen) == []


def test_a_new_status_is_told_with_the_old_one(workspace, seen):
    progress.set_status(workspace, [action_of(workspace.outline, BOOTH)], 1)
    assert told(workspace, seen) == [(BOOTH, (2, 1), "市民 花子")]


def test_several_steps_at_one_action_are_told_once_by_what_they_came_to(workspace, seen):
    booth = action_of(workspace.outline, BOOTH)
    progress.set_status(workspace, [booth], 1)
    progress.set_status(workspace, [booth], 3)
    edits.set_note(workspace, booth, "確認")
    assert told(workspace, seen) == [(BOOTH, (2, 3), "市民 花子")]


def test_what_was_taken_back_is_not_told(workspace, seen):
    progress.set_status(workspace, [action_of(workspace.outline, BOOTH)], 1)
    workspace.undo()
    assert told(workspace, seen) == []


def test_other_fields_are_told_by_their_names(workspace, seen):
    edits.set_due(workspace, action_of(workspace.outline, BOOTH), "H28.3")
    assert told(workspace, seen) == [(BOOTH, "完了予定", "市民 花子")]


def test_what_belongs_to_no_action_and_what_is_large_is_told_as_a_step(workspace, seen):
    structure.rename(workspace, node_of(workspace.outline, "環境づくり"), "環境")
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    labels = [what for _, what, _ in told(workspace, seen)]
    assert len(labels) == 2
    assert "調査「平成28年度」を始める" in labels


def test_ones_own_steps_are_left_out(workspace, seen):
    workspace.subscribe(lambda changes: seen.own.add(changes.operation_id))
    progress.set_status(workspace, [action_of(workspace.outline, BOOTH)], 1)
    assert told(workspace, seen) == []


def test_a_round_is_read_by_the_least_advanced_line_of_each_action(workspace):
    outline = workspace.outline
    found = overview.statuses_in(workspace, outline.round.id)
    assert found == {
        action_id: None if (status := outline.status(action_id)) is None else status.id
        for action_id in outline.lines
    }
    staff = action_of(outline, STAFF)
    progress.set_status(workspace, [staff], 1)
    assert overview.statuses_in(workspace, outline.round.id)[staff] == 1
