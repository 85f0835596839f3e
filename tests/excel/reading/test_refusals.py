"""Whatever is opened as a workbook, rows come back or a message that helps."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.excel.reading.tables import read_table
from tests.excel.reading.workbooks import (
    BOOK,
    RELATIONS,
    SHEET,
    STYLES,
    TYPES,
    bytes_of,
    changed,
    parts_of,
    saved,
    table,
    with_sheet_data,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
WORKBOOK = bytes_of(table())


def rows(path: Path) -> list[tuple[str, ...]]:
    return list(read_table(path).grids[0].rows)


def refused(path: Path) -> str:
    with pytest.raises(ReadingError) as caught:
        rows(path)
    assert with_signs(path.name) in caught.value.message
    return caught.value.message


def test_a_workbook_gives_its_rows(tmp_path):
    path = saved(tmp_path, WORKBOOK)
    assert rows(path) == [("番号", "実行計画", "状態"), ("①", "相談窓口を開く", "✓")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "0バイト"),
        (bytes(600), "Excelのブックでも、CSVやテキストの表でもありません"),
        (b"\x89PNG\r\n" + bytes(100), "Excelのブックでも、CSVやテキストの表でもありません"),
        (WORKBOOK[: len(WORKBOOK) // 2], "壊れている"),
        (b"PK\x05\x06" + bytes(18), "中に何も入っていません"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードを空にして保存"),
        (OLE + "Workbook".encode("utf-16-le"), r"「Excel ブック \(\*.xlsx\)」"),
        (OLE + "WordDocument".encode("utf-16-le"), "Wordの文書"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "PowerPoint"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "Wordの文書"),
        (b"\x09\x04\x06\x00", "1992年以前の形式"),
        (b"<html><table>", "Webページ"),
        (zipped({"a.txt": b"a"}), "ZIPファイルですが"),
        (zipped({"word/document.xml": b"", TYPES: b""}), "Wordの文書"),
        (zipped({"ppt/presentation.xml": b"", TYPES: b""}), "PowerPoint"),
        (zipped({"xl/workbook.bin": b"", TYPES: b""}), "壊れている"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "壊れている"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(tmp_path, content, words):
    path = saved(tmp_path, content)
    with pytest.raises(ReadingError, match=words):
        rows(path)
    assert path.read_bytes() == content


def test_a_file_that_is_not_there_is_missed(tmp_path):
    assert "見つかりません" in refused(tmp_path / "ない.xlsx")
    assert "見つかりません" in refused(tmp_path / "名前\0.xlsx")


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "回答.xlsx").mkdir()
    assert "フォルダー" in refused(tmp_path / "回答.xlsx")


@pytest.mark.parametrize("part", [BOOK, SHEET, STYLES, TYPES, RELATIONS])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<",
        b"<a/>",
        b"\xff\xfe",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
)
def test_a_part_that_is_no_xml_or_another_is_explained(tmp_path, part, content):
    path = saved(tmp_path, changed(part, lambda _: content))
    with suppress(ReadingError):
        rows(path)


def test_an_entity_is_refused(tmp_path):
    bomb = b'<!DOCTYPE a [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]><worksheet/>'
    assert "壊れている" in refused(saved(tmp_path, changed(SHEET, lambda _: bomb)))


def test_a_relationship_to_nowhere_is_explained(tmp_path):
    lost = changed(RELATIONS, lambda xml: xml.replace(b"sheet1.xml", b"sheet9.xml"))
    assert "シートがありません" in refused(saved(tmp_path, lost))


def test_a_workbook_of_charts_alone_has_no_table(tmp_path):
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.create_chartsheet("グラフ").add_chart(BarChart())
    assert "シートがありません" in refused(saved(tmp_path, bytes_of(workbook)))


def test_a_part_with_a_password_is_explained(tmp_path):
    encrypted = bytearray(WORKBOOK)
    encrypted[WORKBOOK.rfind(b"PK\x01\x02") + 8] |= 1
    assert "パスワード" in refused(saved(tmp_path, bytes(encrypted)))


@pytest.mark.parametrize("size", [40_000_000, 401 * 1024**2])
def test_a_zip_bomb_is_not_unpacked(tmp_path, size):
    path = tmp_path / "表.xlsx"
    path.write_bytes(WORKBOOK)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.xml", bytes(1000))
    _declare_last_size(path, size)
    assert "大きくなりすぎる" in refused(path)


def _declare_last_size(path: Path, size: int) -> None:
    """Let the directory of the zip say that its last part unpacks to that many bytes."""
    content = bytearray(path.read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    path.write_bytes(bytes(content))


def test_a_sheet_of_more_cells_than_can_be_read_in_time_is_refused(tmp_path):
    path = saved(tmp_path, with_sheet_data("<row>" + "<c/>" * 1_600_000 + "</row>"))
    assert "大きくなりすぎる" in refused(path)


def test_a_sheet_is_not_believed_about_its_size(tmp_path):
    grown = changed(
        SHEET,
        lambda xml: xml.replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:XFD1048576"'),
    )
    assert grown != WORKBOOK
    assert len(rows(saved(tmp_path, grown))) == 2


def test_missing_parts_that_are_not_needed_do_no_harm(tmp_path):
    parts = parts_of(WORKBOOK)
    del parts["docProps/core.xml"], parts["docProps/app.xml"]
    assert len(rows(saved(tmp_path, zipped(parts)))) == 2
