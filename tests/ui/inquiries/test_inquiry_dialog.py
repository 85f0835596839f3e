"""照会: from the choices to the forms in a folder, and the step in the history."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from kyodo_desktop.domain.assigning import Giving
from kyodo_desktop.domain.plan import Addressee, Role
from kyodo_desktop.domain.replies.addressing import Contact
from kyodo_desktop.domain.replies.asking import leads
from kyodo_desktop.paths import user_data_folder
from kyodo_desktop.services import details, plan_settings, rounds, vocabularies
from kyodo_desktop.services.inquiries.asking import inquiries
from kyodo_desktop.ui.asking import documents
from kyodo_desktop.ui.jobs import ProgressDialog
from tests.ui.driving import dialog, outline, run
from tests.ui.inquiries.hands import sent


@pytest.fixture
def send(window, qtbot):
    """Press the button and wait until the user has been told."""

    def send():
        with qtbot.waitSignal(window.features.inquiries.ended):
            dialog(window).accept()

    return send


def due(shown):
    return shown.findChild(QLineEdit, "due_on")


def covering(shown):
    return shown.findChild(QPlainTextEdit, "covering")


def folder(shown):
    return shown.findChild(QLineEdit, "folder")


def test_all_sections_with_actions_are_asked_two_weeks_from_now(inquiry):
    asked = inquiry.asked
    assert len(asked.section_ids) == 3
    assert asked.due_on == "2026-12-07"
    assert asked.folder.name == "照会_平成27年度"
    assert "平成27年度調査（平成27年10月31日現在）" in asked.covering
    assert "令和8年12月7日まで" in asked.covering


def test_a_section_without_actions_cannot_be_ticked(window, shared_out, qtbot):
    vocabularies.add_section(shared_out, "防災課")
    run(window, "inquiry")
    shown = dialog(window)
    item = shown._sections.topLevelItem(3)
    assert item.isDisabled()
    assert len(shown.asked.section_ids) == 3
    shown.findChild(QPushButton, "no_sections").click()
    shown.accept()
    assert shown.isVisible()
    shown.findChild(QPushButton, "all_sections").click()
    assert len(shown.asked.section_ids) == 3


def test_the_forms_are_written_and_then_the_sending_is_one_step(window, inquiry, send, tmp_path):
    folder(inquiry).setText(str(tmp_path / "照会"))
    inquiry._font.setCurrentText("メイリオ")
    send()
    files = sorted((tmp_path / "照会").iterdir())
    assert [each.suffix for each in files] == [".xlsx"] * 3
    guide = load_workbook(files[0]).worksheets[0]
    assert any("照会します" in str(cell.value) for row in guide for cell in row)
    assert {cell.font.name for row in guide for cell in row if cell.value} == {"メイリオ"}
    assert window.plan.workspace.undo_label == "照会を発送：3課"
    assert "3課の回答票を作り" in dialog(window).text()
    assert dialog(window).findChild(QPushButton, "open_folder")


def test_the_folder_of_the_forms_can_be_opened_at_once_and_later(
    window, inquiry, send, opened_outside, tmp_path
):
    folder(inquiry).setText(str(tmp_path / "照会"))
    send()
    dialog(window).findChild(QPushButton, "open_folder").click()
    assert "3課の回答票" in window.toast.text
    window.toast.findChild(QPushButton, "open_exported_folder").click()
    assert opened_outside == [tmp_path / "照会"] * 2


def test_the_forms_of_a_plan_in_the_programs_own_folder_go_to_the_documents(
    window, shared_out, sample_file
):
    user_data_folder().mkdir(parents=True)
    window.files.open(shutil.copy(sample_file, user_data_folder() / "a.kyodo"))
    run(window, "inquiry")
    assert Path(folder(dialog(window)).text()).parent == documents()


def test_the_day_in_the_covering_text_follows_the_due_date(inquiry):
    due(inquiry).setText("R8/12/18")
    due(inquiry).editingFinished.emit()
    assert due(inquiry).text() == "令和8年12月18日"
    assert "令和8年12月18日まで" in covering(inquiry).toPlainText()


def test_a_day_that_is_past_is_refused(inquiry):
    due(inquiry).setText("R8.11.1")
    inquiry.accept()
    assert inquiry.isVisible()
    assert "過ぎています" in due(inquiry).accessibleDescription()


def test_the_words_of_last_time_come_back_with_the_new_names(window, shared_out, tmp_path):
    sent(shared_out, tmp_path / "回答", "平成27年度の件、令和8年12月7日までに。課長 拝")
    rounds.open_round(shared_out, "平成28年度", 2016, "2016-10-31")
    window.now.time = window.now.time.replace(month=12, day=1)
    run(window, "inquiry")
    assert dialog(window).asked.covering == "平成28年度の件、令和8年12月15日までに。課長 拝"


def test_words_that_speak_of_the_round_before_are_renewed_or_told(window, shared_out, tmp_path):
    sent(shared_out, tmp_path, "平成27年10月末現在の進捗状況について、ご返送ください。")
    rounds.open_round(shared_out, "平成28年度", 2016, "2016-10-31")
    run(window, "inquiry")
    shown = dialog(window)
    assert covering(shown).toPlainText().startswith("平成28年10月末現在の")
    told = shown.findChild(QLabel, "outdated")
    assert not told.isVisible()
    covering(shown).setPlainText("平成27年秋の状況を、令和8年12月7日までに。")
    assert "平成27年。書き直して" in told.text()
    assert told.isVisible()


def test_the_settings_with_whom_to_call_open_above_what_is_typed(window, inquiry):
    covering(inquiry).setPlainText("ご回答ください。")
    told = inquiry.findChild(QLabel, "contact")
    for answer in ("reject", "accept"):
        told.linkActivated.emit("settings")
        settings = dialog(window)
        assert settings.windowTitle() == "計画の設定"
        settings.findChild(QLineEdit, "contact_section").setText("企画課")
        getattr(settings, answer)()
        assert dialog(window) is inquiry
        assert covering(inquiry).toPlainText() == "ご回答ください。"
        assert ("企画課" in told.text()) is (answer == "accept")


def test_to_whom_forms_go_is_remembered_with_the_plan(window, inquiry, shared_out, send, tmp_path):
    folder(inquiry).setText(str(tmp_path / "照会"))
    assert inquiry.asked.addressee == Addressee.SECTION
    inquiry.findChild(QComboBox, "addressee").setCurrentIndex(1)
    send()
    dialog(window).reject()
    guide = load_workbook(min((tmp_path / "照会").iterdir())).worksheets[0]
    assert any(str(cell.value).endswith("課長　様") for row in guide for cell in row)
    run(window, "inquiry")
    assert dialog(window).asked.addressee == Addressee.HEAD


def test_a_section_without_a_head_of_its_name_is_told(inquiry, shared_out):
    told = inquiry.findChild(QLabel, "unheaded")
    inquiry._names = dict.fromkeys(inquiry._names, "教育委員会")
    assert not told.isVisible()
    inquiry.findChild(QComboBox, "addressee").setCurrentIndex(1)
    assert told.text() == "「御中」のままの課：教育委員会、教育委員会、教育委員会"


def test_the_dialog_says_whom_the_forms_name_for_questions(window, shared_out):
    run(window, "inquiry")
    assert "計画の設定" in dialog(window).findChild(QLabel, "contact").text()
    dialog(window).reject()
    contact = Contact("企画課", "鈴木", "0476-00-0000")
    settings = plan_settings.plan_settings(shared_out.outline)._replace(contact=contact)
    plan_settings.set_plan_settings(shared_out, settings)
    run(window, "inquiry")
    assert dialog(window).findChild(QLabel, "contact").text().startswith(contact.text)


def test_actions_that_nobody_is_asked_for_are_selected_in_the_tree(window, inquiry):
    told = inquiry.findChild(QLabel, "unasked")
    assert "2件" in told.text()
    covering(inquiry).setPlainText("ご回答ください。")
    due(inquiry).setText("R8/12/18")
    due(inquiry).editingFinished.emit()
    first = inquiry._sections.topLevelItem(0)
    first.setCheckState(0, Qt.CheckState.Unchecked)
    left = inquiry.asked
    told.linkActivated.emit("show")
    assert not inquiry.isVisible()
    assert len(window.tree.selected_action_ids()) == 2
    run(window, "inquiry")
    assert dialog(window).asked == left, "it goes on with what was filled in"


def test_nothing_is_kept_where_the_files_cannot_be_written(window, inquiry, send, tmp_path):
    (tmp_path / "塞").write_text("")
    folder(inquiry).setText(str(tmp_path / "塞" / "照会"))
    send()
    assert "作れません" in dialog(window).text()
    assert inquiries(window.plan.workspace) == []


def test_what_was_typed_is_there_after_forms_could_not_be_written(window, inquiry, send, tmp_path):
    (tmp_path / "塞").write_text("")
    folder(inquiry).setText(str(tmp_path / "塞" / "照会"))
    covering(inquiry).setPlainText("ご回答ください。")
    due(inquiry).setText("R8/12/18")
    due(inquiry).setFocus()
    send()
    dialog(window).accept()
    assert dialog(window) is inquiry
    assert covering(inquiry).toPlainText() == "ご回答ください。"
    assert inquiry.asked.due_on == "2026-12-18"
    assert inquiry.focusWidget() is due(inquiry)
    folder(inquiry).setText(str(tmp_path / "照会"))
    send()
    assert not inquiry.isVisible()
    assert len(list((tmp_path / "照会").iterdir())) == 3


def test_a_sending_that_is_cancelled_leaves_no_file_and_no_trace(window, inquiry, qtbot, tmp_path):
    folder(inquiry).setText(str(tmp_path / "照会"))
    with qtbot.waitSignal(window.features.inquiries.ended):
        inquiry.accept()
        window.findChild(ProgressDialog).reject()
    assert list((tmp_path / "照会").iterdir()) == []
    assert inquiries(window.plan.workspace) == []
    assert "取りやめました" in window.toast.text
    qtbot.waitUntil(lambda: dialog(window) is inquiry)


def test_a_form_that_is_made_again_leaves_the_first_file_alone(
    window, inquiry, send, tmp_path, clock
):
    folder(inquiry).setText(str(tmp_path / "照会"))
    send()
    dialog(window).reject()
    clock.time = clock.time.replace(day=25)
    window.features.inquiries.ask_and_send([next(iter(outline(window).sections))])
    again = dialog(window)
    assert len(again.asked.section_ids) == 1
    assert again._sections.topLevelItem(0).text(2) == "令和8年11月23日"
    assert again._sections.topLevelItem(1).checkState(0) is Qt.CheckState.Unchecked
    folder(again).setText(str(tmp_path / "照会"))
    due(again).setText("R8.12.7")
    send()
    assert len(list((tmp_path / "照会").iterdir())) == 4


@pytest.fixture
def doubly_led(window, shared_out):
    """Ids of four actions that two sections lead."""
    first, second, _ = shared_out.outline.sections
    ids = [each for each in shared_out.outline.placed if leads(shared_out.outline, each, first)][
        :4
    ]
    details.assign(shared_out, ids, second, Role.LEAD, Giving.ADD)
    return ids


def test_actions_that_two_sections_would_fill_in_are_told_with_the_sections(
    window, doubly_led, inquiry
):
    told = inquiry.findChild(QLabel, "shared")
    assert told.isVisible()
    assert "次の実行計画4件は、主担当の2課以上に照会され" in told.text()
    assert "① 市民活動ブースの設置（市民活動推進課、社会福祉課）" in told.text()
    assert "、ほか1件。" in told.text()
    told.linkActivated.emit("show")
    assert not inquiry.isVisible()
    assert sorted(window.tree.selected_action_ids()) == sorted(doubly_led)


def test_actions_that_one_of_their_sections_is_asked_for_are_not_told(doubly_led, inquiry):
    told, sections_listed = inquiry.findChild(QLabel, "shared"), inquiry._sections
    sections_listed.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert told.isHidden()
    sections_listed.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    assert not told.isHidden()


def test_a_section_that_has_a_form_already_counts_as_asked(window, shared_out, tmp_path):
    sent(shared_out, tmp_path / "回答")
    _, second, _ = shared_out.outline.sections
    details.assign(shared_out, list(shared_out.outline.placed)[:1], second, Role.LEAD, Giving.ADD)
    window.features.inquiries.ask_and_send([second])
    assert "実行計画1件は" in dialog(window).findChild(QLabel, "shared").text()
    assert not dialog(window).findChild(QLabel, "shared").isHidden()


def test_where_one_section_leads_each_action_nothing_is_told(inquiry):
    assert inquiry.findChild(QLabel, "shared").isHidden()
