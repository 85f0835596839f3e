"""Writes a report as one HTML file, which asks for nothing from outside."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.pages import export_file
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import CONTENTS, COVER, Edition
from kyodo_desktop.paths import bundled
from kyodo_desktop.web.blocks import ChartBlock, HeadingBlock, TableBlock, TextBlock, blocks_of
from kyodo_desktop.web.figures import figure_of
from kyodo_desktop.web.filters import filter_of
from kyodo_desktop.web.markup import NOTHING, Markup, content_of, element, joined, text
from kyodo_desktop.web.sheet import StyleSheet
from kyodo_desktop.web.tables import TableSetting, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kyodo_desktop.pages.content import PageRow, Part, Report
    from kyodo_desktop.web.blocks import Block

SUFFIX = ".html"
_MAIN = "main"


def write_page(report: Report, path: Path, control: JobControl | None = None) -> None:
    """Write the report to a file, whole or not at all.

    `control` counts rows. Raises ExportError and CancelledError.
    """
    control = control or JobControl()
    control.begin(sum(len(part.rows) for part in report.parts))
    with export_file.atomic_export(path, SUFFIX) as beside:
        page = _Page(report, control).drawn()
        beside.write_text(page, encoding="utf-8", newline="\n")
        control.finish()


class _Page:
    def __init__(self, report: Report, control: JobControl) -> None:
        self._report, self._control = report, control
        self._sheet = StyleSheet(report.looks)
        self._cover = next((each for each in report.parts if each.name == COVER), None)
        parts = [each for each in report.parts if each is not self._cover]
        self._sections = {f"part{place}": part for place, part in enumerate(parts, 1)}
        """The parts by the ids of their sections."""

    def drawn(self) -> str:
        """Return the whole file."""
        script = Markup(_resource("page.js"))
        main = element("main", *map(self._section, self._sections), id=_MAIN, tabindex=-1)
        body = (
            element("a", text("本文へ移動"), class_="skip", href=f"#{_MAIN}"),
            self._header(),
            NOTHING if self._has_contents else self._links(),
            main,
            self._footer(),
            element("script", script),
        )
        style = Markup(_resource("page.css") + self._sheet.rules)
        head = element("head", *self._particulars(_policy(style, script)), element("style", style))
        return "<!DOCTYPE html>\n" + element("html", head, element("body", *body), lang="ja")

    def _particulars(self, policy: str) -> Iterator[Markup]:
        title = "　".join(filter(None, (self._report.title, self._report.notice)))
        yield element("meta", charset="utf-8")
        yield element("meta", http_equiv="Content-Security-Policy", content=policy)
        yield element("meta", name="viewport", content="width=device-width, initial-scale=1")
        yield element("meta", name="format-detection", content="telephone=no")
        yield element("title", text(title))
        yield element("meta", name="description", content=self._report.subject)
        if self._report.author:
            yield element("meta", name="author", content=self._report.author)
        if self._report.edition is Edition.INTERNAL:
            yield element("meta", name="robots", content="noindex")

    def _header(self) -> Markup:
        """Return what the cover says, but for the boxes that are filled on paper."""
        report = self._report
        if self._cover is None:
            edition = report.edition.label if report.edition is Edition.INTERNAL else ""
            notices = filter(None, (edition, report.notice))
            shown = [element("p", text(each), class_="notice") for each in notices]
            return element("header", *shown, element("h1", text(report.title)))
        rows = (row for row in self._cover.rows if row.kind in (RowRole.TITLE, RowRole.TEXT))
        return element("header", *(self._cover_row(row) for row in rows))

    def _cover_row(self, row: PageRow) -> Markup:
        words = "　".join(each.text for each in row.cells)
        if row.kind is RowRole.TITLE:
            return element("h1", text(words))
        return element("p", text(words), class_="notice" if words == self._report.notice else None)

    @property
    def _has_contents(self) -> bool:
        return any(part.name == CONTENTS for part in self._sections.values())

    def _links(self) -> Markup:
        """Return the places of all parts but 目次; one that stands alone needs no signpost."""
        links = [
            element("li", element("a", text(part.title), href=f"#{name}"))
            for name, part in self._sections.items()
            if part.name != CONTENTS
        ]
        return element("nav", element("ul", *links), aria_label="目次") if links[1:] else NOTHING

    def _footer(self) -> Markup:
        made_on = f"{fiscal_year.day_label(self._report.made_on[:10])}作成"
        lines = filter(None, (made_on, self._report.author))
        return element("footer", *(element("p", text(each)) for each in lines))

    def _section(self, name: str) -> Markup:
        part = self._sections[name]
        section = _Section(part, name, self._sheet, self._control)
        return element(
            "section",
            element("h2", text(part.title), id=f"{name}-title"),
            *section.drawn(self._report.top_level, self._links),
            id=name,
            aria_labelledby=f"{name}-title",
        )


class _Section:
    """A part below its title; `name` begins the ids in it."""

    def __init__(self, part: Part, name: str, sheet: StyleSheet, control: JobControl) -> None:
        self._part, self._name, self._sheet = part, name, sheet
        self._filter = filter_of(part)
        self._setting = TableSetting(part.widths, sheet, self._filter, control)

    def drawn(self, top_level: str, links: Callable[[], Markup]) -> Iterator[Markup]:
        """Yield what stands in it; a table has the name of what was last above it.

        `links` stand in the place of a table of pages.
        """
        last, is_filtered = text(self._part.title), False
        for place, block in enumerate(self._blocks(), 1):
            name = f"{self._name}-{place}"
            match block:
                case HeadingBlock(row):
                    last = self._words(row)
                    yield element("h3", last)
                case TextBlock(row):
                    yield element("p", self._words(row), class_=self._class_of(row))
                case ChartBlock(chart):
                    yield figure_of(chart, name)
                case TableBlock() if block.tells_pages:
                    yield links()
                case TableBlock(row):
                    if not is_filtered and any(each.facets for each in block.body):
                        is_filtered = True
                        yield self._filter.form(name, top_level)
                    if row is not None:
                        last = self._words(row)
                    yield self._table(block, last, f"{name}-caption")

    def _blocks(self) -> Iterator[Block]:
        rows = (*self._part.top, *self._part.header, *self._part.rows)
        return blocks_of(row for row in rows if row.kind is not RowRole.TITLE)

    def _table(self, table: TableBlock, heading: Markup, name: str) -> Markup:
        if table.caption is None:
            caption = element("caption", heading, id=name, class_="unseen")
        else:
            caption = element("caption", element("h3", heading), id=name)
        return table_of(table, self._setting, caption=caption, name=name)

    def _words(self, row: PageRow) -> Markup:
        words = (content_of(each, self._sheet.look(each.look)) for each in row.cells)
        return joined((each for each in words if each.strip()), "　")

    def _class_of(self, row: PageRow) -> str | None:
        return self._sheet.class_of(row.cells[0].look)


def _resource(name: str) -> str:
    return bundled("resources", "web", name).read_text(encoding="utf-8")


def _policy(*inline: Markup) -> str:
    """Return what a browser may do with the page: these styles, this script, nothing else."""
    style, script = (
        base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in inline
    )
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )
