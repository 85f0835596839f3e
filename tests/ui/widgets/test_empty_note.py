"""A list with nothing in it says what will stand there, and how it comes there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
)

from kyodo_desktop.services import vocabularies
from kyodo_desktop.ui.checks.page import ChecksPage
from kyodo_desktop.ui.importing.doubt_rows import DoubtRows
from kyodo_desktop.ui.importing.doubts_list import DoubtsList
from kyodo_desktop.ui.inquiries.inquiry_dialog import SectionList
from kyodo_desktop.ui.plan_settings.editors import NamesEditor
from kyodo_desktop.ui.widgets.choosing import ChooseActionDialog
from kyodo_desktop.ui.widgets.item_views import EmptyNote
from tests import edits
from tests.builders import action_of
from tests.ui.driving import dialog, outline, run, select

BOOTH = "市民活動ブースの設置"


def note_of(view):
    (note,) = view.viewport().findChildren(EmptyNote)
    return note


def told(parent, name):
    """Return what an empty list says; nothing while the sentence is not to be seen."""
    view = parent.findChild(QAbstractItemView, name)
    note = note_of(view)
    assert view.accessibleDescription() == ("" if note.isHidden() else note.text())
    return "" if note.isHidden() else note.text()


def test_the_history_of_an_action_without_changes(window):
    select(window, BOOTH)
    run(window, "history")
    assert "まだ変更はありません。" in told(window.side, "history")
    edits.set_note(window.plan.workspace, action_of(outline(window), BOOTH), "備考")
    assert told(window.side, "history") == ""
    select(window, "協働のまちづくり講座の開設")
    assert "まだ変更はありません" in told(window.side, "history")


def test_the_sentence_lies_in_the_middle_and_takes_no_click(window):
    run(window, "revisions")
    view = dialog(window).findChild(QAbstractItemView, "revisions")
    note = note_of(view)
    assert abs(note.geometry().center().x() - view.viewport().rect().center().x()) <= 1
    assert note.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert view.viewport().childAt(note.geometry().center()) is None
    assert "「記録する」を押すと" in told(dialog(window), "revisions")
    dialog(window).reject()


def test_sections_come_and_the_sentence_goes(window):
    for section_id in outline(window).sections:
        vocabularies.delete_section(window.plan.workspace, section_id)
    run(window, "sections")
    shown = dialog(window)
    assert "担当課はまだありません" in told(shown, "sections")
    shown.findChild(QLineEdit, "new_section").setText("企画課")
    shown.findChild(QPushButton, "add").click()
    assert told(shown, "sections") == ""
    shown.reject()


def test_the_states_of_answers_tell_nobody_to_ask_from_nobody_left(window):
    run(window, "inquiry_states")
    shown = dialog(window)
    assert "照会できる課がまだありません" in told(shown, "states")
    shown.findChild(QCheckBox, "waited_for").setChecked(True)
    assert "照会できる課がまだありません" in told(shown, "states")
    shown.reject()


def test_a_choice_of_actions_tells_no_hits_from_no_actions(qtbot, workspace):
    for refusal, nothing in ((lambda _id: "", False), (lambda _id: "だめ", True)):
        shown = ChooseActionDialog(workspace.outline, "どれ", refusal)
        qtbot.addWidget(shown)
        assert bool(told(shown, "actions")) is nothing
        shown.findChild(QLineEdit, "action_search").setText("どこにもない名前")
        assert told(shown, "actions").startswith("選べる" if nothing else "その名称の")
        shown.findChild(QLineEdit, "action_search").clear()
        assert bool(shown.findChild(QListWidget).count()) is not nothing


def test_findings_tell_none_from_all_confirmed(qtbot):
    panel = ChecksPage()
    qtbot.addWidget(panel)
    assert told(panel, "findings") == ""
    panel.show_findings(None, ())
    assert told(panel, "findings").startswith("要確認の項目はありません。")


def test_what_to_look_at_is_not_said_to_be_nothing_before_it_is_known(qtbot):
    doubts = DoubtsList()
    qtbot.addWidget(doubts)
    doubts.show_rows(None)
    assert note_of(doubts).isHidden()
    doubts.show_rows(DoubtRows())
    assert note_of(doubts).text() == "確かめるところはありません。"
    assert not note_of(doubts).isHidden()


@pytest.mark.parametrize(
    "make", [lambda: NamesEditor("a", "名前", (), {})._table, SectionList]
)  # fmt: skip
def test_a_list_in_a_form(qtbot, make):
    view = make()
    qtbot.addWidget(view.window())
    assert not note_of(view).isHidden()
    assert note_of(view).text()


def test_the_restoring_of_a_plan_without_backups_says_when_there_will_be_one(window, tmp_path):
    from kyodo_desktop.ui.files.dialogs import RestoreDialog

    shown = RestoreDialog((), window)
    assert "1日に1回" in shown.findChild(QLabel, "explanation").text()
