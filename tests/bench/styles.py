"""Styles for the workbooks that the program's own are measured against."""

from __future__ import annotations

from openpyxl.styles import NamedStyle


def copy_style(style: NamedStyle) -> NamedStyle:
    """Return the style for another workbook; one object serves one workbook only."""
    return NamedStyle(
        style.name,
        font=style.font,
        fill=style.fill,
        border=style.border,
        alignment=style.alignment,
        number_format=style.number_format,
        protection=style.protection,
    )
