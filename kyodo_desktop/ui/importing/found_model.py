"""The plan that was found, as a list that is drawn like a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QIcon

from kyodo_desktop.domain.fiscal_year import month_label
from kyodo_desktop.domain.importing.found_plan import (
    FoundAction,
    FoundHeading,
    FoundLine,
    FoundOutlook,
    FoundPlacement,
)
from kyodo_desktop.ui.importing.found_rows import FoundKind
from kyodo_desktop.ui.importing.opening_rows import NO_INDEX, Index, OpeningModel
from kyodo_desktop.ui.tree.cells import RELISTED
from kyodo_desktop.ui.widgets import badges
from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.vocabulary import StatusEntry
    from kyodo_desktop.ui.importing.found_rows import FoundRow, FoundRows

HEADERS = ("番号・名称", "状態", "担当課")
TITLE, STATUS, SECTION = range(3)
_LONG = 200  # characters of a text that may be seen in one line
_KINDS = {
    FoundKind.HEADING: "見出し",
    FoundKind.ACTION: "実行計画",
    FoundKind.RELISTED: "再掲",
    FoundKind.LINE: "進捗状況",
    FoundKind.OUTLOOK: "今後の方向性",
}


class FoundModel(OpeningModel):
    """Read-only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: FoundRows | None = None
        self._bold = QFont()
        self._bold.setBold(True)

    def show_rows(self, rows: FoundRows | None) -> None:
        """Show another plan; what was closed stays closed where the titles are the same."""
        closed = set() if self._rows is None else {self._rows.rows[each] for each in self._closed}
        names = {(row.kind, row.item[:3]) for row in closed}
        self.beginResetModel()
        self._rows = rows
        closed_now = {
            number
            for number, row in enumerate(rows.rows if rows is not None and names else ())
            if (row.kind, row.item[:3]) in names
        }
        self._take_rows(b"" if rows is None else rows.depths, closed_now)
        self.endResetModel()

    def close_all(self, kinds: Iterable[FoundKind]) -> None:
        """Hide what stands below rows of these kinds, and show all other rows."""
        wanted = set(kinds)
        rows = self._rows.rows if self._rows is not None else ()
        self.close_rows(number for number, row in enumerate(rows) if row.kind in wanted)

    def _row(self, index: Index) -> FoundRow:
        assert self._rows is not None
        return self._rows.rows[self._shown[index.row()]]

    # Qt's interface

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._row(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, index)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(f"{self._hint(row)}\n（{row.item.place.label}）")
            case Qt.ItemDataRole.FontRole:
                return self._bold if row.kind is FoundKind.HEADING and not row.depth else None
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return f"{_KINDS[row.kind]}　{row.item.place.label}"
            case Qt.ItemDataRole.DecorationRole if index.column() == STATUS:
                status = self._status(index)
                return None if status is None else _badge(status)
        return None

    def _text(self, row: FoundRow, index: Index) -> str:
        if index.column() == TITLE:
            return _title(row)[:_LONG].replace("\n", " ")
        if index.column() == STATUS:
            status = self._status(index)
            return status.label if status else ""
        match row.item:
            case FoundAction():
                return "、".join((*row.item.sections, *row.item.related_sections))
            case FoundLine():
                return row.item.section
        return ""

    def _status(self, index: Index) -> StatusEntry | None:
        assert self._rows is not None
        return self._rows.status_of(self._shown[index.row()])

    def _hint(self, row: FoundRow) -> str:
        if not isinstance(row.item, FoundAction):
            return _title(row)
        action = row.item
        due = f"完了予定：{month_label(action.due)}" if action.due else ""
        note = f"備考：{action.note}" if action.note else ""
        return "\n".join(filter(None, (_title(row), action.description, due, note)))


def _badge(status: StatusEntry) -> QIcon:
    return badges.badge_icon(badges.looking_like(status.kind, status.mark, status.colour))


def _title(row: FoundRow) -> str:
    item = row.item
    match item:
        case FoundHeading() | FoundAction():
            return f"{item.number} {item.title}".strip()
        case FoundPlacement():
            return f"{item.number} {row.title}{RELISTED}".strip()
        case FoundLine():
            return item.text or "（文なし）"
        case FoundOutlook():
            return "→ " + "　".join(filter(None, (item.direction, item.text)))
