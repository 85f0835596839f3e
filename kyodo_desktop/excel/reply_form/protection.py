"""Locks what is not to be filled in. There is no password: whoever must, can take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def protect(sheet: Worksheet) -> None:
    """Lock the cells but those that are open; rows and columns may still be made wider.

    Excel raises a row while someone types only where rows may be formatted.
    """
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = False


def protect_structure(workbook: Workbook) -> None:
    """Keep the sheets from being renamed, moved and shown by mistake."""
    from openpyxl.workbook.protection import WorkbookProtection

    workbook.security = WorkbookProtection(lockStructure=True)
