"""集計: the numbers agree with one another and with the rows."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.counting import gross, net, placements_under
from tests.outlines import DONE, NEAR, ONGOING, STOPPED, outline_of_rows

pytestmark = pytest.mark.same_everywhere("test_report.py lets Windows write such sheets")

PLAN = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "予定")]),
    ("環境", "拠点", "補助金", [(DONE, "創設")]),
    ("環境", "拠点", "基金", [(DONE, "創設"), (ONGOING, "検討")]),
    ("参画", "事業", "補助金", []),
)


def tables(sheet):
    """Return the rows of the two tables, from the first heading to 計."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    starts = [i + 2 for i, row in enumerate(rows) if row[0] == "推進項目"]
    ends = [i + 1 for i, row in enumerate(rows) if row[0] == "計"]
    return [rows[start:end] for start, end in zip(starts, ends, strict=True)]


def test_gross_counts_placements_and_net_counts_actions(written):
    every, once = tables(written(PLAN)["集計"])
    assert [row[:8] for row in every] == [
        ["1 環境", 1, 33.4, 1, 33.3, 1, 33.3, 3],
        ["2 参画", 1, 100, 0, 0, 0, 0, 1],
        ["計", 2, 50, 1, 25, 1, 25, 4],
    ]
    assert [row[:8] for row in once] == [
        ["1 環境", 1, 33.4, 1, 33.3, 1, 33.3, 3],
        ["2 参画", 1, 100, 0, 0, 0, 0, 1],
        ["再掲の重複", -1, None, 0, None, 0, None, -1],
        ["計", 1, 33.4, 1, 33.3, 1, 33.3, 3],
    ]


def test_the_totals_are_those_of_the_domain(written):
    placements = placements_under(PLAN, PLAN.roots[0])
    for table, rule in zip(tables(written(PLAN)["集計"]), (gross, net), strict=True):
        counts = rule(PLAN, placements)
        assert [table[-1][column] for column in (1, 3, 5)] == [
            counts[each.id] for each in (DONE, NEAR, ONGOING)
        ]


def test_columns_add_up_and_shares_give_a_hundred(written):
    for table in tables(written(PLAN)["集計"]):
        *rows, total = table
        for column in (1, 3, 5, 7):
            assert sum(row[column] for row in rows) == total[column]
        for row in table:
            if row[2] is not None:
                assert round(row[2] + row[4] + row[6], 1) == 100.0


def test_the_rule_of_the_shares_is_printed_below(written):
    texts = [row[0].value for row in written(PLAN)["集計"].iter_rows()]
    assert any(text and "最大剰余法" in text for text in texts)


def test_unfilled_actions_have_a_column_only_where_there_are_some(written):
    assert "未記入" not in str([cell.value for cell in written(PLAN)["集計"][4]])
    outline = outline_of_rows(
        ("環境", "拠点", "ブース", []), ("環境", "拠点", "基金", [(DONE, "")])
    )
    sheet = written(outline)["集計"]
    assert sheet["H4"].value == "未記入"
    assert tables(sheet)[0][-1][7:10] == [1, 50, 2]


def test_a_status_outside_the_totals_stands_beside_them(written):
    outline = outline_of_rows(
        ("環境", "拠点", "ブース", [(STOPPED, "")]), ("環境", "拠点", "基金", [(DONE, "")])
    )
    sheet = written(outline)["集計"]
    assert sheet["I4"].value == "集計外 －中止"
    assert tables(sheet)[0][-1] == ["計", 1, 100, 0, 0, 0, 0, 1, 1]


def test_the_chart_is_native_and_in_the_colours_of_the_statuses(written):
    (chart,) = written(PLAN)["集計"]._charts
    assert (chart.barDir, chart.grouping, chart.overlap) == ("bar", "stacked", 100)
    colours = [each.graphicalProperties.solidFill.srgbClr for each in chart.series]
    assert colours == ["2E7D4F", "C98A00", "3B6FB6"]
    assert [each.val.numRef.f for each in chart.series] == [
        f"'集計'!${letter}$6:${letter}$7" for letter in "BDF"
    ]
