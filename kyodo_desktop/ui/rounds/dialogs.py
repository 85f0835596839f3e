"""The dialogs about rounds: their list, their names and days, closing one and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from kyodo_desktop.domain.fiscal_year import day_label, fiscal_year_label
from kyodo_desktop.domain.inputs import checked_title
from kyodo_desktop.services.rounds import (
    DAY_FIELD,
    NAME_FIELD,
    REASON_FIELD,
    YEAR_FIELD,
    RoundInput,
)
from kyodo_desktop.ui.widgets import forms, inputs, item_views, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.plan import Round
    from kyodo_desktop.services.workspace import Workspace

    Check = Callable[[RoundInput], object]


_ID = Qt.ItemDataRole.UserRole
_HEADERS = ["調査名", "年度", "基準日", "状態"]

_NO_ROUNDS = "調査はまだありません。「調査」の「新しい調査を始める」で作ると、ここに並びます。"


class RoundsDialog(QDialog):
    """Shows the rounds, the newest first; what is asked for is done outside."""

    show_requested = Signal(int)
    edit_requested = Signal(int)
    delete_requested = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("調査の一覧")
        self._workspace = workspace
        self._list = QTreeWidget()
        self._list.setObjectName("rounds")
        self._list.setAccessibleName("調査の一覧")
        self._list.setHeaderLabels(_HEADERS)
        self._list.setRootIsDecorated(False)
        item_views.EmptyNote(self._list, _NO_ROUNDS)
        self._list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setStretchLastSection(False)
        self._list.currentItemChanged.connect(self._enable)
        self._buttons = {
            "show": forms.push_button("表示する(&S)", "show_round"),
            "edit": forms.push_button("内容を変更(&E)…", "edit_round"),
            "delete": forms.push_button("削除(&D)…", "delete_round"),
        }
        self._buttons["show"].clicked.connect(self._show_current)
        self._buttons["edit"].clicked.connect(lambda: self.edit_requested.emit(self._current()))
        self._buttons["delete"].clicked.connect(
            lambda: self.delete_requested.emit(self._current())
        )
        self._list.itemActivated.connect(self._show_current)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show the rounds as they are now; the one that is shown is the current one."""
        outline = self._workspace.outline
        self._list.clear()
        for each in reversed(outline.rounds.values()):
            item = QTreeWidgetItem(_texts(each))
            item.setData(0, _ID, each.id)
            self._list.addTopLevelItem(item)
            if each == outline.round:
                self._list.setCurrentItem(item)
        self._enable()

    def _current(self) -> int:
        item = self._list.currentItem()
        assert item is not None, "the buttons are disabled without a round"
        round_id: int = item.data(0, _ID)
        return round_id

    def _show_current(self) -> None:
        self.show_requested.emit(self._current())
        self.accept()

    def _enable(self) -> None:
        if self._list.currentItem() is None:
            for button in self._buttons.values():
                button.setEnabled(False)
            return
        rounds = self._workspace.outline.rounds
        may_edit = not self._workspace.read_only_because
        is_open = rounds[self._current()].closed_at is None
        self._buttons["show"].setEnabled(True)
        self._buttons["edit"].setEnabled(may_edit and is_open)
        self._buttons["delete"].setEnabled(may_edit and is_open and len(rounds) > 1)

    def _lay_out(self) -> None:
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        grid = QGridLayout(self)
        grid.addWidget(self._list, 0, 0, 4, 1)
        for row, button in enumerate(self._buttons.values()):
            grid.addWidget(button, row, 1)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(0, 1)
        grid.addWidget(close, 4, 0, 1, 2)
        self.resize(640, 320)


def _texts(shown: Round) -> list[str]:
    state = f"確定（{day_label(shown.closed_at[:10])}）" if shown.closed_at else "入力中"
    return [shown.name, fiscal_year_label(shown.fiscal_year), day_label(shown.as_of), state]


class RoundDialog(forms.FormDialog):
    """Gives what is typed; `check` raises InvalidInputError for what the plan cannot take."""

    def __init__(
        self,
        title: str,
        asked: RoundInput,
        *,
        done: str,
        check: Check,
        explanation: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, done=done)
        self._check = check
        self._name = QLineEdit(asked.name)
        self._name.setObjectName("round_name")
        self._year = inputs.FiscalYearBox(asked.fiscal_year)
        self._year.setObjectName("round_year")
        self._day = inputs.DayEdit(asked.as_of, DAY_FIELD)
        self._day.setObjectName("round_day")
        if explanation:
            label = plain.Label(explanation)
            label.setObjectName("explanation")
            label.setWordWrap(True)
            self.content.addWidget(label)
        form = forms.new_form()
        forms.add_row(form, "調査名(&N)", forms.FormField(self._name, NAME_FIELD))
        forms.add_row(form, "年度(&Y)", forms.FormField(self._year, YEAR_FIELD))
        forms.add_row(form, "基準日(&D)", forms.FormField(self._day, DAY_FIELD))
        self.content.addLayout(form)
        self.content.addStretch(1)
        self.setMinimumWidth(440)
        self._name.selectAll()

    @property
    def asked(self) -> RoundInput:
        """What is typed; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    def read(self) -> RoundInput:
        name = checked_title(self._name.text(), NAME_FIELD)
        asked = RoundInput(name, self._year.value(), self._day.day)
        self._check(asked)
        return asked


class CloseRoundDialog(plain.Question):
    """Says what is still open; `accepted` comes only from 「確定する」."""

    def __init__(self, name: str, still_open: str, parent: QWidget | None = None) -> None:
        super().__init__(
            plain.MessageBox.Icon.Question,
            "調査の確定",
            f"調査「{name}」を確定しますか？",
            f"{still_open}確定すると、この調査の進捗状況・今後の方向性・委員会意見は変更できなくなります。"
            "誤りが見つかったときは、理由を付けて確定を解除できます。",
            parent,
        )
        self.offer("確定する(&K)", "close")


class ReopenRoundDialog(forms.FormDialog):
    """Asks why a closed round is opened again."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("確定の解除", parent, done="確定を解除(&K)")
        label = plain.Label(
            f"調査「{name}」を、もう一度変更できるようにします。理由は履歴に残ります。"
        )
        label.setWordWrap(True)
        self._reason = QLineEdit()
        self._reason.setObjectName("reason")
        self._reason.setPlaceholderText("例：担当課からの訂正の申出")
        form = forms.new_form()
        forms.add_row(form, "理由(&R)", forms.FormField(self._reason, REASON_FIELD))
        self.content.addWidget(label)
        self.content.addLayout(form)
        self.setMinimumWidth(440)

    @property
    def reason(self) -> str:
        return self.read()

    def read(self) -> str:
        return checked_title(self._reason.text(), REASON_FIELD, 200)
