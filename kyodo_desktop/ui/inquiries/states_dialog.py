"""回答状況: which sections were asked, which answered, and which are late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.replies.states import InquiryState, ReplyState
from kyodo_desktop.services.inquiries.asking import inquiry_states, reminder_text
from kyodo_desktop.ui.widgets import badges, forms, item_views, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.services.workspace import Workspace

_HEADERS = (
    "担当課",
    "状態",
    "確認",
    "発送日",
    "回答期限",
    "回答日",
    "取込日",
    "回答者",
    "課長確認",
    "回答のファイル",
)
_NAME, _STATE, _COUNT = range(3)
_PLACE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LOOKS = {
    ReplyState.OVERDUE: ("▲", StatusKind.ONGOING),
    ReplyState.SENT: ("・", StatusKind.ONGOING),
    ReplyState.NOT_SENT: ("", StatusKind.NOT_STARTED),
    ReplyState.ANSWERED: ("", StatusKind.NEAR),
    ReplyState.ACCEPTED: ("✓", StatusKind.DONE),
}
"""In the order in which somebody has to do something about them."""
_ORDER = list(_LOOKS)
_CELL_MARGIN, _EDGES = 16, 40
_NOBODY = "再依頼する課はありません。発送した課はすべて回答しています。"

_ALL_ANSWERED = "未回答の課はありません。"
_NO_SECTIONS = "照会できる課がまだありません。実行計画に主担当の課を設定すると、ここに並びます。"


class StatesDialog(QDialog):
    """Shows what is late first; a section's actions and its new form are asked for outside."""

    section_requested = Signal(int)
    forms_requested = Signal(list)  # ids of sections

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("回答状況")
        self._workspace = workspace
        states = inquiry_states(workspace, f"{workspace.now():%Y-%m-%d}")
        self._states = sorted(states, key=lambda each: _ORDER.index(each.state))
        self._summary, self._reminded = plain.Label(_summary(states)), plain.Label()
        self._summary.setObjectName("summary")
        self._reminded.setObjectName("reminded")
        for label in (self._summary, self._reminded):
            label.setWordWrap(True)
        self._waited_for = QCheckBox("未回答の課だけ表示(&U)")
        self._waited_for.setObjectName("waited_for")
        self._list = _new_list(self)
        self._note = item_views.EmptyNote(self._list, "")
        self._lay_out()
        self._waited_for.toggled.connect(self._show)
        self._list.itemSelectionChanged.connect(self._enable)
        self._list.itemActivated.connect(self._show_actions)
        theme.notifier().changed.connect(self._show)
        self._show()
        self._fit_width()

    def _fit_width(self) -> None:
        """Be as wide as the columns, as far as the screen goes."""
        header, last = self._list.header(), len(_HEADERS) - 1
        others = header.length() - header.sectionSize(last)
        wanted = others + self._list.sizeHintForColumn(last) + 3 * _CELL_MARGIN
        room = self.screen().availableGeometry().width() - 2 * _CELL_MARGIN
        self.resize(min(max(self.width(), wanted + theme.px(_EDGES)), room), self.height())

    @property
    def _chosen(self) -> list[InquiryState]:
        return [self._states[item.data(_NAME, _PLACE)] for item in self._list.selectedItems()]

    def _show(self) -> None:
        self._list.clear()
        self._note.say(_ALL_ANSWERED if self._states else _NO_SECTIONS)
        for place, each in enumerate(self._states):
            if each.state.is_waited_for or not self._waited_for.isChecked():
                item = _item(each)
                item.setData(_NAME, _PLACE, place)
                self._list.addTopLevelItem(item)
        self._enable()

    def _enable(self) -> None:
        chosen = self._chosen
        waited = [each for each in chosen or self._states if each.state.is_waited_for]
        self._copy.setEnabled(bool(waited))
        self._copy.setToolTip(plain.tip("" if waited else _NOBODY))
        shown = self._workspace.outline.round
        is_open = shown is not None and shown.closed_at is None
        may_ask = is_open and not self._workspace.read_only_because
        self._again.setEnabled(may_ask and any(each.actions for each in chosen))
        self._actions.setEnabled(len(chosen) == 1)

    def _copy_reminder(self) -> None:
        """Copy a mail to the chosen sections that have not answered, else to all of those."""
        waited = [each for each in self._chosen or self._states if each.state.is_waited_for]
        QGuiApplication.clipboard().setText(reminder_text(self._workspace, waited))
        names = "、".join(each.section.name for each in waited)
        self._reminded.setText(
            f"{names}への再依頼文をコピーしました。メールなどに貼り付けてください。"
        )

    def _ask_again(self) -> None:
        self.forms_requested.emit([each.section.id for each in self._chosen])

    def _show_actions(self) -> None:
        chosen = self._chosen
        if len(chosen) == 1:  # Enter may come with none or several
            self.accept()
            self.section_requested.emit(chosen[0].section.id)

    # Layout

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._summary, 1)
        top.addWidget(self._waited_for)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = forms.push_button(
            "再依頼文をコピー(&C)", "copy_reminder", self._copy_reminder
        )
        self._again = forms.push_button("回答票を作り直す(&M)…", "forms_again", self._ask_again)
        self._actions = forms.push_button("実行計画を表示(&S)", "show_actions", self._show_actions)
        for button in (self._copy, self._again, self._actions):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self._list, 1)
        column.addWidget(self._reminded)
        column.addWidget(buttons)
        self.resize(1040, 480)


