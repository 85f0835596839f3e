"""見直し is recorded in the window, and shown as 新旧対照表 with its reasons."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QTreeWidget,
)

from kyodo_desktop.services import structure
from kyodo_desktop.services.comparing import record_revision
from kyodo_desktop.ui.comparing.before_after_dialog import BeforeAfterDialog
from kyodo_desktop.ui.comparing.revision_form import ReasonDialog, RevisionDialog
from kyodo_desktop.ui.comparing.revisions_dialog import RevisionsDialog
from tests.builders import node_of
from tests.ui.driving import choose_file, dialog, run

BOOTH = "市民活動ブースの設置"


@pytest.fixture
def workspace(window):
    """The plan in the window, with one action renamed."""
    workspace = window.plan.workspace
    structure.rename(workspace, node_of(workspace.outline, BOOTH), "市民活動ブースの増設")
    return workspace


def inner(parent, kind):
    (found,) = parent.findChildren(kind)
    return found


def confirm(shown):
    shown.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()


def table(shown):
    return shown.findChild(QTextBrowser, "before_after")


def test_a_revision_is_recorded_changed_and_deleted(window, workspace):
    run(window, "revisions")
    shown = dialog(window)
    assert isinstance(shown, RevisionsDialog)
    shown.findChild(QPushButton, "add_revision").click()
    form = inner(shown, RevisionDialog)
    confirm(form)
    assert form.isVisible()  # it needs a name
    form.findChild(QLineEdit, "revision_name").setText("中間見直し")
    form.findChild(QPlainTextEdit, "reason").setPlainText("情勢の変化")
    confirm(form)
    (revision,) = workspace.outline.revisions.values()
    assert (revision.name, revision.reason) == ("中間見直し", "情勢の変化")
    assert shown.findChild(QTreeWidget).topLevelItem(0).text(0) == "中間見直し"
    shown.findChild(QPushButton, "delete_revision").click()
    assert workspace.outline.revisions == {}


def test_the_before_after_table_of_a_revision_is_read_copied_and_given_its_reasons(
    window, workspace
):
    record_revision(workspace, "中間見直し", "2026-11-20", "情勢の変化")
    run(window, "before_after")
    shown = dialog(window)
    assert isinstance(shown, BeforeAfterDialog)
    assert "1-(1)-① 市民活動ブースの増設" in table(shown).toPlainText()
    assert "<u" in table(shown).toHtml() or "underline" in table(shown).toHtml()
    table(shown).anchorClicked.emit(QUrl("0"))
    reason = inner(shown, ReasonDialog)
    reason.findChild(QPlainTextEdit, "reason").setPlainText("需要が増えたため")
    confirm(reason)
    assert "需要が増えたため" in table(shown).toPlainText()
    shown.findChild(QPushButton, "copy").click()
    copied = QGuiApplication.clipboard().mimeData()
    assert (
        "1-(1)-① 市民活動ブースの増設\t1-(1)-① 市民活動ブースの設置\t需要が増えたため"
        in copied.text()
    )
    assert "<u" in copied.html()


def test_without_a_revision_terms_and_days_can_be_compared(window, workspace):
    run(window, "before_after")
    shown = dialog(window)
    kind = shown.findChild(QComboBox, "kind")
    assert [kind.itemText(place) for place in range(kind.count())] == ["期と期", "2つの日付"]
    assert "（削除）" in table(shown).toPlainText()  # nothing stands in the later term yet
    kind.setCurrentIndex(1)
    kind.activated.emit(1)
    assert "計画の変更はありません" in table(shown).toPlainText()


def test_the_before_after_table_goes_to_a_workbook_of_its_own(window, workspace, qtbot, tmp_path):
    record_revision(workspace, "中間見直し", "2026-11-20", "情勢の変化")
    window.settings.set_report({"open_afterwards": False})
    run(window, "before_after")
    shown = dialog(window)
    for _ in range(2):
        shown.findChild(QPushButton, "export_before_after").click()
        dialog(window).reject()
        assert dialog(window) is shown, "no place was chosen"
    shown.findChild(QPushButton, "export_before_after").click()
    with qtbot.waitSignal(window.features.exports.ended):
        choose_file(window, tmp_path / "新旧.xlsx")
    assert not any(each.isVisible() for each in window.findChildren(BeforeAfterDialog))
    sheet = load_workbook(tmp_path / "新旧.xlsx")["新旧対照表"]
    cells = [[each.value for each in row] for row in sheet.iter_rows(min_row=3)]
    assert cells[0][0] == (
        "見直し「中間見直し」（令和8年11月20日決定）　　旧：調査「平成27年度」を始めた時"
    )
    assert cells[1] == ["新", "旧", "理由"]
    assert ["1-(1)-① 市民活動ブースの増設", "1-(1)-① 市民活動ブースの設置", "情勢の変化"] in cells
