"""Asks whom to ask, until when, with which words, and where the forms go."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.domain.inputs import checked_text
from kyodo_desktop.excel.options import FONTS
from kyodo_desktop.paths import is_folder
from kyodo_desktop.services.inquiries.asking import COVERING_FIELD, DUE_FIELD
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.dialogs.date_inputs import DayEdit
from kyodo_desktop.ui.inquiries.covering import with_other_day
from kyodo_desktop.ui.inquiries.section_list import SectionList
from kyodo_desktop.ui.inquiries.shared_note import SharedNote
from kyodo_desktop.ui.plain import Label, rich_label
from kyodo_desktop.ui.widgets.forms import (
    Field,
    FormDialog,
    add_row,
    line_edit,
    new_form,
    push_button,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kyodo_desktop.services.inquiries.asking import AskableSection, SharedAction

_SECTIONS, _FOLDER = "照会する担当課", "保存先"
_LINES = 4


class InquiryDraft(NamedTuple):
    """What the dialog begins with: `chosen` sections, or all that have something to answer."""

    round_name: str
    sections: Sequence[AskableSection]
    sent: Mapping[int, str]
    chosen: Collection[int] | None
    unasked: int
    shared: Sequence[SharedAction]
    today: str
    due_on: str
    covering: str
    folder: str
    font: str


class InquiryInput(NamedTuple):
    """What was asked for."""

    section_ids: tuple[int, ...]
    due_on: str
    covering: str
    folder: Path
    font: str


class InquiryDialog(FormDialog):
    """`unasked_requested` comes when it was left to see the actions that nobody is asked for.

    So does `shared_requested` with the ids of those that several sections are asked for.
    """

    manual_page = "inquiry"

    unasked_requested = Signal()
    shared_requested = Signal(list)

    def __init__(self, draft: InquiryDraft, parent: QWidget | None = None) -> None:
        super().__init__("照会（回答票を作る）", parent, done="回答票を作る(&M)")
        self._today, self._due_on = draft.today, draft.due_on
        self._sections, self._summary = SectionList(), Label()
        self._summary.setObjectName("summary")
        self._shared = SharedNote(draft.shared, [each for each, at in draft.sent.items() if at])
        self._shared.requested.connect(self._show_shared)
        self._due = DayEdit(draft.due_on, DUE_FIELD)
        self._due.setObjectName("due_on")
        self._covering = QPlainTextEdit(draft.covering)
        self._covering.setObjectName("covering")
        self._covering.setTabChangesFocus(True)
        self._folder = line_edit(draft.folder, "folder")
        self._font = QComboBox()
        self._font.setObjectName("font")
        self._font.addItems(list(dict.fromkeys((*FONTS, draft.font))))
        self._font.setCurrentText(draft.font)
        self._lay_out(draft)
        self._due.editingFinished.connect(self._follow_day)
        self._sections.changed.connect(self._count)
        self._sections.show_sections(draft.sections, draft.sent, draft.chosen)

    @property
    def asked(self) -> InquiryInput:
        """What is typed and chosen; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    def read(self) -> InquiryInput:
        chosen = tuple(self._sections.chosen())
        if not chosen:
            raise InvalidInputError(_SECTIONS, "を1つ以上選んでください。")
        due_on = self._due.day
        if due_on < self._today:
            raise InvalidInputError(
                DUE_FIELD,
                f"の{day_label(due_on)}は過ぎています。今日より後の日付にしてください。",
            )
        covering = checked_text(self._covering.toPlainText(), COVERING_FIELD)
        folder = Path(self._folder.text().strip()).expanduser()
        if not self._folder.text().strip() or not folder.is_absolute():
            raise InvalidInputError(_FOLDER, "のフォルダーを「参照」から選んでください。")
        return InquiryInput(chosen, due_on, covering, folder, self._font.currentText())

    def _count(self) -> None:
        chosen, actions = self._sections.chosen(), self._sections.chosen_actions()
        self._summary.setText(f"{len(chosen):,}課・実行計画{actions:,}件を選んでいます。")
        self._shared.show_chosen(chosen)

    def _follow_day(self) -> None:
        """Let the covering text name the day that was typed, where it named the one before."""
        try:
            day = self._due.day
        except InvalidInputError:
            return  # said when the dialog is to close
        text = self._covering.toPlainText()
        changed = with_other_day(text, self._due_on, day)
        self._due_on = day
        if changed != text:
            self._covering.setPlainText(changed)

    def _ask_for_folder(self) -> None:
        start = Path(self._folder.text())
        shown = next((each for each in (start, *start.parents) if is_folder(each)), start)
        dialog = QFileDialog(self, "回答票の保存先", str(shown))
        dialog.setObjectName("file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self._folder.setText(str(Path(name))))
        ask(dialog)

    def _show_unasked(self) -> None:
        self.reject()
        self.unasked_requested.emit()

    def _show_shared(self, action_ids: list[int]) -> None:
        self.reject()
        self.shared_requested.emit(action_ids)

    # Layout

    def _lay_out(self, draft: InquiryDraft) -> None:
        explanation = Label(
            f"調査「{draft.round_name}」の回答票を、課ごとに1つのExcelファイルにします。"
        )
        explanation.setObjectName("explanation")
        explanation.setWordWrap(True)
        self._covering.setFixedHeight(self._height_of_lines(_LINES))
        self._covering.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form = new_form()
        add_row(form, "担当課(&S)", Field(self._sections, _SECTIONS))
        form.addRow("", self._below_the_sections(draft.unasked))
        add_row(form, "回答期限(&D)", Field(self._due, DUE_FIELD))
        add_row(form, "依頼文(&T)", Field(self._covering, COVERING_FIELD))
        add_row(form, "保存先(&F)", Field(self._folder_row(), _FOLDER))
        add_row(form, "文字の種類(&N)", self._font)
        self.content.addWidget(explanation)
        self.content.addLayout(form, 1)
        self.resize(640, 600)

    def _height_of_lines(self, lines: int) -> int:
        frame = 2 * (self._covering.frameWidth() + int(self._covering.document().documentMargin()))
        return lines * self.fontMetrics().lineSpacing() + frame

    def _below_the_sections(self, unasked: int) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._summary, 1)
        for text, name, ticked in (
            ("すべて選ぶ(&A)", "all_sections", True),
            ("すべて外す(&U)", "no_sections", False),
        ):
            tick = partial(self._sections.tick_all, ticked=ticked)
            row.addWidget(push_button(text, name, tick))
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        if unasked:
            column.addWidget(self._told_unasked(unasked))
        column.addWidget(self._shared)
        return widget

    def _told_unasked(self, count: int) -> Label:
        label = rich_label(
            f"主担当の課がない実行計画が{count:,}件あります。どの回答票にも入りません。"
            '　<a href="show">ツリーで選んで確かめる</a>'
        )
        label.setObjectName("unasked")
        label.setWordWrap(True)
        label.linkActivated.connect(lambda _link: self._show_unasked())
        return label

    def _folder_row(self) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._folder, 1)
        row.addWidget(push_button("参照(&B)…", "browse", self._ask_for_folder))
        widget.setFocusProxy(self._folder)
        return widget
