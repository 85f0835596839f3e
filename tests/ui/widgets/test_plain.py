"""Words are shown as they are, and markup fetches nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QPixmap, Qt, QTextDocument
from PySide6.QtWidgets import QLabel, QTextBrowser

from kyodo_desktop.ui.widgets.plain import Label, MessageBox, RichView, rich_label, tip, whole
from tests.hostile import MARKUP

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def picture(qtbot, tmp_path):
    path = tmp_path / "x.png"
    pixmap = QPixmap(2, 2)
    pixmap.fill(Qt.GlobalColor.red)
    assert pixmap.save(str(path))
    return QUrl.fromLocalFile(str(path))


LOOKALIKES = (MARKUP, "<b>太字</b>\n二行目", "&lt;", "<!doctype html>", "a < b")


@pytest.mark.parametrize("text", LOOKALIKES)
def test_a_tooltip_says_what_it_was_given(text):
    document = QTextDocument()
    if Qt.mightBeRichText(tip(text)):
        document.setHtml(tip(text))
    else:
        document.setPlainText(tip(text))
    assert document.toPlainText() == text


def test_a_label_and_a_message_are_plain(qtbot):
    label, box = Label(MARKUP), MessageBox()
    qtbot.addWidget(box)
    box.setText(MARKUP)
    box.setInformativeText(MARKUP)
    shown = [each for each in box.findChildren(QLabel) if each.text()]
    assert len(shown) == 2
    for each in (label, *shown):
        assert each.text() == MARKUP
        assert each.textFormat() == Qt.TextFormat.PlainText
    assert rich_label("<b>a</b>").textFormat() == Qt.TextFormat.RichText


def test_markup_fetches_nothing(qtbot, picture):
    markup = f'<img src="{picture.toString()}">'
    ours, theirs = RichView(), QTextBrowser()
    for view in (ours, theirs):
        qtbot.addWidget(view)
        view.setHtml(markup)
    assert not ours.document().resource(IMAGE, picture)
    assert theirs.document().resource(IMAGE, picture)


def test_no_letter_of_a_name_becomes_a_mnemonic():
    assert whole("R&D") == "R&&D"
