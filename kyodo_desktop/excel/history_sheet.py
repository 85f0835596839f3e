"""変更の履歴: what was done to the plan, one field a row, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.domain.reporting import MOST_HISTORY_LINES
from kyodo_desktop.excel import styles
from kyodo_desktop.excel.list_sheet import Cell, ListSheet
from kyodo_desktop.excel.options import HISTORY_SHEET

if TYPE_CHECKING:
    from kyodo_desktop.domain.reporting import HistoryLine
    from kyodo_desktop.excel.contents import Contents
    from kyodo_desktop.excel.sheet_writer import SheetWriter

_COLUMNS = {
    "日時": 8.5,
    "記入者": 6.5,
    "操作": 14.0,
    "実行計画": 13.0,
    "対象": 7.0,
    "項目": 6.0,
    "変更前": 14.0,
    "変更後": 14.0,
}
_NOTHING = "この計画には、まだ変更の履歴がありません。"
_CUT = f"新しいものから{MOST_HISTORY_LINES:,}行を載せています。"


def write_history(writer: SheetWriter, contents: Contents) -> None:
    """Write the sheet, with a filter on its columns."""
    lines = contents.extras.history
    sheet = ListSheet(writer, contents, HISTORY_SHEET, tuple(_COLUMNS.values()))
    sheet.write_top()
    if not lines:
        sheet.write_across(_NOTHING, styles.LEGEND)
    if len(lines) >= MOST_HISTORY_LINES:
        sheet.write_across(_CUT, styles.NOTE)
    if lines:
        sheet.write_header(*(Cell(name, styles.HEADER) for name in _COLUMNS))
        header = writer.row_number
        for line in lines:
            sheet.write(*map(Cell, _texts(line)))
        writer.sheet.auto_filter.ref = f"A{header}:{writer.last_cell}"
    sheet.finish()


def _texts(line: HistoryLine) -> tuple[str, ...]:
    when = f"{day_label(line.at[:10])}\n{line.at[11:16]}"
    return (when, *line[1:])
