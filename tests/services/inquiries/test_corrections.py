"""A section that answers once more is compared with what it said before."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.replies.states import ReplyState
from kyodo_desktop.services import progress
from kyodo_desktop.services.inquiries.accepting import accept, record_received, review
from kyodo_desktop.services.inquiries.asking import inquiry_states
from kyodo_desktop.services.inquiries.collecting import collected_text
from tests.services.inquiries.answers import came_back, filled, sent
from tests.services.inquiries.test_collecting import collect

FIRST, LATER, EARLIER = (f"2026-11-{day}T08:00:00" for day in ("10", "11", "09"))


@pytest.fixture
def blank(workspace, lead):
    """The form as it went out, ticked everywhere."""
    answer = came_back(sent(workspace, [lead])[0])
    rows = tuple(each._replace(is_ticked=True) for each in answer.rows)
    return answer._replace(rows=rows, has_ticks=True, saved_at=LATER, hash="訂正")


@pytest.fixture
def first(workspace, blank):
    """The section's first answer, which is in the plan."""
    answer = filled(blank, 0, status="✓", text="開設した", due="H29.3")
    answer = answer._replace(saved_at=FIRST, hash="最初", file="最初.xlsx")
    found = review(workspace, answer)
    accept(workspace, found, found.defaults)
    return answer


def first_action(workspace):
    line = workspace.outline.lines[1][0]
    return workspace.outline.statuses[line.status_id].mark, line.text, workspace.outline.actions[1]


def values(found):
    return {each.field.name: each.answer.value for each in found.differences}


def test_what_a_section_takes_back_is_a_change(workspace, blank, first):
    before = {each.field.name: each.sent.value for each in review(workspace, first).differences}
    assert before == {}
    found = review(workspace, blank)
    sent_values = {field.name: text for field, text in blank.sent[0].values.items()}
    assert values(found) == {name: sent_values[name] for name in ("status", "text", "due")}
    assert found.defaults == {each.id for each in found.differences}
    assert [each.text for each in found.remarks] == [
        "先に取り込んだ同じ課の回答と違うところが3件あります。"
    ]
    accept(workspace, found, found.defaults)
    mark, text, action = first_action(workspace)
    assert (mark, text, action.due) == ("◇", sent_values["text"], None)
    assert review(workspace, first._replace(saved_at="2026-11-12T08:00:00")).differences


def test_two_answers_are_not_mixed(workspace, blank, first):
    later = filled(blank, 0, text="次年度に延期")
    assert values(review(workspace, later)) == {
        "status": "◇",
        "text": "次年度に延期",
        "due": "",
    }
    (found,) = collect(workspace, later)
    assert found.is_taken
    assert first_action(workspace)[:2] == ("◇", "次年度に延期")


def test_what_was_never_looked_at_again_is_asked(workspace, blank, first):
    rows = (blank.rows[0]._replace(is_ticked=False), *blank.rows[1:])
    found = review(workspace, blank._replace(rows=rows))
    assert {each.is_clash for each in found.differences} == {True}
    assert found.needs_somebody


def test_what_the_plan_changed_of_an_answer_stays(workspace, blank, first):
    """Polished by the lead: the section says again what it said, or something else."""
    progress.set_line_text(workspace, workspace.outline.lines[1][0].id, "開設しました。")
    again = first._replace(hash="また", saved_at=LATER)
    assert review(workspace, again).differences == ()
    other = review(workspace, filled(again, 0, text="まだ"))
    assert [(each.is_clash, each.corrects) for each in other.differences] == [(True, False)]


def test_cells_that_say_nothing_take_nothing_back(workspace, blank, first):
    assert not values(review(workspace, filled(blank, 0, text="前回と同じ"))).get("text")
    unreadable = filled(blank, 0, status="たぶん")
    assert "status" not in values(review(workspace, unreadable))


def test_a_line_that_an_answer_added_and_the_next_has_no_more_is_told(workspace, blank):
    several = filled(blank, 0, text="✓ 開設した\n・ 周知を続ける")
    found = review(workspace, several._replace(saved_at=FIRST, hash="最初"))
    accept(workspace, found, found.defaults)
    again = review(workspace, several)
    assert again.differences == ()
    assert not any("加わった行" in each.text for each in again.remarks)
    told = [each.text for each in review(workspace, blank).remarks if each.is_warning]
    assert len(told) == 1
    assert "加わった行「周知を続ける」は、この回答にはありません" in told[0]
    other = review(workspace, filled(blank, 0, text="✓ 開設した\n・ 周知した"))
    assert [each.is_guess for each in other.differences if each.is_new_line] == [True, True]


class TestAnOlderAnswer:
    @pytest.fixture
    def older(self, first):
        return filled(first, 0, text="準備中")._replace(
            saved_at=EARLIER, hash="古い", file="古い.xlsx"
        )

    def state(self, workspace):
        (state,) = [each for each in inquiry_states(workspace, "2026-11-23") if each.sendings]
        return state.state, state.answer_file

    def test_its_coming_does_not_change_what_was_answered(self, workspace, older):
        record_received(workspace, [older])
        (found,) = collect(workspace, older)
        assert self.state(workspace) == (ReplyState.ACCEPTED, "最初.xlsx")
        assert found.needs_somebody
        text = collected_text(workspace.outline, [found], dry_run=False)
        assert "使いません。同じ課の新しい回答を取り込み済みです。" in text
        assert "同じ課の古い回答 1件" in text
        assert first_action(workspace)[1] == "開設した"

    def test_only_what_is_chosen_is_taken_of_it(self, workspace, older):
        found = review(workspace, older)
        assert (found.is_older, found.defaults) == (True, frozenset())
        with pytest.raises(RefusedError, match="選ばれていません"):
            accept(workspace, found, [])
        accept(workspace, found, [each.id for each in found.differences])
        assert first_action(workspace)[1] == "準備中"
        assert self.state(workspace) == (ReplyState.ACCEPTED, "最初.xlsx")
