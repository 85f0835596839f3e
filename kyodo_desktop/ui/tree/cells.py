"""What the tree shows of one node: the texts of its columns, its badge or bar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from kyodo_desktop.domain import action_fields, fiscal_year, nodes, plan, terms

if TYPE_CHECKING:
    from kyodo_desktop.domain.counting import Counts, Tally
    from kyodo_desktop.domain.outline import Outline


class ItemRole(IntEnum):
    """The node (an int), and its status as `Badge` or `Bar`."""

    NODE = Qt.ItemDataRole.UserRole + 1
    STATUS = Qt.ItemDataRole.UserRole + 2


# Plain objects on purpose: Qt would take a named tuple for a list.


@dataclass(frozen=True, slots=True)
class Badge:
    """The status of one action; without a colour it is 未記入."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How far what stands below a heading has come: counts by colour, in order of the legend."""

    text: str
    parts: tuple[tuple[str, int], ...]


NOT_FILLED_IN = "未記入"
RELISTED = "（再掲）"
OVERDUE = "▲"
_NOTHING = Bar("", ())
_NOT_ASKED = Bar("―", ())  # of a term that is over


OWN_COLUMNS = action_fields.taking_part(action_fields.Use.TREE)
"""The fields that have a column each behind the others, which are drawn in ways of their own."""


class TreeColumn(IntEnum):
    """The first columns of the tree."""

    TITLE = 0
    STATUS = 1
    DUE = 2
    LEAD = 3


LABELS = ("番号・名称", "状態", "完了予定", "主担当", *(field.label for field in OWN_COLUMNS))


class PlanCells:
    """Reads an outline for the eye. `month` (YYYY-MM) is the one before which work is late."""

    def __init__(self, outline: Outline, tally: Tally, month: str) -> None:
        self._outline = outline
        self._tally = tally
        self._month = month
        # Each is worked out once, when it is painted: a number depends on all siblings.
        self._titles: dict[int, str] = {}
        self._statuses: dict[int, Badge | Bar] = {}
        self._bold = QFont()
        self._bold.setBold(True)

    def text(self, node: int, column: int) -> str:
        """Return what stands in a column."""
        match column:
            case TreeColumn.TITLE:
                return self._title(node)
            case TreeColumn.STATUS:
                return self.status(node).text
            case TreeColumn.DUE:
                return self._due(node)
        action_id = self._action_id(node)
        if action_id is None:
            return ""
        if column == TreeColumn.LEAD:
            return self._outline.lead(action_id)
        return OWN_COLUMNS[column - len(TreeColumn)].format(self._outline, action_id)

    def title(self, node: int) -> str:
        """Return the title alone, as it is edited."""
        return self._outline.title(node)

    def font(self, node: int) -> QFont | None:
        """Return a bold font for terms and the highest headings."""
        above = self._outline.parent(node)
        return self._bold if above is None or nodes.is_term(above) else None

    def hint(self, node: int, column: int) -> str:
        """Return what the pointer tells about a cell."""
        if column == TreeColumn.STATUS and self.status(node) is _NOT_ASKED:
            return terms.outside_the_round(self._outline, terms.term_of(self._outline, node))
        if column == TreeColumn.STATUS and not nodes.is_placement(node):
            return "\n".join(f"{word} {count}" for word, _, count in self._shares(node))
        if column == TreeColumn.DUE and self.is_overdue(node):
            return f"期限超過：{self._due(node)}までに完了していません"
        return self.text(node, column)

    def status(self, node: int) -> Badge | Bar:
        """Return the badge of an action, or the bar of what stands below."""
        found = self._statuses.get(node)
        if found is None:
            found = self._statuses[node] = self._status(node)
        return found

    def _status(self, node: int) -> Badge | Bar:
        action_id = self._action_id(node)
        if action_id is not None:
            status = self._outline.status(action_id)
            if status is not None:
                return Badge(word(status), status.colour)
            return _NOT_ASKED if self._is_over(node) else Badge(NOT_FILLED_IN, "")
        shares = self._shares(node)
        total = sum(count for _, _, count in shares)
        if not total:
            return _NOT_ASKED if self._is_over(node) else _NOTHING
        done = sum(self._tally.under(node)[each.id] for each in self._ended())
        parts = tuple((colour, count) for _, colour, count in shares)
        return Bar(f"{self._done_word()} {done}/{total}", parts)

    def is_overdue(self, node: int) -> bool:
        action_id = self._action_id(node)
        if action_id is None or self._is_over(node):
            return False
        return self._outline.is_overdue(action_id, self._month)

    def _title(self, node: int) -> str:
        found = self._titles.get(node)
        if found is None:
            found = self._titles[node] = self._numbered_title(node)
        return found

    def _numbered_title(self, node: int) -> str:
        outline = self._outline
        if nodes.is_term(node):
            term = outline.terms[nodes.row_id(node)]
            years = fiscal_year.period_label(term.first_fiscal_year, term.last_fiscal_year)
            return f"{term.name}　{years}"
        relisted = RELISTED if outline.is_relisted(node) else ""
        return f"{outline.number(node)} {outline.title(node)}{relisted}".strip()

    def _due(self, node: int) -> str:
        action = self._outline.action_at(node)
        if action is None or action.due is None:
            return ""
        sign = f"{OVERDUE} " if self.is_overdue(node) else ""
        return sign + fiscal_year.month_label(action.due)

    def _action_id(self, node: int) -> int | None:
        if not nodes.is_placement(node):
            return None
        return self._outline.action_id_at(node)

    def _shares(self, node: int) -> list[tuple[str, str, int]]:
        """Return word, colour and count of each status below that counts in totals."""
        counts: Counts = self._tally.under(node)
        shares = [
            (word(status), status.colour, counts[status.id])
            for status in self._outline.statuses.values()
            if status.counted
        ]
        if not self._is_over(node):
            shares.append((NOT_FILLED_IN, "", counts[None]))
        return [share for share in shares if share[2]]

    def _is_over(self, node: int) -> bool:
        """Tell whether the node is of a term that is over: nothing is to be filled in there."""
        return bool(self._over) and terms.term_of(self._outline, node) in self._over

    @cached_property
    def _over(self) -> frozenset[int]:
        return terms.terms_over(self._outline)

    def _ended(self) -> list[plan.Status]:
        return [
            status
            for status in self._outline.statuses.values()
            if status.kind == plan.StatusKind.DONE and status.counted
        ]

    def _done_word(self) -> str:
        return next((status.label for status in self._ended()), plan.StatusKind.DONE.label)


def word(status: plan.Status) -> str:
    """Return mark and word of a status."""
    return status.word
