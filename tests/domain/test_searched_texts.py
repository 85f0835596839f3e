"""A search looks through every text of an action, and folds no more than it should."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.plan import ActionActor, Actor, Assignment
from kyodo_desktop.domain.search import SearchIndex, search_key
from tests.outlines import noted, outlook

PLAN = noted("前期\n  環境\n    ブース: ✓")
ACTION, LINE = PLAN.actions[1], PLAN.lines[1][0]
WORD = "甲乙"


@pytest.mark.parametrize(
    "newer",
    [
        {"actions": {1: ACTION._replace(title=WORD)}},
        {"actions": {1: ACTION._replace(description=WORD)}},
        {"actions": {1: ACTION._replace(note=WORD)}},
        {"lines": {1: (LINE, LINE._replace(text=WORD))}},
        {"outlooks": {1: outlook(text=WORD)}},
        {
            "sections": {1: PLAN.sections[1]._replace(name=WORD)},
            "assignments": {1: (Assignment(1, 1, 1, "related"),)},
        },
        {"actors": {1: Actor(1, 0, WORD)}, "action_actors": {1: (ActionActor(1, 1, 1),)}},
    ],
)
def test_every_text_of_an_action_is_searched(newer):
    index = SearchIndex(replace(PLAN, **newer))
    index.complete()
    assert [WORD in text for text in index.texts] == [True]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ｻﾎﾟｰﾄ", "サポート"),
        ("さぽーと", "サポート"),
        ("が", "か\u3099"),
        ("ヴ", "ゔ"),
        ("28", "２８"),
    ],
)
def test_what_reads_the_same_is_the_same(typed, written):
    assert search_key(typed) == search_key(written)


@pytest.mark.parametrize(("one", "other"), [("は", "ば"), ("つ", "っ"), ("ホ", "ポ")])
def test_other_characters_stay_different(one, other):
    assert search_key(one) != search_key(other)
