"""Charts of a page: bars that take the room there is, beside names that flow like other text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.pages import charts
from kyodo_desktop.web.markup import NOTHING, element, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.pages.charts import Fill
    from kyodo_desktop.pages.content import Chart
    from kyodo_desktop.web.markup import Markup

_BAR, _SQUARE = 24, 16  # pixels
_LONGEST = 88.0
"""Per cent of the width that the longest bar takes; its total stands in the rest."""
_DIGIT, _AROUND = 8.5, 6.0  # pixels of a digit, and beside a label
_DIGIT_SHARE = 3.0
"""Per cent of the width that a digit takes on the narrowest screen."""
_MIDDLE = "0.35em"
"""From the middle of a line of letters down to where they stand."""


def figure_of(chart: Chart, name: str, *, is_named: bool) -> Markup:
    """Return a figure with its legend, a picture a bar; `name` begins its ids.

    Its title is not seen where what stands above it says the same.
    """
    fills = [charts.fill(each.colour, each.tone) for each in chart.series]
    paints = [
        f"url(#{name}-{place})" if each.hatch else f"#{each.ground}"
        for place, each in enumerate(fills)
    ]
    squares = (
        _square(each, paint, f"{name}-{place}")
        for place, (each, paint) in enumerate(zip(fills, paints, strict=True))
    )
    legend = (
        element("li", square, text(series.name))
        for series, square in zip(chart.series, squares, strict=True)
    )
    longest = max(map(sum, zip(*(each.counts for each in chart.series), strict=True)), default=0)
    scale = _LONGEST / max(longest, 1)
    bars = (
        element("li", element("span", text(category)), _bar(chart, place, fills, paints, scale))
        for place, category in enumerate(chart.categories)
    )
    return element(
        "figure",
        element("figcaption", text(chart.title), class_="unseen" if is_named else None),
        element("ul", *legend, class_="legend"),
        element("ul", *bars, class_="bars"),
    )


def _square(fill: Fill, paint: str, name: str) -> Markup:
    """Return what stands before a name in the legend; with it comes the pattern of the bars."""
    return element(
        "svg",
        _pattern(fill, name),
        _rect(0, _SQUARE, paint),
        aria_hidden="true",
        width=_SQUARE,
        height=_SQUARE,
    )


def _pattern(fill: Fill, name: str) -> Markup:
    if fill.hatch is None:
        return NOTHING
    step = charts.STRIPE_STEP
    return element(
        "pattern",
        element("rect", width=_number(step), height=_number(step), fill=f"#{fill.ground}"),
        element(
            "rect",
            width=_number(charts.STRIPE_WIDTH),
            height=_number(step),
            fill=f"#{fill.stripe}",
        ),
        id=name,
        width=_number(step),
        height=_number(step),
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)" if fill.hatch is charts.Hatch.RISING else None,
    )


def _bar(
    chart: Chart, place: int, fills: Sequence[Fill], paints: Sequence[str], scale: float
) -> Markup:
    counts = [each.counts[place] for each in chart.series]
    total = f"{sum(counts):,}"
    words = "、".join(
        f"{each.name} {count:,}" for each, count in zip(chart.series, counts, strict=True) if count
    )
    drawn = list(_segments(counts, fills, paints, scale))
    end = _share(sum(counts) * scale)
    return element(
        "svg",
        element("title", text(f"計 {total}" + (f"（{words}）" if words else ""))),
        *drawn,
        element("text", text(total), x=end, dx=6, y=_BAR // 2, dy=_MIDDLE),
        role="img",
        width="100%",
        height=_BAR,
    )


def _segments(
    counts: Sequence[int], fills: Sequence[Fill], paints: Sequence[str], scale: float
) -> Iterator[Markup]:
    left = 0.0
    for count, fill, paint in zip(counts, fills, paints, strict=True):
        width = count * scale
        if count:
            yield _rect(left, width, paint, "%")
            label = f"{count:,}"
            if width >= (len(label) + 1) * _DIGIT_SHARE:
                yield _label(label, fill, left + width / 2)
        left += width


def _label(label: str, fill: Fill, middle: float) -> Markup:
    """Return a count in the middle of its bar, on a plate where there are stripes."""
    plate = NOTHING
    if fill.hatch:
        width = len(label) * _DIGIT + _AROUND
        plate = element(
            "rect",
            x=_number(-width / 2),
            y=4,
            width=_number(width),
            height=_BAR - 8,
            fill=f"#{charts.WHITE}",
        )
    words = element(
        "text", text(label), y=_BAR // 2, dy=_MIDDLE, text_anchor="middle", fill=f"#{fill.ink}"
    )
    return element("svg", plate, words, x=_share(middle), overflow="visible")


def _rect(left: float, width: float, paint: str, unit: str = "") -> Markup:
    return element(
        "rect",
        x=f"{_number(left)}{unit}",
        width=f"{_number(width)}{unit}",
        height="100%",
        fill=paint,
        stroke=f"#{charts.EDGE}",
    )


def _share(value: float) -> str:
    return f"{_number(value)}%"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
