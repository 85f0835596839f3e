"""The tab 点検: what was found of what is chosen, by rule, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QTreeView, QVBoxLayout, QWidget

from kyodo_desktop.domain import nodes
from kyodo_desktop.domain.checks import context
from kyodo_desktop.ui.checks import findings
from kyodo_desktop.ui.widgets import forms, item_views, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.checking import Checked

_REMEDIES = {
    context.RemedyKind.SET_DUE: "完了予定に反映",
    context.RemedyKind.JOIN: "重複をまとめる…",
    context.RemedyKind.ADD_PREREQUISITE: "先に終える実行計画に追加",
    context.RemedyKind.RENUMBER: "番号を直す",
}
_FEW = 200  # findings of a rule that are shown without being asked for
_LEAST = 160  # high is the list, which the page scrolls with where it is low
_LINES, _LOW = 3, 420  # of the sentence: what stands below it keeps its place where it can

_NOTHING_FOUND = (
    "要確認の項目はありません。"
    "計画や進捗状況が変わるたびに点検し直し、見つかったものをここに並べます。"
)
_CHOOSE = "選ぶと、ここに全文を表示します。"
_ALL_CONFIRMED = (
    "要確認の項目は、すべて確認済みです。"
    "「確認済みも表示」にチェックを付けると、ここに表示します。"
)


class ChecksPage(QWidget):
    """Shows what was found; what is asked for is done outside."""

    jump_requested = Signal(int)
    remedy_requested = Signal(object)  # a finding
    all_dues_requested = Signal(list)  # findings
    confirm_requested = Signal(object)
    unconfirm_requested = Signal(object)
    rules_requested = Signal()
    shown_or_hidden = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checks_page")
        self._found: Sequence[Checked] = ()
        self._is_known = False
        self._outline: Outline | None = None
        self._nodes: list[int] = []
        self._may_edit = self._may_confirm = False
        self._model = findings.FindingsModel(self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._fit()
        self.clear()

    def show_findings(
        self,
        outline: Outline | None,
        found: Sequence[Checked],
        *,
        may_edit: bool = False,
        may_confirm: bool = False,
    ) -> None:
        """Show what was found; the chosen finding stays chosen while it is there."""
        self._found, self._outline, self._is_known = found, outline, True
        self._may_edit, self._may_confirm = may_edit, may_confirm
        self._show()

    def clear(self) -> None:
        """Show nothing: it is not known yet what there is."""
        self._found, self._outline, self._is_known = (), None, False
        self._show()
        self.show_progress()

    def show_nodes(self, chosen: Sequence[int]) -> None:
        """Show the findings of these nodes first; of a heading those below it alone."""
        if list(chosen) != self._nodes:
            self._nodes = list(chosen)
            self._show()

    def show_progress(self) -> None:
        """Say that the findings are being looked for."""
        self._summary.setText("点検しています…")

    def take_focus(self) -> None:
        """Bring the focus to the findings, at first to the first one."""
        if not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._model.first())
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown_or_hidden.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown_or_hidden.emit()

    # The list

    def _show(self) -> None:
        own, others = self._divided()
        if self._is_known:
            self._summary.setText(self._counted(own, others))
        chosen, was_open = self._chosen, self._open_or_not()
        shows_all = self._with_confirmed.isChecked()
        own, others = (
            [each for each in some if shows_all or not each.is_confirmed] for some in (own, others)
        )
        self._model.show_findings(self._outline, own, others, self._own_title)
        nothing = _ALL_CONFIRMED if self._found else _NOTHING_FOUND
        self._note.say(nothing if self._is_known else "")
        for place, group in enumerate(self._model.groups):
            is_open = was_open.get(group.title, len(group.rows) <= _FEW)
            self._list.setExpanded(self._model.index(place, 0), is_open)
        if chosen is not None:
            self._list.setCurrentIndex(self._model.index_of(chosen))
        elif self._list.hasFocus():
            self._list.setCurrentIndex(self._model.first())
        self._enable()

    def _divided(self) -> tuple[list[Checked], list[Checked]]:
        """Return what stands first under a head of its own, and what follows by rule."""
        outline = self._outline
        if outline is None:
            return [], []
        chosen = [each for each in self._nodes if outline.exists(each)]
        if self._is_of_actions:
            places = {place for each in chosen for place in context.places_of(outline, each)}
            own = [each for each in self._found if each.finding.node in places]
            return own, [each for each in self._found if each.finding.node not in places]
        if not chosen:
            return [], list(self._found)
        known = {below for each in chosen for below in (each, *outline.below(each))}
        return [], [each for each in self._found if each.finding.node in known]

    def _counted(self, own: Sequence[Checked], others: Sequence[Checked]) -> str:
        """この実行計画 1件　計画全体：要確認 8件、お知らせ 2件、確認済み 1件."""
        everything = _count([*own, *others])
        if not self._is_of_actions:
            return everything
        is_open = [not each.is_confirmed and not each.finding.notice for each in own]
        return f"{self._own_title} {sum(is_open):,}件　計画全体：{everything}"

    @property
    def _is_of_actions(self) -> bool:
        return bool(self._nodes) and all(map(nodes.is_placement, self._nodes))

    @property
    def _own_title(self) -> str:
        if not self._is_of_actions:
            return ""
        return "この実行計画" if len(self._nodes) == 1 else "選択中の実行計画"

    def _open_or_not(self) -> dict[str, bool]:
        return {
            group.title: self._list.isExpanded(self._model.index(place, 0))
            for place, group in enumerate(self._model.groups)
        }

    @property
    def _chosen(self) -> Checked | None:
        return self._model.checked_at(self._list.currentIndex())

    @property
    def _dues(self) -> list[context.Finding]:
        return [
            each.finding
            for each in self._found
            if not each.is_confirmed
            and each.finding.remedy is not None
            and each.finding.remedy.kind is context.RemedyKind.SET_DUE
        ]

    def _jump(self, index: QModelIndex) -> None:
        checked = self._model.checked_at(index)
        if checked is not None:
            self.jump_requested.emit(checked.finding.node)

    def _chosen_finding(self) -> context.Finding:
        chosen = self._chosen
        assert chosen is not None, "the buttons are disabled without a finding"
        return chosen.finding

    # Parts

    def _make_parts(self) -> None:
        self._summary, self._sentence = plain.Label(), plain.Label()
        self._summary.setObjectName("checks_summary")
        self._sentence.setObjectName("checks_sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._with_confirmed = QCheckBox("確認済みも表示")
        self._with_confirmed.setObjectName("with_confirmed")
        self._list = QTreeView()
        self._list.setObjectName("findings")
        self._list.setAccessibleName("要確認の一覧")
        self._list.setHeaderHidden(True)
        self._list.setIndentation(0)
        self._list.setModel(self._model)
        self._list.setItemDelegate(findings.FindingDelegate(self._list))
        self._list.setExpandsOnDoubleClick(True)
        self._note = item_views.EmptyNote(self._list, "")
        self._confirm = _button("confirm", "確認済みにする…")
        self._unconfirm = _button("unconfirm", "確認を取り消す")
        self._remedy = _button("remedy", "")
        self._rules = _button("rules", "点検項目の設定…")
        self._all_dues = _button("all_dues", "")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._summary, 1)
        top.addWidget(self._with_confirmed)
        of_one, of_all = (forms.FlowLayout(gap=theme.px(8)) for _ in range(2))
        for button in (self._confirm, self._unconfirm, self._remedy):
            of_one.addWidget(button)
        for button in (self._rules, self._all_dues):
            of_all.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        column.addLayout(top)
        column.addWidget(self._list, 1)
        column.addWidget(self._sentence)
        column.addLayout(of_one)
        column.addLayout(of_all)

    def _connect(self) -> None:
        self._with_confirmed.toggled.connect(self._show)
        self._rules.clicked.connect(self.rules_requested)
        self._list.selectionModel().currentChanged.connect(self._enable)
        self._list.doubleClicked.connect(self._jump)
        self._list.activated.connect(self._jump)
        self._all_dues.clicked.connect(lambda: self.all_dues_requested.emit(self._dues))
        for button, signal in (
            (self._remedy, self.remedy_requested),
            (self._confirm, self.confirm_requested),
            (self._unconfirm, self.unconfirm_requested),
        ):
            button.clicked.connect(
                lambda _checked, signal=signal: signal.emit(self._chosen_finding())
            )
        theme.notifier().changed.connect(self._fit)
        theme.notifier().changed.connect(self._list.doItemsLayout)

    def _fit(self) -> None:
        """Give the sentence the room that it keeps, in the present size of the text."""
        self._list.setMinimumHeight(theme.px(_LEAST))
        lines = _LINES if self.height() >= theme.px(_LOW) else 1
        self._sentence.setMinimumHeight(lines * QFontMetrics(theme.font()).lineSpacing())

    def _enable(self) -> None:
        buttons = self._confirm, self._unconfirm, self._remedy, self._rules, self._all_dues
        with forms.lending_focus(self._list, *buttons):
            self._offer()

    def _offer(self) -> None:
        """Offer what can be done with the chosen finding, and with all."""
        chosen, dues = self._chosen, self._dues
        remedy = chosen.finding.remedy if chosen else None
        self._sentence.setText(findings.sentence_of(chosen) if chosen else _CHOOSE)
        self._remedy.setVisible(remedy is not None)
        if remedy is not None:
            self._remedy.setText(_REMEDIES[remedy.kind])
        self._remedy.setEnabled(self._may_edit)
        self._all_dues.setText(f"文中の完了予定をすべて反映（{len(dues)}件）")
        self._all_dues.setVisible(bool(dues))
        self._all_dues.setEnabled(self._may_edit)
        is_confirmed = chosen is not None and chosen.is_confirmed
        self._confirm.setVisible(not is_confirmed)
        self._unconfirm.setVisible(is_confirmed)
        for button in (self._confirm, self._unconfirm):
            button.setEnabled(self._may_confirm and chosen is not None)
        self._rules.setEnabled(self._may_edit)


def _button(name: str, text: str) -> QPushButton:
    return forms.push_button(text, f"checks_{name}")


def _count(found: Sequence[Checked]) -> str:
    """要確認 8件、お知らせ 2件、確認済み 1件."""
    confirmed = sum(each.is_confirmed for each in found)
    notices = sum(each.finding.notice for each in found if not each.is_confirmed)
    return (
        f"要確認 {len(found) - confirmed - notices:,}件"
        + (f"、お知らせ {notices:,}件" if notices else "")
        + (f"、確認済み {confirmed:,}件" if confirmed else "")
    )
