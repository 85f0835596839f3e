"""Tables of the years before .xlsx and of other programs come in with what can be known of them.

The files in `fixtures/tables` were saved by LibreOffice from one workbook.
"""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.domain.importing.grid import Area
from kyodo_desktop.excel.reading.compound_file import CompoundFile, compound_file_of
from kyodo_desktop.excel.reading.tables import read_table
from tests.excel.reading import binary_workbooks as binary
from tests.excel.reading.test_refusals import WORKBOOK
from tests.excel.reading.workbooks import parts_of, saved, zipped

TABLES = Path(__file__).parents[2] / "fixtures" / "tables"
ODS, XLS = (TABLES / f"progress.{ending}" for ending in ("ods", "xls"))
ROWS = (
    ("番号", "目標", "取組", "状態", "完了予定", "割合", "予算", "内部メモ"),
    ("1-1", "Ⅰ しくみ", "窓口を開く\n・研修", "○", "2016-03-31", "50%", "12,000千円", "出さない"),
    ("1-2", "", "職員を育てる", "△", "2017-03", "0.125", "1.5"),
    ("1-3", "", "隠した取組"),
    (),
    ("2-1", "", "新しい名", "", "2016-03-31 13:05", "TRUE", "12001"),
)


@pytest.fixture
def grids_of(tmp_path):
    def read(content: bytes, name: str = "表.xlsx"):
        return read_table(saved(tmp_path, content, name)).grids

    return read


@pytest.mark.parametrize("path", [ODS, XLS], ids=["ods", "xls"])
def test_a_table_of_another_format_comes_as_from_a_workbook(path):
    grid, aside = read_table(path).grids
    assert grid.rows == ROWS
    assert grid.merges == (Area(2, 2, 4, 2),)
    assert grid.indents == {(2, 2): 2}
    assert (grid.hidden_rows, grid.hidden_columns) == ({4}, {8})
    assert (grid.struck[5, 3], grid.struck[6, 3]) == ("やめた取組", "旧い名")
    said = [each.sentence for each in grid.unread]
    assert any("6行 D列: 「#DIV/0!」 計算のエラー" in each for each in said)
    assert any("5行 A列: 「1-4 やめた取組 ×」 行全体に取り消し線" in each for each in said)
    assert (aside.sheet, aside.hidden, aside.text(3, 2)) == ("控え", True, "控え")


def test_an_open_document_tells_the_notes_too():
    assert read_table(ODS).grids[0].comments == {(2, 3): "いつまでか"}


def test_a_binary_workbook_comes_with_all_that_it_tells(grids_of):
    grid, aside = grids_of(binary.progress(), "表.xlsb")
    assert grid.rows == (
        ("番号", "目標", "取組", "完了予定"),
        ("1-1", "Ⅰ しくみ", "窓口", "2016-03-31"),
        ("2", "", "育てる", "50%", "メモ"),
        ("1-3", "", "隠した取組"),
        (),
        ("2-1", "", "新しい名"),
    )
    assert grid.merges == (Area(2, 2, 4, 2),)
    assert (grid.hidden_rows, grid.hidden_columns) == ({4}, {5})
    assert grid.indents == {(2, 2): 2}
    assert grid.struck == {(5, 1): "1-4", (5, 3): "やめた取組", (6, 3): "旧い名"}
    assert [each.text for each in grid.unread if each.place.row == 6] == ["#DIV/0!", "旧い名"]
    assert aside.hidden


def test_notes_that_a_format_keeps_to_itself_are_said_once_a_book(grids_of):
    said = [each for grid in read_table(XLS).grids for each in grid.unread if not each.place.row]
    assert [each.place.label for each in said] == ["ファイル全体"]
    assert said[0].sentence.startswith("セルにコメント（メモ）があります。")
    without = [each for grid in grids_of(binary.progress()) for each in grid.unread]
    assert all(each.place.row for each in without)


def test_repeats_without_end_take_no_memory(grids_of):
    parts = parts_of(ODS.read_bytes())
    content = parts["content.xml"]
    cell, row = b'<table:table-cell office:value-type="string"', b"<table:table-row "
    wide = content.replace(cell, cell + b' table:number-columns-repeated="999999999"')
    grid = grids_of(zipped({**parts, "content.xml": wide}), "表.ods")[0]
    assert set(map(len, grid.rows)) <= {0, 16_384}
    tall = wide.replace(row, row + b'table:number-rows-repeated="999999999" ')
    with pytest.raises(ReadingError, match="大きくなりすぎる"):
        grids_of(zipped({**parts, "content.xml": tall}), "表.ods")


