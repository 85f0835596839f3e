"""集計: the numbers agree with one another, with the rows, and with the figures beside them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.plan import Assignment, Role, Status, StatusKind
from kyodo_desktop.domain.reporting import Extra, Extras
from kyodo_desktop.domain.terms import reported_terms
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import TOTALS, Paper, ReportOptions
from tests import effort
from tests.generated_plans import generated_plan
from tests.outlines import DONE, HALVES, NEAR, ONGOING, STOPPED, by_id, noted, outline_of_rows
from tests.pages.parts.making import by_column, laid_out, part_of, tables, texts

pytestmark = pytest.mark.same_everywhere("values")

LEADS = {
    1: (Assignment(1, 1, 1, Role.LEAD), Assignment(2, 1, 2, Role.LEAD)),
    2: (Assignment(3, 2, 2, Role.LEAD),),
}
BEFORE = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "予定")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討")]),
    ("参画", "事業", "補助金", []),
    ("廃止", "事業", "祭り", [(DONE, "")]),
    assignments=LEADS,
)
AFTER = outline_of_rows(
    ("環境", "拠点", "ブース", [(DONE, "創設")]),
    ("環境", "拠点", "補助金", [(ONGOING, "検討")]),
    ("参画", "事業", "補助金", []),
    ("参画", "事業", "会議", [(STOPPED, "")]),
    assignments=LEADS,
    previous=BEFORE.record,
)
COMPARED = Extras(comparison=compare(BEFORE, AFTER))
MANY = {
    n: Status(n, n, f"印{n}", f"第{n}段階", "", kind, "#2e7d4f", int(n < 30))
    for n, kind in enumerate([*StatusKind] * 6, start=1)
}


def test_each_table_counts_what_it_says_beside_the_round_before():
    statuses, actions, places, earlier, sections = tables(part_of(AFTER, TOTALS, extras=COMPARED))
    assert statuses == [
        ["状態", "実行計画数", "掲載数（再掲を含む）"],
        ["状態", *("今回", "割合", "前回", "増減") * 2],
        ["✓ 完了", 1, 50.0, 1, 0, 1, 33.3, 1, 0],
        ["◇ 完了の目途", 0, 0.0, 1, -1, 0, 0.0, 1, -1],
        ["・継続中", 1, 50.0, 1, 0, 2, 66.7, 2, 0],
        ["計", 2, 100.0, 3, -1, 3, 100.0, 4, -1],
        ["集計外　－中止", 1, None, 0, 1, 1, None, 0, 1],
    ]
    assert actions == [
        ["推進項目", "✓ 完了", "◇ 完了の目途", "・継続中", "計", "集計外"],
        ["推進項目", *("件数", "割合") * 3, "計", "集計外"],
        ["1 環境", 1, 50.0, 0, 0.0, 1, 50.0, 2, 0],
        ["2 参画", 0, 0.0, 0, 0.0, 1, 100.0, 1, 1],
        ["再掲の重複", 0, None, 0, None, -1, None, -1, 0],
        ["計", 1, 50.0, 0, 0.0, 1, 50.0, 2, 1],
    ]
    assert places[-1] == ["計", 1, 33.3, 0, 0.0, 2, 66.7, 3, 1]
    assert "再掲の重複" not in [row[0] for row in places]
    assert earlier == [
        ["推進項目", "✓ 完了", "◇ 完了の目途", "・継続中", "計"],
        ["推進項目", *("前回", "増減") * 4],
        ["1 環境", 0, 1, 1, -1, 1, 0, 2, 0],
        ["2 参画", 0, 0, 0, 0, 1, 0, 1, 0],
        ["今回はない推進項目", 1, -1, 0, 0, 0, 0, 1, -1],
        ["再掲の重複", 0, 0, 0, 0, -1, 0, -1, 0],
        ["計", 1, 0, 1, -1, 1, 0, 3, -1],
    ]
    assert sections[2:] == [
        ["市民活動推進課", 1, 1, 0, -1, 0, 0, 1, 0],
        ["企画課", 1, 1, 0, -1, 1, 0, 2, 0],
        ["担当課なし", 0, -1, 0, 0, 0, 0, 0, -1],
        ["複数の課の重複", -1, -1, 0, 1, 0, 0, -1, 0],
        ["計", 1, 0, 0, -1, 1, 0, 2, -1],
    ]
    assert ReportOptions(parts=(TOTALS,)).extras == {Extra.COMPARISON}


def test_without_a_round_before_there_are_shares_and_no_changes():
    part = part_of(AFTER, TOTALS)
    statuses, *_, sections = tables(part)
    assert statuses[1:3] == [["状態", *("件数", "割合") * 2], ["✓ 完了", 1, 50.0, 1, 33.3]]
    assert sections[1] == ["担当課（主担当）", *("件数", "割合") * 3, "計", "集計外"]
    assert "増減" not in texts(part)
    assert sum("最大剰余法" in text for text in texts(part)) == 1


def test_what_nothing_is_said_of_has_no_table():
    single = noted("前期\n  環境\n    ブース: ✓\n  参画\n    会議: ・\n")
    names = [table[0][0] for table in tables(part_of(single, TOTALS))]
    assert names == ["状態", "推進項目"], "nothing is 再掲, and there are no sections"
    led = replace(single, sections=AFTER.sections, assignments=LEADS)
    assert [table[0][0] for table in tables(part_of(led, TOTALS))][2:] == ["担当課（主担当）"]


def test_each_term_has_tables_of_its_own_from_the_top_of_a_page():
    both = replace(
        noted("前期\n  環境\n    ブース: ✓\n後期\n  環境\n    窓口: ・\n    冊子: \n"),
        terms=by_id(*HALVES),
        chosen_terms=(1, 2),
    )
    part = part_of(both, TOTALS)
    begun = [row.cells[0].text for row in part.rows if row.begins_page]
    assert begun == ["後期（平成28～32年度）"]
    assert [table[-1][1] for table in tables(part) if table[0][0] == "推進項目"] == [1, 0]
    assert "未記入" in [cell.text for row in part.rows for cell in row.cells]


def test_many_statuses_are_named_below_their_kind_and_counted_with_it():
    lines = {
        action_id: (lines[0]._replace(status_id=action_id * 9),)
        for action_id, lines in AFTER.lines.items()
    }
    part = part_of(replace(AFTER, statuses=MANY, lines=lines, previous=None), TOTALS)
    statuses, actions, *_ = tables(part)
    assert actions[0][1:-1] == ["完了", "完了の目途", "継続中", "未着手", "中止"]
    assert len(statuses) == 2 + 5 + 29 + 1
    assert statuses[2][0] == "完了"
    assert statuses[3][0] == "　印4 第4段階"
    kinds = [row for row in statuses[2:-1] if not row[0].startswith("　")]
    sums = [sum(row[column] for row in kinds) for column in range(1, 5)]
    assert sums == pytest.approx(statuses[-1][1:])


@effort.seeds(quick=30, deep=2_000, each=1_000)
def test_columns_add_up_and_figures_are_those_of_their_table(seeds):
    for seed in seeds:
        outline = generated_plan(seed)
        if reported_terms(outline):
            with effort.note_seed(seed):
                expect_sums(part_of(outline, TOTALS))


def expect_sums(part):
    for head, names, *rows, last in tables(part):
        numbers = [column for column in range(1, len(last)) if names[column] != "割合"]
        if head[0] != "状態":
            for column in numbers:
                assert sum(row[column] for row in rows) == last[column]
            counts = [last[column] for column in numbers if names[column] == "件数"]
            assert sum(counts) == last[names.index("計")]
    for chart in filter(None, (row.chart for row in part.rows)):
        first, names, columns = chart.table
        for category, name in enumerate(chart.categories):
            row = by_column(part.rows[first + category])
            assert row[names] == name
            counts = [each.counts[category] for each in chart.series]
            assert [row[column] for column in columns] == counts


@pytest.mark.parametrize("paper", Paper)
def test_thirty_statuses_and_thirty_sections_are_read_on_every_paper(paper):
    long = "=環境を支える相談と情報のしくみづくり"
    rows = [(long * (n % 4 + 1) + str(n), "施策", f"計画{n}", [(DONE, "")]) for n in range(40)]
    crowded = outline_of_rows(*rows, statuses=MANY)
    laid = laid_out(crowded, TOTALS, paper=paper)
    (part,) = laid.parts
    for page in part.pages:
        assert sum(row.height for row in page.rows) <= laid.paper.height
        for row in page.rows:
            assert [cell.lines for cell in row.cells if cell.column and cell.lines[1:]] == []
        kinds = [row.kind for row in page.rows]
        assert kinds[-1] not in (RowRole.CAPTION, RowRole.HEADER)
        for before, kind in pairwise(kinds):
            assert kind is not RowRole.CHART or before is RowRole.CAPTION
