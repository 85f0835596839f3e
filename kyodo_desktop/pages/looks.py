"""How cells look, by name, wherever they are drawn."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

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

    @property
    def is_title(self) -> bool:
        """Whether its texts are titles: in the middle, without a frame."""
        return self.horizontal == "center" and not self.framed


TITLE, LEGEND, AS_OF, NOTE, CAPTION = "表題", "凡例", "時点", "注記", "表の見出し"
HEADER, TERM, TOP_HEADING, HEADING = "見出し行", "期", "推進項目", "施策"
NUMBER, BODY, UNFILLED = "番号", "本文", "未記入"
TOP_BAND, BAND = BANDS = "推進項目の帯", "施策の帯"
COUNT, SHARE, TOTAL_NAME, TOTAL_COUNT, TOTAL_SHARE = "件数", "割合", "計", "計の件数", "計の割合"
TOTAL_CHANGE = "計の増減"
OVERLAP_NAME, OVERLAP_COUNT = "重複", "重複の件数"
LABEL, COUNTED, CHANGE = "項目名", "件数の文", "増減"
FIGURE, FIGURE_CHANGE = "数値", "数値の増減"
COVER_TITLE, COVER_NAME, COVER_LINE = "表紙の題", "表紙の名", "表紙の行"
SEAL_NAME, SEAL = "決裁欄の見出し", "決裁欄"
PAGE = "ページ"
SHEET_ABOVE, SHEET = "シートの上", "シートの見出し"
DATA_HEADER, DATA, DATA_NUMBER = "データの見出し", "データ", "データの数値"

LOOKS = {
    TITLE: Look(size=5, bold=True, horizontal="center", framed=False),
    LEGEND: Look(framed=False),
    AS_OF: Look(horizontal="right", framed=False),
    NOTE: Look(size=-1, ink="52606D", vertical="top", framed=False),
    CAPTION: Look(size=2, bold=True, framed=False),
    HEADER: Look(bold=True, ground=HEADER_GROUND, horizontal="center"),
    TERM: Look(bold=True, ground=TERM_GROUND),
    TOP_HEADING: Look(bold=True),
    HEADING: Look(),
    TOP_BAND: Look(bold=True, ground=HEADER_GROUND),
    BAND: Look(bold=True, ground=TOTAL_GROUND),
    NUMBER: Look(horizontal="center"),
    BODY: Look(),
    UNFILLED: Look(ink=QUIET),
    COUNT: Look(horizontal="right", format=INTEGER),
    SHARE: Look(ink="52606D", horizontal="right", format=PERCENT),
    TOTAL_NAME: Look(bold=True, ground=TOTAL_GROUND),
    TOTAL_COUNT: Look(bold=True, ground=TOTAL_GROUND, horizontal="right", format=INTEGER),
    TOTAL_SHARE: Look(bold=True, ground=TOTAL_GROUND, horizontal="right", format=PERCENT),
    TOTAL_CHANGE: Look(bold=True, ground=TOTAL_GROUND, horizontal="right", format=SUBTRACTED),
    OVERLAP_NAME: Look(ink=QUIET),
    OVERLAP_COUNT: Look(ink=QUIET, horizontal="right", format=SUBTRACTED),
    LABEL: Look(bold=True, ground=HEADER_GROUND),
    COUNTED: Look(horizontal="right"),
    CHANGE: Look(horizontal="right", format=SUBTRACTED),
    FIGURE: Look(size=5, bold=True, horizontal="center", format=INTEGER),
    FIGURE_CHANGE: Look(horizontal="center", format=SUBTRACTED),
    COVER_TITLE: Look(size=15, bold=True, horizontal="center", framed=False),
    COVER_NAME: Look(size=7, horizontal="center", framed=False),
    COVER_LINE: Look(size=3, horizontal="center", framed=False),
    SEAL_NAME: Look(size=-1, ground=HEADER_GROUND, horizontal="center"),
    SEAL: Look(horizontal="center"),
    PAGE: Look(horizontal="center", format=INTEGER),
    SHEET_ABOVE: Look(framed=False),
    SHEET: Look(size=4, bold=True, ground=HEADER_GROUND),
    DATA_HEADER: Look(bold=True, ground=HEADER_GROUND),
    DATA: Look(wrap=False, framed=False),
    DATA_NUMBER: Look(wrap=False, framed=False, horizontal="right", format=INTEGER),
}


def progress_look(status: Status) -> str:
    """Return the name of the look of a progress cell in the status' colour."""
    return f"進捗{status.id}"


def centred(look: str) -> str:
    """Return the name of a progress cell's look with a mark in its middle."""
    return f"{look}・中央"


def looks_for(statuses: Iterable[Status]) -> dict[str, Look]:
    """Return all looks by name, those of a plan's statuses among them."""
    filled = {progress_look(each): Look(ground=tint(each.colour)) for each in statuses}
    filled[UNFILLED] = LOOKS[UNFILLED]
    middle = {centred(each): look._replace(horizontal="center") for each, look in filled.items()}
    return LOOKS | filled | middle


def rgb(colour: str) -> str:
    """Return a stored colour (#2E7D32) as six digits; a quiet grey where it is none."""
    digits = colour.removeprefix("#").upper()
    return digits if len(digits) == len(INK) and set(digits) <= set("0123456789ABCDEF") else LINE


def tint(colour: str) -> str:
    """Return the colour so light that black text on it reads well, also on a grey print."""
    parts = (int(rgb(colour)[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{255 - (255 - part) // 9:02X}" for part in parts)


def number_text(value: float, shape: str) -> str:
    """Return a number as a workbook shows it in a format: 12.3 for 12.25, ▲3 for -3."""
    if shape == TEXT:
        return f"{value:.15g}"
    above, *below = shape.split(";")
    digits = str(Decimal(repr(abs(value))).quantize(Decimal(above), ROUND_HALF_UP))
    if value >= 0:
        return digits
    return below[0].replace("0", digits) if below else f"-{digits}"
