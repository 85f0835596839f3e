"""The differences of one answer as a tree of two levels: the actions, and their cells."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from kyodo_desktop.domain.comparing.text_diff import Segment, Whole, marked
from kyodo_desktop.domain.current_terms import current_terms
from kyodo_desktop.domain.term_names import in_term
from kyodo_desktop.ui.models.grouped_rows import GroupedRows, Index

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.comparing.text_diff import Segments
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies.review import Difference
    from kyodo_desktop.ui.inquiries.batch import ReceivedFile

_SAME = "（いまと同じ）"


class Column(IntEnum):
    """What stands beside each other."""

    FIELD = 0
    SENT = 1
    NOW = 2
    ANSWER = 3
    CHOICE = 4
    ROW = 5

    @property
    def label(self) -> str:
        return ("項目", "照会時", "いま", "回答", "取込後", "回答票")[self]


class Group(NamedTuple):
    """An action with its differences."""

    action_id: int
    label: str
    rows: list[Difference]


class DifferencesModel(GroupedRows):
    """A group is an action."""

    headers = tuple(each.label for each in Column)
    groups: list[Group]

    decided = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = []
        self._file: ReceivedFile | None = None
        self._writable = False
        self._marked: dict[tuple[int, int], Segments] = {}

    def show_file(self, outline: Outline, file: ReceivedFile | None, *, writable: bool) -> None:
        """Show what a file would change; only while it is `writable` can one choose."""
        self.beginResetModel()
        self._file, self._writable, self._marked = file, writable, {}
        rows: dict[int, list[Difference]] = {}
        for each in file.differences if file else ():
            rows.setdefault(each.action_id, []).append(each)
        terms = current_terms(outline)
        self.groups = [Group(each, _label(outline, each, terms), rows[each]) for each in rows]
        self.endResetModel()

    def difference_at(self, index: Index) -> Difference | None:
        """Return the difference of a row; an action has none."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1].rows[index.row()]

    def clashes(self) -> list[tuple[QModelIndex, Difference]]:
        """Return where the choices of the clashes stand."""
        return [
            (self.createIndex(row, Column.CHOICE, place + 1), each)
            for place, group in enumerate(self.groups)
            for row, each in enumerate(group.rows)
            if each.is_clash
        ]

    def decision(self, difference: Difference) -> bool | None:
        """Tell what is decided so far."""
        return self._file.decision(difference) if self._file else None

    def decide(self, difference: Difference, *, wanted: bool) -> None:
        """Want the answer or what the plan says."""
        if self._file is None or not self._writable:
            return
        self._file.decide(difference, wanted=wanted)
        place = [group.action_id for group in self.groups].index(difference.action_id)
        last = len(self.groups[place].rows) - 1
        self.dataChanged.emit(
            self.createIndex(0, Column.FIELD, place + 1),
            self.createIndex(last, Column.ROW, place + 1),
        )
        self.decided.emit()

    def segments(self, index: Index) -> Segments:
        """Return the text of a cell, its changed parts marked; worked out when it is drawn."""
        difference = self.difference_at(index)
        if difference is None:
            return ()
        key = difference.id, index.column()
        if key not in self._marked:
            self._marked[key] = _segments(difference, index.column())
        return self._marked[key]

    # Qt's interface

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        difference = self.difference_at(index)
        if index.column() == Column.FIELD and difference and not difference.is_clash:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
            if not self._writable:
                flags &= ~Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        difference = self.difference_at(index)
        if difference is None:
            is_label = role == Qt.ItemDataRole.DisplayRole and index.column() == Column.FIELD
            return self.groups[index.row()].label if is_label and index.isValid() else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(difference, Column(index.column()))
        is_box = role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.FIELD
        if is_box and not difference.is_clash:
            ticked = self.decision(difference)
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        difference = self.difference_at(index)
        if difference is None or role != Qt.ItemDataRole.CheckStateRole or not self._writable:
            return False
        self.decide(difference, wanted=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _text(self, difference: Difference, column: Column) -> str:
        match column:
            case Column.FIELD:
                return difference.field.label + _kind(difference)
            case Column.SENT:
                is_same = difference.sent == difference.now
                return _SAME if is_same and difference.now.text else difference.sent.text
            case Column.NOW:
                return difference.now.text
            case Column.ANSWER:
                return difference.answer.text
            case Column.CHOICE:
                if difference.is_clash:
                    return ""  # the buttons stand there
                return "回答" if self.decision(difference) else "いま"
        return f"{difference.row}行目"


def _label(outline: Outline, action_id: int, terms: Collection[int]) -> str:
    home = outline.home(action_id)
    return in_term(outline, home, outline.label(home), terms)


def _kind(difference: Difference) -> str:
    kinds = (
        ("追加の行", difference.is_new_line),
        ("競合", difference.is_clash),
        ("要確認", difference.is_guess),
        ("消す", difference.is_emptied),
    )
    told = "・".join(word for word, applies in kinds if applies)
    return f"\n（{told}）" if told else ""


def _segments(difference: Difference, column: int) -> Segments:
    sides = (difference.sent.text, difference.now.text, difference.answer.text)
    sent, now, answer = sides if difference.field.is_text else map(Whole, sides)
    if column == Column.NOW:
        return marked(sent, now)[1] if difference.is_clash else marked(now, answer)[0]
    if column == Column.ANSWER:
        return marked(sent if difference.is_clash else now, answer)[1]
    return (Segment(sent, changed=False),) if sent else ()
