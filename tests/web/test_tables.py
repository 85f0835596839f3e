"""Rows of any kind become paragraphs, tables and figures in which each number has its names."""

from __future__ import annotations

from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import charts, looks
from kyodo_desktop.pages.content import Cell, Chart, Facets, PageRow, Part, Report, RowRole, Series
from kyodo_desktop.pages.options import Edition
from kyodo_desktop.web.page import write_page
from tests.web.reader import faults, read

CHART = Chart(
    "推進項目ごとの状態",
    ("環境づくり", "担い手づくり"),
    (
        Series("完了", "2E7D4F", 0, (12, 0)),
        Series("継続中", "3B6FB6", charts.HATCHED, (1, 25)),
        Series("未記入", "FFFFFF", charts.BLANK, (0, 0)),
    ),
    100.0,
    (0, 0, (1,)),
)


FACETS = Facets("環境", ("企画課",), "完了")


def row(*cells, kind=RowRole.BODY, **fields):
    return PageRow(
        tuple(each if isinstance(each, Cell) else Cell(each) for each in cells), kind, **fields
    )


def section_of(tmp_path, *rows, header=()):
    """Return the page of a report with these rows in a part of four columns."""
    widths = (WidthRange(9, 9),) * 4
    part = Part("集計", "集計", widths, rows, header=header)
    known = looks.looks_for(())
    report = Report("計画", "報告書", "", Edition.PUBLIC, (part,), known, "2026-11-23")
    write_page(report, tmp_path / "計画.html")
    html = read((tmp_path / "計画.html").read_text(encoding="utf-8"))
    assert faults(html) == []
    (section,) = html.all("section")
    return section


def texts(element, tag):
    return [each.text().rstrip("\n") for each in element.all(tag)]


def heads(element):
    return [(each.text(), each.attributes["scope"]) for each in element.all("th")]


def test_a_table_has_the_caption_above_it_else_the_name_of_what_it_stands_under(tmp_path):
    head = row("名", "数", "", "", kind=RowRole.HEADER)
    section = section_of(
        tmp_path,
        row(Cell("件数", columns=4), kind=RowRole.CAPTION),
        head,
        row("計画", 3),
        row(Cell("割合", columns=4), kind=RowRole.CAPTION),
        row(Cell("百分率です。", columns=4), kind=RowRole.TEXT),
        head,
        row("計画", 50.0),
        head,
        row("別の表", 1),
        row(kind=RowRole.SPACE),
        row(Cell("見出しのない表", looks.LABEL), Cell("値", columns=3)),
        row(Cell("ありません。", columns=4), kind=RowRole.CAPTION),
    )
    assert texts(section, "caption") == ["件数", "割合", "割合", "割合"]
    assert texts(section, "h3") == ["件数", "割合", "ありません。"]
    assert texts(section, "p") == ["百分率です。"]
    assert [texts(table, "th") for table in section.all("table")] == [
        ["名", "数", "計画"],
        ["名", "数", "計画"],
        ["名", "数", "別の表"],
        ["見出しのない表"],
    ]


def test_cells_that_run_on_are_one_and_bands_head_their_rows(tmp_path):
    section = section_of(
        tmp_path,
        row(Cell("前期", columns=4), kind=RowRole.BAND, level=1),
        row(Cell("環境", columns=4), kind=RowRole.BAND, level=2),
        row(Cell("ア", run=1), Cell("①", repeats=True), Cell("一"), Cell("理由", run="a")),
        row(Cell("ア", run=1), Cell("②", repeats=True), Cell("二"), Cell("理由", run="a")),
        row(Cell("イ", run=2), Cell("③", repeats=True), Cell("三", columns=2)),
        row(Cell("担い手", columns=4), kind=RowRole.BAND, level=2),
        row(Cell("イ", run=2), Cell("④", repeats=True), Cell("四")),
        header=(row("群", "番号", "内容", "", kind=RowRole.HEADER),),
    )
    bodies = [[texts(each, "td") for each in body.all("tr")] for body in section.all("tbody")]
    assert bodies == [[[], [], ["一", "理由"], ["二"], ["三"]], [[], ["四", ""]]]
    assert heads(section) == [
        *((each, "col") for each in ("群", "番号", "内容")),
        *((each, "rowgroup") for each in ("前期", "環境")),
        *((each, "row") for each in ("ア", "①", "②", "イ", "③")),
        ("担い手", "rowgroup"),
        *((each, "row") for each in ("イ", "④")),
    ]
    tall = [each.text() for each in section.all("th", "td") if each.number("rowspan") == 2]
    assert tall == ["ア", "理由"]
    levels = [each.attributes.get("data-level") for each in section.all("tr")]
    assert [each for each in levels if each] == ["1", "2", "2"]


