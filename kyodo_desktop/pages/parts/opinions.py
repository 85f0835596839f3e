"""委員会意見と市の対応: what the committee said, 総括 first, and what the city does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import nodes
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part
from kyodo_desktop.pages.options import OPINIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Opinion
    from kyodo_desktop.pages.telling import Telling

OVERALL, OPINION, RESPONSE = "総括", "委員会意見", "市の対応"
_ON_WIDTH, _TEXT_WIDTH = WidthRange(8, 13), WidthRange(20, 400)


def opinions(telling: Telling) -> Part | None:
    """Return the part; the city's column is left out where it has answered nothing yet."""
    found = list(_in_order(telling))
    if not found:
        return None
    is_answered = any(opinion.response for _, opinion in found)
    names = ("対象", OPINION, *[RESPONSE] * is_answered)
    return Part(
        name=OPINIONS,
        title=OPINIONS,
        widths=(_ON_WIDTH, *[_TEXT_WIDTH] * (len(names) - 1)),
        top=headings.top(telling, OPINIONS, len(names)),
        header=(headings.head(names),),
        rows=tuple(_rows(telling, found, len(names))),
        is_fitted=True,
    )


def _in_order(telling: Telling) -> Iterator[tuple[int | None, Opinion]]:
    """Yield each opinion with the node of its heading, in printed order; 総括 has none."""
    outline = telling.outline
    yield from _at(outline, None)
    for term in telling.terms:
        for node in outline.below(term):
            if nodes.is_heading(node):
                yield from _at(outline, node)


def _at(outline: Outline, node: int | None) -> Iterator[tuple[int | None, Opinion]]:
    opinion = outline.opinions.get(None if node is None else nodes.row_id(node))
    if opinion is not None and (opinion.text or opinion.response):
        yield node, opinion


def _rows(
    telling: Telling, found: list[tuple[int | None, Opinion]], columns: int
) -> Iterator[PageRow]:
    outline, last = telling.outline, None
    for node, opinion in found:
        term = None if node is None else [*outline.ancestors(node)][-1]
        if telling.names_terms and term is not None and term != last:
            yield headings.term_band(outline, term, columns)
            last = term
        label = OVERALL if node is None else outline.place_label(node)
        cells = (
            Cell(label, looks.TOP_HEADING, repeats=True),
            Cell(opinion.text, flows=True),
            Cell(opinion.response, flows=True),
        )
        yield PageRow(cells[:columns])
