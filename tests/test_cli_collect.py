"""`collect` takes the answers in a folder in, and says what a person has to look at."""

from __future__ import annotations

import json
import shutil
from contextlib import closing

import openpyxl
import pytest

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.excel.reply_form.columns import TICK
from kyodo_desktop.excel.reply_form.writing import write_reply_form
from kyodo_desktop.services import details, rounds
from tests.builders import Clock, opened
from tests.excel.conftest import FONT
from tests.excel.reply_form.forms import tick
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


def fill(folder, before, after):
    """Type over the cell that shows a text, and take the tick in its row away."""
    path = folder / "回答票.xlsx"
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
        "1件のファイル（取込 1件）",
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
    assert output.endswith("2件のファイル（取込 1件、取り込めない 1件、確認が必要 1件）\n")


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


def test_a_folder_that_is_not_there_is_told(sample_file, tmp_path, command):
    code, _, error = command("collect", sample_file, tmp_path / "ない")
    assert code == 1
    assert "見つかりません" in error