def _summary(states: Sequence[InquiryState]) -> str:
    counts = [(each, sum(one.state is each for one in states)) for each in _ORDER]
    counted = "、".join(f"{state.label} {count:,}課" for state, count in counts if count)
    return counted or "照会できる課がまだありません。実行計画に主担当の課を設定してください。"


def _new_list(parent: QWidget) -> QTreeWidget:
    shown = QTreeWidget()
    shown.setObjectName("states")
    shown.setAccessibleName("課ごとの回答状況")
    shown.setHeaderLabels(_HEADERS)
    shown.setRootIsDecorated(False)
    shown.setUniformRowHeights(True)
    shown.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    shown.setItemDelegate(item_views.SelectionDelegate(shown))
    shown.setIconSize(QSize(theme.px(badges.SIDE), theme.px(badges.SIDE)))
    shown.headerItem().setTextAlignment(_COUNT, _RIGHT)
    header = shown.header()
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(_STATE, QHeaderView.ResizeMode.Fixed)
    widest = max(parent.fontMetrics().horizontalAdvance(each.label) for each in _ORDER)
    header.resizeSection(_STATE, widest + theme.px(badges.SIDE + _CELL_MARGIN))
    return shown


def _item(state: InquiryState) -> QTreeWidgetItem:
    again = f"（{state.sendings}回目）" if state.sendings > 1 else ""
    days = (state.sent_at, state.due_on, state.answered_at, state.accepted_at)
    sent, *others = (day_label(each[:10]) if each else "―" for each in days)
    count = f"{state.confirmed:,}/{state.actions:,}"
    called = f"（内線 {state.extension}）" if state.extension else ""
    who = (f"{state.answered_by}{called}", state.manager_confirmed)
    item = QTreeWidgetItem(
        [
            *(state.section.name, state.state.label, count, sent + again, *others),
            *(each or "―" for each in who),
            state.answer_file,
        ]
    )
    counted = f"実行計画{state.actions:,}件のうち、前回のままでないもの{state.confirmed:,}件"
    item.setToolTip(_COUNT, plain.tip(counted))
    item.setTextAlignment(_COUNT, _RIGHT)
    item.setIcon(_STATE, _badge(state.state))
    if state.state is ReplyState.OVERDUE:
        item.setForeground(_STATE, theme.tokens().danger)
    item.setToolTip(len(_HEADERS) - 1, plain.tip(state.answer_file))
    return item


def _badge(state: ReplyState) -> QIcon:
    """Return how far an answer has come, drawn as how far an action has."""
    mark, kind = _LOOKS[state]
    colour = theme.tokens().danger.name() if state is ReplyState.OVERDUE else ""
    return badges.badge_icon(badges.looking_like(kind, mark, colour))
