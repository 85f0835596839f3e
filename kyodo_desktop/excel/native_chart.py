"""A figure of a report as a chart of Excel's own, which follows the numbers of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from openpyxl.chart import BarChart
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.xml.functions import fromstring

from kyodo_desktop.excel import cell_text
from kyodo_desktop.pages import charts, looks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

    from kyodo_desktop.pages.content import Chart, Series


class NativeChart(BarChart):
    """Goes over a whole row of a sheet, so many columns; `words` say what it shows."""

    def __init__(self, xml: str, words: str, row: int, columns: int) -> None:
        super().__init__()
        self.words, self.row, self.columns = words, row, columns
        self._xml = xml

    def _write(self) -> Element:
        """Return the chart for its part of the package."""
        found: Element = fromstring(self._xml)
        return found


class ChartPlace(NamedTuple):
    """Where a chart stands: a row (from 1) of a sheet and its width in points.

    `rows` are those of the sheet by their places in the part, `advances` those of the font.
    """

    sheet: str
    row: int
    width: float
    columns: int
    rows: Mapping[int, int]
    font: str
    advances: Mapping[str, float]


def native_chart(chart: Chart, place: ChartPlace) -> NativeChart:
    """Return a chart of the cells of its table, with their values as they are now."""
    return NativeChart(_ChartWriter(chart, place).xml(), chart.title, place.row, place.columns)


class _Table(NamedTuple):
    """The first and the last row of the sheet with the numbers, and their columns in the part."""

    first: int
    last: int
    names: int
    columns: tuple[int, ...]


def _table_in(chart: Chart, rows: Mapping[int, int]) -> _Table | None:
    """Return where the numbers stand, unless other rows stand between them."""
    if chart.table is None:
        return None
    place, names, columns = chart.table
    first, last = rows[place], rows[place + len(chart.categories) - 1]
    if last - first >= len(chart.categories):
        return None
    return _Table(first, last, names, columns)


class _ChartWriter:
    def __init__(self, chart: Chart, place: ChartPlace) -> None:
        self._chart, self._place = chart, place
        self._drawn = charts.drawn(chart, place.width, place.advances)
        self._table = _table_in(chart, place.rows)

    def xml(self) -> str:
        drawn = self._drawn
        bars = "".join(self._series(place) for place in range(len(self._chart.series)))
        legend = drawn.bottom + charts.GAP
        return (
            '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
            '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
            f"{self._layout(drawn.left, 0, drawn.right, drawn.bottom, target='inner')}"
            '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
            f'{bars}<c:gapWidth val="{self._gap()}"/><c:overlap val="100"/>'
            f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{self._axes()}'
            "<c:spPr><a:noFill/></c:spPr></c:plotArea>"
            '<c:legend><c:legendPos val="b"/>'
            f"{self._layout(0, legend, drawn.width, drawn.height)}"
            '<c:overlay val="0"/></c:legend>'
            '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
            f"<c:spPr>{_solid(charts.WHITE)}<a:ln><a:noFill/></a:ln></c:spPr>"
            f"{_letters(looks.INK, self._place.font)}</c:chartSpace>"
        )

    def _gap(self) -> int:
        """Return the room between two bars, in hundredths of a bar's height."""
        step = self._drawn.bottom / max(1, len(self._chart.categories))
        heights = (each.height for each in self._drawn.bars if each.y < self._drawn.bottom)
        bar = next(heights, step)
        return min(round(100 * (step - bar) / bar), _WIDEST_GAP)

    def _layout(
        self, left: float, top: float, right: float, bottom: float, *, target: str = ""
    ) -> str:
        """Return where something stands, of points from the upper left corner."""
        across, down = self._drawn.width, self._drawn.height
        kind = f'<c:layoutTarget val="{target}"/>' if target else ""
        return (
            f'<c:layout><c:manualLayout>{kind}<c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{left / across:.4f}"/><c:y val="{top / down:.4f}"/>'
            f'<c:w val="{(right - left) / across:.4f}"/><c:h val="{(bottom - top) / down:.4f}"/>'
            "</c:manualLayout></c:layout>"
        )

    def _axes(self) -> str:
        """Return the axis of the names, from the top, and that of the counts, which is unseen."""
        return (
            '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
            '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General"'
            ' sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
            f'<c:tickLblPos val="low"/><c:spPr><a:ln w="{_edge()}">{_solid(charts.EDGE)}</a:ln>'
            '</c:spPr><c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/>'
            '<c:lblAlgn val="r"/><c:lblOffset val="50"/><c:noMultiLvlLbl val="1"/></c:catAx>'
            '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
            f'<c:max val="{self._drawn.most}"/><c:min val="0"/></c:scaling>'
            '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General"'
            ' sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
            '<c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/>'
            '<c:crossBetween val="between"/></c:valAx>'
        )

    def _series(self, place: int) -> str:
        series = self._chart.series[place]
        fill = charts.fill(series.colour, series.tone)
        return (
            f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
            f"<c:tx><c:v>{_text(series.name)}</c:v></c:tx>"
            f"<c:spPr>{_filled(fill)}"
            f'<a:ln w="{_edge()}">{_solid(charts.EDGE)}</a:ln></c:spPr>'
            '<c:invertIfNegative val="0"/>'
            f"{self._labels(place, fill)}{self._categories()}{self._values(place, series)}</c:ser>"
        )

    def _labels(self, place: int, fill: charts.Fill) -> str:
        """Return how counts are written on the bars, where there is room."""
        bars = iter(self._drawn.bars)
        narrow = [
            category
            for category, _ in enumerate(self._chart.categories)
            for each, series in enumerate(self._chart.series)
            if series.counts[category] and not next(bars).label and each == place
        ]
        left_out = "".join(
            f'<c:dLbl><c:idx val="{each}"/><c:delete val="1"/></c:dLbl>' for each in narrow
        )
        plate = _solid(fill.ground) if fill.hatch else "<a:noFill/>"
        shown = "".join(
            f'<c:show{what} val="{int(what == "Val")}"/>'
            for what in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
        )
        return (
            f'<c:dLbls>{left_out}<c:numFmt formatCode="#,##0;;" sourceLinked="0"/>'
            f"<c:spPr>{plate}<a:ln><a:noFill/></a:ln></c:spPr>"
            f'{_letters(fill.ink, self._place.font)}<c:dLblPos val="ctr"/>{shown}</c:dLbls>'
        )

    def _categories(self) -> str:
        points = _points(map(_text, self._chart.categories))
        if self._table is None:
            return f"<c:cat><c:strLit>{points}</c:strLit></c:cat>"
        return (
            f"<c:cat><c:strRef><c:f>{self._cells(self._table.names)}</c:f>"
            f"<c:strCache>{points}</c:strCache></c:strRef></c:cat>"
        )

    def _values(self, place: int, series: Series) -> str:
        points = f"<c:formatCode>General</c:formatCode>{_points(map(str, series.counts))}"
        if self._table is None:
            return f"<c:val><c:numLit>{points}</c:numLit></c:val>"
        return (
            f"<c:val><c:numRef><c:f>{self._cells(self._table.columns[place])}</c:f>"
            f"<c:numCache>{points}</c:numCache></c:numRef></c:val>"
        )

    def _cells(self, column: int) -> str:
        assert self._table is not None
        letter = get_column_letter(column + 1)
        cells = f"${letter}${self._table.first}:${letter}${self._table.last}"
        return _text(f"{quote_sheetname(self._place.sheet)}!{cells}")


def _points(values: Iterable[str]) -> str:
    found = [
        f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values)
    ]
    return f'<c:ptCount val="{len(found)}"/>{"".join(found)}'


def _text(text: str) -> str:
    return cell_text.escaped(cell_text.sanitize(text)[0])


def _edge() -> int:
    return round(charts.EDGE_WIDTH * _POINT)


_WIDEST_GAP = 500  # that the standard allows
_POINT = 12_700  # in the unit of drawings
_HATCHES = {charts.Hatch.RISING: "wdUpDiag", charts.Hatch.UPRIGHT: "ltVert"}


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _filled(fill: charts.Fill) -> str:
    if fill.hatch is None:
        return _solid(fill.ground)
    return (
        f'<a:pattFill prst="{_HATCHES[fill.hatch]}">'
        f'<a:fgClr><a:srgbClr val="{fill.stripe}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{fill.ground}"/></a:bgClr></a:pattFill>'
    )


def _letters(ink: str, font: str) -> str:
    name = cell_text.quoted(font)
    return (
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{round(charts.SIZE * 100)}" b="0">{_solid(ink)}'
        f'<a:latin typeface="{name}"/><a:ea typeface="{name}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="ja-JP"/></a:p></c:txPr>'
    )
