"""A copy stands behind its original, is new and 未記入, and keeps its 再掲 inside."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.nodes import term_node
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, structure
from tests import edits
from tests.builders import node_of


def test_an_action_is_copied_with_its_texts_and_sections_but_without_progress(workspace):
    original = node_of(workspace.outline, "市民活動ブースの設置")
    edits.set_note(workspace, 1, "メモ")
    details.assign(workspace, [1], 1, Role.LEAD)
    details.set_links(workspace, [1], action_fields.ACTORS, [2, 5])
    details.set_links(workspace, [1], action_fields.PRINCIPLES, [3])
    structure.renumber(workspace, original, "甲")
    copy = structure.duplicate(workspace, original)
    outline = workspace.outline
    action = outline.action_at(copy)
    assert outline.label(copy) == "② 市民活動ブースの設置"
    assert action.id != 1
    assert action.note == "メモ"
    assert outline.lead(action.id) == "市民活動推進課"
    assert [each.actor_id for each in outline.action_actors[action.id]] == [2, 5]
    assert [each.principle_id for each in outline.action_principles[action.id]] == [3]
    assert outline.status(action.id) is None


def test_a_heading_is_copied_behind_itself_with_all_below(workspace):
    original = node_of(workspace.outline, "環境づくり")
    copy = structure.duplicate(workspace, original)
    outline = workspace.outline
    assert [outline.title(node) for node in outline.below(copy)] == [
        outline.title(node) for node in outline.below(original)
    ]
    assert outline.children[term_node(1)][:2] == (original, copy)
    assert outline.label(copy) == "2 環境づくり"
    workspace.undo()
    assert len(workspace.outline.headings) == 19


def test_what_stands_twice_inside_stands_twice_in_the_copy(workspace):
    heading = node_of(workspace.outline, "担い手づくり")
    twice = node_of(workspace.outline, "市民活動保険の導入")
    structure.relist(workspace, twice, node_of(workspace.outline, "担い手の発掘と育成の充実"))
    copy = structure.duplicate(workspace, heading)
    outline = workspace.outline
    inside = [node for node in outline.below(copy) if outline.title(node) == "市民活動保険の導入"]
    assert outline.action_at(inside[0]) == outline.action_at(inside[1])
    assert sorted(map(outline.is_relisted, inside)) == [False, True]
    assert outline.action_at(inside[0]) != outline.action_at(twice)


def test_a_lone_relisted_placement_becomes_an_action_of_its_own(workspace):
    title = "協働のまちづくり推進課の設置"
    again = node_of(workspace.outline, title, nth=1)
    copy = structure.duplicate(workspace, again)
    assert not workspace.outline.is_relisted(copy)
    assert len(workspace.outline.actions) == 33


def test_a_term_is_not_copied(workspace):
    with pytest.raises(RefusedError, match="期は複製できません"):
        structure.duplicate(workspace, term_node(1))
