"""How cells look, by name; a workbook gets only the looks that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook

    from kyodo_desktop.domain.plan import Status

TEXT, INTEGER, PERCENT, SUBTRACTED = "@", "0", "0.0", "0;▲0;0"
INK, QUIET, LINE, CHANGED_INK = "1F2933", "7B8794", "9AA5B1", "B3261E"
HEADER_GROUND, TERM_GROUND, TOTAL_GROUND = "E4E9EE", "F0F3F6", "F5F7FA"


class Look(NamedTuple):
    """A cell's look; `size` is in points more or less than the text of the sheet.

    All text has the number format «text»: a title such as =1+1 stays text even when someone
    enters the cell and leaves it again.
    """

    size: float = 0
    bold: bool = False
    ink: str = INK
    ground: str = ""
    horizontal: str = "left"
    vertical: str = "center"
    wrap: bool = True
    framed: bool = True
    format: str = TEXT
    locked: bool = True


TITLE, LEGEND, AS_OF, NOTE, CAPTION = "表題", "凡例", "時点", "注記", "表の見出し"
HEADER, TERM, TOP_HEADING, HEADING = "見出し行", "期", "推進項目", "施策"
NUMBER, BODY, UNFILLED = "番号", "本文", "未記入"
COUNT, SHARE, TOTAL_NAME, TOTAL_COUNT, TOTAL_SHARE = "件数", "割合", "計", "計の件数", "計の割合"
OVERLAP_NAME, OVERLAP_COUNT = "重複", "重複の件数"
LABEL, COUNTED, CHANGE = "項目名", "件数の文", "増減"
DATA_HEADER, DATA, DATA_NUMBER = "データの見出し", "データ", "データの数値"

LOOKS = {
    TITLE: Look(size=6, bold=True, horizontal="center", framed=False),
    LEGEND: Look(framed=False),
    AS_OF: Look(horizontal="right", framed=False),
    NOTE: Look(size=-1, ink="52606D", vertical="top", framed=False),
    CAPTION: Look(size=2, bold=True, framed=False, wrap=False),
    HEADER: Look(bold=True, ground=HEADER_GROUND, horizontal="center"),
    TERM: Look(bold=True, ground=TERM_GROUND),
    TOP_HEADING: Look(bold=True),
    HEADING: Look(),
    NUMBER: Look(horizontal="center"),
    BODY: Look(),
    UNFILLED: Look(ink=QUIET),
    COUNT: Look(horizontal="right", format=INTEGER),
    SHARE: Look(ink="52606D", horizontal="right", format=PERCENT),
    TOTAL_NAME: Look(bold=True, ground=TOTAL_GROUND),
    TOTAL_COUNT: Look(bold=True, ground=TOTAL_GROUND, horizontal="right", format=INTEGER),
    TOTAL_SHARE: Look(bold=True, ground=TOTAL_GROUND, horizontal="right", format=PERCENT),
    OVERLAP_NAME: Look(ink=QUIET),
    OVERLAP_COUNT: Look(ink=QUIET, horizontal="right", format=SUBTRACTED),
    LABEL: Look(bold=True, ground=HEADER_GROUND),
    COUNTED: Look(horizontal="right"),
    CHANGE: Look(horizontal="right", format=SUBTRACTED),
    DATA_HEADER: Look(bold=True, ground=HEADER_GROUND),
    DATA: Look(wrap=False, framed=False),
    DATA_NUMBER: Look(wrap=False, framed=False, horizontal="right", format=INTEGER),
}


def progress_look(status: Status) -> str:
    """Return the name of the look of a progress cell in the status' colour."""
    return f"進捗{status.id}"


class StyleBook:
    """Makes a workbook's named styles when they are first asked for.

    A NamedStyle belongs to one workbook; sharing it between two breaks the second.
    """

    def __init__(
        self,
        workbook: Workbook,
        font: str,
        statuses: Mapping[int, Status],
        looks: Mapping[str, Look] = LOOKS,
    ) -> None:
        self._workbook = workbook
        self._font = font
        self._looks = dict(looks) | {
            progress_look(each): Look(ground=tint(each.colour)) for each in statuses.values()
        }
        self._made: set[str] = set()

    def enlarged(self, look: str, size: float) -> float:
        """Return how much larger than the text of the sheet a look's letters are."""
        return 1 + self._looks[look].size / size

    def name(self, look: str, size: float, *, top: bool = True, bottom: bool = True) -> str:
        """Return the named style of a look at a text size; rows that go on lack an edge."""
        edges = ("" if top else "・上なし") + ("" if bottom else "・下なし")
        name = f"計画・{look}{edges} {size:g}pt"
        if name not in self._made:
            self._add(name, self._looks[look], size, top=top, bottom=bottom)
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
                look.vertical if top and bottom else "top",  # a long text flows on
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


def rgb(colour: str) -> str:
    """Return a stored colour (#2E7D32) as six digits; a quiet grey where it is none."""
    digits = colour.removeprefix("#").upper()
    return digits if len(digits) == len(INK) and set(digits) <= set("0123456789ABCDEF") else LINE


def tint(colour: str) -> str:
    """Return the colour so light that black text on it reads well, also on a grey print."""
    parts = (int(rgb(colour)[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{255 - (255 - part) // 9:02X}" for part in parts)
