"""Reads a page as a strict browser would, and says what its readers could not make sense of."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = {"meta", "input", "col"}
KNOWN = VOID | {
    *("html", "head", "title", "style", "body", "header", "main", "footer", "nav", "section"),
    *("h1", "h2", "h3", "p", "a", "ul", "li", "div", "span", "mark", "script"),
    *("table", "caption", "colgroup", "thead", "tbody", "tr", "th", "td"),
    *("form", "label", "select", "option", "button"),
    *("figure", "figcaption", "svg", "rect", "text", "pattern"),
}


class Element:
    """An element with what is in it: texts and elements."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.content: list[Element | str] = []

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield what is in it, however deep, in its order."""
        for each in self.content:
            if isinstance(each, Element):
                if not tags or each.tag in tags:
                    yield each
                yield from each.all(*tags)

    def text(self, without: tuple[str, ...] = ()) -> str:
        """Return all that is read in it, but in some elements, or what is of some class."""
        if self.tag in without or set(self.attributes.get("class", "").split()) & set(without):
            return ""
        return "".join(
            each if isinstance(each, str) else each.text(without) for each in self.content
        )

    def number(self, name: str) -> int:
        return int(self.attributes.get(name, "1"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), attrs
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].content.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    def unknown_decl(self, data):
        raise AssertionError(data)


def read(page: str) -> Element:
    """Return the page's html element; whatever is not nested well is an error."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1
    (html,) = reader.open[0].all("html")
    return html


def faults(html: Element) -> list[str]:
    """Return what is wrong with a page for those who hear it, or whom it might betray."""
    return [*_of_all(html), *(fault for table in html.all("table") for fault in _of_table(table))]


def _of_all(html: Element) -> Iterator[str]:
    elements = list(html.all())
    ids = Counter(each.attributes["id"] for each in elements if "id" in each.attributes)
    yield from (f"two elements {each}" for each, count in ids.items() if count > 1)
    for each in elements:
        if each.tag not in KNOWN:
            yield f"<{each.tag}>"
        for name, value in each.attributes.items():
            if name.startswith("on") or name in ("src", "style", "srcset", "action"):
                yield f"{name}={value}"
            if name in ("aria-labelledby", "for") and value not in ids:
                yield f"{name} names {value}"
            if name == "href" and value.removeprefix("#") not in ids:
                yield f"{name} is {value}"
            if name in ("fill", "stroke") and value.startswith("url(") and value[5:-1] not in ids:
                yield f"{name} is {value}"
    levels = [int(each.tag[1]) for each in html.all("h1", "h2", "h3")]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "not one h1"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings {levels}"
    if html.attributes.get("lang") != "ja":
        yield "no language"
    if [each.tag for each in elements].count("script") != 1:
        yield "not one script"


def _of_table(table: Element) -> Iterator[str]:
    captions = list(table.all("caption"))
    if len(captions) != 1 or not captions[0].text().strip():
        yield "no caption"
    groups = list(table.all("thead", "tbody"))
    widths = {width for group in groups for width in row_widths(list(group.all("tr")))}
    if len(widths) > 1:
        yield f"rows of {sorted(widths)} columns"
    for cell in table.all("th"):
        if cell.attributes.get("scope") not in ("col", "row", "rowgroup"):
            yield f"no scope: {cell.text()}"
        if not cell.text().strip():
            yield "an empty heading"


def row_widths(rows: list[Element]) -> list[int]:
    """Return how many columns each row of a group has, with those of cells from above."""
    widths = [0] * len(rows)
    for place, row in enumerate(rows):
        for cell in row.all("th", "td"):
            down = cell.number("rowspan")
            assert place + down <= len(rows), "a cell leaves its group"
            for below in range(place, place + down):
                widths[below] += cell.number("colspan")
    return widths
