"""Statuses and directions are renamed, exchanged, added and deleted; no line is left behind."""

from __future__ import annotations

from collections import Counter

import pytest

from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import NameEntry, StatusEntry, UseCount
from kyodo_desktop.services import rounds
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.vocabularies import (
    direction_entries,
    set_directions,
    set_statuses,
    status_entries,
    uses_of_directions,
    uses_of_statuses,
)
from tests import edits
from tests.builders import marks

DONE, NEAR, ONGOING = 1, 2, 3
STOPPED = StatusEntry("×", "中止", "", StatusKind.STOPPED, "#a4505f")


@pytest.fixture
def given(workspace):
    return status_entries(workspace.outline)


def counted(workspace):
    return Counter(marks(workspace.outline))


def test_a_new_mark_and_word_show_on_every_line(workspace, given):
    before = counted(workspace)
    set_statuses(workspace, [given[0]._replace(mark=" 済 ", label="済んだ"), *given[1:]])
    assert counted(workspace)["済"] == before["✓"]
    assert workspace.outline.statuses[DONE].label == "済んだ"
    workspace.undo()
    assert status_entries(workspace.outline) == given


def test_two_marks_change_places_in_one_step_and_back(workspace, given):
    done, near, ongoing = given
    first = dump(workspace)
    set_statuses(workspace, [done._replace(mark="◇"), near._replace(mark="✓"), ongoing])
    assert [each.mark for each in workspace.outline.statuses.values()] == ["◇", "✓", "・"]
    last = dump(workspace)
    workspace.undo()
    assert dump(workspace) == first
    workspace.redo()
    assert dump(workspace) == last


def test_the_mark_of_a_deleted_status_is_free_for_another(workspace, given):
    done, near, ongoing = given
    set_statuses(workspace, [done, ongoing._replace(mark="◇")], {NEAR: ONGOING})
    assert list(workspace.outline.statuses) == [DONE, ONGOING]
    assert workspace.outline.statuses[ONGOING].mark == near.mark
    workspace.undo()
    assert status_entries(workspace.outline) == given


def test_order_meaning_colour_and_totals_are_chosen(workspace, given):
    done, near, ongoing = given
    changed = near._replace(kind=StatusKind.ONGOING, colour="#ABCDEF", counted=False)
    set_statuses(workspace, [STOPPED, ongoing, changed, done])
    statuses = list(workspace.outline.statuses.values())
    assert [(each.mark, each.position) for each in statuses] == [
        ("×", 0),
        ("・", 1),
        ("◇", 2),
        ("✓", 3),
    ]
    assert statuses[2][-3:] == ("ongoing", "#abcdef", 0)


def test_the_lines_of_a_deleted_status_go_over_to_its_replacement(workspace, given):
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    before, uses = counted(workspace), uses_of_statuses(workspace)
    assert uses[NEAR] == UseCount(14)
    set_statuses(workspace, [given[0], given[2]], {NEAR: ONGOING})
    assert counted(workspace)["・"] == before["・"] + before["◇"]
    assert uses_of_statuses(workspace)[ONGOING].total == uses[NEAR].total + uses[ONGOING].total
    workspace.undo()
    assert counted(workspace) == before
    assert uses_of_statuses(workspace) == uses


@pytest.mark.parametrize("replaced_by", [{}, {NEAR: NEAR}, {NEAR: 99}])
def test_a_status_in_use_is_not_deleted_without_a_replacement(workspace, given, replaced_by):
    before = workspace.outline
    with pytest.raises(RefusedError, match="「◇ 完了の目途」は7か所で使われているため"):
        set_statuses(workspace, [given[0], given[2]], replaced_by)
    assert workspace.outline is before


def test_a_status_of_a_closed_round_can_be_renamed_but_not_deleted(workspace, given):
    rounds.close_round(workspace, workspace.outline.round.id)
    assert uses_of_statuses(workspace)[NEAR] == UseCount(7, 7, ("平成27年度",))
    with pytest.raises(RefusedError, match="確定済みの調査「平成27年度」で使われている"):
        set_statuses(workspace, [given[0], given[2]], {NEAR: ONGOING})
    set_statuses(workspace, [given[0], given[1]._replace(mark="□"), given[2]])
    assert counted(workspace)["□"] == 7


def test_an_unused_status_is_deleted_and_comes_back(workspace, given):
    set_statuses(workspace, [*given, STOPPED])
    added = status_entries(workspace.outline)
    set_statuses(workspace, given)
    assert status_entries(workspace.outline) == given
    workspace.undo()
    assert status_entries(workspace.outline) == added


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"mark": " "}, "「状態の記号」が空です"),
        ({"mark": "◇ "}, "「状態の記号」の「◇」が2つあります"),
        ({"mark": "✓" * 31}, "「状態の記号」が長すぎます"),
        ({"label": ""}, "「状態の名前」が空です"),
        ({"definition": "\0"}, "「凡例の説明」の1文字目"),
        ({"colour": "red"}, "「状態の色」の「red」は色として"),
    ],
)
def test_a_status_is_checked(workspace, given, wrong, words):
    with pytest.raises(InvalidInputError, match=words):
        set_statuses(workspace, [given[0]._replace(**wrong), *given[1:]])
    assert status_entries(workspace.outline) == given


def test_a_plan_has_at_least_one_status(workspace):
    with pytest.raises(InvalidInputError, match="「状態の記号」を1つ以上"):
        set_statuses(workspace, [])


def test_directions_are_renamed_ordered_added_and_deleted_in_one_step(workspace):
    given = direction_entries(workspace.outline)
    first, second, *others = given
    edits.set_direction(workspace, [1, 2], first.id)
    with pytest.raises(RefusedError, match=f"「{first.text}」は2か所で使われているため"):
        set_directions(workspace, [second, *others])
    new = [NameEntry("見直し"), second._replace(text=first.text), *others]
    set_directions(workspace, new, {first.id: second.id})
    outline = workspace.outline
    assert [each.label for each in outline.directions.values()] == [each.text for each in new]
    assert {each.direction_id for each in outline.outlooks.values()} == {second.id}
    assert uses_of_directions(workspace) == {second.id: UseCount(2)}
    workspace.undo()
    assert direction_entries(workspace.outline) == given
    assert uses_of_directions(workspace) == {first.id: UseCount(2)}


def test_directions_differ_from_each_other(workspace):
    with pytest.raises(InvalidInputError, match="「今後の方向性」の「継続」が2つあります"):
        set_directions(workspace, [NameEntry("継続"), NameEntry("継続")])
