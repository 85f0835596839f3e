"""The report on imports scores tables as they are and disturbed, and its probes do disturb."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.importing.grid import Area, Book, Grid
from tests.import_report import (
    AS_IT_IS,
    OURS,
    SCORER,
    lines,
    probe_lines,
    scores_of,
)
from tests.probes import PROBES, Told, disturbed

pytestmark = pytest.mark.same_everywhere("a report for those who build the program")

TRUTH = {"kind": "list", "levels": ["施策"], "statuses": [{"mark": "A"}, {"mark": "D"}]}
TABLE = Grid(
    "一覧",
    (
        ("計画の進捗",),
        ("施策", "担当課", "評価", "令和5年度の取組状況"),
        ("1 花", "総務課", "A", "植えた。"),
        ("", "財政課", "D", "枯れた。"),
    ),
    merges=(Area(3, 1, 4, 1),),
    hidden_rows=frozenset({4}),
    comments={(3, 3): "確認"},
)


@pytest.mark.parametrize(
    ("probe", "row", "cells"),
    [
        ("shifted", 5, ("", "", "施策", "担当課", "評価", "令和5年度の取組状況")),
        ("reworded", 2, ("手立て", "主管部署", "判定", "令和5年度の実施の概要")),
        ("nameless", 2, ("イ", "担当課", "評価", "令和5年度の取組状況")),
        ("turned", 3, ("1 花", "植えた。", "A", "総務課")),
        ("filled", 4, ("1 花", "財政課", "D", "枯れた。")),
        ("broken", 2, ("施\n策", "担当\n課", "評\n価", "令和5年度の取組\n状況")),
        (
            "spaced",
            2,
            ("施　策", "担　当　課", "評　価", "令和5年度の取　組　状　況"),
        ),
        (
            "added",
            2,
            (
                "施策（計画書による）",
                "担当課（組織名は現在）",
                "評価（A～D）",
                "令和5年度の取組状況（具体的に）",
            ),
        ),
    ],
)
def test_a_probe_disturbs_the_layout_or_the_words_alone(probe, row, cells):
    (grid,) = disturbed(Book("表", (TABLE,)), probe, Told("表", TRUTH)).grids
    assert grid.rows[row - 1] == cells


def test_what_lies_on_the_cells_moves_along():
    (grid,) = disturbed(Book("表", (TABLE,)), "shifted", Told("表", TRUTH)).grids
    assert (grid.merges, grid.hidden_rows, grid.comments) == (
        (Area(6, 3, 7, 3),),
        {7},
        {(6, 5): "確認"},
    )
    (bare,) = disturbed(Book("表", (TABLE,)), "unmerged", Told("表", TRUTH)).grids
    assert bare == TABLE._replace(merges=())


@pytest.mark.skipif(not SCORER.is_file(), reason="no tables beside the project")
def test_the_report_prints_each_table_as_it_is_and_disturbed():
    scores = [
        each
        for name in ("tosu_kourei_2016", "izunokuni_dx_2023")
        for each in scores_of(OURS / f"{name}.json", ["shifted", "unmerged"])
    ]
    own = [each for each in scores if each.probe == AS_IT_IS]
    printed = [*lines(own), *probe_lines(scores, list(PROBES))]
    assert "all        2  mean 1.000  least 1.000 tosu_kourei_2016" in printed
    assert "shifted    2  mean 1.000  least 1.000 tosu_kourei_2016  as they are 1.000" in printed
    (csv,) = (each for each in printed if each.startswith("izunokuni") and "–" in each)
    assert csv.split() == ["izunokuni_dx_2023", "list", "1.000", *["–"] * 8]  # merges nothing
