"""報告書の出力 from the window."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton

from kyodo_desktop import outputs
from kyodo_desktop.domain.narrowing import Narrowing
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.pages.options import BEFORE_AFTER, Edition, Paper, ReportOptions
from kyodo_desktop.pages.saved_options import from_body, from_values
from kyodo_desktop.services import new_plan
from kyodo_desktop.services.details import assign
from kyodo_desktop.services.report_choices import save_report_choice, saved_report_choices
from kyodo_desktop.services.rounds import close_round, edit_round
from kyodo_desktop.services.structure import add_action
from kyodo_desktop.services.vocabularies import rename_section
from kyodo_desktop.ui.export.several import SeveralButton
from kyodo_desktop.ui.jobs import ProgressDialog
from kyodo_desktop.ui.widgets.forms import FormField
from kyodo_desktop.ui.widgets.plain import Label
from tests.builders import node_of
from tests.ui.driving import choose_file, dialog, run
from tests.ui.screens import dialogs


@pytest.fixture
def export(window, qtbot):
    """Export without the dialogs, and wait for the end."""

    def export(*paths, options=None):
        with qtbot.waitSignal(window.features.exports.ended):
            window.features.exports.export(
                paths, options or ReportOptions(), open_afterwards=False
            )

    return export


def open_dialog(window, *, public=False, **boxes):
    """Open the dialog, and tick what is said."""
    run(window, "export")
    shown = dialog(window)
    shown._open_afterwards.setChecked(False)
    if public:
        shown.findChildren(QRadioButton)[0].click()
    for ending, on in boxes.items():
        shown._forms[f".{ending}"].setChecked(on)
    return shown


def test_the_dialogs_lead_to_files_whose_names_say_the_edition(window, qtbot, tmp_path):
    open_dialog(window, public=True, pdf=True, html=True, csv=True, txt=True).accept()
    suggested = dialog(window).selectedFiles()[0]
    assert suggested.endswith("富里市_進捗状況_平成27年度_公開用.xlsx")
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "報告.1")
    assert "進捗状況一覧" in load_workbook(tmp_path / "報告.1.xlsx").sheetnames
    for ending, begin in ((".pdf", b"%PDF"), (".html", b"<!DOCTYPE"), (".csv", b"\xef\xbb\xbf")):
        assert (tmp_path / f"報告.1{ending}").read_bytes().startswith(begin)
    assert (tmp_path / "報告.1.txt").is_file()
    assert window.toast.text == f"フォルダー「{tmp_path.name}」に5個のファイルを出力しました。"
    for told in (window.toast.toolTip(), window.toast.latest[0].text):
        assert f"{tmp_path / '報告.1.xlsx'}（公開用、" in told
        assert str(tmp_path / "報告.1.txt") in told
    assert window.toast.findChild(QPushButton, "open_exported_folder").isVisible()
    window.toast.findChild(QPushButton, "message_details").click()
    assert str(tmp_path / "報告.1.csv") in dialog(window).text()


def test_what_is_suggested_is_a_name_for_windows_whatever_the_round_is_called(window):
    edit_round(window.plan.workspace, 1, "平成27年度 上期/下期：10:31", 2015, "2015-10-31")
    open_dialog(window).accept()
    (suggested,) = map(Path, dialog(window).selectedFiles())
    expected = "富里市_進捗状況_平成27年度 上期／下期：10：31_庁内用.xlsx"
    assert suggested == window.plan.path.parent / expected


def test_of_a_closed_round_the_words_and_the_count_are_those_of_its_report(
    window, qtbot, tmp_path
):
    workspace = window.plan.workspace
    assign(workspace, [1], 1, Role.LEAD)
    close_round(workspace, 1)
    rename_section(workspace, 1, "まちづくり課")
    heading = node_of(workspace.outline, "職員研修の実施")
    add_action(workspace, workspace.outline.parent(heading), "後から加えたもの")
    shown = open_dialog(window)
    sections = shown.findChild(SeveralButton, "sections")
    assert sections.choose(("市民活動推進課",)) == []
    assert "のうち1件を出力します。" in shown.findChild(Label, "what_goes_out").text()
    sections.choose(())
    assert "の実行計画32件を出力します。" in shown.findChild(Label, "what_goes_out").text()
    sections.choose(("市民活動推進課",))
    shown.accept()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "報告.xlsx")
    assert (tmp_path / "報告.xlsx").is_file()


def test_one_file_is_told_by_its_name_and_its_size(window, export, tmp_path):
    export(tmp_path / "報告.pdf")
    assert window.toast.text.startswith("「報告.pdf」に出力しました（庁内用、")
    assert str(tmp_path) in window.toast.toolTip()


def test_no_other_name_is_offered_where_there_is_nothing_to_write(window, export, tmp_path):
    export(tmp_path / "a.xlsx", options=ReportOptions(parts=(BEFORE_AFTER,)))
    box = dialog(window)
    assert "出力するものがありません" in box.text()
    assert box.findChild(QPushButton, "other_name") is None
    assert not (tmp_path / "a.xlsx").exists()


def test_the_dialog_tells_what_the_report_will_lack(window, qtbot):
    shown = open_dialog(window)
    qtbot.waitUntil(lambda: "（前回の調査がないため入りません）" in all_parts(shown))
    assert "年度別推移（比べられる調査がないため入りません）" in all_parts(shown)
    assert "新旧対照表（見直しも次期計画もないため入りません）" in all_parts(shown)
    assert BEFORE_AFTER in outputs_of(window).silent
    shown.reject()


def all_parts(shown):
    return "".join(each.text() for each in shown._parts._items())


def outputs_of(window):
    return outputs.foresee(window.plan.workspace, ReportOptions(), "2015-11-02")


def test_a_file_beside_the_chosen_one_is_not_replaced_unasked(window, qtbot, tmp_path):
    (tmp_path / "報告.txt").write_bytes(b"mine")
    open_dialog(window, txt=True).accept()
    choose_file(window, tmp_path / "報告.xlsx")
    question = dialog(window)
    assert "報告.txt" in question.informativeText()
    question.reject()
    assert {each.name for each in tmp_path.iterdir() if each.stem == "報告"} == {"報告.txt"}
    dialog(window).accept()
    choose_file(window, tmp_path / "報告.xlsx")
    with qtbot.waitSignal(window.features.exports.ended):
        dialog(window).findChild(QPushButton, "replace_files").click()
    assert (tmp_path / "報告.txt").read_bytes() != b"mine"


def test_who_chooses_no_place_is_back_at_the_choices_as_they_were(window, qtbot, tmp_path):
    (tmp_path / "報告.txt").write_bytes(b"mine")
    shown = open_dialog(window, public=True, txt=True)
    shown.findChild(SeveralButton, "statuses").choose(("完了",))
    chosen = shown.chosen
    shown.accept()
    dialog(window).reject()
    assert dialog(window) is shown
    shown.accept()
    choose_file(window, tmp_path / "報告.xlsx")
    dialog(window).reject()
    assert dialog(window) is shown
    assert shown.chosen == chosen
    shown.accept()
    asked = dialog(window)
    asked.setDirectory(str(tmp_path))
    asked.selectFile(str(tmp_path / "別.xlsx"))
    with qtbot.waitSignal(window.features.exports.ended):
        asked.accept()
    assert (tmp_path / "別.txt").is_file()
    qtbot.waitUntil(lambda: not dialogs(window))


def test_who_chooses_no_other_place_is_back_at_the_choices_as_they_were(window, qtbot, tmp_path):
    shown = open_dialog(window, public=True, txt=True)
    shown.findChild(SeveralButton, "statuses").choose(("完了",))
    shown._parts.setFocus()
    chosen = shown.chosen
    for answer in ("別の名前", "キャンセル"):
        shown.accept()
        with qtbot.waitSignal(window.features.exports.ended):
            choose_file(window, tmp_path / "ない" / "報告.xlsx")
        question = dialog(window)
        if answer == "別の名前":
            question.findChild(QPushButton, "other_name").click()
            dialog(window).reject()
        else:
            question.reject()
        assert dialog(window) is shown
        assert shown.chosen == chosen
        assert shown.focusWidget() is shown._parts
    shown.accept()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "報告.xlsx")
    assert (tmp_path / "報告.txt").is_file()
    qtbot.waitUntil(lambda: not dialogs(window))


def test_who_cancels_the_writing_is_back_at_the_choices(window, qtbot, tmp_path):
    shown = open_dialog(window)
    chosen = shown.chosen
    shown.accept()
    with qtbot.waitSignal(window.features.exports.ended):
        dialog(window).fileSelected.emit(str(tmp_path / "報告.xlsx"))
        dialog(window).reject()
        shown.accept()
        shown.reject()
        assert shown.isVisible(), "it waits for the end"
        shown.findChild(ProgressDialog).reject()
    assert not (tmp_path / "報告.xlsx").exists()
    qtbot.waitUntil(lambda: dialogs(window) == [shown])
    assert shown.chosen == chosen
    shown.reject()
    assert not shown.isVisible()


def test_the_choices_are_remembered_but_what_narrows_the_plan_in_this_window_alone(
    window, qtbot, tmp_path
):
    save_report_choice(window.plan.workspace, "部長用", "{}")
    shown = open_dialog(window, public=True, txt=True, xlsx=False)
    shown.show_saved(shown._saved.offered, "部長用")
    shown.findChild(SeveralButton, "statuses").choose(("完了",))
    shown._font.setCurrentText("メイリオ")
    shown.accept()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "a.txt")
    run(window, "export")
    options, endings = dialog(window).chosen
    assert dialog(window).saved_name == "部長用"
    dialog(window).reject()
    whole = ReportOptions(Edition.PUBLIC, font="メイリオ")
    assert options == replace(whole, narrowing=Narrowing(statuses=("完了",)))
    assert endings == (".txt",)
    assert from_values(window.settings.report) == whole
    assert window.files.open(shutil.copy(window.plan.path, tmp_path / "ほか.kyodo"))
    run(window, "export")
    assert dialog(window).chosen.options == whole
    assert dialog(window).saved_name == ""
    dialog(window).reject()


def test_choices_are_kept_in_the_plan_under_a_name_replaced_renamed_and_deleted(window):
    shown = open_dialog(window, public=True)
    shown.findChild(QPushButton, "save").click()
    asked = above(window, shown)
    asked._name.setText("市のページ")
    asked.accept()
    names = shown.findChild(QComboBox, "saved")
    assert names.currentText() == "市のページ"
    (saved,) = saved_report_choices(window.plan.workspace)
    assert saved.name == "市のページ"
    assert from_body(saved.body) == shown.chosen
    shown._paper.setCurrentText("A3横")
    for answer, paper in (("reject", Paper.A4_LANDSCAPE), ("accept", Paper.A3_LANDSCAPE)):
        shown.findChild(QPushButton, "save").click()
        asked = dialog(window)
        asked.accept()
        question = dialog(window)
        assert "「市のページ」は既にあります" in question.text()
        if answer == "accept":
            question.findChild(QPushButton, "replace_options").click()
        else:
            question.reject()
            asked.reject()
        (saved,) = saved_report_choices(window.plan.workspace)
        assert from_body(saved.body).options.paper is paper
    save_report_choice(window.plan.workspace, "部長用", "{}")
    shown.findChild(QPushButton, "rename").click()
    asked = above(window, shown)
    asked._name.setText("部長用")
    asked.accept()
    assert "既に使われています" in asked.findChild(FormField).error
    asked._name.setText("公開ページ")
    asked.accept()
    assert names.currentText() == "公開ページ"
    known = saved_report_choices(window.plan.workspace)
    assert {each.name for each in known} == {"公開ページ", "部長用"}
    shown.findChild(QPushButton, "delete").click()
    above(window, shown).findChild(QPushButton, "delete").click()
    assert [each.name for each in saved_report_choices(window.plan.workspace)] == ["部長用"]
    assert names.count() == 2
    shown.reject()


def above(window, shown):
    return next(each for each in dialogs(window) if each is not shown)


def test_the_history_goes_to_a_workbook_of_its_own(window, qtbot, tmp_path):
    run(window, "history")
    window.features.exports._remember(open_afterwards=False)
    window.findChild(QPushButton, "export_history").click()
    assert dialog(window).selectedFiles()[0].endswith("変更の履歴_平成27年度_庁内用.xlsx")
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "履歴.xlsx")
    assert load_workbook(tmp_path / "履歴.xlsx").sheetnames == ["変更の履歴"]
    assert window.settings.report.get("parts") is None


def test_a_file_that_cannot_be_replaced_is_told_and_another_name_offered_for_it_alone(
    window, export, qtbot, tmp_path
):
    for name in ("報告.xlsx", "報告.html"):
        (tmp_path / name).mkdir()
    export(tmp_path / "報告.xlsx", tmp_path / "報告.html", tmp_path / "報告.txt")
    assert (tmp_path / "報告.txt").is_file()
    question = dialog(window)
    assert question.text() == "一部のファイルを出力できませんでした。"
    done, left = question.informativeText().splitlines()
    assert done == "「報告.txt」は出力しました。"
    assert left.startswith("「報告.xlsx」「報告.html」という名前のフォルダーがあるため")
    question.findChild(QPushButton, "other_name").click()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "別名.xlsx")
    assert (tmp_path / "別名.html").is_file()
    assert (tmp_path / "別名.xlsx").is_file()


def test_a_plan_without_actions_is_told_at_once_and_no_other_name_is_asked_for(
    window, export, tmp_path, clock
):
    path = tmp_path / "空.kyodo"
    plan = new_plan.default_plan(clock().date(), "空の計画")
    new_plan.create_plan(path, plan, author="市民 花子", now=clock())
    assert window.files.open(path)
    run(window, "export")
    told = dialog(window)
    assert "実行計画がまだ1件もない" in told.text()
    told.accept()
    export(tmp_path / "報告.xlsx")
    told = dialog(window)
    assert "実行計画がまだ1件もない" in told.text()
    assert told.findChild(QPushButton, "other_name") is None
