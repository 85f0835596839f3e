"""年度別推移: what each round counted, what changed, and bars of the same numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.domain.plan import Round, StatusKind
from kyodo_desktop.domain.reporting import Extras, RoundTotals
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import TOTALS, YEARS
from tests.outlines import DONE, NEAR, ONGOING, STOPPED, by_id, outline_of_rows
from tests.pages.parts.making import laid_out, lines, part_of

pytestmark = pytest.mark.same_everywhere("values")

PLAN = replace(
    outline_of_rows(("環境", "拠点", "ブース", [(DONE, "")])), statuses=by_id(DONE, ONGOING)
)


def counted(year, counts, *, term="前期", statuses=(DONE, ONGOING)):
    shown = Round(year, f"平成{year}年度", 1988 + year, f"{1988 + year}-10-31", None)
    return RoundTotals(shown, term, by_id(*statuses), Counter(counts))


def told(*years, outline=PLAN):
    return part_of(outline, YEARS, extras=Extras(years=years))


def test_rounds_stand_below_each_other_with_triangles_for_what_became_less():
    part = told(counted(26, {1: 1, 3: 5}), counted(27, {1: 4, 3: 2}))
    head, first, second, note, title = lines(part)
    assert head == ["調査", "実行計画の数", "増減", "✓ 完了", "増減", "・継続中", "増減"]
    assert first == ["平成26年度", "6", "－", "1", "－", "5", "－"]
    assert second == ["平成27年度", "6", "0", "4", "3", "2", "-3"]
    assert "▲は減" in note[0]
    (laid,) = laid_out(
        PLAN, YEARS, extras=Extras(years=(counted(26, {3: 5}), counted(27, {3: 2})))
    ).parts
    assert [cell.lines for cell in laid.pages[0].rows[-5].cells][-1] == ("▲3",)
    assert title == ["状態ごとの件数の推移"]


def test_statuses_that_are_gone_or_do_not_count_stand_where_they_occur():
    early = counted(26, {1: 1, 2: 2, 4: 1, None: 3}, statuses=(DONE, NEAR, ONGOING, STOPPED))
    head, first, second, *_ = lines(told(early, counted(27, {1: 7})))
    assert head[3::2] == ["✓ 完了", "◇ 完了の目途", "・継続中", "未記入", "集計に含めない"]
    assert (first[1], first[3::2]) == ("7", ["1", "2", "0", "3", "1"])
    assert (second[1], second[4::2]) == ("7", ["6", "-2", "0", "-3", "-1"])


def test_another_term_begins_anew_and_is_named():
    part = told(
        counted(27, {1: 5}), counted(28, {3: 9}, term="後期"), counted(29, {1: 9}, term="後期")
    )
    assert [row[:3] for row in lines(part)[1:4]] == [
        ["平成27年度（前期）", "5", "－"],
        ["平成28年度（後期）", "9", "－"],
        ["平成29年度（後期）", "9", "0"],
    ]


def test_the_bars_are_the_numbers_of_the_table_in_the_colours_of_the_totals():
    many = [
        DONE._replace(id=n, position=n, mark=str(n), label=f"段階{n}", kind=kind)
        for n, kind in enumerate([*StatusKind] * 6, start=1)
    ]
    years = [
        counted(year, {n: n % (year - 20) for n in range(1, 31)}, statuses=many)
        for year in range(23, 33)
    ]
    outline = replace(PLAN, statuses=by_id(*many))
    part = told(*years, outline=outline)
    assert len(part.widths) == 1 + 2 * 6
    (chart,) = [row.chart for row in part.rows if row.kind is RowRole.CHART]
    (bars,) = [row.chart for row in part_of(outline, TOTALS).rows if row.kind is RowRole.CHART]
    assert [each.colour for each in chart.series[:5]] == [each.colour for each in bars.series[:5]]
    assert [each.name for each in chart.series[:5]] == [each.name for each in bars.series[:5]]
    first, names, columns = chart.table
    table = [[cell.value for cell in row.cells] for row in part.rows[first : first + 10]]
    assert [row[names] for row in table] == [*chart.categories]
    for series, column in zip(chart.series, columns, strict=True):
        assert [row[column] for row in table] == [*series.counts]
    assert [sum(row[column] for column in columns) for row in table] == [row[1] for row in table]


def test_one_round_has_no_course():
    with pytest.raises(ExportError, match="出力するものがありません"):
        told(counted(27, {1: 5}))
