"""進行管理シート: a page a 施策, or a page an action with its past; what is internal stays so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.narrowing import narrowed, with_placements
from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.domain.outline import Record
from kyodo_desktop.domain.plan import Assignment, Direction, Opinion, Role, Round, Section
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import SHEETS, Edition, ReportOptions, SheetUnit
from kyodo_desktop.pages.report import make_report
from tests.outlines import (
    DONE,
    HALVES,
    NEAR,
    ONGOING,
    ROUND,
    by_id,
    line,
    noted,
    outline_of_rows,
    outlook,
)
from tests.pages.parts.making import MADE_ON, laid_out, lines, part_of, texts

pytestmark = pytest.mark.same_everywhere("values")

LAST = Record(
    Round(7, "平成26年度", 2014, "2014-10-31", None),
    {1: (line(1, 1, status_id=NEAR.id, text="予定"),)},
    {1: outlook(1, direction_id=1, text="続ける")},
)
FIRST = Record(
    Round(6, "平成25年度", 2013, "2013-10-31", None), {1: (line(2, 1, status_id=ONGOING.id),)}, {}
)
ROWS = outline_of_rows(
    ("環境", "拠点", "ブース", [(DONE, "開設した"), (DONE, "増設した")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討")]),
    ("参画", "事業", "ブース", []),
    sections=by_id(Section(1, 0, "企画課"), Section(2, 1, "総務課")),
    assignments={1: (Assignment(1, 1, 1, Role.LEAD), Assignment(2, 1, 2, Role.RELATED))},
    directions=by_id(Direction(1, 0, "継続")),
    outlooks={1: outlook(1, text="広げる")},
    opinions={
        1: Opinion(1, 1, 1, "環境の意見", "環境の対応"),
        4: Opinion(2, 1, 4, "事業の意見", ""),
    },
    previous=LAST,
)
BOOTH = ROWS.actions[1]._replace(
    description="窓口を置く", note="内々の話", due="2016-03", start_fiscal_year=2011
)
PLAN = replace(ROWS, actions={**ROWS.actions, 1: BOOTH})
EXTRAS = Extras(records=(FIRST, LAST))


def test_a_page_of_an_action_has_all_that_is_known_of_it():
    part = part_of(PLAN, SHEETS, unit=SheetUnit.ACTION, extras=EXTRAS)
    rows = lines(part)
    assert rows[0] == [
        "協働のまちづくり推進計画　進行管理シート（平成27年度）",
        "平成27年10月31日現在",
    ]
    assert rows[1:16] == [
        ["1-(1)-① ブース"],
        ["位置", "1 環境 ＞ (1) 拠点"],
        ["主担当", "企画課", "関係課", "総務課"],
        ["完了予定", "平成28年3月", "開始年度", "平成23年度"],
        ["再掲", "2-(1)-①"],
        ["内容", "窓口を置く"],
        ["備考", "内々の話"],
        ["状態の推移", "平成25年度 ・継続中　→　平成26年度 ◇ 完了の目途　→　平成27年度 ✓ 完了"],
        ["前回（平成26年度）", "今回（平成27年度）"],
        ["状態", "◇ 完了の目途", "✓ 完了"],
        ["進捗状況", "◇ 予定", "✓ 開設した\n✓ 増設した"],
        ["今後の方向性", "【継続】続ける", "広げる"],
        ["委員会意見", "市の対応"],
        ["推進項目", "環境の意見", "環境の対応"],
        ["1-(1)-② 補助金"],
    ]
    begun = [row.cells[0].text for row in part.rows if row.begins_page]
    assert begun == ["1-(1)-② 補助金"]
    assert {row.facets.heading for row in part.rows if row.facets} == {"1 環境"}


def test_what_is_internal_is_on_no_page_for_the_public():
    told = texts(
        part_of(PLAN, SHEETS, unit=SheetUnit.ACTION, edition=Edition.PUBLIC, extras=EXTRAS)
    )
    assert "窓口を置く" in told
    assert not {"備考", "内々の話", "開始年度", "平成23年度"}.intersection(told)


def test_what_an_action_was_in_earlier_terms_is_its_past():
    both = replace(
        noted("前期\n  環境\n    窓口: ✓\n後期\n  環境\n    相談: ・\n次期\n  環境\n    窓: ・\n"),
        chosen_terms=(3,),
    )
    terms = {**by_id(*HALVES), 3: both.terms[3]}
    actions = {
        key: each._replace(continues_id=key - 1 or None) for key, each in both.actions.items()
    }
    plan = replace(both, terms=terms, actions=actions, previous=LAST)
    told = lines(part_of(plan, SHEETS, unit=SheetUnit.ACTION, extras=Extras(records=(FIRST,))))
    assert ["状態の推移", "平成25年度 ・継続中　→　平成27年度 ・継続中"] in told


def test_one_action_has_its_sheet_alone_and_one_section_its_list():
    ahead = replace(PLAN, chosen_terms=(2,))
    alone = with_placements(ahead, [*map(placement_node, ahead.placed[1])])
    chosen = ReportOptions().for_action()
    (part,) = make_report(alone, chosen, extras=EXTRAS, made_on=MADE_ON).parts
    assert lines(part) == lines(part_of(PLAN, SHEETS, unit=SheetUnit.ACTION, extras=EXTRAS))[:15]
    chosen = ReportOptions().for_section("総務課")
    listed = narrowed(PLAN, chosen.narrowing)
    (part,) = make_report(listed, chosen, extras=Extras(), made_on=MADE_ON).parts
    numbers = [row.cells[0].text for row in part.rows if row.kind is RowRole.BODY]
    assert numbers == ["1-(1)-①", "2-(1)-①"]


def test_a_page_of_a_heading_lists_its_actions_beside_their_past():
    part = part_of(PLAN, SHEETS, extras=EXTRAS)
    assert lines(part)[1:] == [
        ["1-(1) 拠点"],
        ["1 環境　　実行計画 2件（✓ 完了 1件、・継続中 1件）"],
        [
            *("番号", "実行計画", "内容", "担当課", "完了予定"),
            *("前回まで", "今回", "進捗状況", "今後の方向性", "備考"),
        ],
        [
            *("1-(1)-①", "ブース", "窓口を置く", "企画課\n（関係課）総務課", "平成28年3月"),
            *("H25 ・\nH26 ◇", "✓", "✓ 開設した\n✓ 増設した", "広げる", "内々の話"),
        ],
        ["1-(1)-②", "補助金", "・", "・検討"],
        ["委員会意見と市の対応"],
        ["委員会意見\n（推進項目）", "環境の意見"],
        ["市の対応\n（推進項目）", "環境の対応"],
        ["2-(1) 事業"],
        ["2 参画　　実行計画 1件（✓ 完了 1件）"],
        lines(part)[3],
        ["2-(1)-①", *("ブース（再掲）", *lines(part)[4][2:])],
        ["委員会意見と市の対応"],
        ["委員会意見\n（施策）", "事業の意見"],
    ]
    assert [row.cells[0].text for row in part.rows if row.begins_page] == ["2-(1) 事業"]
    assert [row.facets.status for row in part.rows if row.facets] == [
        "✓ 完了",
        "・ 継続中",
        "✓ 完了",
    ]
    public = part_of(PLAN, SHEETS, edition=Edition.PUBLIC, extras=EXTRAS)
    assert lines(public)[3] == lines(part)[3][:-1]
    assert "内々の話" not in texts(public)


def test_a_plan_without_a_round_has_sheets_of_what_it_plans():
    plan = replace(PLAN, round=None, previous=None, lines={}, outlooks={}, opinions={})
    told = texts(part_of(plan, SHEETS, unit=SheetUnit.ACTION))
    assert "窓口を置く" in told
    assert not [each for each in told if "平成27年度" in each]
    assert ROUND.name not in "".join(texts(part_of(plan, SHEETS)))


def test_a_sheet_that_goes_on_says_again_what_it_is_of_and_loses_nothing():
    long = "検討を進め、方針を定めた。\n" * 120
    plan = replace(PLAN, lines={1: (line(1, 1, status_id=DONE.id, text=long),)})
    (part,) = laid_out(plan, SHEETS, unit=SheetUnit.ACTION, extras=EXTRAS).parts
    title = "1-(1)-① ブース（続き）"
    again = [page for page in part.pages if page.rows[0].cells[0].value == title]
    assert len(again) == len(part.pages) - 2
    for page in again:
        assert page.rows[1].kind is RowRole.HEADER
        assert page.rows[1].cells[-1].value == "今回（平成27年度）"
        assert page.rows[2].cells[0].value == "進捗状況\n（今回）（続き）"
    cells = [cell for page in part.pages for row in page.rows for cell in row.cells]
    told = [cell.value for cell in cells if cell.is_piece and cell.column == 1]
    assert "\n".join(told) == f"✓ {long}".removesuffix("\n")


def test_long_texts_of_actions_in_a_sheet_of_a_heading_stand_below_them_by_their_names():
    plan = replace(PLAN, lines={1: (line(1, 1, status_id=DONE.id, text="検討した。" * 300),)})
    (part,) = laid_out(plan, SHEETS, extras=EXTRAS).parts
    names = [row.cells[0].value for page in part.pages for row in page.rows if row.cells]
    assert "1-(1)-①\n進捗状況" in names


@pytest.mark.parametrize("unit", SheetUnit)
def test_what_was_said_of_a_heading_stands_once_on_its_first_sheet(unit):
    plan = outline_of_rows(
        ("環境", "拠点", "ブース", [(DONE, "")]),
        ("環境", "拠点", "補助金", [(DONE, "")]),
        ("環境", "広報", "冊子", [(DONE, "")]),
        opinions={
            1: Opinion(1, 1, 1, "環境の意見", "環境の対応"),
            2: Opinion(2, 1, 2, "拠点の意見", ""),
            3: Opinion(3, 1, 3, "広報の意見", ""),
        },
    )
    part = part_of(plan, SHEETS, unit=unit)
    first = texts(replace(part, rows=part.rows[: _second_sheet(part)]))
    shown = texts(part)
    for text in ("環境の意見", "環境の対応", "拠点の意見"):
        assert (first.count(text), shown.count(text)) == (1, 1)
    assert shown.count("広報の意見") == 1


def _second_sheet(part):
    return next(place for place, row in enumerate(part.rows) if row.begins_page)
