"""The sample is the plan of 平成27年度 as it was published."""

from __future__ import annotations

import csv

import pytest

from kyodo_desktop.domain.counting import placements_under
from kyodo_desktop.domain.errors import CommandError
from kyodo_desktop.paths import bundled
from kyodo_desktop.services.sample import create_sample, sample_names
from tests.builders import marks, node_of

CENTRE, GRANT = "市民活動サポートセンターの創設", "市民活動支援補助金の創設"


def printed(outline):
    """Return the published table: what each printed line says, from the top to its text."""
    marked = {each.id: each.mark for each in outline.statuses.values()}
    for node in placements_under(outline, outline.roots[0]):
        sub, top, _ = outline.ancestors(node)
        for line in outline.lines[outline.action_at(node).id]:
            yield [
                outline.label(top),
                outline.label(sub),
                outline.number(node),
                outline.title(node),
                marked[line.status_id],
                line.text,
            ]


def test_every_line_is_as_it_was_published(workspace):
    source = bundled("resources", "samples", "tomisato_2015.csv")
    with source.open(encoding="utf-8", newline="") as file:
        published = list(csv.reader(file))[1:]
    assert list(printed(workspace.outline)) == published
    assert len(published) == 35


def test_34_placements_of_32_actions_with_33_stored_lines(workspace):
    outline = workspace.outline
    assert len(outline.placements) == 34
    assert len(outline.actions) == 32
    assert sum(map(len, outline.lines.values())) == 33
    assert {mark: marks(outline).count(mark) for mark in "✓◇・"} == {"✓": 6, "◇": 7, "・": 21}


@pytest.mark.parametrize("title", ["協働のまちづくり推進課の設置", "協働人材バンクの創設"])
def test_two_actions_that_agree_are_one_placed_twice(workspace, title):
    outline = workspace.outline
    first, second = (node_of(outline, title, nth=nth) for nth in (0, 1))
    assert outline.action_at(first) == outline.action_at(second)
    assert [outline.is_relisted(node) for node in (first, second)] == [False, True]


@pytest.mark.parametrize("title", [CENTRE, GRANT])
def test_two_actions_that_contradict_each_other_stay_separate(workspace, title):
    outline = workspace.outline
    first, second = (node_of(outline, title, nth=nth) for nth in (0, 1))
    assert outline.action_at(first).id != outline.action_at(second).id
    assert not outline.is_relisted(second)


def test_the_plan_says_what_the_document_says(workspace):
    outline = workspace.outline
    assert outline.plan.title == "協働のまちづくり推進計画"
    assert (outline.plan.first_fiscal_year, outline.plan.last_fiscal_year) == (2011, 2020)
    assert outline.plan.definition.startswith("まちづくりの主体である市民、地縁による団体、")
    assert outline.plan.policy.startswith("条例に基づき協働のまちづくりを着実に進めるため")
    assert [(each.number, each.text[:4]) for each in outline.principles.values()] == [
        ("①", "目的意識"),
        ("②", "対等なパ"),
        ("③", "役割の理"),
        ("④", "情報の提"),
        ("⑤", "自助・共"),
    ]
    assert [each.name for each in outline.actors.values()][::4] == ["市民", "市"]
    assert [(each.mark, each.label) for each in outline.statuses.values()] == [
        ("✓", "完了"),
        ("◇", "完了の目途"),
        ("・", "継続中"),
    ]


def test_there_are_two_terms_and_one_round(workspace):
    outline = workspace.outline
    assert [each[2:] for each in outline.terms.values()] == [
        ("前期", 2011, 2015, None),
        ("後期", 2016, 2020, 1),
    ]
    assert (outline.round.name, outline.round.as_of) == ("平成27年度", "2015-10-31")
    assert outline.children.get(outline.roots[1], ()) == ()


def test_an_unknown_sample_is_told_with_those_there_are(tmp_path, clock):
    with pytest.raises(
        CommandError, match="「narita」はありません。使えるサンプル: tomisato_2015"
    ):
        create_sample(tmp_path / "a.kyodo", "narita", author="", now=clock())
    assert sample_names() == ["tomisato_2015"]
    assert list(tmp_path.iterdir()) == []
