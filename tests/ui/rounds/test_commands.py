"""調査 in the window: begun, chosen, accepted, closed and opened again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QWidget,
)

from kyodo_desktop.services import history, next_term, progress, rounds
from kyodo_desktop.ui.editor.editing import LiveText
from kyodo_desktop.ui.overview.figures import Figures
from kyodo_desktop.ui.strip.strip import CONFIRMED
from tests.builders import action_of, node_of
from tests.ui.driving import dialog, outline, run, select, tree

BOOTH = "市民活動ブースの設置"


@pytest.fixture
def next_round(window):
    """Begin the round that the dialog suggests."""
    run(window, "new_round")
    dialog(window).accept()
    QApplication.processEvents()


def shown_round(window):
    return window.findChild(QPushButton, "round_chooser").accessibleName()


def find(window, kind, name):
    (found,) = [each for each in window.findChildren(kind, name) if each.isVisible()]
    return found


def pick(window, label):
    menu = window.findChild(QPushButton, "round_chooser").menu()
    menu.aboutToShow.emit()
    (action,) = [each for each in menu.actions() if each.text().startswith(label)]
    action.trigger()
    QApplication.processEvents()


def test_the_next_round_is_suggested_begun_and_shown(window):
    run(window, "new_round")
    asked = dialog(window)
    assert asked.findChild(QLineEdit, "round_name").text() == "平成28年度"
    assert asked.findChild(QLineEdit, "round_day").text() == "平成28年10月31日"
    asked.accept()
    assert outline(window).round.name == "平成28年度"
    assert "平成28年度" in shown_round(window)
    assert "進捗状況 33行を引き継ぎました" in window.toast.text


def test_a_name_that_is_taken_is_told_at_its_field(window):
    run(window, "new_round")
    asked = dialog(window)
    asked.findChild(QLineEdit, "round_name").setText("平成27年度")
    asked.accept()
    assert asked.isVisible()
    assert "既にあります" in asked.findChild(QLabel, "error").text() or any(
        "既にあります" in each.text() for each in asked.findChildren(QLabel, "error")
    )
    asked.reject()


@pytest.mark.usefixtures("next_round")
def test_the_last_round_stands_beside_and_is_accepted_with_a_button(window):
    select(window, BOOTH)
    action_id = action_of(outline(window), BOOTH)
    assert "前回　平成27年度" in find(window, QLabel, "previous_round").text()
    assert "28年3月予定" in find(window, QLabel, "previous_text_1").text()
    find(window, QPushButton, "accept").click()
    assert not outline(window).is_carried(action_id)
    assert not find(window, QPushButton, "accept").isEnabled()
    progress.set_status(window.plan.workspace, [action_id], 1)
    before = find(window, QWidget, "previous_status")
    assert before.accessibleName() == "状態：◇ 完了の目途"


@pytest.mark.usefixtures("next_round")
def test_several_are_accepted_at_once_and_the_filter_shows_what_is_left(window):
    ids = list(outline(window).placed)
    for_all = [each for each in ids if each != action_of(outline(window), BOOTH)]
    select(window, BOOTH)
    run(window, "accept_carried")
    assert [each for each in ids if outline(window).is_carried(each)] == for_all
    window.strip.choose(CONFIRMED)
    assert window.strip.figures[CONFIRMED].left == len(for_all)
    model = tree(window).model()
    assert model.index_of(node_of(outline(window), "環境づくり")).isValid()
    assert not model.index_of(node_of(outline(window), BOOTH)).isValid()


@pytest.mark.usefixtures("next_round")
def test_another_round_is_chosen_from_the_toolbar(window):
    action_id = action_of(outline(window), BOOTH)
    progress.set_status(window.plan.workspace, [action_id], 1)
    select(window, BOOTH)
    pick(window, "平成27年度")
    assert outline(window).round.name == "平成27年度"
    assert outline(window).status(action_id).mark == "◇"
    assert find(window, QPushButton, "status_2").isChecked()
    pick(window, "平成28年度")
    assert find(window, QPushButton, "status_1").isChecked()


def test_a_closed_round_is_read_only_in_the_window(window):
    select(window, BOOTH)
    run(window, "close_round")
    asked = dialog(window)
    assert "変更できなくなります" in asked.informativeText()
    find(window, QPushButton, "close").click()
    assert "平成27年度（確定）" in shown_round(window)
    assert find(window, QWidget, "status_word").isEnabled()
    assert find(window, QPlainTextEdit, "line_text_1").isReadOnly()
    assert not window.actions_by_name["close_round"].isEnabled()


def test_a_closed_round_says_so_where_nothing_can_be_typed(window):
    run(window, "close_round")
    find(window, QPushButton, "close").click()
    assert "閲覧のみ" in find(window, QLabel, "foot_saved").text()
    run(window, "opinions")
    hint = dialog(window).findChild(QLabel, "opinions_hint").text()
    assert "確定済み" in hint
    assert "保存" not in hint


@pytest.mark.parametrize("way", ["reopen_round", "undo"])
def test_a_closed_round_is_opened_again_for_a_reason_only(window, way):
    run(window, "close_round")
    find(window, QPushButton, "close").click()
    run(window, way)
    asked = dialog(window)
    asked.accept()
    assert asked.isVisible()
    asked.findChild(QLineEdit, "reason").setText("訂正")
    asked.accept()
    assert outline(window).round.closed_at is None
    assert "理由：訂正" in history.entries(window.plan.workspace)[0].label


@pytest.mark.usefixtures("next_round")
def test_the_list_renames_and_deletes_rounds(window):
    run(window, "rounds")
    listed = dialog(window)
    listed.findChild(QPushButton, "edit_round").click()
    (asked,) = [
        each for each in listed.children() if each.objectName() == "" and hasattr(each, "asked")
    ]
    asked.findChild(QLineEdit, "round_name").setText("平成28年度（中間）")
    asked.accept()
    rows = listed.findChild(QTreeWidget)
    assert rows.topLevelItem(0).text(0) == "平成28年度（中間）"
    listed.findChild(QPushButton, "delete_round").click()
    find(listed, QPushButton, "delete").click()
    assert rows.topLevelItemCount() == 1
    listed.reject()
    assert outline(window).round.name == "平成27年度"


def test_opinions_are_written_on_one_page_and_at_their_heading(window):
    run(window, "opinions")
    page = dialog(window)
    page.findChild(QPlainTextEdit, "opinion_0").setPlainText("総じて順調である。")
    heading = next(iter(outline(window).headings))
    page.findChild(QPlainTextEdit, f"opinion_{heading}").setPlainText("拠点を早く。")
    page.findChild(QPlainTextEdit, f"response_{heading}").setPlainText("次の年度に置く。")
    page.reject()
    assert outline(window).opinions[None].text == "総じて順調である。"
    select(window, "環境づくり")
    window.features.overview.unfold()
    assert find(window, QPlainTextEdit, "opinion").toPlainText() == "拠点を早く。"
    assert find(window, QPlainTextEdit, "response").toPlainText() == "次の年度に置く。"
    select(window, "前期")
    assert find(window, QPlainTextEdit, "opinion").toPlainText() == "総じて順調である。"
    find(window, QPlainTextEdit, "response").setPlainText("この調子で進める。")
    window.editor.commit()
    assert outline(window).opinions[None].response == "この調子で進める。"


@pytest.mark.parametrize("way", ["tab", "click", "waiting"])
@pytest.mark.parametrize("column", ["opinion", "response"])
@pytest.mark.parametrize("of", ["the whole", "a heading"])
def test_an_opinion_stays_in_its_field_after_it_is_saved_and_is_typed_on(
    window, qtbot, of, column, way
):
    node = 0 if of == "the whole" else next(iter(outline(window).headings))
    run(window, "opinions")
    page = dialog(window)
    qtbot.waitActive(page)
    field = page.findChild(QPlainTextEdit, f"{column}_{node}")
    for text in ("総じて", "順調である。"):
        type_at_end(qtbot, field, text)
        leave(qtbot, page, field, way)
        said = outline(window).opinions[node or None]
        saved = said.text if column == "opinion" else said.response
        assert field.toPlainText() == saved
    assert saved == "総じて順調である。"
    page.reject()
    assert outline(window).opinions[node or None] == said


def type_at_end(qtbot, field, text):
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.insertPlainText(text)


def leave(qtbot, page, field, way):
    """Leave a field, or stay until what is typed there has been saved."""
    if way == "waiting":
        others = [each for each in page.findChildren(LiveText) if each.field is field]
        qtbot.waitUntil(lambda: others[0].unsaved() is None)
        others[0].commit()
        return
    if way == "tab":
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    else:
        other = next(each for each in page.findChildren(QPlainTextEdit) if each is not field)
        qtbot.mouseClick(other.viewport(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not field.hasFocus())


def test_opinions_that_come_from_elsewhere_are_shown_in_the_open_page(window):
    workspace = window.plan.workspace
    run(window, "opinions")
    page = dialog(window)
    rounds.set_opinion(workspace, node_of(outline(window), "前期"), "順調")
    assert page.findChild(QPlainTextEdit, "opinion_0").toPlainText() == "順調"
    workspace.undo()
    assert page.findChild(QPlainTextEdit, "opinion_0").toPlainText() == ""


def test_the_page_of_opinions_closes_with_its_round(window):
    run(window, "opinions")
    page = dialog(window)
    rounds.open_round(window.plan.workspace, "平成28年度", 2016, "2016-10-31")
    assert not page.isVisible()
    QApplication.processEvents()
    rounds.set_opinion(window.plan.workspace, node_of(outline(window), "前期"), "順調")


def test_opinions_on_alike_headings_of_two_terms_are_told_apart(window):
    workspace = window.plan.workspace
    next_term.draw_up(workspace, next_term.proposed(workspace))
    run(window, "opinions")
    page = dialog(window)
    assert [page.findChild(QLabel, f"term_{each}").text() for each in (1, 2)] == [
        "前期　平成23～27年度",
        "後期　平成28～32年度",
    ]
    same = [
        each.accessibleName()
        for each in page.findChildren(QPlainTextEdit)
        if "環境づくり" in each.accessibleName()
    ]
    assert same == [
        f"{term}　1 環境づくりへの{what}"
        for term in ("前期", "後期")
        for what in ("意見", "市の対応")
    ]
    page.reject()


def test_opinions_of_a_single_term_need_no_name_of_it(window):
    run(window, "opinions")
    assert dialog(window).findChild(QLabel, "term_1") is None
    dialog(window).reject()


def test_after_the_end_of_a_term_it_is_told_that_the_round_does_not_ask_for_it(window):
    workspace = window.plan.workspace
    next_term.draw_up(workspace, next_term.proposed(workspace))
    told = window.side.findChild(QLabel, "outside_the_round")
    select(window, "環境づくり", nth=1)
    assert told.toolTip().startswith("後期は平成28年度から（")
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    for title in ("前期", "環境づくり", BOOTH):
        select(window, title)
        assert told.isVisible()
        assert told.toolTip() == "前期は平成27年度まで（この調査の対象外）"
        assert not any(each.isVisible() for each in window.findChildren(Figures))
    select(window, BOOTH, nth=1)
    assert not told.isVisible()
