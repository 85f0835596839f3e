"""紙面 on pages: every row once, the head on each of them, and a PDF that holds them all."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintPreviewWidget
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QGraphicsView, QPushButton

from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.services import progress
from kyodo_desktop.ui.paper import printing
from kyodo_desktop.ui.paper.cells import texts_of
from kyodo_desktop.ui.widgets.plain import Label
from tests.builders import action_of
from tests.outlines import DONE, NEAR, ONGOING, large_outline
from tests.ui.driving import dialog, outline, run

A4_ID = QPageSize.PageSizeId.A4
A4 = QSizeF(1160, 795)
NOW = datetime(2026, 11, 30, tzinfo=UTC)


def rows_on(book):
    return [block.row for page in book.pages for block in page.blocks]


def printed(path, texts, size=QPageSize.PageSizeId.A4):
    """Return how many pages a PDF has."""
    printing.write_pdf(path, texts, NOW, size)
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


def test_each_row_stands_on_one_page_in_its_order(workspace, qapp):
    texts = texts_of(workspace.outline, None)
    book = printing.PaperBook(texts, A4)
    assert len(book.pages) > 1
    assert rows_on(book) == list(range(34))
    assert [page.is_first for page in book.pages] == [True, *[False] * (len(book.pages) - 1)]


def test_no_page_is_higher_than_the_paper(qapp):
    texts = texts_of(large_outline(700), None)
    book = printing.PaperBook(texts, A4)
    assert rows_on(book) == list(range(700))
    assert all(
        sum(block.height for block in page.blocks) < A4.height() - 28 for page in book.pages
    )


def test_a_row_that_is_higher_than_a_page_goes_on_without_losing_a_line(workspace, qapp):
    action = action_of(workspace.outline, "市民活動ブースの設置")
    line = workspace.outline.lines[action][0]
    progress.set_line_text(workspace, line.id, "\n".join(map(str, range(150))))
    book = printing.PaperBook(texts_of(workspace.outline, None), A4)
    pieces = [block for page in book.pages for block in page.blocks if block.row == 0]
    assert len(pieces) > 2
    assert [piece.first for piece in pieces[1:]] == [piece.last for piece in pieces[:-1]]
    assert pieces[-1].last == 150


@pytest.mark.parametrize("size", [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A3])
def test_a_pdf_has_all_the_pages(workspace, tmp_path, size):
    assert printed(tmp_path / "紙面.pdf", texts_of(workspace.outline, None), size) == 2


def test_badges_are_told_from_each_other_in_black_and_white(qapp):
    def drawn(status):
        image = QImage(18, 18, QImage.Format.Format_Grayscale8)
        image.fill(QColor("white"))
        painter = QPainter(image)
        printing.draw_badge(painter, painter.viewport().topLeft(), status)
        painter.end()
        return sum(image.pixelColor(x, y).lightness() for x in range(18) for y in range(18))

    darkness = [drawn(status) for status in (DONE, NEAR, ONGOING)]
    assert darkness == sorted(darkness)
    assert len({each // 3000 for each in darkness}) == 3


def test_a_pdf_that_cannot_be_written_is_told(workspace, tmp_path, qapp):
    texts = texts_of(workspace.outline, None)
    with pytest.raises(ExportError, match="フォルダー"):
        printing.write_pdf(tmp_path / "nowhere" / "x.pdf", texts, NOW, A4_ID)


def test_the_keys_of_pages_turn_them_and_leave_the_paper(window, qtbot):
    run(window, "print")
    shown = dialog(window)
    size = shown.findChild(QComboBox, "paper_size")
    pages = shown.findChild(QPrintPreviewWidget)
    assert pages.isAncestorOf(shown.focusWidget())
    for focus in (pages.findChild(QGraphicsView), size):
        focus.setFocus()
        for key, page in ((Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageUp, 1)):
            qtbot.keyClick(focus, key)
            assert (pages.currentPage(), size.currentText()) == (page, "A4 横")


def test_the_preview_turns_pages_and_writes_them_to_a_pdf(window, tmp_path):
    run(window, "print")
    preview = dialog(window)
    place = preview.findChild(Label, "page_place")
    assert place.text() == "1 / 2 ページ"
    preview.findChild(QPushButton, "next_page").click()
    assert place.text() == "2 / 2 ページ"
    preview.findChild(QPushButton, "save_pdf").click()
    (asked,) = preview.findChildren(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "紙面.pdf"))
    QApplication.processEvents()
    assert (tmp_path / "紙面.pdf").is_file()
    assert "紙面.pdf" in window.toast.text


def test_the_preview_shows_what_is_found(window):
    window.strip.search.setText("基金")
    run(window, "print")
    assert dialog(window).objectName() == "print_preview"
    assert texts_of(outline(window), window.tree.part).title.endswith("一部を表示")
