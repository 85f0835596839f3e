"""概要: a director's questions are answered on one page, whatever the plan is like."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.plan import (
    Assignment,
    Direction,
    Opinion,
    Role,
    Round,
    Section,
    Status,
    StatusKind,
)
from kyodo_desktop.domain.report_summary import MOST_LISTED
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import CHANGES, DUE, OPINIONS, PARTS, SUMMARY, Edition, Paper
from tests.outlines import (
    DONE,
    HALVES,
    NEAR,
    ONGOING,
    by_id,
    noted,
    outline_of_rows,
    outlook,
)
from tests.pages.parts.making import laid_out, part_of, tables, texts

pytestmark = pytest.mark.same_everywhere("values")

DIRECTIONS = by_id(Direction(1, 0, "継続"), Direction(2, 1, "拡充"))
BEFORE_ROUND = Round(1, "平成26年度", 2014, "2014-10-31", "2015-02-01T09:00:00+09:00")
ROUND = Round(2, "平成27年度", 2015, "2015-10-31", None)
LEADS = {1: (Assignment(1, 1, 1, Role.LEAD), Assignment(2, 1, 2, Role.LEAD))}


def two_rounds(lines_before, lines_now, **fields):
    """Return the plan of a round, and what it is compared with."""
    before = outline_of_rows(*lines_before, round=BEFORE_ROUND, directions=DIRECTIONS, **fields)
    before = replace(
        before, outlooks={each: outlook(each, direction_id=1) for each in before.actions}
    )
    after = outline_of_rows(
        *lines_now,
        round=ROUND,
        directions=DIRECTIONS,
        outlooks={each: outlook(each, direction_id=2) for each in before.actions},
        opinions={None: Opinion(1, 2, None, "順調である。", "引き続き進める。")},
        previous=before.record,
        **fields,
    )
    return after, Extras(comparison=compare(before, after))


OUTLINE, COMPARED = two_rounds(
    [("環境", "拠点", "ブース", [(NEAR, "")]), ("環境", "拠点", "基金", [(ONGOING, "")])],
    [("環境", "拠点", "ブース", [(DONE, "")]), ("環境", "拠点", "基金", [(ONGOING, "")])],
    assignments=LEADS,
)
LATE = replace(
    OUTLINE, actions={key: each._replace(due="2015-06") for key, each in OUTLINE.actions.items()}
)


def test_it_answers_how_many_whose_what_changed_and_what_was_said():
    part = part_of(LATE, SUMMARY, extras=COMPARED, paper=Paper.A4_PORTRAIT)
    figures, done, late, redirected, words = tables(part)
    assert figures == [
        [
            *("", "実行計画", "✓ 完了", "◇ 完了の目途", "・継続中"),
            *("期限超過", "状態の変更"),
        ],
        ["件数", 2, 1, 0, 1, 1, 1],
        ["前回から", 0, 1, -1, 0, 1, None],
    ]
    assert done == [
        ["番号", "完了したもの　1件", "主担当", "前回から"],
        ["1-(1)-①", "ブース", "市民活動推進課、企画課", "◇ 完了の目途 → ✓ 完了"],
    ]
    assert late == [
        ["番号", "期限超過　1件", "主担当", "超過"],
        ["1-(1)-②", "基金", "", "4か月"],
    ]
    assert [row[1:] for row in redirected] == [
        ["方針が変わったもの　2件", "主担当", "前回から"],
        ["ブース", "市民活動推進課、企画課", "継続 → 拡充"],
        ["基金", "", "継続 → 拡充"],
    ]
    assert words == [
        ["項目", "内容"],
        ["期限超過の主担当", "担当課なし 1件"],
        [
            "前回からの変更",
            "状態の変更 1件、新規 0件、文や方向性だけの変更 1件",
        ],
        ["状態の移り変わり", "◇ 完了の目途 → ✓ 完了 1件"],
        ["委員会 総括", "順調である。"],
        ["市の対応", "引き続き進める。"],
    ]
    (chart,) = [row.chart for row in part.rows if row.chart]
    assert [(each.name, each.counts) for each in chart.series] == [
        ("✓ 完了", (1,)),
        ("◇ 完了の目途", (0,)),
        ("・継続中", (1,)),
    ]


def test_on_paper_that_lies_the_lists_stand_beside_each_other():
    _, lists, _ = tables(part_of(LATE, SUMMARY, extras=COMPARED))
    assert lists[0] == [
        "完了したもの　1件",
        "期限超過　1件",
        "方針が変わったもの　2件",
    ]
    assert lists[1] == [
        "1-(1)-①　ブース\n市民活動推進課、企画課　◇ 完了の目途 → ✓ 完了",
        "1-(1)-②　基金\n4か月超過",
        "1-(1)-①　ブース\n市民活動推進課、企画課　継続 → 拡充",
    ]
    assert lists[2] == ["", "", "1-(1)-②　基金\n継続 → 拡充"]


def said(name, outline, extras, paper=Paper.A4_LANDSCAPE):
    words = tables(part_of(outline, SUMMARY, extras=extras, paper=paper))[-1]
    return dict(words)[name]


def test_what_several_sections_lead_is_late_for_each_but_once_in_all():
    lines = {key: (each[0]._replace(status_id=ONGOING.id),) for key, each in LATE.lines.items()}
    assert said("期限超過の主担当", replace(LATE, lines=lines), COMPARED) == (
        "市民活動推進課 1件、企画課 1件、担当課なし 1件（複数の課の重複 1件）"
    )


def test_what_nobody_has_confirmed_is_told_inside_with_whose_it_is():
    lines = {key: (each[0]._replace(carried=1),) for key, each in LATE.lines.items()}
    carried = replace(LATE, lines={**LATE.lines, 1: lines[1]})
    assert said("まだ前回のまま", carried, COMPARED) == (
        "1件：市民活動推進課 1件、企画課 1件（複数の課の重複 1件）"
    )
    assert "まだ前回のまま" not in texts(part_of(LATE, SUMMARY, extras=COMPARED))
    public = part_of(carried, SUMMARY, extras=COMPARED, edition=Edition.PUBLIC)
    assert "まだ前回のまま" not in texts(public)


@pytest.mark.parametrize(("count", "end"), [(8, " 1件"), (20, "、ほか12通り")])
def test_of_many_moves_the_most_frequent_are_told_and_how_many_others_there_are(count, end):
    statuses = by_id(
        *(Status(n, n, f"{n}", "", "", StatusKind.ONGOING, "#2e7d4f", 1) for n in range(1, 23))
    )
    titles = [("環境", "拠点", f"取組{n}") for n in range(1, count + 2)]
    before, now = (
        [(*each, [(statuses[max(1, n + add)], "")]) for n, each in enumerate(titles)]
        for add in (0, 1)
    )
    outline, extras = two_rounds(before, now, statuses=statuses)
    told = said("状態の移り変わり", outline, extras)
    assert told.startswith("1 → 2 1件、2 → 3 1件、")
    assert told.endswith(end)
    assert told.count(" → ") == 8


@pytest.mark.parametrize("paper", Paper)
def test_no_list_of_counts_ends_in_the_middle_of_one(paper):
    outline, extras = crowded("市民活動を支える拠点のしくみ")
    sections = by_id(*(Section(n, n, f"{n}市民活動推進課") for n in range(1, 61)))
    leads = {
        key: tuple(Assignment(key * 60 + n, key, n, Role.LEAD) for n in sections)
        for key in outline.actions
    }
    many = replace(outline, sections=sections, assignments=leads)
    laid = laid_out(many, SUMMARY, extras=extras, paper=paper)
    rows = [[str(each.value) for each in row.cells] for row in laid.parts[0].pages[0].rows]
    (told,) = (row[1] for row in rows if row[:1] == ["期限超過の主担当"])
    assert re.fullmatch(r"(\d+市民活動推進課 \d+件、)+ほか\d+課（複数の課の重複 [\d,]+件）", told)


@pytest.mark.parametrize("paper", [Paper.A4_LANDSCAPE, Paper.A4_PORTRAIT])
def test_what_has_no_room_is_said_to_stand_in_another_part_if_that_is_in_the_report(paper):
    outline, extras = crowded("拠点")
    more = replace(outline, opinions={**outline.opinions, 1: Opinion(2, 2, 1, "進めよ")})

    def found(*parts):
        told = texts(part_of(more, SUMMARY, extras=extras, paper=paper, parts=parts))
        return [each for each in told if "ほか" in each]

    assert found(SUMMARY)[0] == "ほか10件"
    assert [each.partition("（")[2] for each in found(*PARTS)] == [
        f"「{part}」を参照）" for part in (CHANGES, DUE, CHANGES, OPINIONS)
    ]
    assert not any("参照" in each for each in found(SUMMARY))


def test_what_cannot_be_known_or_is_not_there_is_said():
    actions = {key: each._replace(due="2030-03") for key, each in OUTLINE.actions.items()}
    outline = replace(OUTLINE, previous=None, opinions={}, actions=actions)
    found = texts(part_of(outline, SUMMARY, paper=Paper.A4_PORTRAIT))
    assert found.count("前回の調査がないため、比べられません") == 2
    assert found.count("該当なし") == 2
    assert found[-1] == "記載なし"
    assert "前回から" in found
    assert "期限超過　0件" in found


def test_a_plan_without_dues_is_not_said_to_have_nothing_late():
    dues = {key: each._replace(due=None) for key, each in OUTLINE.actions.items()}
    found = texts(part_of(replace(OUTLINE, actions=dues), SUMMARY, extras=COMPARED))
    assert found.count("完了予定がないため、数えていません") == 2
    assert [each for each in found if each.startswith("期限超過")] == [
        "期限超過",
        "期限超過の主担当",
    ]
    done = {
        key: (each[0]._replace(status_id=DONE.id),) for key, each in OUTLINE.lines.items() if each
    }
    ended = replace(OUTLINE, actions=dues, lines=done)
    assert "期限超過　0件" in texts(part_of(ended, SUMMARY, extras=COMPARED))


def crowded(long):
    """Return two terms of five headings, all late and many done, with texts as long as may be."""
    kinds = [*StatusKind] * 6
    statuses = {
        n: Status(n, n, f"印{n}", f"第{n}の段階にあるもの", "", kind, "#2e7d4f", int(n < 30))
        for n, kind in enumerate(kinds, start=1)
    }
    note = "".join(
        f"{term}\n"
        + "".join(
            f"  {long}{top}\n" + "".join(f"    {long}{term}{top}{n}: ・\n" for n in range(3))
            for top in range(5)
        )
        for term in ("前期", "後期")
    )
    plan = noted(note)
    ongoing, done = (
        next(n for n, each in statuses.items() if each.kind == kind)
        for kind in (StatusKind.ONGOING, StatusKind.DONE)
    )

    def at(status_id, outline, actions):
        lines = {
            key: (each[0]._replace(status_id=status_id if key in actions else ongoing),)
            for key, each in outline.lines.items()
        }
        return replace(outline, lines=lines)

    before = replace(
        plan,
        statuses=statuses,
        terms=by_id(*HALVES),
        chosen_terms=(1, 2),
        sections=by_id(Section(1, 0, long)),
        assignments={key: (Assignment(key, key, 1, Role.LEAD),) for key in plan.actions},
        actions={key: each._replace(due="2010-01") for key, each in plan.actions.items()},
        directions=DIRECTIONS,
        outlooks={each: outlook(each, direction_id=1) for each in plan.actions},
        round=BEFORE_ROUND,
        plan=plan.plan._replace(title=long[:62]),
    )
    after = replace(
        at(done, before, range(1, 31, 2)),
        outlooks={each: outlook(each, direction_id=2) for each in plan.actions},
        opinions={None: Opinion(1, 2, None, long * 40, long * 40)},
        round=ROUND,
        previous=before.record,
    )
    return after, Extras(comparison=compare(at(ongoing, before, ()), after))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("long", ["拠点", "市民活動を支える拠点のしくみ", "協働のまちづくり" * 8])
@pytest.mark.parametrize("chosen", [(1,), (1, 2)])
def test_it_lists_five_of_each_on_one_page_however_long_the_texts_are(paper, long, chosen):
    outline, extras = crowded(long)
    outline = replace(outline, chosen_terms=chosen)
    laid = laid_out(outline, SUMMARY, extras=extras, paper=paper)
    (page,) = laid.parts[0].pages
    assert sum(row.height for row in page.rows) <= laid.paper.height
    assert laid.parts[0].size >= laid.paper.text - 2
    values = [str(cell.value) for row in page.rows for cell in row.cells]
    names = [each for each in values if each.startswith(("完了した", "期限超過　", "方針が"))]
    totals = [int(each.partition("　")[2].removesuffix("件")) for each in names]
    assert [each for each in values if each.startswith("ほか")] == [
        f"ほか{total - MOST_LISTED}件" for total in totals
    ]
    charts = [row.kind for row in page.rows].count(RowRole.CHART)
    may_lack = len(chosen) > 1 or len(long) > 60
    assert charts == len(chosen) or (charts == 0 and may_lack)
