"""The sample is the plan of 平成27年度 as it was published."""

from __future__ import annotations

import csv
import shutil

import pytest

from kyodo_desktop.domain.counting import placements_under
from kyodo_desktop.domain.errors import CommandError
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.terms import overdue_cutoff
from kyodo_desktop.paths import bundled
from kyodo_desktop.services.inquiries.asking import inquiry_states
from kyodo_desktop.services.interchange import copy_contents
from kyodo_desktop.services.sample import create_sample, sample_names
from tests.builders import Clock, action_of, marks, node_of, opened

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
        CommandError,
        match="「narita」はありません。使えるサンプル: tomisato_example、tomisato_2015",
    ):
        create_sample(tmp_path / "a.kyodo", "narita", author="", now=clock())
    assert sample_names() == ["tomisato_example", "tomisato_2015"]
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("example") / "例.kyodo"
    create_sample(path, "tomisato_example", author="市民 花子", now=Clock()())
    return path


class TestExample:
    """The published table with what was invented to show the program at work."""

    @pytest.fixture
    def example(self, master, tmp_path, clock):
        plan = opened(shutil.copy(master, tmp_path / "例.kyodo"), clock)
        yield plan.workspace
        plan.close()

    def test_what_was_published_stays_as_it_is(self, example, workspace):
        assert list(printed(example.outline)) == list(printed(workspace.outline))
        assert len(list(printed(example.outline))) == 35
        assert marks(example.outline) == marks(workspace.outline)

    def test_it_says_what_is_invented(self, example, workspace):
        published = workspace.outline.plan.policy
        first, *more = example.outline.plan.policy.removeprefix(published).split("\n")
        assert first == ""
        assert "架空の記入例です" in more[0]

    def test_the_round_before_is_closed_and_says_something_else(self, example):
        outline = example.outline
        before = outline.as_of(outline.previous)
        assert (outline.previous.round.name, outline.round.name) == ("平成26年度", "平成27年度")
        assert outline.previous.round.closed_at
        assert {mark: marks(before).count(mark) for mark in "✓◇・"} == {"✓": 5, "◇": 5, "・": 24}

    def test_what_stands_as_before_is_still_to_be_confirmed(self, example):
        outline = example.outline
        waiting = [each for each in outline.actions if outline.is_carried(each)]
        assert 5 < len(waiting) < 15
        assert all(outline.is_open(each) for each in waiting)

    def test_what_was_answered_is_confirmed_and_more_is_than_is_not(self, example):
        outline = example.outline
        answered = {
            each.section.id for each in inquiry_states(example, "2015-11-01") if each.answered_at
        }
        waiting = [each for each in outline.actions if outline.is_carried(each)]
        leads = {
            each.section_id
            for action in waiting
            for each in outline.assignments[action]
            if each.role == Role.LEAD
        }
        assert not leads & answered
        assert len(waiting) == 8  # another number than that of the others
        assert len(outline.actions) - len(waiting) == 24

    def test_every_action_has_a_section_and_a_date(self, example):
        outline = example.outline
        assert all(outline.lead(each.id) and each.due for each in outline.actions.values())
        research = action_of(outline, "ボランティア貯金の研究")
        assert outline.section_names(research, Role.RELATED) == ["市民活動推進課"]

    def test_some_is_late_as_of_the_day_of_the_round_however_old_it_is(self, example):
        outline = example.outline
        month = overdue_cutoff(outline, f"{example.now():%Y-%m}")
        assert month == "2015-10"
        assert sum(outline.is_overdue(each, month) for each in outline.actions) == 4

    def test_two_sections_have_not_answered(self, example):
        states = inquiry_states(example, "2015-11-01")
        waited_for = [each for each in states if each.state.is_waited_for]
        assert [each.section.name for each in waited_for] == ["社会福祉課", "生涯学習課"]
        assert {each.due_on for each in waited_for} == {"2015-10-30"}

    def test_all_of_it_can_be_taken_along(self, master, tmp_path, clock):
        copy_contents(master, tmp_path / "b.kyodo", author="", now=clock())
        plan = opened(tmp_path / "b.kyodo", clock)
        assert list(plan.workspace.outline.rounds) == [1, 2]
        assert len(plan.workspace.outline.assignments) == 32
        plan.close()
