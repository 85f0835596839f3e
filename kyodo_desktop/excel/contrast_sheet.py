"""新旧対照表: what the plan says now, what it said, and why that was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.excel import styles
from kyodo_desktop.excel.list_sheet import Cell, ListSheet
from kyodo_desktop.excel.options import CONTRAST_SHEET

if TYPE_CHECKING:
    from kyodo_desktop.excel.contents import Contents
    from kyodo_desktop.excel.sheet_writer import SheetWriter

_COLUMNS = {"新": 31.0, "旧": 31.0, "理由": 18.0}
_WHOLE_PLAN = "計画全体"
_NOT_REVISED = "計画の見直しも次の期もまだないため、新旧対照表はありません。"
_SAME = "この間に計画の変更はありません（進捗状況の変更は含みません）。"


def write_contrast(writer: SheetWriter, contents: Contents) -> None:
    """Write a row for each heading and action that changed, under the headings above it."""
    contrast = contents.extras.contrast
    sheet = ListSheet(writer, contents, CONTRAST_SHEET, tuple(_COLUMNS.values()))
    sheet.write_top()
    if contrast is None or not contrast.groups:
        sheet.write_across(_SAME if contrast else _NOT_REVISED, styles.LEGEND)
        sheet.finish()
        return
    sheet.write_across(contrast.what, styles.LEGEND)
    sheet.write_header(*(Cell(name, styles.HEADER) for name in _COLUMNS))
    for group in contrast.groups:
        sheet.write_across(group.title or _WHOLE_PLAN, styles.TERM)
        for row in group.rows:
            sheet.write(Cell(row.new), Cell(row.old), Cell(row.reason))
    sheet.finish()
