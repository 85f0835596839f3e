"""What was chosen of an answer is written in one step, and nothing else."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.changes import field_changes
from kyodo_desktop.domain.errors import ConflictError, RefusedError
from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.services import progress, removing, rounds, vocabularies
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries
from kyodo_desktop.services.inquiries.accepting import accept, record_received, review
from tests import edits
from tests.services.inquiries.answers import SENT_AT, came_back, filled, sent


@pytest.fixture
def answer(workspace, lead):
    return came_back(sent(workspace, [lead])[0])


def accept_all(workspace, answer):
    found = review(workspace, answer)
    accept(workspace, found, found.defaults)


def said(workspace, action_id):
    outline = workspace.outline
    return [
        (getattr(outline.statuses.get(line.status_id), "mark", ""), line.text, line.section_id)
        for line in outline.lines.get(action_id, ())
    ]


def test_only_what_was_chosen_is_written(workspace, answer):
    found = review(workspace, filled(answer, 0, status="✓", text="開設した", note="備考"))
    chosen = {each.id for each in found.differences if each.field is action_fields.PROGRESS}
    accept(workspace, found, chosen)
    assert said(workspace, 1) == [("◇", "開設した", None)]
    assert workspace.outline.actions[1].note == ""


def test_a_clash_is_written_when_somebody_chose_it(workspace, answer):
    line = workspace.outline.lines[1][0]
    progress.set_line_text(workspace, line.id, "主管課の文")
    found = review(workspace, filled(answer, 0, text="担当課の文"))
    accept(workspace, found, found.defaults)
    assert said(workspace, 1)[0][1] == "主管課の文"
    accept(workspace, found, {each.id for each in found.clashes})
    assert said(workspace, 1)[0][1] == "担当課の文"


def test_a_line_that_was_deleted_comes_back_when_somebody_chose_it(workspace, answer):
    progress.delete_line(workspace, workspace.outline.lines[1][0].id)
    found = review(workspace, filled(answer, 0, text="担当課の文"))
    accept(workspace, found, {each.id for each in found.clashes})
    assert said(workspace, 1) == [("◇", "担当課の文", None)]


def test_further_lines_stand_behind_the_others(workspace, answer):
    progress.add_line(workspace, 1, "主管課の行")
    accept_all(workspace, filled(answer, 0, text="✓ 一つ\n・ 二つ\n◇ 三つ"))
    assert said(workspace, 1) == [
        ("✓", "一つ", None),
        ("", "主管課の行", None),
        ("・", "二つ", None),
        ("◇", "三つ", None),
    ]


def test_a_new_line_says_whose_it_is_where_lines_do_so(workspace, lead, other):
    own = progress.add_line(workspace, 1, "総務課の分")
    progress.set_line_section(workspace, own, other)
    first, second = sent(workspace, [lead, other])
    accept_all(workspace, filled(came_back(first), 0, text="✓ 一つ\n・ 二つ"))
    accept_all(workspace, filled(came_back(second), 0, text="◇ 分担\n・ 続き"))
    assert said(workspace, 1) == [
        ("✓", "一つ", None),
        ("◇", "分担", other),
        ("・", "二つ", lead),
        ("・", "続き", other),
    ]


def test_what_came_back_as_it_was_is_confirmed(workspace, lead):
    edits.set_direction(workspace, [1, 2, 3], 1)
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    answer = came_back(sent(workspace, [lead])[0])
    answer = filled(filled(answer, 1, status="たぶん"), 2, text="新しい文", direction="拡充")
    found = review(workspace, answer)
    accept(
        workspace,
        found,
        {each.id for each in found.differences if each.field is action_fields.DIRECTION},
    )
    outline = workspace.outline
    assert [outline.lines[each][0].carried for each in (1, 2, 3, 4)] == [0, 1, 1, 1]
    assert [outline.outlooks[each].carried for each in (1, 2, 3)] == [0, 0, 0]


def test_an_outlook_that_is_empty_outlook_any_more_is_none(workspace, lead):
    edits.set_direction(workspace, [1], 1)
    edits.set_outlook_text(workspace, 1, "続ける")
    answer = filled(came_back(sent(workspace, [lead])[0]), 0, direction="", outlook="")
    found = review(workspace, answer)
    accept(workspace, found, [each.id for each in found.differences])
    assert 1 not in workspace.outline.outlooks


def test_what_changed_since_the_review_is_not_written_over(workspace, answer):
    line = workspace.outline.lines[1][0]
    found = review(workspace, filled(answer, 0, text="担当課の文", note="備考"))
    progress.set_line_text(workspace, line.id, "主管課の文")
    before = dump(workspace)
    with pytest.raises(
        ConflictError, match="「市民活動ブースの設置」の進捗状況が変更されています"
    ):
        accept(workspace, found, found.defaults)
    progress.delete_line(workspace, line.id)
    with pytest.raises(ConflictError, match="もう一度確認してください"):
        accept(workspace, found, found.defaults)
    workspace.undo()
    assert dump(workspace) == before
    removing.delete(workspace, [placement_node(workspace.outline.placed[1][0])])
    with pytest.raises(ConflictError, match="計画から外れました"):
        accept(workspace, found, found.defaults)


def test_a_word_that_was_deleted_since_the_review_is_not_written(workspace, answer):
    found = review(workspace, filled(answer, 0, direction="拡充"))
    entries = [
        each for each in vocabularies.direction_entries(workspace.outline) if each.text != "拡充"
    ]
    vocabularies.set_directions(workspace, entries)
    with pytest.raises(ConflictError, match="「拡充」という選択肢がなくなりました"):
        accept(workspace, found, found.defaults)


def test_a_round_that_was_closed_since_the_review_takes_no_answer(workspace, answer):
    found = review(workspace, answer)
    rounds.close_round(workspace, 1)
    with pytest.raises(RefusedError, match="確定済み"):
        accept(workspace, found, found.defaults)


def test_an_answer_to_a_form_that_nobody_kept_is_kept_all_the_same(workspace, answer):
    workspace.undo()
    accept_all(workspace, answer)
    (kept,) = dump(workspace)["inquiries"]
    assert (kept["sent_at"], kept["answer_file"], kept["answer_hash"]) == (
        SENT_AT,
        "回答.xlsx",
        "1",
    )


def test_the_history_says_who_answered_what(workspace, answer):
    accept_all(workspace, filled(answer, 0, text="開設した"))
    (entry, *_) = entries(workspace, action_id=1)
    assert entry.label == "市民活動推進課の回答を取込"
    assert [(row.table, row.after["text"]) for row in entry.rows] == [("progress", "開設した")]
    told = field_changes(workspace.outline, entries(workspace)[0].rows)
    assert [(each.item, each.field, each.new) for each in told] == [
        ("進捗状況", "文", "開設した"),
        ("照会", "回答", "令和8年11月23日 18:00"),
        ("照会", "回答のファイル", "回答.xlsx"),
        ("照会", "取込", "令和8年11月23日 18:00"),
    ]


def test_answers_that_came_are_kept_before_anybody_decides(workspace, answer, clock):
    stranger = answer._replace(key=answer.key._replace(plan="別"))
    record_received(workspace, [stranger])
    assert workspace.undo_label == "照会を発送：市民活動推進課"
    record_received(workspace, [stranger, answer])
    assert workspace.undo_label == "市民活動推進課の回答を受領"
    (kept,) = dump(workspace)["inquiries"]
    assert (kept["answered_at"], kept["accepted_at"]) == ("2026-11-23T18:00:00+09:00", None)
    step = workspace.next_undo
    record_received(workspace, [answer])
    assert workspace.next_undo is step
    clock.time = clock.time.replace(day=24)
    accept_all(workspace, answer)
    (kept,) = dump(workspace)["inquiries"]
    assert kept["answered_at"] == "2026-11-23T18:00:00+09:00"
    assert kept["accepted_at"] == "2026-11-24T18:00:00+09:00"
    record_received(workspace, [answer])
    assert workspace.undo_label == "市民活動推進課の回答を取込"
    clock.time = clock.time.replace(day=25)
    record_received(workspace, [answer._replace(hash="2")])
    assert workspace.undo_label == "市民活動推進課の回答を受領"
