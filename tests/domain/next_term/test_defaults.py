"""What becomes of an action is read from its status and from the words of its direction."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.next_term.candidates import default_choice
from kyodo_desktop.domain.plan import Choice
from tests.outlines import NOTED_STATUSES

DONE, NEAR, ONGOING, STOPPED, NOT_STARTED = NOTED_STATUSES


@pytest.mark.parametrize(
    ("status", "choice"),
    [
        (DONE, Choice.DROP),
        (STOPPED, Choice.DROP),
        (NEAR, Choice.CONTINUE),
        (ONGOING, Choice.CONTINUE),
        (NOT_STARTED, Choice.CONTINUE),
        (None, Choice.CONTINUE),
    ],
)
def test_without_a_direction_the_status_decides(status, choice):
    assert default_choice(status, "") is choice
    assert default_choice(status, "その他") is choice


@pytest.mark.parametrize(
    ("label", "choice"),
    [
        *[(each, Choice.CONTINUE) for each in ("継続", "現状維持", "改善", "縮小", "見直し継続")],
        *[(each, Choice.EXPAND) for each in ("拡充", "拡大・強化", "拡充して継続", "内容の充実")],
        *[(each, Choice.MERGE) for each in ("統合", "他事業へ統合", "廃止・統合", "統廃合")],
        *[(each, Choice.DROP) for each in ("完了", "廃止", "中止", "休廃止", "事業終了", "達成")],
        ("縮小・廃止", Choice.CONTINUE),
        ("廃止しない", Choice.CONTINUE),
        ("廃止の予定なし", Choice.CONTINUE),
        ("未完了", Choice.CONTINUE),
        ("完了していない", Choice.CONTINUE),
        ("拡充せず継続", Choice.CONTINUE),
        ("継続しない", Choice.DROP),
        ("継続せず廃止", Choice.DROP),
        ("５　完了", Choice.DROP),
    ],
)
@pytest.mark.parametrize("status", [None, ONGOING, DONE])
def test_the_words_of_a_direction_win_over_the_status(label, choice, status):
    assert default_choice(status, label) is choice
