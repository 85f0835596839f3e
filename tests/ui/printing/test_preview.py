"""The preview: what is shown is what is printed, whatever it is and on whichever paper."""

from __future__ import annotations

import shutil

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QPushButton

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import Edition, Paper, ReportOptions
from kyodo_desktop.pages.saved_options import as_values
from kyodo_desktop.printing.paper import page_layout, print_pages
from kyodo_desktop.services.comparing import record_revision
from kyodo_desktop.services.rounds import close_round, edit_round
from kyodo_desktop.services.sample import create_sample
from kyodo_desktop.services.structure import add_heading, rename
from kyodo_desktop.services.vocabularies import rename_section
from kyodo_desktop.ui.comparing.before_after_dialog import BeforeAfterDialog
from kyodo_desktop.ui.comparing.comparison_page import ComparisonPage
from kyodo_desktop.ui.export.several import SeveralButton
from kyodo_desktop.ui.printing.dialog import PrintPreview
from kyodo_desktop.ui.printing.page_view import PageView
from kyodo_desktop.ui.printing.printables import Content
from kyodo_desktop.ui.widgets.inputs import ChoiceBox
from kyodo_desktop.ui.widgets.plain import Label
from tests.builders import Clock, node_of
from tests.ui.driving import choose_file, dialog, outline, run, select


@pytest.fixture(scope="module")
def example_master(tmp_path_factory):
    """A plan with sections and two rounds."""
    path = tmp_path_factory.mktemp("example") / "富里市.kyodo"
    create_sample(path, "tomisato_example", author="市民 花子", now=Clock()())
    return path


@pytest.fixture
def window(window, example_master, tmp_path):
    assert window.files.open(shutil.copy(example_master, tmp_path / "見本.kyodo"))
    return window


def opened(window, qtbot, command="print"):
    run(window, command)
    return made(dialog(window), qtbot)


def made(preview, qtbot):
    """Return a preview whose pages are there."""
    qtbot.waitUntil(lambda: preview._drawer is not None)
    return preview


def choose(preview, qtbot, name, value):
    """Pick something in one of the boxes, as a hand does."""
    box = preview.findChild(ChoiceBox, name)
    box.show_value(value)
    box.picked.emit(value)
    return made(preview, qtbot)


def words(preview):
    """Return all that stands on the pages."""
    laid = preview._drawer.laid
    return "\n".join(
        "".join(cell.lines)
        for part in laid.parts
        for page in part.pages
        for row in (*page.header, *page.rows)
        for cell in row.cells
    )


def sheet(preview):
    return preview.findChild(Label, "print_sheet")


def press(preview, name):
    preview.findChild(QPushButton, name).click()


def test_all_that_can_be_printed_has_its_pages_on_every_paper(window, qtbot):
    select(window, "市民活動ブースの設置")
    preview = opened(window, qtbot)
    offered = [value for value, _ in preview._content._offered]
    assert offered == [each for each in Content if each is not Content.BEFORE_AFTER]
    assert "市民活動ブースの設置" in words(preview)
    assert "職員研修の実施" in words(preview)
    for paper in Paper:
        choose(preview, qtbot, "paper_size", paper)
        assert preview._drawer.laid.paper.is_landscape is (paper is not Paper.A4_PORTRAIT)
    section = preview.findChild(ChoiceBox, "print_section")
    assert not section.isVisible()
    choose(preview, qtbot, "print_content", Content.SECTION)
    assert section.isVisible()
    assert section.value() == "市民活動推進課"
    choose(preview, qtbot, "print_section", "秘書広報課")
    assert "対象：秘書広報課" in words(preview)
    assert "市民活動ブースの設置" not in words(preview)
    choose(preview, qtbot, "print_content", Content.SHEETS)
    assert preview._drawer.page_count == 1
    assert "職員研修の実施" not in words(preview)


def test_the_sheets_of_the_chosen_actions_have_a_page_each(window, qtbot):
    titles = ("職員研修の実施", "市民活動ブースの設置")
    window.tree.select_all([node_of(outline(window), each) for each in titles])
    preview = opened(window, qtbot, "print_sheets")
    assert preview._content.value() is Content.SHEETS
    assert preview._drawer.page_count == 2


def test_of_a_heading_all_sheets_below_it_are_printed(window, qtbot):
    heading = select(window, "環境づくり")
    plan = outline(window)
    below = {plan.action_id_at(each) for each in plan.below(heading) if is_placement(each)}
    preview = opened(window, qtbot, "print_sheets")
    assert preview._content.value() is Content.SHEETS
    assert f"個票（{len(below)}件）" in preview._content.currentText()
    assert preview._drawer.page_count >= len(below)
    assert "職員研修の実施" not in words(preview)
    preview.reject()
    window.strip.search.setText("ブース")
    select(window, "環境づくり")
    preview = opened(window, qtbot, "print_sheets")
    assert preview._drawer.page_count == 1, "those that are in sight"


def test_a_heading_without_actions_has_no_sheets_and_says_so(window, qtbot):
    heading = add_heading(window.plan.workspace, outline(window).roots[0], "新しい見出し")
    window.tree.select(heading)
    run(window, "print_sheets")
    assert "選んでいるところに実行計画がありません" in dialog(window).text()


