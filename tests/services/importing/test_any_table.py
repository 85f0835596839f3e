"""Whatever a table says: what was taken is not told again, and one undo takes it back."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from kyodo_desktop.domain.importing.found_plan import FoundOutlook, FoundPlacement, FoundRound
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.search import search_key
from kyodo_desktop.domain.vocabulary import StatusEntry
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.importing.new_file import create_plan_from
from kyodo_desktop.services.importing.updating import compared_with, take_update
from tests.builders import Clock, opened
from tests.effort import examples
from tests.services.importing.founds import STATUSES, action, at, line, ordinary, table

NAMES = ("平成27年度", "平成28年度", "平成29年度", "平成30年度")
ROUNDS = [
    FoundRound(name, 2015 + place, f"{2016 + place}-03-31") for place, name in enumerate(NAMES)
]
MARKS = (*STATUSES, StatusEntry("△", "", "", StatusKind.NOT_STARTED, ""))
TEXTS = st.sampled_from(["", "週1回開いた", "増設した", "二行\r\nの文", "\0"])
NUMBERS = st.sampled_from(["", "①", "②", "③", "１", "1", "11122", "と" * 30])
TITLES = st.sampled_from(
    [
        "市民活動ブースの設置",
        "ブースの設置",
        "相談窓口",
        "職員研修",
        "職員　研修",
        "第1回",
        "第2回",
        "",
        "ん" * 510,
    ]
)
TOPS = st.sampled_from(
    [("1", "環境づくり"), ("2", "担い手づくり"), ("3", "担い手づくり"), ("", "他")]
)
LOWER = st.sampled_from([("(1)", "拠点"), ("(1)", "研修"), ("(2)", "交流"), ("", "拠点の整備")])
PATHS = st.one_of(st.tuples(TOPS, LOWER), st.tuples(TOPS), st.just(()))
SECTIONS = st.lists(st.sampled_from(["財政課", "財 政課", "広報課", "", "課" * 101]), max_size=3)
LINES = st.builds(
    line,
    TEXTS,
    st.sampled_from(["◎", "○", "△", "", "？"]),
    st.sampled_from([*NAMES, ""]),
    st.sampled_from(["", "財政課", "人事課"]),
)
OUTLOOKS = st.builds(
    FoundOutlook,
    st.sampled_from(NAMES),
    st.sampled_from(["", "継続", "廃止", "未定"]),
    TEXTS,
    st.just(at(9)),
)
ACTIONS = st.builds(
    action,
    PATHS,
    NUMBERS,
    TITLES,
    st.just(4),
    description=TEXTS,
    start_fiscal_year=st.sampled_from([None, 2015, 27]),
    due=st.sampled_from([None, "2017-03", "2017-13"]),
    note=TEXTS,
    sections=SECTIONS.map(tuple),
    related_sections=SECTIONS.map(tuple),
    lines=st.lists(LINES, max_size=3).map(tuple),
    outlooks=st.lists(OUTLOOKS, max_size=2).map(tuple),
    relisted=st.lists(st.builds(FoundPlacement, PATHS, NUMBERS, st.just(at(5))), max_size=2).map(
        tuple
    ),
)


def name_of(found):
    """Return what an action is known by; two that share it could be paired crosswise."""
    return found.path, *(search_key(each).replace(" ", "") for each in (found.number, found.title))


TABLES = st.builds(
    lambda actions, rounds: table(
        *(each._replace(place=at(row)) for row, each in enumerate(actions, 4)),
        statuses=MARKS,
        rounds=tuple(rounds),
        directions=("継続", "廃止"),
    ),
    st.lists(ACTIONS, max_size=6, unique_by=name_of),
    st.lists(st.sampled_from(ROUNDS), unique=True, max_size=3),
)


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("master") / "計画.kyodo"
    create_plan_from(path, ordinary(), author="", now=Clock()())
    return path


@examples(
    quick=3,
    deep=120,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(found=TABLES, chosen=st.sets(st.integers(0, 30)))
def test_any_table_can_be_taken_in_part_and_whole(master, tmp_path, clock, found, chosen):
    file = shutil.copy(master, tmp_path / "計画.kyodo")
    with closing(opened(file, clock)) as plan:
        workspace, first = plan.workspace, dump(plan.workspace)
        take_update(workspace, compared_with(workspace, found), chosen)
        whole = compared_with(workspace, found)
        take_update(workspace, whole, range(len(whole.differences)))
        again = compared_with(workspace, found)
        assert [each[:4] for each in again.differences] == []
        while workspace.undo():
            pass
        assert dump(workspace) == first


@examples(quick=3, deep=120, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(found=TABLES)
def test_any_table_becomes_a_plan_that_is_the_same_table(tmp_path, clock, found):
    path = tmp_path / "新.kyodo"
    create_plan_from(path, found, author="", now=clock())
    with closing(opened(path, clock)) as plan:
        again = compared_with(plan.workspace, found)
        assert [each[:4] for each in again.differences] == []
        assert again.gone == ()
