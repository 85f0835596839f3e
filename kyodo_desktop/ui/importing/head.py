"""The first line of the page: the file, and the name and years of the plan in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kyodo_desktop.domain.fiscal_year import period_label
from kyodo_desktop.ui.widgets.forms import line_edit, push_button
from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.domain.importing.found_plan import FoundPlan

_GAP = 8


class Head(QWidget):
    """Tells another name of the plan, and when another file is wanted."""

    renamed = Signal(str)
    other_file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file, self._years = Label(), Label()
        self._file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.title = line_edit("", "plan_title")
        self.title.setEnabled(False)
        self.title.textEdited.connect(lambda text: self.renamed.emit(text.strip()))
        caption = Label("計画名(&P)")
        caption.setBuddy(self.title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label("ファイル"))
        row.addWidget(self._file, 2)
        row.addWidget(
            push_button("別のファイル(&F)…", "other_file", self.other_file_requested.emit)
        )
        row.addSpacing(_GAP)
        row.addWidget(caption)
        row.addWidget(self.title, 3)
        row.addWidget(self._years)

    def show_file(self, path: Path) -> None:
        """Show which file is read; of the plan in it nothing is known yet."""
        self._file.setText(path.name)
        self._file.setToolTip(tip(str(path)))
        self._years.setText("")
        self.title.setEnabled(False)

    def show_title(self, title: str) -> None:
        """Show the name of the plan, unless it is being typed."""
        self.title.setEnabled(True)
        if self.title.text().strip() != title:
            with QSignalBlocker(self.title):
                self.title.setText(title)
                self.title.setCursorPosition(0)

    def show_years(self, plan: FoundPlan) -> None:
        """Show the years of the plan."""
        self._years.setText(period_label(plan.first_fiscal_year, plan.last_fiscal_year))
