"""A workbook comes as texts in rows and columns, with what a table reader has to know."""

from __future__ import annotations

import gc
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font

from kyodo_desktop.domain.errors import CancelledError, ReadingError
from kyodo_desktop.domain.importing.grid import Area, Grid
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.excel.reading.tables import read_table
from tests.excel.reading.workbooks import (
    BOOK,
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    bytes_of,
    changed,
    parts_of,
    saved,
    table,
    with_shared_strings,
    with_sheet_data,
    zipped,
)


@pytest.fixture
def grid_of(tmp_path):
    def read(content: Workbook | bytes) -> Grid:
        given = content if isinstance(content, bytes) else bytes_of(content)
        return read_table(saved(tmp_path, given)).grids[0]

    return read


def inline(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is>{text}</is></c></row>'


def test_a_table_is_read(tmp_path):
    book = read_table(saved(tmp_path, bytes_of(table())))
    assert book.name == "表.xlsx"
    assert [grid.sheet for grid in book.grids] == ["進捗"]
    assert book.grids[0].rows == (("番号", "実行計画", "状態"), ("①", "相談窓口を開く", "✓"))


def test_the_ending_of_the_name_does_not_matter(tmp_path):
    path = saved(tmp_path, bytes_of(table()), "表.xlsm")
    assert read_table(path).grids[0].text(2, 1) == "①"


def test_empty_rows_and_cells_are_kept_between_texts_and_cut_after_them(grid_of):
    workbook = Workbook()
    workbook.active["C3"] = "表"
    workbook.active["F9"] = ""
    workbook.active["F9"].alignment = Alignment(horizontal="center")
    assert grid_of(workbook).rows == ((), (), ("", "", "表"))


def test_merged_areas_end_with_the_texts(grid_of):
    workbook = table()
    workbook.active.merge_cells("A1:A2")
    workbook.active.merge_cells("B1:XFD1")
    workbook.active.merge_cells("A5:C9")
    assert set(grid_of(workbook).merges) == {Area(1, 1, 2, 1), Area(1, 2, 1, 3)}


def test_what_a_merged_area_covers_is_not_read(grid_of):
    covered = changed(
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>',
        ),
    )
    assert grid_of(covered).rows == (("番号", "", "状態"), ("", "", "✓"))


def test_a_merge_across_everything_costs_nothing(grid_of):
    rows = inline("<t>題</t>") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    everything = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    grid = grid_of(with_sheet_data(rows, after=everything))
    assert len(grid.rows) == 1_048_576
    assert grid.merges == ()


def test_1048576_styled_rows_are_seen_to_be_empty(grid_of):
    styled = "".join(
        f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>'
        for row in range(2, 1_048_577, 8)
    )
    assert grid_of(with_sheet_data(inline("<t>題</t>") + styled)).rows == (("題",),)


def test_the_indentation_of_cells_is_told(grid_of):
    workbook = table()
    workbook.active["B2"].alignment = Alignment(indent=2)
    workbook.active["A2"].alignment = Alignment(indent=3, horizontal="right")
    workbook.active["B1"] = "　実行計画"
    grid = grid_of(workbook)
    assert grid.indents == {(2, 2): 2}
    assert grid.text(1, 2) == "　実行計画"


def test_hidden_rows_and_sheets_are_told(tmp_path):
    workbook = table()
    workbook.active.row_dimensions[2].hidden = True
    workbook.create_sheet("控え").sheet_state = "hidden"
    workbook.create_sheet("鍵").sheet_state = "veryHidden"
    book = read_table(saved(tmp_path, bytes_of(workbook)))
    assert book.grids[0].hidden_rows == {2}
    assert [(grid.sheet, grid.hidden) for grid in book.grids] == [
        ("進捗", False),
        ("控え", True),
        ("鍵", True),
    ]


def test_numbers_dates_and_truths_are_texts(grid_of):
    workbook = Workbook()
    sheet = workbook.active
    sheet.append([1.0, 0.25, date(2016, 3, 31), 12345, True])
    sheet["B1"].number_format = "0%"
    sheet["D1"].number_format = "#,##0"
    assert grid_of(workbook).rows == (("1", "25%", "2016-03-31", "12,345", "TRUE"),)


