"""印刷 and PDFに保存: of what is shown, of one action, of one section, and of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import nodes, reporting
from kyodo_desktop.domain.errors import CancelledError, PlanError
from kyodo_desktop.pages import options
from kyodo_desktop.paths import name_part
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog

    from kyodo_desktop.domain.comparing.comparison import Comparison
    from kyodo_desktop.pages.laid import LaidReport
    from kyodo_desktop.pages.options import ReportOptions
    from kyodo_desktop.ui.printing.dialog import PrintPreview
    from kyodo_desktop.ui.printing.printables import Content, Printable, Printables
    from kyodo_desktop.ui.tree.pane import TreePane

_NO_SHEETS = (
    "選んでいるところに実行計画がありません。実行計画か、実行計画のある見出しを選んでください。"
)
_PDF_FILTER = "PDF (*.pdf)"


class PrintCommands(shell.Commands):
    """Opens one preview for all that can be printed."""

    def __init__(
        self, of_window: shell.Shell, tree: TreePane, last_report: Callable[[], ReportOptions]
    ) -> None:
        super().__init__(of_window)
        self._tree, self._last_report = tree, last_report

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"print": self.preview_shown, "print_sheets": self.preview_sheets}

    def preview_shown(self) -> None:
        """Show what the window shows as it would be printed."""
        from kyodo_desktop.ui.printing.printables import Content

        found = self._printables()
        self._preview(found, [*found.offered()], Content.SHOWN)

    def preview_sheets(self) -> None:
        """Show the sheets of the chosen actions, and of those below the chosen headings."""
        from kyodo_desktop.ui.printing.printables import Content

        if not self._chosen():
            message = self._workspace.outline.worded(_NO_SHEETS)
            asking.show_warning(self._window, "個票の印刷", message)
            return
        found = self._printables()
        self._preview(found, [*found.offered()], Content.SHEETS)

    def preview_comparison(self, comparison: Comparison) -> None:
        """Show the pages of two rounds that are compared."""
        from kyodo_desktop.ui.printing.printables import Content

        extras = reporting.Extras(comparison=comparison)
        found = self._printables()
        given = found.given(Content.CHANGES, options.CHANGES, extras, comparison.after)
        self._preview(found, [given], Content.CHANGES)

    def preview_before_after(self, table: reporting.BeforeAfterTable, above: QDialog) -> None:
        """Show the pages of a 新旧対照表 above its dialog, which closes when they went out."""
        from kyodo_desktop.ui.printing.printables import Content

        extras = reporting.Extras(before_after=table)
        found = self._printables()
        outline = self._workspace.outline
        given = found.given(Content.BEFORE_AFTER, options.BEFORE_AFTER, extras, outline)
        preview = self._preview(found, [given], Content.BEFORE_AFTER, above)
        preview.accepted.connect(above.accept)

    def _printables(self) -> Printables:
        from kyodo_desktop.ui.printing.printables import Printables

        part = self._tree.part
        return Printables(
            self._workspace,
            self._last_report(),
            None if part is None else part.matches(),
            self._chosen(),
        )

    def _chosen(self) -> list[int]:
        """Return the chosen actions; below a heading those that a search leaves."""
        outline, part = self._workspace.outline, self._tree.part
        left = None if part is None else set(part.matches())
        places = (
            place
            for node in self._tree.selected_nodes()
            for place in ([node] if nodes.is_placement(node) else outline.below(node))
            if nodes.is_placement(place) and (place == node or left is None or place in left)
        )
        return list(dict.fromkeys(map(outline.action_id_at, places)))

    def _preview(
        self,
        found: Printables,
        offered: list[Printable],
        content: Content,
        above: QDialog | None = None,
    ) -> PrintPreview:
        from kyodo_desktop.ui.printing.dialog import PrintPreview

        paper = self._last_report().paper
        made_on = self._shell.now().isoformat(timespec="seconds")
        dialog = PrintPreview(
            offered,
            found.sections,
            paper,
            above or self._window,
            open_plan=self._opener(),
            made_on=made_on,
        )
        dialog.pdf_wanted.connect(
            lambda laid, printable: self._ask_and_write_pdf(dialog, laid, printable)
        )
        dialog.printed.connect(self._show_printed)
        asking.ask(dialog)
        dialog.show_content(content, found.section)
        return dialog

    def _ask_and_write_pdf(
        self, dialog: PrintPreview, laid: LaidReport, printable: Printable
    ) -> None:
        suggested = self._suggested(laid, printable)
        asking.ask_where_to_save(
            dialog,
            "PDFに保存",
            suggested,
            _PDF_FILTER,
            lambda path: self._write_pdf(dialog, laid, path),
        )

    def _write_pdf(self, dialog: PrintPreview, laid: LaidReport, path: Path) -> None:
        from kyodo_desktop.printing.pdf import write_pdf

        def tell(_nothing: object) -> None:
            dialog.accept()
            pages = f"{laid.page_count:,}ページ"
            self._shell.toast.show_file_info(f"「{path.name}」に保存しました（{pages}）。", path)

        def warn(error: Exception) -> None:
            if not isinstance(error, PlanError):
                raise error
            if not isinstance(error, CancelledError):
                asking.show_warning(dialog, "PDFに保存", error.message)

        self._shell.settings.set_report(
            {**self._shell.settings.report, "folder": str(path.parent)}
        )
        self._run_job(
            lambda control: write_pdf(laid, path, control),
            f"「{path.name}」に保存しています…",
            tell,
            warn,
            above=dialog,
        )

    def _suggested(self, laid: LaidReport, printable: Printable) -> Path:
        """Return a name beside what went out last, which says for whom it is."""
        shown = self._workspace.outline.round
        words = [self._plan.path.stem, printable.name]
        words += [name_part(shown.name)] if shown else []
        words += [laid.report.edition.label]
        known = self._shell.settings.report.get("folder")
        return asking.first_folder((known, self._plan.path.parent)) / f"{'_'.join(words)}.pdf"

    def _show_printed(self, count: int) -> None:
        self._shell.toast.show_info(f"{count:,}ページをプリンターに送りました。")
