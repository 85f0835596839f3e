"""A report on its pages: what no part may look like, and what each page must hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import looks
from kyodo_desktop.pages.content import Cell, PageOf, PageRow, Part, Report, RowRole
from kyodo_desktop.pages.dividing import CONTINUED
from kyodo_desktop.pages.laid import LaidCell, LaidPart, LaidReport, LaidRow
from kyodo_desktop.pages.layout import lay_out
from kyodo_desktop.pages.options import PARTS, Edition, Paper
from kyodo_desktop.pages.records import in_records
from kyodo_desktop.pages.text_metrics import measured_once, metrics_of

pytestmark = pytest.mark.same_everywhere("counts letters, and no font of the system")

FONT = "ＭＳ ゴシック"  # known without a file
WORDS = ("協働", "の", "まちづくり", "。", "ABC 12", "\n", "（再掲）")
COLUMNS = (WidthRange(4, 6), WidthRange(8, 20), WidthRange(10, 400), WidthRange(7, 400))


def report(*parts: Part) -> Report:
    return Report("計画", "報告", "", Edition.PUBLIC, parts, looks.LOOKS, "2015-11-02")


def part(*rows: PageRow, **values: object) -> Part:
    header = (PageRow(tuple(Cell(name, looks.HEADER) for name in "ABCD"), RowRole.HEADER),)
    return Part("一覧", "一覧", COLUMNS, rows, header=header, is_fitted=True, **values)


def row(title: str, *texts: str, **values: object) -> PageRow:
    first, second = (*texts, "", "")[:2]
    cells = (Cell("1"), Cell(title, repeats=True), Cell(first), Cell(second))
    return PageRow(cells, **values)


def laid(*rows: PageRow, paper: Paper = Paper.A4_LANDSCAPE, **values: object) -> LaidReport:
    return lay_out(report(part(*rows, **values)), paper, FONT)


def titles(found: LaidReport) -> list[list[str]]:
    """Return what stands in the second column of each page."""
    return [
        [cell.value for each in page.rows for cell in each.cells if cell.column == 1]
        for page in found.parts[0].pages
    ]


def test_names_of_columns_stand_where_they_are_said_to_stand_however_much_is_above_them():
    legend = PageRow((Cell("計画した内容を実施した。" * 700, looks.LEGEND, 4),), RowRole.TEXT)
    found = laid(*(row(f"事業{n}") for n in range(60)), top=(legend,)).parts[0]
    kinds = [each.kind for page in found.pages for each in page.rows]
    assert found.header == (kinds.index(RowRole.HEADER) + 1,) * 2
    first = next(n for n, page in enumerate(found.pages) if page.rows[-1].kind is RowRole.BODY)
    assert first > 0
    assert [bool(page.header) for page in found.pages] == [
        n > first for n in range(len(found.pages))
    ]
    assert all(page.rows[-1].kind is not RowRole.HEADER for page in found.pages)


@pytest.mark.parametrize("paper", Paper)
def test_a_long_heading_beside_its_actions_is_cut_by_pages_and_not_by_their_ends(paper):
    heading = "".join(f"第{n}の取組を進める。" for n in range(60))
    beside = [
        replace(each, cells=(Cell(heading, looks.TOP_HEADING, run="一"), *each.cells[1:]))
        for each in (row("甲", "実施した。"), row("乙"), row("丙"))
    ]
    narrow = replace(part(*beside, row("丁")), is_fitted=False)
    found = lay_out(report(narrow), paper, FONT)
    pages = found.parts[0].pages
    first = [cell for page in pages for each in page.rows for cell in each.cells[:1]]
    assert "".join(cell.value for cell in first if cell.look == looks.TOP_HEADING) == heading
    for page in pages:
        rows_ = [*page.header, *page.rows]
        assert all(each.height < 409.5 for each in rows_), "which is the most in Excel"
        assert sum(each.height for each in rows_) <= found.paper.height


texts = st.builds(
    lambda words, times: "".join(words) * times,
    st.lists(st.sampled_from(WORDS), max_size=6),
    st.sampled_from((1, 1, 1, 15, 90)),
)
rows = st.lists(
    st.builds(
        lambda title, one, two, run, flows, joined, begins: PageRow(
            (
                Cell(run, looks.HEADING, run=run) if run else Cell("1"),
                Cell(title, repeats=True),
                Cell(one, flows=flows),
                Cell(two, flows=flows),
            ),
            joined=joined,
            begins_page=begins,
        ),
        texts,
        texts,
        texts,
        st.sampled_from(("", "推進項目の名前", "別の推進項目のとても長い名前")),
        st.booleans(),
        st.sampled_from((False, False, False, True)),
        st.sampled_from((False, False, False, False, True)),
    ),
    min_size=1,
    max_size=15,
)


long_rows = st.lists(
    st.builds(
        lambda title, one, two, run, begins: PageRow(
            (
                Cell(run, looks.HEADING, run=run) if run else Cell("1"),
                Cell(title, repeats=True),
                Cell("協働の" + one, flows=True),
                Cell(two, flows=True),
            ),
            begins_page=begins,
        ),
        st.sampled_from(("", "取組", "名の長い取組" * 9)),
        st.integers(1, 900).map(lambda length: ("協働のまちづくり。\n" * 99)[:length]),
        st.integers(0, 900).map(lambda length: ("市民との対話を重ねる。" * 99)[:length]),
        st.sampled_from(("", "推進項目の名前", "別の推進項目のとても長い名前")),
        st.sampled_from((False, False, False, False, True)),
    ),
    min_size=1,
    max_size=15,
)


@given(rows | long_rows, st.sampled_from(Paper))
def test_whatever_is_told_fits_its_pages_and_nothing_is_lost(found, paper):
    told = lay_out(report(part(*found)), paper, FONT)
    pages = told.parts[0].pages
    for page in pages:
        assert page.rows
        assert sum(each.height for each in (*page.header, *page.rows)) <= told.paper.height
        assert max(each.height for each in page.rows) < 409.5
    assert is_whole_grid(told.parts[0])
    said = "".join(pieces(told.parts[0]))
    for each in found:
        for cell in each.cells:
            assert cell.text.replace("\n", "") in said


@pytest.mark.parametrize("paper", Paper)
def test_a_text_is_one_cell_of_its_page_where_it_is_higher_than_the_rows_of_excel(paper):
    pages = laid(row("総括", "協働を進める。" * 2000), paper=paper).parts[0].pages
    assert len(pages) > 2
    for page in pages:
        cells = [cell for each in page.rows for cell in each.cells]
        (text,) = [cell for cell in cells if "進める" in str(cell.value)]
        assert text.rows > 1 or page is pages[-1]


def is_whole_grid(found: LaidPart) -> bool:
    """Tell whether the cells of each page cover its rows and columns once."""
    for page in found.pages:
        covered = [
            (place + down, cell.column + across)
            for place, each in enumerate(page.rows)
            for cell in each.cells
            for down in range(cell.rows)
            for across in range(cell.columns)
        ]
        across = range(len(found.widths))
        wanted = {(down, column) for down in range(len(page.rows)) for column in across}
        if len(covered) != len(wanted) or set(covered) != wanted:
            return False
    return True


def pieces(found: LaidPart) -> Iterator[str]:
    """Yield the texts of each column; what goes on follows on what it goes on from."""
    for column in range(len(found.widths)):
        for page in found.pages:
            for each in page.rows:
                if stands_again(each):
                    continue
                for cell in each.cells:
                    if covers(cell, column):
                        yield str(cell.value or "").replace("\n", "")
        yield "|"


def stands_again(row: LaidRow) -> bool:
    words = (str(cell.value) for cell in row.cells if cell.rows == 1)
    return row.kind is RowRole.BAND and any(each.endswith(CONTINUED) for each in words)


def covers(cell: LaidCell, column: int) -> bool:
    return cell.column <= column < cell.column + cell.columns


def test_low_rows_are_not_cut_and_each_page_repeats_the_header():
    found = laid(*(row(f"実行計画{place}", "短い文") for place in range(80)))
    assert [each for page in titles(found) for each in page][1:] == [
        f"実行計画{place}" for place in range(80)
    ]
    first, *others = found.parts[0].pages
    assert first.header == ()
    assert all(page.header[0].cells[1].value == "B" for page in others)
    assert [page.number for page in found.parts[0].pages] == [*range(1, found.page_count + 1)]


def test_a_high_row_is_cut_where_the_page_ends_and_says_again_whose_it_is():
    found = laid(row("長い取組", "協働のまちづくり。" * 700), row("次の取組", "短い文"))
    first, second, *_ = titles(found)
    assert first[1] == "長い取組"
    assert second[0] == f"長い取組{CONTINUED}"
    pages = found.parts[0].pages
    assert sum(each.height for each in pages[0].rows) > found.paper.height * 0.95


def test_a_heading_stays_with_what_follows():
    band = PageRow((Cell("見出し", looks.BAND, 4),), RowRole.BAND, level=1, joined=True)
    for count in range(20, 40):
        found = laid(*(row("取組", "文") for _ in range(count)), band, row("最後", "文"))
        last = found.parts[0].pages[-1].rows
        assert [each.kind for each in last[-2:]] == [RowRole.BAND, RowRole.BODY]


def test_a_page_begins_where_it_is_asked_for():
    found = laid(row("一"), row("二", begins_page=True), row("三"))
    assert titles(found) == [["B", "一"], ["二", "三"]]


def test_a_merged_heading_goes_on_over_the_page_and_says_so():
    many = [
        PageRow((Cell("環境", looks.HEADING, run="環境"), *row(f"取組{place}", "文").cells[1:]))
        for place in range(60)
    ]
    pages = laid(*many).parts[0].pages
    headings = [next(cell for cell in page.rows[1].cells) for page in pages[:1]]
    headings += [page.rows[0].cells[0] for page in pages[1:]]
    assert [each.value for each in headings] == ["環境", *[f"環境{CONTINUED}"] * (len(pages) - 1)]
    assert [each.rows for each in headings[1:]] == [len(page.rows) for page in pages[1:]]


def test_a_heading_that_needs_more_room_than_its_rows_raises_them():
    text = "とても長い推進項目の名前" * 4
    found = laid(PageRow((Cell(text, looks.HEADING, run="長"), *row("取組", "文").cells[1:])))
    (heading,) = [each for each in found.parts[0].pages[0].rows[1].cells if each.column == 0]
    assert found.parts[0].pages[0].rows[1].height >= len(heading.lines) * 9 * found.metrics.line


def test_a_long_text_stands_below_its_row_in_full_width_and_a_short_one_in_it():
    long = Cell("協働のまちづくり。" * 40, flows=True)
    short = row("短い取組", "文", "協働のまちづくり。" * 9)
    told = PageRow((Cell("1-①"), Cell("取組", repeats=True), long, Cell("文", flows=True)))
    found = laid(told, *[short] * 9)
    first, below = found.parts[0].pages[0].rows[1:3]
    assert below.cells[0].value == "1-①\nC"
    assert below.cells[1].value == long.value
    assert below.cells[1].columns > 1
    assert [cell.value for cell in first.cells] == ["1-①", "取組", "（下に記載）", "文"]


def test_a_row_with_its_long_text_below_it_begins_one_page():
    long = Cell("協働のまちづくり。" * 40, flows=True)
    told = (Cell("1-①"), Cell("取組", repeats=True), long, Cell("文", flows=True))
    short = row("短い取組", "文", "協働のまちづくり。" * 9)
    found = laid(*[short] * 9, PageRow(told, begins_page=True))
    assert found.page_count == 2
    assert len(found.parts[0].pages[1].rows) == 2


NAME = "市民と行政がともに担う協働の取組"


def long_and_short(one: str, two: str, *, run: str = "") -> list[PageRow]:
    """Return rows of which now one text is the longer one, now the other."""
    number = Cell(run, looks.HEADING, run=run) if run else Cell("1-①")
    return [
        PageRow(
            (number, Cell(NAME, repeats=True), Cell(three, flows=True), Cell(four, flows=True))
        )
        for three, four in ((one, two), (two, one)) * 6
    ]


def values(found: LaidReport, page: int) -> list[list[object]]:
    return [[cell.value for cell in each.cells] for each in found.parts[0].pages[page].rows]


def test_a_table_of_long_texts_is_told_in_records():
    one, two = "協働のまちづくり。" * 60, "市民との対話。" * 20
    header, *others = values(laid(*long_and_short(one, two)), 0)
    assert header == ["A", "B"]
    assert others[:3] == [["1-①", NAME], [f"C：{one}"], [f"D：{two}"]]


def test_names_of_columns_among_many_rows_are_those_of_the_records_below_them():
    names = PageRow(tuple(Cell(each, looks.HEADER) for each in "ABCD"), RowRole.HEADER)
    over_all = PageRow((Cell("意見", looks.HEADER, 4),), RowRole.HEADER)
    one, two = long_and_short("協働のまちづくり。" * 60, "市民との対話。" * 20)[:2]
    rows_ = [one, *(each for _ in range(130) for each in (names, two, over_all, one))]
    found = lay_out(report(replace(part(*rows_), header=())), Paper.A4_LANDSCAPE, FONT)
    texts = [
        str(cell)
        for page in range(found.page_count)
        for each in values(found, page)
        for cell in each
    ]
    begins = Counter(each[:2] for each in texts)
    assert (begins["協働"], begins["C："], begins["D："]) == (1, 260, 260)


def test_the_texts_of_a_record_stand_beside_each_other_where_that_is_lower():
    one, two = "協働のまちづくり。\n" * 4, "市民との対話。\n" * 5
    lengths_of = measured_once(metrics_of(FONT).advances)
    told = in_records(part(*long_and_short(one, two)), lengths_of, size=9, width=700)
    assert told is not None
    name, texts, *_ = told.part.rows
    assert [cell.text for cell in texts.cells] == [f"C：{one}", f"D：{two}"]
    assert sum(cell.columns for cell in texts.cells) == len(told.widths)
    assert sum(cell.columns for cell in name.cells) == len(told.widths)


def test_a_record_that_goes_on_says_again_whose_it_is():
    found = laid(*long_and_short("協働のまちづくり。" * 90, "市民との対話。" * 9))
    firsts = [values(found, place)[0] for place in range(1, found.page_count)]
    assert ["1-①", f"{NAME}{CONTINUED}"] in firsts
    assert all(each[0] == "1-①" for each in firsts)


def test_a_name_too_high_to_stand_again_stands_once():
    long = "協働のまちづくり。" * 90
    rows_ = long_and_short(long, "市民との対話。")
    high = Cell("市民と行政\n" * 20, repeats=True)
    rows_ = [replace(each, cells=(each.cells[0], high, *each.cells[2:])) for each in rows_]
    found = laid(*rows_)
    assert f"{high.value}{CONTINUED}" not in str(found.parts[0].pages)
    assert is_whole_grid(found.parts[0])


def test_a_table_stays_one_where_few_texts_are_long():
    few = long_and_short("協働のまちづくり。" * 60, "市民との対話。")[:2]
    found = laid(*few, *(row(NAME, "文") for _ in range(30)))
    assert [cell.value for cell in found.parts[0].pages[0].rows[0].cells] == ["A", "B", "C", "D"]


def test_a_heading_beside_records_is_one_cell_on_each_page():
    texts = "協働のまちづくり。" * 60, "市民との対話。" * 20
    found = laid(*long_and_short(*texts, run="環境"))
    assert found.page_count > 1
    for place, page in enumerate(found.parts[0].pages):
        headings = [cell for each in page.rows for cell in each.cells if "環境" in str(cell.value)]
        assert [each.value for each in headings] == ["環境" + CONTINUED * (place > 0)]


def test_an_empty_column_is_no_wider_than_its_name_needs():
    long = "協働を進める。" * 12
    empty, filled = (
        laid(row("取組", long, text), paper=Paper.A4_PORTRAIT).parts[0].widths[3]
        for text in ("", "済")
    )
    assert empty < filled / 2


def test_columns_get_the_room_that_makes_the_rows_low():
    full = [row("取組", "協働のまちづくり。" * 12) for _ in range(20)]
    _, _, full_column, empty_column = laid(*full).parts[0].widths
    assert full_column > 3 * empty_column


def test_a_part_that_shall_fit_one_page_becomes_smaller_but_not_too_small():
    fitting = laid(*(row("取組", "文") for _ in range(36)), fits_one_page=True)
    hopeless = laid(*(row("取組", "文") for _ in range(90)), fits_one_page=True)
    assert len(fitting.parts[0].pages) == 1
    assert 7 <= fitting.parts[0].size < 9
    assert hopeless.parts[0].size == 9
    assert len(hopeless.parts[0].pages) > 1


def test_the_contents_name_the_pages_on_which_parts_begin():
    contents = Part("目次", "目次", (WidthRange(9, 9),), (PageRow((Cell(PageOf("一覧")),)),))
    long = part(*(row("取組", "文") for _ in range(80)))
    last = replace(part(row("取組")), name="最後")
    contents = replace(contents, rows=(*contents.rows, PageRow((Cell(PageOf("最後")),))))
    found = lay_out(report(contents, long, last), Paper.A4_PORTRAIT, FONT)
    numbers = [each.cells[0].value for each in found.parts[0].pages[0].rows]
    assert numbers == [2, found.page_count]


def test_a_footer_is_cut_by_measure_and_leaves_the_page_number_its_room():
    long = replace(report(part(row("取組"))), title="計画の名前" * 30)
    footer = lay_out(long, Paper.A4_PORTRAIT, FONT).footers[0]
    assert footer.left.endswith("計画の… 一覧")
    assert len(footer.left) < 40
    assert footer.centre == "1 / 1"


@pytest.mark.parametrize("paper", Paper)
def test_a_footer_names_the_whole_part_of_a_plan_with_a_long_title(paper):
    title = "いつまでも暮らしやすいまちをみんなで育てる協働のまちづくり推進計画（平成27年度）"
    for name in PARTS:
        made = report(replace(part(row("取組")), name=name, title=name))
        footer = lay_out(replace(made, title=title), paper, FONT).footers[0]
        assert footer.left.startswith("いつまでも暮らし")
        assert footer.left.endswith(f" {name}")


def test_a_number_is_never_broken():
    numbers = part(*[PageRow((Cell(100.0, looks.SHARE), *[Cell("文")] * 3))] * 3)
    found = lay_out(
        report(replace(numbers, is_fitted=False, widths=(WidthRange(1, 1), *COLUMNS[1:]))),
        Paper.A4_PORTRAIT,
        FONT,
    )
    shown = [
        cell.lines for page in found.parts[0].pages for each in page.rows for cell in each.cells
    ]
    assert shown.count(("100.0",)) == 3
