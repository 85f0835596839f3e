"""What is typed into one cell of the list, and cells that are filled down."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import cells, details, progress, rounds, vocabularies
from tests import edits
from tests.builders import action_of

BOOTH, FUND, GRANT = (
    *("市民活動ブースの設置", "市民活動支援基金の創設"),
    "市民活動支援補助金の創設",
)


@pytest.fixture
def ids(workspace):
    return [action_of(workspace.outline, title) for title in (BOOTH, FUND, GRANT)]


def texts(workspace, action_id):
    return [line.text for line in workspace.outline.lines.get(action_id, ())]


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        (action_fields.DUE, "H29.3", "平成29年3月"),
        (action_fields.START, "2015", "平成27年度"),
        (action_fields.NOTE, "写真あり", "写真あり"),
    ],
)
def test_a_typed_value_is_saved_as_the_editor_saves_it(workspace, ids, field, typed, read):
    cells.save_cell(workspace, ids[0], field, typed)
    assert field.format(workspace.outline, ids[0]) == read


def test_what_is_no_value_is_refused(workspace, ids):
    with pytest.raises(InvalidInputError):
        cells.save_cell(workspace, ids[0], action_fields.DUE, "来年")
    with pytest.raises(InvalidInputError):
        cells.save_cell(workspace, ids[0], action_fields.LEAD, "宇宙課")


def test_progress_is_filled_where_there_is_no_more_than_one_line(workspace, ids):
    source, several, one = ids
    progress.add_line(workspace, several, "二行目")
    before = texts(workspace, several)
    changed = cells.fill_down(workspace, source, [several, one], action_fields.PROGRESS)
    assert changed == [one]
    assert texts(workspace, one) == texts(workspace, source)
    assert texts(workspace, several) == before


def test_who_leads_is_filled_down_and_who_helps_stays(workspace, ids):
    source, target, _ = ids
    first, other = (vocabularies.add_section(workspace, name) for name in ("企画課", "環境課"))
    details.assign(workspace, [source], first, Role.LEAD)
    details.assign(workspace, [target], other, Role.RELATED)
    cells.fill_down(workspace, source, [target], action_fields.LEAD)
    names = workspace.outline.section_names
    assert names(target, Role.LEAD) == ["企画課"]
    assert "環境課" in names(target, Role.RELATED)


def test_the_direction_is_filled_down_with_its_text(workspace, ids):
    source, target, _ = ids
    edits.set_direction(workspace, [source], next(iter(workspace.outline.directions)))
    cells.save_cell(workspace, source, action_fields.DIRECTION, "続ける")
    cells.fill_down(workspace, source, [target], action_fields.DIRECTION)
    outlooks = workspace.outline.outlooks
    assert outlooks[target].direction_id == outlooks[source].direction_id
    assert outlooks[target].text == "続ける"


def test_filling_down_is_one_step_and_changes_nothing_where_nothing_differs(workspace, ids):
    edits.set_due(workspace, ids[0], "H30.1")
    assert cells.fill_down(workspace, ids[0], ids[1:], action_fields.DUE) == ids[1:]
    assert cells.fill_down(workspace, ids[0], ids[1:], action_fields.DUE) == []
    workspace.undo()
    assert all(workspace.outline.actions[each].due != "2018-01" for each in ids[1:])


def test_names_are_not_filled_down(workspace, ids):
    with pytest.raises(RefusedError):
        cells.fill_down(workspace, ids[0], ids[1:], action_fields.TITLE)


@pytest.mark.parametrize(
    "field", [action_fields.STATUS, action_fields.PROGRESS, action_fields.DIRECTION]
)
def test_a_closed_round_is_not_filled(workspace, ids, field):
    edits.set_direction(workspace, ids[:1], next(iter(workspace.outline.directions)))
    rounds.close_round(workspace, workspace.outline.round.id)
    with pytest.raises(RefusedError):
        cells.fill_down(workspace, ids[0], ids[1:], field)
