"""調査: the year's work begins with what the last one said, and ends for good."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import replacing
from kyodo_desktop.domain.comparing.kinds import ChangeKind
from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.domain.terms import terms_over
from kyodo_desktop.services import history, next_term, progress, rounds, structure
from kyodo_desktop.services.comparing import compare_rounds
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.replacing import replace_texts
from kyodo_desktop.services.rounds import accept_carried
from tests import edits
from tests.builders import action_of, node_of

NEXT = ("平成28年度", 2016, "2016-10-31")


@pytest.fixture
def first(workspace):
    return workspace.outline.round.id


def texts(outline):
    return {
        action_id: [(line.status_id, line.text, line.section_id) for line in lines]
        for action_id, lines in outline.lines.items()
    }


def test_a_new_round_carries_every_line_and_outlook_forward(workspace, first):
    edits.set_direction(workspace, [1, 2], 1)
    edits.set_outlook_text(workspace, 3, "続ける")
    before = workspace.outline
    new = rounds.open_round(workspace, *NEXT)
    after = workspace.outline
    assert after.round.id == new
    assert texts(after) == texts(before)
    assert {each.direction_id for each in after.outlooks.values()} == {1, None}
    assert after.outlooks[3].text == "続ける"
    assert all(after.is_carried(action_id) for action_id in after.actions)
    assert after.previous.round.id == first
    assert after.previous.lines == before.lines


def test_what_is_touched_no_longer_stands_as_before(workspace):
    edits.set_outlook_text(workspace, 3, "続ける")
    rounds.open_round(workspace, *NEXT)
    progress.set_status(workspace, [1], 1)
    progress.set_line_text(workspace, workspace.outline.lines[2][0].id, "新しい文")
    edits.set_outlook_text(workspace, 3, "広げる")
    assert not workspace.outline.is_carried(1)
    assert not workspace.outline.is_carried(2)
    assert workspace.outline.outlooks[3].carried == 0
    assert workspace.outline.is_carried(3)  # its line is as it was
    accept_carried(workspace, [3, 4])
    assert not workspace.outline.is_carried(3)
    workspace.undo()
    assert workspace.outline.is_carried(3)


def test_one_undo_takes_a_round_back_and_shows_the_one_before(workspace, first):
    before = dump(workspace)
    rounds.open_round(workspace, *NEXT)
    after = dump(workspace)
    workspace.undo()
    assert dump(workspace) == before
    assert workspace.outline.round.id == first
    assert len(workspace.outline.lines) == 32
    workspace.redo()
    assert dump(workspace) == after
    assert workspace.outline.round.name == NEXT[0]


def test_any_round_can_be_shown_and_edited_while_it_is_open(workspace, first):
    rounds.open_round(workspace, *NEXT)
    workspace.show_round(first)
    assert workspace.outline.previous is None
    progress.set_status(workspace, [1], 1)
    new = next(reversed(workspace.outline.rounds))
    workspace.show_round(new)
    assert workspace.outline.status(1).mark == "◇"
    assert workspace.outline.previous.lines[1][0].status_id == 1


def test_an_edit_of_the_round_before_is_seen_beside_the_one_shown(workspace, first):
    rounds.open_round(workspace, *NEXT)
    workspace.show_round(first)
    progress.set_status(workspace, [1], 1)
    workspace.show_round(next(reversed(workspace.outline.rounds)))
    workspace.undo()
    assert workspace.outline.previous.lines[1][0].status_id == 2


def test_a_closed_round_refuses_every_edit_until_it_is_reopened_for_a_reason(workspace, first):
    rounds.close_round(workspace, first)
    before = workspace.outline
    for edit in (
        lambda: progress.set_status(workspace, [1], 1),
        lambda: edits.set_outlook_text(workspace, 1, "文"),
        lambda: rounds.set_opinion(workspace, node_of(before, "環境づくり"), "良い"),
        lambda: rounds.set_response(workspace, node_of(before, "環境づくり"), "続ける"),
        lambda: accept_carried(workspace, [1]),
        lambda: rounds.edit_round(workspace, first, *NEXT),
        lambda: rounds.delete_round(workspace, first),
        lambda: rounds.close_round(workspace, first),
    ):
        with pytest.raises(RefusedError, match="確定"):
            edit()
    assert workspace.outline is before
    with pytest.raises(InvalidInputError, match="「理由」が空です"):
        rounds.reopen_round(workspace, first, " ")
    rounds.reopen_round(workspace, first, "誤記の訂正")
    progress.set_status(workspace, [1], 1)
    labels = [entry.label for entry in history.entries(workspace)]
    assert "調査「平成27年度」の確定を解除（理由：誤記の訂正）" in labels
    with pytest.raises(RefusedError, match="確定されていません"):
        rounds.reopen_round(workspace, first, "もう一度")


def test_an_undo_that_would_change_a_closed_round_says_so_and_changes_nothing(workspace, first):
    progress.set_status(workspace, [1], 1)
    edited = history.entries(workspace)[0].id
    rounds.close_round(workspace, first)
    closed, before = history.entries(workspace)[0].id, dump(workspace)
    with pytest.raises(RefusedError, match="確定済みの調査の記録"):
        history.revert_operation(workspace, edited)
    with pytest.raises(RefusedError, match="確定を解除"):
        history.revert_operation(workspace, closed)
    assert dump(workspace) == before


def test_the_next_round_can_begin_while_the_last_one_is_closed(workspace, first):
    rounds.close_round(workspace, first)
    rounds.open_round(workspace, *NEXT)
    progress.set_status(workspace, [1], 1)
    structure.rename(workspace, node_of(workspace.outline, "担い手づくり"), "担い手の育成")
    workspace.show_round(first)
    assert workspace.outline.status(1).mark == "◇"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("", 2016, "2016-10-31"), "「調査名」が空です"),
        (("平成27年度", 2016, "2016-10-31"), "「平成27年度」は既にあります"),
        (("次", 28, "2016-10-31"), "「調査の年度」"),
        (("次", 2016, "2016-02-30"), "暦にない日付"),
    ],
)
def test_a_round_is_checked_before_it_begins(workspace, asked, words):
    before = workspace.outline
    with pytest.raises(InvalidInputError, match=words):
        rounds.open_round(workspace, *asked)
    assert workspace.outline is before


def test_a_round_is_named_anew_and_deleted_with_all_that_was_written_in_it(workspace, first):
    new = rounds.open_round(workspace, *NEXT)
    rounds.set_opinion(workspace, node_of(workspace.outline, "環境づくり"), "良い")
    rounds.edit_round(workspace, new, "平成28年度（中間）", 2016, "2016-09-30")
    assert workspace.outline.round.name == "平成28年度（中間）"
    before = dump(workspace)
    rounds.delete_round(workspace, new)
    assert workspace.outline.round.id == first
    with pytest.raises(RefusedError, match="1つしかない"):
        rounds.delete_round(workspace, first)
    workspace.undo()
    assert dump(workspace) == before


def test_an_opinion_is_kept_for_each_round_and_each_heading(workspace, first):
    outline = workspace.outline
    heading, term = node_of(outline, "環境づくり"), outline.roots[0]
    rounds.set_opinion(workspace, heading, "拠点を早く")
    rounds.set_opinion(workspace, term, "総じて順調")
    rounds.open_round(workspace, *NEXT)
    assert workspace.outline.opinions == {}
    workspace.show_round(first)
    texts_of = {key: each.text for key, each in workspace.outline.opinions.items()}
    assert texts_of == {row_id(heading): "拠点を早く", None: "総じて順調"}
    rounds.set_opinion(workspace, term, "")
    assert None not in workspace.outline.opinions


def test_what_the_city_does_about_an_opinion_stays_beside_it_until_both_are_empty(workspace):
    heading = node_of(workspace.outline, "環境づくり")
    rounds.set_response(workspace, heading, "検討する")
    rounds.set_opinion(workspace, heading, "拠点を早く")
    assert workspace.outline.opinions[row_id(heading)][3:] == ("拠点を早く", "検討する")
    texts = replacing.TextReplacement("検討", "実施"), replacing.OPINIONS
    replace_texts(workspace, "検討", "実施", [*replacing.hits(workspace.outline, *texts)])
    assert workspace.outline.opinions[row_id(heading)].response == "実施する"
    rounds.set_opinion(workspace, heading, "")
    assert workspace.outline.opinions[row_id(heading)].text == ""
    rounds.set_response(workspace, heading, "")
    assert workspace.outline.opinions == {}
    workspace.undo()
    assert workspace.outline.opinions[row_id(heading)].response == "実施する"


def test_an_action_without_a_line_begins_without_one(workspace):
    new = structure.add_action(workspace, node_of(workspace.outline, "活動拠点の整備"), "新規")
    rounds.open_round(workspace, *NEXT)
    assert workspace.outline.status(action_of(workspace.outline, "新規")) is None
    assert workspace.outline.exists(new)


def test_a_term_that_is_drawn_up_late_begins_with_what_the_last_round_said(workspace):
    rounds.open_round(workspace, *NEXT)
    progress.set_status(workspace, [1], 1)
    middle = workspace.outline.round.id
    next_term.draw_up(workspace, next_term.proposed(workspace))
    assert terms_over(workspace.outline) == set()  # the round is still about the old term
    last = rounds.open_round(workspace, "平成29年度", 2017, "2017-10-31")
    outline = workspace.outline
    assert [outline.terms[each].name for each in terms_over(outline)] == ["前期"]
    assert len(outline.lines) == len(outline.placed) - 32
    found = compare_rounds(workspace, middle, last)
    assert None not in {status for pair in found.transitions for status in pair}
    assert [change for change in found.changes if ChangeKind.STATUS in change.kinds] == []
