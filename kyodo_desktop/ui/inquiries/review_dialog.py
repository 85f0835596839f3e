"""The answers beside the plan: look at the differences of each section, and take them in."""

from __future__ import annotations

from functools import partial
from html import escape
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.replies.form import Remark, Severity
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.inquiries.batch import (
    Batch,
    ReceivedFile,
    name_of,
    needs_a_look,
    state_of,
    twins_text,
    undecided_text,
)
from kyodo_desktop.ui.inquiries.differences import DifferencesView
from kyodo_desktop.ui.widgets import appearance, dropping, forms, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


_FILES = "回答票 (*.xlsx *.xlsm *.xls *.xlsb *.ods);;すべてのファイル (*)"
_SHARES = [300, 800]
_EMPTY = (
    "返ってきた回答票（Excelファイル）か、それらの入ったフォルダーを、この画面に"
    "ドラッグ＆ドロップしてください。\n"
    "「ファイルを追加」「フォルダーを追加」からも選べます。\n\n"
    "計画との違いを確かめてから取り込みます。取り込むまで、計画の内容は変わりません\n"
    "（回答が届いたことと回答者は、読み込んだときに「回答状況」に記録します）。"
)
_NOTHING_READ = (
    "取り込める違いはありません。上の「確認してください」を確かめ、必要なことを計画に入力してから"
    "「取込済にする」を押してください。"
)
_OLDER = (
    "同じ課の新しい回答を取り込み済みです。この古い回答から取り込むところを選ぶと、"
    "そこだけを取り込めます。"
)
_UNREAD = "読み取れなかったところが{:,}件あるため、取り込んでも取込済にはなりません。"
_TAKE, _FINISH = "この課の回答を取り込む(&A)", "取込済にする(&A)"
_NO_DIFFERENCES = "回答は現在の計画と同じです。取り込むと、回答済みとして記録します。"


