"""The whole plan is read as of one round."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.store.connection import open_connection
from kyodo_desktop.store.reading import read_outline
from tests.builders import action_of, node_of


@pytest.fixture
def read(sample_file):
    """A function that runs a script on the sample's file and reads the plan from it."""

    def read(script="", round_name=None):
        with closing(sqlite3.connect(sample_file)) as raw:
            raw.executescript(script)
        with closing(open_connection(sample_file, read_only=True)) as connection:
            return read_outline(connection, round_name)

    return read


ANOTHER_ROUND = """
INSERT INTO round (name, fiscal_year, as_of) VALUES ('平成26年度', 2014, '2014-10-31');
INSERT INTO progress (round_id, action_id, position, status_id, text)
SELECT 2, id, 0, 3, '前回' FROM action;
INSERT INTO outlook (round_id, action_id, text) SELECT 2, id, '続ける' FROM action;
"""


def test_the_newest_round_is_shown(read):
    outline = read(ANOTHER_ROUND)
    assert outline.round.name == "平成27年度"
    assert [each.name for each in outline.rounds.values()] == ["平成26年度", "平成27年度"]
    assert "前回" not in {line.text for lines in outline.lines.values() for line in lines}
    assert outline.outlooks == {}


def test_a_round_is_chosen_by_its_name(read):
    outline = read(ANOTHER_ROUND, "平成26年度")
    assert {line.text for lines in outline.lines.values() for line in lines} == {"前回"}
    assert len(outline.lines) == len(outline.outlooks) == 32


def test_an_unknown_round_gives_a_plan_without_progress(read):
    outline = read(round_name="平成99年度")
    assert outline.round is None
    assert outline.lines == {}


def test_everything_stands_by_its_position_whatever_its_id(read):
    outline = read("""
        UPDATE heading SET position = 9 - position;
        UPDATE placement SET position = 9 - position;
        UPDATE progress SET position = 1 - position;
        UPDATE status SET position = 9 - position;
        INSERT INTO section (position, name) VALUES (0, '総務課');
        UPDATE section SET position = 1 WHERE name <> '総務課';
    """)
    assert outline.title(outline.children[outline.roots[0]][0]) == "市の体制"
    assert outline.number(node_of(outline, "活動支援アドバイザーの設置及び派遣")) == "①"
    lines = outline.lines[action_of(outline, "職員研修の実施")]
    assert [line.text[:4] for line in lines] == ["担当職員", "市内職員"]
    assert [each.mark for each in outline.statuses.values()] == ["・", "◇", "✓"]
    assert [each.name for each in outline.sections.values()] == ["総務課", "市民活動推進課"]


def test_the_placement_made_first_is_the_home_wherever_it_stands(read):
    outline = read("UPDATE heading SET position = 9 - position")
    title = "協働のまちづくり推進課の設置"
    first, second = (node_of(outline, title, nth=nth) for nth in (0, 1))
    assert outline.title(outline.parent(first)) == "市内協働推進体制の整備"
    assert [outline.is_relisted(node) for node in (first, second)] == [True, False]
