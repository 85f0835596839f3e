"""Without a window, an answer is taken in as far as nobody has to decide anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyodo_desktop.domain.errors import MissingFileError, PlanError
from kyodo_desktop.services import progress
from kyodo_desktop.services.inquiries.accepting import answer_files, collected, collected_text
from tests.services.inquiries.answers import came_back, filled, sent


def collect(workspace, *answers, dry_run=False):
    """Take answers in as if each had been read from a file, and return what came of them."""
    by_path = {Path(f"{place}.xlsx"): answer for place, answer in enumerate(answers, start=1)}
    return [collected(workspace, path, by_path.__getitem__, dry_run=dry_run) for path in by_path]


@pytest.fixture
def answer(workspace, lead):
    return filled(came_back(sent(workspace, [lead])[0]), 0, status="✓", text="開設した")


def line_of(workspace, action_id):
    return workspace.outline.lines[action_id][0]


def test_a_clean_answer_is_taken_in(workspace, answer):
    found = collect(workspace, answer)
    assert line_of(workspace, 1).text == "開設した"
    assert not found[0].needs_somebody
    assert collected_text(workspace.outline, found, dry_run=False).splitlines() == [
        "1.xlsx（市民活動推進課）：2か所を取り込みました。",
        "  6行目 ① 市民活動ブースの設置［状態］ 「◇ 完了の目途」 → 「✓ 完了」",
        "  6行目 ① 市民活動ブースの設置［進捗状況］ "
        "「市民活動サポートセンター開設すれば完了（28年3月予定）」 → 「開設した」",
        "1件のファイル（取込 1件）",
    ]


def test_the_same_file_is_taken_in_once(workspace, answer):
    collect(workspace, answer)
    step = workspace.next_undo
    found = collect(workspace, answer)
    assert workspace.next_undo is step
    assert not found[0].needs_somebody
    text = collected_text(workspace.outline, found, dry_run=False)
    assert "1.xlsx（市民活動推進課）：取り込み済みです。" in text
    assert text.endswith("1件のファイル（取込済み 1件）")


def test_a_trial_writes_nothing(workspace, answer):
    step = workspace.next_undo
    found = collect(workspace, answer, dry_run=True)
    assert workspace.next_undo is step
    text = collected_text(workspace.outline, found, dry_run=True)
    assert "2か所を取り込みます（まだ書き込んでいません）。" in text
    assert text.endswith("1件のファイル（取り込める 1件）")


def test_a_clash_is_left_and_shown_side_by_side(workspace, answer):
    progress.set_line_text(workspace, line_of(workspace, 1).id, "主管課の文")
    found = collect(workspace, answer)
    assert line_of(workspace, 1).text == "主管課の文"
    assert found[0].needs_somebody
    text = collected_text(workspace.outline, found, dry_run=False)
    assert "1か所を取り込みました。" in text
    assert (
        "  取り込まず: 6行目 ① 市民活動ブースの設置［進捗状況］ "
        "発送時「市民活動サポートセンター開設すれば完了（28年3月予定）」 今「主管課の文」 "
        "回答「開設した」（発送後に計画でも変更されています）" in text
    )
    assert text.endswith("1件のファイル（取込 1件、確認が必要 1件）")


def test_a_file_of_open_questions_is_left_whole(workspace, lead, answer):
    progress.set_line_text(workspace, line_of(workspace, 1).id, "主管課の文")
    step = workspace.next_undo
    found = collect(workspace, filled(answer, 0, status="◇"))
    assert workspace.next_undo is step
    assert "取り込んでいません。画面で開いて" in collected_text(
        workspace.outline, found, dry_run=False
    )


def test_a_form_of_an_older_sending_is_left_whole(workspace, lead, answer):
    sent(workspace, [lead], sent_at="2026-11-09T10:30:00+09:00")
    step = workspace.next_undo
    found = collect(workspace, answer)
    assert workspace.next_undo is step
    assert found[0].needs_somebody
    text = collected_text(workspace.outline, found, dry_run=False)
    assert "確認してください: 令和8年11月2日 9:00に発送した古い回答票です。" in text


def test_a_file_of_another_plan_or_none_is_refused_and_the_others_are_taken(workspace, answer):
    def read(path):
        raise PlanError("回答票ではありません。")

    stranger = answer._replace(key=answer.key._replace(plan="別"))
    found = [
        collected(workspace, Path("0.xlsx"), read),
        *collect(workspace, stranger, answer),
    ]
    assert [each.needs_somebody for each in found] == [True, True, False]
    text = collected_text(workspace.outline, found, dry_run=False)
    assert text.startswith(
        "0.xlsx：取り込めません。回答票ではありません。\n"
        "1.xlsx（市民活動推進課）：取り込めません。別の計画"
    )
    assert text.endswith("3件のファイル（取込 1件、取り込めない 2件、確認が必要 2件）")


def test_an_emptied_cell_and_a_further_line_are_told(workspace, answer):
    found = collect(workspace, filled(answer, 1, text="", note="備考"), dry_run=True)
    text = collected_text(workspace.outline, found, dry_run=True)
    assert "［進捗状況］ 「平成23年度市民活動推進課新設し完了」 → （空にする）" in text
    found = collect(workspace, filled(answer, 1, text="✓ 一つ\n・ 二つ"), dry_run=True)
    text = collected_text(workspace.outline, found, dry_run=True)
    assert "［進捗状況・追加の行］ 「」 → 「二つ」" in text


def test_workbooks_are_found_below_a_folder_without_those_that_lock(tmp_path):
    folder = tmp_path / "回答" / "#1 総務課"
    folder.mkdir(parents=True)
    names = ("b.XLSX", "a.xlsm", "~$b.xlsx", ".~lock.a.xlsx#", "古い.xls", "メモ.txt")
    for name in names:
        (folder / name).touch()
    (tmp_path / "c.xlsx").touch()
    found = [each.name for each in answer_files(tmp_path)]
    assert found == ["c.xlsx", "a.xlsm", "b.XLSX", "古い.xls"]
    assert answer_files(folder / "b.XLSX") == [folder / "b.XLSX"]


def test_a_folder_without_answers_is_told(tmp_path):
    with pytest.raises(MissingFileError, match="見つかりません"):
        answer_files(tmp_path / "ない")
    with pytest.raises(MissingFileError, match="がありません"):
        answer_files(tmp_path)