def test_what_a_search_leaves_is_printed_and_the_pages_say_so(window, qtbot):
    window.strip.search.setText("基金")
    preview = opened(window, qtbot)
    found = len(window.tree.part.matches())
    assert f"対象：表示中の{found}件" in words(preview)
    assert "市民活動ブースの設置" not in words(preview)
    preview.reject()
    window.strip.search.setText("どこにもない言葉")
    run(window, "print")
    shown = sheet(dialog(window))
    qtbot.waitUntil(lambda: "表示している実行計画がありません" in shown.accessibleName())
    assert not dialog(window).findChild(QPushButton, "print_now").isEnabled()


def test_what_is_internal_says_so_on_its_pages_and_in_the_name_of_its_file(window, qtbot):
    select(window, "市民活動ブースの設置")
    preview = opened(window, qtbot)
    for content, _ in preview._content._offered:
        choose(preview, qtbot, "print_content", content)
        edition, notices = "庁内用", ("庁内用", "確定前")
        if content is Content.SHOWN:  # the table as it is published
            edition, notices = "公開用", ("確定前",)
        assert preview._drawer.laid.report.notices == notices, content
        press(preview, "save_pdf")
        (asked,) = preview.findChildren(QFileDialog)
        assert asked.selectedFiles()[0].endswith(f"_平成27年度_{edition}.pdf"), content
        asked.reject()
        asked.setParent(None)


def test_a_pdf_is_offered_beside_the_plan_whatever_the_round_is_called(window, qtbot):
    workspace = window.plan.workspace
    edit_round(workspace, workspace.outline.round.id, "平成27年度 1/2", 2015, "2015-10-31")
    preview = opened(window, qtbot)
    press(preview, "save_pdf")
    (asked,) = preview.findChildren(QFileDialog)
    assert asked.selectedFiles()[0].endswith("_進捗状況一覧_平成27年度 1／2_公開用.pdf")


def test_the_report_is_that_of_last_time_and_a_public_pdf_says_so(window, qtbot, tmp_path):
    public = ReportOptions(edition=Edition.PUBLIC, paper=Paper.A3_LANDSCAPE)
    window.settings.set_report({**as_values(public), "folder": str(tmp_path)})
    preview = opened(window, qtbot)
    assert preview.paper is Paper.A3_LANDSCAPE
    choose(preview, qtbot, "print_content", Content.REPORT)
    assert preview._drawer.laid.report.edition is Edition.PUBLIC
    press(preview, "save_pdf")
    (asked,) = preview.findChildren(QFileDialog)
    name = asked.selectedFiles()[0].rpartition("/")[2]
    assert name.endswith("_報告書_平成27年度_公開用.pdf")
    asked.fileSelected.emit(str(tmp_path / name))
    qtbot.waitUntil(lambda: name in window.toast.text)
    assert not any(each.isVisible() for each in window.findChildren(PrintPreview))
    assert len(PdfReader(tmp_path / name).pages) > 1


def test_the_report_is_narrowed_as_the_last_one_in_this_window_was(window, qtbot, tmp_path):
    def label():
        offered = dict(preview._content._offered)
        return offered[Content.REPORT]

    preview = opened(window, qtbot)
    assert label() == "報告書（庁内用、前回の出力と同じ内容）　対象：計画全体"
    preview.reject()
    run(window, "export")
    asked = dialog(window)
    asked._open_afterwards.setChecked(False)
    asked.findChild(SeveralButton, "sections").choose(("秘書広報課",))
    asked.accept()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "a.xlsx")
    preview = opened(window, qtbot)
    assert label() == "報告書（庁内用、前回の出力と同じ内容）　対象：秘書広報課（関係課を含む）"
    choose(preview, qtbot, "print_content", Content.REPORT)
    assert "対象：秘書広報課" in words(preview)
    assert "市民活動ブースの設置" not in words(preview)
    preview.reject()


def test_the_list_of_a_section_of_a_closed_round_goes_by_the_name_that_it_had(window, qtbot):
    workspace = window.plan.workspace
    (section,) = [each for each in outline(window).sections.values() if each.name == "秘書広報課"]
    close_round(workspace, workspace.outline.round.id)
    rename_section(workspace, section.id, "広報課")
    preview = opened(window, qtbot)
    choose(preview, qtbot, "print_content", Content.SECTION)
    choose(preview, qtbot, "print_section", "秘書広報課")
    assert "対象：秘書広報課" in words(preview)


def test_the_list_of_a_section_has_all_columns_whatever_the_report_had(window, qtbot):
    few = ReportOptions(columns=("number", "action"))
    window.settings.set_report(as_values(few))
    preview = opened(window, qtbot)
    choose(preview, qtbot, "print_content", Content.SECTION)
    heads = {
        "".join(cell.lines)
        for row in preview._drawer.laid.parts[0].pages[0].rows
        for cell in row.cells
        if row.kind is RowRole.HEADER
    }
    assert {"番号", "実行計画", "担当課", "進捗状況", "今後の方向性", "完了予定"} <= heads


