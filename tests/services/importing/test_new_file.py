"""A table becomes a new plan's file, whole or not at all."""

from __future__ import annotations

from contextlib import ExitStack, closing

import pytest

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.domain.importing.found_plan import FoundOutlook, FoundPlacement
from kyodo_desktop.domain.importing.grid import Unread
from kyodo_desktop.domain.plan import ImportMapping
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries
from kyodo_desktop.services.importing.new_file import create_plan_from
from kyodo_desktop.store.reading import read_all
from tests.builders import node_of, opened
from tests.services.importing.founds import (
    BOOTH,
    CENTRE,
    STATUSES,
    TOP,
    TRAINING,
    action,
    at,
    found_of,
    headings_of,
    line,
    ordinary,
    table,
)


@pytest.fixture
def taken(tmp_path, clock):
    """A function that makes a file of a table; it returns the plan, open, and what was told."""
    with ExitStack() as held:

        def taken(found, **options):
            path = tmp_path / "取込.kyodo"
            told = create_plan_from(path, found, author="市民 花子", now=clock(), **options)
            return held.enter_context(closing(opened(path, clock))).workspace, told.unread

        yield taken


def labels(outline):
    return [outline.label(node) for root in outline.roots for node in outline.below(root)]


def test_everything_that_a_table_says_is_in_the_plan(taken):
    workspace, told = taken(ordinary())
    whole = dump(workspace)
    assert told == ()
    assert whole["plan"]["title"] == "市民協働推進計画"
    assert whole["plan"]["levels"] == ["基本目標", "施策", "事業"]
    assert [each["mark"] for each in whole["statuses"]] == ["◎", "○"]
    assert whole["directions"] == ["継続", "拡充"]
    assert whole["sections"] == ["市民協働課", "財政課", "管財課", "人事課"]
    assert whole["rounds"] == [
        {"name": "平成27年度", "fiscal_year": 2015, "as_of": "2016-03-31", "closed": False},
        {"name": "平成28年度", "fiscal_year": 2016, "as_of": "2017-03-31", "closed": False},
    ]
    booth = whole["actions"][0]
    assert (booth["title"], booth["description"], booth["note"]) == (
        "市民活動ブースの設置",
        "市役所に設ける",
        "無料",
    )
    assert (booth["start_fiscal_year"], booth["due"]) == (2015, "2017-03")
    assert [(each["name"], each["role"]) for each in booth["sections"]] == [
        ("市民協働課", "lead"),
        ("財政課", "related"),
        ("管財課", "related"),
    ]
    assert [tuple(each.values()) for each in booth["progress"]] == [
        ("平成27年度", None, "◎", "設置した", False),
        ("平成28年度", None, "◎", "増設した", False),
        ("平成28年度", "管財課", "○", "掲示板を替えた", False),
    ]
    (outlook,) = booth["outlooks"]
    said = tuple(outlook[name] for name in ("round", "direction", "text", "carried"))
    assert said == ("平成28年度", "拡充", "2か所目を検討", False)


def test_the_tree_stands_as_in_the_table(taken):
    outline = taken(ordinary())[0].outline
    assert labels(outline) == [
        "1 環境づくり",
        "(1) 拠点",
        "① 市民活動ブースの設置",
        "② 職員研修",
        "③ 相談窓口",
        "2 担い手づくり",
        "(1) 研修",
        "① 職員研修",
    ]
    assert outline.is_relisted(node_of(outline, "職員研修"))
    assert not outline.is_relisted(node_of(outline, "職員研修", nth=1))
    assert {each.number for each in outline.placements.values()} == {""}


def test_a_number_that_does_not_follow_from_its_place_is_kept_as_printed(taken):
    found = table(action(BOOTH, "11122", "ブース"), action(CENTRE, "②", "サロン", 5))
    outline = taken(found)[0].outline
    assert labels(outline)[2::2] == ["11122 ブース", "② サロン"]
    assert sorted(each.number for each in outline.placements.values()) == ["11122", "②"]


def test_the_one_term_has_the_years_of_the_plan(taken):
    outline = taken(ordinary())[0].outline
    assert [each[2:5] for each in outline.terms.values()] == [("計画期間", 2014, 2018)]


def test_the_history_begins_with_the_file_of_the_table(taken):
    workspace, _ = taken(ordinary(), source="進行管理表.xlsx")
    assert [each.label for each in entries(workspace)] == ["「進行管理表.xlsx」から取込"]
    assert workspace.undo_label is None


def test_the_mapping_is_kept_for_next_year(taken):
    workspace, _ = taken(ordinary(), mapping_json='{"a": 1}', mapping_name="進行管理表")
    with workspace.reading() as connection:
        assert list(read_all(connection, ImportMapping)) == [
            ImportMapping(1, "進行管理表", '{"a": 1}')
        ]


