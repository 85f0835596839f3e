"""進捗状況一覧: every action with its marks and texts, under bands or beside merged headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import paper
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.pages import headings, looks, report_columns
from kyodo_desktop.pages.content import Cell, Facets, PageRow, Part, RowRole
from kyodo_desktop.pages.options import LISTING, HeadingStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.pages.report_columns import ReportColumn
    from kyodo_desktop.pages.telling import Telling

_TOP_WIDTH, _HEADING_WIDTH = WidthRange(6.2, 10), WidthRange(7, 14)
_REPEATED = (report_columns.NUMBER, report_columns.PATH_NUMBER, report_columns.ACTION)
"""What a row that is cut says again on the next page."""
_FLOWING = ("progress", "outlook", "description", "note")
_CENTRED = (report_columns.NUMBER, report_columns.PATH_NUMBER)


def listing(telling: Telling) -> Part:
    """Return the part; each term, and each heading above, is a band or a merged column."""
    return _Listing(telling).part()


class _Listing:
    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._outline = telling.outline
        self._is_beside = telling.options.headings is HeadingStyle.COLUMNS
        chosen = telling.options.columns
        self._columns = [
            self._as_placed(each)
            for name, each in report_columns.REPORT_COLUMNS.items()
            if name in chosen
        ]
        self._beside = len(self._outline.levels) - 1 if self._is_beside else 0

    def part(self) -> Part:
        levels = [each.name for each in self._outline.levels[: self._beside]]
        names = [*levels, *(each.heading(self._outline) for each in self._columns)]
        widths = [_HEADING_WIDTH if level else _TOP_WIDTH for level in range(self._beside)]
        return Part(
            name=LISTING,
            title=LISTING,
            widths=(*widths, *(each.width for each in self._columns)),
            top=headings.top(self._telling, LISTING, self._width, with_legend=True),
            header=(headings.head(names),),
            rows=tuple(self._rows()),
            is_fitted=True,
            has_filter=not self._is_beside,
        )

    @property
    def _width(self) -> int:
        return self._beside + len(self._columns)

    def _as_placed(self, column: ReportColumn) -> ReportColumn:
        """Return 番号 as the headings that are told apart from it want it."""
        if column is report_columns.NUMBER and not self._is_beside:
            return report_columns.PATH_NUMBER
        return column

    def _rows(self) -> Iterator[PageRow]:
        for place, term in enumerate(self._telling.terms):
            rows = list(paper.rows_below(self._outline, term))
            if self._telling.names_terms and rows:
                label = headings.term_label(self._outline, term)
                yield PageRow(
                    (Cell(label, looks.TERM, self._width),),
                    RowRole.BAND,
                    level=1,
                    joined=True,
                    begins_page=place > 0,
                )
            before: tuple[int, ...] = ()
            for path, node in rows:
                if not self._is_beside:
                    yield from self._bands(before, path)
                before = path
                if node is not None or self._is_beside:
                    yield self._row(path, node)

    def _bands(self, before: tuple[int, ...], path: tuple[int, ...]) -> Iterator[PageRow]:
        """Yield the headings that begin here, from the top."""
        above = 1 + self._telling.names_terms
        for level, node in enumerate(path):
            if before[: level + 1] != path[: level + 1]:
                yield PageRow(
                    (Cell(self._outline.label(node), looks.BANDS[min(level, 1)], self._width),),
                    RowRole.BAND,
                    level=above + level,
                    joined=True,
                )

    def _row(self, path: tuple[int, ...], node: int | None) -> PageRow:
        beside = []
        for level in range(self._beside):
            text = self._outline.label(path[level]) if level < len(path) else ""
            look = looks.HEADING if level else looks.TOP_HEADING
            beside.append(Cell(text, look, run=(*path[: level + 1], level)))
        if node is None:
            return PageRow((*beside, *(Cell("") for _ in self._columns)))
        cells = action_cells(self._outline, node, self._columns)
        return PageRow((*beside, *cells), facets=facets(self._outline, node))


def action_cells(outline: Outline, node: int, columns: Iterable[ReportColumn]) -> Iterator[Cell]:
    """Yield what the columns say of the action at a place."""
    action_id = outline.action_id_at(node)
    status = outline.status(action_id)
    filled = looks.progress_look(status) if status else looks.UNFILLED
    for column in columns:
        look = looks.BODY
        if column in _CENTRED:
            look = looks.NUMBER
        elif column is report_columns.PROGRESS:
            look = filled if status or not outline.lines.get(action_id) else looks.BODY
        elif column is report_columns.CURRENT:
            look = looks.centred(filled)
        elif column is report_columns.PREVIOUS:
            look = looks.NUMBER
        yield Cell(
            column.text(outline, node),
            look,
            repeats=column in _REPEATED,
            flows=column.name in _FLOWING,
        )


def facets(outline: Outline, node: int) -> Facets:
    """Return by what the rows of the action at a place are found."""
    action_id = outline.action_id_at(node)
    status = outline.status(action_id)
    sections = [name for role in Role for name in outline.section_names(action_id, role)]
    above = [node, *outline.ancestors(node)]
    return Facets(
        heading=outline.label(above[-2]),
        sections=tuple(dict.fromkeys(sections)),
        status=status.word if status else report_columns.UNFILLED_TEXT,
    )
