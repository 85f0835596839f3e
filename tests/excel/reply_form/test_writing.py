"""The workbook that goes to a section: what is open in it, what is locked, how it prints."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from kyodo_desktop.domain.errors import CancelledError, ExportError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.domain.replies.addressing import Contact
from kyodo_desktop.domain.replies.form import FormStatus
from kyodo_desktop.excel.reply_form.writing import (
    form_file_name,
    write_reply_form,
    write_reply_forms,
)
from kyodo_desktop.pages.laid import PAPERS
from kyodo_desktop.pages.options import Paper
from tests.excel.conftest import FONT
from tests.excel.reply_form.forms import (
    BOOTH,
    COURSE,
    DIRECTION,
    FIRST_ROW,
    FORM,
    form_of,
    row,
    written,
)


@pytest.fixture
def workbook(tmp_path):
    return load_workbook(written(tmp_path))


@pytest.fixture
def sheet(workbook):
    return workbook["回答票"]


def column(sheet, heading):
    cells = sheet[FIRST_ROW - 1]
    return next(c.column for c in cells if str(c.value or "").replace("\n", "") == heading)


def open_of(cells):
    return [cell for cell in cells if not cell.protection.locked]


def texts(sheet):
    return [str(cell.value) for cells in sheet.iter_rows() for cell in cells if cell.value]


def test_it_opens_at_the_instructions_and_hides_what_only_the_program_needs(workbook):
    assert {sheet.title: sheet.sheet_state for sheet in workbook} == {
        "記入のしかた": "visible",
        "回答票": "visible",
        "送付の控え": "veryHidden",
        "選択肢": "veryHidden",
    }
    assert workbook.active.title == "記入のしかた"
    assert workbook.security.lockStructure


def test_only_the_answers_are_open(sheet):
    further = open_of(sheet[FIRST_ROW + 1])
    assert [cell.column for cell in further] == [column(sheet, "状態"), column(sheet, "進捗状況")]
    assert column(sheet, "変更なし") in [cell.column for cell in open_of(sheet[FIRST_ROW])]
    assert [len(open_of(cells)) for cells in sheet.iter_rows(min_row=FIRST_ROW)] == [7, 2, 7, 7]
    assert [cell.coordinate for cell in open_of(sheet[2])] == ["D2", "E2", "H2", "J2", "K2", "L2"]
    assert not any(open_of(cells) for cells in (sheet[1], sheet[3], sheet[4]))
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatRows
    assert not sheet.protection.formatColumns
    assert not sheet.protection.autoFilter


def test_open_cells_are_seen_by_their_ground(sheet):
    grounds = {
        (cell.protection.locked, cell.fill.fgColor.rgb)
        for cells in sheet.iter_rows(min_row=FIRST_ROW)
        for cell in cells
    }
    assert {locked for locked, ground in grounds if ground == "00FFFBE6"} == {False}


def test_marks_and_directions_are_chosen_from_lists_on_a_hidden_sheet(workbook, sheet):
    lists = {
        each.formula1: each for each in sheet.data_validations.dataValidation if each.formula1
    }
    assert set(lists) == {"kyodo_statuses", "kyodo_directions", '"✓"'}
    assert str(lists['"✓"'].sqref) == "F5:F8"
    area = workbook.defined_names["kyodo_statuses"].attr_text
    assert area == "'選択肢'!$A$1:$A$3"
    assert [workbook["選択肢"].cell(line, 1).value for line in (1, 2, 3)] == ["✓", "◇", "・"]
    rule = lists["kyodo_statuses"]
    assert rule.errorStyle == "warning"
    assert "◇ 完了の目途" in rule.prompt


def test_long_vocabularies_need_no_more_than_excel_allows(tmp_path):
    words = tuple(FormStatus(f"印{i}", "とても長い状態の名前" * 3, "") for i in range(40))
    choices = {DIRECTION: tuple(f"方向{i}" for i in range(90))}
    form = form_of(BOOTH, statuses=words, choices=choices)
    sheet = load_workbook(written(tmp_path, form))["回答票"]
    for rule in sheet.data_validations.dataValidation:
        assert len(rule.prompt or "") <= 255
        assert len(rule.formula1 or "") <= 255


def test_a_plan_without_marks_and_directions_has_no_lists(tmp_path):
    workbook = load_workbook(written(tmp_path, form_of(BOOTH, statuses=(), choices={})))
    rules = workbook["回答票"].data_validations.dataValidation
    assert [each.formula1 for each in rules] == [None, '"✓"', None]


def test_it_prints_on_a4_across_with_headings_on_each_page(workbook):
    for sheet in (workbook["記入のしかた"], workbook["回答票"]):
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.fitToWidth == 1
        assert "&P" in sheet.oddFooter.center.text
    assert workbook["回答票"].page_setup.fitToHeight == 0
    assert workbook["回答票"].print_title_rows == "$4:$4"
    assert workbook["回答票"].freeze_panes == "A5"


def test_rows_are_as_high_as_their_texts_and_grow_when_someone_types(sheet):
    assert sheet.row_dimensions[FIRST_ROW].height > 2 * 11
    assert {cell.font.sz for cell in sheet[FIRST_ROW]} == {11}


def test_a_long_text_gets_more_room_and_smaller_letters_before_it_is_parted(tmp_path):
    form = form_of(row(1, "長い", "・", "長い進捗状況。" * 60, last_answer="・"), COURSE)
    sheet = load_workbook(written(tmp_path, form))["回答票"]
    rows = {each.min_row for each in sheet.merged_cells.ranges}
    assert rows == {1, 2, 3}
    assert 9 <= sheet.cell(FIRST_ROW, 1).font.sz < 11


LAST_YEAR = (
    "・ 講座を4回開き、延べ45人が参加した。6人が新たに団体を立ち上げた。\n"
    "今後の方向性：拡充 対象の地区を広げる"
)
PROGRESS_NOW = "講座を4回開き、延べ45人が参加した。6人が新たに団体を立ち上げた。"


def test_ten_actions_with_what_was_answered_last_year_take_one_page(tmp_path):
    rows = [
        row(
            *(
                number,
                "市民活動入門講座の開催",
                "・",
                PROGRESS_NOW,
                "2017-03",
                "拡充",
                "地区を広げる",
            ),
            path="2 協働を担う人づくり › (1) 学習機会の充実",
            last_answer=LAST_YEAR,
        )
        for number in range(1, 11)
    ]
    sheet = load_workbook(written(tmp_path, form_of(*rows)))["回答票"]
    heights = [sheet.row_dimensions[line].height for line in range(1, sheet.max_row + 1)]
    assert len(heights) == FIRST_ROW - 1 + len(rows)
    assert sum(heights) <= PAPERS[Paper.A4_LANDSCAPE].height
    assert sheet.cell(FIRST_ROW, 1).font.sz >= 8
    assert sheet.sheet_view.zoomScale == 120


def test_a_short_form_keeps_large_letters_however_many_actions_it_has(tmp_path):
    many = [row(number, f"取組{number}", "・", "準備中") for number in range(1, 41)]
    sheet = load_workbook(written(tmp_path, form_of(*many)))["回答票"]
    assert sheet.cell(FIRST_ROW, 1).font.sz == 11


def test_a_text_taller_than_a_row_is_shown_whole(tmp_path):
    form = form_of(row(1, "長い", "・", "とても長い進捗状況。" * 300), COURSE)
    sheet = load_workbook(written(tmp_path, form))["回答票"]
    merged = [each for each in sheet.merged_cells.ranges if each.min_row == FIRST_ROW]
    heights = [sheet.row_dimensions[line].height for line in range(1, sheet.max_row)]
    assert all(each.size["rows"] > 1 for each in merged)
    assert max(heights) <= 409.5


def test_the_first_sheet_says_what_until_when_and_how(workbook):
    said = texts(workbook["記入のしかた"])
    assert "回答期限　平成28年11月30日（水）" in said
    assert "回答をお願いします。" in said
    assert "市民活動推進課　御中" in said
    assert "年度内に終えるもの" in said
    assert any("「変更なし」で✓を選びます" in each for each in said)
    assert "✓ 講座を4回開いた\n・修了者の会を準備している" in said


def test_it_names_whom_to_ask_and_is_addressed_to_the_head_where_that_was_chosen(tmp_path):
    contact = Contact("企画課", "企画係　鈴木", "0476-00-0000")
    form = form_of(BOOTH, contact=contact, addressee=Addressee.HEAD)
    guide, table = (texts(each) for each in load_workbook(written(tmp_path, form)).worksheets[:2])
    printed = "照会元　企画課　企画係　鈴木　電話 0476-00-0000"
    assert printed in guide
    assert printed in table
    assert "市民活動推進課長　様" in guide
    assert any("企画課へお返しください" in each for each in guide)


def test_the_last_answer_has_a_column_only_where_there_is_one(tmp_path, sheet):
    assert "前回の回答（平成27年度）" in "".join(texts(sheet)).replace("\n", "")
    first = load_workbook(written(tmp_path, form_of(BOOTH, last_round="")))["回答票"]
    assert "前回の回答" not in "".join(texts(first))


def test_text_stays_text_and_what_cannot_be_shown_is_reported(tmp_path):
    form = form_of(row(1, "=1+1", "#N/A", "-1", "", "", "a\x01b", "@x"))
    result = write_reply_form(form, tmp_path / "a.xlsx", font=FONT)
    assert [(each.sheet, each.cell, each.shown) for each in result.replaced] == [
        ("回答票", "J5", "〔U+0001〕")
    ]
    for sheet in load_workbook(result.path):
        kinds = {cell.data_type for cells in sheet.iter_rows() for cell in cells if cell.value}
        assert kinds <= {"s"}


def test_an_existing_file_is_never_replaced(tmp_path):
    path = tmp_path / form_file_name(FORM)
    path.write_bytes(b"old")
    with pytest.raises(ExportError, match="既にあるため"):
        write_reply_form(FORM, path, font=FONT)
    written = write_reply_forms([FORM, FORM], tmp_path)
    assert [each.name.removeprefix(path.stem) for each in written] == [" (2).xlsx", " (3).xlsx"]
    assert path.read_bytes() == b"old"


def test_cancelling_leaves_no_form_behind(tmp_path):
    told = []
    control = JobControl(lambda *_: told.append(1) or (len(told) > 1 and control.cancel()))
    many = form_of(*(row(i, f"取組{i}") for i in range(1, 200)))
    with pytest.raises(CancelledError):
        write_reply_forms([many] * 4, tmp_path, control)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "回答票_平成28年度_市民活動推進課_11月30日締切.xlsx"),
        ({"due_on": ""}, "回答票_平成28年度_市民活動推進課.xlsx"),
        (
            {"section": '総務課/人事\\係:*?"<>|'},
            "回答票_平成28年度_総務課／人事＼係：＊？＂＜＞｜_11月30日締切.xlsx",
        ),
        ({"section": " 企画\n課. "}, "回答票_平成28年度_企画 課_11月30日締切.xlsx"),
        ({"section": "\ud800\x00", "round_name": ""}, "回答票_11月30日締切.xlsx"),
    ],
)
def test_a_file_is_named_so_that_windows_takes_it(fields, name):
    assert form_file_name(form_of(**fields)) == name


def test_a_name_stays_short(tmp_path):
    name = form_file_name(form_of(section="課" * 200, round_name="年" * 200))
    assert len(name) < 90
    (tmp_path / name).touch()