def test_a_text_of_several_fonts_is_one_text(grid_of):
    workbook = Workbook()
    workbook.active["A1"] = CellRichText("完了", TextBlock(InlineFont(b=True), "（予定）"))
    assert grid_of(workbook).text(1, 1) == "完了（予定）"


def test_furigana_is_no_part_of_a_text(grid_of):
    said = "<t>富里市</t><rPh sb='0' eb='3'><t>トミサトシ</t></rPh>"
    assert grid_of(with_sheet_data(inline(said))).text(1, 1) == "富里市"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("一_x000D_&#10;二", "一\n二"),
        ("_x005F_x0041_", "_x0041_"),
        ("a_x0000_b", "a〔U+0000〕b"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "〔U+D83D〕"),
        ("_xFFFE_", "〔U+FFFE〕"),
        ("拠点\u202eの\u2028整備", "拠点〔U+202E〕の\n整備"),
        ("_x41_", "_x41_"),
    ],
)
def test_a_character_written_as_a_code_is_read(grid_of, written, text):
    assert grid_of(with_sheet_data(inline(f"<t>{written}</t>"))).text(1, 1) == text


def test_shared_texts_are_read_like_others(grid_of):
    grid = grid_of(with_shared_strings("番号", "_x005F_x0041_", cells=(1, 0, 7)))
    assert grid.rows == (("_x0041_", "番号"),)
    assert [each.place.label for each in grid.unread] == ["「進捗」シート 1行 C列"]


def test_a_formula_gives_its_result(grid_of):
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f></c></row>'
    grid = grid_of(with_sheet_data(rows))
    assert (grid.rows, grid.unread) == ((("2",),), ())


def test_what_cannot_be_read_is_listed_with_its_place(grid_of):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "集計"
    sheet["B2"] = "=SUM(A1:A9)"
    sheet["B3"] = "#REF!"
    sheet["B4"] = -5
    sheet["B4"].number_format = "yyyy/m/d"
    sheet["B5"] = "終"
    grid = grid_of(workbook)
    assert [(each.place.label, each.text) for each in grid.unread] == [
        ("「集計」シート 2行 B列", ""),
        ("「集計」シート 3行 B列", "#REF!"),
        ("「集計」シート 4行 B列", "-5"),
    ]
    assert "結果が保存されていません" in grid.unread[0].reason
    assert grid.rows[1:] == ((), (), (), ("", "終"))


def test_of_very_many_cells_that_cannot_be_read_the_first_are_listed(grid_of):
    grid = grid_of(with_sheet_data('<row><c t="e"><v>#N/A</v></c></row>' * 3_000))
    assert len(grid.unread) == 1_001
    assert grid.unread[-1].sentence == (
        "「進捗」シート 1001行 A列: ここから先に、読み取れないセルがさらに2,000個あります。"
    )


def test_a_sheet_of_charts_is_passed_over(tmp_path):
    workbook = table()
    workbook.create_chartsheet("グラフ")
    book = read_table(saved(tmp_path, bytes_of(workbook)))
    assert [grid.sheet for grid in book.grids] == ["進捗"]


def test_a_workbook_in_the_strict_format_is_read(grid_of):
    old, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    parts = {name: part.replace(old, strict) for name, part in parts_of(bytes_of(table())).items()}
    assert grid_of(zipped(parts)).text(2, 2) == "相談窓口を開く"


def test_styles_that_excel_would_pass_over_are_passed_over(grid_of):
    odd = changed(STYLES, lambda xml: xml.replace(b"<fill>", b'<fill odd="1">', 1))
    assert grid_of(odd).text(2, 1) == "①"
    circular = changed(STYLES, lambda xml: xml.replace(b'xfId="0"', b'xfId="99"'))
    assert grid_of(circular).text(2, 1) == "①"


