"""A revision records what the plan became; its 新旧対照表 follows from the history."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.services import next_term, progress, removing, rounds, structure
from kyodo_desktop.services.comparing import (
    before_after_of_revision,
    changed_by_revision,
    compare_revisions,
    delete_revision,
    edit_revision,
    record_revision,
    set_reason,
)
from kyodo_desktop.services.dump import dump
from tests import edits
from tests.builders import action_of, node_of

BOOTH = "市民活動ブースの設置"


def shown(segments):
    return "".join(f"[{each.text}]" if each.changed else each.text for each in segments)


def revised(workspace):
    """Change the plan, record it, and change it again."""
    structure.rename(workspace, node_of(workspace.outline, BOOTH), "市民活動ブースの増設")
    removing.delete(workspace, [node_of(workspace.outline, "職員研修の実施")])
    structure.add_action(workspace, node_of(workspace.outline, "活動拠点の整備"), "交流会")
    progress.set_status(workspace, [2], 3)
    revision_id = record_revision(workspace, "中間見直し", "2026-11-20", "社会情勢の変化")
    edits.set_due(workspace, 1, "H40.3")
    return revision_id


def test_a_revision_is_what_changed_up_to_it_and_not_after(workspace):
    revision_id = revised(workspace)
    labels = [each.labels for each in changed_by_revision(workspace, revision_id).changes]
    assert sorted(labels) == [["削除"], ["文言変更"], ["新規"], ["状態"]]
    later = record_revision(workspace, "次の見直し", "2026-11-21")
    assert [each.labels for each in changed_by_revision(workspace, later).changes] == [
        ["完了予定"]
    ]


def titles_changed(workspace, revision_id):
    """Return the titles in the 新旧対照表 of a revision, and what it is compared with."""
    table = before_after_of_revision(workspace, revision_id)
    rows = [row for group in table.groups for row in group.rows]
    return table.old, ["".join(each.text for each in row.new) for row in rows]


def test_what_was_put_right_before_the_first_report_is_no_revision(workspace):
    (first,) = workspace.outline.rounds
    structure.rename(workspace, node_of(workspace.outline, BOOTH), "ブースの設置")
    rounds.close_round(workspace, first)
    structure.rename(workspace, node_of(workspace.outline, "職員研修の実施"), "研修の充実")
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    structure.rename(workspace, node_of(workspace.outline, "環境づくり"), "環境")
    revision_id = record_revision(workspace, "中間見直し", "2016-12-01")
    old, titles = titles_changed(workspace, revision_id)
    assert old == "調査「平成27年度」の確定時"
    assert sorted(titles) == ["1 環境", "5-(2)-① 研修の充実"]
    later = record_revision(workspace, "再度の見直し", "2017-12-01")
    assert titles_changed(workspace, later) == ("見直し「中間見直し」", [])


def test_a_round_that_was_never_closed_was_reported_when_the_next_one_began(workspace):
    structure.rename(workspace, node_of(workspace.outline, BOOTH), "ブースの設置")
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    structure.rename(workspace, node_of(workspace.outline, "環境づくり"), "環境")
    revision_id = record_revision(workspace, "中間見直し", "2016-12-01")
    assert titles_changed(workspace, revision_id) == (
        "調査「平成28年度」を始める前",
        ["1 環境"],
    )


def test_the_next_term_is_in_force_as_it_began_or_was_first_reported(workspace, clock):
    clock.time = clock.time.replace(year=2015)
    next_term.draw_up(workspace, next_term.proposed(workspace))
    clock.time = clock.time.replace(year=2018)
    (first,) = workspace.outline.rounds
    rounds.close_round(workspace, first)
    booth = node_of(workspace.outline, BOOTH, nth=1)
    structure.rename(workspace, booth, "ブースの増設")
    revision_id = record_revision(workspace, "後期の見直し", "2018-12-01")
    assert titles_changed(workspace, revision_id) == ("後期の開始時", ["1-(1)-① ブースの増設"])


def test_a_revision_before_any_round_is_the_decision_of_the_plan(workspace):
    (first,) = workspace.outline.rounds
    structure.rename(workspace, node_of(workspace.outline, BOOTH), "ブースの設置")
    revision_id = record_revision(workspace, "計画の決定", "2010-12-01")
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    rounds.delete_round(workspace, first)
    assert titles_changed(workspace, revision_id) == ("計画の決定", [])


def test_two_revisions_are_compared_with_each_other(workspace):
    first = record_revision(workspace, "計画の決定", "2026-11-01")
    second = revised(workspace)
    labels = [each.labels for each in compare_revisions(workspace, first, second).changes]
    assert sorted(labels) == [["削除"], ["文言変更"], ["新規"], ["状態"]]


def test_the_before_after_table_shows_new_old_and_why(workspace):
    revision_id = revised(workspace)
    booth = action_of(workspace.outline, "市民活動ブースの増設")
    set_reason(workspace, revision_id, "action", booth, "需要が増えたため")
    groups = before_after_of_revision(workspace, revision_id).groups
    assert groups[0].title == "1 環境づくり ＞ (1) 活動拠点の整備"
    rows = [(shown(row.new), shown(row.old), row.reason) for row in groups[0].rows]
    assert rows == [
        ("1-(1)-① 市民活動ブースの[増設]", "1-(1)-① 市民活動ブースの[設置]", "需要が増えたため"),
        ("[1-(1)-② 交流会]", "（新設）", "社会情勢の変化"),
    ]
    (gone,) = [row for each in groups for row in each.rows if shown(row.new) == "（削除）"]
    assert "職員研修の実施" in shown(gone.old)
    assert sum(len(each.rows) for each in groups) == 3


def test_revisions_are_edited_deleted_and_undone(workspace):
    before = dump(workspace)
    revision_id = record_revision(workspace, "見直し", "2026-11-20")
    edit_revision(workspace, revision_id, "中間見直し", "2026-11-21", "理由")
    assert workspace.outline.revisions[revision_id][1:4] == ("中間見直し", "2026-11-21", "理由")
    set_reason(workspace, revision_id, "heading", 1, "一")
    set_reason(workspace, revision_id, "heading", 1, "二")
    assert [each.text for each in workspace.outline.revision_reasons.values()] == ["二"]
    delete_revision(workspace, revision_id)
    assert workspace.outline.revisions == workspace.outline.revision_reasons == {}
    while workspace.undo():
        pass
    assert dump(workspace) == before


def test_an_empty_reason_is_none(workspace):
    revision_id = record_revision(workspace, "見直し", "2026-11-20")
    set_reason(workspace, revision_id, "heading", 1, "一")
    set_reason(workspace, revision_id, "heading", 1, " ")
    assert workspace.outline.revision_reasons == {}


@pytest.mark.parametrize(("name", "day"), [("", "2026-11-20"), ("既", "2026-11-20"), ("新", "x")])
def test_what_does_not_fit_is_refused(workspace, name, day):
    record_revision(workspace, "既", "2026-11-20")
    with pytest.raises(InvalidInputError):
        record_revision(workspace, name, day)