def test_a_table_without_statuses_rounds_or_headings_gets_those_of_a_new_plan(taken):
    bare = table(
        action((), "1", "花壇の手入れ", lines=(line("植えた", "", ""),)),
        levels=(("事業", "1"),),
        statuses=(),
        directions=(),
        rounds=(),
    )
    workspace, _ = taken(bare)
    outline = workspace.outline
    assert labels(outline) == ["市民協働推進計画", "1 花壇の手入れ"]
    assert outline.round.name == "令和8年度"
    assert [each.mark for each in outline.statuses.values()] == ["✓", "◇", "・"]
    assert dump(workspace)["actions"][0]["progress"][0]["text"] == "植えた"


def test_statuses_of_one_kind_are_told_apart_by_their_colours(taken):
    same = tuple(STATUSES[1]._replace(mark=mark) for mark in "○△□")
    outline = taken(table(action(BOOTH, "①", "ブース"), statuses=same))[0].outline
    colours = [each.colour for each in outline.statuses.values()]
    assert colours[0] == STATUSES[1].colour
    assert len(set(colours)) == 3


def test_headings_without_actions_stay(taken):
    outline = taken(table(headings=headings_of(BOOTH, TRAINING)))[0].outline
    assert labels(outline) == ["1 環境づくり", "(1) 拠点", "2 担い手づくり", "(1) 研修"]


class TestWhatDoesNotFit:
    def test_is_mended_and_told_with_its_place(self, taken):
        long = "あ" * 600
        workspace, told = taken(
            table(
                action(
                    ((long[:21], "目標"), ("(1)", "拠\x01点")),
                    "①",
                    long,
                    9,
                    start_fiscal_year=15,
                    due="2016-13",
                    note="い" * 32_001,
                    lines=(line("済\ufffe", "？"),),
                    outlooks=(FoundOutlook("平成28年度", "様子見", "来年", at(9, 8)),),
                )
            )
        )
        whole = dump(workspace)
        (done,) = whole["actions"]
        assert done["title"] == "あ" * 499 + "…"
        assert done["description"] == long
        assert (done["start_fiscal_year"], done["due"]) == (None, None)
        assert done["note"] == "い" * 32_000
        assert [tuple(each.values())[2:4] for each in done["progress"]] == [(None, "？ 済")]
        assert [tuple(each.values())[1:3] for each in done["outlooks"]] == [(None, "様子見\n来年")]
        assert labels(workspace.outline)[1] == "(1) 拠点"
        assert {each.reason[:6] for each in told} == {
            "番号が20文",
            "名称が500",
            "表示できない",
            "開始年度とし",
            "完了予定とし",
            "32,000",
            "凡例にない状",
        }
        assert {each.place for each in told} >= {at(9, 3), at(4, 6)}

    def test_an_empty_title_is_told(self, taken):
        workspace, told = taken(table(action(BOOTH, "①", " \n ", 9)))
        assert labels(workspace.outline)[-1] == "① （名称なし）"
        assert [(each.place, each.reason[:6]) for each in told] == [(at(9, 3), "名称が空のた")]

    def test_what_was_unread_before_is_told_too(self, taken):
        unread = Unread(at(30), "※注", "表の外にあります。")
        assert taken(table(action(BOOTH, "①", "ブース"), unread=(unread,)))[1] == (unread,)

    def test_a_second_placement_under_the_same_heading_is_none(self, taken):
        again = FoundPlacement(BOOTH, "②", at(5))
        outline = taken(table(action(BOOTH, "①", "ブース", relisted=(again,))))[0].outline
        assert len(outline.placements) == 1

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"first_fiscal_year": 15}, "計画期間"),
            ({"last_fiscal_year": 2000}, "計画期間"),
            ({"levels": (("目標", "1"), ("事業", "①"))}, "見出しが2段になる行があります"),
            ({"levels": (("目標", "1"),) * 6}, "階層"),
        ],
    )
    def test_a_plan_that_cannot_be_is_refused_and_no_file_is_left(
        self, taken, tmp_path, more, words
    ):
        with pytest.raises(PlanError, match=words):
            taken(table(action((TOP, BOOTH[1]), "①", "ブース"), **more))
        assert not list(tmp_path.glob("*.kyodo*"))


def test_a_file_that_is_there_stays_when_the_new_one_cannot_be(taken, tmp_path):
    taken(ordinary())
    before = (tmp_path / "取込.kyodo").read_bytes()
    with pytest.raises(PlanError):
        taken(table(first_fiscal_year=1))
    assert (tmp_path / "取込.kyodo").read_bytes() == before


def test_the_sample_read_as_a_table_is_the_sample(workspace, tmp_path, clock):
    whole = dump(workspace)
    path = tmp_path / "写し.kyodo"
    create_plan_from(path, found_of(workspace.outline, whole), author="", now=clock())
    with closing(opened(path, clock)) as plan:
        copy = dump(plan.workspace)
    assert copy["terms"][0]["headings"] == whole["terms"][0]["headings"]
    for each in (*copy["actions"], *whole["actions"]):
        del each["term"]
    assert copy["actions"] == whole["actions"]