@pytest.mark.parametrize("part", [BOOK, SHEET, STRINGS, RELATIONS])
@pytest.mark.parametrize(
    "content",
    [b"", b"<", b"text", b"<a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a b='&c;'/>"],
)
def test_a_part_that_is_broken_is_explained(tmp_path, part, content):
    given = changed(part, lambda _: content, with_shared_strings("番号", cells=(0,)))
    path = saved(tmp_path, given)
    with pytest.raises(ReadingError, match=r"「表.xlsx」を読み取れません。ファイルが壊れて"):
        read_table(path)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"><c r="A0"/></row>',
        '<row r="99999999999"><c><v>1</v></c></row>',
        '<row r="x"/>',
        '<row r="1.5"/>',
        '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
    ],
)
def test_a_place_that_no_sheet_has_is_damage(tmp_path, rows):
    with pytest.raises(ReadingError, match="壊れて"):
        read_table(saved(tmp_path, with_sheet_data(rows + inline("<t/>"))))


def test_rows_in_disorder_come_to_their_places(grid_of):
    rows = (
        '<row r="3"><c r="B3"><v>3</v></c></row><row r="1"><c><v>1</v></c></row>'
        '<row r="3"><c r="A3"><v>4</v></c><c r="C3"><v>5</v></c></row><row><c><v>6</v></c></row>'
    )
    assert grid_of(with_sheet_data(rows)).rows == (("1",), (), ("4", "3", "5"), ("6",))


@pytest.mark.parametrize("rows", ["<row><c/></row>" * 20, "<row>" + "<c/>" * 2_500_000 + "</row>"])
def test_a_flood_of_cells_is_read_or_refused(tmp_path, rows):
    path = saved(tmp_path, with_sheet_data(rows))
    try:
        assert read_table(path).grids[0].rows == ()
    except ReadingError as error:
        assert "大きくなりすぎる" in str(error)  # noqa: PT017  both are right


def test_a_part_that_is_a_thousand_sheets_is_damage(tmp_path):
    again = b'<sheet name="2" sheetId="2" r:id="rId1"/>' * 1_000
    often = changed(BOOK, lambda xml: xml.replace(b"</sheets>", again + b"</sheets>"))
    with pytest.raises(ReadingError, match="壊れて"):
        read_table(saved(tmp_path, often))


