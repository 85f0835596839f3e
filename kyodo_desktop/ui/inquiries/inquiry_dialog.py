"""Asks whom to ask, until when, with which words and where the forms go; says what was sent."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import errors, fiscal_year
from kyodo_desktop.domain.inputs import checked_text
from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.domain.replies import covering
from kyodo_desktop.domain.replies.addressing import addressed, has_head
from kyodo_desktop.pages.options import FONTS
from kyodo_desktop.paths import is_folder
from kyodo_desktop.services.inquiries.asking import (
    COVERING_FIELD,
    DUE_FIELD,
    AskableSection,
    SharedAction,
)
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.widgets import forms, inputs, item_views, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


_SECTIONS, _FOLDER = "照会する担当課", "保存先"
_LINES = 4


class InquiryDraft(NamedTuple):
    """What the dialog begins with: `chosen` sections, or all that have something to answer."""

    round_name: str
    year: int
    sections: Sequence[AskableSection]
    sent: Mapping[int, str]
    chosen: Collection[int] | None
    unasked: int
    shared: Sequence[SharedAction]
    today: str
    addressee: Addressee
    contact: str
    due_on: str
    covering: str
    folder: str
    font: str


class InquiryInput(NamedTuple):
    """What was asked for."""

    section_ids: tuple[int, ...]
    addressee: Addressee
    due_on: str
    covering: str
    folder: Path
    font: str


class InquiryDialog(forms.FormDialog):
    """`unasked_requested` comes when it was left to see the actions that nobody is asked for.

    So does `shared_requested` with the ids of those that several sections are asked for.
    `settings_requested` is for the settings of the plan, which has whom to call.
    """

    unasked_requested = Signal()
    shared_requested = Signal(list)
    settings_requested = Signal()

    def __init__(self, draft: InquiryDraft, parent: QWidget | None = None) -> None:
        super().__init__("照会（回答票を作る）", parent, done="回答票を作る(&M)")
        self._today, self._due_on = draft.today, draft.due_on
        self._sections, self._summary = SectionList(), plain.Label()
        self._summary.setObjectName("summary")
        self._shared = SharedNote(draft.shared, [each for each, at in draft.sent.items() if at])
        self._shared.requested.connect(self._show_shared)
        self._names = {each.section.id: each.section.name for each in draft.sections}
        self._addressee = _addressee_box(draft.addressee)
        self._unheaded = plain.Label()
        self._unheaded.setObjectName("unheaded")
        self._unheaded.setWordWrap(True)
        self._due = inputs.DayEdit(draft.due_on, DUE_FIELD)
        self._due.setObjectName("due_on")
        self._covering = QPlainTextEdit(draft.covering)
        self._covering.setObjectName("covering")
        self._covering.setTabChangesFocus(True)
        self._year, self._outdated = draft.year, plain.Label()
        self._outdated.setObjectName("outdated")
        self._outdated.setWordWrap(True)
        self._covering.textChanged.connect(self._show_outdated)
        self._folder = forms.line_edit(draft.folder, "folder")
        self._font = inputs.ListBox()
        self._font.setObjectName("font")
        self._font.addItems(list(dict.fromkeys((*FONTS, draft.font))))
        self._font.setCurrentText(draft.font)
        self._contact = plain.rich_label("")
        self._contact.setObjectName("contact")
        self._contact.setWordWrap(True)
        self._contact.linkActivated.connect(lambda _link: self.settings_requested.emit())
        self.show_contact(draft.contact)
        self._lay_out(draft)
        self._due.editingFinished.connect(self._follow_day)
        self._sections.changed.connect(self._count)
        self._addressee.currentIndexChanged.connect(self._show_unheaded)
        self._sections.show_sections(draft.sections, draft.sent, draft.chosen)

    @property
    def asked(self) -> InquiryInput:
        """What is typed and chosen; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    @property
    def filled_in(self) -> dict[str, Any]:
        """What of a draft was typed and chosen so far; of a day that is none, the last one."""
        return {
            "chosen": None if self._sections.is_whole else self._sections.chosen(),
            "addressee": Addressee(self._addressee.currentData()),
            "due_on": self._due_on,
            "covering": self._covering.toPlainText(),
            "folder": self._folder.text(),
            "font": self._font.currentText(),
        }

    def read(self) -> InquiryInput:
        chosen = tuple(self._sections.chosen())
        if not chosen:
            raise errors.InvalidInputError(_SECTIONS, "を1つ以上選んでください。")
        due_on = self._due.day
        if due_on < self._today:
            raise errors.InvalidInputError(
                DUE_FIELD,
                f"の{fiscal_year.day_label(due_on)}は過ぎています。今日より後の日付にしてください。",
            )
        text = checked_text(self._covering.toPlainText(), COVERING_FIELD)
        folder = Path(self._folder.text().strip()).expanduser()
        if not self._folder.text().strip() or not folder.is_absolute():
            raise errors.InvalidInputError(_FOLDER, "のフォルダーを「参照」から選んでください。")
        return InquiryInput(
            chosen,
            Addressee(self._addressee.currentData()),
            due_on=due_on,
            covering=text,
            folder=folder,
            font=self._font.currentText(),
        )

    def _count(self) -> None:
        chosen, actions = self._sections.chosen(), self._sections.chosen_actions()
        self._summary.setText(f"{len(chosen):,}課・実行計画{actions:,}件を選んでいます。")
        self._shared.show_chosen(chosen)
        self._show_unheaded()

    def _show_unheaded(self) -> None:
        """Say which of the chosen sections have no head who is called by their name."""
        to_heads = self._addressee.currentData() == Addressee.HEAD
        names = [self._names[each] for each in self._sections.chosen()] if to_heads else []
        unheaded = [each for each in names if not has_head(each)]
        named = "、".join(unheaded[:_NAMED])
        more = f"ほか{len(unheaded) - _NAMED:,}課" if len(unheaded) > _NAMED else ""
        self._unheaded.setText(f"「御中」のままの課：{named}{more}")
        self._unheaded.setVisible(bool(unheaded))

    def _show_outdated(self) -> None:
        """Say which years of an earlier round the covering text still names."""
        old = covering.outdated(self._covering.toPlainText(), self._year, self._due_on)
        self._outdated.setText(
            f"依頼文に、この調査より前の年があります：{'、'.join(old)}。書き直してください。"
        )
        self._outdated.setVisible(bool(old))

    def _follow_day(self) -> None:
        """Let the covering text name the day that was typed, where it named the one before."""
        try:
            day = self._due.day
        except errors.InvalidInputError:
            return  # said when the dialog is to close
        text = self._covering.toPlainText()
        changed = covering.with_other_day(text, self._due_on, day)
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
        explanation = plain.Label(
            f"調査「{draft.round_name}」の回答票を、課ごとに1つのExcelファイルにします。"
        )
        explanation.setObjectName("explanation")
        explanation.setWordWrap(True)
        self._covering.setFixedHeight(self._height_of_lines(_LINES))
        self._covering.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form = forms.new_form()
        forms.add_row(form, "担当課(&S)", forms.FormField(self._sections, _SECTIONS))
        form.addRow("", self._below_the_sections(draft.unasked))
        forms.add_row(form, "宛先(&R)", self._addressee_row())
        form.addRow("照会元", self._contact)
        forms.add_row(form, "回答期限(&D)", forms.FormField(self._due, DUE_FIELD))
        forms.add_row(form, "依頼文(&T)", forms.FormField(self._covering, COVERING_FIELD))
        form.addRow("", self._outdated)
        self._show_outdated()
        forms.add_row(form, "保存先(&F)", forms.FormField(self._folder_row(), _FOLDER))
        forms.add_row(form, "フォント(&N)", self._font)
        self.content.addWidget(explanation)
        self.content.addLayout(form, 1)
        self.resize(640, 600)

    def _addressee_row(self) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._addressee)
        row.addWidget(self._unheaded, 1)
        row.addStretch()
        widget.setFocusProxy(self._addressee)
        return widget

    def _height_of_lines(self, lines: int) -> int:
        frame = 2 * (self._covering.frameWidth() + int(self._covering.document().documentMargin()))
        return lines * self.fontMetrics().lineSpacing() + frame

    def _below_the_sections(self, unasked: int) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._summary, 1)
        for text, name, ticked in (
            ("すべて選択(&A)", "all_sections", True),
            ("すべて解除(&U)", "no_sections", False),
        ):
            tick = partial(self._sections.tick_all, ticked=ticked)
            row.addWidget(forms.push_button(text, name, tick))
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        if unasked:
            column.addWidget(self._unasked_label(unasked))
        column.addWidget(self._shared)
        return widget

    def _unasked_label(self, count: int) -> plain.Label:
        label = plain.rich_label(
            f"主担当の課がない実行計画が{count:,}件あります。どの回答票にも入りません。"
            '　<a href="show">一覧で選んで確かめる</a>'
        )
        label.setObjectName("unasked")
        label.setWordWrap(True)
        label.linkActivated.connect(lambda _link: self._show_unasked())
        return label

    def show_contact(self, contact: str) -> None:
        """Say whom the forms name for questions."""
        self._contact.setText(
            f'{escape(contact or _NO_CONTACT)}　<a href="settings">計画の設定を開く</a>'
        )

    def _folder_row(self) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._folder, 1)
        row.addWidget(forms.push_button("参照(&B)…", "browse", self._ask_for_folder))
        widget.setFocusProxy(self._folder)
        return widget


