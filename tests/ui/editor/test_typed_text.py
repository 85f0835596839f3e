"""What is typed is saved where it was typed, or stays there: in whatever there is to type into."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
)

from kyodo_desktop.services import rounds, vocabularies
from kyodo_desktop.services.dump import dump
from tests.builders import node_of
from tests.effort import DEEP
from tests.ui.driving import outline, tree

ACTION, OTHER = "市民活動支援補助金の創設", "市民活動支援基金の創設"
PAGES = {
    "action": [ACTION],
    "heading": ["環境づくり"],
    "several": [ACTION, OTHER],
}
ELSEWHERE = "市民活動保険の導入"
SECTION = "危機管理課"
TEXTS = {"words": "書きかけの言葉", "section": SECTION, "month": "H30.11"}
SHOWN_AS = {"H30.11": "平成30年11月"}
KINDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


class Desk:
    """The window with a page of the editor, its file, and another one."""

    def __init__(self, window, sample_file, page):
        self.window, self.file = window, sample_file
        self.other_file = sample_file.with_name("other.kyodo")
        self.nodes = [node_of(outline(window), title) for title in PAGES[page]]
        self.elsewhere = node_of(outline(window), ELSEWHERE)

    def show(self):
        """Show the page of the newest round, also after the window was left."""
        if not self.window.isVisible():
            self.window.show()
        if self.window.plan is None or self.window.plan.path != self.file:
            assert self.window.files.open(self.file)
        self.window.plan.workspace.show_round(max(outline(self.window).rounds))
        self.window.tree.select_all(self.nodes)
        assert self.is_there()

    def is_there(self):
        return (
            self.window.isVisible()
            and self.is_at_it()
            and outline(self.window).round.id == max(outline(self.window).rounds)
        )

    def is_at_it(self):
        """Tell whether the same is shown, be it in another round."""
        plan = self.window.plan
        return (plan and plan.path) == self.file and self.window.editor.nodes == self.nodes

    def inputs(self):
        """Return whatever can be typed into: found, not listed."""
        found = [each for kind in KINDS for each in self.window.editor.findChildren(kind)]
        return [
            each
            for each in found
            if each.isVisible() and each.isEnabled() and not each.isReadOnly()
        ]

    def reasons(self):
        errors = self.window.editor.findChildren(QLabel, "error")
        return [each.text() for each in errors if each.isVisible() and each.text()]

    def shows(self, text):
        """Tell whether the text can be read anywhere in the editor."""
        kinds = (*KINDS, QLabel, QAbstractButton, QComboBox)
        widgets = [each for kind in kinds for each in self.window.editor.findChildren(kind)]
        read = [text_of(each) for each in widgets if each.isVisible()]
        return any(text in each or SHOWN_AS.get(text, text) in each for each in read)


def text_of(widget):
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.toPlainText() if hasattr(widget, "toPlainText") else widget.text()


def type_into(field, text):
    field.setFocus()
    field.selectAll()
    put = field.insertPlainText if hasattr(field, "insertPlainText") else field.insert
    put(text)
    assert text_of(field)


def clear(desk, field, before):
    """Take back what was typed and refused."""
    for dialog in desk.window.findChildren(QDialog):
        dialog.reject()
    field.clear()
    if before:
        type_into(field, before)
    assert desk.window.editor.commit()


def click_another(desk):
    view = tree(desk.window)
    index = view.model().index_of(desk.elsewhere)
    view.scrollTo(index)
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    place = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def show_another_round(desk):
    button = desk.window.findChild(QPushButton, "round_chooser")
    button.setFocus()
    button.menu().aboutToShow.emit()
    next(each for each in button.menu().actions() if not each.isChecked()).trigger()


def open_another_file(desk):
    desk.window.files.open(desk.other_file)


def leave_the_field(desk):
    suggestions = QApplication.activePopupWidget()
    if suggestions is not None:
        suggestions.hide()  # as a click elsewhere does first
    tree(desk.window).setFocus()


def close_the_window(desk):
    desk.window.close()


WAYS = [click_another, show_another_round, open_another_file, leave_the_field, close_the_window]


@pytest.fixture
def desk(window, sample_file, page):
    desk = Desk(window, sample_file, page)
    desk.other_file.write_bytes(sample_file.read_bytes())
    vocabularies.add_section(window.plan.workspace, SECTION)
    rounds.open_round(window.plan.workspace, "平成28年度", 2016, "2016-10-31")
    return desk


CASES = [
    pytest.param(page, text, leave, id=f"{page}-{kind}-{leave.__name__}")
    for (i, page), (j, (kind, text)), (k, leave) in product(
        enumerate(PAGES), enumerate(TEXTS.items()), enumerate(WAYS)
    )
    if DEEP or (i + j + k) % len(WAYS) < 2  # each page with each text, each way with each page
]


@pytest.mark.deep
@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("page", "text", "leave"), CASES)
def test_what_is_typed_is_saved_where_it_was_typed_or_stays_there(desk, text, leave):
    desk.show()
    for number in range(len(desk.inputs())):
        desk.show()
        field = desk.inputs()[number]
        before, name = text_of(field), field.objectName()
        saved_before = dump(desk.window.plan.workspace)
        type_into(field, text)
        leave(desk)
        if desk.is_there() and desk.reasons():
            assert text_of(field) == text, name
            assert desk.window.toast.text or leave is leave_the_field, name
            clear(desk, field, before)
            continue
        assert desk.is_at_it() or not desk.shows(text), name
        if leave is leave_the_field:
            assert dump(desk.window.plan.workspace) != saved_before, name
        desk.show()
        assert desk.shows(text) or all_have(desk, text), name


def all_have(desk, name):
    """Tell whether each of several actions has got the section that was typed."""
    shown = outline(desk.window)
    ids = [action.id for node in desk.nodes if (action := shown.action_at(node))]
    return all(
        name in {shown.sections[each.section_id].name for each in shown.assignments.get(id_, ())}
        for id_ in ids
    )
