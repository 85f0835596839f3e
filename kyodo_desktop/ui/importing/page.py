"""取込: the file on the left, the plan that is found in it on the right, on one page."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.importing.mapping_json import mapping_as_json
from kyodo_desktop.domain.inputs import TypedText
from kyodo_desktop.ui.importing.busy_line import BusyLine
from kyodo_desktop.ui.importing.found_side import FoundSide
from kyodo_desktop.ui.importing.head import Head
from kyodo_desktop.ui.importing.mapping_menu import MappingMenu
from kyodo_desktop.ui.importing.reader import TableReader
from kyodo_desktop.ui.importing.reading_chooser import ReadingChooser
from kyodo_desktop.ui.importing.sheet_side import SheetSide
from kyodo_desktop.ui.importing.target import TargetChoice
from kyodo_desktop.ui.widgets.dropping import FileDrops
from kyodo_desktop.ui.widgets.forms import ErrorLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.plan import ImportMapping
    from kyodo_desktop.domain.plan_update.update import Update
    from kyodo_desktop.ui.importing.found_in import Found

_SIZE = (1280, 660)
_SHARES = [620, 560]
_MARGIN = 8
_RESUMED = "続きから開いた取込設定"
_TURN = 20  # milliseconds


class ImportPage(QDialog):
    """Shows how a table would be read; nothing is written before `import_requested`.

    Who hears it writes, and then calls `accept`, or `show_error` where that could not be.
    """

    import_requested = Signal()
    compare_requested = Signal(object)  # a Found; who hears it calls `show_update`
    other_file_requested = Signal()
    cancel_requested = Signal()  # of what is being written
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
        self._head, self._readings = Head(), ReadingChooser()
        self._is_renamed = False
        self._sheet, self._found = SheetSide(), FoundSide()
        self._error = ErrorLine()
        self._busy = BusyLine()
        self._is_writing = self._can_be_cancelled = False
        self._shown: Found | None = None
        self._resumed: Mapping | None = None
        self._before: tuple[Path | None, Mapping | None] | None = None  # what was read before
        self._why_back = ""
        self.mappings = MappingMenu(saved, self.reader, self)
        self._buttons = QDialogButtonBox()
        self._import = self._buttons.addButton(
            "取り込む(&I)", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._import.setObjectName("import")
        self._cancel = self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._cancel.setIcon(QIcon())
        self._lay_out()
        self._connect()
        self._enable()
        FileDrops(self).dropped.connect(self._take_dropped)

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        """Read a file that was dropped here instead of the present one."""
        if self._is_writing:
            self.show_error("書き込んでいるため、ドロップしたファイルは読み込んでいません。")
        elif len(paths) == 1 and paths[0].is_file():
            self.read(paths[0])
        else:
            self.show_error("取り込む表は1つだけドロップしてください。前の表のままです。")

    @property
    def found(self) -> Found | None:
        """What was read by the present choices and is shown; None while that is not known."""
        is_last = self._shown is self.reader.found and not self.reader.is_busy
        return self._shown if is_last else None

    def read(self, path: Path) -> None:
        """Read another file instead of the present one, which is back where that cannot be."""
        self._before = (self.reader.path, self.reader.mapping) if self.found is not None else None
        self._head.show_file(path)
        self.show_error("")
        self._readings.show_readings((), None)
        self._is_renamed = False
        self._shown = None  # the next job frees it
        self._sheet.show_book(None)
        self._found.clear_found()
        self.reader.open(path, [each.body for each in self._saved])

    def resume(self, path: Path, mapping: Mapping) -> None:
        """Read a file as it was being read when the page was left."""
        self._resumed = mapping
        self.read(path)

    def unfinished(self) -> TypedText | None:
        """Return the file and how it is to be read, where somebody has chosen that."""
        path, mapping = self.reader.path, self.reader.mapping
        if self._resumed is not None:
            mapping = self._resumed
        if path is None or mapping is None or mapping == self.reader.guessed:
            return None
        state = {"path": str(path), "mapping": mapping_as_json(mapping)}
        return TypedText(
            "state:import",
            f"画面「{self.windowTitle()}」",
            "ここまでの取込設定",
            "",
            f"{path.name}（{mapping.title}）",
            state=json.dumps(state, ensure_ascii=False),
        )

    def show_error(self, message: str) -> None:
        """Say what is wrong and what to do; an empty message takes it away."""
        self._error.show_error(message)

    @property
    def update_shown(self) -> Update | None:
        """What would change in the plan that is open, as it is shown and ticked."""
        return self._found.changes.update_shown if self.target.is_update else None

    @property
    def chosen(self) -> frozenset[int]:
        """The changes that are ticked."""
        return self._found.changes.chosen

    def show_update(self, update: Update | None) -> None:
        """Show what would change in the plan that is open."""
        self.say_compared()
        self._found.changes.show_update(update)

    def say_comparing(self) -> None:
        """Say that the plan is being compared; everything can be chosen meanwhile."""
        self._busy.begin("開いている計画と比べています…")

    def say_progress(self, done: int, total: int) -> None:
        """Say how much is done of what is said to be done."""
        self._busy.advance(done, total)

    def say_compared(self) -> None:
        """Say no longer that the plan is being compared."""
        if not self.reader.is_busy and not self._is_writing:
            self._busy.hide()

    def say_busy(self, text: str, *, can_be_cancelled: bool = False) -> None:
        """Say that something is being written; meanwhile nothing can be chosen or left.

        Where that can be cancelled, the button for it and the key ask for it.
        """
        self._busy.begin(text)
        self._is_writing, self._can_be_cancelled = True, can_be_cancelled
        for widget in self._choices():
            widget.setEnabled(False)
        self._cancel.setEnabled(can_be_cancelled)

    def say_ready(self) -> None:
        """Let the user choose again."""
        self._busy.hide()
        self._is_writing = False
        for widget in self._choices():
            widget.setEnabled(True)
        self._enable()

    # Qt's interface

    def reject(self) -> None:
        if not self._is_writing:
            self.reader.stop()
            super().reject()
        elif self._can_be_cancelled:
            self._busy.begin("取りやめています…")
            self._cancel.setEnabled(False)
            self.cancel_requested.emit()

    def _connect(self) -> None:
        reader = self.reader
        reader.began.connect(self._show_busy)
        reader.chosen.connect(self._show_mapping)
        reader.found_anew.connect(self._show_found)
        reader.failed.connect(self._tell_failure)
        reader.progressed.connect(self._busy.advance)
        for side in (self._sheet, self._found):
            side.mapping_changed.connect(self._choose)
        self._sheet.sheet_wanted.connect(reader.take_in)
        self._sheet.cell_chosen.connect(self._found.found.go_to)
        self._found.origins_shown.connect(self._sheet.show_origins)
        self._found.place_chosen.connect(self._sheet.go_to)
        self._readings.reading_chosen.connect(self._choose_reading)
        self._found.refused.connect(self.show_error)
        self._head.renamed.connect(self._rename)
        self._head.other_file_requested.connect(self.other_file_requested)
        self.mappings.refused.connect(self.show_error)
        self._import.clicked.connect(self.import_requested)
        self._buttons.rejected.connect(self.reject)
        self.target.changed.connect(self._turn_target)
        self._found.changes.ticked.connect(self._enable)

    def _turn_target(self) -> None:
        self.show_error("")
        self._found.offer_changes(wanted=self.target.is_update)
        self._compare()
        self._enable()

    def _compare(self) -> None:
        """Have the plan that is open compared with what was found, where that is wanted."""
        self._found.changes.show_update(None)
        if self.found is not None and self.target.is_update:
            self.compare_requested.emit(self.found)

    def _choose(self, mapping: Mapping) -> None:
        self.show_error("")
        self.reader.choose(mapping)

    def _show_busy(self) -> None:
        self._busy.begin("読み取っています…")
        self._enable()

    def _choose_reading(self, mapping: Mapping) -> None:
        """Read the whole in another way; a name that was typed stays."""
        present = self.reader.mapping
        if self._is_renamed and present is not None:
            mapping = mapping._replace(title=present.title)
        self._choose(mapping)

    def _rename(self, title: str) -> None:
        self._is_renamed = True
        if self.reader.mapping is not None:
            self._choose(self.reader.mapping._replace(title=title))

    def _show_mapping(self, mapping: Mapping) -> None:
        if self._sheet.book is None:
            return  # the first one of a file is shown with its result
        self._sheet.show_mapping(mapping)
        self._show_words(mapping)

    def _show_words(self, mapping: Mapping) -> None:
        self._found.show_mapping(mapping)
        self._head.show_title(mapping.title)

    def _show_found(self, found: Found) -> None:
        if self._sheet.book is not found.book:
            self._sheet.show_book(found.book)
            self._sheet.show_mapping(found.mapping)
        self._sheet.show_found(found)
        # Later, so that the window paints and answers in between.
        QTimer.singleShot(_TURN, self, partial(self._show_result, found))

    def _show_result(self, found: Found) -> None:
        if found is not self.reader.found or self.reader.is_busy:
            return  # something else was chosen meanwhile
        is_new = self._shown is None or self._shown.book is not found.book
        self._shown = found
        self._show_words(found.mapping)
        plan = found.rows.found
        self._readings.show_readings(self.reader.readings, found.mapping, len(plan.actions))
        self._found.show_found(found)
        self._head.show_years(plan)
        self.say_ready()
        if is_new:
            self._import.setFocus()  # most people press nothing else
        if not plan.actions:
            self.show_error(_nothing(found))
        if found.is_known and not self.target.isHidden() and not self.target.is_update:
            self.target.propose_update()  # which has it compared
        else:
            self._compare()
        if self._resumed is not None:
            resumed, self._resumed = self._resumed, None
            self.reader.use(resumed, _RESUMED)
            return
        if self._why_back:
            self.show_error(self._why_back)
            self._why_back = ""
        self.settled.emit()

    def _tell_failure(self, message: str) -> None:
        path, mapping = self._before or (None, None)
        if self.reader.found is None and path is not None and mapping is not None:
            self._why_back = f"{message}前の表に戻りました。"
            self.resume(path, mapping)
            return
        self.say_ready()
        self.show_error(message)
        self.settled.emit()

    def _choices(self) -> tuple[QWidget, ...]:
        return self._head, self._readings, self._splitter, self.target, self._import, self._cancel

    def _enable(self) -> None:
        found = self.found
        ready = found is not None and bool(found.rows.found.actions)
        if self.target.is_update:
            chosen = len(self.chosen)
            self._import.setText(f"{chosen:,}件を取り込む(&I)" if chosen else "取り込む(&I)")
            ready = ready and bool(chosen)
        else:
            self._import.setText("取り込む(&I)…")
        self._import.setEnabled(ready)
        self._import.setDefault(True)
        self.mappings.setEnabled(found is not None)

    # Layout

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._sheet)
        self._splitter.addWidget(self._found)
        self._splitter.setSizes(_SHARES)
        self._splitter.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addWidget(self.mappings)
        foot.addWidget(self._busy)
        foot.addStretch()
        foot.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._readings)
        column.addWidget(self._splitter, 1)
        column.addWidget(self._error)
        column.addWidget(self.target)
        column.addLayout(foot)
        self.setMinimumSize(self.minimumSizeHint().boundedTo(self._room()))
        self.resize(*_SIZE)
        self.resize(self.size().boundedTo(self._room()))

    def _room(self) -> QSize:
        screen = self.screen() or QGuiApplication.primaryScreen()
        return screen.availableSize()


def _nothing(found: Found) -> str:
    """Say that nothing was found, and what to do next."""
    action = found.rows.found.levels[-1][0]
    if found.mapping.form is not None:
        return (
            "取り込める様式がありません。左下の欄の一覧で、取組の名前が書かれた欄の意味に"
            f"「{action}」を選んでください。上の「読み取りの候補」も選び直せます。"
        )
    return (
        "取り込める行がありません。左の表で、取組の名前が書かれた列の「▾」を押して"
        f"「{action}」を選び、見出し行と終わりの行を確かめてください。"
        "上の「読み取りの候補」も選び直せます。"
    )
