"""Who waits for whom is walked in both directions, and circles come to an end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.assembly import grouped
from kyodo_desktop.domain.plan import Prerequisite
from kyodo_desktop.domain.prerequisites import (
    chain,
    chain_label,
    open_among,
    required_by,
    waiting_for,
)
from tests.outlines import noted

PLAN = """
前期
  環境
    拠点: ✓
    ブース: ・
    相談: ✓・
    講座:
"""
PLACE, BOOTH, ADVICE, COURSE = 1, 2, 3, 4


def waiting(*pairs):
    """Return the plan in which the first of each pair waits for the second."""
    rows = [Prerequisite(row_id, *pair) for row_id, pair in enumerate(pairs, start=1)]
    return replace(noted(PLAN), prerequisites=grouped(rows, lambda row: row.action_id))


def test_both_directions_are_told():
    outline = waiting((BOOTH, PLACE), (ADVICE, PLACE), (BOOTH, COURSE))
    assert required_by(outline, BOOTH) == (PLACE, COURSE)
    assert waiting_for(outline, PLACE) == [BOOTH, ADVICE]
    assert required_by(outline, PLACE) == ()
    assert waiting_for(outline, BOOTH) == []


def test_only_what_is_done_need_not_be_waited_for():
    outline = noted(PLAN)
    assert open_among(outline, [PLACE, BOOTH, ADVICE, COURSE]) == [BOOTH, ADVICE, COURSE]


@pytest.mark.parametrize(
    ("first", "last", "way"),
    [
        (BOOTH, PLACE, (BOOTH, PLACE)),
        (COURSE, PLACE, (COURSE, BOOTH, PLACE)),
        (PLACE, BOOTH, ()),
        (BOOTH, BOOTH, ()),
    ],
)
def test_a_chain_is_the_shortest_way(first, last, way):
    outline = waiting((COURSE, ADVICE), (COURSE, BOOTH), (ADVICE, BOOTH), (BOOTH, PLACE))
    assert chain(outline, first, last) == way


def test_a_circle_leads_back_and_does_not_go_on_for_ever():
    outline = waiting((BOOTH, PLACE), (PLACE, ADVICE), (ADVICE, BOOTH))
    circle = chain(outline, BOOTH, BOOTH)
    assert chain_label(outline, circle) == "「ブース」→「拠点」→「相談」→「ブース」"
    assert chain(outline, BOOTH, COURSE) == ()
