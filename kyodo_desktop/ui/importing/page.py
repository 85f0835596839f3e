"""取込: the file on the left, the plan that is found in it on the right, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.fiscal_year import period_label
from kyodo_desktop.ui.dialogs.forms import ErrorLine, line_edit, push_button
from kyodo_desktop.ui.importing.found_side import FoundSide
from kyodo_desktop.ui.importing.mapping_menu import MappingMenu
from kyodo_desktop.ui.importing.reader import TableReader
from kyodo_desktop.ui.importing.sheet_side import SheetSide
from kyodo_desktop.ui.importing.target import TargetChoice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.plan import ImportMapping
    from kyodo_desktop.ui.importing.found_in import Found

_SIZE = (1280, 660)
_SHARES = [620, 560]
_MARGIN = 8


class ImportPage(QDialog):
    """Shows how a table would be read; nothing is written before `import_requested`.

    Who hears it writes, and then calls `accept`, or `show_error` where that could not be.
    """

    import_requested = Signal()
    other_file_requested = Signal()
    settled = Signal()  # all choices are read, or why they are not is shown

    def __init__(
        self,
        plan_title: str | None = None,
        saved: Sequence[ImportMapping] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("表を取り込む")
        self.setSizeGripEnabled(True)
        self.reader = TableReader(self)
        self.target = TargetChoice(plan_title or "")
        self.target.setVisible(plan_title is not None)
        self._saved = saved
        self._file, self._years = QLabel(), QLabel()
        self._title = line_edit("", "plan_title")
        self._sheet, self._found = SheetSide(), FoundSide()
        self._error = ErrorLine()
        self._state = QLabel()
        self._state.setObjectName("state")
        self._bar = QProgressBar(textVisible=False)
        self.mappings = MappingMenu(saved, self.reader, self)
        self._buttons = QDialogButtonBox()
        self._import = self._buttons.addButton(
            "取り込む(&I)", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._import.setObjectName("import")
        self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self._lay_out()
        self._connect()
        self._enable()

    @property
    def found(self) -> Found | None:
        """What was read by the present choices; None while that is not known."""
        return None if self.reader.is_busy else self.reader.found

    def read(self, path: Path) -> None:
        """Read another file instead of the present one."""
        from kyodo_desktop.domain.importing.mapping_json import mapping_from_json

        self._file.setText(path.name)
        self._file.setToolTip(str(path))
        self.show_error("")
        self._sheet.show_book(None)
        self._found.clear_found()
        self._years.setText("")
        self._say_busy("読み取っています…")
        self.reader.open(path, [mapping_from_json(each.body) for each in self._saved])
        self._enable()

    def show_error(self, message: str) -> None:
        """Say what is wrong and what to do; an empty message takes it away."""
        self._error.show_error(message)

    def say_busy(self, text: str) -> None:
        """Say that something is being written; nothing can be chosen meanwhile."""
        self._say_busy(text)
        self._splitter.setEnabled(False)
        self._import.setEnabled(False)

    def say_ready(self) -> None:
        """Let the user choose again."""
        self._bar.hide()
        self._state.setText("")
        self._splitter.setEnabled(True)
        self._enable()

    # Qt's interface

    def reject(self) -> None:
        self.reader.stop()
        super().reject()

    def _connect(self) -> None:
        reader = self.reader
        reader.chosen.connect(self._show_mapping)
        reader.found_anew.connect(self._show_found)
        reader.failed.connect(self._tell_failure)
        reader.progressed.connect(self._advance)
        for side in (self._sheet, self._found):
            side.mapping_changed.connect(self._choose)
        self._sheet.sheet_wanted.connect(self._take_in)
        self._sheet.cell_chosen.connect(self._found.found.go_to)
        self._found.place_chosen.connect(self._sheet.go_to)
        self._found.refused.connect(self.show_error)
        self._title.textEdited.connect(self._rename)
        self.mappings.refused.connect(self.show_error)
        self.mappings.used.connect(lambda: self._say_busy("読み直しています…"))
        self._import.clicked.connect(self.import_requested)
        self._buttons.rejected.connect(self.reject)
        self.target.changed.connect(self._enable)

    def _choose(self, mapping: Mapping) -> None:
        self.show_error("")
        self._say_busy("読み直しています…")
        self.reader.choose(mapping)
        self._enable()

    def _take_in(self, sheet: str) -> None:
        self._say_busy("読み直しています…")
        self.reader.take_in(sheet)
        self._enable()

    def _rename(self, title: str) -> None:
        if self.reader.mapping is not None:
            self._choose(self.reader.mapping._replace(title=title.strip()))

    def _show_mapping(self, mapping: Mapping) -> None:
        if self.reader.found is not None:
            self._sheet.show_mapping(mapping)
        self._found.show_mapping(mapping)
        if self._title.text().strip() != mapping.title:
            with QSignalBlocker(self._title):
                self._title.setText(mapping.title)
                self._title.setCursorPosition(0)

    def _show_found(self, found: Found) -> None:
        if self._sheet.book is not found.book:
            self._sheet.show_book(found.book)
            self._sheet.show_mapping(found.mapping)
            if found.is_known and not self.target.isHidden():
                self.target.propose_update()
        self._sheet.show_found(found)
        self._found.show_found(found)
        plan = found.rows.found
        self._years.setText(period_label(plan.first_fiscal_year, plan.last_fiscal_year))
        self.say_ready()
        if not plan.actions:
            self.show_error(
                "取り込める行がありません。左の表で、取組の名前が書かれた列の「▾」を押して"
                f"「{plan.levels[-1][0]}」を選び、見出し行と終わりの行を確かめてください。"
            )
        self.settled.emit()

    def _tell_failure(self, message: str) -> None:
        self.say_ready()
        self.show_error(message)
        self.settled.emit()

    def _say_busy(self, text: str) -> None:
        self._state.setText(text)
        self._bar.setRange(0, 0)
        self._bar.show()

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _enable(self) -> None:
        found = self.found
        self._import.setEnabled(found is not None and bool(found.rows.found.actions))
        self._import.setDefault(True)
        self._import.setText("取り込む(&I)" if self.target.is_update else "取り込む(&I)…")
        self.mappings.setEnabled(found is not None)
        self._title.setEnabled(self.reader.mapping is not None)

    # Layout

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        self._file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        caption = QLabel("計画名(&P)")
        caption.setBuddy(self._title)
        head.addWidget(QLabel("ファイル"))
        head.addWidget(self._file, 2)
        head.addWidget(
            push_button("別のファイル(&F)…", "other_file", self.other_file_requested.emit)
        )
        head.addSpacing(_MARGIN)
        head.addWidget(caption)
        head.addWidget(self._title, 3)
        head.addWidget(self._years)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._sheet)
        self._splitter.addWidget(self._found)
        self._splitter.setSizes(_SHARES)
        self._splitter.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        self._bar.setFixedWidth(90)
        self._bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        foot.addWidget(self.mappings)
        foot.addWidget(self._bar)
        foot.addWidget(self._state)
        foot.addStretch()
        foot.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._splitter, 1)
        column.addWidget(self._error)
        column.addWidget(self.target)
        column.addLayout(foot)
        self._bar.hide()
        self.setMinimumSize(self.minimumSizeHint().boundedTo(self._room()))
        self.resize(*_SIZE)
        self.resize(self.size().boundedTo(self._room()))

    def _room(self) -> QSize:
        screen = self.screen() or QGuiApplication.primaryScreen()
        return screen.availableSize()
