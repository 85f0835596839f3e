"""Answers are dropped, looked at and taken in."""

from __future__ import annotations

from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton

from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.replies.states import ReplyState
from kyodo_desktop.services import progress, rounds
from kyodo_desktop.services.inquiries.asking import inquiry_states
from kyodo_desktop.ui.importing.page import ImportPage
from kyodo_desktop.ui.inquiries import batch
from kyodo_desktop.ui.inquiries.differences import DifferenceColumn
from tests.builders import action_of, node_of
from tests.excel.reply_form.forms import saved_later
from tests.ui.driving import dialog, outline, run, select
from tests.ui.inquiries.hands import (
    OTHERS,
    comment,
    differences,
    drag,
    drop,
    fill,
    press,
    states_told,
)

LEAD = "市民活動推進課"
BOOTH = "市民活動ブースの設置"


def test_a_dropped_folder_is_read_and_each_difference_shown(window, forms, qtbot, tmp_path):
    fill(forms[LEAD], BOOTH, 状態="完了", 進捗状況="ブースを開設した")
    with qtbot.waitSignal(window.features.answers.read):
        drop(window.tree, tmp_path / "回答")
    shown = dialog(window)
    assert sorted(states_told(shown)) == sorted(
        [
            [LEAD, "確認 10/10・変更 2件"],
            [OTHERS[0], "確認 10/10・変更なし"],
            [OTHERS[1], "確認 10/10・変更なし"],
        ]
    )
    shown._files.setCurrentRow([each[0] for each in states_told(shown)].index(LEAD))
    assert differences(shown) == [
        f"① {BOOTH}",
        ("状態", "（現在と同じ）", "◇ 完了の目途", "✓ 完了", "回答", "5行目"),
        (
            "進捗状況",
            "（現在と同じ）",
            "市民活動サポートセンター開設すれば完了（28年3月予定）",
            "ブースを開設した",
            "回答",
            "5行目",
        ),
    ]
    assert window.plan.workspace.undo_label == "3課の回答を受領"


def test_a_file_dropped_on_a_field_does_not_write_its_name_into_the_plan(window, forms, qtbot):
    select(window, BOOTH)
    field = next(each for each in window.editor.findChildren(QPlainTextEdit) if each.isVisible())
    before = field.toPlainText()
    with qtbot.waitSignal(window.features.answers.read):
        drop(field, forms[LEAD])
    assert field.toPlainText() == before


def test_one_section_is_taken_in_as_one_step(window, forms, look_at, take):
    fill(forms[LEAD], BOOTH, 状態="✓", 進捗状況="ブースを開設した")
    shown = look_at(forms[LEAD])
    take("take")
    workspace = window.plan.workspace
    booth = action_of(workspace.outline, BOOTH)
    assert workspace.outline.lines[booth][0].text == "ブースを開設した"
    assert workspace.undo_label == f"{LEAD}の回答を取込"
    assert states_told(shown) == [[LEAD, "取込済（2件）"]]
    assert "取り込みました（2件）" in shown._done.text()
    assert not shown._take.isEnabled()


def test_what_is_unticked_stays_as_it_is(window, forms, look_at, take):
    fill(forms[LEAD], BOOTH, 状態="✓", 進捗状況="ブースを開設した")
    shown = look_at(forms[LEAD])
    model = shown._differences.model()
    status = model.groups[0].rows[0]
    model.decide(status, wanted=False)
    assert "選んでいる1件" in shown._status.text()
    take("take")
    line = outline(window).lines[action_of(outline(window), BOOTH)][0]
    assert (outline(window).statuses[line.status_id].mark, line.text) == ("◇", "ブースを開設した")


def test_a_state_is_compared_as_a_whole_and_a_text_word_by_word(window, forms, look_at):
    answer = "市民活動サポートセンターを開設すれば完了（28年3月予定）"
    fill(forms[LEAD], BOOTH, 状態="✓", 進捗状況=answer)
    model = look_at(forms[LEAD])._differences.model()
    status, text = (model.index(row, 0, model.index(0, 0)) for row in range(2))
    marked = [
        [(each.text, each.changed) for each in model.segments(row.siblingAtColumn(column))]
        for row in (status, text)
        for column in (DifferenceColumn.NOW, DifferenceColumn.ANSWER)
    ]
    assert marked[:2] == [[("◇ 完了の目途", True)], [("✓ 完了", True)]]
    assert [each for each in marked[3] if not each[1]]


