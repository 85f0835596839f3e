"""紙面 on real paper: the sheet of the screen on pages that cut no row and repeat their head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QMarginsF, QObject, QPoint, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QGraphicsView,
    QVBoxLayout,
)

from kyodo_desktop.domain import fiscal_year
from kyodo_desktop.domain.paper import Run, pages
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.pages.export_file import atomic_export
from kyodo_desktop.ui.messages import busy
from kyodo_desktop.ui.paper import painting
from kyodo_desktop.ui.paper.cells import COLUMNS, PaperColumn, PaperTexts
from kyodo_desktop.ui.widgets import badges, forms, theme
from kyodo_desktop.ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.plan import Status

_WIDTH = 1160  # px of the design across a page
_MARGIN = 10.0  # mm
_TITLE, _FOOT, _SPARE = 44, 24, 38
_GREY = QColor("#d4d4d4")
_HEADER = QColor("#eeeeee")
_INK, _WHITE = QColor("black"), QColor("white")
_CONTINUED = "（続き）"
_DASHES = [2.4, 1.8]


_PAGE_KEYS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_SIZES = {"A4 横": QPageSize.PageSizeId.A4, "A3 横": QPageSize.PageSizeId.A3}


class PaperPreview(QDialog):
    """Shows the pages before they go to a printer or into a PDF."""

    pdf_wanted = Signal()

    def __init__(self, texts: PaperTexts, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("print_preview")
        self.setWindowTitle("印刷プレビュー")
        self.resize(1000, 680)
        self._texts, self._now = texts, now
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(texts.title)
        set_up(self._printer)
        self._pages = QPrintPreviewWidget(self._printer)
        self._pages.setObjectName("print_pages")
        for view in self._pages.findChildren(QGraphicsView):
            view.setAccessibleName("印刷するページ")
        self._pages.paintRequested.connect(self._draw)
        self._pages.previewChanged.connect(self._show_place)
        self._lay_out()

    @property
    def size_id(self) -> QPageSize.PageSizeId:
        """The size of the paper."""
        return _SIZES[self._size.currentText()]

    def _lay_out(self) -> None:
        self._size = QComboBox()
        self._size.setObjectName("paper_size")
        self._size.setAccessibleName("用紙")
        self._size.addItems(list(_SIZES))
        self._size.installEventFilter(self)
        self._size.currentIndexChanged.connect(self._resize)
        self._back = forms.push_button("◀ 前のページ", "previous_page", lambda: self._turn(-1))
        self._on = forms.push_button("次のページ ▶", "next_page", lambda: self._turn(1))
        self._place = Label()
        self._place.setObjectName("page_place")
        whole = forms.push_button("ページ全体", "whole_page", self._pages.fitInView)
        wide = forms.push_button("幅に合わせる", "page_width", self._pages.fitToWidth)
        pdf = forms.push_button("PDFに保存…", "save_pdf", self.pdf_wanted.emit)
        self._print = forms.push_button("印刷…", "print_now", self._ask_and_print)
        self._print.setProperty("role", "primary")
        close = forms.push_button("閉じる", "close_preview", self.reject)
        row = forms.FlowLayout(gap=theme.px(8))  # two lines where the zoom asks for them
        row.addWidget(self._size)
        for widget in (self._back, self._place, self._on, whole, wide, pdf, self._print, close):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        self._pages.findChildren(QGraphicsView)[0].setFocus()

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The keys of pages are for the pages, and not for the size of the paper.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _PAGE_KEYS.get(Qt.Key(event.key()), 0)
            if step:
                self._turn(step)
                return True
        return super().eventFilter(watched, event)

    def _draw(self, printer: QPrinter) -> None:
        with busy(self):
            print_paper(printer, self._texts, self._now)

    def _resize(self) -> None:
        set_up(self._printer, self.size_id)
        self._pages.updatePreview()

    def _turn(self, step: int) -> None:
        self._pages.setCurrentPage(self._pages.currentPage() + step)
        self._show_place()

    def _show_place(self) -> None:
        page, count = self._pages.currentPage(), self._pages.pageCount()
        self._place.setText(f"{page} / {count} ページ")
        self._back.setEnabled(page > 1)
        self._on.setEnabled(page < count)

    def _ask_and_print(self) -> None:
        """Ask for the printer; the dialog is the system's own."""
        dialog = QPrintDialog(self._printer, self)
        dialog.setWindowTitle("印刷")

        def go_on() -> None:
            self._draw(self._printer)
            self.accept()

        dialog.accepted.connect(go_on)
        QDialog.open(dialog)


def write_pdf(path: Path, texts: PaperTexts, now: datetime, size: QPageSize.PageSizeId) -> None:
    """Write the pages into a PDF; raises ExportError."""
    with atomic_export(path, path.suffix or ".pdf") as beside:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(beside))
        printer.setDocName(texts.title)
        set_up(printer, size)
        print_paper(printer, texts, now)


