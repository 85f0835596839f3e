"""前回からの変更: a matrix that adds up, then each change under its headings, old beside new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.domain.plan import Round, StatusKind
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import CHANGES, Edition
from tests.outlines import DONE, NEAR, ONGOING, by_id, line, outline_of_rows
from tests.pages.parts.making import laid_out, lines, part_of, tables, texts

pytestmark = pytest.mark.same_everywhere("values")

BEFORE = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "平成28年3月開設予定")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討中")]),
    ("環境", "拠点", "基金", [(ONGOING, "検討中")]),
)
LATER = outline_of_rows(
    ("環境", "拠点", "ブース", [(DONE, "平成28年2月開設")]),
    ("環境", "拠点", "補助金", [(NEAR, "検討中")]),
    ("環境", "拠点", "基金", [(ONGOING, "検討中")]),
    ("環境", "拠点", "若者の場", []),
    round=Round(2, "平成28年度", 2016, "2016-10-31", None),
)
BOOTH = LATER.actions[1]._replace(note="内々の話", due="2016-03")
AFTER = replace(
    LATER,
    actions={**LATER.actions, 1: BOOTH},
    headings={**LATER.headings, 2: LATER.headings[2]._replace(title="新しい拠点")},
)
EXTRAS = Extras(comparison=compare(BEFORE, AFTER))


def test_the_matrix_adds_up_and_losses_have_a_triangle():
    matrix, _ = tables(part_of(AFTER, CHANGES, extras=EXTRAS))
    assert matrix == [
        [
            *("前回＼今回", "✓ 完了", "◇ 完了の目途", "・継続中", "－中止", "未記入"),
            *("削除・統合", "計"),
        ],
        ["✓ 完了", *[None] * 7],
        ["◇ 完了の目途", 1, *[None] * 5, 1],
        ["・継続中", None, 1, 1, *[None] * 3, 2],
        ["－中止", *[None] * 7],
        ["未記入", *[None] * 7],
        ["新規", *[None] * 4, 1, None, 1],
        ["計", 1, 1, 1, 0, 1, 0, 4],
        ["増減", 1, 0, -1, 0, 1, None, 1],
    ]
    (laid,) = laid_out(AFTER, CHANGES, extras=EXTRAS).parts
    (row,) = [row for row in laid.pages[0].rows if row.cells and row.cells[0].value == "増減"]
    assert row.cells[3].lines == ("▲1",)


def test_the_matrix_is_as_wide_as_the_list_below_it():
    few = replace(
        AFTER, statuses=by_id(DONE, NEAR, ONGOING), lines={**AFTER.lines, 4: (line(4, 1),)}
    )
    for outline in (AFTER, few):
        extras = Extras(comparison=compare(replace(BEFORE, statuses=outline.statuses), outline))
        part = part_of(outline, CHANGES, extras=extras)
        rows = [row for row in part.rows if row.cells]
        assert {sum(cell.columns for cell in row.cells) for row in rows} == {len(part.widths)}


def test_each_change_stands_under_its_headings_with_its_whole_number():
    part = part_of(AFTER, CHANGES, extras=EXTRAS)
    shown = lines(part)
    assert shown[shown.index(["変更の一覧（下線は変わった部分）"]) + 1 :] == [
        ["番号", "実行計画", "変更", "前回", "今回"],
        ["1 環境"],
        ["1-(1)", "新しい拠点（施策）", "文言変更", "拠点", "新しい拠点"],
        ["1 環境 ＞ (1) 新しい拠点"],
        ["1-(1)-①", "ブース", "状態", "◇ 完了の目途", "✓ 完了"],
        ["1-(1)-①", "ブース", "進捗", "平成28年3月開設予定", "平成28年2月開設"],
        ["1-(1)-①", "ブース", "完了予定", "平成28年3月"],
        ["1-(1)-①", "ブース", "備考", "内々の話"],
        ["1-(1)-②", "補助金", "状態", "・ 継続中", "◇ 完了の目途"],
        ["1-(1)-④", "若者の場", "新規", "状態：未記入"],
    ]
    old, new = next(
        [cell.value for cell in row.cells[3:]]
        for row in part.rows
        if row.kind is RowRole.BODY and row.cells[2].text == "進捗"
    )
    assert Segment("3", True) in old
    assert Segment("2", True) in new
    (laid,) = laid_out(AFTER, CHANGES, extras=EXTRAS).parts
    booths = [cell for row in laid.pages[0].rows for cell in row.cells if cell.value == "ブース"]
    assert [cell.rows for cell in booths] == [4]


def test_what_is_internal_is_no_change_for_the_public():
    shown = texts(part_of(AFTER, CHANGES, extras=EXTRAS, edition=Edition.PUBLIC))
    assert "新しい拠点" in shown
    assert not {"備考", "内々の話"}.intersection(shown)
    only = replace(BEFORE, actions={**BEFORE.actions, 1: BOOTH._replace(due=None)})
    extras = Extras(comparison=compare(BEFORE, only))
    for edition, is_same in ((Edition.PUBLIC, True), (Edition.INTERNAL, False)):
        shown = texts(part_of(only, CHANGES, extras=extras, edition=edition))
        assert ("前回から変わったところはありません。" in shown) == is_same


def test_many_statuses_are_counted_by_their_kinds():
    many = [
        DONE._replace(id=n, position=n, mark=str(n), label=f"段階{n}", kind=kind)
        for n, kind in enumerate([*StatusKind] * 6, start=1)
    ]
    sides = [
        replace(
            BEFORE,
            statuses=by_id(*many),
            lines={key: (line(key, key, status_id=(key * n) % 30 + 1),) for key in (1, 2, 3)},
        )
        for n in (3, 8)
    ]
    matrix, _ = tables(part_of(sides[1], CHANGES, extras=Extras(comparison=compare(*sides))))
    kinds = ["未着手", "継続中", "完了の目途", "完了", "中止"]
    assert matrix[0][1:-2] == kinds
    assert [row[0] for row in matrix[1:-3]] == kinds
    assert (matrix[-2][-1], sum(matrix[-2][1:6]), sum(matrix[-1][1:6])) == (3, 3, 0)


def test_a_status_that_is_alone_in_its_kind_keeps_its_own_name():
    many = [ONGOING._replace(id=n, position=n, mark=str(n), label=f"段階{n}") for n in range(9)]
    near = NEAR._replace(id=9, position=9, label="見込み")
    plan = replace(BEFORE, statuses=by_id(*many, near), lines={1: (line(1, 1, status_id=9),)})
    matrix, *_ = tables(part_of(plan, CHANGES, extras=Extras(comparison=compare(plan, plan))))
    assert matrix[0][1:-2] == ["継続中", "◇ 見込み", "未記入"]


def test_a_long_change_goes_on_under_its_place_and_loses_nothing():
    olds, news = ("検討を進めた。\n" * 120, "方針を定め、実施した。\n" * 100)
    sides = [
        replace(BEFORE, lines={**BEFORE.lines, 1: (line(1, 1, status_id=NEAR.id, text=text),)})
        for text in (olds, news)
    ]
    (laid,) = laid_out(sides[1], CHANGES, extras=Extras(comparison=compare(*sides))).parts
    assert len(laid.pages) > 2
    for page in laid.pages[1:]:
        beginning = [row.cells[0].value for row in page.rows[:4]]
        assert beginning[0] == "変更の一覧（下線は変わった部分）（続き）"
        assert beginning[2:] == ["1 環境 ＞ (1) 拠点（続き）", "1-(1)-①（続き）"]
        assert page.rows[3].cells[2].value == "進捗（続き）"
    pieces = [
        "".join(run.text for run in row.cells[column].value)
        for column in (3, 4)
        for page in laid.pages
        for row in page.rows
        if len(row.cells) == 5 and row.cells[column].is_piece and row.cells[column].value
    ]
    assert "\n".join(pieces) == f"{olds[:-1]}\n{news[:-1]}"


def test_it_is_left_out_without_a_round_before():
    with pytest.raises(ExportError, match="出力するものがありません"):
        part_of(AFTER, CHANGES)