def test_a_place_that_cannot_be_written_to_is_told_above_the_pages(window, qtbot, tmp_path):
    preview = opened(window, qtbot)
    press(preview, "save_pdf")
    (asked,) = preview.findChildren(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "nowhere" / "紙面.pdf"))
    qtbot.waitUntil(lambda: any("フォルダー" in each.text() for each in boxes(preview)))
    assert preview.isVisible()


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="there is a printer")
def test_a_pc_without_a_printer_is_told_what_else_can_be_done(window, qtbot):
    preview = opened(window, qtbot)
    press(preview, "print_now")
    (box,) = boxes(preview)
    assert "プリンターが見つかりません" in box.text()
    assert "「PDFに保存」" in box.text()
    box.reject()
    assert preview.isVisible()


def boxes(preview):
    from kyodo_desktop.ui.widgets.plain import MessageBox

    return preview.findChildren(MessageBox)


def test_the_keys_of_pages_turn_them_and_leave_the_choices(window, qtbot):
    preview = opened(window, qtbot)
    pages, place = preview.findChild(PageView), preview.findChild(Label, "page_place")
    count = preview._drawer.page_count
    assert count == 2
    assert preview.focusWidget() is sheet(preview)
    for focus in (sheet(preview), preview.findChild(ChoiceBox, "paper_size")):
        for key, page in (
            (Qt.Key.Key_PageDown, 2),
            (Qt.Key.Key_PageUp, 1),
            (Qt.Key.Key_End, count),
            (Qt.Key.Key_Home, 1),
        ):
            qtbot.keyClick(focus, key)
            assert place.text() == f"{page} / {count} ページ"
            assert sheet(preview).accessibleName().endswith(place.text())
    press(preview, "next_page")
    assert place.text() == f"2 / {count} ページ"
    assert preview.paper is Paper.A4_LANDSCAPE
    press(preview, "page_width")
    assert pages.widget().width() > pages.viewport().width() * 0.9
    press(preview, "whole_page")
    assert pages.widget().height() <= pages.viewport().height()
    assert sheet(preview).pixmap().toImage().pixelColor(2, 2).name() == "#ffffff"
    whole = sheet(preview).width()
    press(preview, "page_larger")
    qtbot.keyClick(sheet(preview), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert sheet(preview).width() == pytest.approx(whole * 1.25**2, rel=0.01)
    for _ in range(3):
        press(preview, "page_smaller")
    assert sheet(preview).width() == whole, "no smaller than what can be read as a whole"


def test_the_buttons_stay_where_they_are_also_on_the_thousandth_page(window, qtbot):
    place = opened(window, qtbot).findChild(Label, "page_place")
    widest = place.fontMetrics().horizontalAdvance("1000 / 1234 ページ")
    assert place.minimumWidth() >= widest


def test_what_is_compared_is_printed_as_it_is_compared(window, qtbot):
    run(window, "compare")
    page = window.findChild(ComparisonPage)
    qtbot.waitUntil(lambda: page._comparison is not None)
    press(page, "print_comparison")
    preview = made(dialog(window), qtbot)
    assert [value for value, _ in preview._content._offered] == [Content.CHANGES]
    assert "前回：平成26年度" in words(preview)
    preview.reject()
    rename(window.plan.workspace, node_of(outline(window), "環境づくり"), "場づくり")
    run(window, "before_after")
    shown = dialog(window)
    assert isinstance(shown, BeforeAfterDialog)
    press(shown, "print_before_after")
    preview = made(dialog(window), qtbot)
    assert [value for value, _ in preview._content._offered] == [Content.BEFORE_AFTER]
    assert "場づくり" in words(preview)
    preview.reject()
    assert dialog(window) is shown, "nothing went out"
    press(shown, "print_before_after")
    made(dialog(window), qtbot).accept()
    assert not shown.isVisible()


def test_the_table_of_a_revision_and_the_list_are_there_until_it_went_out(window, qtbot):
    rename(window.plan.workspace, node_of(outline(window), "環境づくり"), "場づくり")
    record_revision(window.plan.workspace, "中間見直し", "2026-11-20", "情勢の変化")
    run(window, "revisions")
    listed = dialog(window)
    press(listed, "before_after_of_revision")
    shown = dialog(window)
    press(shown, "print_before_after")
    made(dialog(window), qtbot).reject()
    assert dialog(window) is shown
    press(shown, "print_before_after")
    made(dialog(window), qtbot).accept()
    assert not shown.isVisible()
    assert not listed.isVisible()


@pytest.mark.parametrize("asked", [(0, 0), (2, 2)])
def test_a_printer_gets_the_pages_that_were_asked_for(window, qtbot, tmp_path, asked):
    drawer = opened(window, qtbot)._drawer
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    printer.setPageLayout(page_layout(drawer.laid.paper))
    printer.setFromTo(*asked)
    count = print_pages(drawer, printer)
    printed = PdfReader(tmp_path / "a.pdf").pages
    assert len(printed) == count == (1 if any(asked) else drawer.page_count)
    first = asked[0] or 1
    assert f"{first} / {drawer.page_count}" in printed[0].extract_text()
