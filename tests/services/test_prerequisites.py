"""An action waits for others of its term, and never for itself by whatever way round."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import ConflictError, GoneError, RefusedError
from kyodo_desktop.domain.prerequisites import required_by, waiting_for
from kyodo_desktop.services import removing, structure
from kyodo_desktop.services.details import add_prerequisite, remove_prerequisite
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries, revert_operation
from tests.builders import action_of, node_of

TITLES = ("市民活動ブースの設置", "市民活動サポートセンターの創設", "職員研修の実施")


@pytest.fixture
def ids(workspace):
    return [action_of(workspace.outline, title) for title in TITLES]


def test_an_action_waits_for_several_and_stops_waiting(workspace, ids):
    booth, centre, training = ids
    before = dump(workspace)
    add_prerequisite(workspace, booth, centre)
    assert workspace.undo_label == "先に終える実行計画に「市民活動サポートセンターの創設」を追加"
    add_prerequisite(workspace, booth, training)
    assert required_by(workspace.outline, booth) == (centre, training)
    assert waiting_for(workspace.outline, centre) == [booth]
    remove_prerequisite(workspace, booth, centre)
    assert workspace.undo_label == "先に終える実行計画から「市民活動サポートセンターの創設」を外す"
    assert required_by(workspace.outline, booth) == (training,)
    after = dump(workspace)
    while workspace.undo():
        pass
    assert dump(workspace) == before
    while workspace.redo():
        pass
    assert dump(workspace) == after


def test_what_is_so_already_is_no_edit(workspace, ids):
    booth, centre, training = ids
    add_prerequisite(workspace, booth, centre)
    before = workspace.outline
    add_prerequisite(workspace, booth, centre)
    remove_prerequisite(workspace, booth, training)
    assert workspace.outline is before


def test_a_circle_is_refused_by_name(workspace, ids):
    booth, centre, training = ids
    add_prerequisite(workspace, booth, centre)
    add_prerequisite(workspace, centre, training)
    before = workspace.outline
    way = (
        "「職員研修の実施」→「市民活動ブースの設置」→「市民活動サポートセンターの創設」"
        "→「職員研修の実施」と順番が一巡"
    )
    with pytest.raises(RefusedError, match=way):
        add_prerequisite(workspace, training, booth)
    with pytest.raises(RefusedError, match="自分自身より先"):
        add_prerequisite(workspace, booth, booth)
    assert workspace.outline is before


def test_a_circle_does_not_come_back_with_an_old_step_either(workspace, ids):
    booth, centre, _ = ids
    add_prerequisite(workspace, booth, centre)
    remove_prerequisite(workspace, booth, centre)
    removed = entries(workspace, limit=1)[0].id
    add_prerequisite(workspace, centre, booth)
    before = dump(workspace)
    with pytest.raises(ConflictError, match=r"「市民活動ブースの設置」→.*一巡"):
        revert_operation(workspace, removed)
    assert dump(workspace) == before


def test_another_term_is_no_prerequisite(workspace, ids):
    later = structure.add_heading(workspace, workspace.outline.roots[1], "後期の環境")
    node = structure.add_action(workspace, later, "後期の計画")
    with pytest.raises(RefusedError, match="別の期の実行計画のため"):
        add_prerequisite(workspace, ids[0], workspace.outline.action_at(node).id)


def test_what_is_deleted_is_waited_for_no_longer(workspace, ids):
    booth, centre, _ = ids
    add_prerequisite(workspace, booth, centre)
    removing.delete(workspace, [node_of(workspace.outline, TITLES[1])])
    assert centre not in workspace.outline.actions
    assert required_by(workspace.outline, booth) == ()
    with pytest.raises(GoneError, match="もう計画にありません"):
        add_prerequisite(workspace, booth, centre)
