"""The preview: what is printed, on which paper, page by page, and where it goes from there."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QVBoxLayout

from kyodo_desktop.domain.errors import CancelledError, PlanError
from kyodo_desktop.pages.options import Paper
from kyodo_desktop.ui import asking, jobs, messages
from kyodo_desktop.ui.printing.page_view import Fit, PageView
from kyodo_desktop.ui.widgets import forms, theme
from kyodo_desktop.ui.widgets.inputs import ChoiceBox
from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QPushButton, QWidget

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.printing.drawing import PageDrawer
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.ui.printing.printables import Content, Printable

_WIDEST_PLACE = "0000 / 0000 ページ"
_MAKING = "ページを作っています…"
_NO_PRINTER = (
    "このパソコンで使えるプリンターが見つかりません。プリンターを追加してから、もう一度印刷して"
    "ください。「PDFに保存」で保存して、ほかのパソコンで印刷することもできます。"
)
_REFUSED = (
    "プリンターに送れませんでした。プリンターの電源と接続を確かめてから、もう一度印刷してください。"
    "PDFに保存して、あとから印刷することもできます。"
)


class PrintPreview(forms.StayingDialog):
    """Makes the pages beside the window, anew whenever something else is chosen.

    `pdf_wanted` comes with the pages and with what they are, `printed` with how many pages went
    to the printer.
    """

    pdf_wanted = Signal(object, object)
    printed = Signal(int)

    def __init__(
        self,
        printables: Sequence[Printable],
        sections: Sequence[str],
        paper: Paper,
        parent: QWidget,
        *,
        open_plan: Callable[[], OpenPlan],
        made_on: str,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("print_preview")
        self.setWindowTitle("印刷プレビュー")
        self.resize(1000, 680)
        self._open_plan, self._made_on = open_plan, made_on
        self._printables = {each.content: each for each in printables}
        self._drawer: PageDrawer | None = None
        self._job: jobs.Job | None = None
        self._content = _choice("print_content", "印刷するもの")
        self._content.offer([(each.content, each.label) for each in printables])
        self._section = _choice("print_section", "担当課")
        self._section.offer([(each, each) for each in sections])
        self._paper = _choice("paper_size", "用紙")
        self._paper.offer([(each, each.label) for each in Paper])
        self._paper.show_value(paper)
        self._pages = PageView()
        self._lay_out()
        for choice in (self._content, self._section, self._paper):
            choice.installEventFilter(self._pages)
            choice.picked.connect(self._make)
        self._pages.turned.connect(self._show_place)
        self._show_place()

    @property
    def paper(self) -> Paper:
        """The paper that was chosen last."""
        return cast("Paper", self._paper.value())

    def show_content(self, content: Content, section: str = "") -> None:
        """Choose what is printed, and show its pages."""
        self._content.show_value(content)
        self._section.show_value(section)
        self._make()

    def _lay_out(self) -> None:
        self._back = forms.push_button("◀ 前のページ", "previous_page", lambda: self._turn(-1))
        self._on = forms.push_button("次のページ ▶", "next_page", lambda: self._turn(1))
        self._place = Label()
        self._place.setObjectName("page_place")
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        widest = self._place.fontMetrics().horizontalAdvance(_WIDEST_PLACE)
        self._place.setMinimumSize(widest, self._back.sizeHint().height())
        whole = forms.push_button("ページ全体", "whole_page", lambda: self._pages.fit(Fit.WHOLE))
        wide = forms.push_button("幅に合わせる", "page_width", lambda: self._pages.fit(Fit.WIDTH))
        smaller, larger = self._zoom_button("－", -1), self._zoom_button("＋", 1)
        self._pdf = forms.push_button("PDFに保存…", "save_pdf", self._want_pdf)
        self._print = forms.push_button("印刷…", "print_now", self._ask_and_print)
        self._print.setProperty("role", "primary")
        close = forms.push_button("閉じる", "close_preview", self.reject)
        column = QVBoxLayout(self)
        for row in (
            (self._content, self._paper, self._section),
            (
                *(self._back, self._place, self._on, whole, wide, smaller, larger),
                *(self._pdf, self._print, close),
            ),
        ):
            layout = forms.FlowLayout(gap=theme.px(8))  # two lines where the zoom asks for them
            for widget in row:
                layout.addWidget(widget)
            column.addLayout(layout)
        column.addWidget(self._pages, 1)
        self._pages.setFocus()

    def _zoom_button(self, sign: str, step: int) -> QPushButton:
        """Return a button that is pressed by the keys of the window's own zoom as well."""
        name = "page_larger" if step > 0 else "page_smaller"
        button = forms.push_button(sign, name, lambda: self._pages.zoom(step))
        keys = ("Ctrl++", "Ctrl+;", "Ctrl+=") if step > 0 else ("Ctrl+-",)
        word = "ページを拡大" if step > 0 else "ページを縮小"
        button.setAccessibleName(word)
        button.setToolTip(tip(f"{word}（{keys[0]}）"))
        shortcut = QShortcut(self)
        shortcut.setKeys([*map(QKeySequence, keys)])
        shortcut.activated.connect(button.click)
        return button

    # Making pages

    @property
    def _chosen(self) -> Printable:
        return self._printables[cast("Content", self._content.value())]

    def _make(self) -> None:
        """Read what is chosen, and lay its pages out beside the window."""
        if self._job is not None:
            self._job.abandon()
        self._section.setVisible(self._chosen.of_section)
        self._drawer = None
        self._pages.show_text(_MAKING)
        printable, section = self._chosen, cast("str", self._section.value())
        open_plan, paper, made_on = self._open_plan, self.paper, self._made_on

        def work(control: JobControl) -> PageDrawer:
            from kyodo_desktop.pages.layout import lay_out
            from kyodo_desktop.pages.report import make_report
            from kyodo_desktop.printing.drawing import PageDrawer

            with closing(open_plan()) as plan:
                outline, options, extras, about = printable.read(plan.workspace, section)
            report = make_report(outline, options, extras=extras, made_on=made_on, about=about)
            return PageDrawer(lay_out(report, paper, options.font, control))

        self._job = jobs.Job(work, self)
        self._job.succeeded.connect(self._show_pages)
        self._job.failed.connect(self._show_failure)
        self._job.start()

    def _show_pages(self, drawer: PageDrawer) -> None:
        self._drawer = drawer
        self._pages.show_pages(drawer)

    def _show_failure(self, error: Exception) -> None:
        if not isinstance(error, PlanError):
            raise error
        if not isinstance(error, CancelledError):  # by what was chosen next
            self._pages.show_text(error.message)

    # Turning them

    def _turn(self, step: int) -> None:
        self._pages.turn(step)

    def _show_place(self) -> None:
        page, count = self._pages.page, self._pages.page_count
        self._place.setText(f"{page} / {count} ページ" if count else "")
        self._back.setEnabled(page > 1)
        self._on.setEnabled(page < count)
        for button in (self._pdf, self._print):
            button.setEnabled(bool(count))

    # Where they go

    def _want_pdf(self) -> None:
        assert self._drawer is not None, "the button is disabled without pages"
        self.pdf_wanted.emit(self._drawer.laid, self._chosen)

    def _ask_and_print(self) -> None:
        """Ask for the printer; the dialog is the system's own."""
        from kyodo_desktop.printing.paper import page_layout

        drawer = self._drawer
        assert drawer is not None, "the button is disabled without pages"
        if not QPrinterInfo.availablePrinterNames():  # for which Windows' dialog does not open
            asking.show_warning(self, "印刷", _NO_PRINTER)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(drawer.laid.report.title)
        printer.setPageLayout(page_layout(drawer.laid.paper))
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("印刷")
        dialog.setMinMax(1, drawer.page_count)
        dialog.accepted.connect(lambda: self._print_on(printer, drawer))
        QDialog.open(dialog)

    def _print_on(self, printer: QPrinter, drawer: PageDrawer) -> None:
        from kyodo_desktop.printing.paper import print_pages

        with messages.busy(self, "プリンターに送っています…"):
            count = print_pages(drawer, printer)
        if not count:
            asking.show_warning(self, "印刷", _REFUSED)
            return
        self.accept()
        self.printed.emit(count)


def _choice(name: str, label: str) -> ChoiceBox:
    choice = ChoiceBox()
    choice.setObjectName(name)
    choice.setAccessibleName(label)
    return choice
