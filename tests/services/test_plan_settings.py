"""The plan's own texts, 主体, 基本原則 and levels: one step, and everything stays linked."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.replies.addressing import Contact
from kyodo_desktop.domain.vocabulary import NameEntry
from kyodo_desktop.services.details import set_links
from kyodo_desktop.services.plan_settings import plan_settings, set_plan_settings
from tests.builders import node_of


def change(workspace, **fields):
    set_plan_settings(workspace, plan_settings(workspace.outline)._replace(**fields))


def actors_of(outline, action_id):
    return {outline.actors[each.actor_id].name for each in outline.action_actors[action_id]}


def test_everything_is_written_in_one_step(workspace):
    before = plan_settings(workspace.outline)
    settings = before._replace(
        title="新しい計画",
        policy="一\r\n二",
        municipality=" 隣の市\n",
        first_fiscal_year=2016,
        contact=Contact("市民活動推進課", " 協働推進係\n佐藤 ", "0476-00-0000"),
        principles=(NameEntry("共有"), NameEntry("対等")),
        actors=(*before.actors, NameEntry("学校")),
        levels=(("柱", "Ⅰ"), *before.levels[1:]),
    )
    set_plan_settings(workspace, settings)
    after = plan_settings(workspace.outline)
    assert (after.title, after.policy, after.first_fiscal_year) == ("新しい計画", "一\n二", 2016)
    assert (before.municipality, after.municipality) == ("富里市", "隣の市")
    assert after.contact == ("市民活動推進課", "協働推進係 佐藤", "0476-00-0000")
    assert [each.text for each in after.principles] == ["共有", "対等"]
    assert after.actors[:5] == before.actors
    assert after.actors[5].text == "学校"
    assert [each.number for each in workspace.outline.principles.values()] == ["①", "②"]
    workspace.undo()
    assert plan_settings(workspace.outline) == before
    assert workspace.undo_label is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "「計画名」が空です"),
        ({"definition": "\0"}, "「定義」の1文字目"),
        ({"policy": "あ" * 32_001}, "「推進方針」が長すぎます"),
        ({"municipality": "市" * 101}, "「市町村名」が長すぎます"),
        ({"contact": Contact(telephone="0" * 101)}, "「照会元の電話」が長すぎます"),
        ({"last_fiscal_year": 2010}, "「計画期間」の終了年度が"),
        ({"principles": (NameEntry("共有"), NameEntry(""))}, "「基本原則」が空です"),
        ({"principles": (NameEntry("共有"), NameEntry(" 共有"))}, "「共有」が2つあります"),
        ({"actors": (NameEntry("\n"),)}, "「主体」が空です"),
        ({"actors": (NameEntry("市"), NameEntry("市"))}, "「主体」の「市」が2つあります"),
        ({"levels": (("柱", "1"), ("", "(1)"), ("事業", "①"))}, "「階層名」が空です"),
    ],
)
def test_a_text_that_does_not_fit_names_its_field_and_changes_nothing(workspace, wrong, words):
    before = workspace.outline
    with pytest.raises(InvalidInputError, match=words):
        change(workspace, **{"title": "新", **wrong})
    assert workspace.outline is before


def test_an_actor_that_is_renamed_and_moved_stays_that_of_its_actions(workspace):
    citizens, *others, city = plan_settings(workspace.outline).actors
    set_links(workspace, [1, 2], action_fields.ACTORS, [citizens.id])
    set_links(workspace, [3], action_fields.ACTORS, [city.id])
    change(workspace, actors=(city, *others, citizens._replace(text="住民")))
    assert list(workspace.outline.actors) == [city.id, *(each.id for each in others), citizens.id]
    assert actors_of(workspace.outline, 1) == {"住民"}
    assert actors_of(workspace.outline, 3) == {"市"}


def test_two_principles_change_places_with_their_actions(workspace):
    first, second, *others = plan_settings(workspace.outline).principles
    set_links(workspace, [1], action_fields.PRINCIPLES, [first.id])
    change(workspace, principles=(second, first, *others))
    (link,) = workspace.outline.action_principles[1]
    moved = workspace.outline.principles[link.principle_id]
    assert (moved.number, moved.text) == ("②", first.text)


def test_what_is_deleted_is_taken_from_its_actions_and_comes_back_with_them(workspace):
    before = plan_settings(workspace.outline)
    set_links(workspace, [1], action_fields.ACTORS, [before.actors[0].id, before.actors[4].id])
    set_links(workspace, [1], action_fields.PRINCIPLES, [before.principles[4].id])
    linked = workspace.outline
    change(workspace, actors=before.actors[:4], principles=before.principles[:4])
    assert actors_of(workspace.outline, 1) == {before.actors[0].text}
    assert 1 not in workspace.outline.action_principles
    workspace.undo()
    assert workspace.outline == linked


def test_levels_are_named_and_numbered_anew(workspace):
    change(workspace, levels=(("柱", "Ⅰ"), ("方針", "ア"), ("事業", "(1)")))
    outline = workspace.outline
    assert [level.name for level in outline.levels] == ["柱", "方針", "事業"]
    assert outline.label(node_of(outline, "担い手づくり")) == "Ⅱ 担い手づくり"
    assert outline.number(node_of(outline, "担い手支援の充実")) == "イ"
    assert outline.number(node_of(outline, "ボランティア貯金の研究")) == "(2)"


def test_levels_keep_their_count(workspace):
    with pytest.raises(RefusedError, match="階層の数は"):
        change(workspace, levels=(("柱", "1"), ("事業", "①")))