def test_progress_is_told_and_reaches_the_end(tmp_path):
    told: list[tuple[int, int]] = []
    read_table(saved(tmp_path, bytes_of(table())), JobControl(lambda *each: told.append(each)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_reading_can_be_cancelled(tmp_path):
    control = JobControl()
    control.cancel()
    with pytest.raises(CancelledError, match="取りやめました"):
        read_table(saved(tmp_path, bytes_of(table())), control)


def test_garbage_is_swept_again_after_a_reading(tmp_path):
    read_table(saved(tmp_path, bytes_of(table())))
    with pytest.raises(ReadingError):
        read_table(saved(tmp_path, b"PK\x03\x04"))
    assert gc.isenabled()


def test_only_tables_are_read(tmp_path):
    with pytest.raises(
        ReadingError, match=r"読み取れるのは.xlsx、.xlsm、.xls、.xlsb、.ods、.csv、.tsv、.txt"
    ):
        read_table(saved(tmp_path, b"\x89PNG\r\n", "写真.png"))
    with pytest.raises(ReadingError, match="Wordの文書"):
        read_table(saved(tmp_path, zipped({"word/document.xml": b"", "[Content_Types].xml": b""})))


STRUCK_RUNS = (
    "<r><rPr><strike/></rPr><t>企画課</t></r><r><rPr><b/></rPr><t>企画政策課</t></r>",
    "<r><t>・残す</t></r><r><rPr><strike/></rPr><t>\n・消す</t></r><r><t>\n・これも</t></r>",
    '<r><rPr><strike val="0"/></rPr><t>消されて</t></r><r><t>いない</t></r>',
)


@pytest.mark.parametrize("shared", [True, False])
def test_struck_out_runs_are_left_out_and_told(grid_of, shared):
    if shared:
        content = with_shared_strings(
            *(f"</t>{runs}<t>" for runs in STRUCK_RUNS), cells=tuple(range(len(STRUCK_RUNS)))
        )
        content = changed(STRINGS, lambda xml: xml.replace(b"<t></t>", b""), content)
    else:
        cells = "".join(f'<c t="inlineStr"><is>{runs}</is></c>' for runs in STRUCK_RUNS)
        content = with_sheet_data(f'<row r="1">{cells}</row>')
    grid = grid_of(content)
    assert grid.rows == (("企画政策課", "・残す\n・これも", "消されていない"),)
    assert grid.struck == {(1, 1): "企画課", (1, 2): "\n・消す"}
    first, second = (each.sentence for each in grid.unread)
    assert "1行 A列: 「企画課」 取り消し線の引かれた部分です。" in first
    assert "「・消す」" in second


def test_struck_out_cells_are_told_and_a_struck_out_row_is_told_once(grid_of):
    workbook = table()
    sheet = workbook.active
    sheet.append(["②", "やめた取組", 5])
    struck = Font(strike=True)
    for cell in (sheet["B2"], *sheet[3]):
        cell.font = struck
    grid = grid_of(workbook)
    assert grid.rows == (("番号", "実行計画", "状態"), ("①", "", "✓"))
    assert grid.struck == {
        (2, 2): "相談窓口を開く", (3, 1): "②", (3, 2): "やめた取組", (3, 3): "5",
    }  # fmt: skip
    assert [(each.place.row, each.place.column) for each in grid.unread] == [(2, 2), (3, 1)]
    assert "「② やめた取組 5」" in grid.unread[1].sentence
    assert "この行は読み取っていません" in grid.unread[1].reason


def test_a_run_with_its_own_font_is_not_struck_by_the_cell(grid_of):
    workbook = table()
    workbook.active["B2"] = CellRichText("旧い", TextBlock(InlineFont(b=True), "新しい"))
    workbook.active["B2"].font = Font(strike=True)
    assert grid_of(workbook).text(2, 2) == "新しい"


def test_hidden_columns_are_told_as_far_as_there_are_texts(grid_of):
    workbook = table()
    workbook.active.column_dimensions["B"].hidden = True
    workbook.active.column_dimensions.group("E", "XFD", hidden=True)
    assert grid_of(workbook).hidden_columns == {2}


def test_notes_and_comments_are_given_by_their_cells(grid_of):
    workbook = table()
    workbook.active["B2"].comment = Comment("山田:\n確認中", "山田")
    workbook.active["C2"].comment = Comment("[スレッド化されたコメント]", "tc")
    parts = parts_of(bytes_of(workbook))
    relations = "xl/worksheets/_rels/sheet1.xml.rels"
    talk = b'<Relationship Id="t" Type="http://x/threadedComment" Target="../talk.xml"/>'
    end = b"</Relationships>"
    parts[relations] = parts[relations].replace(end, talk + end)
    parts["xl/talk.xml"] = (
        b'<a xmlns="http://t"><threadedComment ref="C2"><text>done?</text></threadedComment>'
        b'<threadedComment ref="C2"><text>yes</text></threadedComment></a>'
    )
    assert grid_of(zipped(parts)).comments == {(2, 2): "山田:\n確認中", (2, 3): "done?\nyes"}


def numbered(*values, heading="事業の別") -> Workbook:
    workbook = Workbook()
    workbook.active.append([heading, "取組", "期日"])
    for value in values:
        workbook.active.append([value, "窓口を開く", date(2026, 3, 31)])
        for cell in workbook.active[workbook.active.max_row]:
            cell.number_format = 'm"月"d"日"'
    return workbook


def test_a_number_that_excel_made_a_date_is_read_as_it_was_typed(grid_of):
    grid = grid_of(numbered("1-1", date(2026, 1, 2), "1-3", date(2026, 2, 1)))
    assert [row[0] for row in grid.rows] == ["事業の別", "1-1", "1-2", "1-3", "2-1"]
    assert grid.rows[1][2] == "2026-03-31"
    assert grid.shown[2, 3] == "3月31日"
    assert [each.place.row for each in grid.unread] == [3, 5]
    assert "A列: 「1月2日」 日付になっていますが" in grid.unread[0].sentence
    assert "「1-2」と読み取りました" in grid.unread[0].sentence


def test_a_column_of_numbers_is_known_by_its_heading_too(grid_of):
    grid = grid_of(numbered(date(2026, 1, 1), date(2026, 1, 2), heading="Ｎｏ．"))
    assert [row[0] for row in grid.rows[1:]] == ["1-1", "1-2"]


def test_dates_among_dates_stay_dates(grid_of):
    grid = grid_of(numbered(date(2026, 1, 1), date(2026, 1, 2)))
    assert grid.rows[1][0] == "2026-01-01"
    assert grid.unread == ()