def test_a_clash_is_never_decided_silently(window, forms, look_at, take):
    fill(forms[LEAD], BOOTH, 進捗状況="ブースを開設した")
    workspace = window.plan.workspace
    line = workspace.outline.lines[action_of(workspace.outline, BOOTH)][0]
    progress.set_line_text(workspace, line.id, "3月に開設予定")
    shown = look_at(forms[LEAD])
    assert states_told(shown) == [[LEAD, "確認 10/10・競合 1件"]]
    now, answer = (shown.findChild(QPushButton, each) for each in ("keep_now", "take_answer"))
    assert not now.isChecked()
    assert not answer.isChecked()
    assert "選んでいない1件" in shown._status.text()
    assert not shown._take_all.isEnabled()
    answer.click()
    assert "選んでいる1件" in shown._status.text()
    take("take")
    assert outline(window).lines[line.action_id][0].text == "ブースを開設した"


def test_an_undecided_clash_stays_open_after_the_rest_is_taken(window, forms, look_at, take):
    fill(forms[LEAD], BOOTH, 状態="✓", 進捗状況="ブースを開設した")
    workspace = window.plan.workspace
    line = workspace.outline.lines[action_of(workspace.outline, BOOTH)][0]
    progress.set_line_text(workspace, line.id, "3月に開設予定")
    shown = look_at(forms[LEAD])
    model = shown._differences.model()
    model.decide(model.groups[0].rows[0], wanted=True)
    take("take")
    assert outline(window).lines[line.action_id][0].text == "3月に開設予定"
    assert states_told(shown) == [[LEAD, "確認 10/10・競合 1件"]]
    assert "取込済にはしていません" in shown._done.text()
    assert window.features.answers.unsaved() == []
    states = {each.section.name: each.state for each in inquiry_states(workspace, "2026-11-23")}
    assert states[LEAD] is ReplyState.ANSWERED
    shown.findChild(QPushButton, "take_answer").click()
    take("take")
    assert outline(window).lines[line.action_id][0].text == "ブースを開設した"
    states = {each.section.name: each.state for each in inquiry_states(workspace, "2026-11-23")}
    assert states[LEAD] is ReplyState.ACCEPTED


def test_all_that_need_nobody_are_taken_in_and_the_others_left(window, forms, look_at, take):
    fill(forms[LEAD], BOOTH, 完了予定="来年の春")
    shown = look_at(*forms.values())
    take("take_all")
    assert [state for _, state in states_told(shown)] == [
        "確認 10/10・変更なし・注意 1件",
        "取込済（0件）",
        "取込済（0件）",
    ]
    assert "2課の回答を取り込みました" in shown._done.text()


def test_after_an_undo_the_answer_waits_again(window, forms, look_at, take, qtbot):
    fill(forms[LEAD], BOOTH, 状態="✓")
    look_at(forms[LEAD])
    take("take")
    dialog(window).reject()
    run(window, "undo")
    with qtbot.waitSignal(window.features.answers.read):
        run(window, "answers")
    assert states_told(dialog(window)) == [[LEAD, "確認 10/10・変更 1件"]]
    assert dialog(window)._take.isEnabled()


def test_an_action_leads_to_its_place_in_the_tree_and_the_review_can_be_gone_on_with(
    window, forms, look_at, qtbot
):
    fill(forms[LEAD], BOOTH, 状態="✓")
    shown = look_at(forms[LEAD])
    view = shown._differences
    view.clicked.emit(view.model().index(0, 0))
    assert window.tree.current_node() == node_of(outline(window), BOOTH)
    assert "回答の取込" in window.toast.text
    with qtbot.waitSignal(window.features.answers.read):
        run(window, "answers")
    assert states_told(dialog(window)) == [[LEAD, "確認 10/10・変更 1件"]]


def test_what_is_no_form_says_so(window, forms, look_at, tmp_path):
    other = tmp_path / "メモ.xlsx"
    other.write_text("これは表ではない")
    shown = look_at(other, forms[LEAD])
    name, state = states_told(shown)[0]
    assert name == "メモ.xlsx"
    assert state.startswith("読み取れません")
    assert shown._title.text().startswith(LEAD)  # the answers come first
    shown._files.setCurrentRow(0)
    assert not shown._take.isEnabled()
    assert "取り込めません" in shown._remarks.toPlainText()


def test_while_answers_are_taken_in_it_is_told_how_many_are_done(window, forms, look_at, take):
    shown, seen = look_at(*forms.values()), []
    window.plan.workspace.subscribe(lambda _changes: seen.append(shown._status.text()))
    take("take_all")
    assert [each for each in seen if "取り込んでいます" in each] == [
        f"回答を取り込んでいます…（3課のうち{done}課が済みました）" for done in range(3)
    ]


