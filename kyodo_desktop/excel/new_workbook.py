"""Begins a workbook in a font of the user's choice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kyodo_desktop.excel.column_widths import ruler_for

if TYPE_CHECKING:
    from openpyxl import Workbook

_CREATOR = "協働プラン進捗管理"


def new_workbook(font: str, made_on: str) -> Workbook:
    """Return a workbook without sheets; `made_on` is a day or a moment in ISO form."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # openpyxl has no other way to give a new workbook its standard font.
    ruler = ruler_for(font)
    standard = Font(name=ruler.font, size=ruler.size)
    workbook._fonts = IndexedList([standard])  # type: ignore[attr-defined]  # noqa: SLF001
    workbook._named_styles["Normal"].font = standard  # type: ignore[attr-defined]  # noqa: SLF001
    workbook.properties.creator = _CREATOR
    workbook.properties.created = datetime.fromisoformat(made_on).replace(tzinfo=None)
    return workbook
