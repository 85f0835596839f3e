"""A draft of the next term can be gone on with, also when the plan has changed meanwhile."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.next_term.draft import draft_as_json, draft_from_json
from kyodo_desktop.domain.plan import Choice
from kyodo_desktop.services import removing, structure
from kyodo_desktop.services.next_term import draw_up, proposed
from tests.builders import action_of, node_of

BOOTH, CENTRE, AWARD = (
    "市民活動ブースの設置",
    "市民活動サポートセンターの創設",
    "市民活動表彰の創設",
)


@pytest.fixture
def draft(workspace):
    """A draft of the sample with something of everything in it."""
    outline = workspace.outline
    heading = outline.parent(node_of(outline, BOOTH))
    draft = editing.choose(proposed(workspace), [action_of(outline, AWARD)], Choice.CONTINUE)
    draft = editing.choose(draft, [action_of(outline, BOOTH)], Choice.DROP)
    draft = editing.merge(draft, [action_of(outline, CENTRE)], action_of(outline, AWARD))
    draft, made = (
        editing.add_heading(draft, heading) if draft.depth(heading) < 1 else (draft, heading)
    )
    draft, action = editing.add_action(draft, made)
    draft = editing.rename(draft, action, "新しく始めること")
    return editing.set_term(draft, draft.term._replace(name="次期計画"))


def test_a_draft_comes_back_as_it_was(workspace, draft):
    assert draft_from_json(proposed(workspace), draft_as_json(draft)) == draft


def test_it_fits_itself_to_a_plan_that_has_changed(workspace, draft):
    text, outline = draft_as_json(draft), workspace.outline
    heading = outline.parent(node_of(outline, BOOTH))
    structure.add_action(workspace, heading, "あとから加えたもの")
    removing.delete(workspace, [node_of(outline, CENTRE)])
    again = draft_from_json(proposed(workspace), text)
    assert action_of(outline, CENTRE) not in again.dispositions
    kept = [again.actions[each] for each in again.kept_actions()]
    assert "あとから加えたもの" in kept
    assert "新しく始めること" in kept
    assert BOOTH not in kept
    assert draw_up(workspace, again)


def test_what_was_added_under_a_heading_that_is_gone_moves_up(workspace, draft):
    text, outline = draft_as_json(draft), workspace.outline
    removing.delete(workspace, [outline.parent(node_of(outline, BOOTH))])
    again = draft_from_json(proposed(workspace), text)
    assert "新しく始めること" in [again.actions[each] for each in again.kept_actions()]
    assert draw_up(workspace, again)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"term_id": 1}', "[" * 100_000])
def test_what_is_no_draft_is_refused(workspace, text):
    with pytest.raises(ReadingError):
        draft_from_json(proposed(workspace), text)
