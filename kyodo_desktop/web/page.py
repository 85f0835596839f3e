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
from kyodo_desktop.web.markup import NOTHING, Markup, element, text, title_text
from kyodo_desktop.web.sections import SectionWords, section_of
from kyodo_desktop.web.sheet import StyleSheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kyodo_desktop.pages.content import Report

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
        style = Markup(_resource("page.css") + self._sheet.rules + self._margin())
        head = element("head", *self._particulars(_policy(style, script)), element("style", style))
        return "<!DOCTYPE html>\n" + element("html", head, element("body", *body), lang="ja")

    def _margin(self) -> str:
        """Return the rule by which a browser prints the notices on every page."""
        notice = self._report.notice
        box = f'@top-right {{ content: "{notice}"; font-size: 8pt; }}'
        return f"@media print {{ @page {{ {box} }} }}\n" if notice else ""

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
        """Return what the cover says, but for the boxes that are filled on paper.

        Notices that it does not say stand above it.
        """
        lines = [(RowRole.TITLE, self._report.title)]
        if self._cover is not None:
            kinds = RowRole.TITLE, RowRole.TEXT
            rows = (row for row in self._cover.rows if row.kind in kinds)
            lines = [(row.kind, "　".join(each.text for each in row.cells)) for row in rows]
        known = {words for _, words in lines}
        above = [(RowRole.TEXT, each) for each in self._report.notices if each not in known]
        return element("header", *(self._line(*each) for each in (*above, *lines)))

    def _line(self, kind: RowRole, words: str) -> Markup:
        if kind is RowRole.TITLE:
            return element("h1", title_text(words))
        is_notice = words in self._report.notices
        return element("p", text(words), class_="notice" if is_notice else None)

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
        words = SectionWords(self._report.top_level, self._links())
        return section_of(part, name, words, self._sheet, self._control)


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
