"""Copy and paste with Excel, from the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
)

from kyodo_desktop.domain import action_fields, pasting
from tests.ui.driving import dialog, outline, run, select, tree

BOOTH = "市民活動ブースの設置"
ROWS = (
    "番号\t取組名\t担当課\t評価\t実績\n"
    "1\t夜間講座\t総務課\t完了\t平成27年度に開いた\n"
    "2\t出前講座\t\tたぶん\t\n"
)


def put(text):
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def part(window, kind, name):
    return dialog(window).findChild(kind, name)


@pytest.fixture(autouse=True)
def _in_the_tree(window):
    tree(window).setFocus()


def test_selected_rows_are_copied_as_text_and_as_a_table(window):
    select(window, "活動支援及び中間支援機能の充実")
    run(window, "copy")
    copied = QGuiApplication.clipboard().mimeData()
    lines = copied.text().splitlines()
    assert lines[0].split("\t")[:3] == ["番号", "実行計画", "担当課"]
    assert len(lines) == 1 + 3
    assert copied.html().count("<tr>") == 1 + 3
    assert "実行計画3件をコピーしました" in window.toast.text


def test_rows_are_previewed_and_pasted_as_one_step(window):
    heading = select(window, "活動拠点の整備")
    put(ROWS)
    run(window, "paste")
    assert part(window, QCheckBox, "has_headings").isChecked()
    assert part(window, QLabel, "result").text() == (
        "実行計画2件を貼り付けます。担当課の一覧に「総務課」を加えます。"
    )
    problems = part(window, QPlainTextEdit, "problems")
    assert problems.isVisible()
    assert "3行目: 「状態」の「たぶん」" in problems.toPlainText()
    dialog(window).accept()
    plan = outline(window)
    titles = [plan.title(node) for node in plan.children[heading]]
    assert titles == [BOOTH, "夜間講座", "出前講座"]
    assert window.plan.workspace.undo_label == "貼り付け：実行計画2件"
    assert window.tree.current_node() == plan.children[heading][1]


def test_a_column_that_is_chosen_anew_is_read_anew(window):
    select(window, "活動拠点の整備")
    put("夜間講座\t長い説明の文がここにある\n出前講座\t短い\n")
    run(window, "paste")
    box = part(window, QComboBox, "column_1")
    assert box.currentData() == pasting.PROGRESS.heading
    box.setCurrentIndex(box.findData(action_fields.OUTLOOK.heading))
    assert (
        dialog(window).pasted.actions[0].values[action_fields.OUTLOOK]
        == "長い説明の文がここにある"
    )
    part(window, QCheckBox, "has_headings").setChecked(True)
    assert len(dialog(window).pasted.actions) == 1
    box.setCurrentIndex(box.findData(pasting.UNUSED.heading))
    first = part(window, QComboBox, "column_0")
    first.setCurrentIndex(first.findData(pasting.UNUSED.heading))
    assert (
        not part(window, QDialogButtonBox, "")
        .button(QDialogButtonBox.StandardButton.Ok)
        .isEnabled()
    )
    dialog(window).reject()


def test_lines_are_pasted_to_the_chosen_action(window):
    select(window, BOOTH)
    put("✓ 済んだ\n準備中\n")
    run(window, "paste")
    assert "進捗状況" in part(window, QComboBox, "target").currentText()
    dialog(window).accept()
    lines = outline(window).lines[1]
    assert [(line.status_id, line.text) for line in lines][1:] == [(1, "済んだ"), (None, "準備中")]


def test_a_text_keeps_its_own_copy_and_paste(window, qtbot):
    select(window, BOOTH)
    run(window, "search")
    search = window.strip.search
    qtbot.waitUntil(search.hasFocus)
    put("講座")
    run(window, "paste")
    assert search.text() == "講座"
    search.selectAll()
    put("")
    run(window, "copy")
    assert QGuiApplication.clipboard().text() == "講座"


def test_without_a_table_or_a_place_it_is_told_what_to_do(window):
    put("")
    select(window, BOOTH)
    run(window, "paste")
    assert "Excelで行を選んでコピー" in window.toast.text
    put("夜間講座")
    select(window, "前期")
    run(window, "paste")
    assert "見出しか実行計画を選んで" in window.toast.text
