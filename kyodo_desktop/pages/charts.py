"""How figures are drawn: bars that are told apart without colours, and where each thing stands.

Bars of the tones before `HATCHED` differ by more than a fifth of the way from black to white from
each other and from paper, so that any two may stand side by side in grey; the others have stripes.
"""

from __future__ import annotations

from enum import Enum
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.plan import USUAL_COLOURS
from kyodo_desktop.pages import looks, report_columns, text_metrics
from kyodo_desktop.pages.content import Chart, Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kyodo_desktop.domain.overview import Group

WHITE, BLACK = "FFFFFF", "000000"
EDGE = "52606D"
"""The line around each bar, `EDGE_WIDTH` points wide."""
EDGE_WIDTH = 0.5
STRIPE_STEP, STRIPE_WIDTH = 4.0, 1.2
"""From stripe to stripe, and the width of each, in points."""

_LIGHTNESS = (0.28, 0.52, 0.76)
_STRIPES = 0.28
HATCHED = len(_LIGHTNESS)


class Hatch(Enum):
    """How the stripes of a bar go."""

    RISING = "rising"
    """At 45 degrees, up to the right."""
    UPRIGHT = "upright"


BLANK = HATCHED + len(Hatch)
"""The tone of what is not there yet: white, and last."""


class Fill(NamedTuple):
    """A bar's ground, and on it stripes of a colour, if any; colours are six digits.

    A label in `ink` reads well on the ground; where there are stripes it stands on a white plate.
    """

    ground: str
    ink: str
    hatch: Hatch | None = None
    stripe: str = ""


def fill(colour: str, tone: int) -> Fill:
    """Return how the bars of a series are filled: in its colour, made as light as its tone is."""
    if tone < HATCHED:
        ground = _as_light(colour, _LIGHTNESS[tone])
        ink = max((WHITE, BLACK), key=lambda each: contrast(each, ground))
        return Fill(ground, ink)
    if tone == BLANK:
        return Fill(WHITE, BLACK)
    hatch = tuple(Hatch)[(tone - HATCHED) % len(Hatch)]
    return Fill(WHITE, BLACK, hatch, _as_light(colour, _STRIPES))


