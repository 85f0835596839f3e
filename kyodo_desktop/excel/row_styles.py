"""Which style each cell of a row of 進捗状況一覧 has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.excel import report_columns, styles

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel.styles import StyleBook
    from kyodo_desktop.excel.table_layout import TableLayout
    from kyodo_desktop.excel.table_rows import TableRow
    from kyodo_desktop.excel.workbook import Styles


class RowStyles:
    """Makes the styles of each kind of row once: by its status, and whether it goes on."""

    def __init__(self, outline: Outline, layout: TableLayout, book: StyleBook) -> None:
        self._outline = outline
        self._layout = layout
        self._book = book
        self._made: dict[tuple[str, bool, bool], Styles] = {}

    def of(self, row: TableRow) -> Styles:
        """Return the styles of the row's cells, those of the headings first."""
        key = (self._progress_look(row), row.begins, row.ends)
        if key not in self._made:
            self._made[key] = (*self._headings(), *self._columns(*key))
        return self._made[key]

    def _headings(self) -> list[str]:
        looks = [styles.TOP_HEADING, *[styles.HEADING] * (self._layout.headings - 1)]
        return [self._book.name(look, self._layout.size) for look in looks]

    def _columns(self, progress: str, begins: bool, ends: bool) -> list[str]:
        looks = {report_columns.NUMBER: styles.NUMBER, report_columns.PROGRESS: progress}
        return [
            self._book.name(
                looks.get(column, styles.BODY), self._layout.size, top=begins, bottom=ends
            )
            for column in self._layout.columns
        ]

    def _progress_look(self, row: TableRow) -> str:
        if row.status is not None:
            return styles.progress_look(row.status)
        if row.node is None:
            return styles.BODY
        action_id = self._outline.action_id_at(row.node)
        return styles.BODY if self._outline.lines.get(action_id) else styles.UNFILLED