class ReviewDialog(QDialog):
    """Shows a batch, from `refresh` on, and tells what is wanted of it."""

    paths_given = Signal(list)
    taking_requested = Signal(list)  # files
    action_requested = Signal(int)  # its id
    round_requested = Signal(int)  # its id

    def __init__(self, workspace: Workspace, batch: Batch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("回答の取込")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._workspace, self._batch = workspace, batch
        self._files, self._differences = FileList(), DifferencesView()
        self._title, self._remarks, self._status = plain.Label(), RemarksView(), plain.Label()
        self._done, self._error = plain.Label(), forms.ErrorLine()
        for label, name in (
            (self._title, "title"),
            (self._status, "status"),
            (self._done, "done"),
        ):
            label.setObjectName(name)
            label.setWordWrap(True)
        self._pages = QStackedWidget()
        self._lay_out()
        dropping.FileDrops(self).dropped.connect(self.paths_given)
        self._files.chosen.connect(self._show_file)
        self._differences.decided.connect(self._show_status)
        for view in (self._differences, self._remarks):
            view.action_requested.connect(self._go_to)

    @property
    def current(self) -> ReceivedFile | None:
        """The file that is looked at."""
        row = self._files.currentRow()
        return self._batch.files[row] if 0 <= row < len(self._batch.files) else None

    def refresh(self, new: Sequence[ReceivedFile] = ()) -> None:
        """Show the batch as it is now, and go to the first answer of the `new` files."""
        self._pages.setCurrentIndex(1 if self._batch.files else 0)
        first = next((each for each in self._batch.files if each in new and each.answer), None)
        shown = first or (new[0] if new else None)
        self._files.show_batch(self._batch, self._batch.files.index(shown) if shown else None)

    def show_done(self, done: str, error: str = "") -> None:
        """Say what was taken in, and what was not and why; go on to what is left to look at."""
        self._done.setText(done)
        self._done.setVisible(bool(done))
        self._error.show_error(error)
        current = self.current
        if current is not None and current.taken:
            left = [row for row, each in enumerate(self._batch.files) if self._is_left(each)]
            after = [row for row in left if row > self._files.currentRow()]
            self._files.setCurrentRow((after or left or [self._files.currentRow()])[0])

    def _is_left(self, file: ReceivedFile) -> bool:
        """Tell whether a file is still to be looked at: not one beside a newer that is in."""
        newer = self._batch.newer(file)
        is_older = file.review is not None and file.review.is_older
        return file.is_open and not is_older and not (newer and newer.taken)

    def show_progress(self, done: int, total: int) -> None:
        """Say how many of the answers are taken in."""
        self._status.setText(f"回答を取り込んでいます…（{total:,}課のうち{done:,}課が済みました）")

    def _show_file(self) -> None:
        file = self.current
        outline = self._workspace.outline
        self._title.setText(_title(self._batch, file))
        self._remarks.show_remarks(outline, file)
        self._share_height()
        may_choose = file is not None and file.is_open and not self._workspace.read_only_because
        self._differences.show_file(outline, file, writable=may_choose)
        self._show_status()

    def _show_status(self) -> None:
        file, harmless = self.current, self._batch.plain()
        may_take = not self._workspace.read_only_because
        self._take.setEnabled(may_take and file is not None and file.has_to_take)
        self._take.setText(_FINISH if _has_only_remarks(file) else _TAKE)
        other = self._other_round
        self._show_round.setVisible(bool(other))
        if other:
            name = self._workspace.outline.rounds[other].name
            self._show_round.setText(f"「{name}」を表示する(&R)")
        self._leave.setEnabled(file is not None)
        self._take_all.setEnabled(may_take and bool(harmless))
        self._take_all.setText(f"すべての課を取り込む（{len(harmless):,}課）(&L)")
        self._status.setText(self._workspace.read_only_because or _status_of(file))

    def _share_height(self) -> None:
        """Give the remarks the room that they need, unless somebody has given them another."""
        if self._remarks.isVisibleTo(self._texts) and not self._is_shared_by_hand:
            wanted = self._remarks.wanted_height()
            self._texts.setSizes([wanted, max(self._texts.height() - wanted, 1)])

    def _go_to(self, action_id: int) -> None:
        self.accept()
        self.action_requested.emit(action_id)

    @property
    def _other_round(self) -> int:
        """The open round to which the file that is looked at belongs, if it is not shown."""
        file = self.current
        return file.review.other_round if file and file.review else 0

    def _leave_out(self) -> None:
        """Let the list no longer have the file that is looked at; the plan stays as it is."""
        if self.current is not None:
            self._batch.files.remove(self.current)
            self.refresh()

    def _take_current(self) -> None:
        if self.current is not None:
            self.taking_requested.emit([self.current])

    def _choose(self, mode: QFileDialog.FileMode, title: str) -> None:
        known = self._batch.files
        start = known[-1].path.parent if known else Path.home()
        dialog = QFileDialog(self, title, str(start), _FILES)
        dialog.setObjectName("file_dialog")
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda names: self.paths_given.emit([*map(Path, names)]))
        ask(dialog)

    # Layout

    def _lay_out(self) -> None:
        empty = plain.Label(_EMPTY)
        empty.setObjectName("empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        self._pages.addWidget(empty)
        self._pages.addWidget(self._work())
        column = QVBoxLayout(self)
        column.addLayout(self._top())
        column.addWidget(self._pages, 1)
        column.addWidget(self._done)
        column.addWidget(self._error)
        column.addWidget(self._buttons())
        self._done.hide()
        self.resize(1180, 640)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        modes = QFileDialog.FileMode
        for text, name, mode, title in (
            ("ファイルを追加(&F)…", "add_files", modes.ExistingFiles, "回答票を選ぶ"),
            ("フォルダーを追加(&D)…", "add_folder", modes.Directory, "回答票のフォルダーを選ぶ"),
        ):
            row.addWidget(forms.push_button(text, name, partial(self._choose, mode, title)))
        row.addStretch(1)
        self._leave = forms.push_button("一覧から外す(&X)", "leave_out", self._leave_out)
        self._leave.setToolTip(
            plain.tip("選んでいるファイルを一覧から外します。ファイルは消しません。")
        )
        row.addWidget(self._leave)
        return row

    def _work(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        self._texts = QSplitter(Qt.Orientation.Vertical)
        self._texts.setObjectName("texts")
        for widget in (self._remarks, self._differences):
            self._texts.addWidget(widget)
        self._texts.setChildrenCollapsible(False)
        self._texts.setStretchFactor(1, 1)
        self._is_shared_by_hand = False
        self._texts.splitterMoved.connect(self._keep_share)
        column.addWidget(self._title)
        column.addWidget(self._texts, 1)
        column.addWidget(self._status)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._files)
        splitter.addWidget(right)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes(_SHARES)
        splitter.setStretchFactor(1, 1)
        return splitter

    def _keep_share(self) -> None:
        self._is_shared_by_hand = True

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self._take = forms.push_button(_TAKE, "take", self._take_current)
        self._show_round = forms.push_button(
            "", "show_round", lambda: self.round_requested.emit(self._other_round)
        )
        self._take_all = forms.push_button(
            "", "take_all", lambda: self.taking_requested.emit(self._batch.plain())
        )
        for button in (self._show_round, self._take, self._take_all):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        return buttons


def _title(batch: Batch, file: ReceivedFile | None) -> str:
    if file is None:
        return ""
    if file.answer is None:
        return name_of(file)
    first = f"{name_of(file)}（{file.answer.round_name}）　{file.path.name}"
    signed = file.review.signed if file.review else ""
    return "\n".join(filter(None, (first, signed, twins_text(batch, file))))


def _has_only_remarks(file: ReceivedFile | None) -> bool:
    """Tell whether there is nothing to choose, but something to look at."""
    if file is None or not file.is_open or file.review is None:
        return False
    return not file.differences and bool(file.review.warnings)


def _status_of(file: ReceivedFile | None) -> str:
    """Return what pressing the button would do."""
    if file is None or file.taken:
        return file.taken if file else ""
    if not file.is_open:
        return ""  # the remarks say why
    if not file.has_to_take:
        return _OLDER
    if not file.differences:
        return _NOTHING_READ if _has_only_remarks(file) else _NO_DIFFERENCES
    unread = file.review.unread if file.review else 0
    left = _UNREAD.format(unread) if unread else ""
    return f"選んでいる{len(file.chosen()):,}件を取り込みます。{undecided_text(file)}{left}"


class FileList(QListWidget):
    """Tells which file is looked at."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("answer_files")
        self.setAccessibleName("回答のファイル")
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._taken, self._warned, self._plain = (
            appearance.icon("saved"),
            appearance.icon("warning"),
            appearance.icon("answers"),
        )
        self.currentRowChanged.connect(lambda _row: self.chosen.emit())

    def show_batch(self, batch: Batch, place: int | None = None) -> None:
        """Show the files as they stand now, and choose a place; else the same stays chosen."""
        if place is None:
            place = max(self.currentRow(), 0)
        with QSignalBlocker(self):
            while self.count() > len(batch.files):
                self.takeItem(self.count() - 1)
            while self.count() < len(batch.files):
                self.addItem(QListWidgetItem())
            for row, file in enumerate(batch.files):
                self._show(self.item(row), batch, file)
            self.setCurrentRow(min(place, self.count() - 1))
        self.chosen.emit()

    def _show(self, item: QListWidgetItem, batch: Batch, file: ReceivedFile) -> None:
        name, state = name_of(file), state_of(batch, file)
        which = f"（{file.path.name}）" if batch.twins(file) else ""
        item.setText(f"{name}{which}\n{state}")
        item.setToolTip(plain.tip(f"{name}\n{state}\n{file.path}"))
        sign = self._warned if needs_a_look(file) else self._plain
        item.setIcon(self._taken if file.taken else sign)


_LINES, _FEWEST_LINES = 6, 2


class RemarksView(plain.RichView):
    """Takes no room while there is nothing to say; a row's action is a link to it.

    What weighs most stands first: why nothing can be taken, then what could not be read.
    """

    action_requested = Signal(int)  # its id

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("remarks")
        self.setAccessibleName("回答票についてのお知らせ")
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self.anchorClicked.connect(lambda link: self.action_requested.emit(int(link.toString())))
        self.hide()

    def show_remarks(self, outline: Outline, file: ReceivedFile | None) -> None:
        """Show what is to be said of a file, or why it is no answer."""
        review = file.review if file else None
        remarks = review.remarks if review else ()
        if file is not None and file.problem:
            remarks = (Remark(Severity.BLOCKING, file.problem),)
        actions = {each.row: each.action_id for each in review.answer.rows} if review else {}
        order = list(Severity)
        lines = [
            f'<p style="margin:2px 0">{_markup(each, outline, actions)}</p>'
            for each in sorted(
                remarks, key=lambda each: (order.index(each.severity), not each.is_unread)
            )
        ]
        self.setHtml("".join(lines))
        self.setVisible(bool(lines))
        self.setMinimumHeight(min(self.wanted_height(), self._height_of(_FEWEST_LINES)))

    def wanted_height(self) -> int:
        """Return the height of the text, up to some lines."""
        height = ceil(self.document().size().height()) + 2 * self.frameWidth()
        return min(height, self._height_of(_LINES))

    def _height_of(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + 2 * self.frameWidth()


def _markup(remark: Remark, outline: Outline, actions: Mapping[int, int]) -> str:
    text = f"<b>{remark.severity.label}</b>　{escape(remark.text)}"
    action_id = actions.get(remark.row, 0)
    if action_id not in outline.placed:
        return text
    label = outline.label(outline.home(action_id))
    return f'{text}　<a href="{action_id}">{escape(label)}</a>'