def lightness(colour: str) -> float:
    """Return how light a colour is where it is printed in grey, from 0 to 1."""
    red, green, blue = _parts(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for each in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _as_light(colour: str, wanted: float) -> str:
    """Return the colour mixed with black or white until it is as light."""
    own = lightness(colour)
    if wanted <= own:
        mixed = [each * wanted / own for each in _parts(colour)]
    else:
        share = (wanted - own) / (1 - own)
        mixed = [each + (1 - each) * share for each in _parts(colour)]
    return "".join(f"{round(each * 255):02X}" for each in mixed)


# Where each thing stands

SIZE = 8.0
"""Of the letters in a figure, in points."""
_LINE = 1.3  # of the letters' size
_APART = 2.0  # points from name to name
_NAME_EM = 16.0  # a column of names is as wide at least, if they need it
_NAME_SHARE = 0.35  # of the figure, at most
_BAR_SHARE = 0.66  # of a bar's step
_STEP = _HIGHEST_BAR = 20.0
_TOTAL_EM = 4.5
GAP = 6.0
"""Between names and bars, and above the legend, in points."""
LEAST_WIDTH = 370.0
"""Points in which a figure can be drawn."""
_TALLEST = 390.0  # a row of Excel ends at 409.5 points


class DrawnBar(NamedTuple):
    """A bar of the figure, with its count where there is room for it."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill
    label: str = ""


class DrawnText(NamedTuple):
    """One line of text; `y` is its middle, `x` its start, middle or end as `anchor` says."""

    x: float
    y: float
    text: str
    anchor: str


class DrawnChart(NamedTuple):
    """A chart as it is drawn, in points from its upper left corner.

    First the bars, with their labels in their middles, then the words. A bar that is as long as
    `most` reaches from `left` to `right`, all of them end at `bottom`, the legend is at the end.
    """

    width: float
    height: float
    left: float
    right: float
    most: int
    bottom: float
    bars: tuple[DrawnBar, ...]
    words: tuple[DrawnText, ...]


def series_of(groups: Sequence[Group], counts: Sequence[Sequence[int]]) -> tuple[Series, ...]:
    """Return a series for each group of statuses; `counts` has for each those of all bars."""
    found = []
    for place, (group, each) in enumerate(zip(groups, counts, strict=True)):
        colour, tone = looks.LINE, BLANK
        if group.kind is not None and group.status is not None:
            colour = looks.rgb(group.status.colour or USUAL_COLOURS[group.kind])
            tone = place
        found.append(Series(report_columns.group_text(group), colour, tone, tuple(each)))
    return tuple(found)


def charts_of(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    table: tuple[int, int, tuple[int, ...]] | None,
    *,
    width: float = LEAST_WIDTH,
    step: float = _STEP,
) -> Iterator[Chart]:
    """Yield the chart of a table, or several that each fit in one row; see `Chart` for `table`.

    None will be drawn in less than `width` points; from bar to bar there is one `step` at least.
    """
    legend = _legend_height(series, width)
    steps = [max(step, _name_height(each, width)) for each in categories]
    start = 0
    while start < len(categories):
        stop = start + 1
        while stop < len(steps) and _bars_height(steps[start : stop + 1]) + legend <= _TALLEST:
            stop += 1
        name, numbers = title, dict.fromkeys((str(start + 1), str(stop)))
        if stop - start < len(categories):
            name += f"（{'～'.join(numbers)}）"
        place = None if table is None else (table[0] + start, *table[1:])
        yield Chart(
            title=name,
            categories=tuple(categories[start:stop]),
            series=tuple(each._replace(counts=each.counts[start:stop]) for each in series),
            height=min(_bars_height(steps[start:stop]) + legend, _TALLEST),
            table=place,
        )
        start = stop


def drawn(chart: Chart, width: float, advances: Mapping[str, float]) -> DrawnChart:
    """Return the chart as it is drawn in a width in points, `LEAST_WIDTH` or more.

    `advances` are those of its font.
    """
    legend = list(_legend(chart.series, width, advances))
    below = GAP + len({words.y for _, words in legend}) * SIZE * _LINE
    longest = max((_length(each, advances) for each in chart.categories), default=0.0)
    room = min(max(width * _NAME_SHARE, _NAME_EM * SIZE), longest + SIZE)
    step = (chart.height - below) / max(1, len(chart.categories))
    widest = max(map(sum, zip(*(each.counts for each in chart.series), strict=True)), default=0)
    scale = (width - room - GAP - _TOTAL_EM * SIZE) / (widest or 1)
    bars: list[DrawnBar] = []
    words: list[DrawnText] = []
    for place, category in enumerate(chart.categories):
        middle = step * (place + 0.5)
        words += _stacked(text_metrics.lines_of(category, advances, room / SIZE), room, middle)
        counts = [each.counts[place] for each in chart.series]
        edges = [room + GAP + scale * each for each in accumulate(counts, initial=0)]
        height = min(step * _BAR_SHARE, _HIGHEST_BAR)
        for each, count, (left, right) in zip(chart.series, counts, pairwise(edges), strict=True):
            if count:
                label = f"{count:,}"
                fits = _length(label, advances) + SIZE / 2 <= right - left
                bars.append(
                    DrawnBar(
                        x=left,
                        y=middle - height / 2,
                        width=right - left,
                        height=height,
                        fill=fill(each.colour, each.tone),
                        label=label if fits else "",
                    )
                )
        words.append(DrawnText(edges[-1] + GAP, middle, f"{sum(counts):,}", "start"))
    top = chart.height - below + GAP
    bars += (square._replace(y=square.y + top) for square, _ in legend)
    words += (name._replace(y=name.y + top) for _, name in legend)
    return DrawnChart(
        width=width,
        height=chart.height,
        left=room + GAP,
        right=room + GAP + scale * (widest or 1),
        most=widest or 1,
        bottom=chart.height - below,
        bars=tuple(bars),
        words=tuple(words),
    )


def _length(text: str, advances: Mapping[str, float]) -> float:
    return sum(map(advances.__getitem__, text)) * SIZE


def _stacked(lines: Sequence[str], right: float, middle: float) -> Iterator[DrawnText]:
    """Yield the lines of a name, which end at its bar."""
    top = middle - (len(lines) - 1) / 2 * SIZE * _LINE
    for place, line in enumerate(lines):
        yield DrawnText(right, top + place * SIZE * _LINE, line.rstrip("\n"), "end")


def _legend(
    series: Sequence[Series], width: float, advances: Mapping[str, float]
) -> Iterator[tuple[DrawnBar, DrawnText]]:
    """Yield a square and a name for each series, counted from the legend's top."""
    x, y = 0.0, SIZE * _LINE / 2
    for each in series:
        needed = SIZE * 1.5 + _length(each.name, advances)
        if x and x + needed > width:
            x, y = 0.0, y + SIZE * _LINE
        square = DrawnBar(x, y - SIZE / 2, SIZE, SIZE, fill(each.colour, each.tone))
        yield square, DrawnText(x + SIZE * 1.5, y, each.name, "start")
        x += needed + SIZE * 2


def _name_height(name: str, width: float) -> float:
    """Return what a name needs in a column as narrow as it may be in a figure of this width."""
    in_line = max(_NAME_EM, width * _NAME_SHARE / SIZE) - 1
    return -(-len(name) // int(in_line)) * SIZE * _LINE + _APART


def _bars_height(steps: Sequence[float]) -> float:
    """Return the height of bars, which all have the same step."""
    return max(steps) * len(steps)


def _legend_height(series: Sequence[Series], width: float) -> float:
    length = sum(len(each.name) + 4 for each in series)
    return GAP + -(-length // int(width / SIZE)) * SIZE * _LINE + GAP
