"""Two actions that were entered twice become one, and one that stands twice becomes two."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.prerequisites import required_by
from kyodo_desktop.services import details, joining, vocabularies
from kyodo_desktop.services.details import add_prerequisite
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries
from kyodo_desktop.services.joining import JoinedLine, JoinedTexts, join, split
from tests import edits
from tests.builders import action_of, node_of, opened

KEPT, GONE, THIRD = "市民活動サポートセンターの創設", "職員研修の実施", "市民活動ブースの設置"
TEXTS = JoinedTexts(
    {
        action_fields.TITLE: "創設と研修",
        action_fields.DESCRIPTION: "内容",
        action_fields.NOTE: "備考",
        action_fields.DUE: "2016-03",
        action_fields.START: 2015,
        action_fields.DIRECTION: 1,
        action_fields.OUTLOOK: "続ける",
    },
    lines=(JoinedLine(1, "開設した", None), JoinedLine(3, "研修中", 1)),
)


@pytest.fixture
def ids(workspace):
    return [action_of(workspace.outline, title) for title in (KEPT, GONE, THIRD)]


def test_two_actions_become_one_in_one_step(workspace, ids):
    kept, gone, third = ids
    details.assign(workspace, [gone], 1, Role.LEAD)
    details.assign(workspace, [kept], 1, Role.RELATED)
    edits.set_outlook_text(workspace, gone, "やめる")
    add_prerequisite(workspace, gone, kept)
    add_prerequisite(workspace, third, gone)
    before, places = dump(workspace), workspace.outline.placed
    join(workspace, kept, gone, TEXTS)
    outline = workspace.outline
    assert workspace.undo_label == "「創設と研修」に重複をまとめる"
    assert outline.placed[kept] == tuple(sorted(places[kept] + places[gone]))
    assert outline.actions[kept][2:7] == ("創設と研修", "内容", 2015, "2016-03", "備考")
    assert [tuple(line[4:7]) for line in outline.lines[kept]] == [x[:3] for x in TEXTS.lines]
    assert outline.outlooks[kept][3:5] == (1, "続ける")
    assert [each.role for each in outline.assignments[kept]] == ["lead"]
    assert (required_by(outline, kept), required_by(outline, third)) == ((), (kept,))
    for table in (outline.placed, outline.lines, outline.outlooks, outline.assignments):
        assert gone not in table
    after = dump(workspace)
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert dump(workspace) == after


def test_the_kept_actions_lead_goes_on_leading_unless_others_are_chosen(workspace, ids):
    kept, gone, _ = ids
    other = vocabularies.add_section(workspace, "総務課")
    details.assign(workspace, [kept], 1, Role.LEAD)
    details.assign(workspace, [gone], other, Role.LEAD)
    join(workspace, kept, gone, TEXTS)
    assert workspace.outline.lead(kept) == "市民活動推進課"
    assert workspace.outline.section_names(kept, Role.RELATED) == ["総務課"]
    workspace.undo()
    join(workspace, kept, gone, TEXTS._replace(leads=(other,)))
    assert workspace.outline.lead(kept) == "総務課"
    workspace.undo()
    join(workspace, kept, gone, TEXTS._replace(leads=(1, other)))
    assert workspace.outline.lead(kept) == "市民活動推進課、総務課"


def test_the_history_of_both_is_kept(workspace, ids):
    kept, gone, _ = ids
    edits.set_note(workspace, gone, "元の備考")
    join(workspace, kept, gone, TEXTS)
    labels = [each.label for each in entries(workspace, action_id=kept)]
    assert labels[:2] == ["「創設と研修」に重複をまとめる", "備考を入力"]


def test_a_circle_by_way_of_a_third_is_refused_by_name(workspace, ids):
    kept, gone, third = ids
    add_prerequisite(workspace, kept, third)
    add_prerequisite(workspace, third, gone)
    before = workspace.outline
    with pytest.raises(RefusedError, match=f"「{KEPT}」→「{THIRD}」→「{KEPT}」と順番が一巡"):
        join(workspace, kept, gone, TEXTS)
    assert workspace.outline is before
    assert "同じ実行計画どうし" in joining.refusal(before, kept, kept)


def test_what_was_joined_comes_back_where_it_stood(workspace, ids):
    kept, gone, _ = ids
    node = node_of(workspace.outline, GONE)
    join(workspace, kept, gone, TEXTS)
    split(workspace, node)
    outline = workspace.outline
    assert outline.action_at(node).id == gone
    assert outline.title(node) == GONE
    assert [line.text for line in outline.lines[gone]] == ["開設した", "研修中"]
    assert outline.joinings == {}


def test_another_relisted_placement_gets_a_copy(workspace):
    title = "協働のまちづくり推進課の設置"
    node, action_id = node_of(workspace.outline, title, nth=1), action_of(workspace.outline, title)
    before = dump(workspace)
    split(workspace, node)
    outline = workspace.outline
    copy = outline.action_at(node)
    assert (copy.title, copy.id == action_id) == (title, False)
    assert outline.status(copy.id) == outline.status(action_id)
    with pytest.raises(RefusedError, match="二か所以上に掲載"):
        split(workspace, node)
    workspace.undo()
    assert dump(workspace) == before


def test_closed_rounds_stay_as_they_are_and_other_open_ones_are_united(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.executescript("""
            INSERT INTO round (id, name, fiscal_year, as_of) VALUES
                (2, '平成28年度', 2016, '2016-10-31'), (3, '平成29年度', 2017, '2017-10-31');
            INSERT INTO progress (round_id, action_id, position, status_id, text) VALUES
                (2, 1, 0, 1, '一'), (2, 2, 0, 1, '二'), (3, 2, 0, 1, '新');
            INSERT INTO outlook (round_id, action_id, text) VALUES (1, 2, '旧'), (2, 2, '二');
            UPDATE round SET closed_at = '2016-04-01' WHERE id = 1;
        """)
    with closing(opened(sample_file, clock)) as plan:
        workspace = plan.workspace
        before = dump(workspace)
        join(workspace, 1, 2, TEXTS)
        workspace.show_round(2)
        assert [line.text for line in workspace.outline.lines[1]] == ["一", "二"]
        assert workspace.outline.outlooks[1].text == "二"
        workspace.show_round(1)
        assert workspace.outline.outlooks[2].text == "旧"
        with pytest.raises(RefusedError, match="確定済み"):
            join(workspace, 1, 3, TEXTS)
        workspace.show_round(3)
        workspace.undo()
        assert dump(workspace) == before
