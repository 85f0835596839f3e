"""Headings and actions move within what makes sense; what is refused says why."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.nodes import row_id, term_node
from kyodo_desktop.services import moving, structure
from kyodo_desktop.services.moving import Way
from tests.builders import node_of

A, B, C, D = "環境づくり", "担い手づくり", "情報の提供と共有", "市政への参画"


def find(workspace, *titles):
    return [node_of(workspace.outline, title) for title in titles]


def titles(workspace, parent):
    outline = workspace.outline
    return [outline.title(node) for node in outline.children.get(parent, ())]


@pytest.mark.parametrize(
    ("moved", "before", "order"),
    [
        ([A], C, [B, A, C, D]),
        ([C], A, [C, A, B, D]),
        ([A], None, [B, C, D, A]),
        ([A, C], D, [B, A, C, D]),
        ([A], A, [A, B, C, D]),
        ([A, B], B, [A, B, C, D]),
        ([A, C], C, [B, A, C, D]),
        ([D], D, [A, B, C, D]),
    ],
)
def test_nodes_stand_before_the_one_they_are_dropped_on(workspace, moved, before, order):
    rest = find(workspace, "市の体制")
    where = find(workspace, before)[0] if before else rest[0]
    moving.move(workspace, find(workspace, *moved), term_node(1), where)
    assert titles(workspace, term_node(1)) == [*order, "市の体制"]


def test_an_action_moves_under_another_heading_and_both_close_up(workspace):
    (action,) = find(workspace, "市民活動サポートセンターの創設")
    (old,), (new,) = (
        find(workspace, "活動支援及び中間支援機能の充実"),
        find(workspace, "活動拠点の整備"),
    )
    moving.move(workspace, [action], new)
    outline = workspace.outline
    assert [outline.label(node) for node in outline.children[new]] == [
        "① 市民活動ブースの設置",
        "② 市民活動サポートセンターの創設",
    ]
    assert [outline.number(node) for node in outline.children[old]] == ["①", "②"]
    assert [outline.placements[row_id(node)].position for node in outline.children[old]] == [0, 1]


def test_what_stands_under_a_moved_heading_goes_along_once(workspace):
    heading, action = find(workspace, "活動拠点の整備", "市民活動ブースの設置")
    (target,) = find(workspace, "市の体制")
    moving.move(workspace, [heading, action], target)
    assert titles(workspace, target)[-1] == "活動拠点の整備"
    assert titles(workspace, heading) == ["市民活動ブースの設置"]


@pytest.mark.parametrize(
    ("node", "parent", "words"),
    [
        ("職員研修の実施", "市民活動ブースの設置", "実行計画の下には移動できません"),
        ("環境づくり", "市民活動ブースの設置", "実行計画の下には移動できません"),
        ("環境づくり", "活動拠点の整備", "自分自身の中には"),
        ("環境づくり", "環境づくり", "自分自身の中には"),
        ("環境づくり", "担い手づくり", "見出しは施策までの2段です"),
        ("活動拠点の整備", "担い手支援の充実", "見出しは施策までの2段です"),
        ("環境づくり", "後期", "期をまたいで"),
        ("職員研修の実施", "後期の項目", "期をまたいで"),
        ("前期", "後期", "期は移動できません"),
        ("職員研修の実施", "前期", "見出しの下に置いてください"),
        ("協働のまちづくり推進課の設置", "市内協働推進体制の整備", "既に掲載されています"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_with_the_reason(workspace, node, parent, words):
    structure.add_heading(workspace, term_node(2), "後期の項目")
    nodes, (above,), before = find(workspace, node), find(workspace, parent), workspace.outline
    assert words in moving.refusal(before, nodes, above)
    with pytest.raises(RefusedError, match=words):
        moving.move(workspace, nodes, above)
    assert workspace.outline is before


def test_both_places_of_one_action_do_not_meet_under_one_heading(workspace):
    title, before = "協働のまちづくり推進課の設置", workspace.outline
    both = [node_of(before, title, nth=nth) for nth in (0, 1)]
    with pytest.raises(RefusedError):
        moving.move(workspace, both, find(workspace, "活動拠点の整備")[0])
    assert workspace.outline is before


def test_the_arrows_move_among_the_siblings(workspace):
    (node,) = find(workspace, B)
    moving.shift(workspace, node, Way.UP)
    assert titles(workspace, term_node(1))[:3] == [B, A, C]
    moving.shift(workspace, node, Way.DOWN)
    moving.shift(workspace, node, Way.DOWN)
    assert titles(workspace, term_node(1))[:3] == [A, C, B]


def test_the_arrows_move_in_and_out(workspace):
    (node,), (above,) = find(workspace, "活動拠点の整備"), find(workspace, A)
    moving.shift(workspace, node, Way.OUT)
    assert titles(workspace, term_node(1))[:3] == [A, "活動拠点の整備", B]
    moving.shift(workspace, node, Way.IN)
    assert titles(workspace, above)[-1] == "活動拠点の整備"
    (action,) = find(workspace, "職員研修の実施")
    moving.shift(workspace, action, Way.OUT)
    assert titles(workspace, find(workspace, "市の体制")[0])[0] == "職員研修の実施"
    moving.shift(workspace, action, Way.IN)
    assert workspace.outline.parent(action) == find(workspace, "市内協働推進体制の整備")[0]


@pytest.mark.parametrize(
    ("title", "way", "words"),
    [
        (A, Way.UP, "先頭のため"),
        ("市の体制", Way.DOWN, "末尾のため"),
        (A, Way.OUT, "いちばん上の階層"),
        (A, Way.IN, "すぐ上に見出しがない"),
        (B, Way.IN, "見出しは施策までの2段です"),
        ("職員研修の実施", Way.IN, "入れ先の見出しがありません"),
        ("前期", Way.DOWN, "期は移動できません"),
    ],
)
def test_an_arrow_that_leads_nowhere_says_why(workspace, title, way, words):
    before = workspace.outline
    with pytest.raises(RefusedError, match=words):
        moving.shift(workspace, *find(workspace, title), way)
    assert workspace.outline is before