def test_two_files_of_one_section_are_one_choice(window, forms, look_at, take, tmp_path):
    fill(forms[LEAD], BOOTH, 状態="✓")
    second = tmp_path / "もう一度.xlsx"
    second.write_bytes(forms[LEAD].read_bytes())
    fill(second, BOOTH, 状態="・")
    saved_later(second)
    shown = look_at(forms[LEAD], second)
    newer, older = (state for _, state in states_told(shown))
    assert (newer[:5], older[:4]) == ("新しい方・", "古い方・")
    shown._files.setCurrentRow(1)
    assert "同じ課の新しい回答「もう一度.xlsx」があります" in shown._title.text()
    assert not shown._take_all.isEnabled()
    shown._files.setCurrentRow(0)
    take("take")
    assert states_told(shown)[1][1].startswith("古い方・")
    shown._files.setCurrentRow(1)
    assert "同じ課の新しい回答「もう一度.xlsx」を取り込みました" in shown._title.text()
    assert not shown._take_all.isEnabled()


def test_without_files_the_page_says_how_they_come(window, shared_out):
    run(window, "answers")
    assert "ドラッグ＆ドロップ" in dialog(window)._pages.currentWidget().text()


def test_without_its_plan_an_answer_says_what_to_do(window, forms, look_at):
    run(window, "close_plan")
    assert "先にその計画を開いて" in look_at(forms[LEAD]).text()


def test_a_text_alone_is_a_table_to_import(window, qtbot, tmp_path):
    other = tmp_path / "進捗管理表.csv"
    other.write_text("番号,実行計画\n1,講座\n", encoding="utf-8")
    with qtbot.waitSignal(window.features.answers.table_dropped):
        drop(window.tree, other)
    assert isinstance(dialog(window), ImportPage)


def test_a_workbook_alone_that_is_no_answer_is_a_table_to_import(window, look_at, tmp_path):
    other = tmp_path / "進捗管理表.xlsx"
    book = Workbook()
    book.active.append(["番号", "実行計画"])
    book.save(other)
    assert isinstance(look_at(other), ImportPage)


def test_a_plan_that_is_dropped_is_opened(empty_window, sample_file, qtbot):
    drop(empty_window.start_page, sample_file)
    qtbot.waitUntil(lambda: empty_window.plan is not None)
    assert empty_window.plan.path == sample_file


def test_files_are_welcome_on_what_stands_in_front(window, shared_out, forms):
    assert drag(window.tree, forms[LEAD])
    run(window, "answers")
    assert drag(dialog(window)._pages, forms[LEAD])
    drag(window.tree, forms[LEAD])
    assert window.findChild(QFrame, "drop_frame").isHidden()


def test_files_dropped_on_the_review_join_the_others(window, forms, look_at, qtbot):
    shown = look_at(forms[LEAD])
    with qtbot.waitSignal(window.features.answers.read):
        drop(shown._files, forms[OTHERS[0]])
    assert [name for name, _ in states_told(shown)] == [LEAD, OTHERS[0]]
    assert shown._title.text().startswith(OTHERS[0])


def test_a_folder_without_workbooks_is_told(window, shared_out, look_at, tmp_path):
    (tmp_path / "空").mkdir()
    shown = look_at(tmp_path / "空")
    assert "見つかりませんでした" in shown._error.text()


def test_a_drag_of_files_is_welcome_and_never_moves_them(window, forms):
    event = drop(window.tree, forms[LEAD])
    assert event.isAccepted()
    assert event.dropAction() is event.dropAction().CopyAction


def test_what_was_read_before_the_reading_is_cancelled_stays(forms, monkeypatch):
    control, read = JobControl(), batch._read

    def cancel_at_the_second(path):
        file = read(path)
        if path == files[1]:
            control.cancel()
        return file

    files = list(forms.values())
    monkeypatch.setattr(batch, "_read", cancel_at_the_second)
    found = batch.read_batch(files, [], None, control)
    assert [each.path for each in found.files] == files[:2]
    assert all(each.answer for each in found.files)


def test_an_emptied_text_must_be_decided(window, forms, look_at, take):
    fill(forms[LEAD], BOOTH, 進捗状況=None)
    shown = look_at(forms[LEAD])
    assert states_told(shown) == [[LEAD, "確認 10/10・消す 1件"]]
    assert not shown._take_all.isEnabled()
    shown.findChild(QPushButton, "take_answer").click()
    take("take")
    booth = action_of(outline(window), BOOTH)
    assert outline(window).lines[booth][0].text == ""


def test_a_comment_is_offered_to_the_note(window, forms, look_at, take):
    comment(forms[LEAD], BOOTH, "来年度に延期したい")
    shown = look_at(forms[LEAD])
    assert states_told(shown) == [[LEAD, "確認 10/10・備考に追加 1件・注意 1件"]]
    assert "来年度に延期したい" in shown._remarks.toPlainText()
    model = shown._differences.model()
    (offered,) = model.groups[0].rows
    assert differences(shown)[1][0] == "備考\n（備考に追加）"
    model.decide(offered, wanted=True)
    take("take")
    booth = action_of(outline(window), BOOTH)
    assert outline(window).actions[booth].note == "来年度に延期したい"


