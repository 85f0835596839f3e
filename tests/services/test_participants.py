"""主体 and 基本原則 of actions."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.errors import GoneError
from kyodo_desktop.services.details import set_links


def actors(workspace, action_id):
    return [each.actor_id for each in workspace.outline.action_actors.get(action_id, ())]


def principles(workspace, action_id):
    return [each.principle_id for each in workspace.outline.action_principles.get(action_id, ())]


def test_an_action_has_exactly_the_actors_it_is_given(workspace):
    set_links(workspace, [1], action_fields.ACTORS, [1, 2])
    set_links(workspace, [1], action_fields.ACTORS, [2, 5])
    assert actors(workspace, 1) == [2, 5]
    workspace.undo()
    assert actors(workspace, 1) == [1, 2]
    set_links(workspace, [1], action_fields.ACTORS, [])
    assert actors(workspace, 1) == []


def test_several_actions_get_one_more_and_keep_their_own(workspace):
    set_links(workspace, [1], action_fields.PRINCIPLES, [1])
    set_links(workspace, [2], action_fields.PRINCIPLES, [2])
    set_links(workspace, [1, 2, 2], action_fields.PRINCIPLES, [3], among=[3])
    assert (principles(workspace, 1), principles(workspace, 2)) == ([1, 3], [2, 3])
    set_links(workspace, [1, 2], action_fields.PRINCIPLES, [], among=[2, 3])
    assert (principles(workspace, 1), principles(workspace, 2)) == ([1], [])


def test_what_an_action_has_already_is_no_step(workspace):
    set_links(workspace, [1], action_fields.ACTORS, [1])
    before = workspace.outline
    set_links(workspace, [1], action_fields.ACTORS, [1])
    assert workspace.outline is before


def test_an_action_that_is_gone_is_told(workspace):
    with pytest.raises(GoneError):
        set_links(workspace, [1, 999], action_fields.ACTORS, [1])
    assert actors(workspace, 1) == []
