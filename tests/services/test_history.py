"""The permanent history tells who did what, when, and takes single steps back."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from kyodo_desktop.domain.changes import field_changes
from kyodo_desktop.domain.errors import ConflictError, GoneError, PlanError, RefusedError
from kyodo_desktop.services import moving, progress, removing, structure
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries, revert_operation
from tests import edits
from tests.builders import node_of, opened


def newest(workspace):
    return entries(workspace, limit=1)[0]


def told(workspace):
    return [each[1:] for each in field_changes(workspace.outline, newest(workspace).rows)]


def find(workspace, title):
    return node_of(workspace.outline, title)


def test_a_step_tells_who_when_and_what(workspace, clock):
    clock.time += timedelta(minutes=3)
    edits.set_due(workspace, 1, "H28.3")
    entry = newest(workspace)
    assert entry[1:4] == ("2026-11-23T18:03:00+09:00", "市民 花子", "完了予定を変更")
    assert told(workspace) == [("実行計画", "完了予定", "", "平成28年3月")]


EDITS = {
    "rename": (
        lambda ws: structure.rename(ws, find(ws, "環境づくり"), "環境"),
        ("見出し", "名称", "環境づくり", "環境"),
    ),
    "renumber": (
        lambda ws: structure.renumber(ws, find(ws, "職員研修の実施"), "②"),
        ("掲載", "番号", "", "②"),
    ),
    "add": (
        lambda ws: structure.add_heading(ws, ws.outline.roots[1], "環境"),
        ("見出し", "追加", "", "環境"),
    ),
    "move": (
        lambda ws: moving.move(
            ws, [find(ws, "市民活動ブースの設置")], find(ws, "担い手支援の充実")
        ),
        ("掲載", "掲載先", "活動拠点の整備", "担い手支援の充実"),
    ),
    "delete": (
        lambda ws: removing.delete(ws, [find(ws, "職員研修の実施")]),
        ("進捗状況", "削除", "・ 継続中 担当職員を専門研修へ派遣中", ""),
    ),
    "status": (
        lambda ws: progress.set_status(ws, [1], 1),
        ("進捗状況", "状態", "◇ 完了の目途", "✓ 完了"),
    ),
    "direction": (
        lambda ws: edits.set_direction(ws, [1], 2),
        ("今後の方向性", "追加", "", "拡充"),
    ),
    "note": (lambda ws: edits.set_note(ws, 1, "メモ"), ("実行計画", "備考", "", "メモ")),
}


@pytest.mark.parametrize("edit", EDITS)
def test_old_and_new_of_every_kind_of_edit_are_told_and_taken_back_after_a_restart(
    sample_file, clock, edit
):
    change, expected = EDITS[edit]
    with closing(opened(sample_file, clock)) as plan:
        before = dump(plan.workspace)
        change(plan.workspace)
        assert expected in told(plan.workspace)
        after = dump(plan.workspace)
    with closing(opened(sample_file, clock, author="別の 太郎")) as plan:
        step = newest(plan.workspace)
        revert_operation(plan.workspace, step.id)
        assert dump(plan.workspace) == before
        assert newest(plan.workspace)[2:5] == (
            "別の 太郎",
            f"「{step.label}」を元に戻す",
            step.id,
        )
        plan.workspace.undo()
        assert dump(plan.workspace) == after


def test_undo_and_redo_are_in_the_history_too(workspace):
    edits.set_start(workspace, 1, 2015)
    workspace.undo()
    workspace.redo()
    assert [each.label for each in entries(workspace)][:3] == [
        "やり直し：開始年度を変更",
        "元に戻す：開始年度を変更",
        "開始年度を変更",
    ]
    ids = [each.id for each in entries(workspace)]
    assert [each.reverses_id for each in entries(workspace)][:3] == [ids[1], ids[2], None]


def test_what_was_changed_since_is_named_and_kept(workspace):
    edits.set_due(workspace, 1, "H28.3")
    first = newest(workspace).id
    workspace.end_typing()
    edits.set_due(workspace, 1, "H29.3")
    before = workspace.outline
    with pytest.raises(ConflictError, match="実行計画の完了予定がさらに変更されています"):
        revert_operation(workspace, first)
    assert workspace.outline is before


def test_other_fields_that_were_changed_since_are_kept(workspace):
    edits.set_due(workspace, 1, "H28.3")
    first = newest(workspace).id
    edits.set_note(workspace, 1, "メモ")
    revert_operation(workspace, first)
    assert workspace.outline.actions[1][5:7] == (None, "メモ")


@pytest.mark.parametrize("again", [True, False])
def test_what_was_deleted_or_taken_back_since_is_told(workspace, again):
    line_id = progress.add_line(workspace, 1, "新しい行")
    added = newest(workspace).id
    progress.set_line_text(workspace, line_id, "文")
    typed = newest(workspace).id
    progress.delete_line(workspace, line_id)
    deleted = newest(workspace).id
    with pytest.raises(ConflictError, match="対象の項目が削除されています"):
        revert_operation(workspace, added if again else typed)
    revert_operation(workspace, deleted)
    with pytest.raises(ConflictError, match="既に元に戻されています"):
        revert_operation(workspace, deleted)


def test_an_action_is_not_taken_back_while_later_lines_build_on_it(workspace):
    node = structure.add_action(workspace, find(workspace, "活動拠点の整備"), "新しい計画")
    added = newest(workspace).id
    progress.add_line(workspace, workspace.outline.action_at(node).id, "書いた")
    before, saved = dump(workspace), len(entries(workspace))
    with pytest.raises(PlanError, match=r"変更できませんでした.*そのまま残っています"):
        revert_operation(workspace, added)
    assert dump(workspace) == before
    assert len(entries(workspace)) == saved
    assert workspace.undo_label == "進捗状況の行を追加"


def test_the_making_of_the_plan_and_a_step_that_is_not_there_are_refused(workspace):
    with pytest.raises(RefusedError, match="計画の作成は元に戻せません"):
        revert_operation(workspace, 1)
    with pytest.raises(GoneError, match="履歴にありません"):
        revert_operation(workspace, 999)


def test_the_history_of_one_action_holds_only_its_own(workspace):
    progress.set_status(workspace, [1, 2], 1)
    edits.set_note(workspace, 2, "メモ")
    assert [each.label for each in entries(workspace, action_id=1)] == [
        "状態を「✓ 完了」に変更（2件）"
    ]
    assert len(entries(workspace, action_id=1)[0].rows) == 1
