"""Without a window, an answer is taken in as far as nobody has to decide anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyodo_desktop.domain.errors import MissingFileError, PlanError
from kyodo_desktop.domain.replies.states import ReplyState
from kyodo_desktop.services import progress
from kyodo_desktop.services.inquiries import collecting
from kyodo_desktop.services.inquiries.asking import inquiry_states
from kyodo_desktop.services.inquiries.collecting import FolderFiles, collected_text, files_in
from tests.services.inquiries.answers import came_back, filled, sent


def collect(workspace, *answers, others=()):
    """Take answers in as if each had been read from a file, and return what came of them."""
    by_path = {Path(f"{place}.xlsx"): answer for place, answer in enumerate(answers, start=1)}
    files = FolderFiles(tuple(by_path), tuple(map(Path, others)))
    return collecting.collect(workspace, files, by_path.__getitem__)


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
        "1件のファイル（取込 1件）。",
    ]


def test_the_same_file_is_taken_in_once(workspace, answer):
    collect(workspace, answer)
    step = workspace.next_undo
    found = collect(workspace, answer)
    assert workspace.next_undo is step
    assert not found[0].needs_somebody
    text = collected_text(workspace.outline, found, dry_run=False)
    assert "1.xlsx（市民活動推進課）：取り込み済みです。" in text
    assert text.endswith("1件のファイル（取込済み 1件）。")


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
    assert text.endswith("1件のファイル（取込 1件）。うち1件は、人が確かめることがあります。")


def test_a_file_of_open_questions_is_left_whole(workspace, lead, answer):
    progress.set_line_text(workspace, line_of(workspace, 1).id, "主管課の文")
    found = collect(workspace, filled(answer, 0, status="◇"))
    assert workspace.undo_label == "市民活動推進課の回答を受領"
    assert "取り込んでいません。画面で開いて" in collected_text(
        workspace.outline, found, dry_run=False
    )


def test_a_form_of_an_older_sending_is_left_whole(workspace, lead, answer):
    sent(workspace, [lead], sent_at="2026-11-09T10:30:00+09:00")
    found = collect(workspace, answer)
    assert workspace.undo_label == "市民活動推進課の回答を受領"
    assert found[0].needs_somebody
    text = collected_text(workspace.outline, found, dry_run=False)
    assert "確認してください: 令和8年11月2日 9:00に発送した古い回答票です。" in text


def test_a_file_of_another_plan_or_none_is_refused_and_the_others_are_taken(workspace, answer):
    def read(path):
        if path.name == "0.xlsx":
            raise PlanError("回答票ではありません。")
        return stranger if path.name == "1.xlsx" else answer

    key = answer.key._replace(plan="別")
    stranger = answer._replace(key=key, plan_title="みどりの計画")
    files = FolderFiles(tuple(Path(f"{place}.xlsx") for place in range(3)), (Path("写し.pdf"),))
    found = collecting.collect(workspace, files, read)
    assert [each.needs_somebody for each in found] == [True, True, False, True]
    text = collected_text(workspace.outline, found, dry_run=False)
    assert text.startswith(
        "0.xlsx：取り込めません。回答票ではありません。\n"
        "1.xlsx（市民活動推進課）：取り込めません。別の計画"
    )
    assert "写し.pdf：取り込めません。回答票として読み取れない種類のファイル（.pdf）です。" in text
    assert text.endswith(
        "4件のファイル（取込 1件、取り込めない 3件）。うち3件は、人が確かめることがあります。"
    )


def test_an_emptied_text_is_asked_about_and_a_further_line_is_told(workspace, answer):
    before = line_of(workspace, 2).text
    found = collect(workspace, filled(answer, 1, text="", note="備考"))
    text = collected_text(workspace.outline, found, dry_run=False)
    assert "取り込まず: 7行目" in text
    assert "回答（空にする）（空にしてよいか確かめてください）" in text
    assert line_of(workspace, 2).text == before
    found = collect(workspace, filled(answer, 1, text="✓ 一つ\n・ 二つ"))
    text = collected_text(workspace.outline, found, dry_run=False)
    assert "［進捗状況・追加の行］ 「」 → 「二つ」" in text


def test_what_is_left_to_decide_keeps_the_answer_open(workspace, lead, answer):
    """Also when the same file is collected once more."""
    progress.set_line_text(workspace, line_of(workspace, 1).id, "主管課の文")
    for _ in range(2):
        (found,) = collect(workspace, answer)
        (state,) = inquiry_states(workspace, "2026-11-10")
        assert state.state is ReplyState.ANSWERED
        assert found.needs_somebody
    line = line_of(workspace, 1)
    assert (workspace.outline.statuses[line.status_id].mark, line.text) == ("✓", "主管課の文")


def test_an_answer_that_could_not_be_read_is_not_taken_in(workspace, lead):
    answer = filled(came_back(sent(workspace, [lead])[0]), 0, status="だいたい終わった")
    found = collect(workspace, answer)
    (state,) = inquiry_states(workspace, "2026-11-10")
    assert state.state is ReplyState.ANSWERED
    text = collected_text(workspace.outline, found, dry_run=False)
    assert "取り込んでいません。画面で開いて確認してください。" in text
    assert "変更のない回答" not in text


class TestTwoAnswersOfOneSection:
    def test_the_newer_is_taken_and_the_other_told(self, workspace, answer):
        older = answer._replace(saved_at="2026-11-09T08:00:00", hash="2")
        newer = filled(answer, 0, text="三つ開設した")._replace(saved_at="2026-11-10T08:00:00")
        newest, other = collect(workspace, older, newer)
        assert (newest.file, newest.is_taken, other.is_taken) == ("2.xlsx", True, False)
        assert line_of(workspace, 1).text == "三つ開設した"
        text = collected_text(workspace.outline, [newest, other], dry_run=False)
        assert "1.xlsx（市民活動推進課）：使いません。同じ課の新しい回答「2.xlsx」" in text
        assert "今「三つ開設した」 回答「開設した」" in text
        assert other.needs_somebody

    def test_a_copy_needs_nobody(self, workspace, answer):
        newest, copy = collect(workspace, answer, answer)
        assert (newest.is_taken, copy.needs_somebody) == (True, False)
        assert "違うところはありません" in collected_text(
            workspace.outline, [newest, copy], dry_run=False
        )

    def test_what_the_newer_one_replaced_is_settled_once_it_is_in(self, workspace, answer):
        older = answer._replace(saved_at="2026-11-09T08:00:00", hash="2")
        newer = filled(answer, 0, text="三つ開設した")._replace(saved_at="2026-11-10T08:00:00")
        collect(workspace, older, newer)
        assert not any(each.needs_somebody for each in collect(workspace, older, newer))


def test_files_are_found_below_a_folder_without_those_that_lock(tmp_path):
    folder = tmp_path / "回答" / "#1 総務課"
    folder.mkdir(parents=True)
    names = (
        "b.XLSX",
        "a.xlsm",
        "~$b.xlsx",
        ".~lock.a.xlsx#",
        "古い.xls",
        "メモ.docx",
        "計画.kyodo",
    )
    for name in (*names, "回答.ods", "集計.csv", "Thumbs.db"):
        (folder / name).touch()
    (tmp_path / "c.xlsx").touch()
    found = files_in([tmp_path])
    assert [each.name for each in found.answers] == [
        "c.xlsx",
        "a.xlsm",
        "b.XLSX",
        "古い.xls",
        "回答.ods",
    ]
    assert [each.name for each in found.others] == ["メモ.docx", "集計.csv"]
    assert files_in([folder / "b.XLSX"]) == ((folder / "b.XLSX",), ())
    assert files_in([tmp_path / "c.xlsx", folder / "b.XLSX", tmp_path]) == (
        tuple(dict.fromkeys((tmp_path / "c.xlsx", folder / "b.XLSX", *found.answers))),
        found.others,
    )


def test_a_folder_without_answers_is_told(tmp_path):
    with pytest.raises(MissingFileError, match="見つかりません"):
        files_in([tmp_path / "ない"])
    with pytest.raises(MissingFileError, match="がありません"):
        files_in([tmp_path])
