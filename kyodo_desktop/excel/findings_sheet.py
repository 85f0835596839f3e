"""要確認: what 点検 found and nobody has confirmed, with room to write beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.excel import styles
from kyodo_desktop.excel.list_sheet import Cell, ListSheet
from kyodo_desktop.excel.options import FINDINGS_SHEET

if TYPE_CHECKING:
    from kyodo_desktop.domain.reporting import CheckedFinding
    from kyodo_desktop.excel.contents import Contents
    from kyodo_desktop.excel.sheet_writer import SheetWriter

_COLUMNS = {"点検": 9.0, "場所": 19.0, "指摘": 28.0, "提案": 10.0, "対応": 14.0}
_NOTHING = "点検で見つかった点はありません。"
_NOTICE = "（お知らせ）"


def write_findings(writer: SheetWriter, contents: Contents) -> None:
    """Write the open findings first, then the confirmed ones with their notes."""
    findings = contents.extras.findings
    sheet = ListSheet(writer, contents, FINDINGS_SHEET, tuple(_COLUMNS.values()))
    sheet.write_top()
    if findings:
        sheet.write_header(*(Cell(name, styles.HEADER) for name in _COLUMNS))
    else:
        sheet.write_across(_NOTHING, styles.LEGEND)
    _write_some(sheet, "未確認", [each for each in findings if each.note is None], styles.BODY)
    confirmed = [each for each in findings if each.note is not None]
    _write_some(sheet, "確認済み", confirmed, styles.UNFILLED)
    sheet.finish()


def _write_some(sheet: ListSheet, name: str, findings: list[CheckedFinding], look: str) -> None:
    if findings:
        sheet.write_across(f"{name}（{len(findings)}件）", styles.TERM)
    for found in findings:
        rule = found.rule + (_NOTICE if found.notice else "")
        texts = (rule, found.place, found.message, found.suggestion, found.note or "")
        sheet.write(*(Cell(text, look) for text in texts))
