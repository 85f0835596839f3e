"""表紙: whose plan it is, of what round, and who has to sign it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole
from kyodo_desktop.pages.options import COVER, Edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.pages.telling import Telling

_REPORT = "進捗状況報告書"
_CHIEFS = {"都": "知事", "道": "知事", "府": "知事", "県": "知事"} | {
    each: f"{each}長" for each in "市区町村"
}
_STAFF = ("部長", "次長", "課長", "係長", "担当者")
_SEAL_HEIGHT = 46.0  # points
_SEAL_WIDTH = WidthRange(5.6, 5.6)
_SEALS_WIDTH = WidthRange(3, 3)
_BESIDE = WidthRange(2, 400)
_SPRING = PageRow((), RowRole.SPACE, spreads=True)


def cover(telling: Telling) -> Part:
    """Return the part, on one page."""
    seals = _seals(telling.outline.plan.municipality)
    columns = len(seals) + 3
    return Part(
        name=COVER,
        title=COVER,
        widths=(_BESIDE, _SEALS_WIDTH, *(_SEAL_WIDTH for _ in seals), _BESIDE),
        rows=tuple(_rows(telling, columns, seals)),
        fits_one_page=True,
    )


def _rows(telling: Telling, columns: int, seals: tuple[str, ...]) -> Iterator[PageRow]:
    outline, options = telling.outline, telling.options

    def line(text: str, look: str, kind: RowRole = RowRole.TEXT) -> Iterator[PageRow]:
        if text:
            yield PageRow((Cell(text, look, columns),), kind)

    yield from (_SPRING, _SPRING)
    yield from line(outline.plan.municipality, looks.COVER_NAME)
    yield from line(outline.plan.title, looks.COVER_TITLE, RowRole.TITLE)
    yield from line(_REPORT, looks.COVER_NAME)
    yield _SPRING
    if outline.round:
        yield from line(outline.round.name, looks.COVER_NAME)
        yield from line(headings.as_of(outline), looks.COVER_LINE)
    terms = "、".join(headings.term_label(outline, each) for each in telling.terms)
    yield from line(terms if len(outline.terms) > 1 else "", looks.COVER_LINE)
    yield from line(options.narrowing.scope_line, looks.COVER_LINE)
    yield from line(headings.not_closed(outline), looks.COVER_LINE)
    yield _SPRING
    if options.edition is Edition.INTERNAL:
        yield from _seal_rows(seals)
        yield _SPRING
    yield from line(f"{fiscal_year.month_label(telling.made_on[:7])}作成", looks.COVER_LINE)


def _seals(municipality: str) -> tuple[str, ...]:
    """Return who may have to sign, from the top; the head of a city by its own name."""
    chief = _CHIEFS.get(municipality[-1:], "")
    return (*((chief, f"副{chief}") if chief else ()), *_STAFF)


def _seal_rows(seals: tuple[str, ...]) -> Iterator[PageRow]:
    """Yield boxes with the names above them, between columns that stay empty."""
    beside = Cell("", looks.COVER_LINE)
    what = Cell("決裁", looks.SEAL_NAME, run="決裁")
    names = (Cell(each, looks.SEAL_NAME) for each in seals)
    yield PageRow((beside, what, *names, beside), RowRole.HEADER, joined=True)
    boxes = (Cell("", looks.SEAL) for _ in seals)
    yield PageRow((beside, what, *boxes, beside), height=_SEAL_HEIGHT)
