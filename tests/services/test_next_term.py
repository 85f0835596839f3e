"""The 後期 plan is drawn up from the 前期 in one step, and the 前期 stays as it is."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import InvalidInputError, ReadOnlyError, RefusedError
from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.nodes import placement_node, row_id
from kyodo_desktop.domain.plan import Choice, Role
from kyodo_desktop.services import details, next_term, progress, removing, structure, vocabularies
from kyodo_desktop.services.dump import dump
from tests import edits, outlines
from tests.builders import action_of, node_of, opened

TWICE = "協働のまちづくり推進課の設置"
BOOTH, CENTRE = "市民活動ブースの設置", "市民活動サポートセンターの創設"
FORWARD = ("successor", "choice")


def successor(workspace, title):
    """Return the action that continues an old one."""
    outline = workspace.outline
    return outline.actions[outline.successions[action_of(outline, title)].successor_id]


def first_term(workspace):
    """Return all that the file says of the 前期, but for what refers forward."""
    found = dump(workspace)
    ids = {action.id for action in workspace.outline.actions.values() if action.term_id == 1}
    actions = [each for each in found["actions"] if each["id"] in ids]
    return found["terms"][0], [
        {name: value for name, value in each.items() if name not in FORWARD} for each in actions
    ]


def choose(draft, choice, *titles):
    return editing.choose(draft, [action_of(draft.outline, each) for each in titles], choice)


def test_the_sample_goes_into_its_second_half(workspace):
    before, first = dump(workspace), first_term(workspace)
    draft = choose(next_term.proposed(workspace), Choice.EXPAND, CENTRE)
    node = next_term.draw_up(workspace, draft)
    outline = workspace.outline
    assert outline.title(node) == "後期"
    assert first_term(workspace) == first
    assert workspace.undo_label == "後期計画を策定"
    made = Counter(each.choice for each in outline.successions.values())
    assert made == {Choice.CONTINUE: 26, Choice.EXPAND: 1, Choice.DROP: 5}
    heir, continues_id = successor(workspace, CENTRE), action_of(outline, CENTRE)
    assert heir == outlines.action(heir.id, 2, CENTRE, continues_id=continues_id)
    drawn = dump(workspace)
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert dump(workspace) == drawn


def test_the_new_term_has_the_same_headings_and_numbers_that_close_up(workspace):
    node = next_term.draw_up(workspace, next_term.proposed(workspace))
    outline = workspace.outline
    titles = [outline.label(each) for each in outline.below(node)]
    old = [outline.label(each) for each in outline.below(outline.roots[0])]
    assert titles[:4] == [
        "1 環境づくり",
        "(1) 活動拠点の整備",
        f"① {BOOTH}",
        "(2) 活動支援及び中間支援機能の充実",
    ]
    assert titles[4] == f"① {CENTRE}"
    assert f"② {CENTRE}" in old


def test_what_stands_twice_does_so_again_with_the_same_home(workspace):
    draft = choose(next_term.proposed(workspace), Choice.CONTINUE, TWICE)
    home, again = (node_of(workspace.outline, TWICE, nth=nth) for nth in (0, 1))
    assert draft.is_relisted(again)
    assert not draft.is_relisted(home)
    next_term.draw_up(workspace, draft)
    outline = workspace.outline
    places = map(placement_node, outline.placed[successor(workspace, TWICE).id])
    assert [outline.title(outline.parent(place)) for place in places] == [
        outline.title(outline.parent(place)) for place in (home, again)
    ]


def test_what_belongs_to_an_action_goes_along(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        ids = dict(raw.execute("SELECT title, id FROM action ORDER BY id DESC"))
        booth, centre, office = ids[BOOTH], ids[CENTRE], ids[TWICE]
        raw.executescript(f"""
            INSERT INTO section (position, name) VALUES (1, '企画課');
            INSERT INTO assignment (action_id, section_id, role)
                VALUES ({booth}, 1, 'related'), ({centre}, 1, 'lead'), ({centre}, 2, 'related');
            INSERT INTO action_actor (action_id, actor_id) VALUES ({booth}, 1), ({centre}, 1);
            INSERT INTO action_principle (action_id, principle_id) VALUES ({booth}, 2);
            INSERT INTO prerequisite (action_id, required_id)
                VALUES ({booth}, {centre}), ({centre}, {booth}), ({booth}, {office}),
                ({ids["市民活動保険の導入"]}, {centre});
            UPDATE action SET due = '2016-03', note = '要協議', start_fiscal_year = 2012
                WHERE id = {booth};
            UPDATE action SET due = '2017-03', start_fiscal_year = 2017 WHERE id = {centre};
        """)
    with closing(opened(sample_file, clock)) as plan:
        workspace = plan.workspace
        next_term.draw_up(
            workspace, choose(next_term.proposed(workspace), Choice.CONTINUE, "市民活動保険の導入")
        )
        one, other = successor(workspace, BOOTH), successor(workspace, CENTRE)
        assert (one.due, one.note, one.start_fiscal_year) == (None, "要協議", 2016)
        assert (other.due, other.start_fiscal_year) == ("2017-03", 2017)
        waits = workspace.outline.prerequisites
        assert [each.required_id for each in waits[one.id]] == [other.id]
        assert other.id not in waits
        workspace.undo()
        merged = editing.merge(
            next_term.proposed(workspace), [centre, ids["市民活動保険の導入"]], booth
        )
        next_term.draw_up(workspace, merged)
        outline, one = workspace.outline, successor(workspace, BOOTH)
        assert successor(workspace, CENTRE) == one
        assert outline.section_names(one.id, Role.LEAD) == ["市民活動推進課"]
        assert outline.section_names(one.id, Role.RELATED) == ["企画課"]
        assert [each.actor_id for each in outline.action_actors[one.id]] == [1]
        assert [each.principle_id for each in outline.action_principles[one.id]] == [2]
        assert one.id not in outline.prerequisites
        assert outline.successions[centre].choice == Choice.MERGE


def test_of_merged_actions_that_one_keeps_its_lead_which_the_others_go_into(workspace):
    ids = [action_of(workspace.outline, title) for title in (BOOTH, CENTRE)]
    other = vocabularies.add_section(workspace, "総務課")
    details.assign(workspace, ids[:1], 1, Role.LEAD)
    details.assign(workspace, ids[1:], other, Role.LEAD)
    next_term.draw_up(workspace, editing.merge(next_term.proposed(workspace), ids[:1], ids[1]))
    outline, one = workspace.outline, successor(workspace, CENTRE)
    assert outline.lead(one.id) == "総務課"
    assert outline.section_names(one.id, Role.RELATED) == ["市民活動推進課"]


def test_one_that_is_to_be_merged_with_nobody_goes_on(workspace):
    next_term.draw_up(workspace, choose(next_term.proposed(workspace), Choice.MERGE, BOOTH))
    assert workspace.outline.successions[action_of(workspace.outline, BOOTH)].choice == "continue"


def test_a_plan_without_a_second_half_gets_one(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.execute("DELETE FROM term WHERE id = 2")
        raw.commit()
    with closing(opened(sample_file, clock)) as plan:
        workspace = plan.workspace
        draft = next_term.proposed(workspace)
        assert draft.term == (None, "後期", 2016, 2020)
        node = next_term.draw_up(workspace, draft)
        made = workspace.outline.terms[row_id(node)]
        assert made[1:] == (1, "後期", 2016, 2020, 1)
        assert len(workspace.outline.children[node]) == 5


def test_new_headings_and_actions_stand_where_they_were_put(workspace):
    draft = next_term.proposed(workspace)
    above = node_of(draft.outline, "環境づくり")
    draft, heading = editing.add_heading(
        draft, above, after=node_of(draft.outline, "活動拠点の整備")
    )
    draft, action = editing.add_action(draft, heading)
    draft = editing.rename(editing.rename(draft, heading, "広報"), action, "広報紙の刷新")
    node = next_term.draw_up(workspace, draft)
    outline = workspace.outline
    first = outline.children[node][0]
    assert outline.label(outline.children[first][1]) == "(2) 広報"
    [made] = outline.children[outline.children[first][1]]
    assert outline.label(made) == "① 広報紙の刷新"
    new = outline.action_at(made)
    assert new == outlines.action(new.id, 2, "広報紙の刷新", start_fiscal_year=2016)


def test_what_was_said_in_an_earlier_round_counts_where_the_shown_one_is_silent(
    sample_file, clock
):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.execute(
            "INSERT INTO round (name, fiscal_year, as_of) VALUES ('次', 2016, '2016-10-31')"
        )
        raw.commit()
    with closing(opened(sample_file, clock)) as plan:
        draft = next_term.proposed(plan.workspace)
        assert draft.candidates[action_of(plan.workspace.outline, TWICE)].status.mark == "✓"


def test_a_term_is_drawn_up_once_until_it_is_deleted(workspace):
    draft = next_term.proposed(workspace)
    node = next_term.draw_up(workspace, draft)
    for draw_up in (next_term.proposed, lambda same: next_term.draw_up(same, draft)):
        with pytest.raises(RefusedError, match="「後期」には見出しが既にあるため"):
            draw_up(workspace)
    structure.add_action(workspace, workspace.outline.children[node][0], "手で追加")
    removing.delete(workspace, workspace.outline.children[node])
    kept = {each.choice for each in workspace.outline.successions.values()}
    assert kept == {Choice.DROP}
    next_term.draw_up(workspace, choose(next_term.proposed(workspace), Choice.CONTINUE, TWICE))
    assert successor(workspace, TWICE).title == TWICE


def test_deleting_a_new_action_forgets_what_it_continued_and_comes_back(workspace):
    draft = next_term.proposed(workspace)
    booth, centre = (action_of(draft.outline, each) for each in (BOOTH, CENTRE))
    node = next_term.draw_up(workspace, editing.merge(draft, [centre], booth))
    drawn = dump(workspace)
    with pytest.raises(RefusedError, match=f"「{BOOTH}」が引き継いでいるため"):
        removing.delete(workspace, [node_of(workspace.outline, CENTRE)])
    new = placement_node(workspace.outline.placed[successor(workspace, BOOTH).id][0])
    removing.delete(workspace, [new])
    assert {booth, centre}.isdisjoint(workspace.outline.successions)
    removing.delete(workspace, [node_of(workspace.outline, CENTRE)])
    workspace.undo()
    workspace.undo()
    assert dump(workspace) == drawn
    assert workspace.outline.title(node) == "後期"


def test_what_cannot_be_is_refused_and_nothing_is_written(workspace, sample_file, clock):
    before = dump(workspace)
    draft = next_term.proposed(workspace)
    empty = editing.choose(draft, draft.dispositions, Choice.DROP)
    with pytest.raises(RefusedError, match="入る実行計画が1件もないため"):
        next_term.draw_up(workspace, empty)
    for term in (draft.term._replace(name=" "), draft.term._replace(last_fiscal_year=2015)):
        with pytest.raises(InvalidInputError):
            next_term.draw_up(workspace, editing.set_term(draft, term))
    assert dump(workspace) == before
    edits.set_note(workspace, 1, "メモ")
    with pytest.raises(RefusedError, match="計画が変わったため"):
        next_term.draw_up(workspace, draft)
    workspace.close()
    with closing(opened(sample_file, clock, read_only=True)) as plan:
        draft = next_term.proposed(plan.workspace)
        with pytest.raises(ReadOnlyError):
            next_term.draw_up(plan.workspace, draft)


def test_new_actions_have_no_line_in_the_round_that_is_shown(workspace):
    next_term.draw_up(workspace, next_term.proposed(workspace))
    new = successor(workspace, BOOTH)
    assert workspace.outline.status(new.id) is None
    progress.set_status(workspace, [new.id], 3)
    assert workspace.outline.status(new.id).mark == "・"
    assert workspace.outline.status(action_of(workspace.outline, BOOTH)).mark == "◇"
