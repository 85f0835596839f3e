"""Lists what was typed and not saved, beside what the plan says there now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.fiscal_year import moment_label
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.services.typing_journal import LeftTexts, State, TextStanding, section_actions
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from collections.abc import Sequence


_HEADERS = ("行", "欄", "入力した文字", "現在の計画", "入力日時")
_ROW, _TYPED = 0, 2
_STATES = {
    State.WAITING: "入力する前のまま",
    State.CHANGED: "変わっています",
    State.GONE: "行がありません",
    State.APART: "―",
}
_OLD = 90  # days, after which the age is worth saying
_LINES, _LONGEST_LABEL = 5, 16
_SIZE = (1000, 560)
_SHARES = [300, 200]


class Offer(NamedTuple):
    """A text that was left behind, how it stands to the plan, and what holds it."""

    standing: TextStanding
    left: LeftTexts

    @property
    def can_go_on(self) -> bool:
        """Tell whether it is a page that can be opened as it was left."""
        return bool(self.standing.text.state)

    @property
    def can_be_put_back(self) -> bool:
        """Tell whether it has a field in the plan that is open."""
        return self.standing.state in (State.WAITING, State.CHANGED)


class OfferDialog(QDialog):
    """Asks what becomes of each text; closed, it leaves all that is listed for another time."""

    offers_typed_texts = True

    put_requested = Signal(list)  # offers
    resume_requested = Signal(object)  # an offer
    drop_requested = Signal(list)

    def __init__(self, *, read_only: bool, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("保存されていない入力")
        self._offers: list[Offer] = []
        self._is_read_only, self._now = read_only, now
        self._summary = _wrapping("summary")
        self._list = _new_list()
        self._list.itemSelectionChanged.connect(self._show_chosen)
        self._before = _Side("入力する前の計画", "text_before")
        self._there = _Side("現在の計画", "text_now")
        self._typed = _Side("入力した文字", "text_typed")
        self._error = forms.ErrorLine()
        self._put = forms.push_button("欄に入れる(&P)", "put", self._request_put)
        self._put_all = forms.push_button("", "put_all", self._request_put_all)
        self._copy = forms.push_button("コピー(&C)", "copy", self._copy_chosen)
        self._drop = forms.push_button("捨てる(&D)…", "drop", self._ask_to_drop)
        self._later = forms.push_button("あとで(&L)", "later", self.reject)
        self._lay_out()

    @property
    def chosen(self) -> list[Offer]:
        """What is selected, in the order of the list."""
        rows = sorted(self._list.indexOfTopLevelItem(each) for each in self._list.selectedItems())
        return [self._offers[row] for row in rows]

    def show_offers(self, offers: Sequence[Offer], error: str = "") -> None:
        """List the texts, and say what could not be done."""
        self._offers = list(offers)
        self._list.clear()
        self._list.addTopLevelItems([self._item(each) for each in self._offers])
        self._summary.setText(_summary_of(len(offers), read_only=self._is_read_only))
        self._error.show_error(error)
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)
        unchanged = len(self._unchanged())
        self._put_all.setText(f"計画が前のままの{unchanged:,}件を欄に入れる(&A)")
        self._put_all.setVisible(unchanged > 1 and not self._is_read_only)
        self._list.setFocus()

    def _item(self, offer: Offer) -> QTreeWidgetItem:
        text, state = offer.standing.text, offer.standing.state
        typed = _first_line(text.text) or "（空欄にした）"
        row = with_signs(text.row) or "（なくなった行）"
        there, moment = _STATES.get(state, ""), _moment(text.at, self._now)
        return QTreeWidgetItem([row, _short(with_signs(text.field)), typed, there, moment])

    def _unchanged(self) -> list[Offer]:
        """Return what can be put back without a look: the plan says what it said before."""
        return [
            each
            for each in self._offers
            if each.standing.state is State.WAITING and not section_actions(each.standing.text)
        ]

    def _show_chosen(self) -> None:
        chosen = self.chosen
        single = chosen[0] if len(chosen) == 1 else None
        self._typed.show_text(single.standing.text.text if single else _several(len(chosen)))
        self._typed.say_where(single.left.plan if single and single.standing.text.row else "")
        is_in_plan = single is not None and single.can_be_put_back
        self._there.setVisible(is_in_plan)
        self._before.setVisible(
            single is not None and single.standing.state in (State.CHANGED, State.GONE)
        )
        if single is not None:
            self._there.show_text(single.standing.now)
            self._before.show_text(single.standing.text.before)
        self._name_put(single)
        if single is not None:
            can_put = single.can_be_put_back or single.can_go_on
        else:  # what would replace something newer is shown first
            can_put = bool(chosen) and all(each.standing.state is State.WAITING for each in chosen)
        self._put.setEnabled(can_put and not self._is_read_only)
        self._copy.setEnabled(bool(chosen))
        self._drop.setEnabled(bool(chosen))

    def _name_put(self, single: Offer | None) -> None:
        """Say what the button does: to replace a newer text is to be meant."""
        words = "欄に入れる(&P)"
        if single is not None and single.can_go_on:
            words = "続きから開く(&P)"
        elif single is not None and single.standing.state is State.CHANGED:
            words = "入力した文字に置き換える(&P)"
        self._put.setText(words)

    def _request_put(self) -> None:
        chosen = self.chosen
        if len(chosen) == 1 and chosen[0].can_go_on:
            self.resume_requested.emit(chosen[0])
        else:
            self.put_requested.emit(chosen)

    def _request_put_all(self) -> None:
        self.put_requested.emit(self._unchanged())

    def _copy_chosen(self) -> None:
        texts = [each.standing.text.text for each in self.chosen]
        QGuiApplication.clipboard().setText("\n".join(texts))

    def _ask_to_drop(self) -> None:
        chosen = self.chosen
        box = plain.MessageBox(self)
        box.setWindowTitle("入力を捨てる")
        box.setIcon(plain.MessageBox.Icon.Warning)
        box.setText(f"選んだ入力（{len(chosen)}件）を捨てますか？")
        box.setInformativeText("捨てると、控えからも消えます。計画は変わりません。")
        drop = box.addButton("捨てる(&D)", plain.MessageBox.ButtonRole.AcceptRole)
        drop.setObjectName("drop_really")
        back = box.addButton("戻る(&B)", plain.MessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        ask(box, lambda: self.drop_requested.emit(chosen))

    def _lay_out(self) -> None:
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        for side in (self._before, self._there, self._typed):
            sides.addWidget(side)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._list)
        parts.addWidget(sides)
        parts.setSizes(_SHARES)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        foot = QHBoxLayout()
        for button in (self._put, self._put_all, self._copy, self._drop):
            foot.addWidget(button)
        foot.addStretch(1)
        buttons.addButton(self._later, role.RejectRole)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        for widget in (self._summary, parts, self._error):
            column.addWidget(widget, 1 if widget is parts else 0)
        column.addLayout(foot)
        self.resize(*_SIZE)


class _Side(QWidget):
    """A text under its name, to be read and copied."""

    def __init__(self, name: str, object_name: str) -> None:
        super().__init__()
        self._name = name
        self._label, self._text = plain.Label(name), QPlainTextEdit()
        self._text.setObjectName(object_name)
        self._text.setAccessibleName(name)
        self._text.setPlaceholderText("（空欄）")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        self._label.setBuddy(self._text)
        self._label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._label)
        column.addWidget(self._text, 1)

    def show_text(self, text: str) -> None:
        self._text.setPlainText(with_signs(text))

    def say_where(self, plan: str) -> None:
        """Say into which file it was typed: a copy of a plan is the same plan."""
        self._label.setText(self._name)
        self._text.setToolTip(plain.tip(plan))


def _new_list() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setObjectName("typed_texts")
    tree.setAccessibleName("保存されていない入力")
    tree.setHeaderLabels(_HEADERS)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAlternatingRowColors(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in (_ROW, _TYPED):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return tree


def _wrapping(name: str) -> plain.Label:
    label = plain.Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _summary_of(count: int, *, read_only: bool) -> str:
    rest = (
        "読み取り専用で開いているため、コピーだけできます。"
        if read_only
        else "欄に入れたものは、「元に戻す」で戻せます。"
    )
    return (
        f"保存される前に終わった入力が、このパソコンの控えに{count:,}件残っています。{rest}"
        "「あとで」を選ぶと、次にこの計画を開いたときに、もう一度お尋ねします。"
    )


def _short(label: str) -> str:
    """Return a label that leaves the other columns their room."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _first_line(text: str) -> str:
    head, *rest = with_signs(text).strip().split("\n", 1)
    return f"{head} …" if rest else head


def _several(count: int) -> str:
    return f"（{count}件を選択中）" if count else ""


def _moment(at: str, now: datetime) -> str:
    """Return when it was typed, with its age where that is long ago."""
    try:
        days = (now - datetime.fromisoformat(at)).days
        label = moment_label(at)
    except (ValueError, TypeError):
        return "―"
    return f"{label}（{days}日前）" if days > _OLD else label
