"""The named styles of a workbook, made of the looks that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.pages.looks import LINE, LOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook

    from kyodo_desktop.pages.looks import Look


class StyleBook:
    """Makes a workbook's named styles when they are first asked for.

    A NamedStyle belongs to one workbook; sharing it between two breaks the second.
    """

    def __init__(
        self,
        workbook: Workbook,
        font: str,
        looks: Mapping[str, Look] = LOOKS,
    ) -> None:
        self._workbook = workbook
        self._font = font
        self._looks = looks
        self._made: set[str] = set()

    def enlarged(self, look: str, size: float) -> float:
        """Return how much larger than the text of the sheet a look's letters are."""
        return 1 + self._looks[look].size / size

    def name(
        self,
        look: str,
        size: float,
        *,
        top: bool = True,
        bottom: bool = True,
        is_piece: bool = False,
    ) -> str:
        """Return the named style of a look at a text size; rows that go on lack an edge."""
        edges = ("" if top else "・上なし") + ("" if bottom else "・下なし")
        edges += "・上寄せ" if is_piece else ""
        name = f"計画・{look}{edges} {size:g}pt"
        if name not in self._made:
            found = self._looks[look]
            if is_piece or not (top and bottom):
                found = found._replace(vertical="top")  # a long text flows on
            self._add(name, found, size, top=top, bottom=bottom)
            self._made.add(name)
        return name

    def _add(self, name: str, look: Look, size: float, *, top: bool, bottom: bool) -> None:
        from openpyxl.styles import (
            Alignment,
            Border,
            Font,
            NamedStyle,
            PatternFill,
            Protection,
            Side,
        )

        line, none = Side(style="thin", color=LINE), Side()
        style = NamedStyle(
            name,
            font=Font(name=self._font, size=size + look.size, bold=look.bold, color=look.ink),
            alignment=Alignment(
                look.horizontal,
                look.vertical,
                wrap_text=look.wrap,
            ),
            number_format=look.format,
            protection=Protection(locked=look.locked),
        )
        if look.framed:
            style.border = Border(line, line, line if top else none, line if bottom else none)
        if look.ground:
            style.fill = PatternFill("solid", fgColor=look.ground)
        self._workbook.add_named_style(style)
