"""The whole way of a form: asked, sent, answered, looked at, taken in, and undone."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.replies.states import ReplyState
from kyodo_desktop.services import details
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries
from kyodo_desktop.services.inquiries.accepting import accept, review
from kyodo_desktop.services.inquiries.asking import inquiry_states
from tests.services.inquiries.answers import came_back, filled, sent


@pytest.fixture
def section(workspace):
    """The section of the sample, which leads in its first three actions."""
    details.assign(workspace, [1, 2, 3], 1, Role.LEAD)
    return 1


def test_a_clean_answer_is_taken_in_as_one_step(workspace, section):
    (form,) = sent(workspace, [section])
    answer = filled(came_back(form), 0, status="✓", text="開設した", due="H28.3", direction="完了")
    before = dump(workspace)
    found = review(workspace, answer)
    assert not found.remarks
    assert [(each.field, each.now.text, each.answer.text) for each in found.differences] == [
        (action_fields.STATUS, "◇ 完了の目途", "✓ 完了"),
        (
            action_fields.PROGRESS,
            "市民活動サポートセンター開設すれば完了（28年3月予定）",
            "開設した",
        ),
        (action_fields.DUE, "", "平成28年3月"),
        (action_fields.DIRECTION, "", "完了"),
    ]
    accept(workspace, found, found.defaults)
    assert workspace.undo_label == "市民活動推進課の回答を取込"
    action = dump(workspace)["actions"][0]
    assert action["due"] == "2016-03"
    assert action["progress"] == [
        {
            "round": "平成27年度",
            "section": None,
            "status": "✓",
            "text": "開設した",
            "carried": False,
        }
    ]
    assert action["outlooks"] == [
        {"round": "平成27年度", "direction": "完了", "text": "", "carried": False}
    ]
    (inquiry,) = dump(workspace)["inquiries"]
    assert inquiry["accepted_at"] == inquiry["answered_at"] == "2026-11-23T18:00:00+09:00"
    assert entries(workspace, action_id=1)[0].label == "市民活動推進課の回答を取込"
    assert [each.state for each in inquiry_states(workspace, "2026-11-23")] == [
        ReplyState.ACCEPTED
    ]
    workspace.undo()
    assert dump(workspace) == before
    assert [each.state for each in inquiry_states(workspace, "2026-11-23")] == [ReplyState.OVERDUE]
