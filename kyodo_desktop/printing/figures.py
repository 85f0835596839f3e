"""Draws a figure of a report: bars in their fills, then its words from the top."""

from __future__ import annotations

from itertools import count, takewhile
from typing import TYPE_CHECKING

from kyodo_desktop.domain.comparing.text_diff import Segment
from kyodo_desktop.pages import charts
from kyodo_desktop.pages.charts import DrawnText
from kyodo_desktop.pages.laid import PADDING
from kyodo_desktop.printing.pen import MIDDLE, Lettering, Pen, Rectangle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyodo_desktop.pages.charts import DrawnBar
    from kyodo_desktop.pages.content import Chart
    from kyodo_desktop.printing.pen import Edge

_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a text stands before its place."""

_PLATE = 1.1  # of the letters' size


def draw_chart(pen: Pen, chart: Chart, place: Rectangle, advances: Mapping[str, float]) -> None:
    """Draw a chart from the upper left corner of its place on; `advances` are its font's."""
    found = charts.drawn(chart, place.width, advances)
    texts = [(words, Lettering(charts.SIZE)) for words in found.words]
    for bar in found.bars:
        box = Rectangle(place.left + bar.x, place.top + bar.y, bar.width, bar.height)
        _draw_bar(pen, bar, box)
        if bar.label:
            middle = bar.x + bar.width / 2, bar.y + bar.height / 2
            label = DrawnText(*middle, bar.label, "middle")
            texts.append((label, Lettering(charts.SIZE, ink=bar.fill.ink)))
    for words, lettering in sorted(texts, key=lambda each: (round(each[0].y), each[0].x)):
        width = pen.width(words.text, lettering)
        left = place.left + words.x - width * _BEFORE[words.anchor]
        room = Rectangle(left - PADDING / 2, 0, width + PADDING, 0)
        base = place.top + words.y + MIDDLE * lettering.size
        pen.write((Segment(words.text, False),), lettering, base, room)


def _draw_bar(pen: Pen, bar: DrawnBar, box: Rectangle) -> None:
    """Draw a bar; where it has stripes and a label, with a white plate for this."""
    pen.fill(box, bar.fill.ground)
    if bar.fill.hatch is not None:
        pen.draw_lines_in(box, _stripes(box, bar.fill.hatch), bar.fill.stripe, charts.STRIPE_WIDTH)
        if bar.label:
            width = pen.width(bar.label, Lettering(charts.SIZE)) + 2
            height = charts.SIZE * _PLATE
            left, top = box.left + (box.width - width) / 2, box.top + (box.height - height) / 2
            pen.fill(Rectangle(left, top, width, height), charts.WHITE)
    pen.draw_lines(box.edges, charts.EDGE, charts.EDGE_WIDTH)


def _stripes(box: Rectangle, hatch: charts.Hatch) -> Iterator[Edge]:
    """Yield the stripes of a bar, and more of them than it shows."""
    top, bottom = box.top, box.top + box.height
    if hatch is charts.Hatch.UPRIGHT:
        first, step, slope = box.left, charts.STRIPE_STEP, 0.0
    else:
        first, step, slope = box.left - box.height, charts.STRIPE_STEP * 2**0.5, box.height
    places = (first + step * (number + 0.5) for number in count())
    for x in takewhile(lambda each: each < box.left + box.width, places):
        yield x, bottom, x + slope, top
