"""`collect` takes the answers in a folder in, and says what a person has to look at."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from datetime import datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.excel.reply_form.columns import TICK
from kyodo_desktop.excel.reply_form.writing import write_reply_form
from kyodo_desktop.services import details, rounds, vocabularies
from tests.builders import Clock, opened
from tests.excel.conftest import FONT
from tests.excel.reply_form.forms import saved_later, tick
from tests.services.inquiries.answers import sent


@pytest.fixture
def folder(sample_file, clock, tmp_path):
    """A folder with the form of the sample's section, which was sent."""
    folder = tmp_path / "回答 #1"
    folder.mkdir()
    with closing(opened(sample_file, clock)) as plan:
        details.assign(plan.workspace, [1, 2, 3], 1, Role.LEAD)
        (form,) = sent(plan.workspace, [1])
        tick(write_reply_form(form, folder / "回答票.xlsx", font=FONT).path)
    return folder


def fill(folder, before, after, name="回答票.xlsx"):
    """Type over the cell that shows a text, and take the tick in its row away."""
    path = folder / name
    workbook = openpyxl.load_workbook(path)
    cells = [cell for sheet in workbook for row in sheet for cell in row if cell.value == before]
    cells[0].value = after
    for cell in cells[0].parent[cells[0].row]:
        if cell.value == TICK and cell.column < cells[0].column - 1:
            cell.value = None
    workbook.save(path)


def first_action(command, file):
    return json.loads(command("dump", file)[1])["actions"][0]


TEXT = "市民活動サポートセンター開設すれば完了（28年3月予定）"


def test_answers_are_taken_in(sample_file, folder, command):
    fill(folder, TEXT, "開設した")
    shutil.copy(folder / "回答票.xlsx", folder / "~$回答票.xlsx")
    code, output, error = command("collect", sample_file, folder)
    assert (code, error) == (0, "")
    assert output.splitlines() == [
        "回答票.xlsx（市民活動推進課）：1か所を取り込みました。",
        "  確認 3/3　回答者：記入なし　課長確認：記入なし",
        f"  {output.split('行目')[0].split()[-1]}行目 ① 市民活動ブースの設置［進捗状況］ "
        f"「{TEXT}」 → 「開設した」",
        "1件のファイル（取込 1件）。",
    ]
    assert first_action(command, sample_file)["progress"][0]["text"] == "開設した"
    assert command("collect", sample_file, folder)[0] == 0


def test_a_trial_only_tells(sample_file, folder, command):
    fill(folder, TEXT, "開設した")
    code, output, _ = command("collect", sample_file, folder, "--dry-run")
    assert code == 0
    assert "まだ書き込んでいません" in output
    assert first_action(command, sample_file)["progress"][0]["text"] == TEXT


def test_what_a_person_has_to_look_at_is_told_by_the_exit_code(sample_file, folder, command):
    openpyxl.Workbook().save(folder / "メモ.xlsx")
    code, output, error = command("collect", sample_file, folder)
    assert (code, error) == (1, "")
    assert "メモ.xlsx：取り込めません。" in output
    assert output.endswith(
        "2件のファイル（取込 1件、取り込めない 1件）。うち1件は、人が確かめることがあります。\n"
    )


def test_the_round_can_be_named(sample_file, folder, command):
    with closing(opened(sample_file, Clock())) as plan:
        rounds.open_round(plan.workspace, "平成28年度", 2016, "2016-10-31")
    assert "「平成27年度」に切り替えて" in command("collect", sample_file, folder)[1]
    assert command("collect", sample_file, folder, "--round", "平成27年度")[0] == 0
    code, _, error = command("collect", sample_file, folder, "--round", "x")
    assert (code, error) == (2, "調査「x」はありません。ある調査: 平成27年度、平成28年度\n")


def test_a_plan_that_is_open_in_a_window_is_left_alone(sample_file, folder, clock, command):
    with closing(opened(sample_file, clock)):
        code, output, error = command("collect", sample_file, folder)
    assert (code, output) == (1, "")
    assert "編集中です" in error


