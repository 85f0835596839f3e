"""Headings and actions are added, named, numbered and re-listed."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import GoneError, InvalidInputError, RefusedError
from kyodo_desktop.domain.nodes import heading_node, term_node
from kyodo_desktop.services import structure
from tests.builders import node_of


def labels(workspace, parent):
    outline = workspace.outline
    return [outline.label(node) for node in outline.children.get(parent, ())]


def find(workspace, title, nth=0):
    return node_of(workspace.outline, title, nth=nth)


def test_a_heading_is_called_after_its_level_until_it_is_renamed(workspace):
    later = term_node(2)
    top = structure.add_heading(workspace, later)
    sub = structure.add_heading(workspace, top)
    structure.rename(workspace, sub, " 拠点の\n整備 ")
    assert labels(workspace, later) == ["1 新しい推進項目"]
    assert labels(workspace, top) == ["(1) 拠点の 整備"]


def test_a_new_one_stands_at_the_end_or_behind_the_chosen_one(workspace):
    parent = find(workspace, "担い手支援の充実")
    structure.add_action(workspace, parent, "末尾")
    structure.add_action(workspace, parent, "二番目", after=find(workspace, "市民活動保険の導入"))
    assert labels(workspace, parent) == [
        "① 市民活動保険の導入",
        "② 二番目",
        "③ ボランティア貯金の研究",
        "④ 末尾",
    ]
    node = structure.add_heading(workspace, term_node(1), after=find(workspace, "環境づくり"))
    assert workspace.outline.number(node) == "2"


def test_an_action_belongs_to_the_term_of_its_heading(workspace):
    top = structure.add_heading(workspace, term_node(2))
    node = structure.add_action(workspace, top)
    action = workspace.outline.action_at(node)
    assert (action.term_id, action.title) == (2, "新しい実行計画")


@pytest.mark.parametrize(
    ("parent", "words"),
    [
        ("活動拠点の整備", "見出しは施策までです"),
        ("市民活動ブースの設置", "実行計画の下に見出しは"),
    ],
)
def test_a_heading_stands_only_as_deep_as_the_plan_goes(workspace, parent, words):
    with pytest.raises(RefusedError, match=words):
        structure.add_heading(workspace, find(workspace, parent))


@pytest.mark.parametrize("parent", ["前期", "市民活動ブースの設置"])
def test_an_action_stands_only_under_a_heading(workspace, parent):
    with pytest.raises(RefusedError, match="見出しの下に追加してください"):
        structure.add_action(workspace, find(workspace, parent))


@pytest.mark.parametrize(
    ("title", "field"),
    [("前期", "期名"), ("環境づくり", "推進項目名"), ("職員研修の実施", "実行計画名")],
)
def test_every_node_is_renamed_and_its_title_is_checked(workspace, title, field):
    node, before = find(workspace, title), workspace.outline
    with pytest.raises(InvalidInputError, match=f"「{field}」が空です"):
        structure.rename(workspace, node, " ")
    assert workspace.outline is before
    structure.rename(workspace, node, "新しい名前")
    assert workspace.outline.title(node) == "新しい名前"
    assert workspace.undo_label == f"{field}を変更"


def test_a_relisted_action_has_one_title(workspace):
    title = "協働のまちづくり推進課の設置"
    home, again = (find(workspace, title, nth) for nth in (0, 1))
    structure.rename(workspace, again, "推進課の設置")
    assert workspace.outline.title(home) == "推進課の設置"


def test_a_number_is_typed_and_taken_away_again(workspace):
    heading, action = find(workspace, "担い手づくり"), find(workspace, "職員研修の実施")
    structure.renumber(workspace, heading, " Ⅱ ")
    structure.renumber(workspace, action, "②の2")
    assert workspace.outline.label(heading) == "Ⅱ 担い手づくり"
    assert workspace.outline.number(action) == "②の2"
    structure.renumber(workspace, heading, "")
    assert workspace.outline.number(heading) == "2"


def test_a_number_has_its_limits(workspace):
    with pytest.raises(InvalidInputError, match="「番号」が長すぎます"):
        structure.renumber(workspace, find(workspace, "担い手づくり"), "1" * 21)
    with pytest.raises(RefusedError, match="期には番号がありません"):
        structure.renumber(workspace, term_node(1), "1")


def test_an_action_is_relisted_under_another_heading(workspace):
    home, heading = find(workspace, "市民活動保険の導入"), find(workspace, "活動拠点の整備")
    again = structure.relist(workspace, home, heading)
    outline = workspace.outline
    assert labels(workspace, heading)[-1] == "② 市民活動保険の導入"
    assert [outline.is_relisted(node) for node in (home, again)] == [False, True]
    assert len(outline.actions) == 32


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("担い手支援の充実", "「\\(2\\) 担い手支援の充実」には既に掲載されています"),
        ("後期の項目", "別の期には再掲できません"),
        ("前期", "再掲先には見出しを"),
    ],
)
def test_an_action_is_not_relisted_just_anywhere(workspace, heading, words):
    structure.add_heading(workspace, term_node(2), "後期の項目")
    home, before = find(workspace, "市民活動保険の導入"), workspace.outline
    with pytest.raises(RefusedError, match=words):
        structure.relist(workspace, home, find(workspace, heading))
    assert workspace.outline is before


def test_only_an_action_is_relisted(workspace):
    with pytest.raises(RefusedError, match="再掲できるのは実行計画だけです"):
        structure.relist(workspace, find(workspace, "活動拠点の整備"), heading_node(1))


def test_what_is_gone_is_told(workspace):
    with pytest.raises(GoneError, match="既に削除されています"):
        structure.renumber(workspace, heading_node(999), "1")