def test_what_cannot_be_read_is_not_taken_in_before_somebody_says_so(window, forms, look_at, take):
    fill(forms[LEAD], BOOTH, 状態="だいたい", 進捗状況="ブースを開設した")
    shown = look_at(forms[LEAD])
    assert "読み取れなかったところが1件あるため" in shown._status.text()
    take("take")
    assert states_told(shown) == [[LEAD, "確認 10/10・変更なし・注意 1件"]]
    assert shown._take.text() == "取込済にする(&A)"
    take("take")
    assert states_told(shown) == [[LEAD, "取込済（0件）"]]


def test_an_answer_for_another_open_round_has_a_way_there(window, forms, look_at, qtbot):
    workspace = window.plan.workspace
    before = outline(window).round
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    shown = look_at(forms[LEAD])
    assert "取り込めません" in states_told(shown)[0][1]
    button = shown._show_round
    assert button.text() == f"「{before.name}」を表示する(&R)"
    with qtbot.waitSignal(window.features.answers.read):
        button.click()
    assert outline(window).round.id == before.id
    assert states_told(shown) == [[LEAD, "確認 10/10・変更なし"]]
    assert not button.isVisible()


def test_files_of_other_kinds_in_a_folder_are_named(window, forms, look_at, tmp_path):
    (tmp_path / "回答" / "生涯学習課.pdf").write_bytes(b"%PDF-1.7")
    shown = look_at(tmp_path / "回答")
    states = dict(states_told(shown))
    assert "読み取れない種類のファイル（.pdf）" in states["生涯学習課.pdf"]
    assert len(states) == 4


def test_an_older_answer_does_not_replace_what_was_taken(window, forms, qtbot, look_at, take):
    older = forms[LEAD].with_name("先の回答.xlsx")
    older.write_bytes(forms[LEAD].read_bytes())
    fill(older, BOOTH, 進捗状況="先の文")
    fill(forms[LEAD], BOOTH, 進捗状況="後の文")
    saved_later(forms[LEAD])
    shown = look_at(older, forms[LEAD])
    shown._files.setCurrentRow(0)
    take("take")
    assert shown.current.path == forms[LEAD]
    shown._files.setCurrentRow(1)
    assert not shown._take.isEnabled()
    assert "新しい回答を取り込み済み" in shown._status.text()
    states = inquiry_states(window.plan.workspace, "2026-11-23")
    (state,) = [each for each in states if each.section.name == LEAD]
    assert (state.state, state.answer_file) == (ReplyState.ACCEPTED, forms[LEAD].name)


def test_a_file_can_leave_the_list(window, forms, look_at):
    shown = look_at(*forms.values())
    press(window, "leave_out")
    assert [name for name, _ in states_told(shown)] == list(forms)[1:]
    for _ in range(2):
        press(window, "leave_out")
    assert "ドラッグ＆ドロップ" in shown._pages.currentWidget().text()
    assert not shown._leave.isEnabled()


def test_a_copy_does_not_bar_its_section(window, forms, look_at):
    copy = forms[LEAD].with_name("写し.xlsx")
    copy.write_bytes(forms[LEAD].read_bytes())
    shown = look_at(copy, forms[LEAD])
    assert "（1課）" in shown._take_all.text()


def test_what_could_not_be_read_stands_before_the_other_remarks(window, forms, look_at):
    fill(forms[LEAD], BOOTH, 変更なし="✓", 進捗状況="ブースを開設した", 状態="だいたい")
    first, second = look_at(forms[LEAD])._remarks.toPlainText().splitlines()
    assert "「だいたい」は選択肢にありません" in first
    assert "「変更なし」に印がありますが" in second


def test_a_very_long_text_takes_a_part_of_the_screen_and_is_whole_beside_it(
    window, forms, look_at
):
    text = "\n".join(f"{number}回目の講座" for number in range(100))
    fill(forms[LEAD], BOOTH, 進捗状況=text)
    view = look_at(forms[LEAD])._differences
    cell = view.model().index(0, DifferenceColumn.ANSWER, view.model().index(0, 0))
    line = view.fontMetrics().size(0, text[: text.index("\n")])  # also of a font that helps out
    assert view.visualRect(cell).height() < 16 * line.height()
    assert "99回目の講座" in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_a_plan_among_answers_opens_nothing_and_says_so(window, forms, tmp_path):
    before = window.plan
    other = tmp_path / "別の計画.kyodo"
    other.write_bytes(before.path.read_bytes())
    window.features.answers.take_dropped([forms[LEAD], other])
    assert "何も開いていません" in dialog(window).text()
    assert window.plan is before


def test_a_frame_shows_where_files_can_be_dropped(window, shared_out, forms):
    drag(window.tree, forms[LEAD])
    frame = window.findChild(QFrame, "drop_frame")
    assert frame.isVisible()
    drop(window.tree, forms[LEAD])
    assert not frame.isVisible()