def test_changed_runs_are_marked_and_minus_can_be_heard(tmp_path):
    runs = (Segment("平成", False), Segment("28", True), Segment("年", False))
    section = section_of(
        tmp_path,
        row("計", Cell(-3, looks.CHANGE), Cell(12.25, looks.SHARE), Cell(runs)),
    )
    assert texts(section, "mark") == ["28"]
    assert texts(section, "td") == ["▲マイナス3", "12.3", "平成28年"]
    assert [each.attributes for each in section.all("span")] == [
        {"aria-hidden": "true"},
        {"class": "unseen"},
    ]


def test_a_figure_tells_its_numbers_and_labels_what_has_room(tmp_path):
    section = section_of(tmp_path, PageRow((), RowRole.CHART, chart=CHART))
    (figure,) = section.all("figure")
    assert texts(figure, "figcaption") == ["推進項目ごとの状態"]
    legend, bars = figure.all("ul")
    assert [each.strip() for each in texts(legend, "li")] == ["完了", "継続中", "未記入"]
    assert texts(bars, "span") == ["環境づくり", "担い手づくり"]
    pictures = [each for each in bars.all("svg") if "role" in each.attributes]
    assert [next(each.all("title")).text() for each in pictures] == [
        "計 13（完了 12、継続中 1）",
        "計 25（継続中 25）",
    ]
    assert [texts(each, "text") for each in pictures] == [["12", "13"], ["25", "25"]]
    patterns = [each.attributes["id"] for each in figure.all("pattern")]
    striped = [each for each in bars.all("rect") if each.attributes["fill"].startswith("url")]
    assert {each.attributes["fill"] for each in striped} == {f"url(#{each})" for each in patterns}
    assert len(striped) == 2
    assert striped[1].attributes["width"] == "88%"


def test_actions_stay_tables_for_those_who_hear_them_where_they_look_like_cards(tmp_path):
    head = row("番号", "内容", "", Cell("状態"), kind=RowRole.HEADER)
    rows = row(Cell("①", repeats=True), "一", "", "完了", facets=FACETS)
    section = section_of(
        tmp_path,
        row(Cell("環境", columns=4), kind=RowRole.CAPTION),
        row(Cell("1件です。", columns=4), kind=RowRole.TEXT),
        head,
        rows,
        row(Cell("体制", columns=4), kind=RowRole.CAPTION),
        row(Cell("1件です。", columns=4), kind=RowRole.TEXT),
        head,
        rows,
    )
    first, second = section.all("table")
    roles = [each.attributes["role"] for each in first.all("thead", "tbody", "tr", "th", "td")]
    assert roles == [
        *("rowgroup", "row", "columnheader", "columnheader", "cell", "columnheader"),
        *("rowgroup", "row", "rowheader", "cell", "cell", "cell"),
    ]
    labels = [each.attributes.get("data-label") for each in first.all("td")]
    assert labels == [None, "内容", "", "状態"]
    columns = [
        [each.attributes["class"] for each in table.all("col")] for table in (first, second)
    ]
    assert columns == [["p250"] * 4] * 2
    assert [each.tag for each in section.content if hasattr(each, "tag")] == [
        *("h2", "form", "div", "div")
    ]
