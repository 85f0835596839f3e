"""The native chart of 集計: one stacked bar for each heading, in the statuses' colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.styles import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.text import RichText
    from openpyxl.worksheet.worksheet import Worksheet

_POINTS_PER_CM = 72 / 2.54
_NAMES_COLUMN, _FIRST_COUNT_COLUMN = 1, 2


class ChartSeries(NamedTuple):
    """A status: its name and colour, and its count under each heading."""

    name: str
    colour: str
    counts: tuple[int, ...]


def add_chart(
    sheet: Worksheet,
    series: Sequence[ChartSeries],
    rows: tuple[int, int],
    anchor_row: int,
    size: tuple[float, float],
) -> None:
    """Draw the counts of a table, which has count and share by turns.

    `rows` are the first and last row of the headings, `size` is width and height in points.
    """
    from openpyxl.chart import BarChart, Reference, Series

    chart = BarChart(barDir="bar", grouping="stacked", overlap=100, gapWidth=45)
    for place, each in enumerate(series):
        column = _FIRST_COUNT_COLUMN + 2 * place
        bars = Series(Reference(sheet, column, rows[0], column, rows[1]), title=each.name)
        bars.graphicalProperties.solidFill = each.colour
        bars.graphicalProperties.line.solidFill = "FFFFFF"
        bars.dLbls = _labels(each)
        chart.append(bars)
    chart.set_categories(Reference(sheet, _NAMES_COLUMN, rows[0], _NAMES_COLUMN, rows[1]))
    chart.x_axis.scaling.orientation = "maxMin"  # the first heading on top, as in the table
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.crosses = "max"  # which puts the scale below
    chart.y_axis.majorGridlines = None
    chart.legend.position = "b"
    width, height = (points / _POINTS_PER_CM for points in size)
    chart.width, chart.height = width, height  # type: ignore[assignment]  # stubs: int
    sheet.add_chart(chart, f"A{anchor_row}")


def _labels(series: ChartSeries) -> DataLabelList:
    """Return labels with the counts, but for zeros, which have no bar to stand on."""
    from openpyxl.chart.label import DataLabel, DataLabelList

    hidden = [DataLabel(idx=i, **_parts(False)) for i, n in enumerate(series.counts) if not n]
    letters = _letters("FFFFFF" if _is_dark(series.colour) else INK)
    return DataLabelList(dLbl=hidden, txPr=letters, **_parts(True))


def _parts(value: bool) -> dict[str, bool]:
    others = ("showSerName", "showCatName", "showLegendKey", "showPercent", "showBubbleSize")
    return {"showVal": value, **dict.fromkeys(others, False)}


def _letters(colour: str) -> RichText:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import (
        CharacterProperties,
        Paragraph,
        ParagraphProperties,
    )

    letters = CharacterProperties(sz=900, b=True, solidFill=colour)
    return RichText(p=[Paragraph(ParagraphProperties(defRPr=letters), endParaRPr=letters)])


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 150  # noqa: PLR2004  of 255
