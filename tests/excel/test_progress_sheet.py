"""進捗状況一覧: the published table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.nodes import heading_node
from kyodo_desktop.domain.plan import Assignment, Direction
from kyodo_desktop.excel.layout import PAGES, PIXEL, TALLEST_ROW, ruler_for
from kyodo_desktop.excel.options import Paper, ReportOptions
from tests.outlines import DONE, NEAR, ONGOING, large_outline, noted, outline_of_rows, outlook

pytestmark = pytest.mark.same_everywhere("test_report.py lets Windows write such sheets")

SHEET = "進捗状況一覧"
PLAN = outline_of_rows(
    ("環境づくり", "活動拠点の整備", "ブースの設置", [(NEAR, "28年3月予定")]),
    ("環境づくり", "財政的援助", "補助金の創設", [(DONE, "23年度に創設"), (ONGOING, "検討中")]),
    ("環境づくり", "財政的援助", "基金の創設", []),
    ("市政への参画", "協働事業", "補助金の創設", []),
)


def values(sheet, row):
    return [cell.value for cell in sheet[row]]


def heights(sheet):
    return [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]


def pages(sheet):
    """Return first and last row of each page."""
    ends = [each.id for each in sheet.row_breaks.brk]
    return list(zip([1, *(end + 1 for end in ends)], [*ends, sheet.max_row], strict=True))


def test_the_table_is_headed_as_published(written):
    sheet = written(PLAN)[SHEET]
    assert sheet["A1"].value == "協働のまちづくり推進計画　進捗状況一覧（平成27年度）"
    assert sheet["A2"].value.startswith(
        "マークの意味　　✓ ＝ 完了　　◇ ＝ 完了の目途　　・ ＝ 継続中"
    )
    assert "平成27年10月31日現在" in values(sheet, 2)
    names = ["推進項目", "施策", "番号", "実行計画", "進捗状況", "今後の方向性"]
    assert values(sheet, 3) == names


def test_rows_read_as_printed(written):
    sheet = written(PLAN)[SHEET]
    assert [values(sheet, row)[:5] for row in range(4, 8)] == [
        ["1 環境づくり", "(1) 活動拠点の整備", "①", "ブースの設置", "◇ 28年3月予定"],
        [None, "(2) 財政的援助", "①", "補助金の創設", "✓ 23年度に創設\n・検討中"],
        [None, None, "②", "基金の創設", "未記入"],
        [
            "2 市政への参画",
            "(1) 協働事業",
            "①",
            "補助金の創設（再掲）",
            "✓ 23年度に創設\n・検討中",
        ],
    ]


def test_headings_are_merged_over_their_rows(written):
    merged = {str(each) for each in written(PLAN)[SHEET].merged_cells.ranges}
    assert {"A4:A6", "B5:B6"} <= merged


def test_each_status_has_its_own_ground_and_nothing_filled_in_is_quiet(written):
    sheet = written(PLAN)[SHEET]
    grounds = [sheet[cell].fill.fgColor.rgb for cell in ("E4", "E5", "E6")]
    assert len(set(grounds)) == 3
    assert sheet["E6"].font.color.rgb == "007B8794"


def test_chosen_columns_stand_after_the_headings_in_their_own_order(written):
    outline = replace(
        PLAN,
        directions={1: Direction(1, 0, "拡充")},
        actions={**PLAN.actions, 1: PLAN.actions[1]._replace(due="2019-05")},
        outlooks={1: outlook(direction_id=1, text="広げる"), 2: outlook(2, id=2, direction_id=1)},
        assignments={1: (Assignment(1, 1, 1, "lead"), Assignment(2, 1, 2, "related"))},
    )
    columns = ("due", "section", "outlook", "action")
    sheet = written(outline, columns=columns)[SHEET]
    assert values(sheet, 3)[2:] == ["実行計画", "今後の方向性", "担当課", "完了予定"]
    sections = "市民活動推進課\n（関係課）企画課"
    assert values(sheet, 4)[2:] == ["ブースの設置", "【拡充】広げる", sections, "令和元年5月"]
    assert sheet["D5"].value == "拡充"


@pytest.mark.parametrize("paper", Paper)
def test_it_is_set_up_to_print(written, paper):
    sheet = written(PLAN, paper=paper)[SHEET]
    page = PAGES[paper]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        page.code,
        page.orientation,
    )
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == f"'{SHEET}'!$A$1:$F${sheet.max_row}"
    assert sheet.oddFooter.center.text.endswith("&P / &N")
    assert sheet.oddFooter.right.text.endswith("平成27年11月2日作成")
    assert sheet.freeze_panes == "A4"
    digit = ruler_for(ReportOptions().font).digit * PIXEL
    widths = [sheet.column_dimensions[letter].width * digit for letter in "ABCDEF"]
    assert page.width * 0.9 < sum(widths) < page.width * 1.05


def test_pages_end_between_rows_and_repeat_their_headings(written):
    sheet = written(large_outline(200))[SHEET]
    tall = heights(sheet)
    found = pages(sheet)
    assert len(found) > 5
    for first, last in found[1:]:
        assert sum(tall[first - 1 : last]) + tall[2] <= PAGES[Paper.A4_LANDSCAPE].height
        assert sheet.cell(first, 1).value is not None
        assert sheet.cell(first, 2).value is not None
    ends = {last for _, last in found}
    for each in sheet.merged_cells.ranges:
        assert not ends & set(range(each.min_row, each.max_row))


def test_a_heading_that_goes_on_says_so(written):
    sheet = written(large_outline(200))[SHEET]
    (_, (second, _)) = pages(sheet)[:2]
    assert sheet.cell(second, 1).value == "1 推進項目その1（続き）"


def test_rows_grow_with_their_text(written):
    texts = ["短い", "協働のまちづくり" * 10, "協働のまちづくり" * 30]
    rows = [("環", "拠点", f"計画{i}", [(DONE, text)]) for i, text in enumerate(texts)]
    one, some, many = heights(written(outline_of_rows(*rows))[SHEET])[3:6]
    assert one < some < many
    assert one < 25


def test_an_action_longer_than_a_row_can_be_goes_on_in_further_rows(written):
    text = "平成27年度から、市民と協働で、実施している。" * 200
    outline = outline_of_rows(("環境", "拠点", "長い計画", [(DONE, text)]))
    sheet = written(outline)[SHEET]
    assert sheet.max_row > 10
    assert max(heights(sheet)) <= TALLEST_ROW
    parts = [sheet.cell(row, 5).value for row in range(4, sheet.max_row + 1)]
    assert "".join(parts) == f"✓ {text}"
    second = pages(sheet)[1][0]
    assert sheet.cell(second, 4).value == "長い計画（続き）"


def test_a_heading_without_actions_is_not_forgotten(written):
    empty = PLAN.headings[2]._replace(id=9, position=9, title="空の施策")
    top, others = heading_node(1), PLAN.children[heading_node(1)]
    outline = replace(
        PLAN,
        headings={**PLAN.headings, 9: empty},
        children={**PLAN.children, top: (*others, heading_node(9))},
    )
    assert "(3) 空の施策" in [cell.value for cell in written(outline)[SHEET]["B"]]


def test_a_term_that_is_over_is_not_printed(written):
    both = noted("前期\n  環境\n    ブース: ✓\n後期\n  体制\n    窓口: ・")
    texts = [
        "".join(str(cell.value) for row in written(plan)["進捗状況一覧"] for cell in row)
        for plan in (both, replace(both, round=both.round._replace(fiscal_year=2016)))
    ]
    assert ["ブース" in text for text in texts] == [True, False]
    assert ["窓口" in text for text in texts] == [True, True]
