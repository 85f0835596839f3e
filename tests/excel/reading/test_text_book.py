"""A CSV or a テキスト版 comes as the same rows, whatever its encoding."""

from __future__ import annotations

import codecs

import pytest

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.excel.reading.tables import read_table
from tests.excel.reading.workbooks import saved

CSV = '番号,取組,実績\r\n①,相談窓口を開く,"4月に開いた。\r\n,予約制"\r\n②,職員研修,\r\n'
ROWS = (
    ("番号", "取組", "実績"),
    ("①", "相談窓口を開く", "4月に開いた。\n,予約制"),
    ("②", "職員研修"),
)


@pytest.fixture
def grid_of(tmp_path):
    def read(content: bytes | str, name: str = "表.csv"):
        given = content.encode() if isinstance(content, str) else content
        return read_table(saved(tmp_path, given, name)).grids[0]

    return read


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        codecs.BOM_UTF8 + CSV.encode(),
        CSV.encode("cp932"),
        CSV.encode("euc_jis_2004"),
        CSV.encode("utf-16"),
        codecs.BOM_UTF16_BE + CSV.encode("utf-16-be"),
        CSV.encode("utf-16-le"),
        CSV.encode("utf-16-be"),
        CSV.encode("utf-32"),
    ],
)
def test_every_encoding_of_japanese_gives_the_same(grid_of, content):
    assert grid_of(content).rows == ROWS


@pytest.mark.parametrize("name", ["表.xlsx", "表.xls", "表.dat"])
def test_a_name_that_says_otherwise_does_not_matter(grid_of, name):
    assert grid_of(CSV.encode("cp932"), name).rows == ROWS


def test_old_mail_is_read_too(grid_of):
    assert grid_of("取組,状態\n窓口,完了\n".encode("iso2022_jp")).text(2, 2) == "完了"


@pytest.mark.parametrize(("sign", "name"), [(";", "表.csv"), ("\t", "表.csv"), ("\t", "表.txt")])
def test_other_signs_part_the_columns(grid_of, sign, name):
    text = CSV.replace(",予約制", "予約制").replace(",", sign)
    assert grid_of(text, name).text(2, 3) == "4月に開いた。\n予約制"


def test_commas_in_numbers_do_not_part_what_tabs_part(grid_of):
    text = "事業\t予算\n窓口\t1,200,000\n研修\t2,300,000\n"
    assert grid_of(text, "表.csv").rows[1] == ("窓口", "1,200,000")


def test_a_text_with_commas_is_read_as_csv(grid_of):
    assert grid_of(CSV, "表.txt").rows == ROWS


def test_a_quote_that_is_never_closed_is_a_letter(grid_of):
    assert grid_of('a,"b\nc,d\n').rows == (("a", '"b'), ("c", "d"))


def test_columns_under_each_other_are_columns(grid_of):
    text = (
        "協働プラン　進捗状況\n"
        "\n"
        "番号  取組            状態\n"
        "1     相談窓口を開く  完了\n"
        "2                     継続\n"
        "3     職員研修\n"
    )
    assert grid_of(text, "表.txt").rows == (
        ("協働プラン　進捗状況",),
        (),
        ("番号", "取組", "状態"),
        ("1", "相談窓口を開く", "完了"),
        ("2", "", "継続"),
        ("3", "職員研修"),
    )


def test_pieces_that_do_not_stand_under_each_other_are_taken_in_order(grid_of):
    text = "番号　取組　状態\n10　相談窓口　完了\n２　職員の研修　継続\n"
    assert grid_of(text, "表.txt").rows[1:] == (
        ("10", "相談窓口", "完了"),
        ("２", "職員の研修", "継続"),
    )


def test_a_text_without_columns_keeps_its_lines(grid_of):
    text = "第1章 基本方針\n  1 窓口\n　　① 相談\n"
    assert [row[0] for row in grid_of(text, "表.txt").rows] == text.split("\n")[:-1]


def test_letters_that_are_lost_are_listed(grid_of):
    broken = CSV.encode().replace("職員".encode(), b"\xe8\x81\xff", 1)
    grid = grid_of(broken)
    assert grid.unread[0].place.label == "3行 B列"
    assert "\ufffd" in grid.text(3, 2)


def test_control_characters_are_seen(grid_of):
    assert (
        grid_of("取組の名称\x07,状態\n窓口の開設,完了\n職員の研修,継続\n").text(1, 1)
        == "取組の名称〔U+0007〕"
    )


def test_nothing_but_line_ends_is_an_empty_sheet(grid_of):
    assert grid_of("\r\n\r\n").rows == ()


@pytest.mark.parametrize("content", [bytes(range(256)) * 9, b"\xff\x00\xfe" * 99, bytes(500)])
def test_what_is_no_text_is_refused(tmp_path, content):
    with pytest.raises(ReadingError, match=r"「表.csv」を読み取れません。"):
        read_table(saved(tmp_path, content, "表.csv"))


LOST = "凡例　?：完了　◇：目途\n番号,状態,実績\n1-1,?,何を?\n1-2,◇,?終えた。\n"


def test_marks_that_the_old_code_lost_are_told_and_become_no_status(grid_of):
    grid = grid_of(LOST.encode("cp932"))
    assert grid.rows[2:] == (("1-1", "", "何を?"), ("1-2", "◇", "?終えた。"))
    assert [(each.place.row, each.place.column) for each in grid.unread] == [
        (1, 1),
        (3, 2),
        (4, 3),
    ]
    assert all("「CSV UTF-8（コンマ区切り）」を選んで" in each.reason for each in grid.unread)


def test_a_question_mark_in_a_text_that_has_every_character_is_one(grid_of):
    grid = grid_of(LOST)
    assert grid.text(3, 2) == "?"
    assert grid.unread == ()


def test_numbers_that_excel_saved_as_dates_are_read_as_they_were_typed(grid_of):
    grid = grid_of("番号,完了予定\n1月1日,3月31日\n1-2,3月31日\nJan-32,3月31日\n")
    assert [row[0] for row in grid.rows] == ["番号", "1-1", "1-2", "1-32"]
    assert {row[1] for row in grid.rows[1:]} == {"3月31日"}
    assert [each.text for each in grid.unread] == ["1月1日", "Jan-32"]
