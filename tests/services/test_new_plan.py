"""A new plan's file, with defaults or with what was chosen."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from kyodo_desktop.domain.errors import InvalidInputError, PlanError, StorageError
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import StatusEntry
from kyodo_desktop.services.history import entries
from kyodo_desktop.services.new_plan import create_plan, default_plan
from tests.builders import opened
from tests.disk import nearly_full_disk

DEFAULT = default_plan(date(2027, 3, 31), title="新しい計画")


def test_the_defaults_are_ten_years_from_the_present_fiscal_year_in_two_halves():
    assert (DEFAULT.first_fiscal_year, DEFAULT.last_fiscal_year) == (2026, 2035)
    assert DEFAULT.terms == (("前期", 2026, 2030), ("後期", 2031, 2035))
    assert [each.mark for each in DEFAULT.statuses] == ["✓", "◇", "・"]
    assert DEFAULT.round_name == "令和8年度"


def test_the_file_holds_what_was_chosen(tmp_path, clock):
    file = tmp_path / "計画.kyodo"
    status = StatusEntry("Ａ", "順調", "", StatusKind.ONGOING, "#123456", counted=False)
    levels = (("基本目標", "Ⅰ"), ("施策", "1"), ("主要事業", "(1)"), ("取組", "ア"))
    chosen = replace(DEFAULT, levels=levels, statuses=(status,), directions=("継続",))
    create_plan(file, chosen, author="花子", now=clock())
    with closing(opened(file, clock)) as plan:
        outline = plan.workspace.outline
        assert [(each.name, each.numbering) for each in outline.levels] == list(levels)
        (kept,) = outline.statuses.values()
        assert (kept.mark, kept.kind, kept.counted) == ("Ａ", "ongoing", 0)
        assert [each.continues_id for each in outline.terms.values()] == [None, 1]
        assert outline.round.as_of == "2027-03-31"
        assert [each[2:4] for each in entries(plan.workspace)] == [
            ("花子", "計画「新しい計画」を作成")
        ]
    assert not [each for each in tmp_path.iterdir() if ".tmp" in each.name]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "「計画名」が空です"),
        ({"last_fiscal_year": 2000}, "「計画期間」の終了年度が"),
        ({"levels": (("事業", "1"),)}, "「階層」は2～5段に"),
        ({"levels": (("事業", "1"),) * 6}, "「階層」は2～5段に"),
        ({"levels": (("事業", "1"), (" ", "①"))}, "「階層名」が空です"),
        ({"terms": ()}, "「期」を1つ以上"),
        ({"terms": (("前期", 2020, 2010),)}, "「期「前期」」の終了年度が"),
        ({"statuses": ()}, "「状態の記号」を1つ以上"),
        ({"statuses": DEFAULT.statuses * 2}, "「✓」が2つあります"),
        ({"directions": ("継続", "")}, "「今後の方向性」が空です"),
        ({"round_name": ""}, "「調査名」が空です"),
    ],
)
def test_what_does_not_fit_names_its_field_and_makes_no_file(tmp_path, clock, wrong, words):
    with pytest.raises(InvalidInputError, match=words):
        create_plan(tmp_path / "a.kyodo", replace(DEFAULT, **wrong), author="", now=clock())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"directions": ("継続", "継続")},
        {"round_as_of": "きのう"},
        {"statuses": (DEFAULT.statuses[0]._replace(colour="red"),)},
    ],
)
def test_what_the_database_refuses_makes_no_file_either(tmp_path, clock, wrong):
    with pytest.raises(PlanError, match=r"「.+」|計画の決まりに合わない"):
        create_plan(tmp_path / "a.kyodo", replace(DEFAULT, **wrong), author="", now=clock())
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_file_that_is_there(sample_file, clock):
    before = sample_file.read_bytes()
    with nearly_full_disk(100_000), pytest.raises(StorageError):
        create_plan(sample_file, DEFAULT, author="", now=clock())
    assert sample_file.read_bytes() == before
    lock = sample_file.with_name(f"{sample_file.name}.lock")
    assert sorted(sample_file.parent.iterdir()) == [sample_file, lock]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("基準日", {"round_as_of": "2027-02-30"}),
        ("調査の年度", {"round_fiscal_year": 27}),
        ("今後の方向性", {"directions": ("継続", "継続")}),
        ("状態の色", {"statuses": (StatusEntry("✓", "完了", "", StatusKind.DONE, "green"),)}),
        ("番号の形式", {"levels": (("項目", "1"), ("計画", "いろは"))}),
    ],
)
def test_a_value_that_does_not_fit_names_its_field_and_makes_no_file(
    tmp_path, clock, field, wrong
):
    file = tmp_path / "計画.kyodo"
    with pytest.raises(InvalidInputError, match=field):
        create_plan(file, replace(DEFAULT, **wrong), author="花子", now=clock())
    assert not file.exists()
