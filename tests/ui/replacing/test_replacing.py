"""置換 in the window: what is shown before, what is ticked, and the one step that it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableView,
)

from kyodo_desktop.services import rounds
from kyodo_desktop.ui.widgets.plain import spoken
from tests.builders import node_of
from tests.ui.driving import dialog, outline, run, select

FUND = "市民活動支援基金の創設"


@pytest.fixture
def replacing(window):
    run(window, "replace")
    return dialog(window)


def look_for(replacing, find, put, *labels):
    for box in replacing.findChildren(QCheckBox):
        if box.objectName().startswith("kind_") and labels:
            box.setChecked(spoken(box.text()) in labels)
    replacing.findChild(QLineEdit, "find").setText(find)
    replacing.findChild(QLineEdit, "put").setText(put)
    replacing.search()
    return replacing.findChild(QTableView, "hits").model()


def texts(model, column):
    return [model.index(row, column).data() for row in range(model.rowCount())]


def replace_now(replacing):
    replacing.findChild(QPushButton, "replace_now").click()


def test_each_hit_is_shown_with_its_place_before_and_after(replacing):
    model = look_for(replacing, "基金", "資金", "名称")
    assert texts(model, 1) == ["1-(3)-② 市民活動支援基金の創設"]
    assert texts(model, 2) == ["名称"]
    assert texts(model, 3) == [FUND]
    assert texts(model, 4) == ["市民活動支援資金の創設"]


def test_what_is_ticked_is_replaced_in_one_step(window, replacing):
    model = look_for(replacing, "創設", "新設", "名称")
    found = model.rowCount()
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    first = model.hits[0].place.text
    replace_now(replacing)
    node_of(outline(window), first)
    node_of(outline(window), "市民活動支援基金の新設")
    assert f"{found - 1}件" in window.toast.text
    run(window, "undo")
    node_of(outline(window), FUND)


def test_only_what_is_chosen_is_looked_at_where_that_is_wanted(window):
    select(window, FUND)
    run(window, "replace")
    replacing = dialog(window)
    replacing.findChild(QRadioButton, "within").setChecked(True)
    assert texts(look_for(replacing, "創設", "新設", "名称"), 3) == [FUND]


def test_a_text_that_would_not_fit_says_why_and_cannot_be_ticked(replacing):
    model = look_for(replacing, FUND, "", "名称")
    assert "空です" in model.index(0, 4).data()
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert not replacing.findChild(QPushButton, "replace_now").isEnabled()


def test_a_closed_round_leaves_names_and_says_so(window):
    rounds.close_round(window.plan.workspace, outline(window).round.id)
    run(window, "replace")
    replacing = dialog(window)
    enabled = [
        spoken(box.text())
        for box in replacing.findChildren(QCheckBox)
        if box.objectName().startswith("kind_") and box.isEnabled()
    ]
    assert enabled == ["名称", "内容", "備考"]
    assert (
        "確定済み"
        in replacing.findChild(QLineEdit, "find")
        .window()
        .findChild(type(replacing._count), "refusal")
        .text()
    )


def test_enter_goes_on_to_what_is_missing_and_then_replaces(window, replacing, qtbot):
    field = replacing.findChild(QLineEdit, "find")
    field.setText("基金")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    put = replacing.findChild(QLineEdit, "put")
    assert put.hasFocus()
    qtbot.keyClick(put, Qt.Key.Key_Return)  # with nothing in its place: the button is the next
    assert replacing.findChild(QPushButton, "replace_now").hasFocus()
    assert window.plan.workspace.undo_label is None
    put.setFocus()
    put.setText("資金")
    qtbot.keyClick(put, Qt.Key.Key_Return)  # shows what that would be
    qtbot.keyClick(put, Qt.Key.Key_Return)
    assert not replacing.isVisible()
    node_of(outline(window), "市民活動支援資金の創設")


def test_each_control_has_a_key_of_its_own(replacing):
    buttons = [each for each in replacing.findChildren(QAbstractButton) if each.text()]
    labels = [
        each for each in replacing.findChildren(QLabel) if isinstance(each.buddy(), QLineEdit)
    ]
    texts = [each.text() for each in (*buttons, *labels)]
    keys = {text: QKeySequence.mnemonic(text).toString() for text in texts}
    cancel = replacing.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    assert [text for text, key in keys.items() if not key] == [cancel.text()]  # that is Esc
    assert len({*keys.values()}) == len(keys)
