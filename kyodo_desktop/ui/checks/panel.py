"""The panel with the findings of 点検, grouped by rule, and the buttons for the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QDockWidget,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import nodes, terms
from kyodo_desktop.domain.checks import context, rules
from kyodo_desktop.ui.widgets import item_views, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.checking import Checked


_REMEDIES = {
    context.RemedyKind.SET_DUE: "完了予定に反映(&M)",
    context.RemedyKind.JOIN: "まとめる(&M)…",
    context.RemedyKind.ADD_PREREQUISITE: "先に終える実行計画に追加(&M)",
    context.RemedyKind.RENUMBER: "番号を直す(&M)",
}
_FEW = 200  # findings of a rule that are shown without being asked for
_LOWEST = 56  # a header and a row: a panel must not make the window larger than its screen
_PLACE_WIDTH, _SUGGESTION_WIDTH = 330, 190

_NOTHING_FOUND = (
    "要確認の項目はありません。"
    "計画や進捗状況が変わるたびに点検し直し、見つかったものをここに並べます。"
)
_ALL_CONFIRMED = (
    "要確認の項目は、すべて確認済みです。"
    "「確認済みも表示」にチェックを付けると、ここに表示します。"
)


class ChecksPanel(QDockWidget):
    """Shows what was found; what is asked for is done outside."""

    jump_requested = Signal(int)
    remedy_requested = Signal(object)  # a finding
    all_dues_requested = Signal(list)  # findings
    confirm_requested = Signal(object)
    unconfirm_requested = Signal(object)
    rules_requested = Signal()
    shown_or_hidden = Signal(bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("点検", parent)
        self.setObjectName("checks_panel")
        self.setAllowedAreas(
            Qt.DockWidgetArea.BottomDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self._found: Sequence[Checked] = ()
        self._outline: Outline | None = None
        self._may_edit = self._may_confirm = False
        self._model = FindingsModel(self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._enable()

    def show_findings(
        self,
        outline: Outline | None,
        found: Sequence[Checked],
        *,
        may_edit: bool = False,
        may_confirm: bool = False,
    ) -> None:
        """Show what was found; the chosen finding stays chosen while it is there."""
        self._found, self._outline = found, outline
        self._may_edit, self._may_confirm = may_edit, may_confirm
        self._show()

    def show_progress(self) -> None:
        """Say that the findings are being looked for."""
        self._summary.setText("点検しています…")

    # Qt's interface

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    # The list

    @property
    def open_count(self) -> int:
        """How many findings are open; notices are none."""
        return sum(not each.is_confirmed and not each.finding.notice for each in self._found)

    def _show(self) -> None:
        confirmed = sum(each.is_confirmed for each in self._found)
        notices = sum(each.finding.notice for each in self._found if not each.is_confirmed)
        self._summary.setText(
            f"要確認 {self.open_count:,}件"
            + (f"、お知らせ {notices:,}件" if notices else "")
            + (f"、確認済み {confirmed:,}件" if confirmed else "")
        )
        chosen, was_open = self._chosen, self._open_or_not()
        shows_all = self._with_confirmed.isChecked()
        visible = [each for each in self._found if shows_all or not each.is_confirmed]
        self._model.show_findings(self._outline, visible)
        self._note.say(_ALL_CONFIRMED if self._found else _NOTHING_FOUND)
        for place, group in enumerate(self._model.groups):
            index = self._model.index(place, 0)
            self._list.setFirstColumnSpanned(place, QModelIndex(), True)
            self._list.setExpanded(index, was_open.get(group.rule, len(group.rows) <= _FEW))
        if chosen is not None:
            self._list.setCurrentIndex(self._model.index_of(chosen))
        self._enable()

    def _open_or_not(self) -> dict[str, bool]:
        return {
            group.rule: self._list.isExpanded(self._model.index(place, 0))
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

    def _make_parts(self) -> None:
        self._summary, self._sentence = plain.Label(), plain.Label()
        self._summary.setObjectName("checks_summary")
        self._sentence.setObjectName("checks_sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._with_confirmed = QCheckBox("確認済みも表示(&W)")
        self._with_confirmed.setObjectName("with_confirmed")
        self._list = QTreeView()
        self._list.setObjectName("findings")
        self._list.setAccessibleName("要確認の一覧")
        self._list.setModel(self._model)
        self._list.setMinimumHeight(_LOWEST)
        self._note = item_views.EmptyNote(self._list, "")
        self._list.setUniformRowHeights(True)
        self._list.setAlternatingRowColors(True)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, _PLACE_WIDTH)
        header.resizeSection(2, _SUGGESTION_WIDTH)
        self._rules = _button("rules", "点検項目の設定(&U)…")
        self._remedy = _button("remedy", "")
        self._all_dues = _button("all_dues", "")
        self._confirm = _button("confirm", "確認済みにする(&X)…")
        self._unconfirm = _button("unconfirm", "確認を取り消す(&X)")

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._summary, 1)
        top.addWidget(self._with_confirmed)
        top.addWidget(self._rules)
        bottom.addWidget(self._sentence, 1)
        for button in (self._remedy, self._all_dues, self._confirm, self._unconfirm):
            bottom.addWidget(button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 4, 8, 6)
        column.addLayout(top)
        column.addWidget(self._list, 1)
        column.addLayout(bottom)
        self.setWidget(body)

    def _connect(self) -> None:
        self.visibilityChanged.connect(self.shown_or_hidden)
        self._with_confirmed.toggled.connect(self._show)
        self._rules.clicked.connect(self.rules_requested)
        self._list.selectionModel().currentChanged.connect(self._enable)
        self._list.clicked.connect(self._jump)
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

    def _chosen_finding(self) -> context.Finding:
        chosen = self._chosen
        assert chosen is not None, "the buttons are disabled without a finding"
        return chosen.finding

    def _jump(self, index: QModelIndex) -> None:
        checked = self._model.checked_at(index)
        if checked is not None:
            self.jump_requested.emit(checked.finding.node)

    def _enable(self) -> None:
        chosen, dues = self._chosen, self._dues
        remedy = chosen.finding.remedy if chosen else None
        self._sentence.setText(chosen.finding.message if chosen else "")
        self._sentence.setToolTip(plain.tip(self._sentence.text()))  # a low panel cuts it off
        self._remedy.setVisible(remedy is not None)
        if remedy is not None:
            self._remedy.setText(_REMEDIES[remedy.kind])
        self._remedy.setEnabled(self._may_edit)
        self._all_dues.setText(f"文中の完了予定をすべて反映(&Z)（{len(dues)}件）")
        self._all_dues.setVisible(bool(dues))
        self._all_dues.setEnabled(self._may_edit)
        is_confirmed = chosen is not None and chosen.is_confirmed
        self._confirm.setVisible(not is_confirmed)
        self._unconfirm.setVisible(is_confirmed)
        for button in (self._confirm, self._unconfirm):
            button.setEnabled(self._may_confirm and chosen is not None)
        self._rules.setEnabled(self._may_edit)


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(f"checks_{name}")
    return button


HEADERS = ("場所", "要確認の内容", "提案")
_PLACE, _MESSAGE, _SUGGESTION = range(3)


class RuleFindings(NamedTuple):
    """A rule and what it found."""

    rule: str
    rows: list[Checked]


class FindingsModel(item_views.GroupedRows):
    """Read-only; a group is a rule."""

    headers = HEADERS
    groups: list[RuleFindings]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = []
        self._outline: Outline | None = None
        self._terms: list[int] = []

    def show_findings(self, outline: Outline | None, found: Sequence[Checked]) -> None:
        """Show these findings of this outline."""
        by_rule: dict[str, list[Checked]] = {rule: [] for rule in rules.RULES}
        for each in found:
            by_rule[each.finding.rule].append(each)
        self.beginResetModel()
        self._outline = outline
        self._terms = terms.current_terms(outline) if outline else []
        self.groups = [RuleFindings(rule, rows) for rule, rows in by_rule.items() if rows]
        self.endResetModel()

    def checked_at(self, index: item_views.Index) -> Checked | None:
        """Return the finding of a row; a rule has none."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1].rows[index.row()]

    def index_of(self, checked: Checked) -> QModelIndex:
        """Return the row of a finding, or of the same one after it was confirmed or not."""
        wanted = checked.finding[:2], checked.finding.subject
        for place, group in enumerate(self.groups):
            if group.rule == checked.finding.rule:
                for row, each in enumerate(group.rows):
                    if (each.finding[:2], each.finding.subject) == wanted:
                        return self.createIndex(row, 0, place + 1)
        return QModelIndex()

    # Qt's interface

    def data(self, index: item_views.Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        checked = self.checked_at(index)
        if checked is None:
            return self._of_group(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(checked, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._text(checked, index.column()))
        if role == Qt.ItemDataRole.FontRole and checked.is_confirmed:
            font = QFont()
            font.setItalic(True)
            return font
        return None

    def _of_group(self, index: item_views.Index, role: int) -> object:
        group = self.groups[index.row()]
        if role == Qt.ItemDataRole.DisplayRole and not index.column():
            return f"{rules.RULES[group.rule].name}（{len(group.rows)}件）"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(rules.RULES[group.rule].explanation)
        return None

    def _text(self, checked: Checked, column: int) -> str:
        finding = checked.finding
        if column == _PLACE:
            return self._place(finding.node)
        if column == _SUGGESTION:
            return finding.suggestion
        if checked.note is None:
            return finding.message
        note = f"：{checked.note}" if checked.note else ""
        return f"（確認済み{note}）{finding.message}"

    def _place(self, node: int) -> str:
        """Return the numbers above and the label: 1 (2) ② センターの創設."""
        outline = self._outline
        if outline is None or not outline.exists(node):
            return ""
        above = [each for each in outline.ancestors(node) if nodes.is_heading(each)]
        numbers = map(outline.number, reversed(above))
        place = " ".join([*filter(None, numbers), outline.label(node)])
        return terms.in_term(outline, node, place, self._terms)
