"""Deleting says what goes with it, and takes no more than that."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.services import removing, structure
from kyodo_desktop.services.dump import dump
from tests import edits
from tests.builders import action_of, node_of, opened

TWICE = "協働のまちづくり推進課の設置"
OF_ACTIONS = (
    "prerequisite",
    "action_actor",
    "action_principle",
    "opinion",
    "outlook",
    "assignment",
)


def find(workspace, title, nth=0):
    return node_of(workspace.outline, title, nth=nth)


def sentence(workspace, *titles):
    outline = workspace.outline
    return removing.preview_deletion(
        workspace, [node_of(outline, title) for title in titles]
    ).sentence


def test_what_goes_along_is_told(workspace):
    assert sentence(workspace, "担い手支援の充実") == (
        "見出し 1件、実行計画 2件、進捗状況 2行を削除します。"
    )
    assert sentence(workspace, "市の体制") == (
        "見出し 3件、実行計画 2件、進捗状況 3行、再掲 1件（元の実行計画は残ります）を削除します。"
    )
    assert sentence(workspace, TWICE) == "再掲 1件（元の実行計画は残ります）を削除します。"


def test_an_action_whose_places_all_go_does_not_stay(workspace):
    assert sentence(workspace, "環境づくり", "市の体制", "担い手づくり") == (
        "見出し 11件、実行計画 16件、進捗状況 17行、再掲 1件（元の実行計画は残ります）"
        "を削除します。"
    )
    assert "再掲" not in sentence(workspace, "前期")


def test_a_heading_goes_with_all_below_it_and_the_numbers_close_up(workspace):
    removing.delete(workspace, [find(workspace, "担い手づくり")])
    outline = workspace.outline
    assert [outline.label(node) for node in outline.children[outline.roots[0]]] == [
        "1 環境づくり",
        "2 情報の提供と共有",
        "3 市政への参画",
        "4 市の体制",
    ]
    assert (len(outline.headings), len(outline.actions)) == (16, 25)


def test_a_relisted_placement_goes_alone(workspace):
    removing.delete(workspace, [find(workspace, TWICE, nth=1)])
    outline = workspace.outline
    assert len(outline.actions) == 32
    assert not outline.is_relisted(find(workspace, TWICE))


def test_without_its_home_an_action_is_at_home_where_it_was_relisted(workspace):
    action_id = action_of(workspace.outline, TWICE)
    removing.delete(workspace, [find(workspace, TWICE)])
    outline = workspace.outline
    node = find(workspace, TWICE)
    assert outline.title(outline.parent(node)) == "市内協働推進体制の整備"
    assert not outline.is_relisted(node)
    assert outline.status(action_id).mark == "✓"
    workspace.undo()
    assert workspace.outline.is_relisted(find(workspace, TWICE, nth=1))


def test_what_is_selected_twice_over_goes_once(workspace):
    before = dump(workspace)
    heading, action = find(workspace, "担い手支援の充実"), find(workspace, "市民活動保険の導入")
    removing.delete(workspace, [action, heading, action])
    assert workspace.undo_label == "「市民活動保険の導入」など3件を削除"
    workspace.undo()
    assert dump(workspace) == before


def test_everything_of_an_action_goes_and_comes_back(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.executescript("""
            INSERT INTO prerequisite (action_id, required_id) VALUES (1, 2), (3, 1);
            INSERT INTO action_actor (action_id, actor_id) VALUES (1, 1);
            INSERT INTO action_principle (action_id, principle_id) VALUES (1, 1);
            INSERT INTO opinion (round_id, heading_id, text) VALUES (1, 1, '意見');
            INSERT INTO outlook (round_id, action_id, text) VALUES (1, 1, '続ける');
            INSERT INTO assignment (action_id, section_id, role) VALUES (1, 1, 'lead');
        """)

    def counts(workspace):
        with workspace.reading() as connection:
            return [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in OF_ACTIONS
            ]

    with closing(opened(sample_file, clock)) as plan:
        removing.delete(plan.workspace, [find(plan.workspace, "環境づくり")])
        assert counts(plan.workspace) == [0, 0, 0, 0, 0, 0]
        plan.workspace.undo()
        assert counts(plan.workspace) == [2, 1, 1, 1, 1, 1]


def test_a_term_is_not_deleted(workspace):
    with pytest.raises(RefusedError, match="期は削除できません"):
        removing.delete(workspace, [find(workspace, "環境づくり"), find(workspace, "後期")])
    assert len(workspace.outline.headings) == 19


def test_what_another_action_continues_is_not_deleted(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.execute("UPDATE action SET continues_id = 1 WHERE title = '職員研修の実施'")
        raw.commit()
    with closing(opened(sample_file, clock)) as plan:
        with pytest.raises(RefusedError, match="「職員研修の実施」が引き継いでいるため"):
            removing.delete(plan.workspace, [find(plan.workspace, "市民活動ブースの設置")])
        both = [find(plan.workspace, each) for each in ("環境づくり", "市の体制")]
        removing.delete(plan.workspace, both)
        assert 1 not in plan.workspace.outline.actions


def test_what_is_gone_already_is_passed_over(workspace):
    node = structure.add_action(workspace, find(workspace, "活動拠点の整備"))
    workspace.undo()
    edits.set_note(workspace, 1, "メモ")
    removing.delete(workspace, [node])
    assert workspace.undo_label == "備考を入力"


def test_what_closed_rounds_say_stays_though_the_action_leaves_the_plan(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.executescript("UPDATE round SET closed_at = '2016-04-01'")
    with closing(opened(sample_file, clock)) as plan:
        workspace = plan.workspace
        before, action_id = dump(workspace), action_of(workspace.outline, "職員研修の実施")
        assert sentence(workspace, "職員研修の実施") == (
            "実行計画 1件を削除します。確定済みの調査の記録は残ります。"
        )
        removing.delete(workspace, [find(workspace, "職員研修の実施")])
        assert action_id not in workspace.outline.placed
        assert len(workspace.outline.lines[action_id]) == 2
        workspace.undo()
        assert dump(workspace) == before


def test_a_heading_with_an_opinion_in_a_closed_round_stays(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.executescript("""
            INSERT INTO opinion (round_id, heading_id, text) VALUES (1, 1, '意見');
            UPDATE round SET closed_at = '2016-04-01';
        """)
    with closing(opened(sample_file, clock)) as plan:
        before = plan.workspace.outline
        title = before.headings[1].title
        with pytest.raises(
            RefusedError, match=f"「平成27年度」は確定済みで、「{title}」への委員会意見"
        ):
            removing.delete(plan.workspace, [find(plan.workspace, title)])
        assert plan.workspace.outline is before
