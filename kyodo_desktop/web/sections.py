"""A part of a report as a section of a page: groups of what stands under one heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.web.blocks import ChartBlock, HeadingBlock, TableBlock, TextBlock, blocks_of
from kyodo_desktop.web.figures import figure_of
from kyodo_desktop.web.filters import filter_of
from kyodo_desktop.web.markup import content_of, element, joined, text
from kyodo_desktop.web.tables import TableSetting, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.pages.content import PageRow, Part
    from kyodo_desktop.web.blocks import Block
    from kyodo_desktop.web.markup import Markup
    from kyodo_desktop.web.sheet import StyleSheet


class SectionWords(NamedTuple):
    """What a section says besides its part.

    `top_level` is what a plan calls its topmost headings (推進項目), `links` stand in the place of
    a table of pages.
    """

    top_level: str
    links: Markup


def section_of(
    part: Part, name: str, words: SectionWords, sheet: StyleSheet, control: JobControl
) -> Markup:
    """Return the section whose id is `name`; with it begin all ids in it."""
    title = f"{name}-title"
    return element(
        "section",
        element("h2", text(part.title), id=title),
        *_Section(part, name, words, sheet, control).groups(),
        id=name,
        aria_labelledby=title,
    )


class _Section:
    def __init__(
        self, part: Part, name: str, words: SectionWords, sheet: StyleSheet, control: JobControl
    ) -> None:
        self._part, self._name, self._words, self._sheet = part, name, words, sheet
        rows = (*part.top, *part.header, *part.rows)
        self._blocks = [*blocks_of(row for row in rows if row.kind is not RowRole.TITLE)]
        self._filter = filter_of(part)
        count = sum(isinstance(each, TableBlock) and each.has_facets for each in self._blocks)
        self._setting = TableSetting(part.widths, sheet, self._filter, control, count > 1)
        self._last = text(part.title)
        """What was last above: the name of a table that has none of its own."""
        self._is_filtered = False
        self._place = 0

    def groups(self) -> Iterator[Markup]:
        """Yield all that stands in it, that under a heading together with it.

        The filter comes before the first table that it is for, and what belongs to that.
        """
        for group in _under_headings(self._blocks):
            if isinstance(group[0], HeadingBlock):
                if any(isinstance(each, TableBlock) and each.has_facets for each in group):
                    yield from self._form()
                drawn = [markup for block in group for markup in self._drawn(block)]
                yield element("div", *drawn, class_="group")
            else:
                for block in group:
                    if isinstance(block, TableBlock) and block.has_facets:
                        yield from self._form()
                    yield from self._drawn(block)

    def _form(self) -> Iterator[Markup]:
        if not self._is_filtered:
            self._is_filtered = True
            name = f"{self._name}-filter"
            yield self._filter.form(name, self._part.title, self._words.top_level)

    def _drawn(self, block: Block) -> Iterator[Markup]:
        self._place += 1
        name = f"{self._name}-{self._place}"
        match block:
            case HeadingBlock(row):
                self._last = self._text(row)
                yield element("h3", self._last)
            case TextBlock(row):
                look = self._sheet.class_of(row.cells[0].look)
                yield element("p", self._text(row), class_=look)
            case ChartBlock(chart):
                yield figure_of(chart, name, is_named=text(chart.title) == self._last)
            case TableBlock() if block.tells_pages:
                yield self._words.links
            case TableBlock(row):
                if row is not None:
                    self._last = self._text(row)
                yield self._table(block, f"{name}-caption")

    def _table(self, table: TableBlock, name: str) -> Markup:
        if table.caption is None:
            caption = element("caption", self._last, id=name, class_="unseen")
        else:
            caption = element("caption", element("h3", self._last), id=name)
        return table_of(table, self._setting, caption=caption, name=name)

    def _text(self, row: PageRow) -> Markup:
        words = (content_of(each, self._sheet.look(each.look)) for each in row.cells)
        return joined((each for each in words if each.strip()), "　")


def _under_headings(blocks: list[Block]) -> Iterator[list[Block]]:
    """Yield the blocks under each heading, with it; a table with a caption has its own."""
    group: list[Block] = []
    for block in blocks:
        is_new = isinstance(block, HeadingBlock) or (
            isinstance(block, TableBlock) and block.caption is not None
        )
        if is_new and group:
            yield group
            group = []
        group.append(block)
    if group:
        yield group