def test_empty_repeats_to_the_end_of_the_sheet_are_passed_over(grids_of):
    parts = parts_of(ODS.read_bytes())
    content = parts["content.xml"].replace(
        b"</table:table>",
        b'<table:table-row table:number-rows-repeated="999999999" table:visibility="collapse">'
        b'<table:table-cell table:number-columns-repeated="999999999"/></table:table-row>'
        b"</table:table>",
        1,
    )
    assert grids_of(zipped({**parts, "content.xml": content}), "表.ods")[0].rows == ROWS


def test_an_open_document_with_a_password_is_explained(grids_of):
    parts = parts_of(ODS.read_bytes())
    locked = parts["META-INF/manifest.xml"].replace(
        b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
    )
    with pytest.raises(ReadingError, match="パスワード"):
        grids_of(zipped({**parts, "META-INF/manifest.xml": locked}), "表.ods")


@pytest.mark.parametrize(
    "far", [((0, 0), (1_048_575, 16_383)), ((0, 0), (1_048_575, 3))], ids=["all", "long"]
)
def test_cells_as_far_apart_as_can_be_are_not_given_to_a_library(grids_of, far):
    rows = [binary.row(row, binary.cell(column, "あ")) for row, column in far]
    with pytest.raises(ReadingError, match="大きくなりすぎる"):
        grids_of(binary.binary_workbook(binary.sheet(rows)), "表.xlsb")


def changed_records(kind: int, data: bytes) -> bytes:
    """Return the old workbook with the content of its records of one kind changed."""
    stream = bytearray(CompoundFile(XLS.read_bytes()).stream("Workbook") or b"")
    at = changes = 0
    while at + 4 <= len(stream):
        found, length = struct.unpack_from("<HH", stream, at)
        if found == kind:
            stream[at + 4 : at + 4 + len(data)] = data
            changes += 1
        at += 4 + length
    assert changes
    return compound_file_of(bytes(stream))


def test_an_old_workbook_is_not_believed_about_its_size(grids_of):
    grown = changed_records(0x0200, struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF))
    assert grids_of(grown)[0].rows[:5] == ROWS[:5]


def test_old_cells_as_far_apart_as_can_be_are_not_given_to_a_library(grids_of):
    far = changed_records(0x027E, struct.pack("<HH", 65_535, 255))
    with pytest.raises(ReadingError, match="大きくなりすぎる"):
        grids_of(far)


def test_an_old_workbook_whose_sectors_go_in_a_circle_is_damaged(grids_of):
    content = bytearray(compound_file_of(bytes(40_000)))
    struct.pack_into("<I", content, 4096 + 4, 1)  # of the folder
    with pytest.raises(ReadingError, match="壊れている"):
        grids_of(bytes(content))


def with_record(kind: int, data: bytes) -> bytes:
    """Return the old workbook with one more record at its beginning."""
    stream = CompoundFile(XLS.read_bytes()).stream("Workbook") or b""
    length = struct.unpack_from("<H", stream, 2)[0] + 4
    more = struct.pack("<HH", kind, len(data)) + data
    return compound_file_of(stream[:length] + more + stream[length:])


def test_a_password_of_an_old_workbook_is_explained(grids_of):
    with pytest.raises(ReadingError, match="パスワードを空にして"):
        grids_of(with_record(0x2F, b"\1\0"))


def test_a_panic_of_the_library_is_a_damaged_file(grids_of, capfd):
    a_name_without_anything = with_record(0x18, b"")
    with pytest.raises(ReadingError, match="壊れている"):
        grids_of(a_name_without_anything)
    assert capfd.readouterr().err == ""


def test_names_of_parts_are_the_same_in_any_case(grids_of):
    for change in (str.upper, str.lower, lambda name: name.replace("/", "\\")):
        renamed = {change(name): part for name, part in parts_of(WORKBOOK).items()}
        assert grids_of(zipped(renamed))[0].text(2, 1) == "①"


@pytest.mark.parametrize("path", [ODS, XLS], ids=["ods", "xls"])
def test_the_name_of_a_file_does_not_matter(tmp_path, path):
    other = shutil.copy(path, tmp_path / "表.xlsx")
    assert read_table(Path(other)).grids[0].rows == read_table(path).grids[0].rows