_NO_CONTACT = "（なし）「設定」→「計画の設定」で入れると、回答票に印刷します。"


def _addressee_box(chosen: Addressee) -> QComboBox:
    box = inputs.ListBox()
    box.setObjectName("addressee")
    for each in Addressee:
        box.addItem(addressed("○○課", each), each.value)
    box.setCurrentIndex(box.findData(chosen.value))
    return box


_HEADERS = ("担当課", "回答する実行計画", "前回の発送")
_NAME, _COUNT, _SENT = range(3)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ID = Qt.ItemDataRole.UserRole

_NO_SECTIONS = "担当課がまだありません。実行計画に主担当の課を設定すると、ここから選べます。"


class SectionList(QTreeWidget):
    """A section with nothing to answer is shown, but cannot be ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("asked_sections")
        self.setAccessibleName("照会する担当課")
        self.setHeaderLabels(_HEADERS)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.headerItem().setTextAlignment(_COUNT, _RIGHT)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        item_views.EmptyNote(self, _NO_SECTIONS)
        self.itemChanged.connect(lambda _item, _column: self.changed.emit())

    def show_sections(
        self,
        sections: Sequence[AskableSection],
        sent: Mapping[int, str],
        chosen: Collection[int] | None,
    ) -> None:
        """Show the sections with the moments they were `sent` a form; None chooses all."""
        with QSignalBlocker(self):
            self.clear()
            for each in sections:
                is_chosen = chosen is None or each.section.id in chosen
                moment = sent.get(each.section.id, "")
                self.addTopLevelItem(_item(each, moment, is_chosen=is_chosen))
        self.changed.emit()

    def chosen(self) -> list[int]:
        """Return the ids of the ticked sections, as they stand in the list."""
        return [item.data(_NAME, _ID) for item in self._items if _is_ticked(item)]

    @property
    def is_whole(self) -> bool:
        """Whether all that can be asked are ticked."""
        return all(_is_ticked(item) or item.isDisabled() for item in self._items)

    def chosen_actions(self) -> int:
        """Return how many rows the ticked sections answer, together."""
        return sum(item.data(_COUNT, _ID) for item in self._items if _is_ticked(item))

    def tick_all(self, *, ticked: bool) -> None:
        """Tick all that can be asked, or none."""
        state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        with QSignalBlocker(self):
            for item in self._items:
                if not item.isDisabled():
                    item.setCheckState(_NAME, state)
        self.viewport().update()
        self.changed.emit()

    @property
    def _items(self) -> list[QTreeWidgetItem]:
        return [self.topLevelItem(row) for row in range(self.topLevelItemCount())]  # type: ignore[misc]


def _item(asked: AskableSection, sent_at: str, *, is_chosen: bool) -> QTreeWidgetItem:
    sent = f"{fiscal_year.day_label(sent_at[:10])}" if sent_at else "―"
    item = QTreeWidgetItem([asked.section.name, f"{asked.asked:,}件", sent])
    item.setTextAlignment(_COUNT, _RIGHT)
    item.setData(_NAME, _ID, asked.section.id)
    item.setData(_COUNT, _ID, asked.asked)
    is_ticked = is_chosen and bool(asked.asked)
    item.setCheckState(_NAME, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
    item.setDisabled(not asked.asked)
    if not asked.asked:
        item.setToolTip(_NAME, "主担当の実行計画がないため、回答票は作りません。")
    return item


def _is_ticked(item: QTreeWidgetItem) -> bool:
    return item.checkState(_NAME) is Qt.CheckState.Checked


_NAMED = 3


class SharedNote(plain.Label):
    """Nothing is shown where each action is asked for once. `requested` has the others' ids."""

    requested = Signal(list)

    def __init__(self, shared: Sequence[SharedAction], sent: Collection[int]) -> None:
        super().__init__()
        self.setObjectName("shared")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self._shared, self._sent = shared, set(sent)
        self._action_ids: list[int] = []
        self.linkActivated.connect(lambda _link: self.requested.emit(self._action_ids))
        self.hide()

    def show_chosen(self, section_ids: Collection[int]) -> None:
        """Say what these sections and those that were sent a form are asked for together."""
        chosen = set(section_ids)
        asked = chosen | self._sent
        shared = [
            (each, [name for id_, name in each.sections.items() if id_ in asked])
            for each in self._shared
            if chosen & each.sections.keys() and len(asked & each.sections.keys()) > 1
        ]
        self._action_ids = [each.action_id for each, _ in shared]
        named = [escape(f"{each.label}（{'、'.join(names)}）") for each, names in shared[:_NAMED]]
        if len(shared) > _NAMED:
            named.append(f"ほか{len(shared) - _NAMED:,}件")
        self.setText(
            f"次の実行計画{len(shared):,}件は、主担当の2課以上に照会され、同じ欄を別々に記入することに"
            f"なります：{'、'.join(named)}。"
            '<br><a href="show">一覧で選んで主担当を1課にする</a>　'
            "このまま回答票を作ることもできます。"
        )
        self.setVisible(bool(shared))


class SentDialog(plain.Question):
    """`accepted` means: open the folder."""

    def __init__(
        self, folder: Path, files: Sequence[Path], due: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            plain.MessageBox.Icon.Information,
            "照会（回答票を作る）",
            f"{len(files):,}課の回答票を作り、発送を記録しました。",
            f"保存先: {folder}\n回答期限: {due}\n\n"
            "このフォルダーのファイルを、それぞれの課に送ってください。"
            "返ってきたファイルは、このプログラムの画面にドラッグ＆ドロップすると取り込めます。",
            parent,
        )
        self.setDetailedText("\n".join(each.name for each in files))
        close = plain.MessageBox.StandardButton.Close
        self.offer("フォルダーを開く(&O)", "open_folder", close, by_default=True)
