"""The findings as a tree of two levels: the rules, and under each what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QFont

from kyodo_desktop.domain.checks.catalogue import RULES
from kyodo_desktop.domain.current_terms import current_terms
from kyodo_desktop.domain.nodes import is_heading
from kyodo_desktop.domain.term_names import in_term
from kyodo_desktop.ui.models.grouped_rows import GroupedRows, Index
from kyodo_desktop.ui.plain import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.checking import Checked

HEADERS = ("場所", "指摘", "提案")
_PLACE, _MESSAGE, _SUGGESTION = range(3)


class Group(NamedTuple):
    """A rule and what it found."""

    rule: str
    rows: list[Checked]


class FindingsModel(GroupedRows):
    """Read-only; a group is a rule."""

    headers = HEADERS
    groups: list[Group]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = []
        self._outline: Outline | None = None
        self._terms: list[int] = []

    def show_findings(self, outline: Outline | None, found: Sequence[Checked]) -> None:
        """Show these findings of this outline."""
        by_rule: dict[str, list[Checked]] = {rule: [] for rule in RULES}
        for each in found:
            by_rule[each.finding.rule].append(each)
        self.beginResetModel()
        self._outline = outline
        self._terms = current_terms(outline) if outline else []
        self.groups = [Group(rule, rows) for rule, rows in by_rule.items() if rows]
        self.endResetModel()

    def checked_at(self, index: Index) -> Checked | None:
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

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        checked = self.checked_at(index)
        if checked is None:
            return self._of_group(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(checked, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._text(checked, index.column()))
        if role == Qt.ItemDataRole.FontRole and checked.is_confirmed:
            font = QFont()
            font.setItalic(True)
            return font
        return None

    def _of_group(self, index: Index, role: int) -> object:
        group = self.groups[index.row()]
        if role == Qt.ItemDataRole.DisplayRole and not index.column():
            return f"{RULES[group.rule].name}（{len(group.rows)}件）"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(RULES[group.rule].explanation)
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
        above = [each for each in outline.ancestors(node) if is_heading(each)]
        numbers = map(outline.number, reversed(above))
        place = " ".join([*filter(None, numbers), outline.label(node)])
        return in_term(outline, node, place, self._terms)
