"""Years without an era mean the same in a reply, in the window and in what is pasted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.field_types import OutlineNames
from kyodo_desktop.domain.pasting import column_of, read_actions
from kyodo_desktop.domain.replies.answers import AnswerParser
from tests.outlines import noted


def across_eras():
    """Return the outline of a plan of 平成28～令和7年度 in the round of 令和6年度."""
    outline = noted("前期\n 施策\n  整備: ・")
    return replace(
        outline,
        plan=outline.plan._replace(first_fiscal_year=2016, last_fiscal_year=2025),
        round=outline.round._replace(fiscal_year=2024),
    )


MONTHS = {"7年3月": "2025-03", "7.12": "2025-12", "7年度末": "2026-03", "8/3": "2026-03"}


@pytest.mark.parametrize("typed", MONTHS)
def test_a_month_without_an_era_is_the_nearest_to_the_plan_at_every_entrance(typed):
    outline, due = across_eras(), action_fields.DUE
    assert AnswerParser(outline).read(due, typed) == (MONTHS[typed], "")
    assert AnswerParser(outline).read(due, f"{typed}予定") == (MONTHS[typed], "")
    assert due.type.parse(typed, OutlineNames(outline), due.label) == MONTHS[typed]
    columns = [column_of(action_fields.TITLE), column_of(due)]
    pasted = read_actions(outline, [["新しい計画", typed]], columns)
    assert [each.values[due] for each in pasted.actions] == [MONTHS[typed]]


@pytest.mark.parametrize(
    ("typed", "reason"), [("25/3", "元号か西暦4桁を付けて"), ("R7.2.30", "暦にない日付")]
)
def test_an_answer_of_which_the_year_or_the_day_cannot_be_is_asked_about(typed, reason):
    assert reason in AnswerParser(across_eras()).read(action_fields.DUE, typed).problem
