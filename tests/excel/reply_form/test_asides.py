"""What a section writes beside the cells of its answer is found, with the action it is about."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from kyodo_desktop.domain.replies.form import FormStatus, Signatures
from kyodo_desktop.excel.reply_form.columns import NO_CHANGE
from kyodo_desktop.excel.reply_form.package_parts import package_parts
from kyodo_desktop.excel.reply_form.reading import read_answer
from kyodo_desktop.excel.reply_form.sheets import FORM_SHEET, GUIDE_SHEET
from tests.excel.reply_form.forms import (
    BOOTH,
    CENTRE,
    COURSE,
    DUE,
    FIRST_ROW,
    FORM,
    ROWS,
    STATUS,
    STATUSES,
    TEXT,
    Returned,
    written,
)

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reply_forms"
LAST_ROW = FIRST_ROW + len(ROWS) - 1


pytestmark = pytest.mark.same_everywhere("test_cycle.py lets Windows write and read such files")


@pytest.fixture
def returned(tmp_path):
    return Returned(tmp_path)


def found(returned):
    """Return what stands beside the answers, without what is only told."""
    return [
        (each.sheet, each.row, each.what, each.text, each.action_id)
        for each in returned.read().asides
    ]


def test_a_form_as_it_was_sent_has_nothing_beside_its_answers(returned):
    assert found(returned) == []


@pytest.mark.parametrize(("word", "heading"), [("事業", "事業"), ("備考", "実行計画")])
def test_a_form_has_the_word_of_its_plan(tmp_path, word, heading):
    returned = Returned(tmp_path, FORM._replace(action_word=word))
    guide = [cell.value for row in returned.workbook[GUIDE_SHEET] for cell in row]
    assert heading in guide
    assert any(f"{word}ごとに確かめ" in str(each) for each in guide)
    for row in range(FIRST_ROW, LAST_ROW + 1):  # so that rows are known by their names alone
        returned.sheet.cell(row, returned.column("鍵")).value = None
    assert found(returned) == []
    assert {each.action_id for each in returned.read().rows} == {each.action_id for each in ROWS}


def test_what_was_rewritten_is_called_by_the_word_of_the_plan(tmp_path):
    returned = Returned(tmp_path, FORM._replace(action_word="事業"))
    returned.sheet.cell(FIRST_ROW + 2, returned.column("事業")).value = "別の名前"
    [(_, _, what, text, _)] = found(returned)
    assert (what, text) == ("書き換えられた「事業」", "事業：別の名前")


def test_the_example_is_told_with_a_status_of_what_goes_on(tmp_path):
    statuses = FormStatus("B", "一部", "", goes_on=True), FormStatus("D", "未実施", "")
    returned = Returned(tmp_path, FORM._replace(statuses=(STATUSES[0], *statuses)))
    texts = [
        "　".join(str(cell.value) for cell in row if cell.value)
        for row in returned.workbook[GUIDE_SHEET]
    ]
    example = texts[texts.index("記入例") :]
    assert [each for each in example if "B" in each]
    assert not [each for each in example if "D" in each]


def test_a_comment_is_about_the_action_of_its_row(returned):
    cell = returned.sheet.cell(FIRST_ROW + 2, returned.column("進捗状況"))
    cell.comment = Comment("財政と協議中のため来年度に延期したい", "担当")
    assert found(returned) == [
        (
            *(FORM_SHEET, FIRST_ROW + 2, "「進捗状況」のコメント"),
            *("財政と協議中のため来年度に延期したい", CENTRE.action_id),
        )
    ]


def test_words_below_and_beside_the_table(returned):
    returned.sheet.cell(LAST_ROW + 2, 1).value = "（追記）来年度から移管予定です。"
    returned.sheet.cell(FIRST_ROW, returned.sheet.max_column + 2).value = "要相談"
    assert found(returned) == [
        (FORM_SHEET, FIRST_ROW, "表の横の書き込み", "要相談", BOOTH.action_id),
        (FORM_SHEET, LAST_ROW + 2, "表の外の書き込み", "（追記）来年度から移管予定です。", 0),
    ]


def test_a_column_that_was_added_is_told_with_its_heading(returned):
    column = returned.sheet.max_column + 1
    returned.sheet.cell(FIRST_ROW - 1, column).value = "担当者\nから"
    returned.sheet.cell(FIRST_ROW + 2, column).value = "来年度は縮小"
    assert found(returned) == [
        (
            *(FORM_SHEET, FIRST_ROW + 2, "表の横の書き込み"),
            *("担当者 から：来年度は縮小", CENTRE.action_id),
        )
    ]


def test_a_great_many_lines_are_counted(returned):
    for row in range(1_000):
        returned.sheet.cell(LAST_ROW + 2 + row, 1).value = f"{row}行目の追記"
    asides = returned.read().asides
    assert len(asides) == 301
    assert asides[-1].what.startswith("そのほかの書き込み（ここから先に700か所")


def test_a_sheet_that_was_added_is_about_the_action_it_names(returned):
    sheet = returned.workbook.create_sheet("別紙")
    sheet.append([f"{COURSE.title}の実績は次のとおり。", "参加者120人"])
    sheet.append(["以上"])
    assert found(returned) == [
        (
            *("別紙", 1, "加えられたシートの書き込み"),
            *(f"{COURSE.title}の実績は次のとおり。　参加者120人", COURSE.action_id),
        ),
        ("別紙", 2, "加えられたシートの書き込み", "以上", 0),
    ]


def test_names_that_were_typed_over(returned):
    returned.sheet.cell(FIRST_ROW + 2, returned.column("実行計画")).value = "新センターの創設"
    returned.sheet.cell(1, 1).value = "平成28年度　回答票　　健康福祉課"
    returned.workbook[GUIDE_SHEET].cell(2, 1).value = "健康福祉課　御中"
    assert found(returned) == [
        (FORM_SHEET, 1, "書き換えられた表題", "平成28年度　回答票　　健康福祉課", 0),
        (
            *(FORM_SHEET, FIRST_ROW + 2, "書き換えられた「実行計画」"),
            *("実行計画：新センターの創設", CENTRE.action_id),
        ),
        (GUIDE_SHEET, 2, "書き換えられた宛名", "健康福祉課　御中", 0),
    ]


def test_a_cell_that_was_merged_over_two_actions_is_about_both(returned):
    column = returned.column("進捗状況")
    returned.type(FIRST_ROW + 2, TEXT, "合同で開催した")
    returned.sheet.merge_cells(
        start_row=FIRST_ROW + 2, start_column=column, end_row=FIRST_ROW + 3, end_column=column
    )
    answer = returned.read()
    assert answer.rows[2].cells[TEXT] == "合同で開催した"
    assert TEXT not in answer.rows[3].cells
    (aside,) = answer.asides
    assert aside[:4] == (
        *(FORM_SHEET, FIRST_ROW + 3, f"{FIRST_ROW + 2}行目の欄と結合された「進捗状況」"),
        "合同で開催した",
    )
    assert aside.action_id == COURSE.action_id


def test_a_mark_that_covers_two_actions_is_only_told(returned):
    column = returned.column("状態")
    returned.sheet.merge_cells(
        start_row=FIRST_ROW + 2, start_column=column, end_row=FIRST_ROW + 3, end_column=column
    )
    assert [each[1:4] for each in found(returned)] == [
        (FIRST_ROW + 3, f"{FIRST_ROW + 2}行目の欄と結合された「状態」", "")
    ]


def test_what_is_struck_out_is_no_answer(returned):
    cell = returned.sheet.cell(FIRST_ROW, returned.column("進捗状況"))
    old, new = InlineFont(strike=True), InlineFont(color="FFFF0000")
    cell.value = CellRichText(TextBlock(old, "開設すれば完了"), TextBlock(new, "開設した。"))
    whole = returned.sheet.cell(FIRST_ROW, returned.column("完了予定"))
    whole.font = Font(strike=True)
    answer = returned.read()
    assert (answer.rows[0].cells[TEXT], answer.rows[0].cells[DUE]) == ("開設した。", "")
    assert [each.what for each in answer.asides] == [
        "取り消し線で消された「進捗状況」の文字「開設すれば完了」（読み取っていません）",
        "取り消し線で消された「完了予定」の文字「平成28年3月」（読み取っていません）",
    ]
    assert all(each.is_settled for each in answer.asides)


def test_ticks_and_signatures_are_read_with_whatever_sign(returned):
    column = returned.column(NO_CHANGE)
    for place, text in enumerate(("✓", None, "レ", "一部変更"), start=FIRST_ROW):
        returned.sheet.cell(place, column).value = text
    labels = {cell.value: cell for cell in returned.sheet[2] if cell.value}
    for label, text in (("回答者", "山田 太郎"), ("内線", 234), ("課長確認", "鈴木")):
        beside = labels[label].column + 1
        while returned.sheet.cell(2, beside).__class__.__name__ == "MergedCell":
            beside += 1
        returned.sheet.cell(2, beside).value = text
    answer = returned.read()
    assert [each.is_ticked for each in answer.rows] == [True, False, True, False]
    assert answer.signatures == Signatures("山田 太郎", "234", "鈴木")
    assert [each[2:5] for each in answer.asides] == [
        ("「変更なし」の欄の書き込み", "一部変更", COURSE.action_id)
    ]


def test_shapes_and_pictures_are_told(tmp_path):
    path = written(tmp_path)
    shape = (
        '<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>至急</a:t></a:r>'
        "<a:r><a:t>の件</a:t></a:r></a:p><a:p><a:r><a:t>A&amp;B</a:t></a:r></a:p></xdr:txBody>"
        "</xdr:sp></xdr:wsDr>"
    )
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", shape)
        archive.writestr("xl/media/image1.png", b"")
    assert [each[2:4] for each in read_answer(path).asides] == [
        ("図形（テキストボックスなど）の文字", "至急の件\nA&B"),
        ("貼り付けられた画像（1枚。中の文字は読み取れません）", ""),
    ]


def test_a_damaged_drawing_keeps_nobody_from_the_answers(tmp_path):
    path = written(tmp_path)
    with ZipFile(path, "a", ZIP_STORED) as archive:
        archive.writestr("xl/drawings/drawing1.xml", "<a:t>至急の件</a:t>")
    path.write_bytes(path.read_bytes().replace("至急".encode(), "大急".encode()))
    answer = read_answer(path)
    assert len(answer.rows) == len(ROWS)
    assert [each.what for each in answer.asides] == ["壊れていて読み取れない図形など"]


def test_a_file_says_when_it_was_saved(returned):
    returned.type(FIRST_ROW, STATUS, "✓")
    assert len(returned.read().saved_at) == len("2026-11-30T12:00:00")
    assert package_parts("古い.xls", b"\xd0\xcf\x11\xe0").saved_at == ""


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_form_that_was_edited_and_saved_by_libreoffice(ending):
    """A comment, a part struck out, a tick, a line below the table and a sheet."""
    answer = read_answer(FIXTURES / f"libreoffice_edited.{ending}")
    assert answer.saved_at.startswith("2026-11-30T18:14")
    assert [each.is_ticked for each in answer.rows] == [False, False, True, False]
    assert answer.rows[3].cells[TEXT] == "新しい"
    assert sorted((each.sheet, each.row, each.text, each.action_id) for each in answer.asides) == [
        ("別紙", 1, "あ", 0),
        (FORM_SHEET, 5, "延期したい", BOOTH.action_id),
        (FORM_SHEET, 8, "", 0),
        (FORM_SHEET, 11, "下の行", 0),
    ]


def test_writing_anywhere_on_the_sheet_with_the_rules_is_told(returned):
    guide = returned.workbook[GUIDE_SHEET]
    example = next(c.row for row in guide for c in row if c.value == "（例）修了者の活動の支援")
    guide["A4"].value = "課長より：回答は暫定です"
    guide["K3"].value = "要回覧"
    guide.cell(example, 5).value = "ここに書きました"
    told = found(returned)
    assert [(sheet, what) for sheet, _, what, _, _ in told] == [(GUIDE_SHEET, "書き込み")] * 3
    assert sorted(text for *_, text, _ in told) == sorted(
        ["課長より：回答は暫定です", "要回覧", "ここに書きました"]
    )


def test_what_is_added_to_the_lines_above_the_table_is_told(returned):
    cell = next(c for row in returned.sheet for c in row if str(c.value).startswith("回答期限"))
    cell.value += "　12月まで待ってください"
    assert [(what, text) for _, _, what, text, _ in found(returned)] == [
        ("表の上の書き込み", cell.value)
    ]
