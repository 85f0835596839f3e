"""What stands above the parts of a report: title, legend of marks, as-of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year, nodes, terms
from kyodo_desktop.domain.narrowing import WHOLE_SCOPE
from kyodo_desktop.pages import looks
from kyodo_desktop.pages.content import Cell, PageRow, RowRole
from kyodo_desktop.pages.options import Edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.pages.telling import Telling

_NOT_CLOSED = "確定前"
_BETWEEN = 9.0  # points


def title(outline: Outline) -> str:
    """Return the title of a report: the plan and the round."""
    name = outline.plan.title
    return f"{name}（{outline.round.name}）" if outline.round else name


def part_title(outline: Outline, part: str) -> str:
    """Return the title of a part that stands alone: the plan, what is shown, and the round."""
    name = f"{outline.plan.title}　{part}"
    return f"{name}（{outline.round.name}）" if outline.round else name


def notices(telling: Telling) -> tuple[str, ...]:
    """Return what stands on every page: for whom it is, unless for all, and 確定前."""
    edition = telling.options.edition
    for_whom = edition.label if edition is Edition.INTERNAL else ""
    return tuple(filter(None, (for_whom, not_closed(telling.outline))))


def not_closed(outline: Outline) -> str:
    """Return what is said of a round that can still change."""
    return _NOT_CLOSED if outline.round and not outline.round.closed_at else ""


def as_of(outline: Outline) -> str:
    """Return the day that the round shows the plan on: 平成27年10月31日現在."""
    return f"{fiscal_year.day_label(outline.round.as_of)}現在" if outline.round else ""


def legend(outline: Outline) -> str:
    """Return what each mark means, in the plan's own words."""
    meanings = (
        f"{each.mark} ＝ {each.meaning}" if each.meaning else each.mark
        for each in outline.statuses.values()
    )
    return "マークの意味　　" + "　　".join(meanings)


def top(
    telling: Telling,
    part: str,
    columns: int,
    *,
    with_legend: bool = False,
    is_narrowed: bool = True,
) -> tuple[PageRow, ...]:
    """Return the rows with which a part of so many columns begins: title, legend, choice, day.

    One that is not narrowed tells of the whole plan, whatever was chosen.
    """
    outline = telling.outline
    rows = [PageRow((Cell(part_title(outline, part), looks.TITLE, columns),), RowRole.TITLE)]
    if with_legend:
        rows.append(PageRow((Cell(legend(outline), looks.LEGEND, columns),), RowRole.TEXT))
    chosen = telling.about or telling.options.narrowing.scope_line
    if chosen and not is_narrowed:
        chosen = WHOLE_SCOPE
    about = "　".join(filter(None, (chosen, as_of(outline))))
    if about:
        rows.append(PageRow((Cell(about, looks.AS_OF, columns),), RowRole.TEXT))
    return tuple(rows)


def shown_terms(outline: Outline) -> list[int]:
    """Return the nodes of the terms to print."""
    return [nodes.term_node(each) for each in terms.reported_terms(outline)]


def term_label(outline: Outline, term: int) -> str:
    """Return a term with its years: 前期（平成23～27年度）."""
    name, first, last = outline.terms[nodes.row_id(term)][2:5]
    return f"{name}（{fiscal_year.period_label(first, last)}）"


def term_band(outline: Outline, term: int, columns: int) -> PageRow:
    """Return the row that stands above all that is told of a term."""
    cell = Cell(term_label(outline, term), looks.TERM, columns)
    return PageRow((cell,), RowRole.BAND, level=1, joined=True, repeats=True)


def place_in_term(telling: Telling, node: int) -> str:
    """Return the same, behind its term where several are told."""
    label, among = telling.outline.place_label(node), [*map(nodes.row_id, telling.terms)]
    return label if nodes.is_term(node) else terms.in_term(telling.outline, node, label, among)


def caption(text: str, columns: int) -> PageRow:
    """Return the heading of a table; where the table goes on, it stands again."""
    cell = Cell(text, looks.CAPTION, columns)
    return PageRow((cell,), RowRole.CAPTION, joined=True, repeats=True)


def head(names: Iterable[str]) -> PageRow:
    """Return the names of a table's columns; where the table goes on, they stand again."""
    cells = tuple(Cell(name, looks.HEADER) for name in names)
    return PageRow(cells, RowRole.HEADER, joined=True, repeats=True)


def sentence(text: str, columns: int) -> PageRow:
    """Return a sentence in the place of a table."""
    return PageRow((Cell(text, looks.LEGEND, columns),), RowRole.TEXT)


def space() -> PageRow:
    """Return what keeps two tables apart."""
    return PageRow((), RowRole.SPACE, height=_BETWEEN)
