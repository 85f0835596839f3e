"""The pane shows what is chosen and follows the plan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from kyodo_desktop.domain.checks.context import Finding
from kyodo_desktop.services import progress, removing, structure
from kyodo_desktop.services.checking import Checked
from kyodo_desktop.services.dump import dump
from kyodo_desktop.ui.editor.pane import EditorPane
from kyodo_desktop.ui.widgets import theme
from tests.builders import Clock, action_of, node_of, opened

TITLE, GRANT = "市民活動支援基金の創設", "市民活動支援補助金の創設"


def pages(pane):
    names = ("editor_hint", "action_form", "heading_form", "many_form")
    return [
        name for name in names for each in pane.findChildren(QWidget, name) if each.isVisible()
    ]


def test_nothing_chosen_says_what_to_do(pane, choose, find):
    choose()
    assert pages(pane) == ["editor_hint"]
    assert "左の一覧" in find("editor_hint").text()


@pytest.mark.parametrize(
    ("titles", "page"),
    [
        ((TITLE,), "action_form"),
        (("環境づくり",), "heading_form"),
        (("前期",), "heading_form"),
        ((TITLE, "環境づくり"), "many_form"),
    ],
)
def test_each_choice_has_its_page(pane, choose, titles, page):
    choose(*titles)
    assert pages(pane) == [page]


def test_going_on_to_something_else_saves_what_was_typed(choose, find, workspace):
    choose(TITLE)
    find("note").setPlainText("備考です")
    choose("環境づくり")
    assert workspace.outline.actions[action_of(workspace.outline, TITLE)].note == "備考です"


def test_commit_saves_what_was_typed(pane, choose, find, workspace):
    choose(TITLE)
    find("line_text_1").setPlainText("検討を終えた")
    assert pane.commit()
    assert workspace.outline.lines[action_of(workspace.outline, TITLE)][0].text == "検討を終えた"


def test_what_cannot_be_saved_is_told_and_stays_shown(qtbot, pane, choose, find):
    nodes = choose(TITLE)
    find("action_title").setText("")
    with qtbot.waitSignal(pane.failed) as failed:
        choose("環境づくり")
    assert "空です" in failed.args[0]
    assert pane.nodes == nodes
    pane.take_focus()
    assert find("action_title").hasFocus()
    find("action_title").setText("別の名称")
    choose("環境づくり")
    assert pane.nodes != nodes


def test_what_cannot_be_saved_is_unfolded_again(qtbot, pane, choose, find):
    choose(TITLE)
    find("action_title").setText("")
    find("details_fold").click()
    with qtbot.waitSignal(pane.failed):
        choose("環境づくり")
    pane.take_focus()
    assert find("action_title").hasFocus()


def test_what_is_unfolded_stays_so_for_all_actions(qtbot, workspace, pane, choose, find):
    choose(TITLE)
    find("details_fold").click()
    choose(GRANT)
    assert not pane.findChild(QWidget, "note").isVisible()
    later = EditorPane()
    qtbot.addWidget(later)
    later.restore(pane.state())
    later.show_plan(workspace)
    later.show_nodes(pane.nodes)
    assert later.findChild(QWidget, "note") is None, "what is folded is not made"
    find("details_fold").click()
    assert find("note")
    later.clear()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageDown, "H"])
@pytest.mark.parametrize("titles", [[TITLE], [TITLE, "市民活動保険の導入"]])
def test_a_key_in_a_closed_list_opens_it_and_assigns_nothing(
    qtbot, pane, choose, workspace, key, titles
):
    choose(*titles)
    before = dump(workspace)
    lists = [each for each in pane.findChildren(QComboBox) if each.isVisible()]
    assert lists
    for each in lists:
        each.setFocus()
        qtbot.keyClick(each, key)
        assert each.view().isVisible() or each.isEditable()
        each.hidePopup()
    assert dump(workspace) == before


def test_typing_keeps_the_focus_and_the_cursor(qtbot, choose, find):
    choose(TITLE)
    text = find("line_text_1")
    text.setFocus()
    cursor = text.textCursor()
    cursor.setPosition(3)
    text.setTextCursor(cursor)
    qtbot.keyClick(text, "x")
    text.parent().commit()
    assert text.hasFocus()
    assert text.textCursor().position() == 4


def test_something_deleted_is_shown_no_more(pane, choose, workspace):
    nodes = choose(TITLE)
    removing.delete(workspace, nodes)
    assert pages(pane) == ["editor_hint"]


def test_of_several_the_others_stay(pane, choose, workspace):
    first, _ = choose(TITLE, "地域づくり協議会の検討")
    removing.delete(workspace, [first])
    assert pages(pane) == ["action_form"]


def test_without_a_plan_nothing_is_shown(pane, choose, workspace):
    choose(TITLE)
    pane.clear()
    progress.set_status(workspace, [1], 1)
    assert pages(pane) == ["editor_hint"]
    assert pane.commit()


def test_another_plan_takes_the_place_of_the_first(qtbot, pane, choose, workspace, sample_master):
    nodes = choose(TITLE)
    other = opened(sample_master, Clock(), read_only=True)
    pane.show_plan(other.workspace)
    structure.rename(workspace, nodes[0], "前の計画の変更")
    pane.show_nodes(nodes)
    assert pane.findChild(QLineEdit, "action_title").text() == TITLE
    pane.clear()
    other.close()


READ_ONLY_PAGES = {"環境づくり": "heading_form", "職員研修の実施": "action_form"}
BUTTONS = ("status_1", "line_more_1", "add_line", "confirm_and_next", "accept", "section_name")


@pytest.mark.parametrize("title", READ_ONLY_PAGES)
def test_a_plan_that_is_read_only_can_be_read_and_not_edited(qtbot, sample_file, title):
    plan = opened(sample_file, Clock(), read_only=True)
    pane = EditorPane()
    qtbot.addWidget(pane)
    pane.restore(QByteArray(b"details"))
    pane.show_plan(plan.workspace)
    pane.show_nodes([node_of(plan.workspace.outline, title)])
    page = pane.findChild(QWidget, READ_ONLY_PAGES[title])
    fields = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    assert all(field.isReadOnly() for field in fields if field.isVisibleTo(page))
    boxes = [each for each in page.findChildren(QComboBox) if each.isVisibleTo(page)]
    assert all(each.is_locked for each in boxes)
    found = [page.findChild(QWidget, name) for name in BUTTONS]
    assert not any(each.isVisibleTo(page) for each in found if each)
    name = page.findChild(QLineEdit, "action_title") or page.findChild(QLineEdit, "heading_title")
    name.selectAll()
    name.copy()
    assert QApplication.clipboard().text() == title
    pane.clear()
    plan.close()


def test_only_what_is_needed_is_made(pane):
    assert pane.findChild(QWidget, "action_form") is None


@pytest.mark.parametrize("width", [360, 480, 620, 760])
@pytest.mark.parametrize(
    ("titles", "form"),
    [
        (("職員研修の実施",), "action_form"),
        (("環境づくり",), "heading_form"),
        (("職員研修の実施", "環境づくり"), "many_form"),
    ],
)
def test_nothing_is_wider_than_the_pane(pane, choose, find, width, titles, form):
    choose(*titles)
    pane.resize(width, 600)
    QApplication.processEvents()
    assert pane.width() == width
    assert find(form).horizontalScrollBar().maximum() == 0


def test_what_is_to_be_looked_at_stands_last(qtbot, pane, choose, find, workspace):
    choose(TITLE)
    here, elsewhere = (node_of(workspace.outline, title) for title in (TITLE, GRANT))
    line = pane.findChild(QWidget, "finding_line")
    pane.show_findings([Checked(Finding("overdue", elsewhere, "別のこと", ""), None)])
    assert line.isHidden()
    mine = [Finding("overdue", here, text, text) for text in ("期限を過ぎています", "確かめた")]
    pane.show_findings([Checked(mine[0], None), Checked(mine[1], "済")])
    assert find("finding_count").text() == "要確認 1"
    assert find("finding_text").text() == "期限を過ぎています"
    with qtbot.waitSignal(pane.findings_requested):
        find("open_findings").click()
    choose(GRANT)
    assert line.isHidden()


def test_the_scroll_bar_takes_its_room_from_the_margin(qtbot, pane, choose, find):
    choose(TITLE)
    pane.resize(501, 2000)
    QApplication.processEvents()
    width = find("this_round").width()
    pane.resize(501, 300)
    qtbot.waitUntil(find("action_form").verticalScrollBar().isVisible)
    qtbot.waitUntil(lambda: find("this_round").width() == width)


def test_another_size_keeps_what_is_typed_and_the_focus(pane, choose, find, workspace):
    choose(TITLE)
    QApplication.processEvents()
    height = find("line_text_1").height()
    find("line_text_1").setFocus()
    find("line_text_1").insertPlainText("書きかけ")
    try:
        theme.set_zoom(150)
        assert find("line_text_1").hasFocus()
        QApplication.processEvents()
        assert find("line_text_1").height() > height
        assert find("line_text_1").typed().startswith("書きかけ")
        assert pane.commit()
    finally:
        theme.set_zoom(100)
