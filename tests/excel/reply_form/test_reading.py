"""A form that comes back is read as what it says, whatever was done to the file."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.domain.replies.form import FormRow
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.excel.reply_form.reading import read_answer
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.pages.options import ReportOptions
from kyodo_desktop.pages.report import laid_report
from tests.effort import examples
from tests.excel.conftest import FONT
from tests.excel.reply_form.forms import (
    BOOTH,
    CENTRE,
    COURSE,
    DIRECTION,
    DUE,
    FIRST_ROW,
    FORM,
    NOTE,
    OUTLOOK,
    ROWS,
    STATUS,
    TEXT,
    Returned,
    as_sent,
    form_of,
    further,
    row,
    sent,
    written,
)
from tests.outlines import DONE, outline_of_rows

pytestmark = pytest.mark.same_everywhere("test_cycle.py lets Windows write and read such files")

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reply_forms"

DAMAGED = (
    *("[1,2", "{}", "null", "[" * 100_000, "9" * 5_000),
    *('[["p",1,2,"いつか"],"","","",4]', '[["p",1,2.5,"2016-11-01"],"","","",4]'),
)


@pytest.fixture
def returned(tmp_path):
    return Returned(tmp_path)


def test_an_untouched_form_reads_as_what_was_sent(tmp_path):
    path = written(tmp_path)
    answer = read_answer(path)
    assert (answer.key, answer.plan_title, answer.round_name, answer.section) == (
        *(FORM.key, FORM.plan_title),
        *(FORM.round_name, FORM.section),
    )
    assert (answer.file, answer.sheet, answer.remarks) == ("回答票.xlsx", "回答票", ())
    assert answer.hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert answer.sent == FORM.rows
    assert as_sent(answer) == sent(FORM)
    assert [each.row for each in answer.rows] == [FIRST_ROW + place for place in range(4)]


def test_what_was_typed_is_read_as_it_stands_there(returned):
    returned.type(FIRST_ROW, STATUS, "完了")
    returned.type(FIRST_ROW, DUE, "Ｈ２９．３")
    returned.type(FIRST_ROW + 2, TEXT, "✓ 開設した\n・ 利用を広げている")
    answer = returned.read()
    assert answer.rows[0].cells[STATUS] == "完了"
    assert answer.rows[0].cells[DUE] == "Ｈ２９．３"
    assert answer.rows[0].cells[OUTLOOK] == "協力して進める"
    assert answer.rows[2].cells[TEXT] == "✓ 開設した\n・ 利用を広げている"


def test_an_emptied_cell_is_empty_and_a_shut_one_that_was_filled_is_told(returned):
    returned.type(FIRST_ROW, OUTLOOK, None)
    returned.type(FIRST_ROW + 1, NOTE, "備考です")
    answer = returned.read()
    assert answer.rows[0].cells[OUTLOOK] == ""
    assert answer.rows[1].cells[NOTE] == "備考です"
    assert DUE not in answer.rows[1].cells


def test_a_real_date_reads_as_a_day(returned):
    returned.type(FIRST_ROW, DUE, datetime(2017, 3, 31))
    returned.sheet.cell(FIRST_ROW, returned.column("完了予定")).number_format = "yyyy/m/d"
    assert returned.read().rows[0].cells[DUE] == "2017-03-31"


def test_spaces_and_line_ends_that_nobody_sees_are_no_change(tmp_path):
    first = row(1, "題名", "・", " 前の空白\n二行目  \n\n", "2016-03")
    returned = Returned(tmp_path, form_of(first._replace(values={**first.values, NOTE: "備考"})))
    returned.type(FIRST_ROW, TEXT, " 前の空白_x000D_\n二行目")
    returned.type(FIRST_ROW, NOTE, "備考 \r\n")
    assert returned.read().rows[0].cells == returned.read().sent[0].values


def test_sorted_rows_keep_their_keys(returned):
    rows = [[cell.value for cell in cells] for cells in returned.sheet.iter_rows(min_row=4)]
    for cells, values in zip(returned.sheet.iter_rows(min_row=4), reversed(rows), strict=True):
        for cell, value in zip(cells, values, strict=True):
            cell.value = value
    answer = returned.read()
    assert as_sent(answer) == sent(FORM)[::-1]
    assert answer.remarks == ()


def test_deleted_and_inserted_rows(returned):
    returned.sheet.delete_rows(FIRST_ROW + 2)
    returned.sheet.insert_rows(FIRST_ROW, 2)
    returned.type(FIRST_ROW + 1, TEXT, "書き足した行")
    answer = returned.read()
    inserted, *others = answer.rows
    assert (inserted.row, inserted.action_id) == (FIRST_ROW + 1, 0)
    assert inserted.cells[TEXT] == "書き足した行"
    assert [each.action_id for each in others] == [1, 1, 3]


@pytest.mark.parametrize("lost", ["key", "cells"])
def test_rows_without_keys_are_known_by_number_and_title(returned, lost):
    if lost == "key":
        returned.sheet.delete_cols(2)
    else:
        for line in range(FIRST_ROW, FIRST_ROW + 4):
            returned.sheet.cell(line, 2).value = None
    answer = returned.read()
    assert as_sent(answer) == sent(FORM)
    assert "番号と名称" in answer.remarks[0]


def test_a_pasted_title_counts_more_than_the_key_beside_it(returned):
    for column in (1, 4, 5, 7, 8):
        cell = returned.sheet.cell(FIRST_ROW + 3, column)
        cell.value = returned.sheet.cell(FIRST_ROW + 2, column).value
    returned.sheet.delete_rows(FIRST_ROW + 2)
    answer = returned.read()
    assert answer.rows[2].action_id == CENTRE.action_id
    assert answer.rows[2].cells[TEXT] == "準備中"
    assert f"{FIRST_ROW + 2}行目" in answer.remarks[0]


def test_actions_of_one_name_are_told_apart_by_their_headings(tmp_path):
    there = row(5, BOOTH.title, "・", "別の施策", path="2 担い手づくり › (1) 育成")
    returned = Returned(tmp_path, form_of(BOOTH, there))
    returned.sheet.delete_cols(2)
    assert [each.action_id for each in returned.read().rows] == [1, 5]


def test_a_row_that_could_be_of_two_actions_is_left_open(tmp_path):
    returned = Returned(tmp_path, form_of(BOOTH, row(5, BOOTH.title, "・", "同じ名前")))
    returned.sheet.delete_cols(2)
    assert [(each.action_id, each.title) for each in returned.read().rows] == [
        (0, BOOTH.title)
    ] * 2


def test_columns_are_found_by_their_headings(returned):
    returned.sheet.insert_cols(5)
    returned.sheet.insert_cols(1)
    assert as_sent(returned.read()) == sent(FORM)


def test_a_missing_column_is_told_and_answers_nothing(returned):
    returned.sheet.delete_cols(returned.column("備考"))
    answer = returned.read()
    assert NOTE not in answer.rows[0].cells
    assert "「備考」の列が見つかりません" in answer.remarks[0]


def test_a_cell_merged_into_another_is_no_empty_answer(returned):
    column = returned.column("進捗状況")
    returned.sheet.merge_cells(
        start_row=FIRST_ROW, end_row=FIRST_ROW + 1, start_column=column, end_column=column
    )
    returned.sheet.cell(FIRST_ROW, column).value = "まとめて書いた"
    answer = returned.read()
    assert answer.rows[0].cells[TEXT] == "まとめて書いた"
    assert TEXT not in answer.rows[1].cells


def test_a_row_of_another_form_keeps_its_own_key(returned):
    returned.sheet.append(["①", "77#78", "別の体系", "別の取組", None, "✓", "終わった"])
    answer = returned.read()
    assert (answer.rows[-1].action_id, answer.rows[-1].line_id) == (77, 78)
    assert answer.remarks == ()


def test_sheets_may_be_renamed_moved_and_shown(returned):
    returned.sheet.title = "うちの課"
    returned.workbook.move_sheet("送付の控え", -2)
    returned.workbook["送付の控え"].sheet_state = "visible"
    answer = returned.read()
    assert answer.sheet == "うちの課"
    assert as_sent(answer) == sent(FORM)


def test_a_heading_row_may_stand_anywhere_and_be_repeated(returned):
    headings = [cell.value for cell in returned.sheet[FIRST_ROW - 1]]
    returned.sheet.append(headings)
    returned.sheet.insert_rows(1, 3)
    assert as_sent(returned.read()) == sent(FORM)


def test_texts_of_any_length_survive(tmp_path):
    long = row(1, "長" * 300, "・", "文" * 32_000, "", "", "🏙" * 20_000, "末\n" * 3_000)
    form = form_of(long, COURSE, covering="文" * 5_000)
    answer = read_answer(written(tmp_path, form))
    assert answer.sent == form.rows
    assert answer.asides == ()
    assert as_sent(answer) == sent(form)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda book: book.remove(book["送付の控え"]), "隠しシートがありません"),
        (lambda book: book.remove(book["回答票"]), "見出し.*見つかりません"),
        (lambda book: setattr(book["送付の控え"]["B1"], "value", "3"), "新しいバージョン"),
        (lambda book: book["送付の控え"].delete_rows(4), "控え）が壊れています"),
    ],
)
def test_a_form_that_cannot_be_read_says_why_and_what_to_do(returned, change, message):
    change(returned.workbook)
    with pytest.raises(ReadingError, match=f"「回答票.xlsx」.*{message}") as raised:
        returned.read()
    assert raised.value.message.endswith("。")


@pytest.mark.parametrize("line", DAMAGED, ids=range(len(DAMAGED)))
def test_a_record_that_someone_wrote_into_is_refused(returned, line):
    returned.workbook["送付の控え"]["A3"].value = line
    with pytest.raises(ReadingError, match="控え）が壊れています"):
        returned.read()


def test_other_workbooks_are_told_for_what_they_are(tmp_path):
    report, other = tmp_path / "報告書.xlsx", tmp_path / "表.xlsx"
    plan = outline_of_rows(("環境", "拠点", "ブース", [(DONE, "実施")]))
    options = ReportOptions(font=FONT)
    laid = laid_report(plan, options, extras=Extras(), made_on="2015-11-02")
    write_workbook(laid, report)
    with pytest.raises(ReadingError, match=r"報告書のようです.*取込"):
        read_answer(report)
    Workbook().save(other)
    with pytest.raises(ReadingError, match="このプログラムから送った回答票ではありません"):
        read_answer(other)
    other.write_bytes(b"%PDF-1.7")
    with pytest.raises(ReadingError, match="PDF"):
        read_answer(other)


def test_reading_changes_nothing_in_the_file(tmp_path):
    path = written(tmp_path)
    before = path.read_bytes()
    read_answer(path)
    assert path.read_bytes() == before
    assert load_workbook(path)["回答票"].protection.sheet
    assert {each.values.get(DIRECTION) for each in ROWS} == {"継続", "", None}


SAVED = row(
    1, "市民活動ブース_x0041_の設置", "◇", "=1+1 は式ではない\n二行目 ", "2016-03", "継続",
    "  前の空白", "1e5",
)  # fmt: skip
SAVED_FORM = form_of(
    *(SAVED, further(SAVED, 11, "・", "+1")),
    row(2, "長い", "・", "文" * 3_000, "", "", "🏙️𠮷野家 ①㈱ ｻﾎﾟｰﾄ", "末\n\n"),
    *ROWS[2:],
)
SAVED_ROWS = tuple(
    each._replace(
        values={field: each.values[field] for field in each.values if not field.is_later}
    )
    for each in SAVED_FORM.rows
)
"""As they were when the form was sent: a field that came later is not in it."""


@pytest.mark.parametrize("program", ["libreoffice", "excel_97"])
def test_forms_saved_by_other_programs(program):
    """The form above, saved by LibreOffice, and through the format of Excel 97."""
    answer = read_answer(FIXTURES / f"{program}.xlsx")
    assert (answer.key, answer.sent) == (SAVED_FORM.key, SAVED_ROWS)
    assert as_sent(answer) == sent(SAVED_FORM._replace(rows=SAVED_ROWS))
    assert (answer.has_ticks, answer.asides) == (False, ())


def test_a_form_with_macros_reads_the_same(tmp_path):
    path = written(tmp_path).rename(tmp_path / "回答票.xlsm")
    assert as_sent(read_answer(path)) == sent(FORM)


def test_formulas_errors_and_numbers_read_as_they_are_seen(returned):
    returned.type(FIRST_ROW, NOTE, "#N/A")
    returned.sheet.cell(FIRST_ROW, returned.column("備考")).data_type = "e"
    returned.type(FIRST_ROW, DUE, 2017.3)
    returned.type(FIRST_ROW + 2, TEXT, "=A1")
    answer = returned.read()
    assert NOTE not in answer.rows[0].cells
    assert answer.rows[0].unread == {NOTE}
    assert answer.rows[0].cells[DUE] == "2017.3"
    assert TEXT not in answer.rows[2].cells
    first, second = answer.unread
    assert first.startswith(f"{FIRST_ROW}行目の「備考」は読み取れません。計算のエラーです")
    assert second.startswith(f"{FIRST_ROW + 2}行目の「進捗状況」は読み取れません。計算式の結果が")


def test_phonetic_and_rich_texts_are_read_as_their_letters(returned):
    cell = returned.sheet.cell(FIRST_ROW, returned.column("進捗状況"))
    cell.value = CellRichText("開設", TextBlock(InlineFont(b=True), "した"))
    answer = returned.read()
    assert answer.rows[0].cells[TEXT] == "開設した"


TEXTS = st.text(st.characters(), max_size=40) | st.text(
    st.sampled_from("_x000D_41=+-@'\"<&\r\n\t 　①ｻ\x01\ud83d\ufffe🏙"), max_size=30
)
LINES = st.fixed_dictionaries({STATUS: TEXTS, TEXT: TEXTS})
ACTIONS = st.fixed_dictionaries(dict.fromkeys((STATUS, TEXT, DUE, OUTLOOK, NOTE), TEXTS))


@examples(quick=6, deep=400)
@given(
    st.lists(st.tuples(*[TEXTS] * 5, LINES | ACTIONS), max_size=8),
    st.tuples(TEXTS, TEXTS, TEXTS, TEXTS),
)
def test_any_form_reads_as_it_was_sent(tmp_path_factory, rows, names):
    """Whatever the texts are: the rows are known by their keys, the values to the character."""
    plan_title, round_name, section, covering = names
    form = form_of(
        *(FormRow(i // 2 + 1, i, *texts) for i, texts in enumerate(rows)),
        plan_title=plan_title,
        round_name=round_name,
        section=section,
        covering=covering,
    )
    answer = read_answer(written(tmp_path_factory.getbasetemp(), form))
    assert (answer.plan_title, answer.round_name, answer.section) == names[:3]
    assert answer.sent == form.rows
    assert answer.asides == ()
    assert [(each.action_id, each.line_id, each.cells) for each in answer.rows] == [
        (each.action_id, each.line_id, each.values) for each in form.rows
    ]
