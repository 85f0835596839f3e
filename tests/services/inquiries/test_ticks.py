"""Which actions a section has looked at, who answered, and what it wrote beside its answers."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.replies.form import Aside, Severity, Signatures
from kyodo_desktop.services import rounds
from kyodo_desktop.services.inquiries.accepting import accept, record_received, review
from kyodo_desktop.services.inquiries.asking import inquiry_states
from tests import edits
from tests.services.inquiries.answers import came_back, filled, sent


@pytest.fixture
def answer(workspace, lead):
    """A form with ticks, of a round into which the lines of the one before were carried."""
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    return came_back(sent(workspace, [lead])[0])._replace(has_ticks=True)


def ticked(answer, *places):
    rows = [row._replace(is_ticked=place in places) for place, row in enumerate(answer.rows)]
    return answer._replace(rows=tuple(rows))


def carried(workspace):
    """Return which of the section's actions still stand as in the round before."""
    return [each for each in (1, 2, 3) if workspace.outline.is_carried(each)]


def test_what_was_neither_ticked_nor_answered_is_not_confirmed(workspace, answer):
    found = review(workspace, filled(ticked(answer, 1), 0, text="開設した"))
    assert (found.confirmed, found.asked) == (2, 3)
    assert not found.needs_somebody
    (note,) = found.remarks
    assert note.text.startswith("記入も「変更なし」の印もない実行計画が1件あります")
    accept(workspace, found, found.defaults)
    assert carried(workspace) == [3]
    (state,) = inquiry_states(workspace, "2026-11-10")
    assert (state.confirmed, state.actions) == (2, 3)


def test_a_form_without_ticks_confirms_all_that_came_back(workspace, answer):
    found = review(workspace, answer._replace(has_ticks=False))
    assert (found.confirmed, found.signed, found.remarks) == (3, "", ())
    accept(workspace, found, found.defaults)
    assert carried(workspace) == []


def test_a_form_with_nothing_in_it_needs_somebody(workspace, answer):
    (remark,) = review(workspace, answer).remarks
    assert remark.severity is Severity.WARNING
    assert "「変更なし」の印も1つもありません" in remark.text


def test_a_tick_beside_another_answer_is_asked_about(workspace, answer):
    found = review(workspace, filled(ticked(answer, 0, 1, 2), 0, text="開設した"))
    (remark,) = found.remarks
    assert (remark.severity, remark.row) == (Severity.WARNING, 6)
    assert [each.answer.value for each in found.differences] == ["開設した"]


def test_who_answered_is_kept_with_the_inquiry(workspace, answer):
    signed = ticked(answer, 0, 1, 2)._replace(signatures=Signatures("山田", "234", "鈴木"))
    record_received(workspace, [signed])
    (state,) = inquiry_states(workspace, "2026-11-10")
    assert (state.answered_by, state.extension, state.manager_confirmed) == ("山田", "234", "鈴木")
    found = review(workspace, signed)
    assert found.signed == "確認 3/3　回答者：山田（内線 234）　課長確認：鈴木"
    accept(workspace, found, found.defaults)
    corrected = signed._replace(signatures=Signatures("佐藤"), hash="2", file="訂正.xlsx")
    accept(workspace, review(workspace, corrected), ())
    (state,) = inquiry_states(workspace, "2026-11-10")
    assert (state.answered_by, state.manager_confirmed) == ("佐藤", "")


class TestAsides:
    COMMENT = Aside("回答票", 6, "「進捗状況」のコメント", "延期したい", 1)

    def test_they_are_added_behind_the_note_and_behind_an_answered_one(self, workspace, answer):
        edits.set_note(workspace, 1, "予算要求中")
        said = ticked(answer, 1, 2)._replace(
            asides=(self.COMMENT, self.COMMENT._replace(text="要相談"))
        )
        found = review(workspace, said)
        assert [each.answer.value for each in found.differences] == [
            "予算要求中\n延期したい",
            "予算要求中\n要相談",
        ]
        assert found.defaults == frozenset()
        accept(workspace, found, [each.id for each in found.differences])
        assert workspace.outline.actions[1].note == "予算要求中\n延期したい\n要相談"
        workspace.undo()
        found = review(workspace, filled(said, 0, note="予算を確保"))
        accept(workspace, found, [each.id for each in found.differences if not each.is_clash])
        assert workspace.outline.actions[1].note == "予算要求中\n延期したい\n要相談"

    def test_an_answered_note_comes_first(self, workspace, answer):
        said = filled(ticked(answer, 1, 2), 0, note="予算を確保")._replace(asides=(self.COMMENT,))
        found = review(workspace, said)
        accept(workspace, found, [each.id for each in found.differences])
        assert workspace.outline.actions[1].note == "予算を確保\n延期したい"

    def test_what_the_note_has_already_is_only_told(self, workspace, answer):
        edits.set_note(workspace, 1, "延期したい")
        said = ticked(answer, 0, 1, 2)._replace(asides=(self.COMMENT,))
        found = review(workspace, said)
        assert not found.differences
        assert [each.severity for each in found.remarks] == [Severity.NOTE]

    def test_what_is_about_no_action_is_to_be_read(self, workspace, answer):
        outside = Aside("別紙", 3, "加えられたシートの書き込み", "参加者120人")
        found = review(workspace, ticked(answer, 0, 1, 2)._replace(asides=(outside,)))
        (remark,) = found.warnings
        assert remark == (
            Severity.WARNING,
            "「別紙」シート 3行目：加えられたシートの書き込み：「参加者120人」",
            0,
            False,
        )
