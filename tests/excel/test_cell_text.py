"""What a cell cannot hold is seen and told."""

from __future__ import annotations

import pytest

from kyodo_desktop.excel.cell_text import CELL_LIMIT, CUT_MARK, Replacement, sanitize


@pytest.mark.parametrize("text", ["", "市民\n活動\t☆", "𠮷野家", "=1+1", "　", "x_0041_"])
def test_an_ordinary_text_stays_as_it_is(text):
    assert sanitize(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "shown", "place", "what"),
    [
        ("市\x01民", "市〔U+0001〕民", 2, "U+0001"),
        ("\ufffe", "〔U+FFFE〕", 1, "U+FFFE"),
        ("市民\uffff", "市民〔U+FFFF〕", 3, "U+FFFF"),
        ("\ud800市", "〔U+D800〕市", 1, "U+D800"),
        ("市\u202e民活動", "市〔U+202E〕民活動", 2, "U+202E"),
    ],
)
def test_a_forbidden_character_is_replaced_visibly_and_reported(text, shown, place, what):
    fit, [(where, found, picture)] = sanitize(text)
    assert fit == shown
    assert where == place
    assert shown[place - 1 :].startswith(picture)
    assert what in found


def test_line_ends_of_windows_become_plain_ones():
    assert sanitize("一\r\n二\r三") == ("一\n二\n三", [])


def test_what_excel_would_read_as_an_escape_is_escaped():
    assert sanitize("_x0041_")[0] == "_x005F_x0041_"


@pytest.mark.parametrize("letter", ["市", "𠮷"])
def test_a_text_over_the_limit_is_cut_in_the_units_that_excel_counts(letter):
    units = len(letter.encode("utf-16-le")) // 2
    longest = letter * (CELL_LIMIT // units)
    assert sanitize(longest) == (longest, [])
    cut, [(place, what, shown)] = sanitize(longest + letter)
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert cut.endswith(CUT_MARK)
    assert cut[: place - 1] == letter * (place - 1)
    assert (shown, what.startswith("32,767文字を超える")) == (CUT_MARK, True)


def test_a_report_names_sheet_cell_and_place():
    message = Replacement("データ", "C3", 2, "表示できない文字 U+0001 ", "〔U+0001〕").message
    assert message == (
        "データ!C3 2文字目: 表示できない文字 U+0001 を「〔U+0001〕」に置き換えました。"
    )
