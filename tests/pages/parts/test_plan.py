"""計画の概要: all that the plan says of itself, and whom to ask where that is nobody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.plan import Actor, Direction, Principle, Round
from kyodo_desktop.domain.reporting import Extra, Extras, SectionContact
from kyodo_desktop.pages.options import PLAN, Edition, Paper, ReportOptions
from kyodo_desktop.pages.report_columns import status_text
from tests.outlines import DONE, HALVES, NEAR, ROUND, STOPPED, by_id, noted, outline_of_rows
from tests.pages.parts.making import laid_out, part_of, tables

pytestmark = pytest.mark.same_everywhere("values")

OLDER = Round(2, "平成26年度", 2014, "2014-10-31", "2014-12-19T09:00:00+09:00")
OUTLINE = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "予定")]),
    ("環境", "拠点", "補助金", [(STOPPED, "")]),
    ("参画", "事業", "ブース", []),
    ("参画", "事業", "研修", []),
    principles=by_id(Principle(1, 0, "①", "対等"), Principle(2, 1, "②", "公開")),
    actors=by_id(Actor(1, 0, "市民"), Actor(2, 1, "市")),
    directions=by_id(Direction(1, 0, "継続"), Direction(2, 1, "拡充")),
    rounds=by_id(OLDER, ROUND),
)
CONTACTS = Extras(
    contacts=(SectionContact("企画課", "係員", "214"), SectionContact("総務課", "", ""))
)


def test_it_has_a_group_of_rows_for_all_that_is_filled_in():
    (table,) = tables(part_of(OUTLINE, PLAN, edition=Edition.PUBLIC, extras=CONTACTS))
    assert table == [
        ["項目", "内容"],
        ["計画の名称", "協働のまちづくり推進計画"],
        ["条例", "条例"],
        ["計画期間", "平成23～32年度"],
        ["期", "前期", "平成23～27年度"],
        ["期", "後期", "平成28～32年度"],
        ["定義", "定義"],
        ["基本原則", "① 対等"],
        ["基本原則", "② 公開"],
        ["主体", "市民、市"],
        ["方針", "方針"],
        ["階層", "推進項目", "1 2 3 …", "2件"],
        ["階層", "施策", "(1) (2) (3) …", "2件"],
        ["階層", "実行計画", "① ② ③ …", "3件"],
        ["状態の区分", "✓ 完了", "完了", "0件"],
        ["状態の区分", "◇ 完了の目途", "完了の目途", "1件"],
        ["状態の区分", "・継続中", "継続中", "0件"],
        ["状態の区分", "－中止", "中止（集計に含めない）", "1件"],
        ["状態の区分", "未記入", "進捗状況がまだ記入されていないもの", "1件"],
        ["方向性の区分", "継続、拡充"],
        ["担当課", "市民活動推進課、企画課"],
        ["調査", "平成26年度", "平成26年10月31日現在"],
        ["調査", "平成27年度", "平成27年10月31日現在", "この報告書"],
    ]


def test_whom_to_ask_stands_in_the_edition_of_the_house_alone():
    (table,) = tables(part_of(OUTLINE, PLAN, extras=CONTACTS))
    assert table[-4][2] == "平成26年10月31日現在（平成26年12月19日確定）"
    assert table[-2:] == [["連絡先", "企画課", "係員", "内線 214"], ["連絡先", "総務課", ""]]
    assert ReportOptions(parts=(PLAN,)).extras == {Extra.CONTACTS}
    assert not ReportOptions(parts=(PLAN,), edition=Edition.PUBLIC).extras


def test_each_term_is_counted_by_itself():
    both = replace(
        noted("前期\n  環境\n    ブース: ✓\n後期\n  環境\n    窓口: ✓\n  参画\n    冊子: ✓\n"),
        terms=by_id(*HALVES),
        statuses=by_id(DONE),
        chosen_terms=(1, 2),
    )
    (table,) = tables(part_of(both, PLAN))
    assert [row[-1] for row in table if row[1] in ("推進項目", "実行計画", "✓ 完了")] == [
        *("前期 1件　後期 2件", "前期 1件　後期 2件", "前期 1件　後期 2件")
    ]


@pytest.mark.parametrize("paper", Paper)
def test_thirty_statuses_stand_two_in_a_row_or_by_their_names_alone_on_one_page(paper):
    statuses = by_id(*(DONE._replace(id=n, mark=f"評{n}", label=f"評価{n}") for n in range(1, 31)))
    outline = replace(OUTLINE, statuses=statuses)
    part = part_of(outline, PLAN, paper=paper)
    (table,) = tables(part)
    rows = [row[1:] for row in table if row[0] == "状態の区分"]
    names = [*map(status_text, statuses.values()), "未記入", ""]
    assert [row[place] for place in (0, 3) for row in rows] == names
    assert ["計画の名称", "協働のまちづくり推進計画"] in table
    (shorter,) = tables(part.shorter)
    (told,) = (row[1] for row in shorter if row[0] == "状態の区分")
    assert told.startswith("評1 評価1（0件）、評2 評価2（1件）、")
    assert told.count("（") == 31
    assert laid_out(outline, PLAN, paper=paper).page_count == 1
