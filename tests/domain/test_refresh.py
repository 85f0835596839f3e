"""The outline after an edit; that it equals a fresh read is shown in services/test_edits.py."""

from __future__ import annotations

from kyodo_desktop.domain.changes import ChangeSet, RowChange
from kyodo_desktop.domain.refresh import actions_touched, apply_changes
from tests.builders import node_of
from tests.outlines import noted

NOTE = """
前期
  環境
    ブース: ・
    補助金: ・
  体制
"""


def changed(table, before, after):
    states = [None if row is None else row._asdict() for row in (before, after)]
    return RowChange(table, (after or before).id, *states)


def after(plan, *rows):
    return apply_changes(plan, ChangeSet("編集", rows))


def test_the_older_outline_stays_as_it_was():
    plan = noted(NOTE)
    newer = after(plan, changed("action", plan.actions[1], plan.actions[1]._replace(title="新")))
    assert newer.actions[1].title == "新"
    assert plan == noted(NOTE)


def test_what_nothing_touched_is_the_same_object():
    plan = noted(NOTE)
    newer = after(plan, changed("action", plan.actions[1], plan.actions[1]._replace(title="新")))
    assert newer.children is plan.children
    assert newer.lines is plan.lines


def test_a_placement_moves_from_one_heading_to_another():
    plan = noted(NOTE)
    moved = plan.placements[1]._replace(heading_id=2)
    newer = after(plan, changed("placement", plan.placements[1], moved))
    assert newer.title(newer.parent(node_of(newer, "ブース"))) == "体制"
    assert newer.number(node_of(newer, "補助金")) == "①"


def test_a_line_of_another_round_is_not_shown():
    plan = noted(NOTE)
    line = plan.lines[1][0]._replace(id=99, round_id=7, status_id=1)
    newer = after(plan, changed("progress", None, line))
    assert newer.lines == plan.lines


def test_lines_stand_in_their_order_and_the_last_one_leaves_no_trace():
    plan = noted(NOTE)
    line = plan.lines[1][0]
    first = line._replace(id=99, position=0)
    second = line._replace(position=1)
    newer = after(plan, changed("progress", line, second), changed("progress", None, first))
    assert newer.lines[1] == (first, second)
    assert 1 not in after(plan, changed("progress", line, None)).lines


def test_a_list_of_the_plan_stays_in_printed_order():
    plan = noted(NOTE)
    section = plan.sections[2]
    newer = after(plan, changed("section", section, section._replace(position=0, id=2)))
    assert list(newer.sections) == [1, 2]
    newer = after(
        newer, changed("section", plan.sections[1], plan.sections[1]._replace(position=5))
    )
    assert list(newer.sections) == [2, 1]


def test_the_round_that_is_shown_follows_its_row():
    plan = noted(NOTE)
    closed = plan.rounds[1]._replace(closed_at="2016-04-01T09:00:00+09:00")
    assert after(plan, changed("round", plan.rounds[1], closed)).round == closed


def test_the_actions_that_changes_belong_to_are_told():
    plan = noted(NOTE)
    title = changed("heading", plan.headings[1], plan.headings[1]._replace(title="新"))
    rows = (RowChange("action", 1, {}, {}, 1), RowChange("progress", 5, {}, None, 2), title)
    assert actions_touched(ChangeSet("編集", rows)) == {1, 2}
