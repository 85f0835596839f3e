"""What stands under the pages: two texts with room for a page's number between them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year
from kyodo_desktop.pages.laid import FOOTER_SIZE, MILLIMETRE, SIDE, Footer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.pages.content import Report
    from kyodo_desktop.pages.laid import LaidPart, PaperSize
    from kyodo_desktop.pages.text_metrics import Metrics

_CENTRE = 90.0  # points that a page's number may take
_GAP = 12.0
_MARK = "…"


def footers(
    report: Report, parts: Sequence[LaidPart], paper: PaperSize, metrics: Metrics
) -> Iterator[Footer]:
    """Yield the footer of each page, cut by measure so that its parts stand apart."""
    made_on = f"{fiscal_year.day_label(report.made_on[:10])}作成"
    count = sum(len(part.pages) for part in parts)
    for part in parts:
        found = footer(report.title, made_on, paper, metrics, name=part.title)
        for page in part.pages:
            yield found._replace(centre=f"{page.number} / {count}")


def footer(left: str, right: str, paper: PaperSize, metrics: Metrics, *, name: str = "") -> Footer:
    """Return two texts with room for a page's number between them, cut by measure.

    A `name` behind the left one is whole as long as it fits.
    """
    room = ((paper.across - 2 * SIDE) * MILLIMETRE - _CENTRE) / 2 - _GAP
    whole = _fitted(f"{left} {name}", room, metrics)
    if name and whole.endswith(_MARK):
        before = room - sum(metrics.advances[each] * FOOTER_SIZE for each in f" {name}")
        title = _fitted(left, before, metrics)
        whole = _fitted(name if title == _MARK else f"{title} {name}", room, metrics)
    return Footer(whole, "", _fitted(right, room, metrics))


def _fitted(text: str, room: float, metrics: Metrics) -> str:
    """Return a text on one line, shortened where it is wider than the room in points."""
    line = " ".join(text.split())
    ends = list(accumulate(metrics.advances[each] * FOOTER_SIZE for each in line))
    if not ends or ends[-1] <= room:
        return line
    mark = metrics.advances[_MARK] * FOOTER_SIZE
    return line[: bisect_right(ends, room - mark)].rstrip() + _MARK
