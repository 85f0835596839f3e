"""The marked lines of 進捗状況 are added, marked, moved and deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import GoneError, InvalidInputError, RefusedError
from kyodo_desktop.services import progress, structure
from tests.builders import action_of, marks, node_of, opened

TRAINING = "職員研修の実施"  # two lines


def texts(workspace, action_id):
    return [line.text for line in workspace.outline.lines.get(action_id, ())]


def status(workspace, mark):
    return next(each.id for each in workspace.outline.statuses.values() if each.mark == mark)


def line_ids(workspace, action_id):
    return [line.id for line in workspace.outline.lines[action_id]]


@pytest.fixture
def training(workspace):
    return action_of(workspace.outline, TRAINING)


def test_all_lines_of_several_actions_get_a_status_in_one_step(workspace, training):
    booth = action_of(workspace.outline, "市民活動ブースの設置")
    before = marks(workspace.outline)
    progress.set_status(workspace, [booth, training, booth], status(workspace, "✓"))
    assert marks(workspace.outline) == f"✓{before[1:-1]}✓"
    assert workspace.undo_label == "状態を「✓ 完了」に変更（2件）"
    workspace.undo()
    assert marks(workspace.outline) == before


def test_an_action_without_a_line_gets_one(workspace):
    node = structure.add_action(workspace, node_of(workspace.outline, "活動拠点の整備"))
    action_id = workspace.outline.action_at(node).id
    progress.set_status(workspace, [action_id], status(workspace, "◇"))
    assert texts(workspace, action_id) == [""]
    assert workspace.outline.status(action_id).mark == "◇"


def test_lines_are_added_behind_the_others_and_deleted(workspace, training):
    line_id = progress.add_line(workspace, training, "庁内報\r\nを発行")
    assert [text[:3] for text in texts(workspace, training)] == ["市内職", "担当職", "庁内報"]
    assert texts(workspace, training)[-1] == "庁内報\nを発行"
    progress.delete_line(workspace, line_ids(workspace, training)[0])
    assert [line.position for line in workspace.outline.lines[training]] == [0, 1]
    assert line_ids(workspace, training)[-1] == line_id


def test_the_last_line_deleted_leaves_the_action_blank(workspace, training):
    for line_id in line_ids(workspace, training):
        progress.delete_line(workspace, line_id)
    assert workspace.outline.status(training) is None
    assert training not in workspace.outline.lines


@pytest.mark.parametrize(
    ("steps", "order"), [(1, [1, 0, 2]), (2, [1, 2, 0]), (9, [1, 2, 0]), (-1, [0, 1, 2])]
)
def test_a_line_moves_and_stays_at_either_end(workspace, training, steps, order):
    progress.add_line(workspace, training)
    ids = line_ids(workspace, training)
    progress.move_line(workspace, ids[0], steps)
    assert line_ids(workspace, training) == [ids[place] for place in order]


def test_a_line_has_a_mark_and_a_section_of_its_own(workspace, training):
    first, second = line_ids(workspace, training)
    progress.set_line_status(workspace, first, status(workspace, "✓"))
    progress.set_line_section(workspace, second, 1)
    lines = workspace.outline.lines[training]
    assert [line.status_id for line in lines] == [status(workspace, "✓"), status(workspace, "・")]
    assert [line.section_id for line in lines] == [None, 1]
    progress.set_line_status(workspace, second, None)
    assert workspace.outline.status(training).mark == "✓"


def test_a_text_is_checked_before_it_is_written(workspace, training):
    (first, _), before = line_ids(workspace, training), workspace.outline
    with pytest.raises(InvalidInputError, match="「進捗状況」の2文字目"):
        progress.set_line_text(workspace, first, "あ\0")
    with pytest.raises(InvalidInputError, match="「進捗状況」が長すぎます"):
        progress.add_line(workspace, training, "あ" * 32_001)
    assert workspace.outline is before


def test_a_line_that_is_gone_is_told(workspace):
    with pytest.raises(GoneError, match="既に削除されています"):
        progress.set_line_text(workspace, 999, "文")


EDITS = {
    "set_status": lambda ws: progress.set_status(ws, [1], 1),
    "add_line": lambda ws: progress.add_line(ws, 1),
    "set_line_text": lambda ws: progress.set_line_text(ws, 1, "文"),
    "set_line_status": lambda ws: progress.set_line_status(ws, 1, 1),
    "set_line_section": lambda ws: progress.set_line_section(ws, 1, 1),
    "move_line": lambda ws: progress.move_line(ws, 1, 1),
    "delete_line": lambda ws: progress.delete_line(ws, 1),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("UPDATE round SET closed_at = '2016-04-01'", "「平成27年度」は確定済みのため"),
        ("DELETE FROM progress; DELETE FROM round", "調査がまだないため"),
    ],
)
def test_a_round_that_is_closed_or_missing_takes_no_progress(
    sample_file, clock, edit, script, words
):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.executescript(script)
    with closing(opened(sample_file, clock)) as plan, pytest.raises(RefusedError, match=words):
        EDITS[edit](plan.workspace)
