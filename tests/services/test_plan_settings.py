"""The plan's own texts and its levels."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.services.plan_settings import plan_texts, set_levels, set_plan_texts
from tests.builders import node_of, opened


def test_all_texts_are_written_in_one_step(workspace):
    before = plan_texts(workspace.outline)
    texts = before._replace(
        title="新しい計画",
        policy="一\r\n二",
        first_fiscal_year=2016,
        principles=("共有", "対等"),
        actors=(*before.actors, "学校"),
    )
    set_plan_texts(workspace, texts)
    assert plan_texts(workspace.outline) == texts._replace(policy="一\n二")
    assert [each.number for each in workspace.outline.principles.values()] == ["①", "②"]
    workspace.undo()
    assert plan_texts(workspace.outline) == before
    assert workspace.undo_label is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "「計画名」が空です"),
        ({"definition": "\0"}, "「定義」の1文字目"),
        ({"policy": "あ" * 32_001}, "「推進方針」が長すぎます"),
        ({"last_fiscal_year": 2010}, "「計画期間」の終わりの年度が"),
        ({"principles": ("共有", "")}, "「基本原則」が空です"),
        ({"actors": ("\n",)}, "「主体」が空です"),
    ],
)
def test_a_text_that_does_not_fit_names_its_field_and_changes_nothing(workspace, wrong, words):
    before = workspace.outline
    with pytest.raises(InvalidInputError, match=words):
        set_plan_texts(workspace, plan_texts(before)._replace(title="新")._replace(**wrong))
    assert workspace.outline is before


def test_a_principle_or_an_actor_goes_with_the_actions_that_name_it(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.execute("INSERT INTO action_principle (action_id, principle_id) VALUES (1, 5)")
        raw.execute("INSERT INTO action_actor (action_id, actor_id) VALUES (1, 5)")
        raw.commit()
    with closing(opened(sample_file, clock)) as plan:
        texts = plan_texts(plan.workspace.outline)
        set_plan_texts(
            plan.workspace,
            texts._replace(principles=texts.principles[:4], actors=texts.actors[:4]),
        )
        assert (len(plan.workspace.outline.principles), len(plan.workspace.outline.actors)) == (
            4,
            4,
        )
        plan.workspace.undo()
        assert plan_texts(plan.workspace.outline) == texts
        with plan.workspace.reading() as connection:
            for table in ("action_principle", "action_actor"):
                links = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
                assert links == 1


def test_levels_are_named_and_numbered_anew(workspace):
    set_levels(workspace, [("柱", "Ⅰ"), ("方針", "ア"), ("事業", "(1)")])
    outline = workspace.outline
    assert [level.name for level in outline.levels] == ["柱", "方針", "事業"]
    assert outline.label(node_of(outline, "担い手づくり")) == "Ⅱ 担い手づくり"
    assert outline.number(node_of(outline, "担い手支援の充実")) == "イ"
    assert outline.number(node_of(outline, "ボランティア貯金の研究")) == "(2)"


def test_levels_keep_their_count_and_have_a_name(workspace):
    before = workspace.outline
    with pytest.raises(RefusedError, match="階層の数は"):
        set_levels(workspace, [("柱", "1"), ("事業", "①")])
    with pytest.raises(InvalidInputError, match="「階層名」が空です"):
        set_levels(workspace, [("柱", "1"), ("", "(1)"), ("事業", "①")])
    assert workspace.outline is before