def test_a_trial_may_be_made_of_a_plan_that_is_open_in_a_window(
    sample_file, folder, clock, command
):
    fill(folder, TEXT, "開設した")
    with closing(opened(sample_file, clock)):
        code, output, _ = command("collect", sample_file, folder, "--dry-run")
    assert code == 0
    assert "1か所を取り込みます（まだ書き込んでいません）。" in output


def test_a_folder_that_is_not_there_is_told(sample_file, tmp_path, command):
    code, _, error = command("collect", sample_file, tmp_path / "ない")
    assert code == 1
    assert "見つかりません" in error


class TestWhatSectionsDoToTheirForms:
    """Each as it came from an office: a workbook that people did things to."""

    @pytest.fixture
    def edited(self, folder):
        """Let the form be edited as with Excel: call it with what is done to the workbook."""

        def edited(change):
            path = folder / "回答票.xlsx"
            workbook = openpyxl.load_workbook(path)
            sheet = workbook["回答票"]
            cells = [cell for row in sheet for cell in row if cell.value == TEXT]
            change(workbook, sheet, cells[0])
            workbook.save(path)

        return edited

    @pytest.mark.parametrize(
        "change",
        [
            lambda _book, _sheet, cell: setattr(cell, "comment", Comment("延期したい", "担当")),
            lambda _book, sheet, _cell: sheet.append(["（追記）来年度に移管予定です。"]),
            lambda book, _sheet, _cell: book.create_sheet("別紙").append(["参加者120人"]),
        ],
        ids=["comment", "below", "sheet"],
    )
    def test_what_is_said_elsewhere_is_never_an_answer_without_changes(
        self, sample_file, folder, command, edited, change
    ):
        edited(change)
        trial = command("collect", sample_file, folder, "--dry-run")
        code, output, _ = command("collect", sample_file, folder)
        assert (code, output) == (trial[0], trial[1])
        assert code == 1
        assert "確認してください: 「" in output
        assert "変更のない回答" not in output

    def test_what_is_struck_out_is_left_out_and_told(self, sample_file, folder, command, edited):
        def strike(_book, _sheet, cell):
            old, new = InlineFont(strike=True), InlineFont(color="FFFF0000")
            cell.value = CellRichText(TextBlock(old, TEXT), TextBlock(new, "開設した。"))

        edited(strike)
        output = command("collect", sample_file, folder)[1]
        assert first_action(command, sample_file)["progress"][0]["text"] == "開設した。"
        assert "取り消し線で消された「進捗状況」の文字" in output

    def test_a_year_without_era_is_one_of_the_plan(self, sample_file, folder, command, edited):
        """The plan is of 平成23～32年度, which go on into 令和."""

        def type_month(_book, sheet, cell):
            heading = next(each for row in sheet for each in row if each.value == "完了予定")
            sheet.cell(cell.row, heading.column).value = "2年3月"

        edited(type_month)
        command("collect", sample_file, folder)
        assert first_action(command, sample_file)["due"] == "2020-03"

    @pytest.mark.parametrize("typed", ["8/3", 7.12, datetime(2026, 8, 3)])
    def test_a_month_outside_the_plan_of_which_nobody_wrote_the_year_is_asked(
        self, sample_file, folder, command, edited, typed
    ):
        def type_month(_book, sheet, cell):
            heading = next(each for row in sheet for each in row if each.value == "完了予定")
            sheet.cell(cell.row, heading.column).value = typed

        edited(type_month)
        before = first_action(command, sample_file)["due"]
        code, output, _ = command("collect", sample_file, folder)
        assert code == 1
        assert "計画の期間（平成23～32年度）の外です" in output
        assert "（確かめてから選んでください）" in output
        assert first_action(command, sample_file)["due"] == before

    def test_an_error_is_no_answer(self, sample_file, folder, command, edited):
        def type_error(_book, sheet, cell):
            heading = next(each for row in sheet for each in row if each.value == "備考")
            note = sheet.cell(cell.row, heading.column)
            note.value, cell.value = "#REF!", "・ 開設した\n・ 周知した"
            assert note.data_type == "e"

        edited(type_error)
        code, output, _ = command("collect", sample_file, folder)
        assert code == 1
        assert "の「備考」は読み取れません。計算のエラーです" in output
        assert "#REF!" not in output
        assert "「進捗状況」は「・」で始まります" in output
        assert first_action(command, sample_file)["note"] == ""

    def test_files_of_other_kinds_are_named_and_counted(self, sample_file, folder, command):
        (folder / "総務課.pdf").write_bytes(b"%PDF-1.7")
        (folder / "福祉課.csv").write_text("1,2", encoding="utf-8")
        code, output, _ = command("collect", sample_file, folder)
        assert code == 1
        assert "総務課.pdf：取り込めません。" in output
        assert "福祉課.csv：取り込めません。" in output
        assert output.endswith(
            "（取込 1件、取り込めない 2件）。うち2件は、人が確かめることがあります。\n"
        )

    def test_a_correction_back_to_what_was_sent_is_taken_and_an_older_answer_is_not(
        self, sample_file, folder, tmp_path, command
    ):
        """One file after the other, as they come by mail."""
        first, blank = tmp_path / "r6a.xlsx", tmp_path / "訂正.xlsx"
        shutil.copy(folder / "回答票.xlsx", blank)
        shutil.copy(folder / "回答票.xlsx", first)
        (folder / "回答票.xlsx").rename(folder / first.name)
        fill(folder, TEXT, "開設した", name=first.name)
        shutil.copy(folder / first.name, first)
        saved_later(blank)
        assert command("collect", sample_file, first)[0] == 0
        code, output, _ = command("collect", sample_file, blank)
        assert (code, "1か所を取り込みました" in output) == (0, True)
        assert first_action(command, sample_file)["progress"][0]["text"] == TEXT
        code, output, _ = command("collect", sample_file, first)
        assert code == 1
        assert "使いません。同じ課の新しい回答を取り込み済みです。" in output
        assert first_action(command, sample_file)["progress"][0]["text"] == TEXT
        (inquiry,) = json.loads(command("dump", sample_file)[1])["inquiries"]
        assert inquiry["answer_file"] == blank.name

    def test_sections_that_have_not_answered_are_named(self, sample_file, folder, command):
        with closing(opened(sample_file, Clock())) as plan:
            section_id = vocabularies.add_section(plan.workspace, "総務課")
            details.assign(plan.workspace, [4], section_id, Role.LEAD)
            sent(plan.workspace, [section_id])
        output = command("collect", sample_file, folder)[1]
        assert "\nまだ回答のない課（1課）：総務課\n" in output

    def test_a_folder_with_only_what_excel_left_says_so(self, sample_file, folder, command):
        (folder / "回答票.xlsx").rename(folder / "~$回答票.xlsx")
        code, _, error = command("collect", sample_file, folder)
        assert code == 1
        assert "Excelが「回答票.xlsx」を開いている間に置く一時ファイル" in error

    def test_a_trial_says_the_same_of_two_answers_of_one_section(
        self, sample_file, folder, command
    ):
        shutil.copy(folder / "回答票.xlsx", folder / "先の回答.xlsx")
        fill(folder, TEXT, "開設した", name="先の回答.xlsx")
        fill(folder, TEXT, "二つ開設した")
        saved_later(folder / "回答票.xlsx")
        trial = command("collect", sample_file, folder, "--dry-run")
        code, output, _ = command("collect", sample_file, folder)
        assert trial[0] == code == 1
        assert output.startswith("回答票.xlsx（市民活動推進課）：1か所を取り込みました。")
        assert "先の回答.xlsx（市民活動推進課）：使いません。" in output
        assert first_action(command, sample_file)["progress"][0]["text"] == "二つ開設した"
        assert trial[1] == output.replace(
            "取り込みました。", "取り込みます（まだ書き込んでいません）。"
        ).replace("取込 1件", "取り込める 1件")
