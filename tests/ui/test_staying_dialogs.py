"""A dialog is there until what it asks for is done: a refusal loses nothing that was entered."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
)

from kyodo_desktop.services import rounds
from kyodo_desktop.services.comparing import record_revision
from kyodo_desktop.services.report_choices import save_report_choice
from kyodo_desktop.services.structure import rename
from tests.builders import node_of
from tests.ui.driving import dialog, outline, run, select
from tests.ui.screens import dialogs

WHY = "別の人が編集を始めました。"
CENTRE = "市民活動サポートセンターの創設"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@contextmanager
def refusing(window):
    """Let every edit of the plan be refused meanwhile."""
    workspace = window.plan.workspace
    workspace.read_only_because = WHY
    yield
    workspace.read_only_because = ""


def told(shown):
    """Return the words by which a dialog, or what stands above it, says why not."""
    labels = [each.text() for each in shown.findChildren(QLabel) if each.isVisible()]
    return "".join(labels)


def typed(shown, name, text):
    field = shown.findChild(QLineEdit, name) or shown.findChild(QPlainTextEdit, name)
    field.setFocus()
    (field.setText if isinstance(field, QLineEdit) else field.setPlainText)(text)
    return lambda: field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def new_round(window):
    run(window, "new_round")
    return typed(dialog(window), "round_name", "臨時の調査")


def changed_round(window):
    run(window, "rounds")
    dialog(window).findChild(QPushButton, "edit_round").click()
    return typed(dialog(window), "round_name", "臨時の調査")


def reason_to_reopen(window):
    rounds.close_round(window.plan.workspace, outline(window).round.id)
    run(window, "reopen_round")
    return typed(dialog(window), "reason", "訂正の申出")


def settings(window):
    run(window, "plan_settings")
    return typed(dialog(window), "title", "書きかけの計画名")


def revision(window):
    run(window, "revisions")
    dialog(window).findChild(QPushButton, "add_revision").click()
    return typed(dialog(window), "revision_name", "中間見直し")


def reason(window):
    workspace = window.plan.workspace
    rename(workspace, node_of(outline(window), "環境づくり"), "場づくり")
    record_revision(workspace, "中間見直し", "2026-11-20", "情勢の変化")
    run(window, "before_after")
    dialog(window).findChild(QTextBrowser, "before_after").anchorClicked.emit(QUrl("0"))
    return typed(dialog(window), "reason", "需要が増えたため")


def joined(window):
    window.tree.select_all([node_of(outline(window), CENTRE, nth=nth) for nth in range(2)])
    run(window, "join")
    return typed(dialog(window), "joined_line_1", "平成28年3月に開設した")


def replaced(window):
    run(window, "replace")
    typed(dialog(window), "find", "基金")
    dialog(window).search()
    return typed(dialog(window), "put", "資金")


def pasted(window):
    select(window, "活動拠点の整備")
    data = QMimeData()
    data.setText("1\t夜間講座\n2\t出前講座\n")
    QGuiApplication.clipboard().setMimeData(data)
    run(window, "paste")
    box = dialog(window).findChild(QCheckBox, "has_headings")
    box.click()
    return box.isChecked


def rules(window):
    window.features.checks.ask_for_rules()
    box = dialog(window).findChild(QCheckBox)
    box.click()
    return box.isChecked


def saved_choices(window):
    run(window, "export")
    dialog(window).findChild(QPushButton, "save").click()
    return typed(dialog(window), "name", "市のページ")


def next_term(window):
    run(window, "next_term")
    return typed(dialog(window), "term_name", "書きかけの期")


@pytest.mark.parametrize(
    "entered",
    [
        *(new_round, changed_round, reason_to_reopen, settings, revision, reason, joined),
        *(replaced, pasted, rules, saved_choices, next_term),
    ],
)
def test_a_refused_edit_leaves_the_dialog_with_what_was_entered(window, entered):
    value = entered(window)
    shown, before = dialog(window), value()
    was_at = shown.focusWidget()
    if entered is replaced:
        shown.search()
    with refusing(window):
        shown.accept()
        assert WHY in told(dialog(window))
    if dialog(window) is not shown:
        dialog(window).accept()
    assert shown.isVisible()
    assert value() == before
    assert shown.focusWidget() is was_at
    before = window.plan.workspace.undo_label
    shown.accept()
    assert not shown.isVisible()
    assert window.plan.workspace.undo_label != before, "the second time it was done"


def test_a_deletion_that_is_refused_is_told_in_front_of_the_list(window):
    rounds.open_round(window.plan.workspace, "臨時の調査", 2016, "2016-10-31")
    run(window, "rounds")
    listed = dialog(window)
    listed.findChild(QPushButton, "delete_round").click()
    with refusing(window):
        dialog(window).findChild(QPushButton, "delete").click()
    assert WHY in dialog(window).text()
    assert dialog(window).parent() is listed


def test_who_replaces_no_saved_choices_is_back_at_the_name(window):
    save_report_choice(window.plan.workspace, "市のページ", "{}")
    name = saved_choices(window)
    asked = dialog(window)
    asked.accept()
    dialog(window).reject()
    assert dialog(window) is asked
    assert name() == "市のページ"


def test_who_joins_nothing_is_back_at_the_search_for_the_other_one(window):
    select(window, CENTRE)
    run(window, "join")
    chooser = dialog(window)
    search = chooser.findChild(QLineEdit, "action_search")
    search.setText("ｻﾎﾟｰﾄ")
    chosen = chooser.findChild(QListWidget, "actions").currentItem().text()
    chooser.accept()
    page = dialog(window)
    assert page is not chooser
    page.reject()
    assert dialog(window) is chooser
    assert search.text() == "ｻﾎﾟｰﾄ"
    assert chooser.findChild(QListWidget, "actions").currentItem().text() == chosen
    chooser.accept()
    dialog(window).accept()
    assert dialogs(window) == []
    assert "まとめました" in window.toast.text
