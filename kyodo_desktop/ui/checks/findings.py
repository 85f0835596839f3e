"""The findings of 点検 as a list shows them: in groups, each finding in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kyodo_desktop.domain import terms
from kyodo_desktop.domain.checks import rules
from kyodo_desktop.ui.widgets import appearance, item_views, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.checking import Checked

LINES = Qt.ItemDataRole.UserRole
"""The two lines of a finding; nothing for the head of a group."""


class FindingGroup(NamedTuple):
    """What stands under one head: the findings of a rule, or those of what is chosen."""

    title: str
    explanation: str
    rows: list[Checked]
    is_own: bool = False

    @property
    def label(self) -> str:
        """The head with its count."""
        return f"{self.title}（{len(self.rows)}件）" if self.rows else f"{self.title}（なし）"


class FindingsModel(item_views.GroupedRows):
    """Read-only; one column."""

    headers = ("要確認",)
    groups: list[FindingGroup]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = []
        self._outline: Outline | None = None
        self._terms: list[int] = []

    def show_findings(
        self,
        outline: Outline | None,
        own: Sequence[Checked],
        others: Sequence[Checked],
        own_title: str = "",
    ) -> None:
        """Show those of what is chosen under a head of their own, and the others by rule."""
        by_rule: dict[str, list[Checked]] = {rule: [] for rule in rules.RULES}
        for each in others:
            by_rule[each.finding.rule].append(each)
        self.beginResetModel()
        self._outline = outline
        self._terms = terms.current_terms(outline) if outline else []
        self.groups = [
            FindingGroup(rules.RULES[rule].name, rules.RULES[rule].explanation, rows)
            for rule, rows in by_rule.items()
            if rows
        ]
        if own or (own_title and self.groups):
            self.groups.insert(0, FindingGroup(own_title, "", list(own), is_own=True))
        self.endResetModel()

    def checked_at(self, index: item_views.Index) -> Checked | None:
        """Return the finding of a row; the head of a group has none."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1].rows[index.row()]

    def first(self) -> QModelIndex:
        """Return the row of the first finding."""
        for place, group in enumerate(self.groups):
            if group.rows:
                return self.createIndex(0, 0, place + 1)
        return QModelIndex()

    def index_of(self, checked: Checked) -> QModelIndex:
        """Return the row of a finding, or of the same one after it was confirmed or not."""
        wanted = checked.finding[:2], checked.finding.subject
        for place, group in enumerate(self.groups):
            for row, each in enumerate(group.rows):
                if (each.finding[:2], each.finding.subject) == wanted:
                    return self.createIndex(row, 0, place + 1)
        return QModelIndex()

    # Qt's interface

    def data(self, index: item_views.Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        checked = self.checked_at(index)
        if checked is None:
            return self._of_group(index, role)
        if role == LINES:
            return self._lines(checked, self.groups[index.internalId() - 1])
        if role == Qt.ItemDataRole.DisplayRole:
            return "　".join(self._lines(checked, self.groups[index.internalId() - 1]))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(sentence_of(checked))
        return None

    def _of_group(self, index: item_views.Index, role: int) -> object:
        group = self.groups[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return group.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(group.explanation)
        return None

    def _lines(self, checked: Checked, group: FindingGroup) -> tuple[str, str]:
        finding = checked.finding
        suggestion = f"→ {finding.suggestion}" if finding.suggestion else ""
        first = rules.RULES[finding.rule].name if group.is_own else self._place(finding.node)
        return "　".join(filter(None, (first, suggestion))), sentence_of(checked)

    def _place(self, node: int) -> str:
        """Return where an action stands: 1-(2)-② センターの創設."""
        outline = self._outline
        if outline is None or not outline.exists(node):
            return ""
        return terms.in_term(outline, node, outline.place_label(node), self._terms)


def sentence_of(checked: Checked) -> str:
    """Return the sentence, and whether and why somebody left it as it is."""
    if checked.note is None:
        return checked.finding.message
    note = f"：{checked.note}" if checked.note else ""
    return f"（確認済み{note}）{checked.finding.message}"


_EXPANDED = QStyle.StateFlag.State_Open
_ONE_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SMALL = 12


class FindingDelegate(QStyledItemDelegate):
    """Paints a head in bold with its arrow, a finding as place and sentence, each elided."""

    # Qt's interface

    def sizeHint(self, _option: QStyleOptionViewItem, index: item_views.Index) -> QSize:
        return QSize(0, theme.px(44 if index.parent().isValid() else 28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: item_views.Index
    ) -> None:
        painter.save()
        ground, tokens = item_views.paint_ground(painter, option), theme.tokens()
        lines = index.data(LINES)
        if lines is None:
            arrow = "▾" if _EXPANDED in option.state else "▸"
            painter.setPen(appearance.legible(tokens.ink, ground))
            _write(painter, option.rect, f"{arrow} {index.data()}", is_bold=True)
        else:
            room: QRect = option.rect.adjusted(theme.px(16), theme.px(3), 0, -theme.px(3))
            upper, lower = QRect(room), QRect(room)
            upper.setBottom(room.center().y())
            lower.setTop(room.center().y())
            painter.setPen(appearance.legible(tokens.ink2, ground))
            _write(painter, upper, lines[0], size=_SMALL)
            painter.setPen(appearance.legible(tokens.ink, ground))
            _write(painter, lower, lines[1])
        painter.restore()


def _write(
    painter: QPainter, room: QRect, text: str, *, size: int = theme.BODY, is_bold: bool = False
) -> None:
    inner = room.adjusted(theme.px(8), 0, -theme.px(8), 0)
    painter.setFont(theme.font(size, bold=is_bold))
    shown = QFontMetrics(painter.font()).elidedText(
        text, Qt.TextElideMode.ElideRight, inner.width()
    )
    painter.drawText(inner, _ONE_LINE, shown)