def set_up(printer: QPrinter, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> None:
    """Let a printer have landscape pages with narrow margins."""
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    layout = QPageLayout(
        QPageSize(size), QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter
    )
    printer.setPageLayout(layout)


def print_paper(printer: QPrinter, texts: PaperTexts, now: datetime) -> int:
    """Draw all pages, and return how many there are; none where nothing can be printed."""
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    room = printer.pageLayout().paintRectPixels(printer.resolution())
    scale = room.width() / _WIDTH
    painter.scale(scale, scale)
    book = PaperBook(texts, QSizeF(_WIDTH, room.height() / scale))
    for number, page in enumerate(book.pages, start=1):
        if number > 1:
            printer.newPage()
        book.draw(painter, page, number, now)
    painter.end()
    return len(book.pages)


class PrintedRow(NamedTuple):
    """A row on a page; of one that is too high for a page the lines from `first` to `last`."""

    row: int
    height: int
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The rows of one page."""

    blocks: tuple[PrintedRow, ...]
    is_first: bool


class PaperBook:
    """The table divided into pages of a size, in px of the design."""

    def __init__(self, texts: PaperTexts, size: QSizeF) -> None:
        self._texts, self._size = texts, size
        self._style = print_style()
        widths = painting.column_widths(texts, self._style, round(size.width()) - 1)
        self._sheet = painting.PaperSheet(texts, self._style, widths)
        self._lefts = [sum(widths[:i]) for i in range(len(widths) + 1)]
        self.pages = list(self._divided())

    def draw(self, painter: QPainter, page: PrintedPage, number: int, now: datetime) -> None:
        """Draw a page at the origin."""
        top = 0
        width = self._lefts[-1]
        if page.is_first:
            self._draw_title(painter, QRect(0, 0, width, _TITLE))
            top = _TITLE
        names = [
            (name, QRect(self._lefts[i] + 1, top, self._lefts[i + 1] - self._lefts[i], self._head))
            for i, name in enumerate(self._texts.column_names())
        ]
        painting.draw_header(painter, self._style, names)
        self._draw_rows(painter, page, top + self._head + 1)
        self._draw_foot(painter, number, now)

    # Dividing

    @property
    def _head(self) -> int:
        return self._style.least

    def _divided(self) -> Iterator[PrintedPage]:
        table = self._texts.table
        heights = [self._sheet.height(row) for row in range(len(table))]
        others = round(self._size.height()) - self._head - _FOOT - _SPARE
        for run in pages(table, heights, others - _TITLE, others):
            room = others - _TITLE if run.start == 0 else others
            for blocks in self._blocks(run, heights, room):
                yield PrintedPage(tuple(blocks), is_first=run.start == 0 and blocks[0].first == 0)

    def _blocks(self, run: Run, heights: Sequence[int], room: int) -> Iterator[list[PrintedRow]]:
        """Yield the rows of a page, or the pieces of a row that is higher than one."""
        if run.stop - run.start > 1 or heights[run.start] <= room:
            yield self._raised([PrintedRow(row, heights[row]) for row in range(*run)])
            return
        lines = max(len(self._sheet.lines(run.start, column)) for column in COLUMNS)
        step = max(1, (room - 2 * self._style.px(painting.ABOVE)) // self._style.line_height - 1)
        for first in range(0, lines, step):
            last = min(first + step, lines)
            height = (last - first + 1) * self._style.line_height
            yield [PrintedRow(run.start, max(height, self._style.least), first, last)]

    def _raised(self, blocks: list[PrintedRow]) -> list[PrintedRow]:
        """Give the last row of a heading what its text needs of this page."""
        table = self._texts.table
        for level in reversed(range(table.levels)):
            for start, stop in self._groups(blocks, level):
                row = blocks[start].row
                if table.heading(row, level) is None:
                    continue
                needed = painting.heading_height(
                    self._style,
                    self._heading(row, level, start),
                    self._sheet.widths[level],
                    bold=not level,
                )
                lacking = needed - sum(block.height for block in blocks[start:stop])
                if lacking > 0:
                    last = blocks[stop - 1]
                    blocks[stop - 1] = last._replace(height=last.height + lacking)
        return blocks

    def _groups(self, blocks: Sequence[PrintedRow], level: int) -> Iterator[tuple[int, int]]:
        """Yield the start and stop of the blocks under each heading of a level."""
        start = 0
        while start < len(blocks):
            end = self._texts.table.run(blocks[start].row, level).stop
            stop = start + 1
            while stop < len(blocks) and blocks[stop].row < end:
                stop += 1
            yield start, stop
            start = stop

    def _heading(self, row: int, level: int, place: int, *, is_piece: bool = False) -> str:
        """Return the text of a heading; at the top of a page it may be one that goes on."""
        text = self._texts.text(row, level)
        goes_on = place == 0 and (self._texts.table.run(row, level).start < row or is_piece)
        return text + _CONTINUED if text and goes_on else text

    # Drawing

    def _draw_title(self, painter: QPainter, room: QRect) -> None:
        begins = painting.draw_legend(
            painter, self._style, self._texts.legend, self._texts.as_of, room
        )
        font = QFont(self._style.bold)
        font.setPixelSize(16)
        painter.setFont(font)
        painter.setPen(_INK)
        room.setRight(begins - 8)
        painting.draw_title(painter, self._texts.title, room)

    def _draw_rows(self, painter: QPainter, page: PrintedPage, top: int) -> None:
        tops = [top]
        for block in page.blocks:
            tops.append(tops[-1] + block.height)
        for place, block in enumerate(page.blocks):
            self._draw_row(painter, block, tops[place])
        for level in range(self._texts.table.levels):
            for start, stop in self._groups(page.blocks, level):
                block = page.blocks[start]
                if self._texts.table.rows[block.row].is_term:
                    continue
                cell = self._cell(level, tops[start], tops[stop] - tops[start])
                text = self._heading(block.row, level, start, is_piece=block.first > 0)
                painting.draw_heading(
                    painter, self._style, text, cell, bold=not level, top=cell.top()
                )
                painting.draw_edges(painter, self._style, cell)
        painter.setPen(QPen(self._style.grid, 1))
        painter.drawLine(0, top - 1, 0, tops[-1] - 1)

    def _draw_row(self, painter: QPainter, block: PrintedRow, top: int) -> None:
        table = self._texts.table
        if table.rows[block.row].is_term:
            band = QRect(1, top, self._lefts[-1], block.height)
            text = self._texts.text(block.row, 0)
            painter.fillRect(band, _HEADER)
            painting.draw_heading(painter, self._style, text, band, bold=True, top=top)
            painting.draw_edges(painter, self._style, band)
            return
        for place, column in enumerate(COLUMNS, start=table.levels):
            cell = self._cell(place, top, block.height)
            lines = self._sheet.lines(block.row, column)[block.first : block.last]
            painting.draw_cell(
                painter, self._style, lines, cell, is_centred=column is PaperColumn.NUMBER
            )
            painting.draw_edges(painter, self._style, cell)

    def _cell(self, column: int, top: int, height: int) -> QRect:
        return QRect(self._lefts[column] + 1, top, self._sheet.widths[column], height)

    def _draw_foot(self, painter: QPainter, number: int, now: datetime) -> None:
        font = QFont(self._style.font)
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(_INK)
        bottom = round(self._size.height())
        room = QRect(0, bottom - _FOOT, self._lefts[-1], _FOOT)
        printed = fiscal_year.day_label(f"{now:%Y-%m-%d}")
        low = Qt.AlignmentFlag.AlignBottom
        painter.drawText(
            room, low | Qt.AlignmentFlag.AlignLeft, f"{self._texts.title}　{printed}印刷"
        )
        count = f"{number} / {len(self.pages)} ページ"
        painter.drawText(room, low | Qt.AlignmentFlag.AlignRight, count)


def print_style() -> painting.Style:
    """Return the look of the sheet in black and white, whatever the screen has."""
    font = QFont(QApplication.font())
    font.setPixelSize(theme.BODY)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    bold = QFont(font)
    bold.setBold(True)
    return painting.Style(
        ink=_INK,
        quiet=_INK,
        grid=QColor("#505050"),
        header=_HEADER,
        base=_WHITE,
        changed=_INK,
        font=font,
        bold=bold,
        scale=1.0,
        draw_badge=draw_badge,
    )


def draw_badge(painter: QPainter, at: QPoint, status: Status | None) -> None:
    """Draw a badge that is told from the others without colour, in lines that any size keeps."""
    kind = None if status is None else StatusKind(status.kind)
    is_done = kind is StatusKind.DONE
    painter.save()
    painter.translate(at)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(_INK, 1.25)
    if kind in (None, StatusKind.NOT_STARTED):
        pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    painter.setBrush(_INK if is_done else _GREY if kind is StatusKind.NEAR else _WHITE)
    side = badges.SIDE
    painter.drawRoundedRect(QRectF(0.75, 0.75, side - 1.5, side - 1.5), 4, 4)
    if kind is StatusKind.STOPPED:
        painter.fillRect(QRectF(4, side - 5, side - 8, 2), _INK)
        painter.translate(0, -1.5)
    if status is not None and status.mark:
        badges.draw_mark(painter, status.symbol[:1], _WHITE if is_done else _INK)
    painter.restore()
